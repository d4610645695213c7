"""A Plh. in a browser on a phone: written down, acting, ended; and every page of mandates in both themes, on paper, without scripts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from db.connect import connect
from tests.journeys.conftest import SIZES, Open, kept, overflow, serve, small_targets
from tests.journeys.test_case_pages import replace_desk
from tests.web.mandates.deciding import DESK, DRAFTER, HEAD, PDF, SECRETARY, TEAM, Deciding, stand_in
from tests.web.office import Office, office
from tests.web.played import disposed, drafted, goes_on, letter
from web.app import create_app
from web.directory import Tables
from web.routes import ROUTERS
from workflows.handover import HandoverInput, HandoverPaper

PHONE = SIZES["ponsel"]
SEEN = os.environ.get("ALUR_LIHAT", "")
"""Folder for pictures of every page, for whoever wants to look."""


@dataclass
class Worker:
    """The render worker, as far as the page knows it."""

    async def seal(self, asked: HandoverInput) -> HandoverPaper:
        return HandoverPaper(asked.key[-10:], "a" * 64, "K7MR2XQ9TB")


@dataclass
class Site:
    address: str
    office: Office
    cases: Deciding
    pages: list[str] = field(default_factory=list)

    def state(self, seat: str) -> Any:
        return kept(self.office.tokens[seat])


@pytest.fixture(scope="module")
def site(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        pages, desk = connect(made.url, pages=True), connect(made.url)
        cases = Deciding(replace_desk(made, desk), {})
        long_subject = "Permohonan data statistik sektoral untuk penyusunan profil kota dan rencana pembangunan jangka menengah daerah"
        for case, subject in (("m-satu", long_subject), ("m-dua", "Rencana kedua")):
            cases.played[case] = goes_on(made, drafted(made, case, subject=subject), (TEAM, "paraf", "paraf"))
        goes_on(made, drafted(made, "m-rahasia", "rahasia", "Dugaan pelanggaran"), (TEAM, "paraf", "paraf"))
        letter(made, "m-satu", signed=False)
        disposed(made, "m-disposisi")
        made.clock.later(minutes=10)
        stand_in(made, "kepala-dinkes", "sekretaris-dinkes", name="m-dinkes")
        made.clock.later(minutes=10)
        for seat in (DESK, SECRETARY, HEAD, DRAFTER, "kepala-dinkes", "sekretaris-dinkes"):
            made.cookie(seat)
        context = replace(
            made.context, pages=pages, desk=desk, directory=Tables(pages), secure=False, cases=cases, handovers=Worker(),
        )  # fmt: skip
        with serve(create_app(context, ROUTERS)) as address:
            yield Site(address, made, cases)


def look(page: Page, axe: Any) -> Any:
    return axe(page), overflow(page), small_targets(page)


def seen(page: Page, name: str) -> None:
    if SEEN:
        Path(SEEN).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SEEN}/{name}.png", full_page=True)


def nip(site: Site, seat: str) -> str:
    row = site.office.owner.execute("SELECT nip FROM person WHERE id = %s", (site.office.person(seat),)).fetchone()
    assert row is not None
    return str(row[0])


def written_down(site: Site, desk: Page, axe: Any, scan: Path) -> str:
    """The personnel desk's two pages, once with a fault; gives the mandate's address."""
    desk.goto(f"{site.address}/mandat")
    desk.get_by_role("link", name="Catat mandat baru").click()
    desk.get_by_label("Jabatan yang akan dijalankan").fill(f"{HEAD} — Kepala Dinas Komunikasi dan Informatika")
    seen(desk, "jabatan")
    desk.get_by_role("button", name="Lanjut").click()
    desk.get_by_text("Plh. – pelaksana harian", exact=True).click()
    desk.get_by_label("Pegawai yang ditunjuk").select_option(nip(site, SECRETARY))
    desk.get_by_label("Sebab").select_option("cuti")
    desk.get_by_label("Mulai tanggal").fill("23-11-2026")
    desk.get_by_label("Sampai dengan tanggal").fill("20-11-2026")
    desk.get_by_label("Nomor surat perintah").fill("800.1.11.1/20/SETDA/2026")
    desk.get_by_label("Pilih berkas").set_input_files(scan)
    expect(desk.get_by_role("link", name="surat-perintah.pdf")).to_be_visible()
    desk.get_by_label("Alasan pencatatan").fill("Cuti tahunan kepala dinas")
    desk.get_by_role("button", name="Periksa").click()
    expect(desk.get_by_role("alert")).to_contain_text("Akhir masa Plh. harus sesudah awalnya.")
    assert desk.title().startswith("Kesalahan: ")
    assert look(desk, axe) == ([], 0, [])
    seen(desk, "salah")
    desk.get_by_label("Sampai dengan tanggal").fill("27-11-2026")
    desk.get_by_role("button", name="Periksa").click()
    expect(desk.get_by_role("heading", name="Periksa sebelum dicatat")).to_be_visible()
    assert look(desk, axe) == ([], 0, [])
    seen(desk, "periksa")
    desk.get_by_role("button", name="Catat mandat").click()
    expect(desk.get_by_role("status").first).to_contain_text("Mandat tercatat.")
    return desk.url.partition("?")[0]


def acted_under(site: Site, deputy: Page, axe: Any) -> None:
    """The Plh. sees the head's tasks, changes hats and decides one."""
    deputy.goto(f"{site.address}/tugas")
    first = deputy.get_by_role("link", name="Permohonan data statistik sektoral")
    expect(first).to_be_visible()
    expect(deputy.get_by_role("link", name="Rencana kedua")).to_be_visible()
    deputy.get_by_text("Ganti jabatan").click()
    deputy.get_by_label("Jabatan", exact=True).first.select_option(HEAD)
    deputy.get_by_role("button", name="Pakai").click()
    banner = deputy.locator(".kapasitas")
    expect(banner).to_contain_text("Anda bertindak sebagai Plh. Kepala Dinas Komunikasi dan Informatika sampai 28 November 2026 00.00 WIB")
    assert look(deputy, axe) == ([], 0, [])
    seen(deputy, "plh")
    first.click()
    expect(banner).to_contain_text("Plh. Kepala Dinas")
    deputy.get_by_text("Kembalikan", exact=False).first.click()
    deputy.get_by_label("Alasan atau catatan").fill("Perbaiki alinea kedua.")
    deputy.get_by_role("button", name="Kirim", exact=True).click()
    expect(deputy.get_by_role("status").first).to_contain_text("Tercatat")
    expect(deputy.get_by_role("link", name="Permohonan data statistik sektoral")).to_have_count(0)
    banner.get_by_role("link", name="Lihat mandatnya").click()
    expect(deputy.get_by_text("1 keputusan pada 1 perkara.")).to_be_visible()
    deputy.goto(f"{site.address}/tugas")


