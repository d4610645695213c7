"""``post`` and ``release`` of a registry line: what a case puts on record under a key, with days of validity."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.verbs.asked import Asked
from db.write.books import registry
from engine.errors import BookUnreadable, PeriodOverlaps
from engine.events import Json
from workflows.contracts import ActInput, ActResult

OWN = frozenset({"registry", "key", "from", "until", "replace", "with_case", "yes", "no", "day"})
"""Arguments with a meaning of their own; every other one becomes an attribute of the line."""


async def post(connection: AsyncConnection, given: ActInput, now: datetime, zone: str) -> ActResult:
    """A line for each ``key`` (text or list) in the ``registry`` of that kind. ``from`` (date; today), ``until`` (last day of validity; open),
    ``replace`` (what is valid under the key ends then), ``with_case`` (closes when the case ends). Other arguments become attributes.

    Facts, in order: on record or not. Refuses PeriodOverlaps where the kind allows one valid line and the node gives no fact; an empty key is doubt."""
    asked = Asked(given, now, ZoneInfo(zone))
    kind, keys = asked.word("registry"), asked.words("key")
    if not keys:
        return asked.doubt(BookUnreadable(f"Kunci registri {kind} pada langkah {given.step} kosong. Lengkapi isian asalnya."))
    last = asked.day("until")
    attributes = {name: value for name, value in asked.args.items() if name not in OWN}
    end = None if last is None else last.fromordinal(last.toordinal() + 1)
    line = registry.Line(kind, asked.day("from") or asked.today, end, attributes, asked.yes("with_case"))
    try:
        made = await registry.put(connection, asked.cause, keys, line, replace=asked.yes("replace"))
    except PeriodOverlaps as taken:
        if not asked.facts:
            raise
        return asked.give([asked.verdict(good=False)], {"ditolak": taken.message})
    except BookUnreadable as missing:
        return asked.doubt(missing)
    told: dict[str, Json] = {"registri": kind, "kunci": keys, "baris": made}
    return asked.give([asked.verdict(good=True)], told)


async def close(connection: AsyncConnection, given: ActInput, now: datetime, zone: str) -> ActResult:
    """What is valid under ``key`` in the ``registry`` of that kind ends on ``day`` (today). Facts, in order: something ended or not."""
    asked = Asked(given, now, ZoneInfo(zone))
    kind, keys = asked.word("registry"), asked.words("key")
    try:
        ended = await registry.close(connection, asked.cause, kind, keys, asked.day("day") or asked.today)
    except BookUnreadable as missing:
        return asked.doubt(missing)
    return asked.give([asked.verdict(good=ended > 0)], {"registri": kind, "kunci": keys, "ditutup": ended})
