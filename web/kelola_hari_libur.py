"""``/kelola/hari-libur``: holidays, cuti bersama and the city's own days off with their decree; a change moves the running deadlines, and says which."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from db.office import holidays as office
from db.office.holidays import Change, Day
from db.read import holidays
from engine.errors import FieldsInvalid, NotFound, ReasonMissing
from engine.fields import Field
from forms.dates import short
from forms.text import tidy
from web import answers
from web.context import context_of
from web.kelola import today
from web.kelola_form import Form, reason_field, recent, show, take
from web.kelola_rights import actor_of, admitted, entering
from web.kelola_words import holiday_kinds, said
from web.language import _
from web.pages import go, pages_of
from web.policy import Viewer

router = APIRouter()
Calendars = Annotated[Viewer, Depends(entering("hari-libur"))]
YEARS = range(2000, 2100)
PAGE = "/kelola/hari-libur"


def weekdays() -> tuple[str, ...]:
    return (_("Senin"), _("Selasa"), _("Rabu"), _("Kamis"), _("Jumat"), _("Sabtu"), _("Minggu"))


def _year(typed: int, otherwise: int) -> int:
    return typed if typed in YEARS else otherwise


@router.get("/kelola/hari-libur")
async def listed(request: Request, viewer: Calendars, tahun: int = 0, sudah: str = "") -> Response:
    """The days off of one year, and how far the recounts of running deadlines are."""
    context = context_of(request)
    year = _year(tahun, today(context).year)
    async with context.pages.connect() as connection:
        standing = await admitted(connection, viewer, "hari-libur")
        found = await holidays.days(connection, year)
        years = await holidays.years(connection)
        recounts = await holidays.recounts(connection)
    changes = await recent(context, "holiday")
    return pages_of(request).page(
        request, "kelola_hari_libur.html", standing=standing, year=year, found=found, years=sorted({*years, year}), recounts=recounts, changes=changes,
        kinds=holiday_kinds(), weekdays=weekdays(), done=said().get(sudah, ""), running=any(one.done_at is None for one in recounts),
    )  # fmt: skip


@router.get("/kelola/hari-libur/hitung-ulang/{order}")
async def recount(request: Request, order: str, viewer: Calendars) -> Response:
    """One recount: which deadlines moved, from which date to which. Cases by number only: who may read one opens it."""
    async with context_of(request).pages.connect() as connection:
        await admitted(connection, viewer, "hari-libur")
        one = next((found for found in await holidays.recounts(connection, 200) if found.id == order), None)
        if one is None:
            raise NotFound
        moved = await holidays.moved(connection, order)
        failed = await holidays.failed(connection, order)
    return pages_of(request).page(request, "kelola_hitung_ulang.html", one=one, moved=moved, failed=failed)


def _form(title: str, button: str, year: int, note: str) -> Form:
    fields = (
        Field("tanggal", _("Tanggal"), "date", required=True), Field("nama", _("Nama hari"), "text", required=True, max_length=200),
        Field("jenis", _("Jenis"), "choice", required=True, choices=office.KINDS),
        Field("sumber", _("Keputusan yang menetapkan"), "text", required=True, max_length=300, hint=_("misalnya SKB 3 Menteri dengan nomornya")),
        reason_field(),
    )  # fmt: skip
    return Form(title, fields, f"{PAGE}?tahun={year}", button, note=note)


def _recounted() -> str:
    return _("Tenggat tugas dan janji selesai yang sedang berjalan dihitung ulang; tiap perubahan tercatat pada riwayat perkaranya.")


def _day(values: dict[str, Any]) -> Day:
    return Day(date.fromisoformat(values["tanggal"]), str(values["nama"]), str(values["jenis"]), str(values["sumber"]))


async def _allowed(request: Request, viewer: Viewer) -> None:
    async with context_of(request).pages.connect() as connection:
        await admitted(connection, viewer, "hari-libur", keep=True)


@router.get("/kelola/hari-libur/tambah")
async def ask_new(request: Request, viewer: Calendars, tahun: int = 0) -> Response:
    await _allowed(request, viewer)
    return show(request, _form(_("Tambah hari libur"), _("Tambah"), _year(tahun, today(context_of(request)).year), _recounted()))


@router.post("/kelola/hari-libur/tambah")
async def add(request: Request, viewer: Calendars, tahun: int = 0) -> Response:
    await _allowed(request, viewer)
    form = _form(_("Tambah hari libur"), _("Tambah"), _year(tahun, today(context_of(request)).year), _recounted())
    return await _changed(request, viewer, form, None)


async def _changed(request: Request, viewer: Viewer, form: Form, was: date | None, *, away: bool = False) -> Response:
    actor, now = actor_of(viewer), context_of(request).clock()

    async def write(connection: AsyncConnection, values: dict[str, Any], _request_id: str) -> None:
        await admitted(connection, viewer, "hari-libur", keep=True)
        await office.change(connection, actor, [Change(was, None if away else _day(values))], str(values["alasan"]), now)

    return await take(request, form, write, "libur")


async def _one(request: Request, viewer: Viewer, day: date) -> holidays.Day:
    async with context_of(request).pages.connect() as connection:
        await admitted(connection, viewer, "hari-libur", keep=True)
        found = next((one for one in await holidays.days(connection, day.year) if one.day == day), None)
    if found is None:
        raise NotFound
    return found


def _remove(one: holidays.Day) -> Form:
    facts = ((_("Tanggal"), short(one.day.isoformat())), (_("Nama hari"), one.name), (_("Keputusan yang menetapkan"), one.source))
    return Form(_("Hapus hari libur"), (reason_field(),), f"{PAGE}?tahun={one.day.year}", _("Hapus"), facts, note=_recounted())


@router.get("/kelola/hari-libur/{day}/ubah")
async def ask_change(request: Request, day: date, viewer: Calendars) -> Response:
    one = await _one(request, viewer, day)
    typed = {"tanggal": [short(one.day.isoformat())], "nama": [one.name], "jenis": [one.kind], "sumber": [one.source]}
    return show(request, _form(_("Ubah atau pindahkan hari libur"), _("Simpan"), one.day.year, _recounted()), typed)


@router.post("/kelola/hari-libur/{day}/ubah")
async def change(request: Request, day: date, viewer: Calendars) -> Response:
    one = await _one(request, viewer, day)
    return await _changed(request, viewer, _form(_("Ubah atau pindahkan hari libur"), _("Simpan"), one.day.year, _recounted()), one.day)


@router.get("/kelola/hari-libur/{day}/hapus")
async def ask_removal(request: Request, day: date, viewer: Calendars) -> Response:
    return show(request, _remove(await _one(request, viewer, day)))


@router.post("/kelola/hari-libur/{day}/hapus")
async def remove(request: Request, day: date, viewer: Calendars) -> Response:
    one = await _one(request, viewer, day)
    return await _changed(request, viewer, _remove(one), one.day, away=True)


@router.get("/kelola/hari-libur/usulan")
async def proposal(request: Request, viewer: Calendars, tahun: int = 0) -> Response:
    """What the package expects of a year beside what stands in the table: nothing is written."""
    await _allowed(request, viewer)
    return await _proposal(request, _year(tahun, today(context_of(request)).year + 1))


async def _proposal(request: Request, year: int, typed: dict[str, Any] | None = None, errors: dict[str, str] | None = None) -> Response:
    async with context_of(request).pages.connect() as connection:
        stand = {one.day: one for one in await holidays.days(connection, year)}
    rows = []
    for day, name, kind in office.proposed(year):
        there = stand.get(day)
        state = "baru" if there is None else "sama" if (there.kind == kind) else "beda"
        rows.append((day, name, kind, state, there))
    only_here = [one for day, one in stand.items() if day not in {row[0] for row in rows}]
    chosen = typed["hari"] if typed else [row[0].isoformat() for row in rows if row[3] != "sama"]
    return pages_of(request).page(
        request, "kelola_usulan_libur.html", status=FieldsInvalid.status if errors else 200, year=year, rows=rows, only_here=only_here, chosen=chosen,
        kinds=holiday_kinds(), weekdays=weekdays(), typed=typed or {"sumber": "", "alasan": ""}, errors=errors or {},
        states={"baru": _("baru"), "beda": _("jenis berbeda"), "sama": _("sudah ada")},
    )  # fmt: skip


@router.post("/kelola/hari-libur/usulan")
async def accept(request: Request, viewer: Calendars, tahun: int = 0) -> Response:
    """Writes the days that were ticked, under the decree that was named; the rest of the proposal is left."""
    await _allowed(request, viewer)
    context = context_of(request)
    year = _year(tahun, today(context).year + 1)
    posted = await answers.read(request)
    days, source, reason = posted.texts.get("hari", []), tidy(posted.one("sumber"))[:300], tidy(posted.one("alasan"), lines=True)[:1000]
    typed = {"hari": days, "sumber": source, "alasan": reason}
    taken = [(day, name, kind) for day, name, kind in office.proposed(year) if day.isoformat() in days]
    errors = {}
    if not taken:
        errors["hari"] = _("Pilih paling sedikit satu hari.")
    if not source:
        errors["sumber"] = _("Isi keputusan yang menetapkan hari-hari ini.")
    if errors:
        return await _proposal(request, year, typed, errors)
    try:
        async with context.desk.begin() as connection:
            await admitted(connection, viewer, "hari-libur", keep=True)
            stand = {one.day for one in await holidays.days(connection, year)}
            changes = [Change(day if day in stand else None, Day(day, name, kind, source)) for day, name, kind in taken]
            await office.change(connection, actor_of(viewer), changes, reason, context.clock())
    except ReasonMissing as refused:
        return await _proposal(request, year, typed, {"alasan": refused.message})
    return go(request, f"{PAGE}?tahun={year}&sudah=libur")
