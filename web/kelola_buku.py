"""``/kelola/buku/{kode}``: the accounts of a ledger by person or unit; one account with its entries and holds; entries by hand; the turn of the year."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from db.office import ledger_entry
from db.office.ledger_year import open_year
from db.read.books import keeping, ledger
from db.read.books.keeping import Account, Book, Sought
from engine.errors import FieldsInvalid, NotFound
from engine.fields import Field
from forms.text import tidy
from web.context import context_of
from web.kelola_form import Form, reason_field, recent, show, take
from web.kelola_rights import Standing, actor_of, admitted, entering
from web.kelola_words import amount, entry_kinds, hold_states, said, validity
from web.language import _
from web.pages import pages_of
from web.policy import Viewer

router = APIRouter()
Ledgers = Annotated[Viewer, Depends(entering("saldo"))]


async def opened(connection: AsyncConnection, viewer: Viewer, code: str, *, keep: bool = False) -> tuple[Standing, Book]:
    """The book, where the capacity in use may open it. Refuses: NotFound for a book that is not there or not his; and what ``admitted`` refuses."""
    standing = await admitted(connection, viewer, "saldo", keep=keep)
    book = next((one for one in await keeping.books(connection) if one.code == code and standing.opens(of_people=one.of_people)), None)
    if book is None:
        raise NotFound
    return standing, book


def _cursor(text: str) -> tuple[str, str, str]:
    parts = text.split("|")
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else ("", "", "")


@router.get("/kelola/buku/{code}")
async def accounts(
    request: Request, code: str, viewer: Ledgers, cari: str = "", periode: str = "", setelah: str = "", sudah: str = ""
) -> Response:  # fmt: skip
    """By name and period; searched by name, NIP, code or unit. Every view is an address."""
    context = context_of(request)
    words, period = tidy(cari)[:100], tidy(periode)[:40]
    async with context.pages.connect() as connection:
        standing, book = await opened(connection, viewer, code)
        sought = Sought(words, period, units=standing.units)
        found = await keeping.found(connection, code, sought, context.clock(), _cursor(setelah), keeping.PAGE + 1)
        periods = await keeping.periods(connection, code)
    shown = found[: keeping.PAGE]
    more = (
        f"/kelola/buku/{code}?" + urlencode({"cari": words, "periode": period, "setelah": "|".join(shown[-1].cursor)})
        if len(found) > len(shown)
        else ""
    )
    return pages_of(request).page(
        request, "kelola_buku.html", standing=standing, book=book, found=shown, periods=periods, words=words, period=period, more=more,
        first=not setelah, amount=amount, masa=validity, done=said().get(sudah, ""), changes=await recent(context, "ledger_book", code, 5),
    )  # fmt: skip


async def _account(connection: AsyncConnection, standing: Standing, book: Book, subject: str, period: str, now: Any) -> Account:
    found = await keeping.found(connection, book.code, Sought(subject=subject, period=period, units=standing.units), now, limit=1)
    if not found or not subject or not period:
        raise NotFound
    return found[0]


@router.get("/kelola/buku/{code}/akun")
async def account(
    request: Request, code: str, viewer: Ledgers, subjek: str = "", periode: str = "", sebelum: int = 0, sudah: str = ""
) -> Response:  # fmt: skip
    """One account: balance, held and free, its entries with the case or the source behind each, what cases hold, and the office's own changes."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        standing, book = await opened(connection, viewer, code)
        one = await _account(connection, standing, book, subjek, periode, context.clock())
        lines = await ledger.entries(connection, one.id, max(sebelum, 0), ledger.PAGE + 1)
        held = await ledger.holds(connection, one.id)
    return pages_of(request).page(
        request, "kelola_akun.html", standing=standing, book=book, one=one, lines=lines[: ledger.PAGE], older=len(lines) > ledger.PAGE, held=held,
        amount=amount, masa=validity, kinds=entry_kinds(), states=hold_states(), done=said().get(sudah, ""), own=one.subject == viewer.person.id,
        changes=await recent(context, "ledger_account", one.id),
    )  # fmt: skip


