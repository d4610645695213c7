"""What changes something says so: each route that is posted to is listed with what it writes, each write to the city's tables stands beside its trail."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest

from tests.guards.test_routes import of_the_product

Writes = Literal["case", "office", "own", "link", "session", "paper", "reading", "nothing"]
CASE: Writes = "case"
"""One event of the case's trail, through its workflow and ``record``."""
OFFICE: Writes = "office"
"""One link of the office trail for each row changed, in the same transaction."""
POSTED: dict[str, Writes] = {
    "POST /tugas/{task_id}": CASE, "POST /tugas/{task_id}/menyingkir": CASE, "POST /tanda-tangan": CASE, "POST /jawab": CASE,
    "POST /perkara/{no}/alihkan": CASE, "POST /perkara/{no}/identitas": "reading", "POST /perkara/{no}/ingatkan": CASE, "POST /perkara/{no}/tarik": CASE, "POST /perkara/{no}/tautan-naskah": "link", "POST /perkara/{no}/tarik-disposisi": CASE, "POST /proses/{code}/mulai": CASE,
    "POST /proses/{code}/pemohon": CASE,
    "POST /kelola/buku/{code}/catat": OFFICE, "POST /kelola/buku/{code}/tahun": OFFICE, "POST /kelola/hari-libur/tambah": OFFICE,
    "POST /kelola/hari-libur/usulan": OFFICE, "POST /kelola/hari-libur/{day}/hapus": OFFICE, "POST /kelola/hari-libur/{day}/ubah": OFFICE,
    "POST /kelola/lembar/{what}/simpan": OFFICE, "POST /kelola/pemesanan/lepas": OFFICE, "POST /kelola/pemesanan/tambah": OFFICE,
    "POST /kelola/jadwal/{code}/sekarang": OFFICE, "POST /kelola/registri/{kind}/tambah": OFFICE, "POST /kelola/registri/{kind}/{number}/perbaiki": OFFICE,
    "POST /kelola/registri/{kind}/{number}/tutup": OFFICE, "POST /kelola/tempat/tambah": OFFICE, "POST /kelola/tempat/{code}/geometri": OFFICE,
    "POST /kelola/tempat/{code}/ubah": OFFICE, "POST /mandat/atas-nama": OFFICE, "POST /mandat/atas-nama/{mandate_id}/akhiri": OFFICE,
    "POST /mandat/baru": OFFICE, "POST /mandat/usul/{draft_id}/{answer}": OFFICE, "POST /mandat/{mandate_id}/akhiri": OFFICE,
    "POST /mandat/{mandate_id}/batalkan": OFFICE, "POST /mandat/{mandate_id}/perpanjang": OFFICE,
    "POST /mandat/{mandate_id}/serah-terima": "paper", "POST /jabatan/{code}/serah-terima": "paper",
    "POST /isian/{draft_id}/draf": "own", "POST /isian/{draft_id}/tabel/{name}": "own", "POST /isian/{draft_id}/tabel/{name}/muat": "own",
    "POST /isian/{draft_id}/tabel/{name}/muat/simpan": "own", "POST /unggah": "own", "POST /saya": "own", "POST /saya/sandi": "own",
    "POST /pemberitahuan/baca": "own", "POST /pemberitahuan/{notice}/baca": "own", "POST /tugas/{task_id}/tautan": "link",
    "POST /masuk": "session", "POST /sandi-ulang": "session", "POST /keluar": "session", "POST /kapasitas": "session", "POST /saya/perangkat/{ref}/keluar": "session",
    "POST /bahasa": "nothing", "POST /kelola/lembar/{what}": "own", "POST /v": "nothing", "POST /v/{code}": "nothing", "POST /V/{code}": "nothing",
}  # fmt: skip
"""``own``: the viewer's draft, upload, settings, notices; ``link``: a link to answer or to read letters: its row tells who made it, when it was used, who took it back; ``paper``: a sealed list, kept whole;
``reading``: a line of the reading log, which nobody can change."""

OFFICE_ROOM = Path(__file__).parents[2] / "db" / "office"
WRITING = re.compile(r"\b(INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b|(?<![\w.])(insert|update|delete)\(\w+\)")
BESIDE = re.compile(r"\b(note_change|add_row|change_row|remove_row)\b")
WITHOUT = {
    "papers.py": "sealed lists: what they say, who asked and when stays in their own row, which is never changed after the seal",
    "processes.py": "texts of processes by their SHA-256: nothing that is there is changed",
    "rescheduling.py": "how far a recount is; what moved is an event of each case, what caused it a link of the office trail",
    "telling.py": "messages about what mandates.py writes down beside its trail",
    "load_books.py": "called by load_city alone, which writes one link for each table it adds to",
}
"""Writes to tables without ``note_change`` in the same module, and why that is right."""


def test_every_posted_route_says_what_it_writes() -> None:
    assert sorted(name for name in of_the_product() if not name.startswith("GET ")) == sorted(POSTED)


def written() -> dict[str, str]:
    texts = {path.name: path.read_text() for path in sorted(OFFICE_ROOM.glob("*.py"))}
    return {name: text for name, text in texts.items() if WRITING.search(text)}


@pytest.mark.parametrize("name", sorted(written()))
def test_a_table_of_the_city_changes_beside_its_trail(name: str) -> None:
    assert bool(BESIDE.search(written()[name])) is (name not in WITHOUT), name


def test_every_exception_is_still_needed() -> None:
    assert WITHOUT.keys() <= written().keys()
    assert len(written()) > len(WITHOUT)


@pytest.mark.parametrize("bad", ["await connection.execute(text('UPDATE holiday SET name = :n'))", "await connection.execute(insert(holiday))"])
def test_the_guard_bites(bad: str) -> None:
    assert WRITING.search(bad)
    assert not BESIDE.search(bad)


def test_no_page_writes_to_a_table_of_its_own() -> None:
    """A route reaches tables through db.desk (own things) and db.office (the city's), cases through their workflow; never by SQL of its own."""
    web = OFFICE_ROOM.parents[1] / "web"
    own = {path.name for path in web.rglob("*.py") if re.search(r"\b(INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b", path.read_text())}
    assert own == set()
