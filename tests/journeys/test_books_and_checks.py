"""Agenda, public check, search, notices and mails in a browser: phone and laptop, light and dark, without scripts, by keyboard, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from activities.relay import FolderMailer
from db.connect import connect
from tests.journeys.conftest import LOOKS, SIZES, Open, kept, overflow, scrolled, serve, small_targets
from tests.web.office import MONDAY, office
from web.app import create_app
from web.directory import Tables
from web.routes import ROUTERS

CLERK, HEAD, INITIALLER = "persuratan-diskominfo", "kepala-diskominfo", "ketua-tim-diskominfo"
PAGES = (
    "/agenda", "/agenda?cari=xyzzy", "/agenda?dari=31-02-2026", "/agenda/cetak", "/cari", "/cari?cari=data", "/cari?cari=xyzzy", "/pemberitahuan", "/surel",
    "/v", "/v/K7MR2XQ9TB", "/v/RAHASAAAA2", "/v/CABATAAAA2", "/v/AAAAAAAAA2",
)  # fmt: skip


@dataclass
class Site:
    address: str
    tokens: dict[str, str]
    letter: bytes
    mail: str

    def state(self, seat: str) -> Any:
        """What the browser of the holder of this seat has kept."""
        return kept(self.tokens[seat])


@pytest.fixture(scope="module")
def site(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    mail = tmp_path_factory.mktemp("surel")
    with office(database, tmp_path_factory.mktemp("berkas"), mail) as made:
        for number in range(60):
            made.incoming(f"surat-{number}", readers=(CLERK, HEAD), perihal=f"Permohonan data statistik sektoral nomor {number} untuk penyusunan profil kota",
                          pengirim="Universitas Contoh", penerima_disposisi=[{"pejabat": "kabid-aplikasi"}, {"pejabat": "kabid-infrastruktur"}])  # fmt: skip
        made.incoming("rahasia", "rahasia", readers=(HEAD,), perihal="Dugaan pelanggaran", pengirim="Inspektorat Provinsi Contoh")
        letter = made.signed("biasa", "K7MR2XQ9TB")
        made.signed("naskah-rahasia", "RAHASAAAA2", secrecy="rahasia")
        made.signed("naskah-dicabut", "CABATAAAA2", status="dicabut")
        made.opened("paraf", subject="Rencana kerja sama")
        for number, kind in enumerate(("diingatkan", "terlambat")):
            made.owner.execute(
                "INSERT INTO notice (person, event, kind, case_id, instance, at) VALUES (%s, %s, %s, 'paraf', 'paraf', %s)",
                (made.person(INITIALLER), f"paraf/{number}", kind, MONDAY),
            )
        row = made.owner.execute("SELECT id, email FROM person WHERE id = %s", (made.person(INITIALLER),)).fetchone()
        assert row is not None
        message = EmailMessage()
        message["Subject"], message["From"], message["To"], message["Date"] = (
            "Anda diingatkan",
            "alur@kota.test",
            str(row[1]),
            format_datetime(MONDAY),
        )
        message["Message-ID"] = f"<4.{row[0]}@alur>"
        message.set_content("Yth. Anda,\n\nhttps://alur.kota.test/perkara/" + "9" * 90)
        FolderMailer(mail).send(message)
        for seat in (CLERK, HEAD, INITIALLER):
            made.cookie(seat)
        pages = connect(made.url, pages=True)
        app = create_app(replace(made.context, pages=pages, desk=connect(made.url), directory=Tables(pages), secure=False), ROUTERS)
        with serve(app) as address:
            yield Site(address, made.tokens, letter, f"/surel/4-{row[0]}-alur")


def look(page: Page, axe: Any) -> Any:
    return axe(page), overflow(page), small_targets(page)


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_every_page_is_accessible_and_fits(site: Site, open_page: Open, axe: Any, size: str, dark: bool) -> None:
    page = open_page(width=SIZES[size], dark=dark, state=site.state(INITIALLER))
    faults = {}
    for path in (*PAGES, site.mail):
        page.goto(site.address + path)
        faults[path] = look(page, axe)
    page.goto(site.address + "/v/K7MR2XQ9TB")
    page.get_by_text("Hasil pemeriksaan tanda tangan").first.click()
    faults["rincian"] = look(page, axe)
    for name, content in (("ubah", site.letter + b"x"), ("sama", site.letter), ("bukan", b"MZ")):
        page.locator("#berkas").set_input_files({"name": "surat.pdf", "mimeType": "application/pdf", "buffer": content})
        page.get_by_role("button", name="Bandingkan").click()
        expect(page.locator("[data-fokus]")).to_be_focused()
        faults[name] = look(page, axe)
    assert {path: fault for path, fault in faults.items() if fault != ([], 0, [])} == {}


def test_at_320_pixels_nothing_is_lost(site: Site, open_page: Open) -> None:
    page = open_page(width=320, state=site.state(INITIALLER))
    for path in (*PAGES, site.mail):
        page.goto(site.address + path)
        assert overflow(page) == 0, path


def test_a_stranger_checks_a_letter_without_signing_in_and_without_scripts(site: Site, open_page: Open) -> None:
    page = open_page(width=360, js=False)
    page.goto(site.address + "/v")
    page.get_by_label("Kode pada kaki naskah").fill("k7mr 2xq9 tb")
    page.get_by_role("button", name="Periksa", exact=True).click()
    expect(page.get_by_role("heading", name="Naskah ini sah dan berlaku")).to_be_visible()
    page.get_by_label("Berkas PDF").set_input_files({"name": "surat.pdf", "mimeType": "application/pdf", "buffer": site.letter + b"3 0 obj\n%%EOF\n"})
    page.get_by_role("button", name="Bandingkan").click()
    expect(page.get_by_role("heading", name="Berkas Anda sudah diubah")).to_be_visible()
    expect(page.get_by_text("tetapi bukan berkas Anda")).to_be_visible()
    page.goto(site.address + "/v/RAHASAAAA2")
    expect(page.get_by_text("(dirahasiakan)")).to_be_visible()


@pytest.mark.parametrize("js", [True, False], ids=["skrip", "tanpa-skrip"])
def test_search_finds_by_typing_or_by_its_button(site: Site, open_page: Open, js: bool) -> None:
    page = open_page(js=js, state=site.state(CLERK))
    page.goto(site.address + "/cari")
    page.get_by_role("searchbox").fill("statistik")
    if not js:
        page.get_by_role("button", name="Cari", exact=True).click()
    expect(page.get_by_role("heading", name="Hasil")).to_be_visible()
    expect(page.locator("#daftar li")).to_have_count(30)
    assert "cari=statistik" in page.url
    if js:
        expect(page.locator("#baris-status")).to_have_text("30 perkara tampil")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.get_by_role("searchbox").fill("xyzzy")
        expect(page.get_by_text("Tidak ada perkara yang cocok dengan “xyzzy”.")).to_be_visible()
        page.go_back()
        expect(page.locator("#daftar li")).to_have_count(30)
        expect(page.get_by_role("searchbox")).to_have_value("statistik")
    page.goto(site.address + "/cari?cari=statistik")
    page.get_by_role("link", name="Hasil yang lebih lama").click()
    expect(page.locator("#daftar li")).to_have_count(30)


@pytest.mark.parametrize("js", [True, False], ids=["skrip", "tanpa-skrip"])
def test_the_agenda_is_searched_paged_and_told_from_its_secrets(site: Site, open_page: Open, js: bool) -> None:
    page = open_page(js=js, state=site.state(CLERK))
    page.goto(site.address + "/agenda")
    expect(page.get_by_role("rowheader")).to_have_count(50)
    expect(page.get_by_role("row", name="61/2026")).to_contain_text("(surat rahasia)")
    expect(page.get_by_role("row", name="61/2026")).to_contain_text("Inspektorat Provinsi Contoh")
    page.get_by_role("link", name="Nomor yang lebih lama").click()
    expect(page.get_by_role("rowheader")).to_have_count(11)
    page.get_by_role("link", name="Ke nomor terbaru").click()
    page.get_by_role("searchbox").fill("inspektorat")
    if not js:
        page.get_by_role("button", name="Tampilkan").click()
    expect(page.get_by_role("rowheader")).to_have_count(1)
    assert "cari=inspektorat" in page.url


def test_on_a_phone_each_line_of_the_book_reads_as_a_card(site: Site, open_page: Open) -> None:
    page = open_page(width=360, state=site.state(CLERK))
    page.goto(site.address + "/agenda")
    cell = page.locator(".buku tbody td").first
    assert cell.evaluate("one => getComputedStyle(one, '::before').content").startswith('"Dicatat')
    assert page.locator(".buku tbody tr").first.evaluate("one => getComputedStyle(one).display") == "block"
    assert overflow(page) == 0


def test_the_table_scrolls_by_keyboard(site: Site, open_page: Open) -> None:
    page = open_page(width=700, state=site.state(CLERK))
    page.goto(site.address + "/agenda")
    region = page.get_by_role("region", name="Agenda surat masuk 2026")
    region.focus()
    expect(region).to_be_focused()
    page.keyboard.press("ArrowRight")
    scrolled(region)


def test_the_book_prints_on_one_lying_page_per_screenful(site: Site, open_page: Open, tmp_path: Path) -> None:
    import pypdfium2

    page = open_page(state=site.state(CLERK))
    page.goto(site.address + "/agenda/cetak?cari=inspektorat")
    page.pdf(path=tmp_path / "agenda.pdf", prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(tmp_path / "agenda.pdf")
    assert len(document) == 1
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (842, 595)
    text = document[0].get_textpage().get_text_bounded()
    for shown in ("Agenda surat masuk 2026", "61/2026", "Inspektorat", "Dicetak 23 November 2026"):
        assert shown in text
    assert "Kembali ke agenda" not in text


def test_notices_are_read_and_lead_to_the_task(site: Site, open_page: Open) -> None:
    page = open_page(js=False, state=site.state(INITIALLER))
    page.goto(site.address + "/pemberitahuan")
    expect(page.get_by_role("main").get_by_text("2 belum dibaca.")).to_be_visible()
    page.get_by_role("button", name="Sudah dibaca (Tugas Anda melewati tenggat").click()
    expect(page.get_by_role("main").get_by_text("1 belum dibaca.")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Ditandai sudah dibaca.")
    page.get_by_role("button", name="Tandai semua sudah dibaca").click()
    expect(page.get_by_text("Semua sudah dibaca.")).to_be_visible()
    assert "/tugas/" in (page.get_by_role("link", name="Anda diingatkan atas sebuah tugas").get_attribute("href") or "")
    page.get_by_role("link", name="Surel yang dikirim kepada Anda").click()
    page.get_by_role("link", name="Anda diingatkan").click()
    expect(page.get_by_role("region", name="Isi surel")).to_contain_text("Yth. Anda")
