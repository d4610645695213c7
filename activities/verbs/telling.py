"""What somebody is taken for, in words: ``Rina Kartikasari Contoh: cuti 1 Desember 2026 s.d. 3 Desember 2026 (perkara 12)``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.books.bookings import PERSON, Doing
from db.read.books.people import people
from forms import dates

ACTING = {"plt": "Plt.", "plh": "Plh.", "pj": "Pj.", "pjs": "Pjs."}


async def told(connection: AsyncConnection, busy: Sequence[Doing], kind: str, zone: ZoneInfo) -> str:
    """One sentence for each, in the city's days; "" for none."""
    if not busy:
        return ""
    ids = list(dict.fromkeys(one.resource for one in busy))
    people_named = kind == PERSON or kind.startswith(f"{PERSON}-")
    known = await people(connection, ids, busy[0].starts) if people_named else []
    names = {one.id: one.name for one in known}
    return " ".join(f"{names.get(one.resource, one.resource)}: {_doing(one, zone)}." for one in busy)


def _doing(one: Doing, zone: ZoneInfo) -> str:
    first = one.starts.astimezone(zone)
    what = f"{ACTING[one.purpose]} {one.note}" if one.purpose in ACTING else one.purpose.replace("-", " ")
    if one.ends is None:
        when = f"sejak {_day(first)}"
    else:
        last = (one.ends - timedelta(microseconds=1)).astimezone(zone)
        when = _day(first) if last.date() == first.date() else f"{_day(first)} s.d. {_day(last)}"
    return f"{what} {when}" + (f" (perkara {one.case_no})" if one.case_no else "")


def _day(at: datetime) -> str:
    return dates.long(at.date().isoformat())
