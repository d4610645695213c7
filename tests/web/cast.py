"""The people of these stories, a clock that stands until it is moved, and pages over a real database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.testclient import TestClient
from starlette.responses import Response

from db.connect import connect
from db.desk import credentials, drafts
from engine.errors import Unavailable
from engine.expr import column
from engine.expr import field as asked
from engine.fields import Field, Rule
from forms import tables
from forms.known import Context as Answered
from forms.known import Found
from forms.reading import parse
from web import access, answers, checking, kept
from web.access import Public, SignedIn
from web.app import create_app
from web.context import City, Context, context_of
from web.pages import go, pages_of
from web.passwords import Passwords
from web.ports import Capacity, Known, Person
from web.uploads.taking import take_all

BUDI = Person("01BUDI", "Budi Santoso, S.Kom.", "199002282015031999")
SARI = Person("01SARI", "Dra. Sari Wulandari", "198508172010012001")
LAMA = Person("01LAMA", "Pegawai Pensiun", "196608171990031001", active=False)
SECRET = "kuda benar baterai staples"
KABID = Capacity("diskominfo.kabid-aptika", "Kepala Bidang Aptika", unit="diskominfo")
PLH = Capacity(
    "diskominfo.kepala", "Plh. Kepala Dinas Komunikasi dan Informatika", "plh", "01PLH", "diskominfo", datetime(2026, 11, 25, 9, tzinfo=UTC)
)


@dataclass(slots=True)
class Clock:
    """Stands still until a story moves it."""

    now: datetime = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass(slots=True)
class Staff:
    """A directory of three people; ``held`` says which positions each holds now."""

    people: tuple[Person, ...] = (BUDI, SARI, LAMA)
    held: dict[str, tuple[Capacity, ...]] = field(default_factory=lambda: {BUDI.id: (), SARI.id: (KABID, PLH)})
    desks: dict[str, frozenset[str]] = field(default_factory=dict)

    async def person_by_nip(self, nip: str) -> Person | None:
        return next((one for one in self.people if one.nip == nip), None)

    async def known(self, person: str, now: datetime) -> Known | None:
        found = next((one for one in self.people if one.id == person), None)
        held = tuple(one for one in self.held.get(person, ()) if one.until is None or one.until > now)
        return Known(found, held, self.desks.get(person, frozenset())) if found else None


class NobodyAnswers:
    """The cases' port while the engine is away."""

    rung = 0
    """How often the clockwork was rung."""

    async def ring(self) -> None:
        self.rung += 1

    async def open_case(self, *_: Any) -> Any:
        raise Unavailable

    decide = withdraw = reassign = remind = open_case


FORM = (
    Field("perihal", "Hal", "text", required=True, max_length=300, hint="Ringkas, seperti pada surat"),
    Field("sifat", "Sifat", "choice", required=True, choices=("biasa", "terbatas", "rahasia")),
    Field("alasan_rahasia", "Alasan kerahasiaan", "longtext", required=asked("sifat").eq("rahasia")),
    Field("tanggal_surat", "Tanggal surat", "date", required=True),
    Field("periode", "Waktu kegiatan", "daterange"),
    Field("waktu", "Waktu rapat", "datetime"),
    Field("anggaran", "Anggaran", "rupiah"),
    Field("perlu_balasan", "Perlu balasan", "boolean"),
    Field("instruksi", "Instruksi", "multichoice", choices=("tanggapi", "pelajari", "hadiri-dan-laporkan")),
    Field("klasifikasi", "Kode klasifikasi", "choice", choices=("a", "b", "c", "d", "e", "f", "g")),
    Field("pegawai", "Pegawai", "employee"),
    Field("unit_koordinasi", "Paraf koordinasi dari", "units"),
    Field("isi", "Isi surat", "longtext", rich=True),
    Field("barang", "Barang", "table", columns=(
        Field("nama", "Nama barang", "text", required=True),
        Field("jumlah", "Jumlah", "integer", required=True, rules=(Rule(column("barang", "jumlah") > 0, "Jumlah harus lebih dari 0."),)),
        Field("jenis", "Jenis", "choice", choices=("habis-pakai", "modal"), required=True),
        Field("umur", "Umur pakai", "integer", required=column("barang", "jenis").eq("modal")),
    )),
    Field("pindaian", "Pindaian surat", "file", required=True, file_types=("pdf",)),
    Field("lampiran", "Lampiran", "files", file_types=("pdf", "jpg", "png", "docx", "xlsx")),
)  # fmt: skip
"""Nearly every kind of control: the form of the gallery page."""
UNITS = (("diskominfo", "Dinas Komunikasi dan Informatika"), ("bag-umum", "Bagian Umum"))
gallery = APIRouter()


