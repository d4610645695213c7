"""What conditions may ask of the starter and the applicant (``applicant.jenjang``, ``applicant.masa_kerja``, …), read from a seat and a NIP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.events import Json

ABOVE_FIELD = ("administrator", "jpt-pratama", "sekda", "pejabat-negara")
"""Whoever initials as head of a field (kepala bidang) or stands above one."""
ATTRIBUTES = {
    "position": ("unit", "jabatan", "jenjang", "kepala_unit", "sekretaris"),
    "employee": ("unit", "jabatan", "jenjang", "kepala_unit", "sekretaris", "golongan", "jenis_kelamin", "masa_kerja", "nip", "jenis_pegawai"),
}  # fmt: skip
"""Type of a field → what a rule of the form may ask of the one it points at. ``unit``: the organisation."""
_HEADS = {
    "kota": "wali-kota", "sekretariat-daerah": "sekda", "kecamatan": "camat", "kelurahan": "lurah", "bagian": "kepala-bagian", "bidang": "kepala-bidang",
    "dinas": "kepala-opd", "badan": "kepala-opd", "inspektorat": "kepala-opd", "satuan": "kepala-opd", "setwan": "kepala-opd",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seat:
    """A position as far as rank goes. ``echelon``: ``II.b`` … ``IV.b``, "" for functional and ordinary posts."""

    code: str
    title: str
    echelon: str
    unit_kind: str
    is_head: bool = False
    is_secretary: bool = False


def jenjang(seat: Seat) -> str:
    """The ladder of UU 20/2023 art. 13–18 and PP 11/2017: sekda, jpt-pratama, administrator, pengawas, pelaksana; pejabat-negara for an elected head."""
    if seat.unit_kind == "kota":
        return "pejabat-negara"
    if seat.unit_kind == "sekretariat-daerah" and seat.is_head:
        return "sekda"
    return {"II": "jpt-pratama", "III": "administrator", "IV": "pengawas"}.get(seat.echelon.partition(".")[0], "pelaksana")


def jabatan(seat: Seat) -> str:
    """The kind of office: sekda, asisten, staf-ahli, kepala-opd, camat, lurah, kepala-bagian, kepala-bidang, sekretaris-opd; "" for any other."""
    if seat.is_head:
        return _HEADS.get(seat.unit_kind, "")
    first = seat.title.lower()
    if first.startswith("asisten ") and seat.echelon.startswith("II"):
        return "asisten"
    if first.startswith("staf ahli"):
        return "staf-ahli"
    return "sekretaris-opd" if seat.is_secretary else ""


def of_nip(nip: str, day: date) -> dict[str, Json]:
    """``jenis_kelamin`` and whole years of service at ``day`` (``masa_kerja``) out of an 18-digit NIP; {} without one.

    PNS: birth (8), month of appointment (6), sex (1), serial (3), Perka BKN 22/2007. PPPK has 21 instead of the month: January is taken.
    """
    if len(nip) != 18 or not nip.isdigit():
        return {}
    year, month = int(nip[8:12]), int(nip[12:14])
    months = (day.year - year) * 12 + day.month - (month if 1 <= month <= 12 else 1)
    return {"jenis_kelamin": {"1": "laki-laki", "2": "perempuan"}.get(nip[14], ""), "masa_kerja": max(months, 0) // 12}


def of_seat(seat: Seat) -> dict[str, Json]:
    """What the seat alone says; "" left out, for an absent attribute equals nothing."""
    known = {"jabatan": jabatan(seat), "jenjang": jenjang(seat)}
    heads = seat.is_head and seat.unit_kind not in ("bidang", "kota")
    return {**{name: value for name, value in known.items() if value}, "kepala_unit": heads, "sekretaris": seat.is_secretary}


def attributes(seat: Seat, superior: Seat | None, grade: str, nip: str, day: date) -> dict[str, Json]:
    """All of them, as an opening event records them; what is not known is left out, and an absent attribute equals nothing."""
    known = {"jenjang_atasan": jenjang(superior) if superior else "", "golongan": grade, **of_nip(nip, day)}
    return {**of_seat(seat), **{name: value for name, value in known.items() if value != ""}}
