"""A disposition that cannot be as asked: two leads, one that was read meanwhile, a report before those below are done, a letter registered twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from embedded.demo import ZONE, register, scan
from engine.errors import AlreadyRead, AlreadyRecorded, BranchesOpen, RecipientInvalid
from tests.journeys.conftest import SIZES, Open
from tests.journeys.refused.conftest import City
from tests.journeys.refused.desk import on_task, press, signed_in, told

pytestmark = [pytest.mark.server, pytest.mark.slow]
CLERK, HEAD, LEAD, HELPER, COPY = "persuratan-diskominfo", "kepala-diskominfo", "kabid-aplikasi", "kabid-infrastruktur", "kabid-informasi"
BELOW = "ketua-tim-diskominfo"
DUE = f"{datetime.now(ZONE).date() + timedelta(days=7):%d-%m-%Y}"


@dataclass
class Letter:
    city: City
    number: int
    paper: Path


@pytest.fixture(scope="module")
def letter(city: City, tmp_path_factory: pytest.TempPathFactory) -> Letter:
    """An incoming letter before the head of the agency."""
    folder = tmp_path_factory.mktemp("pindaian")
    number = register(city.people, folder)
    return Letter(city, number, scan(folder))


def receiver(page: Page, row: int, position: str, part: str) -> None:
    """Fills one row of the receivers."""
    page.locator(f'[name="penerima_disposisi.{row}.pejabat"]').fill(position)
    page.locator(f'[name="penerima_disposisi.{row}.peran"][value="{part}"]').check()
    page.locator(f'[name="penerima_disposisi.{row}.instruksi"]').first.check()
    page.locator(f'[name="penerima_disposisi.{row}.batas_waktu"]').fill(DUE)


def test_two_leads_are_one_too_many(letter: Letter, open_page: Open) -> None:
    """The head mends the row on the page that came back, and the letter goes on."""
    people = letter.city.people
    page = on_task(people, open_page(width=SIZES["ponsel"], js=False), HEAD, letter.number)
    for _ in range(2):
        press(page, "Tambah Diteruskan kepada")
    for row, (position, part) in enumerate(((LEAD, "utama"), (HELPER, "utama"), (COPY, "tembusan"))):
        receiver(page, row, position, part)
    page.get_by_role("radio", name="Disposisikan").check()
    press(page, "Lanjutkan")
    assert press(page, "Kirim").status == RecipientInvalid.status
    expect(told(page)).to_contain_text("Tepat satu penerima disposisi berperan utama.")
    expect(page.locator('[name="penerima_disposisi.2.pejabat"]')).to_have_value(re.compile(COPY))
    page.locator('[name="penerima_disposisi.1.peran"][value="pendukung"]').check()
    press(page, "Lanjutkan")
    press(page, "Kirim")
    expect(page.get_by_role("status")).to_contain_text("Tercatat")


def test_what_was_read_meanwhile_is_not_taken_back(letter: Letter, open_page: Open) -> None:
    """One whose receiver has not opened it is taken back; the other was opened while the head's page stood still."""
    people = letter.city.people
    page = signed_in(people, open_page(js=False), HEAD)
    page.goto(f"{people.base_url}/perkara/{letter.number}")
    press(page, re.compile("^Tarik disposisi Kepala Bidang Informasi"))
    expect(page.get_by_role("status")).to_contain_text("Disposisi sudah ditarik")
    people.at(HELPER).get(people.task(HELPER, letter.number))
    assert press(page, re.compile("^Tarik disposisi Kepala Bidang Infrastruktur")).status == AlreadyRead.status
    expect(told(page)).to_contain_text(AlreadyRead.default)
    expect(page.get_by_role("button", name="Tarik disposisi")).to_have_count(1)


def test_a_report_waits_for_those_below(letter: Letter, open_page: Open) -> None:
    """Two windows: in one the lead passes the letter on, in the other his page still offers to report."""
    people = letter.city.people
    page = on_task(people, open_page(js=False), LEAD, letter.number)
    row = {"pejabat": BELOW, "peran": "utama", "instruksi": ["pelajari"], "batas_waktu": DUE}
    people.decide(LEAD, letter.number, "teruskan", {f"penerima_disposisi.0.{name}": value for name, value in row.items()})
    page.get_by_role("radio", name="Lapor selesai").check()
    page.locator('[name="reason"]').fill("Data sudah lengkap.")
    assert press(page, re.compile("^(Lanjutkan|Kirim)$")).status == BranchesOpen.status
    expect(told(page)).to_contain_text("Penerima disposisi Anda belum semua melapor; laporkan setelah mereka selesai.")
    expect(page.locator('[name="reason"]')).to_have_value("Data sudah lengkap.")
    expect(page.get_by_role("radio", name="Lapor selesai")).to_have_count(0)


def test_a_letter_that_was_registered_before(letter: Letter, open_page: Open) -> None:
    """The same number of the same sender a second time: refused with the number of the first, and nothing typed is lost."""
    people = letter.city.people
    begun = people.start(CLERK, "surat-masuk-disposisi")
    today = datetime.now(ZONE).date()
    given = {
        "nomor_surat": "123/UC/XI/2026", "tanggal_surat": f"{today - timedelta(days=3):%d-%m-%Y}", "tanggal_terima": f"{today:%d-%m-%Y}",
        "pengirim": "Universitas Contoh", "perihal": "Permohonan yang sama", "sifat": "biasa", "urgensi": "penting", "kode_klasifikasi": "500.12",
        "jumlah_lampiran": "0", "outcome": "catat",
    }  # fmt: skip
    people.at(CLERK).press(begun, "Simpan draf", given, {"pindaian_surat": [letter.paper]})
    page = signed_in(people, open_page(js=False), CLERK)
    page.goto(f"{people.base_url}{begun.path.partition('?')[0]}?bagian=semua")
    page.get_by_role("radio", name="Catat").check()
    press(page, "Lanjutkan")
    assert press(page, "Kirim").status == AlreadyRecorded.status
    expect(told(page)).to_contain_text(
        f"sudah tercatat dengan nomor agenda 1 (perkara {letter.number}). Tandai ganda dan tunjuk yang itu, atau perbaiki isiannya."
    )
    expect(page.get_by_label("Perihal").or_(page.locator('[name="perihal"]')).first).to_have_value("Permohonan yang sama")
