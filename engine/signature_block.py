"""The signature block of an official letter: office line, prefixes, name, rank, NIP. Pure; templates only print it.

Sources: Permendagri 1/2023 art. 44 (who shows degrees, NIP and rank) and the common forms a.n., u.b., Plt., Plh., Pj.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.errors import ActingForbidden, WrongCapacity
from engine.events import CapacityKind

Level = Literal["kepala-daerah", "wakil", "sekda", "lain"]
Manner = Literal["sendiri", "atas-nama", "untuk-beliau"]
Group = Literal["pengaturan", "penetapan", "penugasan", "korespondensi", "khusus", "piagam"]

PREFIX: dict[CapacityKind, str] = {"plt": "Plt. ", "plh": "Plh. ", "pj": "Pj. ", "pjs": "Pjs. "}

GROUP_OF_KIND: dict[str, Group] = {
    "peraturan-wali-kota": "pengaturan", "peraturan-daerah": "pengaturan", "rancangan-perda": "pengaturan", "keputusan-wali-kota": "penetapan",
    "surat-keputusan": "penetapan", "surat-tugas": "penugasan", "surat-perintah": "penugasan", "sppd": "penugasan",
    "surat-dinas": "korespondensi", "nota-dinas": "korespondensi", "memo": "korespondensi", "sertifikat": "piagam",
}  # fmt: skip
"""Document kind → group; every other kind is ``khusus``."""

STRATEGIC: frozenset[str] = frozenset({
    "peraturan-wali-kota", "peraturan-daerah", "rancangan-perda", "keputusan-wali-kota", "surat-keputusan", "petikan", "dpa", "formulir-rka", "anggaran-kas", "perjanjian",
    "kesepakatan-bersama",
})  # fmt: skip
"""What Plt/Plh may not sign: strategic decisions, organisation, budget, appointment (UU 30/2014 art. 14(7), SE BKN 1/SE/I/2021)."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, as known at the moment of signing."""

    title: str
    """Office in capitals: KEPALA DINAS KESEHATAN."""
    level: Level
    capacity: CapacityKind
    name: str
    """Without degrees."""
    front: str = ""
    back: str = ""
    """Degrees before and after the name."""
    nip: str = ""
    rank: str = ""
    grade: str = ""
    """Pembina Utama Muda and IV/c."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines to print, top to bottom."""

    lines: tuple[str, ...]
    name: str
    rank: str
    nip: str


def check_acting(kind: str, capacity: CapacityKind, limits: frozenset[str] = frozenset()) -> None:
    """Raises ActingForbidden when a Plt/Plh signs a strategic kind or one that his order letter excludes (``limits``)."""
    if capacity in ("plt", "plh") and (kind in STRATEGIC or kind in limits):
        raise ActingForbidden(
            f"{PREFIX[capacity].strip()} tidak boleh menandatangani {kind.replace('-', ' ')}. Mintakan kepada pejabat definitif atau atasannya."
        )


def full_name(who: Signatory) -> str:
    front = f"{who.front} " if who.front else ""
    back = f", {who.back}" if who.back else ""
    return f"{front}{who.name}{back}"


def _shows_degrees(who: Signatory, group: Group) -> bool:
    if group in ("pengaturan", "penetapan", "piagam"):
        return False
    if who.level in ("kepala-daerah", "wakil"):
        return who.capacity == "definitif"
    return not (who.level == "sekda" and who.capacity in ("pj", "plh"))


def _shows_rank(who: Signatory, group: Group, sekda_nip: bool) -> bool:
    if group in ("pengaturan", "penetapan", "piagam") or who.level in ("kepala-daerah", "wakil"):
        return False
    if who.level == "sekda" and who.capacity != "plt":  # par. 5 names Pj. and Plh. Sekda; a Plt. is any other official
        return sekda_nip and who.capacity not in ("pj", "plh")
    return True


def block(
    who: Signatory, kind: str, manner: Manner = "sendiri", on_behalf: tuple[str, ...] = (), nip_label: str = "NIP ", sekda_nip: bool = False
) -> Block:
    """The printed block.

    ``on_behalf``: offices in capitals, the mandator first. ``atas-nama`` needs exactly one, ``untuk-beliau`` exactly two.
    Raises WrongCapacity when they do not fit, ActingForbidden as ``check_acting``."""
    check_acting(kind, who.capacity)
    own = f"{PREFIX.get(who.capacity, '')}{who.title},"
    needed = {"sendiri": 0, "atas-nama": 1, "untuk-beliau": 2}[manner]
    if len(on_behalf) != needed:
        raise WrongCapacity("Cara penandatanganan tidak cocok dengan mandat: a.n. satu tingkat, u.b. dua tingkat di bawah baris a.n.")
    if manner == "sendiri":
        lines: tuple[str, ...] = (own,)
    elif manner == "atas-nama":
        lines = (f"a.n. {on_behalf[0]}", own)
    else:
        lines = (f"a.n. {on_behalf[0]}", f"{on_behalf[1]},", "u.b.", own)
    group = GROUP_OF_KIND.get(kind, "khusus")
    name = full_name(who) if _shows_degrees(who, group) else who.name
    if group in ("pengaturan", "penetapan"):
        name = name.upper()
    ranked = _shows_rank(who, group, sekda_nip)
    rank = f"{who.rank} ({who.grade})" if ranked and who.rank else (f"Golongan {who.grade}" if ranked and who.grade else "")
    return Block(lines, name, rank, f"{nip_label}{who.nip}" if ranked and who.nip else "")
