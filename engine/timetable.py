"""When the calendar opens cases: the first office day of each month, the tenth of the month before. Pure; whoever fires it keeps what was opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from engine.calendar import Calendar

MONTHS = tuple(range(1, 13))


@dataclass(frozen=True, slots=True)
class Timetable:
    """``day``: of the month, 1 to 28; 0 = its first office day. A day that falls on a day off moves to the next office day: nobody receives work on a Sunday."""

    day: int = 0
    months: tuple[int, ...] = MONTHS
    each: Literal["city", "organisation"] = "city"
    """One case for the city, in the unit of the process's owner, or one for each agency that has a head."""
    kinds: tuple[str, ...] = ()
    """With ``organisation``: only agencies of these kinds (kelurahan, kecamatan, dinas …); () = all. ``pemilik``: the owner's too."""


def days(table: Timetable, first: date, last: date, calendar: Calendar) -> tuple[date, ...]:
    """The days from ``first`` to ``last``, both counted, on which it opens, earliest first."""
    return tuple(day for day in _planned(table, first, last, calendar) if first <= day <= last)


def faults(table: Timetable) -> Iterator[str]:
    """What the author must mend, in Indonesian."""
    if not 0 <= table.day <= 28:
        yield f"jadwal: tanggal {table.day} tidak ada pada setiap bulan; tulis 1 sampai 28, atau 0 untuk hari kerja pertama"
    if not table.months or any(month not in MONTHS for month in table.months):
        yield "jadwal: sebutkan bulannya, 1 sampai 12"


def _planned(table: Timetable, first: date, last: date, calendar: Calendar) -> Iterator[date]:
    """Every opening of the months in question; a day moved past the end of its month still belongs to it, so the month before counts too."""
    year, month = (first.year, first.month - 1) if first.month > 1 else (first.year - 1, 12)
    while (year, month) <= (last.year, last.month):
        if month in table.months:
            day = date(year, month, table.day or 1)
            yield day if calendar.works(day) else calendar.add(day, 1)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
