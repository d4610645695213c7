"""What a person was told in the application, newest first; it never holds a subject."""

# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.access import MINE

_NOTICES = text("""
    SELECT n.id, n.kind, coalesce(n.case_id, '') AS case_id, n.instance, n.text, n.at, n.read_at, coalesce(c.no, 0) AS no, coalesce(c.title, '') AS title
    FROM notice n LEFT JOIN "case" c ON c.id = n.case_id
    WHERE n.person = :person AND n.id < :before ORDER BY n.id DESC LIMIT :limit
""")
_TASKS = text(f"""
    SELECT DISTINCT ON (t.case_id, t.instance) t.case_id, t.instance, t.id FROM task t JOIN task_position tp ON tp.task_id = t.id
    WHERE t.case_id = ANY(:cases) AND t.status IN ('offered', 'claimed') AND tp.position IN ({MINE}) ORDER BY t.case_id, t.instance, t.id DESC
""")
_UNREAD = text("SELECT count(*) FROM (SELECT 1 FROM notice WHERE person = :person AND read_at IS NULL LIMIT 100) waiting")


@dataclass(frozen=True, slots=True)
class Notice:
    id: int
    kind: str
    case_id: str
    """"" and number 0 of what comes of no case (a mandate)."""
    case_no: int
    title: str
    """Of the process."""
    instance: str
    text: str
    """What the process itself says (``kabar``); it names no subject."""
    at: datetime
    read_at: datetime | None


async def notices(connection: AsyncConnection, person: str, before: int = 0, limit: int = 50) -> list[Notice]:
    """From below notice ``before`` (0 = the newest)."""
    rows = await connection.execute(_NOTICES, {"person": person, "before": before or 2**62, "limit": limit})
    return [Notice(r.id, r.kind, r.case_id, r.no, r.title, r.instance, r.text, r.at, r.read_at) for r in rows]


async def open_tasks(connection: AsyncConnection, cases: Sequence[str], person: str, now: datetime) -> dict[tuple[str, str], int]:
    """(case, instance) → task that the person may act on now, so that a notice leads where something can be done. One statement."""
    rows = await connection.execute(_TASKS, {"cases": list(cases), "person": person, "now": now})
    return {(row.case_id, row.instance): row.id for row in rows}


async def unread(connection: AsyncConnection, person: str) -> int:
    """How many are unread; 100 means at least so many."""
    return int((await connection.execute(_UNREAD, {"person": person})).scalar_one())
