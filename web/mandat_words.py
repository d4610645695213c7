"""Mandates in words: kind, cause, state, and what an acting official is closed to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from engine.mandates import CLOSED, SUBSTITUTES, Limits
from forms import dates
from forms.showing import word
from web.language import _

KINDS = ("plh", "plt", "pj", "pjs")


def kinds() -> dict[str, str]:
    return {
        "plh": _("Plh. – pelaksana harian"), "plt": _("Plt. – pelaksana tugas"), "pj": _("Pj. – penjabat"), "pjs": _("Pjs. – penjabat sementara"),
    }  # fmt: skip


def states() -> dict[str, str]:
    return {"berjalan": _("Berjalan"), "mendatang": _("Mendatang"), "lampau": _("Sudah berakhir"), "dibatalkan": _("Dibatalkan")}


def causes() -> dict[str, str]:
    return {
        "cuti": _("Cuti"), "dinas-luar": _("Dinas luar"), "sakit": _("Sakit"), "diklat": _("Diklat"), "kosong-pensiun": _("Kosong karena pensiun"),
        "kosong-mutasi": _("Kosong karena mutasi"), "kosong-meninggal": _("Kosong karena meninggal"),
    }  # fmt: skip


def limits_in_words(kind: str, forbids: Collection[str]) -> list[str]:
    """What this mandate is closed to, each with its kinds of letter (UU 30/2014 art. 14(7)); what its order adds comes last."""
    named = {
        "mengangkat-memindahkan-memberhentikan": _("Mengangkat, memindahkan, atau memberhentikan pegawai"),
        "anggaran-strategis": _("Mengubah anggaran dan rencana yang strategis"),
        "mengatur-dan-mengikat": _("Membuat peraturan dan perjanjian yang mengikat pemerintah kota"),
    }
    found, left = [], set(forbids)
    for group, documents in CLOSED.items():
        here = sorted(documents & set(forbids))
        left -= documents
        if here:
            found.append(f"{named[group]} ({', '.join(word(one) for one in here)})")
    if left:
        found.append(_("Menurut surat perintahnya juga: %(jenis)s") % {"jenis": ", ".join(word(one) for one in sorted(left))})
    if kind in SUBSTITUTES:
        found.append(_("Melimpahkan mandatnya lagi kepada orang lain"))
    return found


def rules_in_words(bounds: Limits) -> list[str]:
    """The bounds in force, as the form tells them before anybody meets them."""
    told = [
        _("Plt. paling lama %(bulan)s bulan tiap surat perintah dan %(semua)s bulan seluruhnya.") % {"bulan": bounds.order_months, "semua": bounds.total_months},
        _("Plh. paling lama selama pejabat definitif berhalangan."),
        _("Setingkat atau paling jauh %(n)s tingkat di bawah jabatan itu.") % {"n": bounds.steps_below},
    ]  # fmt: skip
    return [*told, _("Dari unit kerja yang sama.")] if bounds.same_unit else told


def last_day(ends: datetime, zone: ZoneInfo) -> datetime:
    """The last instant people name: a term that ends at midnight has the day before as its last day."""
    local = ends.astimezone(zone)
    return local - timedelta(minutes=1) if (local.hour, local.minute) == (0, 0) else local


def until(ends: datetime | None, zone: ZoneInfo) -> str:
    """``30 November 2026`` for a whole day, with the clock where it ends within one; "" without an end."""
    if ends is None or ends.year >= 9999:
        return ""
    local = ends.astimezone(zone)
    shown = last_day(ends, zone)
    clock = "" if (local.hour, local.minute) == (0, 0) else f" {local:%H.%M}"
    return f"{dates.long(shown.date().isoformat())}{clock}"
