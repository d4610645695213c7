"""Which book an address of a spreadsheet means, who may have it, and its lines as they go out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from db.office.plans import Book
from db.office.sheet_holidays import Holidays
from db.office.sheet_ledger import Ledger
from db.office.sheet_places import Bookings, Places
from db.office.sheet_registry import Registry
from db.read import holidays
from db.read.books import keeping, keeping_lines
from engine.errors import NotFound
from forms.dates import short
from forms.numbers import plain
from web.context import Context
from web.kelola_rights import Area, Standing, admitted
from web.language import _
from web.policy import Viewer

MOST = 20_000
"""Lines in one file."""
Rows = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Target:
    """``what``: its word in addresses. ``code``: of the ledger or registry. ``hints``: (column, how it is written), for people."""

    what: str
    area: Area
    code: str
    title: str
    back: str
    book: Book
    standing: Standing
    hints: Sequence[tuple[str, str]] = field(default_factory=tuple)
    note: str = ""


async def target(connection: AsyncConnection, context: Context, viewer: Viewer, what: str, *, keep: bool = False) -> Target:
    """``saldo.<buku>``, ``registri.<jenis>``, ``pemesanan``, ``tempat`` or ``hari-libur``. Refuses: NotFound; WrongCapacity, NotAllowed (``admitted``)."""
    head, _dot, code = what.partition(".")
    if head == "saldo":
        return await _ledger(connection, viewer, code, keep=keep)
    if head == "registri":
        return await _registry(connection, context, viewer, code, keep=keep)
    if code or head not in ("pemesanan", "tempat", "hari-libur"):
        raise NotFound
    hints: Sequence[tuple[str, str]]
    if head == "pemesanan":
        standing = await admitted(connection, viewer, "pemesanan", keep=keep)
        hints = (("jenis", _("orang, ruang, kendaraan …")), ("dipesan", _("NIP atau kode")), ("mulai, akhir", _("tanggal, atau tanggal dan jam; satu tanggal berarti sehari penuh")),
                 ("keperluan", _("untuk apa")), ("sumber", _("surat atau keputusan; wajib bagi baris baru")))  # fmt: skip
        note = _("Baris yang sudah ada tidak berubah; yang lain ditambahkan. Melepas pemesanan dilakukan pada halamannya.")
        return Target(what, "pemesanan", "", _("Pemesanan"), "/kelola/pemesanan", Bookings(context.city.zone), standing, hints, note)
    if head == "tempat":
        standing = await admitted(connection, viewer, "tempat", keep=keep)
        hints = (
            ("kode", _("kode wilayah")),
            ("jenis", _("kecamatan, kelurahan, zona …")),
            ("nama", _("nama")),
            ("induk", _("kode tempat di atasnya, boleh kosong")),
        )
        return Target(
            what,
            "tempat",
            "",
            _("Tempat"),
            "/kelola/tempat",
            Places(),
            standing,
            hints,
            _("Kode yang sudah ada diubah, yang baru ditambahkan; geometri tidak berubah."),
        )
    standing = await admitted(connection, viewer, "hari-libur", keep=keep)
    hints = (
        ("tanggal", _("hh-bb-tttt")),
        ("nama", _("nama hari")),
        ("jenis", "libur, cuti_bersama, lokal"),
        ("sumber", _("keputusan yang menetapkan")),
    )
    note = _("Tanggal yang sudah ada diubah, yang baru ditambahkan; yang tidak disebut tetap. Tenggat yang berjalan dihitung ulang.")
    return Target(what, "hari-libur", "", _("Hari libur dan cuti bersama"), "/kelola/hari-libur", Holidays(), standing, hints, note)


async def _ledger(connection: AsyncConnection, viewer: Viewer, code: str, *, keep: bool) -> Target:
    standing = await admitted(connection, viewer, "saldo", keep=keep)
    book = next((one for one in await keeping.books(connection) if one.code == code and standing.opens(of_people=one.of_people)), None)
    if book is None:
        raise NotFound
    who = _("NIP pegawai") if book.of_people else _("kode pemilik saldo")
    hints = (("subjek", who), ("periode", _("misalnya 2026")), ("saldo", _("saldo yang seharusnya, dalam %(satuan)s") % {"satuan": book.unit}),
             ("sumber", _("keputusan atau kartu; wajib bagi baris yang berubah")))  # fmt: skip
    note = _("Selisih antara saldo pada berkas dan saldo sekarang dicatat sebagai koreksi. Baris yang saldonya sama tidak berubah.")
    return Target(f"saldo.{code}", "saldo", code, book.title, f"/kelola/buku/{code}", Ledger(code), standing, hints, note)


async def _registry(connection: AsyncConnection, context: Context, viewer: Viewer, kind: str, *, keep: bool) -> Target:
    standing = await admitted(connection, viewer, "registri", keep=keep)
    day = context.clock().astimezone(context.city.zone).date()
    one = next((one for one in await keeping.kinds(connection, day) if one.kind == kind), None)
    if one is None:
        raise NotFound
    hints = (("nomor", _("biarkan seperti pada unduhan; kosong bagi baris baru")), ("kunci", _("nomor atau kode")), ("atribut", _("nama=nilai, dipisah titik koma")),
             ("berlaku_dari, berlaku_sampai", _("hh-bb-tttt; akhir boleh kosong")), ("sumber", _("surat atau keputusan")))  # fmt: skip
    note = _("Baris bernomor yang berubah diganti versi baru, yang akhirnya dimajukan ditutup; baris yang tidak disebut tetap.")
    return Target(f"registri.{kind}", "registri", kind, one.title, f"/kelola/registri/{kind}", Registry(kind), standing, hints, note)


async def lines_of(connection: AsyncConnection, context: Context, one: Target, period: str = "") -> tuple[tuple[str, ...], Rows]:
    """Headings and lines; one more than ``MOST`` where there are more."""
    if one.area == "saldo":
        heads = ("subjek", "nama", "periode", "saldo", "ditahan", "bebas", "berlaku_dari", "berlaku_sampai", "sumber")
        return heads, await _accounts(connection, context, one, period)
    if one.area == "registri":
        return ("nomor", "kunci", "atribut", "berlaku_dari", "berlaku_sampai", "sumber", "perkara"), await _registered(connection, context, one)
    if one.area == "pemesanan":
        return ("jenis", "dipesan", "nama", "mulai", "akhir", "keperluan", "sumber", "perkara"), await _booked(connection, context, one)
    if one.area == "tempat":
        found = await keeping_lines.places(connection, limit=MOST + 1)
        return ("kode", "jenis", "nama", "induk", "geometri"), [(p.code, p.kind, p.name, p.parent, "ada" if p.shaped else "") for p in found]
    days = await holidays.days(connection)
    return ("tanggal", "nama", "jenis", "sumber"), [(short(d.day.isoformat()), d.name, d.kind, d.source) for d in days]


async def _accounts(connection: AsyncConnection, context: Context, one: Target, period: str) -> Rows:
    sought = keeping.Sought(period=period, units=one.standing.units)
    found = await keeping.found(connection, one.code, sought, context.clock(), limit=MOST + 1)
    return [
        (a.nip or a.subject, a.name, a.period, *(plain(n).replace(".", ",") for n in (a.balance, a.held, a.free)), short(a.opens.isoformat()),
         short(a.closes.isoformat()) if a.closes else "", "")
        for a in found
    ]  # fmt: skip


async def _registered(connection: AsyncConnection, context: Context, one: Target) -> Rows:
    day = context.clock().astimezone(context.city.zone).date()
    found = await keeping_lines.lines(connection, one.code, day, when="sah", limit=MOST + 1)
    return [
        (str(r.id), r.key, "; ".join(f"{name}={value}" for name, value in r.attributes.items()), short(r.valid_from.isoformat()),
         short(r.valid_to.isoformat()) if r.valid_to else "", r.source or f"Perkara {r.case_no}", str(r.case_no or ""))
        for r in found
    ]  # fmt: skip


async def _booked(connection: AsyncConnection, context: Context, one: Target) -> Rows:
    """From a month ago on."""
    since = context.clock() - timedelta(days=31)
    span = keeping_lines.Span(since, datetime.max.replace(year=2900, tzinfo=UTC), units=one.standing.units)
    found = await keeping_lines.booked(connection, span, context.clock(), MOST + 1)
    zone = context.city.zone
    return [
        (b.kind, b.nip or b.resource, b.name, f"{b.starts.astimezone(zone):%d-%m-%Y %H.%M}", f"{b.ends.astimezone(zone):%d-%m-%Y %H.%M}", b.purpose,
         b.source or f"Perkara {b.case_no}", str(b.case_no or ""))
        for b in found
    ]  # fmt: skip
