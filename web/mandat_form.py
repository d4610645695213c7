"""The form of a mandate: what is asked, how it becomes a mandate, and where a broken rule is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from db.read.mandate_desk import Draft
from engine.events import Json
from engine.fields import Field
from engine.mandates import ABSENT, CLOSED, VACANT, ActingKind, Fault, Mandate
from engine.words import DOCUMENT_KINDS
from forms import dates
from web.drawing import SHORT_LIST, Choice, Drawn, Uploads, draw
from web.language import _, said
from web.mandat_words import KINDS, causes, kinds, last_day

BESIDE = {
    "person": "penerima", "position": "jabatan", "kind": "jenis", "cause": "sebab", "starts": "mulai", "ends": "sampai", "order_number": "nomor",
    "extends": "sampai",
}  # fmt: skip
"""Field of the engine's mandate → element of the form beside which its fault is shown."""
ADDED = tuple(sorted(kind for kind in ("surat-perintah", "surat-tugas", "surat-edaran", "instruksi", "surat-izin", "surat-persetujuan", "surat-penolakan",
    "kontrak", "sp2d", "spm") if kind in DOCUMENT_KINDS and kind not in frozenset().union(*CLOSED.values())))  # fmt: skip
"""What an order may close besides what the law does."""
OWN = ("jabatan", "usul", "aksi", "request_id")


def fields(recording: bool, letter_there: bool = False) -> tuple[Field, ...]:
    """``recording``: the personnel desk writes the mandate down, so the order must be there; a proposal may come before it."""
    strict = recording and not letter_there
    return (
        Field("jenis", _("Jenis penunjukan"), "choice", required=True, choices=KINDS,
              hint=_("Plh. bila pejabatnya berhalangan sementara, Plt. bila jabatannya kosong; Pj. dan Pjs. ditunjuk dari atas pemerintah kota")),
        Field("penerima", _("Pegawai yang ditunjuk"), "employee", required=True, hint=_("Nama dari daftar, atau NIP-nya")),
        Field("sebab", _("Sebab"), "choice", choices=(*ABSENT, *VACANT)),
        Field("mulai", _("Mulai tanggal"), "date", required=True,
              hint=_("Hari yang sudah lewat atau hari ini berarti mulai saat dicatat: surat perintah tidak berlaku surut")),
        Field("sampai", _("Sampai dengan tanggal"), "date", required=True, hint=_("Hari itu masih termasuk; mandat berakhir tengah malam")),
        Field("tidak_hadir", _("Masa pejabat definitif berhalangan"), "daterange", hint=_("Untuk Plh., menurut surat cuti atau surat tugasnya")),
        Field("nomor", _("Nomor surat perintah"), "text", required=recording, max_length=120),
        Field("surat", _("Surat perintah yang sudah ditandatangani"), "file", required=strict, file_types=("pdf",)),
        Field("batas", _("Batas tambahan menurut surat perintah"), "multichoice", choices=ADDED,
              hint=_("Naskah yang juga tidak boleh ditandatangani, di luar yang sudah ditutup undang-undang")),
        Field("alasan", _("Alasan pencatatan"), "longtext", required=True, max_length=500, hint=_("Tercatat pada riwayat data kota")),
    )  # fmt: skip


def letter() -> tuple[Field, ...]:
    """The one question of a prolongation that is a file."""
    return (Field("surat", _("Surat perintah yang sudah ditandatangani"), "file", required=True, file_types=("pdf",)),)


@dataclass(frozen=True, slots=True)
class Read:
    """What the form says."""

    mandate: Mandate
    absence: tuple[datetime, datetime] | None
    reason: str
    letter: tuple[str, str]
    """(SHA-256, name); ("", "") where none was given."""


def read(values: Mapping[str, Json], position: str, zone: ZoneInfo) -> Read:
    """Days of the city's calendar become instants; the last day counts whole."""
    away = values.get("tidak_hadir")
    file = values.get("surat") or {}
    asked = Mandate(
        "", cast(ActingKind, values["jenis"]), position, str(values["penerima"]), _first(values["mulai"], zone), _after(values["sampai"], zone),
        str(values.get("nomor") or "").strip(), str(values.get("sebab") or ""), frozenset(values.get("batas") or ()),
    )  # fmt: skip
    absence = (_first(away["from"], zone), _after(away["to"], zone)) if away else None
    letter = (str(file.get("sha256") or file.get("sha") or ""), str(file.get("name") or ""))
    return Read(asked, absence, str(values.get("alasan") or ""), letter)


def _first(iso: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(date.fromisoformat(iso[:10]), time(), zone)


def _after(iso: str, zone: ZoneInfo) -> datetime:
    return _first(iso, zone) + timedelta(days=1)


def beside(faults: Sequence[Fault]) -> dict[str, str]:
    """Element → every sentence of the rules broken there, in the order of the rules."""
    found: dict[str, list[str]] = {}
    for one in faults:
        found.setdefault(BESIDE.get(one.field, one.field), []).append(said(one.message))
    return {at: " ".join(told) for at, told in found.items()}


def typed(draft: Draft, zone: ZoneInfo) -> dict[str, list[str]]:
    """A proposal as it would be typed, for the personnel desk to go on with."""
    starts, ends = draft.starts.astimezone(zone), last_day(draft.ends, zone)
    given = {
        "jenis": draft.kind, "penerima": draft.nip or draft.person, "sebab": draft.cause, "mulai": dates.short(starts.date().isoformat()),
        "sampai": dates.short(ends.date().isoformat()), "nomor": draft.order_number, "alasan": draft.note,
    }  # fmt: skip
    return {name: [text] for name, text in given.items() if text} | ({"batas": list(draft.limits)} if draft.limits else {})


def drawn(
    asked: Sequence[Field], sent: Mapping[str, Sequence[str]], errors: Mapping[str, str], fit: Sequence[tuple[str, str]], uploads: Uploads
) -> list[Drawn]:
    """The controls: kinds and causes as officials write them (``Plh. – pelaksana harian``, never PLH), and whoever is fit to choose from."""
    known = kinds() | causes()
    made = draw(asked, sent, errors, {"penerima": fit}, uploads)
    for one in made:
        if one.name in ("jenis", "sebab"):
            one.choices = [replace(choice, label=known.get(choice.value, choice.label)) for choice in one.choices]
        if one.name == "penerima" and 0 < len(fit) <= SHORT_LIST:
            one.widget, one.suggestions, one.hint = "select", (), ""
            one.choices = [Choice(code, label, code in one.texts) for code, label in fit]
    return made
