"""Leave as people meet it: asked for on a phone by keyboard, weighed, checked, decided and permitted; and asked for without scripts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from embedded.office_hours import Officials
from embedded.stack import SAMPLE_PASSPHRASE
from tests.journeys.conftest import SIZES, Open
from tests.journeys.desk import Desk, city_day

pytestmark = [pytest.mark.server, pytest.mark.slow]
EMPLOYEE, CHIEF, PERSONNEL, HEAD = "konseptor-diskominfo", "ketua-tim-diskominfo", "kepegawaian-diskominfo", "kepala-diskominfo"
START = "Mulai Permintaan dan pemberian cuti ASN"
expect.set_options(timeout=30_000)
LOOKS = [("ponsel", False), ("laptop", True)]


def day(number: int) -> str:
    return f"{city_day() + timedelta(days=number):%d-%m-%Y}"


def case_of(page: Page) -> int:
    return int(re.findall(r"\d+", page.locator(".jejak-atas a").first.inner_text())[0])


def ask_by_keyboard(desk: Desk, starts: int) -> int:
    """Five pages of questions without a mouse; gives the number of the case."""
    page = desk.page
    page.goto(desk.base + "/mulai")
    desk.enter(START)
    page.wait_for_url("**/tugas/*")
    number = case_of(page)
    desk.judged()
    desk.choose("Tahunan")
    desk.type("Alasan", "Menengok orang tua di kampung.")
    desk.enter("Simpan dan lanjut")
    page.wait_for_url("**bagian=2")
    desk.judged()
    desk.type("Dari", day(starts))
    desk.type("Sampai", day(starts + 2))
    desk.choose("Ya", down=1)
    desk.enter("Simpan dan lanjut")
    page.wait_for_url("**bagian=3")
    desk.judged()
    desk.type("Alamat selama cuti", "Jalan Contoh Nomor 1, Kota Contoh")
    desk.type("Telepon", "0812-3456-7890")
    desk.enter("Simpan dan lanjut")
    page.wait_for_url("**bagian=4")
    expect(page.get_by_text("Tidak ada yang perlu diisi di bagian ini.")).to_be_visible()
    desk.judged()
    desk.enter("Simpan dan lanjut")
    page.wait_for_url("**bagian=5")
    desk.judged()
    desk.choose("Kirim")
    desk.enter("Lanjutkan")
    expect(page.get_by_role("heading", name="Periksa sebelum dikirim")).to_be_visible()
    desk.judged()
    desk.enter("Kirim")
    expect(page.get_by_role("status")).to_contain_text("Tercatat")
    return number


def decide(people: Officials, desk: Desk, position: str, number: int, outcome: str) -> None:
    """Reads one task and presses one answer."""
    desk.page.goto(desk.base + people.task(position, number))
    expect(desk.page.get_by_text("Diajukan oleh Rina Kartikasari Contoh")).to_be_visible()
    desk.judged()
    desk.page.get_by_role("radio", name=re.compile(f"^{outcome}")).check()
    desk.press("Kirim")
    expect(desk.page.get_by_role("status")).to_contain_text("Tercatat")


@pytest.mark.parametrize(("size", "dark"), LOOKS, ids=["ponsel-terang", "laptop-gelap"])
def test_leave_is_asked_by_keyboard_and_granted(people: Officials, open_page: Open, axe: Any, size: str, dark: bool) -> None:
    width = SIZES[size]
    number = ask_by_keyboard(Desk(people, open_page(width=SIZES["ponsel"], dark=dark), axe, EMPLOYEE), 30 if dark else 60)
    decide(people, Desk(people, open_page(width=width, dark=dark), axe, CHIEF), CHIEF, number, "Setujui –")
    decide(people, Desk(people, open_page(width=width, dark=dark), axe, PERSONNEL), PERSONNEL, number, "Lengkap –")

    head = Desk(people, open_page(width=width, dark=dark), axe, HEAD)
    page = head.page
    task = people.task(HEAD, number)
    page.goto(head.base + "/tanda-tangan")
    expect(page.get_by_role("heading", name="Perlu diputus sendiri-sendiri")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    head.judged()
    page.goto(head.base + task)
    expect(page.locator(".naskah-gambar img").first).to_be_visible()
    expect(page.get_by_text("Sisa hari kerja cuti tahunan sebelum permintaan ini")).to_be_visible()
    expect(page.get_by_label("Frasa sandi tanda tangan")).to_be_hidden()
    head.judged()
    page.get_by_role("radio", name="Setujui –").check()
    page.get_by_label("Saya sudah membaca naskah ini").check()
    page.get_by_label("Frasa sandi tanda tangan").fill(SAMPLE_PASSPHRASE)
    head.press("Kirim")
    page.get_by_role("link", name="Lihat hasilnya").click()
    expect(page.get_by_text("Ditandatangani dan diperiksa")).to_be_visible()
    head.judged()
    people.sign(HEAD, number, "Tanda tangani")

    page.goto(f"{head.base}/perkara/{number}")
    expect(page.get_by_role("link", name=re.compile("Unduh PDF"))).to_have_count(2)
    head.judged()
    page.goto(f"{head.base}/perkara/{number}/riwayat")
    expect(page.get_by_text("Rantai utuh")).to_be_visible()
    head.judged()


def test_the_same_request_without_scripts(people: Officials, open_page: Open) -> None:
    """Refused with the rule in words, mended, sent; the replacement is chosen by NIP and read back by name."""
    desk = Desk(people, open_page(width=SIZES["ponsel"], js=False), None, HEAD)
    page = desk.page
    page.goto(desk.base + "/mulai")
    desk.press(START)
    number = case_of(page)
    page.goto(page.url + "?bagian=semua")
    page.get_by_label("Tahunan").check()
    page.get_by_label("Alasan", exact=True).fill("Menengok orang tua di kampung.")
    page.get_by_label("Dari", exact=True).fill(day(2))
    page.get_by_label("Sampai", exact=True).fill(day(4))
    page.get_by_role("group", name="Dijalankan di luar negeri").get_by_label("Tidak").check()
    page.get_by_label("Alamat selama cuti").fill("Jalan Contoh Nomor 1, Kota Contoh")
    page.get_by_label("Telepon yang dapat").fill("0812-3456-7890")
    page.get_by_label("Pegawai pengganti").fill(people.accounts["kabid-aplikasi"][0])
    page.get_by_role("radio", name="Kirim –").check()
    desk.press("Lanjutkan")
    expect(page.get_by_role("alert")).to_contain_text("7 hari kerja")
    expect(page.get_by_label("Pegawai pengganti")).to_have_value(f"{people.accounts['kabid-aplikasi'][0]}")
    page.get_by_label("Dari", exact=True).fill(day(90))
    page.get_by_label("Sampai", exact=True).fill(day(92))
    desk.press("Lanjutkan")
    expect(page.get_by_text("Dewi Anjarwati Contoh")).to_be_visible()
    desk.press("Kirim")
    expect(page.get_by_role("status")).to_contain_text("Tercatat")
    page.goto(f"{desk.base}/perkara/{number}")
    expect(page.get_by_text("Dewi Anjarwati Contoh").first).to_be_visible()


def test_who_asks_for_more_than_his_right_reads_why(people: Officials, open_page: Open, axe: Any) -> None:
    """An overlap with his own earlier leave is named, and the mended request goes on."""
    position = "kabid-infrastruktur"
    given = {
        "jenis_cuti": "tahunan",
        "alasan": "Menengok orang tua.",
        "luar_negeri": "tidak",
        "alamat_cuti": "Jalan Contoh 1",
        "telepon": "0812-3456-7890",
    }
    started_ = [people.start(position, "cuti-asn") for _ in range(2)]
    for asked in started_:
        period = {"periode": [day(40), day(44)], "pengganti": people.accounts["kabid-informasi"][0]}
        people.decide(position, int(re.findall(r"/perkara/(\d+)", asked.html)[0]), "kirim", {**given, **period}, address=asked.path + "?bagian=semua")
    number = int(re.findall(r"/perkara/(\d+)", started_[1].html)[0])
    desk = Desk(people, open_page(width=SIZES["ponsel"]), axe, position)
    page = desk.page
    page.goto(desk.base + people.task(position, number))
    expect(page.get_by_role("heading", name="Hasil pemeriksaan")).to_be_visible()
    expect(page.get_by_text("Kegiatan yang bertumpuk")).to_be_visible()
    desk.judged()
    page.get_by_role("radio", name="Ubah –").check()
    desk.press("Kirim")
    expect(page.get_by_role("status")).to_contain_text("Tercatat")
    page.goto(desk.base + people.task(position, number) + "?bagian=3")
    expect(page.get_by_label("Alamat selama cuti")).to_have_value("Jalan Contoh 1")
