"""``/kelola/jadwal``: which cases the calendar opens, when next, what it opened; and those of one process opened now, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from db.office import timetable as office
from db.read import timetable
from db.read.calendar import calendar
from engine.errors import NotFound
from engine.process import Process
from engine.timetable import Timetable, days
from web.case_words import title_of
from web.context import Context, context_of
from web.kelola import today
from web.kelola_form import Form, reason_field, recent, show, take
from web.kelola_rights import actor_of, admitted, entering
from web.kelola_words import said
from web.language import _
from web.pages import pages_of
from web.policy import Viewer

router = APIRouter()
Calendars = Annotated[Viewer, Depends(entering("jadwal"))]
PAGE = "/kelola/jadwal"
AHEAD = timedelta(days=400)
MONTHS = 12
NEXT = 3


@dataclass(frozen=True, slots=True)
class Planned:
    code: str
    title: str
    rule: str
    next: tuple[date, ...]


@router.get("/kelola/jadwal")
async def listed(request: Request, viewer: Calendars, sudah: str = "") -> Response:
    """Every process with a timetable, its next days, and the newest openings."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        standing = await admitted(connection, viewer, "jadwal")
        counted = await calendar(connection, context.city.zone.key)
        opened = await timetable.recent(connection)
    tomorrow = today(context) + timedelta(days=1)
    found = [
        Planned(code, title_of(one), rule(table), days(table, tomorrow, tomorrow + AHEAD, counted)[:NEXT]) for code, one, table in _timed(context)
    ]
    titles = {code: title_of(one.process) for code, one in context.processes.processes.items()}
    return pages_of(request).page(
        request, "kelola_jadwal.html", standing=standing, found=found, opened=opened, titles=titles, changes=await recent(context, "timetable"),
        done=said().get(sudah, ""),
    )  # fmt: skip


def _timed(context: Context) -> list[tuple[str, Process, Timetable]]:
    return [
        (code, one.process, one.process.starts.opens) for code, one in context.processes.processes.items() if one.process.starts.opens is not None
    ]


def months() -> tuple[str, ...]:
    """Names of the months, said in the request's language."""
    return (
        _("Januari"), _("Februari"), _("Maret"), _("April"), _("Mei"), _("Juni"), _("Juli"), _("Agustus"), _("September"), _("Oktober"), _("November"), _("Desember"),
    )  # fmt: skip


def rule(table: Timetable) -> str:
    """In words: on which day of which months, and for whom."""
    day = _("Tanggal %(n)s") % {"n": table.day} if table.day else _("Hari kerja pertama")
    which = _("setiap bulan") if len(table.months) == MONTHS else ", ".join(months()[month - 1] for month in table.months)
    whom = _("satu perkara tiap perangkat daerah") if table.each == "organisation" else _("satu perkara")
    whom += f" ({', '.join(table.kinds)})" if table.kinds else ""
    return _("%(hari)s %(bulan)s, %(siapa)s; hari libur digeser ke hari kerja berikutnya") % {"hari": day, "bulan": which, "siapa": whom}


def _process(context: Context, code: str) -> Process:
    found = next((one for listed_code, one, _table in _timed(context) if listed_code == code), None)
    if found is None:
        raise NotFound
    return found


def _form(one: Process) -> Form:
    return Form(
        _("Buka sekarang: %(proses)s") % {"proses": title_of(one)}, (reason_field(),), PAGE, _("Buka sekarang"),
        note=_("Perkara hari ini dibuka di luar jadwalnya, masing-masing sekali; jadwal berikutnya tetap."),
    )  # fmt: skip


async def _allowed(request: Request, viewer: Viewer) -> None:
    async with context_of(request).pages.connect() as connection:
        await admitted(connection, viewer, "jadwal", keep=True)


@router.get("/kelola/jadwal/{code}/sekarang")
async def ask_now(request: Request, code: str, viewer: Calendars) -> Response:
    await _allowed(request, viewer)
    return show(request, _form(_process(context_of(request), code)))


@router.post("/kelola/jadwal/{code}/sekarang")
async def open_now(request: Request, code: str, viewer: Calendars) -> Response:
    """Claims today's cases and rings the clockwork; should that not answer, they open with the next morning's."""
    await _allowed(request, viewer)
    context = context_of(request)
    one, actor = _process(context, code), actor_of(viewer)

    async def write(connection: AsyncConnection, values: dict[str, Any], _request_id: str) -> None:
        await office.open_now(connection, actor, one, today(context), str(values["alasan"]), context.clock())

    answer = await take(request, _form(one), write, "dibuka")
    if answer.status_code < 400:
        await context.cases.ring()
    return answer
