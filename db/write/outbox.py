"""The relay's side of the outbox: take what waits, deliver it, say so; one row's failure stops no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_TAKE = text("""
    SELECT o.id, o.event, o.recipient, o.channel, o.kind, coalesce(o.case_id, '') AS case_id, o.instance, o.text, o.attempts, o.queued_at,
      coalesce(c.title, '') AS title, coalesce(c.no, 0) AS no
    FROM outbox o LEFT JOIN "case" c ON c.id = o.case_id
    WHERE o.sent_at IS NULL AND o.attempts < :tries ORDER BY o.id LIMIT :limit FOR UPDATE OF o SKIP LOCKED
""")
_PEOPLE = text("""
    SELECT r.id, p.id AS person, p.name, p.email FROM unnest(CAST(:ids AS bigint[])) r(id) JOIN outbox o ON o.id = r.id
    CROSS JOIN LATERAL (
      SELECT substr(o.recipient, 7) AS person WHERE o.recipient LIKE 'orang:%'
      UNION SELECT h.person FROM held_at(:now) h WHERE o.recipient = 'jabatan:' || h.seat
      UNION SELECT h.person FROM task t JOIN task_position tp ON tp.task_id = t.id JOIN held_at(:now) h ON h.seat = tp.position
        WHERE t.case_id = o.case_id AND o.recipient = 'tugas:' || t.instance || '/' || t.round
    ) who JOIN person p ON p.id = who.person
    UNION ALL SELECT o.id, p.id, p.name, p.email FROM outbox o JOIN party p ON p.id = o.recipient WHERE o.id = ANY(CAST(:ids AS bigint[]))
    UNION ALL SELECT o.id, p.id, p.name, p.email FROM outbox o JOIN task t ON t.case_id = o.case_id AND o.recipient = 'tugas:' || t.instance || '/' || t.round
      JOIN task_position tp ON tp.task_id = t.id JOIN party p ON p.id = tp.position WHERE o.id = ANY(CAST(:ids AS bigint[])) AND o.channel = 'surel'
    UNION ALL SELECT o.id, '', substr(o.recipient, 8), substr(o.recipient, 8) FROM outbox o
    WHERE o.id = ANY(CAST(:ids AS bigint[])) AND o.recipient LIKE 'alamat:%'
""")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message to deliver. ``title`` is the process's, never the letter's subject. Of no case: ``case_id`` and ``title`` "", ``case_no`` 0."""

    id: int
    event: str
    recipient: str
    channel: str
    kind: str
    case_id: str
    case_no: int
    instance: str
    text: str
    title: str
    queued_at: datetime


@dataclass(frozen=True, slots=True)
class Reached:
    """``person`` is "" for an address outside (``alamat:…``), whose name is the address."""

    id: int
    person: str
    name: str
    email: str


async def take(connection: AsyncConnection, limit: int = 50, tries: int = 8) -> list[Waiting]:
    """The oldest that wait, locked for the caller's transaction; other relays skip them."""
    rows = await connection.execute(_TAKE, {"limit": limit, "tries": tries})
    return [Waiting(r.id, r.event, r.recipient, r.channel, r.kind, r.case_id, r.no, r.instance, r.text, r.title, r.queued_at) for r in rows]


async def people(connection: AsyncConnection, waiting: Sequence[Waiting], now: datetime) -> list[Reached]:
    """Who stands behind each recipient at this moment: holders and acting officials, whoever they are now."""
    rows = await connection.execute(_PEOPLE, {"ids": [w.id for w in waiting], "now": now})
    return [Reached(r.id, r.person, r.name, r.email) for r in rows]


async def put_notice(connection: AsyncConnection, waiting: Waiting, person: str, at: datetime) -> None:
    """Delivers in the application: one notice per person and event."""
    statement = text("""
        INSERT INTO notice (person, event, kind, case_id, instance, text, at) VALUES (:person, :event, :kind, nullif(:case, ''), :instance, :text, :at)
        ON CONFLICT (event, person) DO NOTHING
    """)
    values = {
        "person": person,
        "event": waiting.event,
        "kind": waiting.kind,
        "case": waiting.case_id,
        "instance": waiting.instance,
        "text": waiting.text,
        "at": at,
    }
    await connection.execute(statement, values)


async def delivered(connection: AsyncConnection, ids: Sequence[int], at: datetime) -> None:
    await connection.execute(text("UPDATE outbox SET sent_at = :at, error = '' WHERE id = ANY(:ids)"), {"at": at, "ids": list(ids)})


async def failed(connection: AsyncConnection, waiting_id: int, error: str) -> None:
    """Counts the try; after eight the row waits for an operator."""
    statement = text("UPDATE outbox SET attempts = attempts + 1, error = left(:error, 500) WHERE id = :id")
    await connection.execute(statement, {"id": waiting_id, "error": error})


_QUEUE = text("""
    INSERT INTO outbox (event, recipient, channel, kind, case_id, instance, text, queued_at)
    SELECT :event, 'jabatan:' || p, c, 'kabar', :case, :instance, :text, :at FROM unnest(CAST(:positions AS text[])) p, unnest(ARRAY['aplikasi', 'surel']) c
    ON CONFLICT (event, recipient, channel) DO NOTHING
""")


async def queue(connection: AsyncConnection, case_id: str, event: str, instance: str, positions: Sequence[str], about: str, at: datetime) -> int:
    """A message of the process itself (``Notify``) to these positions, on both channels; how many rows are new. ``event`` makes it happen once."""
    values = {"event": event, "case": case_id, "instance": instance, "positions": list(positions), "text": about, "at": at}
    return (await connection.execute(_QUEUE, values)).rowcount
