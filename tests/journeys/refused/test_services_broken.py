"""Parts of the city that do not answer: no worker, no server of the running cases, no database. The pages say what is safe, and go on afterwards."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from embedded.office_hours import case_number
from engine.errors import Broken, InProgress, Unavailable
from tests.journeys.conftest import SIZES, Open
from tests.journeys.refused.conftest import City
from tests.journeys.refused.desk import main, press, signed_in

pytestmark = [pytest.mark.server, pytest.mark.slow]
DRAFTER = "konseptor-diskominfo"
ASKED = {"urusan": "lihat", "jumlah": "1", "hari": "30-12-2026"}


def restarted(city: City, part: str) -> None:
    """In a thread of its own: the browser's loop runs in this one."""
    with ThreadPoolExecutor(1) as one:
        one.submit(city.stack.restart, part).result()
    if part == "worker":
        city.stack.wait_worker()


def begun(city: City) -> str:
    """Address of the first form of a case, filled in and not sent."""
    page = city.people.start(DRAFTER, "coba-buku")
    city.people.at(DRAFTER).press(page, "Simpan draf", {**ASKED, "outcome": "kirim"})
    assert case_number(page)
    return page.path.partition("?")[0]


def test_no_worker_takes_the_decision_yet(city: City, open_page: Open) -> None:
    """After ten seconds the page says that it is being processed; a worker comes back and the link leads to what became of it."""
    address = begun(city)
    page = signed_in(city.people, open_page(width=SIZES["ponsel"], js=False), DRAFTER)
    page.goto(city.people.base_url + address)
    press(page, "Lanjutkan")
    city.stack.kill("worker")
    try:
        answer = press(page, "Kirim")
    finally:
        restarted(city, "worker")
    assert (answer.status, InProgress.default in main(page)) == (InProgress.status, True)
    page.get_by_role("link", name="Lihat hasilnya").click()
    expect(page.locator("#putusan")).to_contain_text("Kirim")


def test_the_server_of_the_cases_is_away(city: City, open_page: Open) -> None:
    """Reading goes on; the decision comes back with everything typed, and is recorded when the server is there again."""
    address = begun(city)
    page = signed_in(city.people, open_page(js=False), DRAFTER)
    page.goto(city.people.base_url + address)
    press(page, "Lanjutkan")
    city.stack.kill("temporal")
    try:
        answer = press(page, "Kirim")
    finally:
        restarted(city, "temporal")
    assert (answer.status, Unavailable.default in main(page)) == (Unavailable.status, True)
    expect(page.locator('[name="jumlah"]')).to_have_value("1")
    press(page, "Lanjutkan")
    press(page, "Kirim")
    expect(page.get_by_role("status")).to_contain_text("Tercatat")


def test_the_database_is_away(city: City, open_page: Open) -> None:
    page = signed_in(city.people, open_page(js=False), DRAFTER)
    assert city.stack.database is not None
    city.stack.database.stop()
    try:
        answer = page.goto(f"{city.people.base_url}/perkara")
        assert answer is not None
        assert (answer.status, Broken.default in main(page)) == (Broken.status, True)
        expect(page.locator("main")).to_contain_text("Kode rujukan untuk bantuan:")
    finally:
        restarted(city, "postgres")
    page.get_by_role("link", name="Muat ulang halaman ini").click()
    expect(page.get_by_role("heading", name="Perkara saya")).to_be_visible()
