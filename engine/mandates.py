"""Acting mandates (Plt., Plh., Pj., Pjs.) as values and the rules they stand by. Pure: ``db.office.mandates`` gathers what the rules ask.

Sources: UU 30/2014 art. 14, SE Kepala BKN 2/SE/VII/2019 and 1/SE/I/2021 (naskah-dinas.md §5.3), the process penunjukan-plh-plt. Instants
are aware, a period is closed at its start and open at its end; months are counted on the calendar of the zone the instants carry.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Literal

from engine.errors import ActingForbidden, FieldsInvalid, PeriodOverlaps
from engine.signature_block import STRATEGIC

ActingKind = Literal["plt", "plh", "pj", "pjs"]
SUBSTITUTES = ("plt", "plh")
"""Appointed by the city itself. Pj and Pjs are appointed from above the city: of the rules here only overlap and order bind them."""
LABEL = {"plt": "Plt.", "plh": "Plh.", "pj": "Pj.", "pjs": "Pjs."}
ABSENT = ("cuti", "dinas-luar", "sakit", "diklat")
VACANT = ("kosong-pensiun", "kosong-mutasi", "kosong-meninggal")
LADDER = ("pejabat-negara", "sekda", "jpt-pratama", "administrator", "pengawas", "pelaksana")
"""``engine.ranks.jenjang`` from the top."""
CLOSED: Mapping[str, frozenset[str]] = {
    "mengangkat-memindahkan-memberhentikan": frozenset({"surat-keputusan", "keputusan-wali-kota", "petikan"}),
    "anggaran-strategis": frozenset({"dpa", "formulir-rka", "anggaran-kas"}),
    "mengatur-dan-mengikat": STRATEGIC - {"surat-keputusan", "keputusan-wali-kota", "petikan", "dpa", "formulir-rka", "anggaran-kas"},
}
"""What a Plt or Plh is closed to, by the kinds of document in which it is done: what a task ``needs`` and a mandate ``forbids`` are matched.
Leave without pay and leave abroad go to the mayor by their own process; handing the mandate on is refused by ``may_hand_on``."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The city's own bounds; a city sets them as parameters (``PARAMETERS``), these are the defaults of the circular."""

    order_months: int = 3
    """Of one order to a Plt."""
    total_months: int = 6
    """Of all orders to the same Plt on the same post in one vacancy."""
    extensions: int = 1
    """How often a Plt may be prolonged."""
    steps_below: int = 1
    """How many steps of the ladder the acting official may stand below the post."""
    same_unit: bool = True


PARAMETERS: Mapping[str, str] = {
    "plt_bulan_per_surat": "order_months", "plt_bulan_seluruhnya": "total_months", "plt_kali_perpanjangan": "extensions",
    "plt_plh_jenjang_di_bawah": "steps_below", "plt_plh_unit_sama": "same_unit",
}  # fmt: skip
"""Name of the parameter → the bound. Whole numbers; ``plt_plh_unit_sama`` is ya or tidak."""


def limits(values: Mapping[str, str]) -> Limits:
    """The bounds out of the city's parameters; what is not set keeps its default. FieldsInvalid for a text that is no such value."""
    found: dict[str, int | bool] = {}
    for name, bound in PARAMETERS.items():
        text = values.get(name, "").strip().lower()
        if not text:
            continue
        if bound == "same_unit" and text in ("ya", "tidak"):
            found[bound] = text == "ya"
        elif bound != "same_unit" and text.isascii() and text.isdigit():
            found[bound] = int(text)
        else:
            raise FieldsInvalid({name: _PARAMETER}, f"Parameter kota {name} berisi \u201c{text}\u201d. {_PARAMETER}")
    return Limits(**{f.name: found.get(f.name, f.default) for f in fields(Limits)})  # type: ignore[arg-type]


_PARAMETER = "Isi bilangan bulat, atau ya/tidak untuk unit yang sama; perbaiki pada parameter kota."


@dataclass(frozen=True, slots=True)
class Post:
    """A seat as far as the rules ask. ``units``: its organisation and those above it, without the city itself."""

    code: str
    title: str
    level: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mandate:
    """One order: who acts for which post, as what, from when to when, closed to what. ``id`` is what acts name as their mandate."""

    id: str
    kind: ActingKind
    position: str
    person: str
    starts: datetime
    ends: datetime
    order_number: str = ""
    cause: str = ""
    forbids: frozenset[str] = frozenset()
    extends: str = ""
    """The mandate this one prolongs."""

    def covers(self, at: datetime) -> bool:
        return self.starts <= at < self.ends

    def meets(self, other: Mandate) -> bool:
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known at the start of a proposed mandate."""

    post: Post | None
    own: tuple[Post, ...] = ()
    """Posts the person holds definitively then."""
    holder: str = ""
    """Definitive holder of the post then; "" = vacant."""
    absence: tuple[datetime, datetime] | None = None
    """When the definitive holder is away, where that is known."""
    others: tuple[Mandate, ...] = ()
    """Mandates on the post or of the person."""
    served: tuple[tuple[datetime, datetime], ...] = ()
    """Earlier Plt periods of the person on the post since it fell vacant."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule. ``field``: of the proposal; ``rule``: stable word."""

    rule: str
    field: str
    message: str


def forbids(kind: str, extra: Iterable[str] = ()) -> frozenset[str]:
    """Kinds of document a mandate of this kind may not sign: what the law closes (never less) and what its order adds."""
    closed = frozenset().union(*CLOSED.values()) if kind in SUBSTITUTES else frozenset()
    return closed | frozenset(extra)


def may_hand_on(capacity: str) -> None:
    """Raises ActingForbidden: a mandate is not given on (UU 30/2014 art. 13 and 14)."""
    if capacity in SUBSTITUTES:
        raise ActingForbidden(
            f"{LABEL[capacity]} tidak dapat melimpahkan mandatnya lagi. Mintakan surat perintah kepada pejabat yang memberi mandat."
        )


def plus_months(at: datetime, months: int) -> datetime:
    """The same wall time that many calendar months later; the 31st becomes the last day of a shorter month."""
    month = at.month - 1 + months
    year, month = at.year + month // 12, month % 12 + 1
    return at.replace(year=year, month=month, day=min(at.day, calendar.monthrange(year, month)[1]))


def latest_end(starts: datetime, served: Iterable[tuple[datetime, datetime]], months: int) -> datetime:
    """Until when a Plt may act in all: what was served counts as if it lay right before ``starts``."""
    return plus_months(starts - sum(((end - begin) for begin, end in served), timedelta()), months)


def refuse(faults: Iterable[Fault]) -> None:
    """Raises for the broken rules, naming each: PeriodOverlaps when a time is taken twice, else FieldsInvalid by field; nothing for none."""
    found = list(faults)
    taken = [one.message for one in found if one.rule in ("bertumpuk", "rangkap")]
    if taken:
        raise PeriodOverlaps(" ".join(taken))
    if found:
        raise FieldsInvalid({one.field: one.message for one in reversed(found)}, " ".join(one.message for one in found))
