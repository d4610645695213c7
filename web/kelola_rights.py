"""Who sees and who keeps which book: one table by desk, one pure function over it, one dependency for the routes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.desks import desks
from engine.errors import NotAllowed, WrongCapacity
from engine.events import Actor
from web.access import Dependency, requires
from web.language import _
from web.policy import Need, Policy, Viewer

Area = Literal["saldo", "registri", "pemesanan", "tempat", "hari-libur", "jadwal"]
Right = Literal["lihat", "kelola"]
AREAS: Final[tuple[Area, ...]] = ("saldo", "registri", "pemesanan", "tempat", "hari-libur", "jadwal")
OWN_PEOPLE: Final = "kepegawaian"
"""The personnel desk of an organisation: it sees the leave and the bookings of its own people, and no other book."""
RIGHTS: Final[Mapping[str, Mapping[Area, Right]]] = {
    "operator-alur": dict.fromkeys(AREAS, "kelola"),
    "audit-jejak": dict.fromkeys(AREAS, "lihat"),
    "analis-sdm": {"saldo": "kelola", "pemesanan": "kelola", "hari-libur": "kelola"},
    OWN_PEOPLE: {"saldo": "lihat", "pemesanan": "lihat", "hari-libur": "lihat"},
}
"""Desk → book → right. ``analis-sdm`` is the city's personnel desk (engine.roles): books whose subjects are persons, no other ledger."""
EVERY_LEDGER: Final = frozenset({"operator-alur", "audit-jejak"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What one capacity may do. ``units``: of a book of people only those for whom these are the personnel desk; () = everybody."""

    rights: Mapping[Area, Right] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    every_ledger: bool = False

    def keeps(self, area: Area) -> bool:
        return self.rights.get(area) == "kelola"

    def opens(self, *, of_people: bool) -> bool:
        """Whether a ledger may be opened at all."""
        return "saldo" in self.rights and (of_people or self.every_ledger)


def standing(held: Mapping[str, tuple[str, ...]]) -> Standing:
    """The one judgement: out of the desks of a position (desk → its units). The wider right wins."""
    rights: dict[Area, Right] = {}
    for desk in held:
        for area, right in RIGHTS.get(desk, {}).items():
            rights[area] = "kelola" if "kelola" in (right, rights.get(area)) else right
    wide = any(desk in RIGHTS for desk in held if desk != OWN_PEOPLE)
    return Standing(rights, () if wide else tuple(held.get(OWN_PEOPLE, ())), bool(EVERY_LEDGER & set(held)))


def seers(area: Area | None = None) -> frozenset[str]:
    """Desks that may open the pages of a book; None: of any."""
    return frozenset(desk for desk, rights in RIGHTS.items() if area is None or area in rights)


def entering(area: Area | None = None, need: Need = "signed_in") -> Dependency:
    """Dependency of a route: signed in (``need``: and how), and some position held is such a desk; else 403. ``admitted`` then looks at the capacity in use."""
    return requires(Policy(need, seers(area)))


async def admitted(connection: AsyncConnection, viewer: Viewer, area: Area | None = None, *, keep: bool = False) -> Standing:
    """What the capacity in use may do. Refuses: WrongCapacity when another position of the viewer is the desk; NotAllowed where it may only look."""
    found = standing(await desks(connection, viewer.acting.position) if viewer.acting is not None else {})
    if not found.rights or (area is not None and area not in found.rights):
        raise WrongCapacity(_("Jabatan yang Anda pakai sekarang tidak mengurus buku ini. Ganti jabatan pada bagian atas halaman."))
    if keep and (area is None or not found.keeps(area)):
        raise NotAllowed(_("Jabatan Anda dapat melihat buku ini, tetapi tidak mengubahnya."))
    return found


def actor_of(viewer: Viewer) -> Actor:
    """Who writes, in the capacity in use. Refuses (WrongCapacity) who holds no position."""
    if viewer.acting is None:
        raise WrongCapacity
    return viewer.acting.actor(viewer.person)
