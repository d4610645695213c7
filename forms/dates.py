"""Dates and times as people type them: 23-11-2026, 23/11/2026, 23 November 2026, ISO. The day comes first; nothing is guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from forms.messages import BadValue

MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")
_SHORT = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "mei": 5, "jun": 6, "jul": 7, "agu": 8, "agt": 8, "ags": 8, "sep": 9, "sept": 9, "okt": 10,
          "nov": 11, "nop": 11, "des": 12, "pebruari": 2, "nopember": 11}  # fmt: skip
NAMES = {name.lower(): number for number, name in enumerate(MONTHS, 1)} | _SHORT
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})")
NAMED = re.compile(r"(?P<day>\d{1,2})[ -](?P<name>[a-z]+)\.?[ -](?P<year>\d{4})")
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
CLOCK = re.compile(r"(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:]00)?(?:\s*(?:WIB|WITA|WIT))?", re.IGNORECASE)
UNTIL = re.compile(r"\s+(?:sampai dengan|sampai|s\.?d\.?|hingga|–|-)\s+|\s*[–]\s*", re.IGNORECASE)
YEARS = range(1900, 2200)


def day(text: str, code: str = "tanggal") -> date:
    """The date meant by ``text``; refuses 31-02, two-digit years and month-first order with ``code``."""
    tidy = " ".join(text.strip().lower().split())
    found = ISO.fullmatch(tidy) or DAY_FIRST.fullmatch(tidy) or NAMED.fullmatch(tidy)
    if found is None:
        raise BadValue(code)
    parts = found.groupdict()
    month = NAMES.get(parts["name"], 0) if "name" in parts else int(parts["month"])
    try:
        value = date(int(parts["year"]), month, int(parts["day"]))
    except ValueError as error:
        raise BadValue(code) from error
    if value.year not in YEARS:
        raise BadValue(code)
    return value


def single(text: str) -> str:
    """ISO text of one date."""
    return day(text).isoformat()


def clock(text: str, code: str = "jam") -> str:
    """``8.30`` or ``08:30 WIB`` → ``"08:30"``."""
    found = CLOCK.fullmatch(text.strip())
    if found is None:
        raise BadValue(code)
    try:
        return time(int(found["hour"]), int(found["minute"])).strftime("%H:%M")
    except ValueError as error:
        raise BadValue(code) from error


def moment(text: str, zone: ZoneInfo) -> str:
    """``23-11-2026 14.05`` in the city's zone → ``"2026-11-23T14:05:00+07:00"``: the wall clock stays readable, the instant exact."""
    tidy = " ".join(text.replace(",", " ").replace("pukul", " ").split())
    if re.fullmatch(r"\d{4}-\d\d-\d\dT.*", tidy):
        try:
            value = datetime.fromisoformat(tidy)
        except ValueError as error:
            raise BadValue("waktu") from error
        return (value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)).isoformat(timespec="seconds")
    found = re.fullmatch(rf"(?P<date>.+?)\s+(?P<clock>{CLOCK.pattern.replace('?P<hour>', '').replace('?P<minute>', '')})", tidy, re.IGNORECASE)
    if found is None:
        raise BadValue("waktu")
    hours = time.fromisoformat(clock(found["clock"], "waktu"))
    return datetime.combine(day(found["date"], "waktu"), hours, zone).isoformat(timespec="seconds")


def span(first: str, last: str) -> dict[str, str]:
    """Two dates → ``{"from": iso, "to": iso}``; refuses an end before the start. One text ``a sampai b`` works too."""
    if first and not last:
        halves = UNTIL.split(first.strip())
        if len(halves) == 2:
            first, last = halves
    if not first or not last:
        raise BadValue("rentang")
    start, end = day(first, "rentang"), day(last, "rentang")
    if end < start:
        raise BadValue("rentang-terbalik")
    return {"from": start.isoformat(), "to": end.isoformat()}


def year(text: str) -> int:
    """Four digits, 1900–2199."""
    if not re.fullmatch(r"\d{4}", text.strip()) or int(text) not in YEARS:
        raise BadValue("tahun")
    return int(text)


def month(text: str) -> str:
    """``11-2026``, ``November 2026`` or ISO → ``"2026-11"``."""
    tidy = " ".join(text.strip().lower().split())
    iso = re.fullmatch(r"(\d{4})-(\d{2})", tidy)
    named = re.fullmatch(r"([a-z]+)\.? (\d{4})", tidy)
    plain = re.fullmatch(r"(\d{1,2})[-/ ](\d{4})", tidy)
    if iso:
        number, of = int(iso[2]), int(iso[1])
    elif named:
        number, of = NAMES.get(named[1], 0), int(named[2])
    elif plain:
        number, of = int(plain[1]), int(plain[2])
    else:
        raise BadValue("bulan")
    if number not in range(1, 13) or of not in YEARS:
        raise BadValue("bulan")
    return f"{of:04d}-{number:02d}"


def long(iso: str) -> str:
    """``2026-11-23`` → ``23 November 2026``."""
    value = date.fromisoformat(iso[:10])
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def short(iso: str) -> str:
    """``2026-11-23`` → ``23-11-2026``, as it is typed."""
    return date.fromisoformat(iso[:10]).strftime("%d-%m-%Y")
