"""A decision that cannot be recorded: another window was quicker, the case is over, the reason is missing, the line was lost, the task went to others."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from embedded.office_hours import case_number
from engine.errors import (
    CaseClosed,
    DraftStale,
    FieldsInvalid,
    ReasonMissing,
    RemindedToday,
    RequestConflict,
    TaskClosed,
    UnknownOutcome,
    WrongCapacity,
)
from tests.city_days import calendar
from tests.journeys.conftest import SIZES, Open
from tests.journeys.desk import city_day
from tests.journeys.refused.conftest import City
from tests.journeys.refused.desk import main, on_task, press, signed_in, told

pytestmark = [pytest.mark.server, pytest.mark.slow]
EMPLOYEE, CHIEF, ABOVE, OTHER = "konseptor-diskominfo", "ketua-tim-diskominfo", "kabid-aplikasi", "kabid-infrastruktur"
WHY = "Masih ada pekerjaan yang mendesak."
_starts = iter(range(40, 200, 5))
"""Office days from now: none is of the time that the other stories of this city ask for."""


def leave(city: City) -> int:
    """A leave that waits for the chief's word; gives the number of the case. Each on days of its own."""
    begun, first = city.people.start(EMPLOYEE, "cuti-asn"), calendar().add(city_day(), next(_starts))
    number = case_number(begun)
    given = {
        "jenis_cuti": "alasan-penting", "sebab_penting": "perkawinan", "alasan": "Menikahkan adik di kampung.", "luar_negeri": "tidak",
        "alamat_cuti": "Jalan Contoh 1", "telepon": "0812-3456-7890",
        "periode": [f"{day:%d-%m-%Y}" for day in (first, first + timedelta(days=3))],
    }  # fmt: skip
    city.people.decide(EMPLOYEE, number, "kirim", given, address=begun.path + "?bagian=semua")
    city.people.task(CHIEF, number)
    return number


def choose(page: Page, outcome: str, reason: str = "") -> None:
    page.get_by_role("radio", name=re.compile(f"^{outcome} ")).check()
    page.locator("#reason").fill(reason)


def test_a_postponement_without_a_reason(city: City, open_page: Open) -> None:
    page = on_task(city.people, open_page(js=False, width=SIZES["ponsel"]), CHIEF, leave(city))
    choose(page, "Tangguhkan")
    assert press(page, "Kirim").status == ReasonMissing.status
    expect(told(page)).to_contain_text(ReasonMissing.default)
    expect(page.get_by_role("radio", name=re.compile("^Tangguhkan "))).to_be_checked()
    choose(page, "Tangguhkan", WHY)
    press(page, "Kirim")
    expect(page.get_by_role("status")).to_contain_text("Tercatat")


def test_the_slower_of_two_windows_reads_who_decided(city: City, open_page: Open) -> None:
    """What he wrote in the slower one is still there to be read."""
    number = leave(city)
    slow = on_task(city.people, open_page(js=False), CHIEF, number)
    choose(slow, "Tangguhkan", WHY)
    city.people.decide(CHIEF, number, "setujui")
    assert press(slow, "Kirim").status == TaskClosed.status
    expect(told(slow)).to_contain_text(TaskClosed.default)
    expect(slow.locator("main")).to_contain_text(WHY)
    slow.get_by_role("link", name="Lihat perkaranya").click()
    expect(slow.get_by_role("heading", level=1)).to_be_visible()


