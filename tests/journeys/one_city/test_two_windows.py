"""A form that cannot be saved: another window was quicker, the sign-in ended, the line broke. The page stays, and says what to do."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from embedded.office_hours import Officials
from embedded.stack import SAMPLE_PASSWORD
from tests.journeys.conftest import SIZES, Open, overflow

pytestmark = [pytest.mark.server, pytest.mark.slow]
DRAFTER = "konseptor-diskominfo"


def begin(people: Officials, page: Page) -> Page:
    """Signed in, on the form of a new outgoing letter."""
    page.goto(people.base_url + "/masuk")
    page.get_by_label("NIP", exact=True).fill(people.accounts[DRAFTER][0])
    page.get_by_label("Kata sandi", exact=True).fill(SAMPLE_PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/tugas")
    page.goto(people.base_url + "/mulai")
    page.get_by_role("button", name="Mulai Surat keluar").click()
    page.wait_for_url("**/tugas/*")
    return page


def type_subject(page: Page, words: str) -> None:
    subject = page.get_by_label("Hal", exact=True)
    subject.fill(words)
    subject.blur()


@pytest.mark.parametrize("size", ["ponsel", "laptop"])
def test_the_slower_window_is_told_compares_and_chooses(people: Officials, open_page: Open, axe: Any, size: str) -> None:
    quick = begin(people, open_page(width=SIZES[size]))
    slow = quick.context.new_page()
    slow.goto(quick.url)
    type_subject(quick, "Undangan dari jendela pertama")
    expect(quick.get_by_role("status")).to_contain_text("Draf tersimpan")
    type_subject(slow, "Undangan dari jendela kedua")
    told = slow.get_by_role("alert").filter(has_text="jendela lain")
    expect(told).to_be_visible()
    assert (axe(slow), overflow(slow)) == ([], 0)
    told.get_by_role("button", name="Bandingkan kedua isian").click()
    row = slow.get_by_role("row").filter(has=slow.get_by_role("rowheader", name="Hal"))
    expect(row.get_by_role("cell")).to_have_text(["Undangan dari jendela kedua", "Undangan dari jendela pertama"])
    assert (axe(slow), overflow(slow)) == ([], 0)
    slow.get_by_role("button", name="Pakai isian jendela ini").click()
    expect(slow).to_have_url(quick.url)
    expect(slow.get_by_label("Hal", exact=True)).to_have_value("Undangan dari jendela kedua")
    type_subject(quick, "Undangan dari jendela pertama, lagi")
    quick.get_by_role("button", name="Bandingkan kedua isian").click()
    quick.get_by_role("link", name="Pakai isian jendela lain").click()
    expect(quick).to_have_url(slow.url)
    expect(quick.get_by_label("Hal", exact=True)).to_have_value("Undangan dari jendela kedua")


def test_a_form_whose_sign_in_ended_stays_as_typed(people: Officials, open_page: Open) -> None:
    page = begin(people, open_page())
    address = page.url
    page.context.clear_cookies()
    type_subject(page, "Diketik sesudah masa masuk habis")
    expect(page.get_by_role("alert").filter(has_text="Masa masuk Anda habis")).to_be_visible()
    assert page.url == address
    expect(page.get_by_label("Hal", exact=True)).to_have_value("Diketik sesudah masa masuk habis")
    page.get_by_role("button", name="Masuk lagi dan simpan").click()
    expect(page.get_by_role("heading", name="Silakan masuk")).to_be_visible()
    page.get_by_label("NIP", exact=True).fill(people.accounts[DRAFTER][0])
    page.get_by_label("Kata sandi", exact=True).fill(SAMPLE_PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page).to_have_url(address)
    expect(page.get_by_label("Hal", exact=True)).to_have_value("Diketik sesudah masa masuk habis")


def test_a_plain_save_does_not_overwrite_a_newer_one(people: Officials, open_page: Open) -> None:
    quick = begin(people, open_page(js=False))
    slow = quick.context.new_page()
    slow.goto(quick.url)
    for page, words in ((quick, "Undangan pertama"), (slow, "Undangan kedua")):
        page.get_by_label("Hal", exact=True).fill(words)
        page.get_by_role("button", name="Simpan draf").click()
    expect(slow.get_by_role("heading", name="Draf disimpan di jendela lain")).to_be_visible()
    slow.get_by_role("link", name="Pakai isian jendela lain").click()
    expect(slow.get_by_label("Hal", exact=True)).to_have_value("Undangan pertama")


def test_a_broken_line_is_told_until_the_draft_is_saved_again(people: Officials, open_page: Open) -> None:
    page = begin(people, open_page())
    broken = page.get_by_role("alert").filter(has_text="Draf belum tersimpan")
    page.context.set_offline(True)
    type_subject(page, "Diketik tanpa sambungan")
    expect(broken).to_be_visible()
    page.context.set_offline(False)
    type_subject(page, "Diketik dengan sambungan")
    expect(broken).to_be_hidden()
    expect(page.get_by_role("status")).to_contain_text("Draf tersimpan")
