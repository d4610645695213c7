"""What a person, room or vehicle is taken for in a period: bookings, and for a person the Plt/Plh posts held meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

PERSON = "orang"
"""Kind of resource whose keys are person ids."""

_BUSY = text("""
    SELECT b.resource, b.purpose, b.starts, b.ends, b.case_id, c.no, b.note FROM booking b LEFT JOIN "case" c ON c.id = b.case_id
    WHERE b.kind = :kind AND b.resource = ANY(:resources) AND b.state = 'active' AND b.starts < :ends AND b.ends > :starts
      AND b.case_id IS DISTINCT FROM :but AND (cardinality(CAST(:purposes AS text[])) = 0 OR b.purpose = ANY(:purposes))
    UNION ALL
    SELECT a.person, a.kind, a.starts, a.ends, NULL, NULL, p.title FROM acting a JOIN position p ON p.code = a.position
    WHERE :acting AND a.person = ANY(:resources) AND a.cancelled_at IS NULL AND a.starts < :ends AND (a.ends IS NULL OR a.ends > :starts)
      AND (cardinality(CAST(:purposes AS text[])) = 0 OR a.kind = ANY(:purposes))
    ORDER BY 1, 3
""")


@dataclass(frozen=True, slots=True)
class Doing:
    """``purpose``: cuti, tugas, dinas-luar …; for an acting post plt, plh, pj, pjs with its title as ``note``. ``ends`` None: open."""

    resource: str
    purpose: str
    starts: datetime
    ends: datetime | None
    case_id: str
    case_no: int | None
    note: str


async def doings(
    connection: AsyncConnection, kind: str, resources: Sequence[str], starts: datetime, ends: datetime, *, but: str = "",
    purposes: Sequence[str] = (), acting: bool = False,
) -> list[Doing]:  # fmt: skip
    """Everything that overlaps [starts, ends). ``but``: a case whose own bookings do not count; ``acting``: Plt/Plh posts too (kind ``orang``)."""
    values = {
        "kind": kind, "resources": list(resources), "starts": starts, "ends": ends, "but": but, "purposes": list(purposes),
        "acting": acting and kind == PERSON,
    }  # fmt: skip
    rows = await connection.execute(_BUSY, values)
    return [Doing(r.resource, r.purpose, r.starts, r.ends, r.case_id or "", r.no, r.note) for r in rows]