def test_a_lost_answer_and_another_choice(city: City, open_page: Open) -> None:
    """The line breaks after the decision arrived; he changes his mind and sends the same page again: neither silence nor a false yes."""
    page = on_task(city.people, open_page(js=False), CHIEF, leave(city))
    choose(page, "Setujui")

    def lost(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort("aborted")

    page.route("**/tugas/*", lost, times=1)
    page.get_by_role("button", name="Kirim", exact=True).click(no_wait_after=True)
    page.wait_for_timeout(1500)
    choose(page, "Tangguhkan", WHY)
    assert press(page, "Kirim").status == RequestConflict.status
    expect(told(page)).to_contain_text(RequestConflict.default)
    expect(page.locator("main")).to_contain_text("Setujui")
    expect(page.locator("main")).to_contain_text(WHY)


def test_one_reminder_a_day(city: City, open_page: Open) -> None:
    """Two windows of the case: the second button is refused beside the task."""
    number = leave(city)
    page = signed_in(city.people, open_page(js=False), EMPLOYEE)
    page.goto(f"{city.people.base_url}/perkara/{number}")
    old = page.context.new_page()
    old.goto(page.url)
    press(page, re.compile("^Ingatkan"))
    expect(page.get_by_role("status")).to_contain_text("Pemegang tugas sudah diingatkan.")
    assert press(old, re.compile("^Ingatkan")).status == RemindedToday.status
    expect(told(old)).to_contain_text(RemindedToday.default)


def test_a_case_taken_back_twice(city: City, open_page: Open) -> None:
    """An old page of the case still offers it: it tells that the case is over and keeps the words."""
    number = leave(city)
    page = signed_in(city.people, open_page(js=False), EMPLOYEE)
    page.goto(f"{city.people.base_url}/perkara/{number}")
    old = page.context.new_page()
    old.goto(page.url)
    for window in (page, old):
        window.get_by_text("Cabut karena tidak jadi atau keliru").click()
        window.locator("#reason").fill(WHY)
    press(page, "Cabut perkara")
    expect(page.get_by_role("status")).to_contain_text("Perkara ini sudah dicabut.")
    assert press(old, "Cabut perkara").status == CaseClosed.status
    expect(told(old)).to_contain_text(CaseClosed.default)


def test_a_task_handed_on_without_naming_to_whom_then_handed_on(city: City, open_page: Open) -> None:
    """The superior forgets the post; then gives the task to another, while the page of its first holder stands open."""
    number = leave(city)
    holder = on_task(city.people, open_page(js=False), CHIEF, number)
    choose(holder, "Tangguhkan", WHY)
    page = signed_in(city.people, open_page(js=False), ABOVE)
    page.goto(f"{city.people.base_url}/perkara/{number}")
    page.get_by_text("Alihkan kepada jabatan lain").first.click()
    form = page.locator('form[action$="/alihkan"]')
    form.locator("textarea").fill("Pemegangnya sedang dinas luar.")
    form.evaluate("one => one.noValidate = true")
    assert press(page, "Alihkan tugas").status == UnknownOutcome.status
    expect(told(page)).to_contain_text("Pilih jabatan yang menerima tugas ini.")
    form = page.locator('form[action$="/alihkan"]')
    expect(form.locator("textarea")).to_have_value("Pemegangnya sedang dinas luar.")
    form.locator("select").select_option(index=1)
    press(page, "Alihkan tugas")
    expect(page.get_by_role("status")).to_contain_text("Tugas sudah dialihkan.")
    assert press(holder, "Kirim").status == WrongCapacity.status
    assert (WrongCapacity.default in main(holder), WHY in main(holder)) == (True, True)


def test_a_letter_without_its_addressee_and_a_draft_of_another_window(city: City, open_page: Open) -> None:
    page = signed_in(city.people, open_page(js=False), EMPLOYEE)
    page.goto(city.people.base_url + "/mulai")
    press(page, re.compile("^Mulai Surat keluar"))
    page.goto(page.url + "?bagian=semua")
    slow = page.context.new_page()
    slow.goto(page.url)
    page.get_by_label("Hal", exact=True).fill("Undangan pertama")
    page.get_by_role("radio", name=re.compile("^Kirim")).check()
    assert press(page, "Lanjutkan").status == FieldsInvalid.status
    expect(told(page)).to_contain_text(re.compile(r"Ada \d+ hal yang perlu diperbaiki"))
    expect(page.get_by_label("Hal", exact=True)).to_have_value("Undangan pertama")
    slow.get_by_label("Hal", exact=True).fill("Undangan kedua")
    assert press(slow, "Simpan draf").status == DraftStale.status
    expect(slow.get_by_role("heading", name="Draf disimpan di jendela lain")).to_be_visible()
    assert ("Undangan pertama" in main(slow), "Undangan kedua" in main(slow)) == (True, True)
    slow.get_by_role("button", name="Pakai isian jendela ini").click()
    expect(slow.get_by_label("Hal", exact=True)).to_have_value("Undangan kedua")
