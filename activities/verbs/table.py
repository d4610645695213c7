"""The verbs a worker knows, by their word in ``engine.words.ACTS``."""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

from activities.verbs.notifying import notify
from activities.verbs.numbering import number
from activities.verbs.verb import Verb


def verbs(zone: ZoneInfo) -> dict[str, Verb]:
    """``zone``: the city's, for the year of a number and the day of an entry."""
    return {"number": partial(number, zone=zone.key), "notify": notify}
