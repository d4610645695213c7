"""Acting for another where that is not so (any more): a mandate that ended on an open page, a time taken twice, one's own, one given on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine.errors import ActingForbidden, MandateEnded, NotAllowed, OwnRequest, PeriodOverlaps
from tests.journeys.conftest import SIZES, Open
from tests.journeys.refused.desk import Site, main, press, site_for, told
from tests.web.mandates.deciding import DESK, DRAFTER, HEAD, PDF, SECRETARY, TEAM, stand_in
from tests.web.played import drafted, goes_on

HEALTH, DEPUTY = "kepala-dinkes", "sekretaris-dinkes"


@pytest.fixture(scope="module")
def site(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site_for(database, tmp_path_factory.mktemp("berkas"), (DESK, SECRETARY, DRAFTER)) as made:
        goes_on(made.office, drafted(made.office, "k-satu", subject="Rencana kerja sama"), (TEAM, "paraf", "paraf"))
        stand_in(made.office, HEAD, SECRETARY, days=0.1, name="m-pendek")
        stand_in(made.office, HEALTH, DEPUTY, name="m-dinkes")
        stand_in(made.office, "kepala-bkpsdm", DESK, name="m-sendiri")
        yield made


def test_who_is_neither_desk_nor_secretary_enters_no_mandate(site: Site, open_page: Open) -> None:
    page = open_page(width=SIZES["ponsel"], state=site.state(DRAFTER))
    answer = page.goto(f"{site.address}/mandat/baru")
    assert answer is not None
    assert answer.status == NotAllowed.status
    expect(page.locator("main")).to_contain_text("Mandat dicatat oleh meja kepegawaian. Sekretaris perangkat daerah dapat menyiapkan usulnya.")
    page.get_by_role("link", name="Ke kotak tugas").click()
    expect(page).to_have_url(f"{site.address}/tugas")


def test_what_is_mandated_is_not_mandated_again(site: Site, open_page: Open) -> None:
    """UU 30/2014 art. 13: no signature in the name of a post that somebody only stands in for. What was typed stays."""
    page = open_page(js=False, state=site.state(DESK))
    page.goto(f"{site.address}/mandat/atas-nama")
    page.get_by_text("Catat a.n. atau u.b. baru").click()
    page.locator('[name="bentuk"][value="an"]').check()
    page.locator('[name="naskah"][value="surat-tugas"]').check()
    given = {"dari": HEALTH, "kepada": DEPUTY, "mulai": "23-11-2026", "keputusan": "Keputusan 7/2026", "alasan": "Pelimpahan surat tugas"}
    for name, text in given.items():
        page.locator(f"#{name}").fill(text)
    assert press(page, "Catat").status == ActingForbidden.status
    expect(told(page)).to_contain_text("tidak dapat melimpahkan mandatnya lagi")
    expect(page.locator('[name="keputusan"]')).to_have_value("Keputusan 7/2026")


def prolonging(page: Page, address: str, scan: Path, number: str) -> None:
    page.goto(address)
    page.get_by_text("Perpanjang dengan surat perintah baru").click()
    page.get_by_label("Nomor surat perintah").fill(number)
    page.get_by_label("Sampai dengan tanggal").fill("05-12-2026")
    page.get_by_label("Pilih berkas").set_input_files(scan)
    page.locator("#alasan_perpanjang").fill("Masih dinas luar")


def test_a_time_that_another_window_has_taken(site: Site, open_page: Open, tmp_path: Path) -> None:
    """The same mandate is prolonged in two windows: the slower one keeps its words and its letter."""
    scan = tmp_path / "perpanjangan.pdf"
    scan.write_bytes(PDF)
    slow = open_page(js=False, state=site.state(DESK))
    prolonging(slow, f"{site.address}/mandat/m-dinkes", scan, "800/9")
    quick = slow.context.new_page()
    prolonging(quick, f"{site.address}/mandat/m-dinkes", scan, "800/8")
    press(quick, "Perpanjang")
    expect(quick.get_by_role("status").first).to_contain_text("Perpanjangan tercatat.")
    assert press(slow, "Perpanjang").status == PeriodOverlaps.status
    expect(told(slow)).to_contain_text("Mandat ini sudah diperpanjang. Perpanjang mandat yang terbaru, atau akhiri.")
    expect(slow.get_by_label("Nomor surat perintah")).to_have_value("800/9")
    expect(slow.get_by_role("link", name="perpanjangan.pdf")).to_be_visible()
    press(slow, "English")  # leads to the page it came from, and the books speak English too
    slow.locator("summary").filter(has_text="Prolong by a new order letter").click()
    for name, text in (("nomor", "800/9"), ("sampai", "05-12-2026"), ("alasan_perpanjang", "Masih dinas luar")):
        slow.locator(f"#{name}").fill(text)
    slow.locator("#surat-pilih").set_input_files(scan)
    assert press(slow, "Prolong").status == PeriodOverlaps.status
    expect(told(slow)).to_contain_text("This mandate has been prolonged already. Prolong the latest one, or end it.")
    press(slow, "Bahasa Indonesia")


def test_nobody_prolongs_his_own_mandate(site: Site, open_page: Open, tmp_path: Path) -> None:
    scan = tmp_path / "perpanjangan.pdf"
    scan.write_bytes(PDF)
    page = open_page(js=False, state=site.state(DESK))
    prolonging(page, f"{site.address}/mandat/m-sendiri", scan, "800/10")
    assert press(page, "Perpanjang").status == OwnRequest.status
    expect(told(page)).to_contain_text("Mintakan kepada rekan di meja kepegawaian.")
    expect(page.get_by_label("Nomor surat perintah")).to_have_value("800/10")
    expect(page.get_by_role("link", name="perpanjangan.pdf")).to_be_visible()


def test_a_mandate_that_ended_on_an_open_page(site: Site, open_page: Open) -> None:
    """The stand-in reads a letter until his time is over; he is told so, and what he wrote is not gone."""
    page = open_page(width=SIZES["ponsel"], js=False, state=site.state(SECRETARY))
    page.goto(f"{site.address}/tugas")
    page.get_by_role("link", name="Rencana kerja sama").click()
    page.get_by_role("radio", name="Kembalikan").check()
    page.locator("#reason").fill("Perbaiki alinea kedua.")
    site.office.clock.later(hours=3)
    assert press(page, "Kirim").status == MandateEnded.status
    assert (MandateEnded.default in main(page), "Perbaiki alinea kedua." in main(page)) == (True, True)
    page.get_by_role("link", name="Ke kotak tugas").click()
    expect(page.get_by_role("link", name="Rencana kerja sama")).to_have_count(0)
