"""Who may sign nothing for now: a line of the registry ``blokir-tte`` under his id, from the moment it is committed until it is closed."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

KIND = "blokir-tte"
_OPEN = text("SELECT 1 FROM registry WHERE kind = :kind AND key = :person AND valid_to IS NULL LIMIT 1")


async def blocked(connection: AsyncConnection, person: str) -> bool:
    """Whatever the hour or the day: a block has no last day, it is closed by the renewed certificate."""
    return (await connection.execute(_OPEN, {"kind": KIND, "person": person})).first() is not None
