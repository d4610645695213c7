"""Which desks a position is: its functions, each with the units it is for."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_DESKS = text("SELECT function, array_agg(unit ORDER BY unit) AS units FROM function_post WHERE position = :position GROUP BY function")


async def desks(connection: AsyncConnection, position: str) -> Mapping[str, tuple[str, ...]]:
    """Function → units; {} for a position that is none. One statement."""
    return {row.function: tuple(row.units) for row in await connection.execute(_DESKS, {"position": position})}
