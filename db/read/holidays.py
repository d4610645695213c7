"""The city's days off for their page, and how far the recounts of running deadlines have come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_DAYS = text("""
    SELECT day, name, kind, source FROM holiday WHERE (:year = 0 OR (day >= make_date(:first, 1, 1) AND day < make_date(:first + 1, 1, 1))) ORDER BY day
""")
_YEARS = text("SELECT DISTINCT CAST(extract(year FROM day) AS int) AS year FROM holiday ORDER BY year")
_ORDERS = text("""
    SELECT r.id, r.cause, r.ordered_at, r.listed_at, r.done_at, coalesce(s.total, 0) AS total, coalesce(s.done, 0) AS done,
      coalesce(s.failed, 0) AS failed, coalesce(s.moved, 0) AS moved
    FROM (SELECT * FROM rescheduling ORDER BY ordered_at DESC LIMIT :limit) r
    LEFT JOIN LATERAL (
      SELECT sum(1) AS total, sum((w.state = 'done')::int) AS done, sum((w.state = 'failed')::int) AS failed, sum(w.moved) AS moved
      FROM rescheduling_case w WHERE w.rescheduling = r.id
    ) s ON true ORDER BY r.ordered_at DESC
""")
_MOVED = text("""
    SELECT c.no, t.step, t.body::jsonb -> 'data' ->> 'was_due' AS was, t.body::jsonb -> 'data' ->> 'due' AS now
    FROM rescheduling_case w JOIN "case" c ON c.id = w.case_id
    JOIN trail t ON t.case_id = w.case_id AND t.kind = 'rescheduled' AND t.body::jsonb -> 'data' ->> 'order' = w.rescheduling
    WHERE w.rescheduling = :id AND w.moved > 0 ORDER BY c.no, t.seq LIMIT :limit
""")
_FAILED = text("""
    SELECT c.no, w.message FROM rescheduling_case w JOIN "case" c ON c.id = w.case_id WHERE w.rescheduling = :id AND w.state = 'failed'
    ORDER BY c.no LIMIT :limit
""")


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    name: str
    kind: str
    """libur, cuti_bersama, lokal."""
    source: str


@dataclass(frozen=True, slots=True)
class Recount:
    """``total``: cases it looks at, 0 until they are listed; ``moved``: deadlines that have another date by it."""

    id: str
    cause: str
    ordered_at: datetime
    listed_at: datetime | None
    done_at: datetime | None
    total: int
    done: int
    failed: int
    moved: int


@dataclass(frozen=True, slots=True)
class Moved:
    """One deadline; ``step`` "" is the promise of the case."""

    case_no: int
    step: str
    was: datetime | None
    now: datetime | None


async def days(connection: AsyncConnection, year: int = 0) -> list[Day]:
    """Of a year, or all (0), in order."""
    return [Day(*row) for row in await connection.execute(_DAYS, {"year": year, "first": year or 1900})]


async def years(connection: AsyncConnection) -> list[int]:
    return list((await connection.execute(_YEARS)).scalars())


async def recounts(connection: AsyncConnection, limit: int = 5) -> list[Recount]:
    """The newest, last ordered first."""
    return [Recount(*row) for row in await connection.execute(_ORDERS, {"limit": limit})]


async def moved(connection: AsyncConnection, order: str, limit: int = 200) -> list[Moved]:
    rows = await connection.execute(_MOVED, {"id": order, "limit": limit})
    return [Moved(r.no, r.step, _at(r.was), _at(r.now)) for r in rows]


async def failed(connection: AsyncConnection, order: str, limit: int = 50) -> list[tuple[int, str]]:
    """(case number, why) of what an operator must look at."""
    return [(r.no, r.message) for r in await connection.execute(_FAILED, {"id": order, "limit": limit})]


def _at(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None
