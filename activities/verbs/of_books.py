"""The verbs over the city's books, by their word; each takes the city's zone besides."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from activities.verbs.booking import book, unbook
from activities.verbs.computing import compute
from activities.verbs.holding import hold, post, release
from activities.verbs.locating import locate
from activities.verbs.looking_up import look_up
from activities.verbs.supplying import supply
from activities.verbs.verb import Verb

_VERBS: Final = {
    "hold": hold, "post": post, "release": release, "book": book, "unbook": unbook, "look_up": look_up, "compute": compute, "locate": locate,
    "supply": supply,
}  # fmt: skip


def book_verbs(zone: str) -> Mapping[str, Verb]:
    return {word: partial(verb, zone=zone) for word, verb in _VERBS.items()}
