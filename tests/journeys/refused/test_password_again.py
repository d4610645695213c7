"""A password typed long ago does not open mandates and downloads: it is asked for once more, and what was typed goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from engine.errors import FactorStale
from tests.journeys.conftest import SIZES, Open
from tests.journeys.refused.desk import Site, enrol, look, main, press, site_for
from tests.web.cast import SECRET
from tests.web.mandates.deciding import DESK, HEAD, PDF, SECRETARY

CLERK = "persuratan-diskominfo"


@pytest.fixture(scope="module")
def site(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site_for(database, tmp_path_factory.mktemp("berkas"), (DESK, CLERK)) as made:
        enrol(made, DESK, CLERK)
        made.office.incoming("surat-satu", readers=(CLERK,), perihal="Permohonan data statistik")
        yield made


def fill(page: Page, site: Site, scan: Path) -> None:
    """The form of a Plh. for the head of the agency, its order letter chosen and not yet sent."""
    page.get_by_label("Plh. – pelaksana harian").check()
    page.get_by_label("Pegawai yang ditunjuk").select_option(site.nip(SECRETARY))
    page.get_by_label("Sebab").select_option("cuti")
    page.get_by_label("Mulai tanggal").fill("23-11-2026")
    page.get_by_label("Sampai dengan tanggal").fill("27-11-2026")
    page.get_by_label("Nomor surat perintah").fill("800.1.11.1/20/SETDA/2026")
    page.get_by_label("Pilih berkas").set_input_files(scan)
    page.get_by_label("Alasan pencatatan").fill("Cuti tahunan kepala dinas")


@pytest.mark.parametrize(("size", "dark"), [("ponsel", True), ("laptop", False)], ids=["ponsel-gelap", "laptop-terang"])
def test_a_mandate_is_entered_after_the_password_once_more(site: Site, open_page: Open, axe: Any, tmp_path: Path, size: str, dark: bool) -> None:
    """Without scripts. Asked on the way in and again in the middle of the form, wrong once; the letter in PDF is not lost."""
    scan = tmp_path / "surat-perintah.pdf"
    scan.write_bytes(PDF)
    page = open_page(width=SIZES[size], dark=dark, js=False, state=site.state(DESK))
    site.office.clock.later(minutes=6)
    asked = page.goto(f"{site.address}/mandat/baru?jabatan={HEAD}")
    assert asked is not None
    assert (asked.status, FactorStale.default in main(page)) == (FactorStale.status, True)
    page.get_by_label("Kata sandi", exact=True).fill(SECRET)
    press(page, "Lanjutkan")
    expect(page).to_have_url(f"{site.address}/mandat/baru?jabatan={HEAD}")
    fill(page, site, scan)
    site.office.clock.later(minutes=6)
    assert press(page, "Periksa").status == FactorStale.status
    expect(page.locator("main")).to_contain_text(FactorStale.default)
    expect(page.locator("main")).to_contain_text("Isian Anda ikut dikirim; tidak ada yang hilang.")
    page.get_by_label("Kata sandi", exact=True).fill("bukan kata sandinya")
    assert press(page, "Lanjutkan").status == 422
    expect(page.get_by_role("alert")).to_have_text("Kata sandi salah. Ketik sekali lagi.")
    assert page.title().startswith("Kesalahan: ")
    page.get_by_label("Kata sandi", exact=True).fill(SECRET)
    assert press(page, "Lanjutkan").status == 200
    expect(page.get_by_role("heading", name="Periksa sebelum dicatat")).to_be_visible()
    for typed in ("800.1.11.1/20/SETDA/2026", "surat-perintah.pdf", "Cuti tahunan kepala dinas"):
        assert typed in main(page)
    assert SECRET not in page.content()


@pytest.mark.parametrize(("size", "dark"), [("ponsel", False), ("ponsel", True), ("laptop", True)])
def test_its_page_can_be_read(site: Site, open_page: Open, axe: Any, size: str, dark: bool) -> None:
    page = open_page(width=SIZES[size], dark=dark, state=site.state(DESK))
    site.office.clock.later(minutes=6)
    page.goto(f"{site.address}/mandat/baru")
    assert look(page, axe) == ([], 0, [])
    page.get_by_label("Kata sandi", exact=True).fill("bukan kata sandinya")
    press(page, "Lanjutkan")
    assert look(page, axe) == ([], 0, [])


def test_a_mandate_is_prolonged_without_choosing_its_letter_again(site: Site, open_page: Open, tmp_path: Path) -> None:
    scan = tmp_path / "perpanjangan.pdf"
    scan.write_bytes(PDF)
    site.office.owner.execute(
        "INSERT INTO acting (id, position, person, kind, cause, starts, ends, order_number) VALUES ('m-lama', %s, %s, 'plh', 'cuti', %s, %s, '800/7')",
        (HEAD, site.office.person(SECRETARY), site.office.clock.now, "2026-11-27T17:00:00Z"),
    )
    site.office.clock.later(minutes=6)
    page = open_page(js=False, state=site.state(DESK))
    page.goto(f"{site.address}/mandat/m-lama")
    page.get_by_text("Perpanjang dengan surat perintah baru").click()
    page.get_by_label("Nomor surat perintah").fill("800/8")
    page.get_by_label("Sampai dengan tanggal").fill("besok")
    page.get_by_label("Pilih berkas").set_input_files(scan)
    page.get_by_label("Alasan pencatatan").locator("visible=true").first.fill("Cuti diperpanjang")
    assert press(page, "Perpanjang").status == FactorStale.status
    page.get_by_label("Kata sandi", exact=True).fill(SECRET)
    assert press(page, "Lanjutkan").status == 422
    expect(page.get_by_role("alert")).to_contain_text("Tulis tanggal sebagai hh-bb-tttt")
    expect(page.get_by_role("link", name="perpanjangan.pdf")).to_be_visible()
    page.get_by_label("Sampai dengan tanggal").fill("30-11-2026")
    press(page, "Perpanjang")
    expect(page.get_by_role("status").first).to_contain_text("Perpanjangan tercatat.")
    expect(page.get_by_role("link", name="Unduh surat perintah (PDF)")).to_be_visible()


def test_a_book_is_downloaded_after_the_password_once_more(site: Site, open_page: Open) -> None:
    page = open_page(state=site.state(CLERK))
    site.office.clock.later(minutes=6)
    page.goto(f"{site.address}/agenda")
    page.get_by_role("link", name="Unduh").first.click()
    expect(page.locator("main")).to_contain_text(FactorStale.default)
    page.get_by_label("Kata sandi", exact=True).fill(SECRET)
    page.get_by_role("button", name="Lanjutkan").click()
    with page.expect_download() as got:
        page.get_by_role("link", name="Unduh berkas").click()
    assert b"Permohonan data statistik" in got.value.path().read_bytes()
    page.get_by_role("link", name="Kembali ke halaman sebelumnya").click()
    expect(page).to_have_url(f"{site.address}/agenda")


def test_guessing_here_is_stopped_as_at_sign_in(site: Site, open_page: Open) -> None:
    page = open_page(state=site.state(DESK))
    site.office.owner.execute("DELETE FROM sign_in_try")
    site.office.clock.later(minutes=6)
    page.goto(f"{site.address}/mandat/baru")
    answered = []
    for _ in range(6):
        page.get_by_label("Kata sandi", exact=True).fill("bukan kata sandinya")
        answered.append(press(page, "Lanjutkan").status)
    assert answered == [422, 422, 422, 422, 429, 429]
    expect(page.get_by_role("alert")).to_contain_text("Terlalu banyak percobaan.")
    site.office.owner.execute("DELETE FROM sign_in_try")
