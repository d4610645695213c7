"""The city's dated parameters: which value was in force on a day, since when, by which decree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_IN_FORCE = text("""
    SELECT name, value, unit, decree, starts FROM parameter
    WHERE name = :name AND starts <= :day AND (ends IS NULL OR ends > :day) ORDER BY starts DESC LIMIT 1
""")


@dataclass(frozen=True, slots=True)
class Dated:
    """``value`` as it was entered; ``unit``: rupiah, hari kerja, ya/tidak …"""

    name: str
    value: str
    unit: str
    decree: str
    starts: date


async def parameter_on(connection: AsyncConnection, name: str, day: date) -> Dated | None:
    """The value in force on the city's date ``day``; None when the city has set none."""
    row = (await connection.execute(_IN_FORCE, {"name": name, "day": day})).one_or_none()
    return Dated(*row) if row is not None else None
