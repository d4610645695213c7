"""Every route of the product before every kind of viewer: nobody, an outsider of the case, a reader of it, and whoever's turn it is.

A new route without a line here fails. To an outsider nothing of a case exists: 404 on every page, file and picture, plain or secret.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.connect import transaction
from db.desk import drafts, sign_ins, uploads
from engine.errors import MandateEnded, WrongCapacity
from tests.web.office import MONDAY, Office, office
from tests.web.played import SCAN, drafted, letter
from web.access import policies
from web.pictures import pictures
from workflows.catalogue import catalogue

NOBODY, OUTSIDER, READER, ACTOR = "", "konseptor-dinkes", "konseptor-diskominfo", "ketua-tim-diskominfo"
SEATS = (NOBODY, OUTSIDER, READER, ACTOR)
KOTA = Path(__file__).parents[2] / "kota_contoh"
EMPTY: dict[str, str] = {}
Statuses = tuple[int, int, int, int]


@dataclass
class Place:
    """What the addresses are made of: one case with its file, letter, picture; the reader's upload, device; the actor's draft."""

    office: Office
    case: str
    subject: str
    number: int
    task: int
    file: str
    letter: str
    picture: str
    upload: str
    draft: str
    notice: int

    def device(self) -> str:
        """A further browser in which the reader is signed in."""
        person = self.office.person(READER)

        async def start(engine: AsyncEngine) -> str:
            async with transaction(engine) as connection:
                token = await sign_ins.start(connection, person, "127.0.0.1", "lain", self.office.clock.now)
                found = await sign_ins.find(connection, token, self.office.clock.now)
                assert found is not None
                return found.ref

        return self.office.run(start)


@dataclass(frozen=True)
class Expected:
    """``statuses``: nobody, outsider, reader, actor. ``address`` and ``data`` take the place."""

    statuses: Statuses
    address: Callable[[Place], str]
    data: Callable[[Place], dict[str, str]] = lambda _place: EMPTY


def at(path: str) -> Callable[[Place], str]:
    return lambda place: path.format(p=place)


ASKS = 303
"""A page that needs a sign-in sends to it. 503 stands for "went through to the running case": here none answers, and the case decides the rest."""
OPEN = (200, 200, 200, 200)
SIGNED = (ASKS, 200, 200, 200)
CASE = (ASKS, 404, 200, 200)
KEEPERS, KEPT = (ASKS, 403, 403, 403), (401, 403, 403, 403)
"""Books and days off: only their desks, of which none of these viewers is one (tests/web/test_kelola.py has those)."""
TABLE: dict[str, Expected] = {
    "GET /masuk": Expected((200, 303, 303, 303), at("/masuk")), "POST /masuk": Expected((422, 422, 422, 422), at("/masuk")),
    "POST /sandi-ulang": Expected((401, 422, 422, 422), at("/sandi-ulang")), "POST /keluar": Expected((401, 303, 303, 303), at("/keluar")), "POST /bahasa": Expected((303, 303, 303, 303), at("/bahasa")),
    "GET /peta.svg": Expected(OPEN, at("/peta.svg?tanda=-6.15,106.65")), "GET /bantuan": Expected(OPEN, at("/bantuan")), "GET /pintasan": Expected(OPEN, at("/pintasan")), "GET /aksesibilitas": Expected(OPEN, at("/aksesibilitas")),
    "GET /saya": Expected(SIGNED, at("/saya")), "POST /saya": Expected((401, 303, 303, 303), at("/saya")),
    "POST /saya/sandi": Expected((401, 422, 422, 422), at("/saya/sandi")),
    "POST /saya/perangkat/{ref}/keluar": Expected((401, 404, 303, 404), lambda place: f"/saya/perangkat/{place.device()}/keluar"),
    "POST /kapasitas": Expected((401, 403, 403, 303), at("/kapasitas"), lambda _place: {"jabatan": ACTOR}),
    "POST /isian/{draft_id}/draf": Expected((401, 404, 404, 303), at("/isian/{p.draft}/draf"), lambda _place: {"_versi": "1"}),
    "GET /isian/{draft_id}/tabel/{name}": Expected((ASKS, 404, 404, 404), at("/isian/{p.draft}/tabel/x")),
    "POST /isian/{draft_id}/tabel/{name}": Expected((401, 404, 404, 404), at("/isian/{p.draft}/tabel/x")),
    "GET /isian/{draft_id}/tabel/{name}/muat": Expected((ASKS, 404, 404, 404), at("/isian/{p.draft}/tabel/x/muat")),
    "POST /isian/{draft_id}/tabel/{name}/muat": Expected((401, 404, 404, 404), at("/isian/{p.draft}/tabel/x/muat")),
    "POST /isian/{draft_id}/tabel/{name}/muat/simpan": Expected((401, 404, 404, 404), at("/isian/{p.draft}/tabel/x/muat/simpan")),
    "GET /isian/{draft_id}/tabel/{name}/unduh": Expected((ASKS, 404, 404, 404), at("/isian/{p.draft}/tabel/x/unduh")),
    "GET /perkara/{no}/tabel/{name}": Expected((ASKS, 404, 404, 404), at("/perkara/{p.number}/tabel/x")),
    "GET /perkara/{no}/tabel/{name}/unduh": Expected((ASKS, 404, 404, 404), at("/perkara/{p.number}/tabel/x/unduh")),
    "POST /unggah": Expected((401, 422, 422, 422), at("/unggah")), "GET /unggah/{upload_id}": Expected((ASKS, 404, 200, 404), at("/unggah/{p.upload}")),
    "GET /aset/{digest}/{name:path}": Expected(OPEN, lambda place: place.office.app.state.assets["alur.css"].address),
    "GET /tugas": Expected(SIGNED, at("/tugas")), "GET /tugas/berikut": Expected((ASKS, 303, 303, 303), at("/tugas/berikut")), "GET /mulai": Expected(SIGNED, at("/mulai")),
    "GET /tugas/{task_id}": Expected(CASE, at("/tugas/{p.task}")),
    "POST /tugas/{task_id}": Expected((401, 404, 403, 503), at("/tugas/{p.task}"), lambda _place: {"outcome": "paraf", "request_id": "01K"}),
    "GET /proses/{code}/pemohon": Expected(SIGNED, at("/proses/surat-keterangan-penelitian/pemohon")),
    "POST /proses/{code}/pemohon": Expected((401, 422, 422, 422), at("/proses/surat-keterangan-penelitian/pemohon"), lambda _place: {"request_id": "01K"}),
    "POST /tugas/{task_id}/tautan": Expected((401, 404, 403, 403), at("/tugas/{p.task}/tautan"), lambda _place: {"aksi": "buat"}),
    "POST /tugas/{task_id}/menyingkir": Expected((401, 404, 403, 422), at("/tugas/{p.task}/menyingkir"), lambda _place: {"reason": ""}),
    "GET /jawab": Expected((404, 404, 404, 404), at("/jawab")), "POST /jawab": Expected((404, 404, 404, 404), at("/jawab")),
    "GET /jawab/gambar/{sha}/{mark}": Expected((404, 404, 404, 404), at(f"/jawab/gambar/{'0' * 64}/{'0' * 32}")),
    "GET /jawab/{token}": Expected((404, 404, 404, 404), at("/jawab/tidak-ada")),
    "GET /naskah": Expected((404, 404, 404, 404), at("/naskah")), "GET /naskah/{token}": Expected((404, 404, 404, 404), at("/naskah/tidak-ada")),
    "GET /naskah/unduh/{document}": Expected((404, 404, 404, 404), at("/naskah/unduh/x")),
    "GET /tembusan": Expected(SIGNED, at("/tembusan")), "GET /tembusan/{document}": Expected((ASKS, 404, 404, 404), at("/tembusan/{p.letter}")),
    "POST /perkara/{no}/tautan-naskah": Expected((401, 404, 404, 404), at("/perkara/{p.number}/tautan-naskah"), lambda _place: {"aksi": "buat", "untuk": "luar:x"}),
    "POST /proses/{code}/mulai": Expected((401, 503, 503, 503), at("/proses/surat-keluar-tte/mulai"), lambda _place: {"request_id": "01K"}),
    "GET /tanda-tangan": Expected(SIGNED, at("/tanda-tangan")), "GET /tanda-tangan/tinjau": Expected(SIGNED, at("/tanda-tangan/tinjau?t={p.task}")),
    "POST /tanda-tangan": Expected((401, 303, 303, 303), at("/tanda-tangan")), "GET /tanda-tangan/hasil": Expected(SIGNED, at("/tanda-tangan/hasil?t={p.task}")),
    "GET /gambar/{sha}/{mark}": Expected((ASKS, 404, 200, 404), at("{p.picture}")),
    "GET /agenda": Expected(SIGNED, at("/agenda")), "GET /agenda/cetak": Expected((ASKS, 404, 200, 200), at("/agenda/cetak")),
    "GET /agenda/csv": Expected((ASKS, 404, 200, 200), at("/agenda/csv")),
    "GET /v": Expected(OPEN, at("/v")), "GET /v/{code}": Expected(OPEN, at("/v/K7MR2XQ9TB")), "GET /V/{code}": Expected(OPEN, at("/V/K7MR2XQ9TB")),
    "POST /v": Expected((422, 422, 422, 422), at("/v")), "POST /v/{code}": Expected((422, 422, 422, 422), at("/v/K7MR2XQ9TB")),
    "POST /V/{code}": Expected((422, 422, 422, 422), at("/V/K7MR2XQ9TB")),
    "GET /cari": Expected(SIGNED, at("/cari?cari=Rencana")), "GET /pemberitahuan": Expected(SIGNED, at("/pemberitahuan")),
    "POST /pemberitahuan/baca": Expected((401, 303, 303, 303), at("/pemberitahuan/baca")),
    "POST /pemberitahuan/{notice}/baca": Expected((401, 404, 303, 404), at("/pemberitahuan/{p.notice}/baca")),
    "GET /surel": Expected((ASKS, 404, 404, 404), at("/surel")), "GET /surel/{name}": Expected((ASKS, 404, 404, 404), at("/surel/1-x-alur")),
    "GET /perkara": Expected(SIGNED, at("/perkara")), "GET /perkara/{no}": Expected(CASE, at("/perkara/{p.number}")),
    "POST /perkara/{no}/tarik": Expected((401, 404, 503, 503), at("/perkara/{p.number}/tarik")),
    "POST /perkara/{no}/identitas": Expected((401, 404, 404, 404), at("/perkara/{p.number}/identitas")),
    "POST /perkara/{no}/ingatkan": Expected((401, 404, 409, 409), at("/perkara/{p.number}/ingatkan")),
    "POST /perkara/{no}/tarik-disposisi": Expected((401, 404, 404, 404), at("/perkara/{p.number}/tarik-disposisi")),
    "POST /perkara/{no}/alihkan": Expected((401, 404, 409, 409), at("/perkara/{p.number}/alihkan")),
    "GET /perkara/{no}/riwayat": Expected(CASE, at("/perkara/{p.number}/riwayat")), "GET /perkara/{no}/riwayat.csv": Expected(CASE, at("/perkara/{p.number}/riwayat.csv")),
    "GET /perkara/{no}/berkas/{sha}": Expected(CASE, at("/perkara/{p.number}/berkas/{p.file}")),
    "GET /perkara/{no}/naskah/{code}": Expected(CASE, at("/perkara/{p.number}/naskah/surat")),
    "GET /mandat": Expected(SIGNED, at("/mandat")), "GET /mandat/saya": Expected(SIGNED, at("/mandat/saya")),
    "GET /mandat/atas-nama": Expected(SIGNED, at("/mandat/atas-nama")), "POST /mandat/atas-nama": Expected((401, 403, 403, 403), at("/mandat/atas-nama")),
    "POST /mandat/atas-nama/{mandate_id}/akhiri": Expected((401, 403, 403, 403), at("/mandat/atas-nama/x/akhiri")),
    "GET /mandat/baru": Expected((ASKS, 403, 403, 403), at("/mandat/baru")), "POST /mandat/baru": Expected((401, 403, 403, 403), at("/mandat/baru")),
    "POST /mandat/usul/{draft_id}/{answer}": Expected((401, 404, 404, 404), at("/mandat/usul/x/tolak")),
    "GET /mandat/{mandate_id}": Expected(SIGNED, at("/mandat/mandat-matriks")),
    "GET /mandat/{mandate_id}/surat": Expected((ASKS, 404, 404, 404), at("/mandat/mandat-matriks/surat")),
    "POST /mandat/{mandate_id}/perpanjang": Expected((401, 403, 403, 403), at("/mandat/mandat-matriks/perpanjang")),
    "POST /mandat/{mandate_id}/akhiri": Expected((401, 403, 403, 403), at("/mandat/mandat-matriks/akhiri")),
    "POST /mandat/{mandate_id}/batalkan": Expected((401, 403, 403, 403), at("/mandat/mandat-matriks/batalkan")),
    "GET /mandat/{mandate_id}/serah-terima": Expected((ASKS, 404, 404, 404), at("/mandat/mandat-matriks/serah-terima")),
    "POST /mandat/{mandate_id}/serah-terima": Expected((401, 404, 404, 404), at("/mandat/mandat-matriks/serah-terima")),
    "GET /jabatan/{code}/serah-terima": Expected((ASKS, 404, 404, 200), at(f"/jabatan/{ACTOR}/serah-terima")),
    "POST /jabatan/{code}/serah-terima": Expected((401, 404, 404, 503), at(f"/jabatan/{ACTOR}/serah-terima")),
    "GET /jabatan/{code}/serah-terima/{paper_id}": Expected((ASKS, 404, 404, 404), at(f"/jabatan/{ACTOR}/serah-terima/x")),
    "GET /kelola": Expected(KEEPERS, at("/kelola")),
    "GET /kelola/buku": Expected(KEEPERS, at("/kelola/buku")),
    "GET /kelola/buku/{code}": Expected(KEEPERS, at("/kelola/buku/cuti-tahunan")),
    "GET /kelola/buku/{code}/akun": Expected(KEEPERS, at("/kelola/buku/cuti-tahunan/akun")),
    "GET /kelola/buku/{code}/catat": Expected(KEEPERS, at("/kelola/buku/cuti-tahunan/catat")),
    "POST /kelola/buku/{code}/catat": Expected(KEPT, at("/kelola/buku/cuti-tahunan/catat")),
    "GET /kelola/buku/{code}/tahun": Expected(KEEPERS, at("/kelola/buku/cuti-tahunan/tahun")),
    "POST /kelola/buku/{code}/tahun": Expected(KEPT, at("/kelola/buku/cuti-tahunan/tahun")),
    "GET /kelola/registri": Expected(KEEPERS, at("/kelola/registri")),
    "GET /kelola/registri/{kind}": Expected(KEEPERS, at("/kelola/registri/surat-penelitian")),
    "GET /kelola/registri/{kind}/tambah": Expected(KEEPERS, at("/kelola/registri/surat-penelitian/tambah")),
    "POST /kelola/registri/{kind}/tambah": Expected(KEPT, at("/kelola/registri/surat-penelitian/tambah")),
    "GET /kelola/registri/{kind}/{number}": Expected(KEEPERS, at("/kelola/registri/surat-penelitian/1")),
    "GET /kelola/registri/{kind}/{number}/tutup": Expected(KEEPERS, at("/kelola/registri/surat-penelitian/1/tutup")),
    "POST /kelola/registri/{kind}/{number}/tutup": Expected(KEPT, at("/kelola/registri/surat-penelitian/1/tutup")),
    "GET /kelola/registri/{kind}/{number}/perbaiki": Expected(KEEPERS, at("/kelola/registri/surat-penelitian/1/perbaiki")),
    "POST /kelola/registri/{kind}/{number}/perbaiki": Expected(KEPT, at("/kelola/registri/surat-penelitian/1/perbaiki")),
    "GET /kelola/pemesanan": Expected(KEEPERS, at("/kelola/pemesanan")),
    "GET /kelola/pemesanan/tambah": Expected(KEEPERS, at("/kelola/pemesanan/tambah")),
    "POST /kelola/pemesanan/tambah": Expected(KEPT, at("/kelola/pemesanan/tambah")),
    "GET /kelola/pemesanan/lepas": Expected(KEEPERS, at("/kelola/pemesanan/lepas")),
    "POST /kelola/pemesanan/lepas": Expected(KEPT, at("/kelola/pemesanan/lepas")),
    "GET /kelola/tempat": Expected(KEEPERS, at("/kelola/tempat")),
    "GET /kelola/tempat/tambah": Expected(KEEPERS, at("/kelola/tempat/tambah")),
    "POST /kelola/tempat/tambah": Expected(KEPT, at("/kelola/tempat/tambah")),
    "GET /kelola/tempat/{code}": Expected(KEEPERS, at("/kelola/tempat/36.71")),
    "GET /kelola/tempat/{code}/ubah": Expected(KEEPERS, at("/kelola/tempat/36.71/ubah")),
    "POST /kelola/tempat/{code}/ubah": Expected(KEPT, at("/kelola/tempat/36.71/ubah")),
    "POST /kelola/tempat/{code}/geometri": Expected(KEPT, at("/kelola/tempat/36.71/geometri")),
    "GET /kelola/lembar/{what}/unduh": Expected(KEEPERS, at("/kelola/lembar/tempat/unduh")),
    "GET /kelola/lembar/{what}": Expected(KEEPERS, at("/kelola/lembar/tempat")),
    "POST /kelola/lembar/{what}": Expected(KEPT, at("/kelola/lembar/tempat")),
    "POST /kelola/lembar/{what}/simpan": Expected(KEPT, at("/kelola/lembar/tempat/simpan")),
    "GET /kelola/jadwal": Expected(KEEPERS, at("/kelola/jadwal")),
    "GET /kelola/jadwal/{code}/sekarang": Expected(KEEPERS, at("/kelola/jadwal/cuti-asn/sekarang")),
    "POST /kelola/jadwal/{code}/sekarang": Expected(KEPT, at("/kelola/jadwal/cuti-asn/sekarang")),
    "GET /kelola/hari-libur": Expected(KEEPERS, at("/kelola/hari-libur")),
    "GET /kelola/hari-libur/hitung-ulang/{order}": Expected(KEEPERS, at("/kelola/hari-libur/hitung-ulang/x")),
    "GET /kelola/hari-libur/tambah": Expected(KEEPERS, at("/kelola/hari-libur/tambah")),
    "POST /kelola/hari-libur/tambah": Expected(KEPT, at("/kelola/hari-libur/tambah")),
    "GET /kelola/hari-libur/{day}/ubah": Expected(KEEPERS, at("/kelola/hari-libur/2026-12-25/ubah")),
    "POST /kelola/hari-libur/{day}/ubah": Expected(KEPT, at("/kelola/hari-libur/2026-12-25/ubah")),
    "GET /kelola/hari-libur/{day}/hapus": Expected(KEEPERS, at("/kelola/hari-libur/2026-12-25/hapus")),
    "POST /kelola/hari-libur/{day}/hapus": Expected(KEPT, at("/kelola/hari-libur/2026-12-25/hapus")),
    "GET /kelola/hari-libur/usulan": Expected(KEEPERS, at("/kelola/hari-libur/usulan")),
    "POST /kelola/hari-libur/usulan": Expected(KEPT, at("/kelola/hari-libur/usulan")),
    "GET /proses/{code}/sop.pdf": Expected((ASKS, 503, 503, 503), at("/proses/surat-keluar-tte/sop.pdf")),
    "GET /proses": Expected(SIGNED, at("/proses")), "GET /proses/{code}": Expected(SIGNED, at("/proses/surat-keluar-tte")),
}  # fmt: skip


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        made.app.state.context = replace(made.context, processes=catalogue(KOTA))
        made.signed("naskah", "K7MR2XQ9TB")
        made.incoming("masuk")
        made.owner.execute(
            "INSERT INTO acting (id, position, person, kind, starts, ends, order_number) VALUES ('mandat-matriks', 'kepala-bkpsdm', %s, 'plh', %s, %s, '800/1')",
            (made.person("sekretaris-bkpsdm"), MONDAY, MONDAY + timedelta(days=2)),
        )
        yield made


@pytest.fixture(scope="module", params=["biasa", "rahasia"])
def place(request: pytest.FixtureRequest, kantor: Office) -> Place:
    """A plain case, then a secret one."""
    case, content = f"matriks-{request.param}", SCAN + request.param.encode()
    subject = f"Rencana pembinaan {'terbuka' if request.param == 'biasa' else 'tertutup'}"
    drafted(kantor, case, request.param, subject, content, f"{subject}.pdf")
    drawn = letter(kantor, case, SCAN + b"naskah" + request.param.encode())
    reader, actor, now = kantor.person(READER), kantor.person(ACTOR), kantor.clock.now
    sha = hashlib.sha256(content).hexdigest()

    async def put(engine: AsyncEngine) -> tuple[str, str]:
        async with transaction(engine) as connection:
            upload = await uploads.put(connection, reader, sha, "pindaian.pdf", "pdf", len(content), 1, now)
            draft = await drafts.start(connection, actor, f"proses:{case}", {}, now)
            return upload.id, draft.id

    upload, draft = kantor.run(put)
    row = kantor.owner.execute(
        "INSERT INTO notice (person, event, kind, case_id, at) VALUES (%s, %s, 'diingatkan', %s, %s) RETURNING id",
        (reader, f"{case}/1", case, MONDAY),
    ).fetchone()
    assert row is not None
    picture = pictures(kantor.context, reader, [sha])[0].address
    return Place(kantor, case, subject, kantor.number(case), kantor.task(case), sha, drawn, picture, upload, draft, int(str(row[0])))


def answer(place: Place, route: str, seat: str) -> Any:
    expected, kantor = TABLE[route], place.office
    method = route.partition(" ")[0]
    address, data = expected.address(place), expected.data(place)
    answered = kantor.get(address, seat) if method == "GET" else kantor.post(address, seat, data=data)
    if route == "POST /keluar":
        kantor.tokens.pop(seat, None)
    return answered


def test_every_route_has_its_line(kantor: Office) -> None:
    assert sorted(policies(kantor.app)) == sorted(TABLE)


@pytest.mark.parametrize("route", TABLE)
def test_a_route_answers_each_viewer_as_expected(place: Place, route: str) -> None:
    place.office.owner.execute("DELETE FROM sign_in_try")
    answered = [answer(place, route, seat) for seat in SEATS]
    assert tuple(one.status_code for one in answered) == TABLE[route].statuses
    if TABLE[route].statuses[0] == ASKS and route.startswith("GET"):
        assert answered[0].headers["location"].startswith("/masuk?lanjut=")


def test_to_an_outsider_nothing_of_a_case_exists(place: Place) -> None:
    about = [route for route in TABLE if "/perkara/{" in route or "/tugas/{" in route or "/gambar/{" in route]
    assert len(about) >= 9
    for route in about:
        assert TABLE[route].statuses[1] == 404, route
        hidden = answer(place, route, OUTSIDER)
        assert hidden.status_code == 404
        assert "pembinaan" not in hidden.text


def test_whoever_may_only_read_is_told_that_the_task_is_not_his(place: Place) -> None:
    refused = place.office.post(f"/tugas/{place.task}", READER, data={"outcome": "paraf", "request_id": "01K"})
    assert WrongCapacity.default in refused.text
    assert MandateEnded.default not in refused.text


def test_whose_term_ended_while_the_task_waited_is_told_so(place: Place) -> None:
    kantor = place.office
    row = kantor.owner.execute("SELECT positions[1], opened_at FROM task WHERE id = %s", (place.task,)).fetchone()
    assert row is not None
    position, opened = row
    assert isinstance(opened, datetime)
    kantor.owner.execute(
        "INSERT INTO acting (id, position, person, kind, starts, ends, order_number) VALUES (%s, %s, %s, 'plh', %s, %s, '800/1')",
        (f"plh-{place.case}", position, kantor.person(READER), opened - timedelta(days=1), opened + timedelta(minutes=1)),
    )
    before = kantor.clock.now
    kantor.clock.later(minutes=1)
    refused = kantor.post(f"/tugas/{place.task}", READER, data={"outcome": "paraf", "request_id": "01K"})
    kantor.owner.execute("DELETE FROM acting WHERE id = %s", (f"plh-{place.case}",))
    kantor.clock.now = before
    assert refused.status_code == 403
    assert MandateEnded.default in refused.text


def test_what_is_missing_and_what_is_hidden_look_alike(place: Place) -> None:
    hidden = place.office.get(f"/perkara/{place.number}", OUTSIDER).text
    missing = place.office.get("/perkara/999999", OUTSIDER).text

    def bare(page: str) -> str:
        return re.sub(r"<code>[0-9A-Z]{10}</code>", "", page.replace(str(place.number), "N").replace("999999", "N"))

    assert bare(hidden) == bare(missing)


LISTS = ("/tugas", "/perkara", "/cari?cari=Rencana", "/cari", "/agenda", "/pemberitahuan", "/tanda-tangan", "/mulai", "/proses")


@pytest.mark.parametrize("seat", [OUTSIDER, "kepala-diskominfo", "auditor-1", "persuratan-diskominfo", "sekda"])
def test_a_subject_reaches_those_who_may_read_it_and_a_secret_one_nobody_else(place: Place, seat: str) -> None:
    pages = [*LISTS, f"/cari?cari={place.number}"]
    shown = {path for path in pages if place.subject in place.office.get(path, seat).text}
    supervises = seat in ("kepala-diskominfo", "auditor-1") and place.case.endswith("biasa")
    assert shown == ({"/cari?cari=Rencana", "/cari", f"/cari?cari={place.number}"} if supervises else set())
    assert (place.office.get(f"/perkara/{place.number}", seat).status_code == 200) is supervises


def test_its_readers_see_it_where_they_look(place: Place) -> None:
    assert place.subject in place.office.get("/cari?cari=Rencana", READER).text or place.case.endswith("rahasia")
    assert place.subject in place.office.get("/perkara", READER).text
    assert place.subject in place.office.get("/tugas", ACTOR).text
    assert place.subject in place.office.get(f"/perkara/{place.number}", ACTOR).text
