"""Cases, trails and processes in a browser: phone and laptop, light and dark, without scripts, by keyboard, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from db.connect import connect
from tests.journeys.conftest import LOOKS, SIZES, Open, kept, overflow, scrolled, serve, small_targets
from tests.web.office import office
from tests.web.played import SCAN, PlayedCases, disposed, drafted, goes_on, letter
from web.app import create_app
from web.directory import Tables
from web.routes import ROUTERS
from workflows.catalogue import catalogue

DRAFTER, TEAM, HEAD = "konseptor-diskominfo", "ketua-tim-diskominfo", "kepala-diskominfo"
CITY = Path(__file__).parents[2] / "kota_contoh"


@dataclass
class Site:
    address: str
    tokens: dict[str, str]
    numbers: dict[str, int]

    def state(self, seat: str) -> Any:
        """What the browser of the holder of this seat has kept."""
        return kept(self.tokens[seat])

    def case(self, name: str, tail: str = "") -> str:
        return f"{self.address}/perkara/{self.numbers[name]}{tail}"

    def pages(self) -> list[str]:
        """Every page of these families that the drafter may open."""
        cases = [self.case(name) for name in ("panjang", "disposisi", "rahasia", "kembali")]
        cases += [self.case(name, "/riwayat") for name in ("disposisi", "rahasia", "rusak")]
        lists = [
            f"{self.address}{path}" for path in ("/perkara", "/perkara?setelah=1.1", "/proses", "/proses?cari=xyzzy", "/proses/surat-keluar-tte")
        ]
        return [*cases, *lists, f"{self.address}/proses/surat-masuk-disposisi", self.case("panjang", "/riwayat?jenis=putusan&urut=terlama")]


@pytest.fixture(scope="module")
def site(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        subject = "Permohonan data statistik sektoral untuk penyusunan profil kota dan rencana pembangunan jangka menengah daerah"
        drafted(made, "panjang", subject=subject, attach=SCAN, name="Pindaian_surat_permohonan_data_statistik_sektoral_2026.pdf")
        letter(made, "panjang")
        disposed(made, "disposisi")
        drafted(made, "rahasia", "rahasia", "Dugaan pelanggaran")
        goes_on(made, drafted(made, "kembali"), (TEAM, "paraf", "kembalikan", "Perbaiki alinea kedua."))
        withdrawn = drafted(made, "cabut")
        drafted(made, "rusak")
        made.owner.execute("ALTER TABLE trail DISABLE TRIGGER ALL")
        made.owner.execute("UPDATE trail SET title = 'Wali Kota' WHERE case_id = 'rusak' AND seq = 3")
        made.owner.execute("ALTER TABLE trail ENABLE TRIGGER ALL")
        numbers = {name: made.number(name) for name in ("panjang", "disposisi", "rahasia", "kembali", "cabut", "rusak")}
        for seat in (DRAFTER, TEAM, HEAD):
            made.cookie(seat)
        pages = connect(made.url, pages=True)
        desk = connect(made.url)
        behind = PlayedCases(replace_desk(made, desk), {"cabut": withdrawn})
        context = replace(made.context, pages=pages, desk=desk, directory=Tables(pages), secure=False, processes=catalogue(CITY), cases=behind)
        with serve(create_app(context, ROUTERS)) as address:
            yield Site(address, made.tokens, numbers)


def replace_desk(made: Any, desk: Any) -> Any:
    """The office with the engine of the served pages: an engine lives in one loop."""
    return replace(made, context=replace(made.context, desk=desk))


def look(page: Page, axe: Any) -> Any:
    return axe(page), overflow(page), small_targets(page)


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_every_page_is_accessible_and_fits(site: Site, open_page: Open, axe: Any, size: str, dark: bool) -> None:
    page = open_page(width=SIZES[size], dark=dark, state=site.state(DRAFTER))
    faults = {}
    for path in site.pages():
        answer = page.goto(path)
        assert answer
        assert answer.status == 200, path
        for fold in page.locator("main summary").all():
            fold.click()
        faults[path] = look(page, axe)
    assert {path: fault for path, fault in faults.items() if fault != ([], 0, [])} == {}


def test_at_320_pixels_and_with_wide_spacing_nothing_is_lost(site: Site, open_page: Open) -> None:
    page = open_page(width=320, state=site.state(DRAFTER))
    spacing = (
        "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"
    )
    for path in site.pages():
        page.goto(path)
        assert overflow(page) == 0, path
        page.evaluate("css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }", spacing)
        assert overflow(page) == 0, f"{path} with text spacing"


def test_the_picture_is_reached_and_moved_by_keyboard(site: Site, open_page: Open) -> None:
    page = open_page(width=360, state=site.state(DRAFTER))
    page.goto(site.case("panjang"))
    region = page.get_by_role("group", name="Bagan alur; geser ke samping untuk melihat seluruhnya")
    for _ in range(40):
        page.keyboard.press("Tab")
        if region.evaluate("one => one === document.activeElement"):
            break
    expect(region).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    scrolled(region)
    picture = page.get_by_role("img", name="Bagan alur Surat uji")
    expect(picture).to_be_visible()
    boxes = picture.locator(".kini rect").bounding_box()
    assert boxes
    assert picture.locator(".kini rect").evaluate("one => getComputedStyle(one).strokeWidth") == "3px"


@pytest.mark.parametrize("js", [True, False], ids=["skrip", "tanpa-skrip"])
def test_lists_search_and_files_work_with_and_without_scripts(site: Site, open_page: Open, js: bool) -> None:
    page = open_page(js=js, state=site.state(DRAFTER))
    page.goto(f"{site.address}/proses")
    page.get_by_role("searchbox", name="Cari proses").fill("surat keluar")
    if js:
        expect(page.get_by_text("1 proses cocok dengan “surat keluar”")).to_be_visible()
        page.wait_for_url("**/proses?cari=surat+keluar")
    else:
        page.get_by_role("button", name="Cari").click()
    expect(page.get_by_role("link", name="Surat keluar dengan paraf berjenjang")).to_be_visible()
    expect(page.get_by_role("link", name="Penerimaan surat masuk")).to_have_count(0)
    page.goto(site.case("panjang"))
    with page.expect_download() as got:
        page.get_by_role("link", name="Unduh PDF").click()
    assert got.value.suggested_filename == "500-12-7-DISKOMINFO-XI-2026.pdf"
    assert Path(got.value.path()).read_bytes() == SCAN
    page.get_by_role("link", name="Riwayat perkara").click()
    page.get_by_label("Jenis", exact=True).select_option(label="Keputusan orang")
    page.get_by_role("button", name="Tampilkan").click()
    page.wait_for_url("**/riwayat?jenis=putusan&urut=")
    assert page.locator(".garis-waktu > .mesin").count() == 0
    assert page.locator(".garis-waktu > .orang").count() == 1


def test_a_case_is_taken_back_and_an_empty_reason_is_told_beside_its_field(site: Site, open_page: Open, axe: Any) -> None:
    page = open_page(width=360, state=site.state(DRAFTER))
    page.goto(site.case("cabut"))
    page.get_by_text("Cabut karena tidak jadi atau keliru").click()
    page.get_by_label("Alasan").fill("   ")
    page.get_by_role("button", name="Cabut perkara").click()
    expect(page.get_by_role("alert")).to_contain_text("Isi alasan.")
    assert page.title().startswith("Kesalahan: ")
    assert page.evaluate("document.activeElement.hasAttribute('data-fokus')")
    assert look(page, axe) == ([], 0, [])
    page.locator(".salah-ringkas a").click()
    expect(page.get_by_label("Alasan")).to_be_focused()
    page.get_by_label("Alasan").fill("Salah alamat")
    page.get_by_role("button", name="Cabut perkara").click()
    expect(page.get_by_role("status").first).to_contain_text("Perkara ini sudah dicabut.")
    expect(page.locator(".identitas")).to_contain_text("Dicabut pada")
    expect(page.get_by_text("Cabut karena tidak jadi")).to_have_count(0)


def test_a_break_of_the_chain_is_red_and_in_words(site: Site, open_page: Open) -> None:
    page = open_page(state=site.state(DRAFTER))
    page.goto(site.case("rusak", "/riwayat"))
    expect(page.get_by_role("alert")).to_contain_text("Rantai rusak pada peristiwa nomor 3.")
    expect(page.locator("#p-3")).to_contain_text("rantai rusak di sini")


def test_pages_print_whole_without_their_buttons(site: Site, open_page: Open) -> None:
    page = open_page(state=site.state(DRAFTER))
    for path in (site.case("panjang"), site.case("disposisi", "/riwayat")):
        page.goto(path)
        page.emulate_media(media="print")
        for hidden in (".utama", ".saring", "#j-cabut"):
            if page.locator(hidden).count():
                expect(page.locator(hidden).first).to_be_hidden()
        expect(page.locator(".cetak")).to_contain_text("Dicetak 23 November 2026")
        assert page.pdf(format="A4").startswith(b"%PDF-")
        page.emulate_media(media="screen")
    page.goto(site.case("panjang"))
    page.emulate_media(media="print")
    fits = page.locator(".alur-bagan").evaluate("one => one.getBoundingClientRect().width <= one.parentElement.getBoundingClientRect().width")
    assert fits


def test_in_english_the_words_of_these_pages_are_english(site: Site, open_page: Open) -> None:
    page = open_page(state=site.state(HEAD))
    page.goto(site.case("disposisi"))
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/perkara/*")
    expect(page.get_by_role("heading", name="Flow and where it stands")).to_be_visible()
    expect(page.locator(".identitas")).to_contain_text("Waiting for")
    page.get_by_role("link", name="History of the case").click()
    expect(page.locator(".rantai")).to_contain_text("Chain whole")
    page.get_by_role("button", name="Bahasa Indonesia").click()
    expect(page.locator(".rantai")).to_contain_text("Rantai utuh")