@gallery.get("/contoh/formulir")
async def empty_form(request: Request, viewer: SignedIn) -> Response:
    context = context_of(request)
    async with context.pages.connect() as connection:
        draft = await kept.returned(connection, viewer.person.id, request.url.path)
    return _form(request, dict(draft.answers) if draft else {}, {}, {})


def _form(request: Request, sent: dict[str, list[str]], errors: dict[str, str], uploads: dict[str, Any], status: int = 200) -> Response:
    options = {"pegawai": [(BUDI.nip, BUDI.name), (SARI.nip, SARI.name)] * 7, "unit_koordinasi": UNITS}
    page = pages_of(request)
    return page.page(request, "contoh.html", "isian", status, fields=FORM, answers=sent, errors=errors, options=options, uploads=uploads)


@gallery.post("/contoh/formulir")
async def filled_form(request: Request, viewer: SignedIn) -> Response:
    context = context_of(request)
    taken = await take_all(context, viewer.person.id, FORM, await answers.read(request))
    changed = tables.edited(FORM, taken.answers)
    if changed is not None:
        return _form(request, changed, taken.errors, taken.uploads)
    books: Any = {"employee": {one.nip: Found(one.id, one.name) for one in (BUDI, SARI)}, "unit": {code: Found(code, name) for code, name in UNITS}}
    parsed = parse(FORM, taken.answers, Answered(now=context.clock(), books=books, uploads=taken.uploads))
    errors = parsed.errors | taken.errors
    if errors:
        return _form(request, taken.answers, errors, taken.uploads, 422)
    rows = checking.rows(FORM, parsed.values, parsed.shown, {BUDI.id: BUDI.name, SARI.id: SARI.name} | dict(UNITS))
    return pages_of(request).page(request, "contoh.html", fields=FORM, answers=taken.answers, options={}, uploads=taken.uploads, checked=rows)


@gallery.get("/contoh/rusak")
async def broken(_request: Request, _viewer: Public) -> Response:
    raise RuntimeError("rahasia dapur")


@gallery.get("/contoh/mati")
async def away(_request: Request, _viewer: Public) -> Response:
    raise Unavailable


@gallery.post("/contoh/tindakan")
async def act(request: Request, _viewer: SignedIn) -> Response:
    await answers.read(request)
    return go(request, "/contoh/formulir")


@gallery.get("/contoh/segar")
async def step_up(request: Request, _viewer: access.Fresh) -> Response:
    return go(request, "/contoh/formulir")


def context_for(url: str, files: Path, clock: Clock, staff: Staff, secure: bool = True) -> Context:
    return Context(
        pages=connect(url, pages=True), desk=connect(url), cases=NobodyAnswers(), directory=staff, files=files,
        city=City("Kota Contoh", "Pemerintah Kota Contoh", help_line="Meja bantuan (021) 5550100", sample=True), clock=clock, secure=secure,
    )  # fmt: skip


def app_for(context: Context) -> Any:
    """The base pages plus the gallery, whose template lives beside the tests."""
    from jinja2 import ChoiceLoader, FileSystemLoader

    app = create_app(context, (gallery,))
    env = app.state.pages.env
    assert env.loader is not None
    env.loader = ChoiceLoader([env.loader, FileSystemLoader(Path(__file__).parent)])
    return app


async def enrol(context: Context, *people: Person, passwords: Passwords | None = None) -> None:
    """Give people the password of these stories."""
    hashed = await (passwords or context.passwords).hash(SECRET)
    async with context.desk.begin() as connection:
        for person in people:
            await credentials.put(connection, person.id, hashed, context.clock())


async def new_draft(context: Context, person: Person, subject: str, typed: dict[str, list[str]]) -> drafts.Draft:
    async with context.desk.begin() as connection:
        return await drafts.start(connection, person.id, subject, typed, context.clock())


SAME = {"sec-fetch-site": "same-origin"}


def sign_in(client: TestClient, person: Person = BUDI, secret: str = SECRET, **more: str) -> Any:
    return client.post("/masuk", data={"nip": person.nip, "sandi": secret, **more}, headers=SAME, follow_redirects=False)