def test_a_plh_is_written_down_acts_and_is_ended(site: Site, open_page: Open, axe: Any, tmp_path: Path) -> None:
    scan = tmp_path / "surat-perintah.pdf"
    scan.write_bytes(PDF)
    desk = open_page(width=PHONE, state=site.state(DESK))
    mandate = written_down(site, desk, axe, scan)
    deputy = open_page(width=PHONE, state=site.state(SECRETARY))
    acted_under(site, deputy, axe)
    site.office.clock.later(minutes=5)
    desk.goto(mandate)
    desk.get_by_text("Akhiri sekarang").click()
    desk.get_by_label("Alasan pencatatan").locator("visible=true").fill("Kepala dinas kembali lebih cepat")
    desk.get_by_role("button", name="Akhiri mandat").click()
    expect(desk.get_by_role("status").first).to_contain_text("Mandat diakhiri.")
    assert look(desk, axe) == ([], 0, [])
    seen(desk, "diakhiri")
    deputy.get_by_role("link", name="Rencana kedua").click()
    expect(deputy.get_by_text("Masa Plt/Plh Anda untuk jabatan ini sudah berakhir.")).to_be_visible()
    deputy.goto(f"{site.address}/tugas")
    expect(deputy.get_by_role("link", name="Rencana kedua")).to_have_count(0)
    expect(deputy.locator(".kapasitas")).not_to_contain_text("Plh.")


