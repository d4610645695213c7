"""Signatures that do not come about: a wrong passphrase, the rest of its batch, three wrong ones, no certificate."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from embedded.demo import letter as answers
from embedded.office_hours import case_number
from embedded.stack import SAMPLE_PASSPHRASE
from engine.errors import BadSecret, EnvelopeGone, SignerBlocked, SignerNotEnrolled
from tests.journeys.conftest import SIZES, Open
from tests.journeys.refused.conftest import City
from tests.journeys.refused.desk import main, on_task, press, signed_in, told

pytestmark = [pytest.mark.server, pytest.mark.slow]
DRAFTER, HEAD = "konseptor-diskominfo", "kepala-diskominfo"
INITIALS = ("ketua-tim-diskominfo", "kabid-aplikasi", "sekretaris-diskominfo")


@pytest.fixture(scope="module")
def letters(city: City) -> tuple[int, int]:
    """Two letters before the head of the agency, initialled; their numbers."""

    def waiting() -> int:
        begun = city.people.start(DRAFTER, "surat-keluar-tte")
        number = case_number(begun)
        city.people.decide(DRAFTER, number, "kirim", answers("Data dapat diberikan.\n\nDemikian disampaikan."), address=begun.path)
        for position in INITIALS:
            city.people.decide(position, number, "paraf")
        city.people.task(HEAD, number)
        return number

    return waiting(), waiting()


def finished(page: Page) -> None:
    """Waits for what becomes of the letters, without scripts."""
    for _ in range(60):
        if "Sedang ditandatangani" not in main(page):
            return
        page.wait_for_timeout(300)
        page.reload()


def sign(page: Page, passphrase: str) -> int:
    """On the task's own page; gives the status of the answer."""
    page.locator('[name="outcome"][value^="tanda"]').check()
    page.locator('[name="setuju"]').check()
    page.locator('[name="frasa"]').fill(passphrase)
    return press(page, "Kirim").status


def replaced(city: City, *, sample: bool) -> None:
    """Another worker in place of the running one, with or without sample certificates."""
    old = city.stack.children.pop("worker")
    old.terminate()
    old.wait(25)
    city.stack.sample = sample
    city.stack.start_worker()
    city.stack.wait_worker()


def test_an_official_without_a_certificate(city: City, letters: tuple[int, int], open_page: Open) -> None:
    """A worker as a city in earnest runs it: nobody gets a sample certificate on the way. The page names whom to ask."""
    replaced(city, sample=False)
    try:
        page = on_task(city.people, open_page(js=False), HEAD, letters[0])
        assert sign(page, SAMPLE_PASSPHRASE) == 303
        page.get_by_role("link", name="Lihat hasilnya").click()
        finished(page)
        expect(page.locator("#hasil")).to_contain_text(SignerNotEnrolled.default)
    finally:
        replaced(city, sample=True)


def test_a_wrong_passphrase_stops_the_whole_batch(city: City, letters: tuple[int, int], open_page: Open) -> None:
    """The first letter meets it; the passphrase of the second is thrown away unopened, for a second try would count."""
    tasks = [city.people.task(HEAD, number).rpartition("/")[2] for number in letters]
    page = signed_in(city.people, open_page(width=SIZES["ponsel"], js=False), HEAD)
    page.goto(f"{city.people.base_url}/tanda-tangan/tinjau?" + "&".join(f"t={task}" for task in tasks))
    page.get_by_label(re.compile("Saya sudah membaca")).last.check()
    page.locator('[name="frasa"]').fill("bukan frasanya")
    press(page, re.compile("^Tanda tangani"))
    finished(page)
    expect(page.locator("#hasil")).to_contain_text(BadSecret.default)
    expect(page.locator("#hasil")).to_contain_text(EnvelopeGone.default)
    page.get_by_role("link", name=re.compile("^Tinjau lagi 2 surat")).click()
    expect(page.locator('[name="frasa"]')).to_have_value("")


def test_the_third_wrong_passphrase_closes_the_drawer(city: City, letters: tuple[int, int], open_page: Open) -> None:
    """Before the provider counts on; not even the right one opens it until the time that is named."""
    page = signed_in(city.people, open_page(js=False), HEAD)
    for _ in range(2):
        page.goto(city.people.base_url + city.people.task(HEAD, letters[0]))
        assert sign(page, "bukan frasanya") == 303
        page.get_by_role("link", name="Lihat hasilnya").click()
        finished(page)
        expect(page.locator("#hasil")).to_contain_text(BadSecret.default)
    page.get_by_role("link", name=re.compile("^Ulangi dari tugasnya")).click()
    expect(page.locator("main")).to_contain_text("Tanda tangan sebelumnya tidak jadi:")
    assert sign(page, SAMPLE_PASSPHRASE) == SignerBlocked.status
    expect(told(page)).to_contain_text(re.compile(r"Tiga kali frasa sandi salah. Tanda tangan dapat dicoba lagi pukul \d\d\.\d\d\."))
    expect(page.locator('[name="frasa"]')).to_have_value("")
