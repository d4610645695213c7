"""``compute``: the engine has worked the arguments out already; here they become facts, and what needs the city's calendar is counted."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.verbs.asked import Asked
from db.read.calendar import calendar
from engine import evaluate
from engine.errors import BookUnreadable
from engine.events import Json
from workflows.contracts import ActInput, ActResult

RANGE, UNTIL, START, COUNT = "working_days", "until", "working_days_from", "working_days_after"
OWN = frozenset({UNTIL, START, COUNT, "yes", "no"})


async def compute(connection: AsyncConnection, given: ActInput, now: datetime, zone: str) -> ActResult:
    """Arguments named like a fact of the node go to it; the others go to the facts left, in order. Of these three the calendar makes the value:

    - ``working_days``: a date range, or a list of them → office days in it, both ends counted (holidays and cuti bersama left out). A date with ``until``
      (a date, or a range: its last day) → from the one to the other; 0 when ``until`` is earlier.
    - ``working_days_from`` (a date, or a range: its last day) with ``working_days_after`` (a whole number, may be negative): the date so many office days
      after it; the day itself does not count.

    An argument that is worth nothing is doubt (the node's policy); yes/no expressions are never empty. What was worked out stands in the trail."""
    asked = Asked(given, now, ZoneInfo(zone))
    values = {name: value for name, value in asked.args.items() if name not in OWN}
    if {RANGE, START} & asked.args.keys():
        values |= await _counted(connection, asked)
    if len(values) < len(asked.facts):
        raise asked.wrong("(jumlah)", f"{len(asked.facts)} fakta memerlukan sebanyak itu argumen")
    named = {name: values[name] for name in asked.facts if name in values}
    rest = iter([value for name, value in values.items() if name not in named])
    found: dict[str, Json] = {name: named[name] if name in named else next(rest) for name in asked.facts}
    empty = [name for name, value in found.items() if evaluate.is_empty(value)]
    if empty:
        return asked.doubt(BookUnreadable(f"{', '.join(empty)} tidak dapat dihitung: isian atau fakta asalnya kosong. Lengkapi lalu ulangi."))
    return ActResult(gives=found, detail={"dihitung": found})


async def _counted(connection: AsyncConnection, asked: Asked) -> dict[str, Json]:
    days = await calendar(connection, asked.zone.key)
    counted: dict[str, Json] = {}
    if UNTIL in asked.args:
        first, last = asked.day(RANGE), asked.day(UNTIL, last=True)
        counted[RANGE] = days.between(first, last) if first is not None and last is not None else None
    elif RANGE in asked.args:
        given = asked.args[RANGE]
        spans = [evaluate.ends(one) for one in (given if isinstance(given, list) else [given])]
        known = [both for both in spans if both is not None]
        counted[RANGE] = sum(days.between(*both) for both in known) if known and len(known) == len(spans) else None
    if START in asked.args:
        start, number = asked.day(START, last=True), evaluate.number(asked.args.get(COUNT))
        counted[START] = days.add(start, int(number)).isoformat() if start is not None and number is not None else None
    return counted
