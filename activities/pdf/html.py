"""Jinja for letters: the city's folder first, then the process's own folder, then ours; autoescape, no undefined name passes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from babel.dates import format_date, format_datetime
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from num2words import num2words


def environment(letters: Path, city: Path, processes: list[Path]) -> Environment:
    """``processes``: roots that hold ``<family>/<slug>/*.html`` (the city's first). Templates are named ``letters/x.html`` and ``<slug>/x.html``."""
    stationery = ChoiceLoader([FileSystemLoader(city / "letters"), FileSystemLoader(letters)])
    own: dict[str, FileSystemLoader] = {}
    for root in reversed(processes):
        own.update({folder.name: FileSystemLoader(folder) for family in sorted(root.glob("*/")) for folder in sorted(family.glob("*/"))})
    made = Environment(
        loader=PrefixLoader({"letters": stationery, **own}), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["tanggal"] = long_date
    made.filters["hari"] = weekday_date
    made.filters["terbilang"] = spelled
    made.filters["hari_ini"] = spelled_date
    made.filters["nama_dari"] = lambda code, names: names.get(code, code)
    return made


def long_date(value: str | date) -> str:
    """``23 November 2026``; an ISO text or a date."""
    day = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return format_date(day, "d MMMM y", locale="id")


def weekday_date(value: str | date) -> str:
    """``Senin, 23 November 2026``: the printed day of the week is the real one."""
    day = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return format_date(day, "EEEE, d MMMM y", locale="id")


ZONES = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}
"""Keppres 41/1987."""


def clock_time(value: datetime) -> str:
    """``23 November 2026 14.05 WIB``; the caller converts to the city's zone, whose name follows from its offset."""
    return f"{format_datetime(value, 'd MMMM y HH.mm', locale='id')} {ZONES.get(value.utcoffset() or timedelta(0), 'UTC')}"


def spelled(number: int) -> str:
    return str(num2words(number, lang="id"))


def spelled_date(day: date) -> str:
    """``Senin, tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam (23-11-2026)``: how a berita acara begins."""
    name, month = format_date(day, "EEEE", locale="id"), format_date(day, "MMMM", locale="id")
    return f"{name}, tanggal {spelled(day.day)} bulan {month} tahun {spelled(day.year)} ({day:%d-%m-%Y})"


def attachments_line(count: int) -> str:
    """``Lampiran``: in figures and words; none prints a dash."""
    return f"{count} ({spelled(count)}) berkas" if count else "-"
