"""The city's calendar as the engine counts it: days off and office hours out of their tables."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.calendar import NORMAL, Calendar, Hours, Season

_BOTH = text("""
    SELECT coalesce((SELECT jsonb_agg(h.day) FROM holiday h), '[]') AS days,
           coalesce((SELECT jsonb_agg(to_jsonb(o) ORDER BY o.starts, o.weekday) FROM office_hours o), '[]') AS hours
""")


async def calendar(connection: AsyncConnection, zone: str = "Asia/Jakarta") -> Calendar:
    """One statement. Without rows for office hours those of Perpres 21/2023 hold."""
    row = (await connection.execute(_BOTH)).one()
    ordinary = [h for h in row.hours if h["ends"] is None]
    newest = max((h["starts"] for h in ordinary), default="")
    hours = _hours([h for h in ordinary if h["starts"] == newest]) or NORMAL
    spans = sorted({(h["starts"], h["ends"]) for h in row.hours if h["ends"] is not None})
    seasons = []
    for first, last in spans:
        found = _hours([h for h in row.hours if (h["starts"], h["ends"]) == (first, last)])
        if found is not None:
            seasons.append(Season(date.fromisoformat(first), date.fromisoformat(last), found))
    return Calendar(frozenset(date.fromisoformat(day) for day in row.days), zone, hours, tuple(seasons))


def _hours(rows: list[dict[str, Any]]) -> Hours | None:
    """Monday's row stands for Monday to Thursday; Friday has its own."""
    days = {row["weekday"]: row for row in rows}
    if 1 not in days:
        return None
    friday = days.get(5, days[1])
    return Hours(time.fromisoformat(days[1]["opens"]), time.fromisoformat(days[1]["closes"]), time.fromisoformat(friday["closes"]))
