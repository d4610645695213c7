"""The administration in a browser: every page on a phone and a laptop, light and dark; a file taken in without scripts; by keyboard and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from playwright.sync_api import expect

from db.connect import connect
from tests.journeys.conftest import LOOKS, SIZES, Open, kept, overflow, serve, small_targets
from tests.web.office import Office, office
from web.app import create_app
from web.directory import Tables
from web.routes import ROUTERS

OPERATOR, OUTSIDER = "operator-alur", "konseptor-dinkes"
PAGES = (
    "/kelola", "/kelola/buku", "/kelola/buku/cuti-tahunan?periode=2026", "{akun}", "/kelola/buku/cuti-tahunan/catat", "/kelola/buku/cuti-tahunan/tahun",
    "/kelola/registri", "/kelola/registri/surat-penelitian?waktu=semua", "/kelola/registri/surat-penelitian/tambah", "{baris}",
    "/kelola/pemesanan", "/kelola/pemesanan/tambah", "/kelola/tempat", "/kelola/tempat/36.71.01", "/kelola/lembar/saldo.cuti-tahunan",
    "/kelola/hari-libur?tahun=2026", "/kelola/jadwal", "/kelola/hari-libur/tambah", "/kelola/hari-libur/usulan?tahun=2028",
)  # fmt: skip


@dataclass
class Site:
    address: str
    office: Office
    account: str
    line: str

    def state(self, seat: str) -> Any:
        self.office.cookie(seat)
        return kept(self.office.tokens[seat])


@pytest.fixture(scope="module")
def site(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        account = f"/kelola/buku/cuti-tahunan/akun?subjek={made.person('sekda')}&periode=2026"
        line = made.owner.execute("SELECT id FROM registry WHERE kind = 'surat-penelitian' ORDER BY id LIMIT 1").fetchone()
        assert line is not None
        for seat in (OPERATOR, OUTSIDER):
            made.cookie(seat)
        pages = connect(made.url, pages=True)
        plain = replace(made.context, pages=pages, desk=connect(made.url), directory=Tables(pages), secure=False)
        with serve(create_app(plain, ROUTERS)) as address:
            yield Site(address, made, account, f"/kelola/registri/surat-penelitian/{line[0]}")


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_every_page_is_accessible_and_fits(site: Site, open_page: Open, axe: Any, size: str, dark: bool) -> None:
    page = open_page(width=SIZES[size], dark=dark, state=site.state(OPERATOR))
    faults = {}
    for path in PAGES:
        answered = page.goto(site.address + path.format(akun=site.account, baris=site.line))
        assert answered is not None
        faults[path] = (answered.status, axe(page), overflow(page), small_targets(page))
    assert {path: found for path, found in faults.items() if found != (200, [], 0, [])} == {}


def test_a_file_is_taken_in_without_scripts_and_its_faults_are_named(site: Site, open_page: Open) -> None:
    page = open_page(width=360, js=False, state=site.state(OPERATOR))
    page.goto(f"{site.address}/kelola/lembar/tempat")

    def choose(content: str) -> None:
        page.get_by_label("Berkas CSV").set_input_files({"name": "tempat.csv", "mimeType": "text/csv", "buffer": content.encode()})
        page.get_by_role("button", name="Lihat perubahannya").click()

    choose("kode;jenis;nama;induk\nzona-j;zona;;36.71\n")
    expect(page.get_by_role("heading", name="1 bagian berkas perlu diperbaiki")).to_be_visible()
    assert overflow(page) == 0
    choose("kode;jenis;nama;induk\nzona-j;zona;Zona J;36.71\n")
    expect(page.get_by_role("heading", name="1 baris akan berubah")).to_be_visible()
    assert overflow(page) == 0
    page.get_by_label("Alasan perubahan").fill("RDTR")
    page.get_by_role("button", name="Simpan perubahan ini").click()
    expect(page.get_by_role("status")).to_contain_text("Berkas sudah disimpan")
    page.goto(f"{site.address}/kelola/tempat/zona-j")
    expect(page.get_by_role("heading", name="Zona J")).to_be_visible()


def test_a_correction_by_keyboard_alone(site: Site, open_page: Open) -> None:
    page = open_page(state=site.state(OPERATOR))
    page.goto(site.address + site.account)
    page.get_by_role("link", name="Koreksi saldo").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/catat"))
    page.get_by_label("Jumlah").focus()
    for text in ("-1", "Kartu cuti", "Salah catat"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Tercatat pada buku")
    expect(page.get_by_text("Salah catat").first).to_be_visible()


def test_on_paper_the_controls_are_gone(site: Site, open_page: Open) -> None:
    page = open_page(state=site.state(OPERATOR))
    page.goto(f"{site.address}/kelola/hari-libur?tahun=2026")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Tambah hari libur")).to_be_hidden()
    expect(page.get_by_text("Hari Raya Natal").first).to_be_visible()
    assert len(page.pdf(format="A4")) > 5000


def test_whoever_keeps_no_book_does_not_see_the_way(site: Site, open_page: Open) -> None:
    page = open_page(state=site.state(OUTSIDER))
    page.goto(f"{site.address}/tugas")
    expect(page.get_by_role("navigation", name="Menu utama").get_by_role("link", name="Kelola")).to_have_count(0)
    answered = page.goto(f"{site.address}/kelola/buku")
    assert answered is not None
    assert answered.status == 403
