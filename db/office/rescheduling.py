"""A recount of running deadlines: ordered in the transaction that changes the calendar, listed and ticked off by the worker that carries it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from ulid import ULID

MOST_TRIES = 6

_ORDER = text("INSERT INTO rescheduling (id, cause, change, ordered_at) VALUES (:id, :cause, :change, :at)")
_UNLISTED = text("SELECT id FROM rescheduling WHERE listed_at IS NULL AND ordered_at <= :before ORDER BY ordered_at FOR UPDATE SKIP LOCKED")
# A case without a promise and without a task at which somebody stands has nothing to count anew.
_LIST = text("""
    INSERT INTO rescheduling_case (rescheduling, case_id)
    SELECT :id, c.id FROM "case" c WHERE c.status = 'open' AND (c.due_at IS NOT NULL OR EXISTS (
      SELECT 1 FROM task t WHERE t.case_id = c.id AND t.status IN ('offered', 'claimed')))
    ON CONFLICT DO NOTHING
""")
_LISTED = text("UPDATE rescheduling SET listed_at = :at WHERE id = :id")
_NEXT = text("""
    SELECT w.rescheduling, w.case_id, r.cause FROM rescheduling_case w JOIN rescheduling r ON r.id = w.rescheduling
    WHERE w.state = 'waiting' AND r.done_at IS NULL ORDER BY w.tries, w.rescheduling, w.case_id LIMIT :limit
""")
_DONE = text("""
    UPDATE rescheduling_case SET state = 'done', at = :at, message = '', moved = (
      SELECT count(*) FROM trail t WHERE t.case_id = :case AND t.kind = 'rescheduled' AND t.body::jsonb -> 'data' ->> 'order' = :id)
    WHERE rescheduling = :id AND case_id = :case AND state = 'waiting'
""")
_FAILED = text("""
    UPDATE rescheduling_case SET tries = tries + 1, at = :at, message = :message,
      state = CASE WHEN tries + 1 >= :most AND :for_good THEN 'failed' ELSE 'waiting' END
    WHERE rescheduling = :id AND case_id = :case AND state = 'waiting'
""")
_CLOSE = text("""
    UPDATE rescheduling r SET done_at = :at WHERE r.done_at IS NULL AND r.listed_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM rescheduling_case w WHERE w.rescheduling = r.id AND w.state = 'waiting')
""")
_STANDING = text('SELECT status FROM "case" WHERE id = :case')


@dataclass(frozen=True, slots=True)
class Waiting:
    order: str
    case_id: str
    cause: str

    @property
    def request_id(self) -> str:
        """The same for every try: the case does it once."""
        return f"hitung-ulang/{self.order}"


async def order(connection: AsyncConnection, cause: str, change: int, at: datetime) -> str:
    """In the transaction of the change itself: a calendar never changes without its recount. Gives the id."""
    made = str(ULID())
    await connection.execute(_ORDER, {"id": made, "cause": cause, "change": change, "at": at})
    return made


async def enlist(connection: AsyncConnection, now: datetime, settle: timedelta) -> int:
    """Writes down the cases of orders older than ``settle``: by then every record that still read the old calendar has committed or failed."""
    orders = list((await connection.execute(_UNLISTED, {"before": now - settle})).scalars())
    for one in orders:
        await connection.execute(_LIST, {"id": one})
        await connection.execute(_LISTED, {"id": one, "at": now})
    return len(orders)


async def take(connection: AsyncConnection, limit: int) -> list[Waiting]:
    """The next cases, least often tried first."""
    return [Waiting(*row) for row in await connection.execute(_NEXT, {"limit": limit})]


async def tick(connection: AsyncConnection, one: Waiting, now: datetime) -> None:
    """The case is done; what moved is read off its trail, so that a tick after a kill says the same."""
    await connection.execute(_DONE, {"id": one.order, "case": one.case_id, "at": now})


async def fail(connection: AsyncConnection, one: Waiting, message: str, now: datetime, *, for_good: bool = True) -> None:
    """Not this time; after ``MOST_TRIES`` an operator must look, save where nobody answered at all (``for_good`` False)."""
    values = {"id": one.order, "case": one.case_id, "at": now, "message": message[:500], "most": MOST_TRIES, "for_good": for_good}
    await connection.execute(_FAILED, values)


async def running(connection: AsyncConnection, case_id: str) -> bool:
    """Whether the case still stands open."""
    return (await connection.execute(_STANDING, {"case": case_id})).scalar_one_or_none() == "open"


async def close(connection: AsyncConnection, now: datetime) -> None:
    """Orders of which no case waits any more."""
    await connection.execute(_CLOSE, {"at": now})
