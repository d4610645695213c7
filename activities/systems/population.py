"""The local twin of the population register: it says whether a family card and a number belong together, and keeps nothing.

Its contract is what a real register's adapter must keep: ``cocokkan-keluarga`` (``kk``, ``nik``, ``nama``) is done where the number is on that card
and refused where it is not; who does not know says nothing, which is doubt. ``cocokkan-nik`` (``nik``): whether the number is anybody's.

What a number is in the twin follows from its last four digits: 9999 is on no card, 0000 is nobody's; every other one fits.
"""

from __future__ import annotations

from collections.abc import Mapping

from activities.systems.port import Reply, Request
from activities.systems.twin import Answer

NAME = "kependudukan"
NOBODY, ELSEWHERE = "0000", "9999"


def answers() -> Mapping[str, Answer]:
    """For ``Twin``: what it says to each operation."""
    return {"cocokkan-nik": number, "cocokkan-keluarga": family}


def number(asked: Request) -> Reply:
    return Reply("refused", {}, "NIK tidak ada pada data kependudukan.") if _of(asked).endswith(NOBODY) else Reply("done")


def family(asked: Request) -> Reply:
    if _of(asked).endswith((NOBODY, ELSEWHERE)):
        return Reply("refused", {}, "NIK tidak ada pada kartu keluarga itu.")
    return Reply("done")


def _of(asked: Request) -> str:
    return str(asked.body.get("nik") or "")
