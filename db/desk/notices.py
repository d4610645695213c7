"""The read mark of a notice: the one thing about it that belongs to the person and not to the case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_ONE = text("UPDATE notice SET read_at = COALESCE(read_at, :now) WHERE id = :id AND person = :person")
_ALL = text("UPDATE notice SET read_at = :now WHERE person = :person AND read_at IS NULL AND id <= :upto")


async def mark_read(connection: AsyncConnection, person: str, notice: int, now: datetime) -> bool:
    """Marks one; the first mark stays. False when it is not this person's."""
    return (await connection.execute(_ONE, {"id": notice, "person": person, "now": now})).rowcount == 1


async def mark_all_read(connection: AsyncConnection, person: str, upto: int, now: datetime) -> int:
    """Marks all up to the newest one that was shown: what came in since stays unread. How many."""
    return int((await connection.execute(_ALL, {"person": person, "upto": upto, "now": now})).rowcount)
