"""What the calendar opened, for the page that says what opens when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_RECENT = text("""
    SELECT o.process, o.planned, u.name AS unit, c.no AS number
    FROM timetable_opening o JOIN unit u ON u.code = o.unit LEFT JOIN "case" c ON c.id = o.case_id
    ORDER BY o.planned DESC, o.process, u.name LIMIT :limit
""")


@dataclass(frozen=True, slots=True)
class Opened:
    process: str
    planned: date
    unit: str
    number: int | None
    """Of the case; None while it is not there yet."""


async def recent(connection: AsyncConnection, limit: int = 50) -> list[Opened]:
    """Newest first."""
    return [Opened(*row) for row in await connection.execute(_RECENT, {"limit": limit})]
