"""What a person was told in the application, newest first; it never holds a subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_NOTICES = text("""
    SELECT n.id, n.kind, n.case_id, n.instance, n.at, n.read_at, c.no, c.title FROM notice n JOIN "case" c ON c.id = n.case_id
    WHERE n.person = :person AND n.id < :before ORDER BY n.id DESC LIMIT :limit
""")


@dataclass(frozen=True, slots=True)
class Notice:
    id: int
    kind: str
    case_id: str
    case_no: int
    title: str
    """Of the process."""
    instance: str
    at: datetime
    read_at: datetime | None


async def notices(connection: AsyncConnection, person: str, before: int = 0, limit: int = 50) -> list[Notice]:
    """From below notice ``before`` (0 = the newest)."""
    rows = await connection.execute(_NOTICES, {"person": person, "before": before or 2**62, "limit": limit})
    return [Notice(r.id, r.kind, r.case_id, r.no, r.title, r.instance, r.at, r.read_at) for r in rows]
