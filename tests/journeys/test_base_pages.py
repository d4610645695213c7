"""The base as people meet it: sign-in, own page, a long form, refusals; on a phone and a laptop, light and dark, with and without scripts."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import LOOKS, SIZES, Open, overflow, serve, small_targets
from tests.web.cast import BUDI, SARI, SECRET, Clock, Staff, app_for, context_for, enrol

FORM = "/contoh/formulir"
PAGES = ("/masuk", FORM, "/saya", "/bantuan", "/pintasan", "/aksesibilitas", "/tidak-ada", "/contoh/mati")


@pytest.fixture(scope="module")
def site(app_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    clock = Clock()

    async def prepare() -> None:
        context = context_for(app_url, tmp_path_factory.mktemp("berkas"), clock, Staff(), secure=False)
        await enrol(context, BUDI, SARI)
        await context.desk.dispose()

    asyncio.run(prepare())
    with serve(app_for(context_for(app_url, tmp_path_factory.mktemp("berkas"), clock, Staff(), secure=False))) as address:
        yield address


def enter(page: Page, site: str, person: Any = SARI, path: str = FORM) -> None:
    page.goto(site + path)
    page.get_by_label("NIP", exact=True).fill(person.nip)
    page.get_by_label("Kata sandi", exact=True).fill(SECRET)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(site + path)


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_every_page_is_accessible_and_fits(site: str, open_page: Open, axe: Any, size: str, dark: bool) -> None:
    page = open_page(width=SIZES[size], dark=dark)
    faults = {}
    page.goto(site + "/masuk")
    faults["/masuk"] = (axe(page), overflow(page), small_targets(page))
    enter(page, site)
    for path in (*PAGES[1:], "kesalahan"):
        if path == "kesalahan":
            page.goto(site + FORM)
            page.get_by_role("button", name="Lanjutkan").click()
            expect(page.get_by_role("alert")).to_be_visible()
        else:
            page.goto(site + path)
        faults[path] = (axe(page), overflow(page), small_targets(page))
    assert {path: fault for path, fault in faults.items() if fault != ([], 0, [])} == {}


def test_at_320_pixels_and_with_wide_spacing_nothing_is_lost(site: str, open_page: Open) -> None:
    page = open_page(width=320)
    enter(page, site)
    spacing = (
        "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"
    )
    for path in (FORM, "/saya", "/tidak-ada"):
        page.goto(site + path)
        assert overflow(page) == 0, path
        page.evaluate("css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }", spacing)
        assert overflow(page) == 0, f"{path} with text spacing"


def test_a_wrong_password_is_told_and_focus_lands_on_the_message(site: str, open_page: Open) -> None:
    page = open_page()
    page.goto(site + "/masuk")
    page.get_by_label("NIP", exact=True).fill(BUDI.nip)
    page.get_by_label("Kata sandi", exact=True).fill("salah")
    page.get_by_label("Kata sandi", exact=True).press("Enter")
    expect(page.get_by_role("alert")).to_have_text("NIP atau kata sandi salah.")
    assert page.title().startswith("Kesalahan: ")
    assert page.evaluate("document.activeElement.hasAttribute('data-fokus')")
    expect(page.get_by_label("NIP", exact=True)).to_have_value(BUDI.nip)
    page.get_by_text("Tampilkan kata sandi").click()
    assert page.locator("#sandi").get_attribute("type") == "text"


def test_the_links_of_the_summary_land_on_their_controls(site: str, open_page: Open) -> None:
    page = open_page()
    enter(page, site)
    page.get_by_role("button", name="Lanjutkan").click()
    links = page.locator(".salah-ringkas a")
    assert links.count() >= 4
    for number in range(links.count()):
        target = (links.nth(number).get_attribute("href") or "")[1:]
        links.nth(number).click()
        assert page.evaluate("id => document.getElementById(id).contains(document.activeElement)", target), target


def test_a_field_appears_only_when_another_answer_calls_for_it(site: str, open_page: Open) -> None:
    page = open_page()
    enter(page, site)
    reason = page.get_by_label("Alasan kerahasiaan")
    expect(reason).to_be_hidden()
    page.get_by_label("Rahasia", exact=True).check()
    expect(reason).to_be_visible()
    page.get_by_label("Biasa", exact=True).check()
    expect(reason).to_be_hidden()
    expect(page.get_by_label("Umur pakai")).to_be_hidden()
    page.get_by_role("group", name="Barang 1").get_by_label("Modal").check()
    expect(page.get_by_label("Umur pakai")).to_be_visible()


def scan() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_file_goes_up_at_once_and_a_bad_one_is_told(site: str, open_page: Open) -> None:
    page = open_page(width=360)
    enter(page, site)
    chooser = page.locator("#pindaian-pilih")
    chooser.set_input_files({"name": "palsu.pdf", "mimeType": "application/pdf", "buffer": b"MZ palsu"})
    expect(page.get_by_role("status")).to_contain_text("bukan PDF")
    chooser.set_input_files({"name": "surat.pdf", "mimeType": "application/pdf", "buffer": scan()})
    expect(page.get_by_role("status")).to_contain_text("surat.pdf terunggah.")
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.get_by_role("link", name="surat.pdf")).to_be_visible()
    page.get_by_role("button", name="Hapus surat.pdf").click()
    expect(page.get_by_role("link", name="surat.pdf")).to_have_count(0)


@pytest.mark.parametrize("js", [True, False], ids=["skrip", "tanpa-skrip"])
def test_the_whole_form_works_with_and_without_scripts(site: str, open_page: Open, js: bool, tmp_path: Path) -> None:
    page = open_page(js=js, width=360)
    enter(page, site)
    page.get_by_label("Hal", exact=True).fill("Permintaan <kursi>")
    page.get_by_label("Biasa", exact=True).check()
    page.get_by_label("Tanggal surat").fill("23 November 2026")
    page.get_by_label("Anggaran").fill("Rp 15.250.000,50")
    page.get_by_label("Isi surat").fill("Dengan **hormat**,\n\n- satu\n- dua")
    page.get_by_role("button", name="Tambah Barang").click()
    for number, name in ((0, "Kursi"), (1, "Meja")):
        page.locator(f"#barang-{number}-nama").fill(name)
        page.locator(f"#barang-{number}-jumlah").fill("2")
        page.locator(f"input[name='barang.{number}.jenis'][value='habis-pakai']").check()
    page.get_by_role("button", name="Hapus Barang 1").click()
    expect(page.locator("#barang-0-nama")).to_have_value("Meja")
    (tmp_path / "surat.pdf").write_bytes(scan())
    page.get_by_label("Hal", exact=True).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Unggah Pindaian surat.")
    expect(page.locator("#barang-0-nama")).to_have_value("Meja")
    page.locator("#pindaian-pilih").set_input_files(tmp_path / "surat.pdf")
    if js:
        expect(page.get_by_role("status")).to_contain_text("terunggah")
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.get_by_role("heading", name="Periksa jawaban Anda")).to_be_visible()
    text = page.locator("main").inner_text()
    for shown in ("Permintaan <kursi>", "23 November 2026", "15.250.000,50", "Meja", "surat.pdf"):
        assert shown in text
    assert page.locator(".naskah strong").inner_text() == "hormat"


def test_the_help_is_in_one_place_and_the_skip_link_works(site: str, open_page: Open) -> None:
    page = open_page()
    enter(page, site)
    places = set()
    for path in PAGES[1:]:
        page.goto(site + path)
        box = page.locator(".akun a[href='/bantuan']").bounding_box()
        assert box
        places.add((round(box["x"]), round(box["y"])))
        assert page.locator("h1").count() == 1
    assert len(places) == 1
    page.goto(site + FORM)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#halaman-isi")).to_be_focused()


def test_keys_help_and_can_be_switched_off(site: str, open_page: Open) -> None:
    page = open_page()
    enter(page, site)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("Hal", exact=True).press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.goto(site + "/saya")
    page.get_by_label("Pakai pintasan satu huruf").uncheck()
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url("**/saya?tersimpan=pilihan")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_label("Pakai pintasan satu huruf").check()
    page.get_by_role("button", name="Simpan").click()


def test_a_page_prints_with_who_and_when(site: str, open_page: Open) -> None:
    page = open_page()
    enter(page, site, path="/saya")
    page.emulate_media(media="print")
    expect(page.locator(".utama")).to_be_hidden()
    expect(page.locator(".cetak")).to_contain_text(f"Dicetak 23 November 2026 14.05 WIB · {SARI.name}")
    assert page.pdf(format="A4").startswith(b"%PDF-")
