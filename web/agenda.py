"""``/agenda``: the letter books of one's organisation: search, period, print and a file for spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from db.read import access, agenda, dossier
from db.read.access import SECRET
from db.read.agenda import Book, Filters, Row
from engine.errors import FieldsInvalid, NotFound
from forms import dates
from forms.messages import BadValue
from forms.showing import word
from forms.spreadsheets import sheet
from forms.text import tidy
from web.access import Fresh, SignedIn
from web.context import Context, context_of
from web.language import _
from web.pages import pages_of, wants_fragment
from web.policy import Viewer

router = APIRouter()
PRINTED = 1000
"""Lines on one printed book; a month of a busy agency has fewer."""
FILED = 20_000
"""Lines in one file."""
INCOMING = "agenda_masuk"


@dataclass(slots=True)
class Asked:
    """The view that an address asks for. ``errors``: field → message; a wrong date filters nothing and is told."""

    book: str = ""
    words: str = ""
    since: str = ""
    until: str = ""
    filters: Filters = field(default_factory=Filters)
    errors: dict[str, str] = field(default_factory=dict)

    def address(self, path: str, **more: object) -> str:
        """The same view elsewhere."""
        told = {"buku": self.book, "cari": self.words, "dari": self.since, "sampai": self.until, **more}
        return f"{path}?{urlencode({name: value for name, value in told.items() if value not in ('', 0)})}"

    @property
    def narrowed(self) -> bool:
        return bool(self.words or self.since or self.until)


@dataclass(frozen=True, slots=True)
class Line:
    """One row as texts under the columns; ``hidden``: a secret letter of which only number and sender show. ``link``: case number or 0."""

    cells: tuple[str, ...]
    hidden: bool
    link: int


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    title: str
    book: Book


def titles() -> dict[str, str]:
    return {INCOMING: _("Agenda surat masuk"), "surat_keluar": _("Agenda surat keluar")}


def columns(register: str) -> tuple[str, ...]:
    """Headings; domain/naskah-dinas.md §7. The column with the letter's subject is always :data:`SUBJECT`."""
    if register == INCOMING:
        return (_("Nomor agenda"), _("Dicatat"), _("Pengirim"), _("Nomor surat"), _("Tanggal surat"), _("Hal"), _("Sifat"), _("Kecepatan"),
                _("Klasifikasi"), _("Diteruskan kepada"), _("Keadaan"))  # fmt: skip
    return (
        _("Nomor"),
        _("Tanggal"),
        _("Kepada"),
        _("Hal"),
        _("Sifat"),
        _("Kecepatan"),
        _("Klasifikasi"),
        _("Keadaan"),
    )


def subject_column(register: str) -> int:
    return 5 if register == INCOMING else 3


def wide_columns(register: str) -> tuple[int, ...]:
    """Columns of running text, which may break into lines."""
    return (2, 5, 9, 10) if register == INCOMING else (2, 3, 7)


def _state(row: Row, register: str, hidden: bool) -> str:
    if row.state == "BATAL":
        return _("Batal") if hidden or not row.reason else _("Batal: %(sebab)s") % {"sebab": row.reason}
    if row.state == "DICADANGKAN":
        return _("Nomor dicadangkan")
    if register != INCOMING:
        return _("Terbit")
    return _("Diproses") if row.open else _("Selesai")


def line(row: Row, register: str, labels: dict[str, str], may: frozenset[str], context: Context) -> Line:
    """A row of the book as the page and the file show it."""
    hidden = row.secrecy in SECRET and not row.case_id
    noted = dates.short(row.reserved_at.astimezone(context.city.zone).date().isoformat())
    written = dates.short(row.letter_date.isoformat()) if row.letter_date else ""
    subject = _("(surat rahasia)") if hidden else row.subject
    to = "; ".join(labels.get(one, one) for one in row.addressees)
    urgency, state = word(row.urgency) if row.urgency else "", _state(row, register, hidden)
    cells: tuple[str, ...]
    if register == INCOMING:
        cells = (row.number, noted, row.sender, row.letter_number, written, subject, word(row.secrecy), urgency, row.classification, to, state)
    else:
        cells = (row.number, noted, to, subject, word(row.secrecy), urgency, row.classification, state)
    return Line(cells, hidden, row.case_no if row.case_no and row.case_id in may else 0)


async def books(connection: AsyncConnection, viewer: Viewer) -> list[Choice]:
    """Books of the organisations the viewer acts for, newest year first, incoming before outgoing."""
    names = await agenda.organisations(connection, [one.unit for one in viewer.capacities])
    found = await agenda.registers(connection, list(names))
    many = len(names) > 1
    order = list(titles())
    found.sort(key=lambda one: (-one.year, order.index(one.register) if one.register in order else len(order), one.register, names[one.unit]))
    return [
        Choice(f"{one.unit}.{one.register}.{one.year}", f"{titles().get(one.register, word(one.register))} {one.year}" + (f" – {names[one.unit]}" if many else ""), one)
        for one in found
    ]  # fmt: skip


