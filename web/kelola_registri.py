"""``/kelola/registri``: lines of every kind: searched, put, closed, corrected. Nothing is deleted; an old version can be shown."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from db.office import registry
from db.office.changes import note_change
from db.office.city_cells import attributes as read_attributes
from db.read.books import keeping, keeping_lines
from db.read.books.keeping import Kind
from db.read.books.keeping_lines import Line
from engine.errors import FieldsInvalid, NotFound
from engine.fields import Field
from forms.dates import short
from forms.identity import masked_within
from forms.text import tidy
from web.context import context_of
from web.kelola import today
from web.kelola_form import Form, reason_field, recent, show, take
from web.kelola_rights import Standing, actor_of, admitted, entering
from web.kelola_words import said, validity
from web.language import _
from web.pages import pages_of
from web.policy import Viewer

router = APIRouter()
Registries = Annotated[Viewer, Depends(entering("registri"))]
Number = Annotated[int, Path(ge=1, le=2**62)]
OPENED = "Nomor identitas dibuka untuk perbaikan"
WHEN = ("berlaku", "lewat", "sah", "semua")


def whens() -> dict[str, str]:
    return {"berlaku": _("Berlaku hari ini"), "lewat": _("Sudah berakhir"), "sah": _("Semua yang pernah berlaku"), "semua": _("Semua versi")}


async def opened(connection: AsyncConnection, viewer: Viewer, kind: str, day: date, *, keep: bool = False) -> tuple[Standing, Kind]:
    """The kind. Refuses: NotFound for one the city has not; and what ``admitted`` refuses."""
    standing = await admitted(connection, viewer, "registri", keep=keep)
    found = next((one for one in await keeping.kinds(connection, day) if one.kind == kind), None)
    if found is None:
        raise NotFound
    return standing, found


@router.get("/kelola/registri")
async def kinds(request: Request, viewer: Registries) -> Response:
    context = context_of(request)
    async with context.pages.connect() as connection:
        await admitted(connection, viewer, "registri")
        found = await keeping.kinds(connection, today(context))
    return pages_of(request).page(request, "kelola_registri_daftar.html", kinds=found)


@router.get("/kelola/registri/{kind}")
async def lines(
    request: Request, kind: str, viewer: Registries, cari: str = "", waktu: str = "berlaku", sebelum: int = 0, sudah: str = ""
) -> Response:  # fmt: skip
    """Newest first; ``waktu``: one of ``WHEN``."""
    context = context_of(request)
    words, when = tidy(cari)[:100], waktu if waktu in WHEN else "berlaku"
    async with context.pages.connect() as connection:
        standing, one = await opened(connection, viewer, kind, today(context))
        found = await keeping_lines.lines(connection, kind, today(context), words, when, before=max(sebelum, 0), limit=keeping.PAGE + 1)
    shown = found[: keeping.PAGE]
    more = f"/kelola/registri/{kind}?" + urlencode({"cari": words, "waktu": when, "sebelum": shown[-1].id}) if len(found) > len(shown) else ""
    return pages_of(request).page(
        request, "kelola_registri.html", standing=standing, kind=one, found=shown, words=words, when=when, whens=whens(), more=more, first=not sebelum,
        done=said().get(sudah, ""), masa=validity,
    )  # fmt: skip


def _fields() -> tuple[Field, ...]:
    return (
        Field("kunci", _("Kunci"), "text", required=True, max_length=200, hint=_("Nomor atau kode yang dicari, misalnya nomor surat atau NIK")),
        Field("atribut", _("Keterangan"), "longtext", max_length=4000, hint=_("nama=nilai, dipisah titik koma, misalnya judul=Survei; batas=2026-06-30")),
        Field("berlaku_dari", _("Berlaku dari"), "date", required=True),
        Field("berlaku_sampai", _("Berakhir pada"), "date", hint=_("Hari pertama yang tidak berlaku lagi; kosong bila belum ditentukan")),
        Field("sumber", _("Dasar"), "text", required=True, max_length=300, hint=_("Surat atau keputusan yang menjadi dasar")),
        reason_field(),
    )  # fmt: skip


def line_of(kind: str, values: dict[str, Any]) -> registry.Line:
    """Out of an accepted form. Refuses (FieldsInvalid) attributes that are no pairs."""
    try:
        pairs = read_attributes(" ".join(str(values.get("atribut") or "").split()))
    except ValueError as error:
        raise FieldsInvalid({"atribut": _("Keterangan: %(cara)s.") % {"cara": error}}) from error
    ends = date.fromisoformat(values["berlaku_sampai"]) if values.get("berlaku_sampai") else None
    return registry.Line(kind, str(values["kunci"]), date.fromisoformat(values["berlaku_dari"]), str(values["sumber"]), ends, pairs)


def identified(one: Line) -> bool:
    """Whether the pages mask something of it."""
    return any(masked_within(str(value), name) != str(value) for name, value in (("", one.key), *one.attributes.items()))


def attributes(one: Line) -> str:
    return "; ".join(f"{name}={value}" for name, value in one.attributes.items())


@router.get("/kelola/registri/{kind}/tambah")
async def ask_new(request: Request, kind: str, viewer: Registries) -> Response:
    return show(request, await _new(request, viewer, kind))


async def _new(request: Request, viewer: Viewer, kind: str) -> Form:
    context = context_of(request)
    async with context.pages.connect() as connection:
        _standing, one = await opened(connection, viewer, kind, today(context), keep=True)
    return Form(_("Tambah baris: %(registri)s") % {"registri": one.title}, _fields(), f"/kelola/registri/{kind}", _("Tambah"))


@router.post("/kelola/registri/{kind}/tambah")
async def put(request: Request, kind: str, viewer: Registries) -> Response:
    form, actor, now = await _new(request, viewer, kind), actor_of(viewer), context_of(request).clock()

    async def write(connection: AsyncConnection, values: dict[str, Any], request_id: str) -> None:
        await admitted(connection, viewer, "registri", keep=True)
        await registry.put(connection, actor, line_of(kind, values), request_id, str(values["alasan"]), now)

    return await take(request, form, write, "catat")


async def _line(connection: AsyncConnection, kind: str, number: int, day: date) -> Line:
    found = await keeping_lines.lines(connection, kind, day, when="semua", number=number, limit=1)
    if not found:
        raise NotFound
    return found[0]


@router.get("/kelola/registri/{kind}/{number}")
async def one_line(request: Request, kind: str, number: Number, viewer: Registries, sudah: str = "") -> Response:
    """One line with what the office changed on it."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        standing, known = await opened(connection, viewer, kind, today(context))
        one = await _line(connection, kind, number, today(context))
    changes = await recent(context, "registry", f"{kind}/{number}")
    return pages_of(request).page(
        request, "kelola_baris.html", standing=standing, kind=known, one=one, changes=changes, masa=validity, done=said().get(sudah, "")
    )


