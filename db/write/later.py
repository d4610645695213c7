"""Mails put aside until a person's next gathering, and the gathering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.write.outbox import Waiting

_WISHES = text("SELECT person, mail FROM preference WHERE person = ANY(:people)")
_ASIDE = text("""
    INSERT INTO mail_later (person, event, kind, case_id, text, queued_at, due_at) VALUES (:person, :event, :kind, nullif(:case, ''), :text, :queued, :due)
    ON CONFLICT (event, person) DO NOTHING
""")
_DUE = text("""
    SELECT m.id, m.person, p.name, p.email, m.kind, m.text, coalesce(c.title, '') AS title, coalesce(c.no, 0) AS no
    FROM mail_later m JOIN person p ON p.id = m.person LEFT JOIN "case" c ON c.id = m.case_id
    WHERE m.sent_at IS NULL AND m.due_at <= :now AND m.person IN (
      SELECT l.person FROM mail_later l WHERE l.sent_at IS NULL AND l.due_at <= :now ORDER BY l.due_at LIMIT :limit)
    ORDER BY m.person, m.id FOR UPDATE OF m SKIP LOCKED
""")


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of news of a gathering."""

    id: int
    person: str
    name: str
    email: str
    kind: str
    text: str
    title: str
    case_no: int


async def wishes(connection: AsyncConnection, people: Sequence[str]) -> dict[str, str]:
    """Person → ringkas, pagi, siang, segera or tidak; who chose nothing is left out."""
    return {row.person: row.mail for row in await connection.execute(_WISHES, {"people": list(people)})}


async def put_aside(connection: AsyncConnection, waiting: Waiting, person: str, due: datetime) -> None:
    """Once per event and person."""
    values = {
        "person": person, "event": waiting.event, "kind": waiting.kind, "case": waiting.case_id, "text": waiting.text, "queued": waiting.queued_at,
        "due": due,
    }  # fmt: skip
    await connection.execute(_ASIDE, values)


async def due(connection: AsyncConnection, now: datetime, limit: int = 50) -> list[Line]:
    """All that is due for some people, locked for the caller's transaction; another relay skips them."""
    rows = await connection.execute(_DUE, {"now": now, "limit": limit})
    return [Line(r.id, r.person, r.name, r.email, r.kind, r.text, r.title, r.no) for r in rows]


async def told(connection: AsyncConnection, ids: Sequence[int], now: datetime) -> None:
    await connection.execute(text("UPDATE mail_later SET sent_at = :now WHERE id = ANY(:ids)"), {"ids": list(ids), "now": now})
