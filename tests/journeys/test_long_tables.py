"""Sixty rows pasted on a phone without scripts: bad cells named, mended, sent; an outcome for all of them; every page of the way accessible in every look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from db.connect import connect
from tests.journeys.conftest import LOOKS, SIZES, Open, kept, overflow, serve, small_targets
from tests.web.long_form import CHECKER, DRAFTER, Answering, begun, pasted, row, sent
from tests.web.office import Office, office
from tests.web.test_uploads import photo
from web.app import create_app
from web.directory import Tables
from web.routes import ROUTERS


@dataclass
class Site:
    address: str
    office: Office

    def state(self, seat: str) -> Any:
        """What the browser of the holder of this seat has kept."""
        return kept(self.office.cookie(seat)["cookie"].partition("=")[2])

    def task(self, case: str) -> str:
        return f"{self.address}/tugas/{self.office.task(case)}"


@pytest.fixture(scope="module")
def site(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        for case in ("ponsel", "laptop", "tampilan", "foto-ponsel", "foto-laptop"):
            begun(made, case)
        sent(made, "dinilai", 60)
        pages, desk = connect(made.url, pages=True), connect(made.url)
        port = made.context.cases
        assert isinstance(port, Answering)
        port.office = replace(made, context=replace(made.context, desk=desk))
        for seat in (DRAFTER, CHECKER):
            made.cookie(seat)
        context = replace(made.context, pages=pages, desk=desk, directory=Tables(pages), secure=False)
        with serve(create_app(context, ROUTERS)) as address:
            yield Site(address, made)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def good(page: Page, axe: Any, *, js: bool) -> None:
    assert (axe(page) if js else [], overflow(page), small_targets(page)) == ([], 0, []), page.url


def begin(page: Page, site: Site, case: str) -> None:
    page.goto(f"{site.task(case)}?bagian=2")
    page.get_by_role("button", name=re.compile("Ubah, tempel, atau unggah barisnya")).first.click()
    page.get_by_role("link", name="Tempel atau unggah dari lembar kerja").click()


@pytest.mark.parametrize(("size", "js", "case"), [("ponsel", False, "ponsel"), ("laptop", True, "laptop")])
def test_sixty_rows_are_pasted_mended_and_sent(site: Site, open_page: Open, axe: Any, size: str, js: bool, case: str) -> None:
    page = open_page(width=SIZES[size], js=js, state=site.state(DRAFTER))
    begin(page, site, case)
    rows = [row(number, **({"jumlah": "dua"} if number == 7 else {"kondisi": "hancur"} if number == 58 else {})) for number in range(60)]
    page.get_by_label("Tempel baris di sini").fill(pasted(rows))
    press(page, "Lihat perubahannya")
    expect(page.get_by_text("2 bagian perlu diperbaiki")).to_be_visible()
    expect(page.get_by_text("Baris 9", exact=True)).to_be_visible()
    expect(page.get_by_text("“hancur” tidak ada di dalamnya")).to_be_visible()
    good(page, axe, js=js)
    press(page, "Simpan tabel dengan 60 baris")
    expect(page.locator("input[name=pilih]")).to_have_count(2)
    good(page, axe, js=js)
    page.get_by_label("Jumlah, baris 8").fill("2")
    page.get_by_label("Kondisi, baris 59").select_option("Rusak berat")
    press(page, "Simpan dan kembali ke formulir")
    page.goto(f"{site.task(case)}?bagian=2")
    expect(page.get_by_text("60 baris")).to_be_visible()
    expect(page.get_by_text("perlu diperbaiki")).to_have_count(0)
    good(page, axe, js=js)
    page.goto(f"{site.task(case)}?bagian=1")
    page.get_by_label("Hal", exact=True).fill(f"Usul dari {size}")
    press(page, "Simpan dan lanjut")
    page.goto(f"{site.task(case)}?bagian=3")
    page.get_by_role("radio", name=re.compile("^Kirim")).check()
    press(page, "Lanjutkan")
    expect(page.get_by_text("50 baris pertama dari 60.")).to_be_visible()
    good(page, axe, js=js)
    press(page, "Kirim")
    expect(page.get_by_text("Tercatat: Susun usul.")).to_be_visible()
    page.goto(site.address + "/perkara/" + str(site.office.number(case)))
    page.get_by_role("link", name=re.compile("Lihat seluruh 60 baris")).click()
    page.get_by_role("link", name="Berikutnya").click()
    expect(page.get_by_text("Halaman 2 dari 2.")).to_be_visible()
    expect(page.get_by_role("cell", name="Barang 59")).to_be_visible()
    good(page, axe, js=js)


def test_an_outcome_is_set_for_all_rows_and_changed_for_those_ticked(site: Site, open_page: Open, axe: Any) -> None:
    page = open_page(width=SIZES["ponsel"], js=False, state=site.state(CHECKER))
    page.goto(f"{site.task('dinilai')}?bagian=1")
    page.get_by_role("button", name=re.compile("Ubah, tempel, atau unggah barisnya")).first.click()
    page.get_by_label("Kolom", exact=True).select_option("Disetujui")
    page.get_by_label("Nilai", exact=True).fill("Ya")
    page.get_by_label("semua 60 baris").check()
    press(page, "Isi kolom ini")
    expect(page.get_by_label("Disetujui, baris 50")).to_have_value("ya")
    page.locator("input[name=pilih]").nth(1).check()
    page.get_by_label("Kolom", exact=True).select_option("Disetujui")
    page.get_by_label("Nilai", exact=True).fill("Tidak")
    page.get_by_label("baris yang dicentang di halaman ini").check()
    press(page, "Isi kolom ini")
    assert [page.get_by_label(f"Disetujui, baris {n}", exact=True).input_value() for n in (1, 2, 3)] == ["ya", "tidak", "ya"]
    good(page, axe, js=False)


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_every_page_of_a_table_is_accessible_and_fits(site: Site, open_page: Open, axe: Any, size: str, dark: bool) -> None:
    page = open_page(width=SIZES[size], dark=dark, state=site.state(DRAFTER))
    begin(page, site, "tampilan")
    good(page, axe, js=True)
    page.get_by_label("Tempel baris di sini").fill(pasted([row(number, jumlah="dua" if number < 3 else "2") for number in range(55)]))
    page.get_by_label("diganti; yang tidak ada di sini dihapus").check()
    press(page, "Lihat perubahannya")
    good(page, axe, js=True)
    press(page, "Simpan tabel dengan 55 baris")
    good(page, axe, js=True)
    page.goto(page.url.partition("?")[0])
    good(page, axe, js=True)
    press(page, "Isi kolom ini")
    expect(page.get_by_text("Pilih kolom yang hendak diisi.")).to_be_visible()
    good(page, axe, js=True)


@pytest.mark.parametrize(("size", "js"), [("ponsel", False), ("laptop", True)])
def test_a_photograph_of_a_row_is_sent_seen_and_taken_out(site: Site, open_page: Open, axe: Any, tmp_path: Path, size: str, js: bool) -> None:
    page = open_page(width=SIZES[size], js=js, state=site.state(DRAFTER))
    begin(page, site, f"foto-{size}")
    page.get_by_label("Tempel baris di sini").fill(pasted([row(number) for number in range(60)]))
    press(page, "Lihat perubahannya")
    press(page, "Simpan tabel dengan 60 baris")
    picture = tmp_path / "meja rapat.png"
    picture.write_bytes(photo("PNG", (40, 30)))
    page.get_by_label("Foto, baris 2", exact=True).set_input_files(picture)
    press(page, "Simpan baris")
    expect(page.get_by_role("link", name="meja rapat.png")).to_be_visible()
    good(page, axe, js=js)
    press(page, "Hapus meja rapat.png")
    expect(page.get_by_role("link", name="meja rapat.png")).to_have_count(0)
    expect(page.get_by_text("60 baris", exact=False).first).to_be_visible()
