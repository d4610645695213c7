"""What is refused at the door: a wrong password, too many of them, an ended sign-in, another site's form, a mangled link, a file too big or wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine.errors import ForeignOrigin, Malformed, NotFound, NotSignedIn, SignInFailed, TooLarge, TooManyTries, UploadRefused
from tests.journeys.conftest import SIZES, Open
from tests.journeys.refused.desk import Site, enrol, main, press, site_for
from tests.web.cast import SECRET
from tests.web.mandates.deciding import DRAFTER, HEAD, TEAM
from tests.web.played import drafted

BIG = b"%PDF-1.7\n" + b"0" * (22 * 1024 * 1024)


@pytest.fixture(scope="module")
def site(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site_for(database, tmp_path_factory.mktemp("berkas"), (DRAFTER, TEAM)) as made:
        enrol(made, TEAM, HEAD)
        drafted(made.office, "k-satu", subject="Rencana kerja sama")
        made.office.person(HEAD)
        yield made


def sign_in(page: Page, nip: str, secret: str) -> int:
    page.get_by_label("NIP", exact=True).fill(nip)
    page.get_by_label("Kata sandi", exact=True).fill(secret)
    return press(page, "Masuk").status


def test_a_wrong_password_until_the_door_closes(site: Site, open_page: Open) -> None:
    page, nip = open_page(width=SIZES["ponsel"]), site.nip(HEAD)
    page.goto(f"{site.address}/masuk")
    assert sign_in(page, nip, "bukan kata sandinya") == SignInFailed.status
    expect(page.get_by_role("alert")).to_have_text(SignInFailed.default)
    expect(page.get_by_label("NIP", exact=True)).to_have_value(nip)
    answered = [sign_in(page, nip, "bukan kata sandinya") for _ in range(4)]
    assert answered[-1] == TooManyTries.status
    assert sign_in(page, nip, SECRET) == TooManyTries.status, "the right one comes too late"
    expect(page.get_by_role("alert")).to_contain_text("Masuk ditutup sampai pukul")
    site.office.owner.execute("DELETE FROM sign_in_try")
    assert sign_in(page, nip, SECRET) == 303


def test_a_sign_in_that_ended_under_a_form(site: Site, open_page: Open) -> None:
    """Without scripts: what was written comes back once he is in again."""
    page = open_page(js=False, state=site.state(TEAM))
    page.goto(f"{site.address}/tugas")
    page.get_by_role("link", name="Rencana kerja sama").click()
    page.get_by_role("radio", name="Kembalikan").check()
    page.locator("#reason").fill("Perbaiki alinea kedua.")
    page.context.clear_cookies()
    assert press(page, "Kirim").status == NotSignedIn.status
    expect(page.locator("main")).to_contain_text(NotSignedIn.default)
    assert sign_in(page, site.nip(TEAM), SECRET) == 303
    expect(page.locator("#reason")).to_have_value("Perbaiki alinea kedua.")


def test_an_address_of_nothing(site: Site, open_page: Open) -> None:
    page = open_page(state=site.state(DRAFTER))
    answer = page.goto(f"{site.address}/perkara/999999")
    assert answer is not None
    assert (answer.status, NotFound.default in main(page)) == (NotFound.status, True)
    page.get_by_role("link", name="Ke kotak tugas").click()
    expect(page).to_have_url(f"{site.address}/tugas")


def test_a_link_that_a_mail_program_mangled(site: Site, open_page: Open) -> None:
    page = open_page(state=site.state(DRAFTER))
    answer = page.goto(f"{site.address}/cari?cari=surat%00")
    assert answer is not None
    assert (answer.status, Malformed.default in main(page)) == (Malformed.status, True)
    page.get_by_role("link", name="Ke kotak tugas").click()
    expect(page).to_have_url(f"{site.address}/tugas")


def test_a_form_on_another_site_does_nothing_here(site: Site, open_page: Open) -> None:
    """A page elsewhere that would end his sign-in; he stays in."""
    page = open_page(state=site.state(DRAFTER))
    html = f'<form method="post" action="{site.address}/keluar"><button>Hadiah untuk Anda</button></form>'
    page.route("http://hadiah.example/", lambda route: route.fulfill(content_type="text/html", body=html))
    page.goto("http://hadiah.example/")
    assert press(page, "Hadiah untuk Anda").status == ForeignOrigin.status
    expect(page.locator("main")).to_contain_text(ForeignOrigin.default)
    page.get_by_role("link", name="Ke kotak tugas").click()
    expect(page.get_by_role("heading", name="Kotak tugas")).to_be_visible()


def test_a_file_that_is_no_letter(site: Site, open_page: Open) -> None:
    page = open_page(width=SIZES["ponsel"], js=False)
    page.goto(f"{site.address}/v")
    page.get_by_label("Berkas PDF").set_input_files({"name": "foto.png", "mimeType": "image/png", "buffer": b"bukan gambar"})
    assert press(page, "Bandingkan").status == UploadRefused.status
    expect(page.get_by_role("alert")).to_contain_text("Isi berkas foto.png bukan PNG. Simpan ulang sebagai PNG lalu unggah lagi.")


def test_a_file_beyond_the_size(site: Site, open_page: Open, tmp_path: Path) -> None:
    """Refused before it is read; the page still knows who is signed in and leads back to the form."""
    big = tmp_path / "besar.pdf"
    big.write_bytes(BIG)
    page = open_page(js=False, state=site.state(DRAFTER))
    page.goto(f"{site.address}/v")
    page.get_by_label("Berkas PDF").set_input_files(big)
    assert press(page, "Bandingkan").status == TooLarge.status
    expect(page.locator("main")).to_contain_text(TooLarge.default)
    expect(page.get_by_role("button", name="Keluar")).to_be_visible()
    page.get_by_role("link", name="Periksa keaslian naskah").first.click()
    expect(page).to_have_url(f"{site.address}/v")