PAGES = {
    "daftar": ("/mandat?keadaan=semua", DESK), "saya": ("/mandat/saya", "sekretaris-dinkes"), "atas-nama": ("/mandat/atas-nama?cari=sekretaris+daerah", DESK),
    "satu": ("/mandat/m-dinkes", DESK), "baru": ("/mandat/baru?jabatan=kabid-aplikasi", DESK), "usul": ("/mandat/baru", SECRETARY),
    "serah-mandat": ("/mandat/m-dinkes/serah-terima", "sekretaris-dinkes"), "serah-jabatan": (f"/jabatan/{HEAD}/serah-terima", DESK),
}  # fmt: skip


@pytest.mark.parametrize(("size", "dark"), [("ponsel", False), ("laptop", True)])
def test_every_page_is_accessible_and_fits(site: Site, open_page: Open, axe: Any, size: str, dark: bool) -> None:
    faults = {}
    for name, (path, seat) in PAGES.items():
        page = open_page(width=SIZES[size], dark=dark, state=site.state(seat))
        answer = page.goto(f"{site.address}{path}")
        assert answer
        assert answer.status == 200, path
        seen(page, f"{name}-{size}-{'gelap' if dark else 'terang'}")
        for fold in page.locator("main summary").all():
            fold.click()
        faults[path] = look(page, axe)
    assert {path: fault for path, fault in faults.items() if fault != ([], 0, [])} == {}


def test_at_320_pixels_nothing_is_lost(site: Site, open_page: Open) -> None:
    for path, seat in PAGES.values():
        page = open_page(width=320, state=site.state(seat))
        page.goto(f"{site.address}{path}")
        assert overflow(page) == 0, path


def test_they_print_whole_without_their_buttons(site: Site, open_page: Open) -> None:
    for name, (path, seat) in PAGES.items():
        page = open_page(state=site.state(seat))
        page.goto(f"{site.address}{path}")
        page.emulate_media(media="print")
        for hidden in (".daftar-tautan", ".saring", ".kapasitas details"):
            if page.locator(hidden).count():
                expect(page.locator(hidden).first).to_be_hidden()
        seen(page, f"{name}-cetak")
        assert page.pdf(format="A4").startswith(b"%PDF-")


def test_in_english_the_words_of_these_pages_are_english(site: Site, open_page: Open) -> None:
    page = open_page(state=site.state("sekretaris-dinkes"))
    page.goto(f"{site.address}/mandat/m-dinkes")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Limits of authority")).to_be_visible()
    page.get_by_role("link", name="Handover of tasks").click()
    expect(page.get_by_role("heading", name="Open tasks")).to_be_visible()
    page.get_by_role("button", name="Bahasa Indonesia").click()
    expect(page.get_by_role("heading", name="Tugas yang terbuka")).to_be_visible()


def test_without_scripts_a_plh_is_written_down_and_the_hat_changed(site: Site, open_page: Open, tmp_path: Path) -> None:
    scan = tmp_path / "surat.pdf"
    scan.write_bytes(PDF)
    page = open_page(width=PHONE, js=False, state=site.state(DESK))
    page.goto(f"{site.address}/mandat/baru?jabatan=kabid-aplikasi")
    page.get_by_text("Plh. – pelaksana harian", exact=True).click()
    page.get_by_label("Pegawai yang ditunjuk").select_option(nip(site, "kabid-infrastruktur"))
    page.get_by_label("Sebab").select_option("dinas-luar")
    page.get_by_label("Mulai tanggal").fill("23-11-2026")
    page.get_by_label("Sampai dengan tanggal").fill("25-11-2026")
    page.get_by_label("Nomor surat perintah").fill("800/31/2026")
    page.get_by_label("Pilih berkas").set_input_files(scan)
    page.get_by_label("Alasan pencatatan").fill("Dinas luar")
    page.get_by_role("button", name="Periksa").click()
    page.get_by_role("button", name="Catat mandat").click()
    expect(page.get_by_role("heading", name="Plh. Kepala Bidang Aplikasi Informatika")).to_be_visible()
