"""Words of the books as people read them: amounts, kinds of entry, what an entry of the office trail changed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from db.read.office_trail import Change
from engine.events import Json
from forms.dates import long, short
from forms.identity import masked_within
from forms.numbers import grouped, plain
from web.language import _

DAY = re.compile(r"\d{4}-\d\d-\d\d")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)")


def amount(value: Decimal, unit: str) -> str:
    """``12 hari``, ``Rp1.500.000``."""
    told = grouped(plain(value))
    return f"Rp{told}" if unit == "rupiah" else f"{told} {unit}"


def validity(first: date, after: date | None) -> str:
    """``1 Januari 2026 sampai 31 Desember 2026``: the last day on which it holds, not the first on which it does not."""
    begins = long(first.isoformat())
    if after is None:
        return _("sejak %(hari)s") % {"hari": begins}
    return _("%(awal)s sampai %(akhir)s") % {"awal": begins, "akhir": long((after - timedelta(days=1)).isoformat())}


def entry_kinds() -> dict[str, str]:
    """Kinds of ledger entry."""
    return {
        "opening": _("Saldo awal"), "carried": _("Pindahan"), "post": _("Pembukuan"), "given-back": _("Pengembalian"), "reversal": _("Pembatalan"),
        "correction": _("Koreksi"), "lapsed": _("Hangus"),
    }  # fmt: skip


def hold_states() -> dict[str, str]:
    return {"held": _("ditahan"), "posted": _("dibukukan"), "freed": _("dilepas")}


def holiday_kinds() -> dict[str, str]:
    return {"libur": _("Libur nasional"), "cuti_bersama": _("Cuti bersama"), "lokal": _("Hari libur kota")}


def said() -> dict[str, str]:
    """Status line after an act, by the word in the address."""
    return {
        "catat": _("Tercatat pada buku dan jejak kantor."), "tahun": _("Tahun baru buku ini sudah dibuka."), "lepas": _("Pemesanan sudah dilepas."),
        "tutup": _("Baris registri sudah ditutup."), "muat": _("Berkas sudah disimpan; tiap baris yang berubah tercatat pada jejak kantor."),
        "libur": _("Hari libur tersimpan. Tenggat yang berjalan sedang dihitung ulang."),
        "dibuka": _("Perkara hari ini sedang dibuka; muat ulang halaman ini untuk melihat nomornya."),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the office trail: ``parts`` (what, before, after) only where it changed."""

    at: datetime
    name: str
    title: str
    action: str
    key: str
    reason: str
    parts: tuple[tuple[str, str, str], ...]


def tell(change: Change, zone: ZoneInfo, names: Mapping[str, str]) -> Told:
    """Before and after side by side. Keys of accounts and bookings are the machine's: the page says whose they are."""
    key = "" if change.subject in ("ledger_account", "booking") else masked_within(change.key)
    return Told(change.at, change.name, change.title, change.action, key, change.reason, differences(change.before, change.after, zone, names))


def differences(
    before: Mapping[str, Json] | None, after: Mapping[str, Json] | None, zone: ZoneInfo, names: Mapping[str, str] | None = None
) -> tuple[tuple[str, str, str], ...]:
    """(part, before, after) of what differs; a part that only one side has stands against nothing. ``names``: of people by id."""
    was, now = before or {}, after or {}
    parts, known = _parts(), names or {}

    def shown(value: Json) -> str:
        return known.get(value) or _text(value, zone) if isinstance(value, str) else _text(value, zone)

    return tuple(
        (parts.get(name, name.replace("_", " ")), shown(was.get(name)), shown(now.get(name)))
        for name in dict.fromkeys((*was, *now)) if was.get(name) != now.get(name)
    )  # fmt: skip


def _parts() -> dict[str, str]:
    """Columns of the tables as people call them."""
    return {
        "day": _("tanggal"),
        "kind": _("jenis"),
        "name": _("nama"),
        "source": _("dasar"),
        "code": _("kode"),
        "parent": _("induk"),
        "geometry": _("geometri"),
    }


def _text(value: Json, zone: ZoneInfo, name: str = "") -> str:
    if value in (None, "", {}, []):
        return "–"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_text(part, zone, name)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(_text(one, zone) for one in value)
    told = json.dumps(value) if isinstance(value, bool) else masked_within(str(value), name)
    if DAY.fullmatch(told):
        return short(told)
    if INSTANT.fullmatch(told):
        return f"{datetime.fromisoformat(told).astimezone(zone):%d-%m-%Y %H.%M}"
    return told if len(told) <= 200 else f"{told[:200]} …"
