"""``/kelola/pemesanan``: who or what is booked when; one booked by hand, one given back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from db.office import bookings
from db.read.books import keeping, keeping_lines
from db.read.books.bookings import PERSON
from db.read.books.keeping_lines import Span
from engine.errors import FieldsInvalid, NotFound
from engine.fields import Field
from forms import dates
from forms.identity import masked_within
from forms.messages import BadValue
from forms.text import tidy
from web.context import Context, context_of
from web.kelola import today
from web.kelola_form import Form, reason_field, recent, show, take
from web.kelola_rights import actor_of, admitted, entering
from web.kelola_words import said
from web.language import _
from web.pages import pages_of
from web.policy import Viewer

router = APIRouter()
Calendars = Annotated[Viewer, Depends(entering("pemesanan"))]
AHEAD = timedelta(days=60)


def midnight(day: date, context: Context) -> datetime:
    return datetime.combine(day, time(), context.city.zone)


@router.get("/kelola/pemesanan")
async def calendar(
    request: Request, viewer: Calendars, cari: str = "", jenis: str = "", dari: str = "", sampai: str = "", lepas: str = "", sudah: str = ""
) -> Response:  # fmt: skip
    """What overlaps the days asked for: today and two months on unless others are named."""
    context = context_of(request)
    errors: dict[str, str] = {}
    days: list[date] = []
    for name, typed, otherwise in (("dari", dari, today(context)), ("sampai", sampai, today(context) + AHEAD)):
        try:
            days.append(dates.day(typed) if typed.strip() else otherwise)
        except BadValue:
            errors[name] = _("Tulis tanggal sebagai hh-bb-tttt, misalnya 23-11-2026.")
            days.append(otherwise)
    async with context.pages.connect() as connection:
        standing = await admitted(connection, viewer, "pemesanan")
        span = Span(
            midnight(days[0], context),
            midnight(days[1] + timedelta(days=1), context),
            tidy(jenis)[:40],
            tidy(cari)[:100],
            standing.units,
            lepas == "ya",
        )
        found = await keeping_lines.booked(connection, span, context.clock())
        kinds = await keeping_lines.booking_kinds(connection)
    asked = {"cari": span.words, "jenis": span.kind, "dari": dari, "sampai": sampai, "lepas": lepas}
    return pages_of(request).page(
        request, "kelola_pemesanan.html", status=FieldsInvalid.status if errors else 200, standing=standing, found=found, kinds=kinds, asked=asked,
        errors=errors, done=said().get(sudah, ""), days=days, changes=await recent(context, "booking", limit=5) if not standing.units else [],
    )  # fmt: skip


def _form() -> Form:
    fields = (
        Field("jenis", _("Jenis"), "text", required=True, max_length=40, hint=_("orang, ruang, kendaraan, atau jenis lain yang dipakai kota")),
        Field("dipesan", _("Siapa atau apa"), "text", required=True, max_length=100, hint=_("NIP pegawai, atau kode ruang atau kendaraan")),
        Field("mulai", _("Mulai"), "datetime", required=True), Field("akhir", _("Akhir"), "datetime", required=True),
        Field("keperluan", _("Keperluan"), "text", required=True, max_length=200),
        Field("sumber", _("Dasar"), "text", required=True, max_length=300, hint=_("Surat atau keputusan yang menjadi dasar")), reason_field(),
    )  # fmt: skip
    return Form(_("Pesan untuk suatu waktu"), fields, "/kelola/pemesanan", _("Pesan"), mend="mulai")


@router.get("/kelola/pemesanan/tambah")
async def ask(request: Request, viewer: Calendars) -> Response:
    async with context_of(request).pages.connect() as connection:
        await admitted(connection, viewer, "pemesanan", keep=True)
    return show(request, _form())


@router.post("/kelola/pemesanan/tambah")
async def book(request: Request, viewer: Calendars) -> Response:
    async with context_of(request).pages.connect() as connection:
        await admitted(connection, viewer, "pemesanan", keep=True)
    actor, now = actor_of(viewer), context_of(request).clock()

    async def write(connection: AsyncConnection, values: dict[str, Any], request_id: str) -> None:
        await admitted(connection, viewer, "pemesanan", keep=True)
        kind, resource = str(values["jenis"]).lower(), str(values["dipesan"])
        if kind == PERSON:
            resource = await keeping.person_id(connection, resource)
            if not resource:
                raise FieldsInvalid({"dipesan": _("Tidak ada pegawai dengan NIP ini. Periksa lagi.")})
        starts, ends = (datetime.fromisoformat(values[name]) for name in ("mulai", "akhir"))
        one = bookings.Booking(kind, resource, starts, ends, str(values["keperluan"]), str(values["sumber"]), request_id)
        await bookings.book(connection, actor, one, str(values["alasan"]), now)

    return await take(request, _form(), write, "catat")


async def _free(request: Request, viewer: Viewer, key: str) -> Form:
    """What is to be given back, in words. NotFound for what is not there or is free already."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        standing = await admitted(connection, viewer, "pemesanan", keep=True)
        one = await keeping_lines.one_booked(connection, key, standing.units, context.clock())
    if one is None or one.state != "active":
        raise NotFound(_("Pemesanan itu tidak ada atau sudah dilepas. Muat ulang halaman."))
    zone = context.city.zone
    until, since = one.ends.astimezone(zone), one.starts.astimezone(zone)
    facts = ((_("Siapa atau apa"), masked_within(one.name or one.resource)), (_("Keperluan"), one.purpose),
             (_("Waktu"), f"{since:%d-%m-%Y %H.%M} – {until:%d-%m-%Y %H.%M}"))  # fmt: skip
    return Form(_("Lepas pemesanan"), (reason_field(),), "/kelola/pemesanan", _("Lepas"), facts)


@router.get("/kelola/pemesanan/lepas")
async def ask_free(request: Request, viewer: Calendars, kunci: str = "") -> Response:
    return show(request, await _free(request, viewer, kunci))


@router.post("/kelola/pemesanan/lepas")
async def free(request: Request, viewer: Calendars, kunci: str = "") -> Response:
    form, actor, now = await _free(request, viewer, kunci), actor_of(viewer), context_of(request).clock()

    async def write(connection: AsyncConnection, values: dict[str, Any], _request_id: str) -> None:
        await admitted(connection, viewer, "pemesanan", keep=True)
        await bookings.free(connection, actor, kunci, str(values["alasan"]), now)

    return await take(request, form, write, "lepas")
