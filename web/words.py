"""Words of the tables as people read them. ``{{ one.status|standing }}`` in a template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from web.language import _

BRANCH: Final[Mapping[str, Callable[[], str]]] = {
    "sent": lambda: _("belum dibaca"),
    "read": lambda: _("sudah dibaca"),
    "passed": lambda: _("diteruskan"),
    "reported": lambda: _("sudah melapor"),
    "asked": lambda: _("meminta penjelasan"),
    "answered": lambda: _("sudah dijawab"),
    "refused": lambda: _("ditolak penerima"),
    "withdrawn": lambda: _("ditarik"),
    "gone": lambda: _("digantikan"),
}
"""Status of a disposition's branch, ``db/write/changes.py``; tests/guards holds the two lists together."""


def standing(status: str) -> str:
    """How a branch stands. KeyError for a status that no table knows."""
    return BRANCH[status]()