def read_asked(request: Request, context: Context) -> Asked:
    """The address's filters; days are the city's."""
    given = request.query_params
    typed = {name: tidy(given.get(name, ""))[:most] for name, most in (("buku", 200), ("cari", 200), ("dari", 40), ("sampai", 40))}
    asked = Asked(typed["buku"], typed["cari"], typed["dari"], typed["sampai"])
    days: dict[str, date] = {}
    for name in ("dari", "sampai"):
        try:
            if typed[name]:
                days[name] = dates.day(typed[name])
        except BadValue:
            asked.errors[name] = _("Tulis tanggal sebagai hh-bb-tttt, misalnya 23-11-2026.")
    if "dari" in days and "sampai" in days and days["sampai"] < days["dari"]:
        asked.errors["sampai"] = _("Tanggal akhir sebelum tanggal awal.")
    if not asked.errors:
        since, until = days.get("dari"), days.get("sampai")
        asked.filters = Filters(asked.words, _midnight(since, context), _midnight(until + timedelta(days=1) if until else None, context))
    return asked


def _midnight(day: date | None, context: Context) -> datetime | None:
    return datetime.combine(day, time(), context.city.zone) if day else None


def _chosen(choices: Sequence[Choice], asked: Asked) -> Choice | None:
    """The book asked for, else the first. Refuses a book that is not of the viewer's organisations with NotFound."""
    if not asked.book:
        return choices[0] if choices else None
    for one in choices:
        if one.key == asked.book:
            return one
    raise NotFound


@dataclass(frozen=True, slots=True)
class Leaf:
    lines: list[Line]
    after: int
    """Where the next, older page begins; 0 when there is none."""


async def leaf(connection: AsyncConnection, context: Context, viewer: Viewer, book: Book, asked: Asked, before: int, most: int) -> Leaf:
    """Lines of the book from below serial ``before``. A serial and its inserted numbers (12, 12.a) are never torn apart."""
    now = context.clock()
    rows = await agenda.agenda(connection, book.unit, book.register, book.year, viewer.person.id, now, asked.filters, before, most + 1)
    after = 0
    if len(rows) > most:
        after = rows[-1].serial + 1
        rows = [row for row in rows if row.serial >= after] or rows[:most]
    labels = await dossier.labels(connection, {one for row in rows for one in row.addressees})
    may = await access.readable(connection, [row.case_id for row in rows if row.case_id], viewer.person.id, now)
    return Leaf([line(row, book.register, labels, may, context) for row in rows], after)


@router.get("/agenda")
async def show(request: Request, viewer: SignedIn) -> Response:
    """One book, newest number first. Filters are a GET form: every view is an address that can be kept."""
    context = context_of(request)
    asked = read_asked(request, context)
    typed = request.query_params.get("sebelum", "")
    before = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    async with context.pages.connect() as connection:
        choices = await books(connection, viewer)
        chosen = _chosen(choices, asked)
        shown = await leaf(connection, context, viewer, chosen.book, asked, before, agenda.PAGE) if chosen and not asked.errors else Leaf([], 0)
    asked.book = chosen.key if chosen else ""
    status = FieldsInvalid.status if asked.errors else 200
    return pages_of(request).page(
        request, "agenda.html", "daftar", status, choices=choices, chosen=chosen, asked=asked, leaf=shown, errors=asked.errors, older=bool(before),
        partial=wants_fragment(request.headers), **_table(chosen),
    )  # fmt: skip


def _table(chosen: Choice | None) -> dict[str, Any]:
    register = chosen.book.register if chosen else ""
    return {"columns": columns(register), "subject": subject_column(register), "wide": wide_columns(register)}


@router.get("/agenda/cetak")
async def printed(request: Request, viewer: SignedIn) -> Response:
    """The book (or the period asked for) as one table for paper, oldest number first."""
    context = context_of(request)
    asked = read_asked(request, context)
    async with context.pages.connect() as connection:
        chosen = _chosen(await books(connection, viewer), asked)
        if chosen is None or asked.errors:
            raise NotFound(_("Buku agenda itu belum ada isinya, atau tanggalnya tidak terbaca. Kembali ke agenda lalu pilih lagi."))
        shown = await leaf(connection, context, viewer, chosen.book, asked, 0, PRINTED)
    asked.book = chosen.key
    lines = shown.lines[::-1]
    return pages_of(request).page(
        request, "agenda_cetak.html", chosen=chosen, asked=asked, lines=lines, cut=bool(shown.after), most=PRINTED, **_table(chosen)
    )


@router.get("/agenda/csv")
async def spreadsheet(request: Request, viewer: Fresh) -> Response:
    """The same lines for a spreadsheet: UTF-8 with mark, semicolons as Indonesian settings expect, no cell can be a formula."""
    context = context_of(request)
    asked = read_asked(request, context)
    async with context.pages.connect() as connection:
        chosen = _chosen(await books(connection, viewer), asked)
        if chosen is None or asked.errors:
            raise NotFound(_("Buku agenda itu belum ada isinya, atau tanggalnya tidak terbaca. Kembali ke agenda lalu pilih lagi."))
        lines: list[Line] = []
        before = 0
        while len(lines) < FILED:
            part = await leaf(connection, context, viewer, chosen.book, asked, before, PRINTED)
            lines += part.lines
            before = part.after
            if not before:
                break
    content = sheet(columns(chosen.book.register), [one.cells for one in lines[::-1]])
    name = f"agenda-{chosen.key.replace('.', '-').replace('_', '-')}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
