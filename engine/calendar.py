"""Office days and office hours, pure: given the days off, count. Source: Perpres 21/2023; naskah-dinas.md §10."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

zone_of = lru_cache(maxsize=16)(ZoneInfo)


@dataclass(frozen=True, slots=True)
class Hours:
    """When the office opens and closes."""

    opens: time
    closes: time
    closes_friday: time


NORMAL = Hours(time(7, 30), time(16, 0), time(16, 30))
RAMADAN = Hours(time(8, 0), time(15, 0), time(15, 30))


@dataclass(frozen=True, slots=True)
class Season:
    """Days with hours of their own (Ramadan: set each year after *isbat*)."""

    first: date
    last: date
    hours: Hours = RAMADAN


@dataclass(frozen=True, slots=True)
class Calendar:
    """The city's calendar. ``days_off``: national holidays, cuti bersama, the city's own. Saturdays and Sundays are always off."""

    days_off: frozenset[date] = frozenset()
    zone: str = "Asia/Jakarta"
    hours: Hours = NORMAL
    seasons: tuple[Season, ...] = ()

    def works(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.days_off

    def add(self, day: date, n: int) -> date:
        """The n-th office day after (before, for n < 0) this day; the day itself does not count."""
        step = 1 if n > 0 else -1
        left = abs(n)
        while left:
            day += timedelta(days=step)
            left -= self.works(day)
        return day

    def between(self, first: date, last: date) -> int:
        """Office days from the first to the last, both counted; 0 when the last is earlier."""
        span = (last - first).days + 1
        return sum(1 for n in range(span) if self.works(first + timedelta(days=n)))

    def local(self, at: datetime) -> datetime:
        return at.astimezone(zone_of(self.zone))

    def of(self, day: date) -> Hours:
        return next((s.hours for s in self.seasons if s.first <= day <= s.last), self.hours)

    def closes(self, day: date) -> datetime:
        """The instant (UTC) at which the office closes that day; on a day off, as on a day like it."""
        hours = self.of(day)
        return self._instant(day, hours.closes_friday if day.weekday() == 4 else hours.closes)

    def opens(self, day: date) -> datetime:
        return self._instant(day, self.of(day).opens)

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, zone_of(self.zone)).astimezone(UTC)
