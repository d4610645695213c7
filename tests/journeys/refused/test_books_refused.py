"""What the city's books and other systems refuse, met on a page: by the operator whose task says what mends it, and by the keeper of a book."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from embedded.office_hours import case_number
from engine.errors import AlreadyBooked, BalanceShort, BookUnreadable, StaleVersion, SystemRefused
from tests.journeys.conftest import Open
from tests.journeys.desk import city_day
from tests.journeys.refused.conftest import City
from tests.journeys.refused.desk import on_task, press, signed_in, told

pytestmark = [pytest.mark.server, pytest.mark.slow]
DRAFTER, OPERATOR = "konseptor-diskominfo", "operator-alur"
DAY = f"{date(city_day().year, 12, 30):%d-%m-%Y}"


def asked(city: City, urusan: str, jumlah: int, position: str = DRAFTER) -> int:
    """A case whose first form asks for this; gives its number."""
    page = city.people.start(position, "coba-buku")
    number = case_number(page)
    city.people.decide(position, number, "kirim", {"urusan": urusan, "jumlah": str(jumlah), "hari": DAY}, address=page.path)
    return number


def stopped(page: Page) -> Locator:
    return page.locator(".pesan.salah").filter(has_text="Mengapa langkah ini berhenti:")


def mending(city: City, open_page: Open, number: int) -> Page:
    """The operator before the task that the refused act left."""
    return on_task(city.people, open_page(js=False), OPERATOR, number)


def test_a_bank_that_says_no(city: City, open_page: Open) -> None:
    page = mending(city, open_page, asked(city, "bayar", 500))
    mend = SystemRefused.default.partition(". ")[2]
    expect(stopped(page)).to_contain_text(f"Sistem bank menolak: Melebihi batas harian. {mend}")
    expect(page.locator("main")).to_contain_text("Coba lagi: langkah mesin ini dicoba lagi.")
    expect(page.get_by_role("link", name=re.compile("^Perkara "))).to_have_count(0)


def test_more_days_than_are_left(city: City, open_page: Open) -> None:
    page = mending(city, open_page, asked(city, "tahan", 90))
    expect(stopped(page)).to_contain_text("Saldo Cuti tahunan tidak cukup: tersedia 12 hari, hendak ditahan 90 hari. Kurangi jumlahnya.")
    assert "Kurangi jumlahnya" in BalanceShort.default


def test_a_day_that_is_taken(city: City, open_page: Open) -> None:
    """Two cases want the same official on one day; the second waits, and goes on once the first gave it back."""
    asked(city, "pesan", 1)
    page = mending(city, open_page, asked(city, "pesan", 1))
    expect(stopped(page)).to_contain_text(AlreadyBooked.default)


def test_a_list_that_the_city_does_not_keep(city: City, open_page: Open) -> None:
    page = mending(city, open_page, asked(city, "lihat", 1))
    expect(stopped(page)).to_contain_text("Registri belum-ada belum ada di kota ini. Nyatakan pada city.toml bagian [registri.belum-ada].")
    assert "tidak ada di buku kota" in BookUnreadable.default
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Tercatat")


def test_a_room_booked_by_hand_for_a_taken_hour(city: City, open_page: Open) -> None:
    """On the form of the keeper: beside its field, everything typed still there."""
    page = signed_in(city.people, open_page(js=False), OPERATOR)
    for _ in range(2):
        page.goto(f"{city.people.base_url}/kelola/pemesanan/tambah")
        for name, text in (
            ("jenis", "ruang"),
            ("dipesan", "aula"),
            ("keperluan", "Rapat"),
            ("sumber", "Undangan 7"),
            ("alasan", "Diminta bagian umum"),
        ):
            page.locator(f"#{name}").fill(text)
        for name, hour in (("mulai", "08.00"), ("akhir", "10.00")):
            page.locator(f"#{name}-0").fill(DAY)
            page.locator(f"#{name}-1").fill(hour)
        answer = press(page, "Pesan")
    assert answer.status == AlreadyBooked.status
    expect(told(page)).to_contain_text(AlreadyBooked.default)
    expect(page.locator("#keperluan")).to_have_value("Rapat")


def test_a_sheet_that_another_window_replaced(city: City, open_page: Open) -> None:
    """The preview of the older window is not written; the newer one is shown with the reason already typed."""
    old = signed_in(city.people, open_page(js=False), OPERATOR)
    new = old.context.new_page()
    for page, name in ((old, "Zona Satu"), (new, "Zona Dua")):
        page.goto(f"{city.people.base_url}/kelola/lembar/tempat")
        content = f"kode;jenis;nama;induk\nzona-uji;zona;{name};36.71\n".encode()
        page.get_by_label("Berkas CSV").set_input_files({"name": "tempat.csv", "mimeType": "text/csv", "buffer": content})
        press(page, "Lihat perubahannya")
    old.get_by_label("Alasan perubahan").fill("Rencana tata ruang")
    assert press(old, "Simpan perubahan ini").status == StaleVersion.status
    expect(told(old)).to_contain_text("Berkas atau isi buku berubah sejak pratinjau. Periksa perubahannya sekali lagi, lalu simpan.")
    expect(old.locator("main")).to_contain_text("Zona Dua")
    expect(old.get_by_label("Alasan perubahan")).to_have_value("Rencana tata ruang")
    press(old, "Simpan perubahan ini")
    expect(old.get_by_role("status")).to_contain_text("Berkas sudah disimpan")
