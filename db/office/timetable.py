"""Opening by hand what the calendar would open later: with a reason, in the office trail, and still each case once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from db.office.changes import note_change
from db.write import timetable
from engine.errors import FieldsInvalid
from engine.events import Actor
from engine.process import Process


async def open_now(connection: AsyncConnection, actor: Actor, process: Process, today: date, reason: str, now: datetime) -> int:
    """Claims the cases of today; gives how many. Refuses: ReasonMissing; FieldsInvalid when those of today are claimed already."""
    units = await timetable.units(connection, process, now)
    seen = await timetable.unseen(connection, process.code, today) - timedelta(days=1)
    made = await timetable.claim(connection, process.code, [timetable.opening(process.code, today, unit) for unit in units], seen, now)
    if not made:
        raise FieldsInvalid({"alasan": "Perkara hari ini sudah dibuka. Besok dapat dibuka lagi."})
    await note_change(connection, actor, "buka", "timetable", process.code, reason, None, {"hari": today.isoformat(), "perkara": made}, now)
    return made
