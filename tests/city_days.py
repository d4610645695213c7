"""The office days of the sample city, from its own table."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from engine.calendar import Calendar

CITY = Path(__file__).resolve().parents[1] / "kota_contoh"


def calendar() -> Calendar:
    with (CITY / "holidays.csv").open(encoding="utf-8") as file:
        return Calendar(frozenset(date.fromisoformat(row["day"]) for row in csv.DictReader(file)))
