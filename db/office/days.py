"""Office hours and the city's dated parameters, changed with their source or decree. Days off: db.office.holidays."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.office.rows import add_row, change_row
from db.tables.calendar import office_hours, parameter
from engine.events import Actor


async def set_season(
    connection: AsyncConnection, actor: Actor, first: date, last: date, opens: time, closes: time, closes_friday: time, name: str, source: str,
    reason: str, at: datetime,
) -> None:  # fmt: skip
    """Hours of their own for a span of days (Ramadan): Monday to Friday, each day one entry."""
    for weekday in range(1, 6):
        values = {
            "starts": first, "ends": last, "weekday": weekday, "opens": opens, "closes": closes_friday if weekday == 5 else closes, "name": name,
            "source": source,
        }  # fmt: skip
        await add_row(connection, actor, office_hours, values, reason, at)


async def set_parameter(
    connection: AsyncConnection, actor: Actor, name: str, value: str, unit: str, starts: date, decree: str, reason: str, at: datetime
) -> None:
    """A new value from that day; the one in force until then ends on it, so that no day has two."""
    open_row = text("SELECT starts FROM parameter WHERE name = :name AND starts < :starts AND (ends IS NULL OR ends > :starts)")
    before = (await connection.execute(open_row, {"name": name, "starts": starts})).scalar_one_or_none()
    if before is not None:
        await change_row(connection, actor, parameter, {"name": name, "starts": before}, {"ends": starts}, reason, at)
    values = {"name": name, "starts": starts, "value": value, "unit": unit, "decree": decree}
    await add_row(connection, actor, parameter, values, reason, at)