async def _change(request: Request, viewer: Viewer, kind: str, number: int, *, close: bool) -> tuple[Form, dict[str, list[str]]]:
    """The form, and the line as it stands in it."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        _standing, known = await opened(connection, viewer, kind, today(context), keep=True)
        one = await _line(connection, kind, number, today(context))
    facts = ((_("Registri"), known.title), (_("Kunci"), masked_within(one.key)))
    back = f"/kelola/registri/{kind}"
    if close:
        ends = Field("berlaku_sampai", _("Berakhir pada"), "date", required=True, hint=_("Hari pertama yang tidak berlaku lagi"))
        return Form(_("Tutup baris registri"), (ends, reason_field()), back, _("Tutup baris"), facts), {}
    typed = {
        "kunci": [one.key], "atribut": [attributes(one)], "berlaku_dari": [short(one.valid_from.isoformat())],
        "berlaku_sampai": [short(one.valid_to.isoformat())] if one.valid_to else [], "sumber": [one.source],
    }  # fmt: skip
    note = _("Versi lama tetap tersimpan dan ditandai diganti; nomor baris menjadi baru.")
    return Form(_("Perbaiki baris registri"), _fields(), back, _("Simpan perbaikan"), facts, note=note), typed


@router.get("/kelola/registri/{kind}/{number}/tutup")
async def ask_close(request: Request, kind: str, number: Number, viewer: Registries) -> Response:
    return show(request, (await _change(request, viewer, kind, number, close=True))[0])


@router.post("/kelola/registri/{kind}/{number}/tutup")
async def close(request: Request, kind: str, number: Number, viewer: Registries) -> Response:
    (form, _typed), actor, now = await _change(request, viewer, kind, number, close=True), actor_of(viewer), context_of(request).clock()

    async def write(connection: AsyncConnection, values: dict[str, Any], _request_id: str) -> None:
        await admitted(connection, viewer, "registri", keep=True)
        await registry.close(connection, actor, kind, number, date.fromisoformat(values["berlaku_sampai"]), str(values["alasan"]), now)

    return await take(request, form, write, "tutup")


@router.get("/kelola/registri/{kind}/{number}/perbaiki")
async def ask_correction(request: Request, kind: str, number: Number, viewer: Registries) -> Response:
    """The line whole, identities too, for what is masked cannot be corrected; that they were opened goes into the office trail first."""
    form, typed = await _change(request, viewer, kind, number, close=False)
    context = context_of(request)
    async with context.desk.begin() as connection:
        one = await _line(connection, kind, number, today(context))
        if identified(one):
            await note_change(connection, actor_of(viewer), "baca", "registry", f"{kind}/{number}", OPENED, None, None, context.clock())
    return show(request, form, typed)


@router.post("/kelola/registri/{kind}/{number}/perbaiki")
async def correct(request: Request, kind: str, number: Number, viewer: Registries) -> Response:
    (form, _typed), actor, now = await _change(request, viewer, kind, number, close=False), actor_of(viewer), context_of(request).clock()

    async def write(connection: AsyncConnection, values: dict[str, Any], request_id: str) -> None:
        await admitted(connection, viewer, "registri", keep=True)
        await registry.correct(connection, actor, number, line_of(kind, values), request_id, str(values["alasan"]), now)

    return await take(request, form, write, "catat")