def _entry_form(book: Book, subject: str = "", period: str = "", facts: tuple[tuple[str, str], ...] = ()) -> Form:
    """For a known account only amount, source and reason are asked."""
    who = Field("subjek", _("NIP pegawai") if book.of_people else _("Kode pemilik saldo"), "text", required=True, max_length=100)
    when = Field("periode", _("Periode"), "text", required=True, max_length=40, hint=_("Tahun empat angka, misalnya 2026"))
    asked = (
        Field("jumlah", _("Jumlah"), "decimal", required=True, hint=_("Dalam %(satuan)s; pengurangan ditulis dengan minus, misalnya -2") % {"satuan": book.unit}),
        Field("sumber", _("Dasar"), "text", required=True, max_length=300, hint=_("Keputusan, kartu, atau berkas yang menjadi dasar")),
        reason_field(),
    )  # fmt: skip
    back = f"/kelola/buku/{book.code}"
    if subject:
        address = f"{back}/akun?{urlencode({'subjek': subject, 'periode': period})}"
        return Form(_("Koreksi saldo"), asked, address, _("Catat koreksi"), facts)
    return Form(_("Catat saldo"), (who, when, *asked), back, _("Catat"), facts)


@router.get("/kelola/buku/{code}/catat")
async def ask_entry(request: Request, code: str, viewer: Ledgers, subjek: str = "", periode: str = "") -> Response:
    return show(request, await _entry(request, viewer, code, subjek, periode))


async def _entry(request: Request, viewer: Viewer, code: str, subject: str, period: str) -> Form:
    context = context_of(request)
    async with context.pages.connect() as connection:
        standing, book = await opened(connection, viewer, code, keep=True)
        if not subject:
            return _entry_form(book)
        one = await _account(connection, standing, book, subject, period, context.clock())
    facts = (
        (_("Buku"), book.title), (_("Pemilik"), one.name or one.subject), (_("Periode"), one.period),
        (_("Saldo sekarang"), amount(one.balance, book.unit)), (_("Ditahan perkara"), amount(one.held, book.unit)),
    )  # fmt: skip
    return _entry_form(book, subject, period, facts)


@router.post("/kelola/buku/{code}/catat")
async def enter(request: Request, code: str, viewer: Ledgers, subjek: str = "", periode: str = "") -> Response:
    """A correction of a known account, or the first entry of a new one."""
    context = context_of(request)
    form = await _entry(request, viewer, code, subjek, periode)
    actor = actor_of(viewer)

    async def write(connection: AsyncConnection, values: dict[str, Any], request_id: str) -> None:
        _standing, book = await opened(connection, viewer, code, keep=True)
        owner = subjek or str(values["subjek"])
        if book.of_people and not subjek:
            owner = await keeping.person_id(connection, owner)
            if not owner:
                raise FieldsInvalid({"subjek": _("Tidak ada pegawai dengan NIP ini. Periksa lagi.")})
        entry = ledger_entry.Entry(code, owner, periode or str(values["periode"]), Decimal(str(values["jumlah"])), str(values["sumber"]), request_id)
        await ledger_entry.enter(connection, actor, entry, str(values["alasan"]), context.clock())

    return await take(request, form, write, "catat")


def _year_form(book: Book, year: int) -> Form:
    fields = (Field("tahun", _("Tahun yang dibuka"), "year", required=True, hint=_("Berikutnya: %(tahun)s") % {"tahun": year}), reason_field())
    note = _(
        "Tiap yang berhak mendapat haknya untuk tahun itu; sisa tahun lama yang tidak dibawa dihanguskan. Yang sedang ditahan perkara tidak hangus."
    )
    return Form(_("Buka tahun baru: %(buku)s") % {"buku": book.title}, fields, f"/kelola/buku/{book.code}", _("Buka tahun"), note=note)


async def _year(request: Request, viewer: Viewer, code: str) -> Form:
    async with context_of(request).pages.connect() as connection:
        _standing, book = await opened(connection, viewer, code, keep=True)
        known = [int(one) for one in await keeping.periods(connection, code) if one.isdecimal()]
    if not book.yearly:
        raise NotFound
    return _year_form(book, max(known, default=context_of(request).clock().year) + 1)


@router.get("/kelola/buku/{code}/tahun")
async def ask_year(request: Request, code: str, viewer: Ledgers) -> Response:
    return show(request, await _year(request, viewer, code))


@router.post("/kelola/buku/{code}/tahun")
async def turn_year(request: Request, code: str, viewer: Ledgers) -> Response:
    """Opens one year; again changes nothing. A year more than one ahead of today is refused: its leftovers are not known yet."""
    context = context_of(request)
    form = await _year(request, viewer, code)
    actor, this_year = actor_of(viewer), context.clock().astimezone(context.city.zone).year

    async def write(connection: AsyncConnection, values: dict[str, Any], _request_id: str) -> None:
        year = int(values["tahun"])
        if not this_year <= year <= this_year + 1:
            raise FieldsInvalid({"tahun": _("Buka tahun ini atau tahun depan saja.")})
        await open_year(connection, actor, code, year, str(values["alasan"]), context.clock())

    return await take(request, form, write, "tahun")
