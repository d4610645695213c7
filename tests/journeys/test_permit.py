"""A permit for somebody without an account: opened at the counter, answered on his phone by a mailed link, sent back, mended by a new link, taken by a third."""

from __future__ import annotations

import email
import email.policy
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from embedded.demo import scan
from embedded.demo_services import link
from embedded.office_hours import Officials
from engine.errors import LinkClosed
from tests.journeys.conftest import SIZES, Open, overflow, small_targets
from tests.journeys.desk import Desk, city_day, started

pytestmark = [pytest.mark.server, pytest.mark.slow]
expect.set_options(timeout=30_000)
COUNTER = "surat-penelitian"
ELSEWHERE = ("/tugas", "/mulai", "/perkara", "/agenda", "/cari", "/surel", "/pemberitahuan", "/proses", "/saya", "/tanda-tangan")


@pytest.fixture(scope="module")
def city() -> Iterator[tuple[Officials, Path]]:
    with started() as (made, stack):
        yield made, stack.state / "mail"


def mailed(folder: Path, after: int) -> str:
    """The answering address in the newest letter of the mail folder, once there are more than ``after``."""
    until = time.monotonic() + 45
    while time.monotonic() < until:
        found = sorted(folder.glob("*.eml"), key=lambda one: one.stat().st_mtime)
        links = [link for one in found if (link := _link(one))]
        if len(links) > after:
            return links[-1]
        time.sleep(0.3)
    raise AssertionError(f"tidak ada surat baru bertautan di {folder}: {[one.name for one in folder.glob('*')]}")


def _link(letter: Path) -> str:
    said = email.message_from_bytes(letter.read_bytes(), policy=email.policy.default).get_content()
    found = re.search(r"\S+/jawab/\S+", said)
    return found[0] if found else ""


def good(page: Page, axe: Any) -> None:
    assert (axe(page), overflow(page), small_targets(page)) == ([], 0, []), page.url


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def opened(people: Officials, open_page: Open, axe: Any) -> int:
    """The counter writes the applicant down; gives the number of the case."""
    desk = Desk(people, open_page(), axe, COUNTER)
    desk.page.goto(desk.base + "/mulai")
    desk.press("Mulai Surat keterangan penelitian")
    desk.press("Mulai")
    expect(desk.page.get_by_role("alert")).to_contain_text("Isi Nama pemohon.")
    desk.judged()
    desk.page.get_by_label("Nama pemohon").fill("Dewi Contoh")
    desk.page.get_by_label("Alamat surel").fill("dewi@kampus.example")
    desk.press("Mulai")
    expect(desk.page.get_by_role("heading", name="Menunggu Dewi Contoh")).to_be_visible()
    desk.judged()
    return int(re.findall(r"\d+", desk.page.locator(".jejak-atas a").first.inner_text())[0])


def day(number: int) -> str:
    return f"{city_day() + timedelta(days=number):%d-%m-%Y}"


def fill(page: Page, axe: Any, paper: Path) -> None:
    """Four topics with their uploads, each page judged."""
    good(page, axe)
    page.get_by_label("Judul penelitian").fill("Kepuasan warga atas layanan kota")
    page.get_by_label("Metode").fill("Wawancara terstruktur dengan pengguna layanan; data layanan tahun lalu.")
    page.get_by_label("Dari").fill(day(14))
    page.get_by_label("Sampai").fill(day(100))
    page.get_by_role("group", name="Perpanjangan surat").get_by_label("Tidak").check()
    press(page, "Simpan dan lanjut")
    page.wait_for_url("**bagian=2")
    page.get_by_label("Lembaga pendidikan").check()
    page.get_by_label("Lembaga", exact=True).fill("Universitas Contoh")
    page.get_by_label("Nama", exact=True).fill("Dewi Contoh")
    page.get_by_label("NIK atau NIM").fill("2021010203")
    page.get_by_label("Ketua").check()
    page.get_by_role("group", name="Melibatkan peneliti asing").get_by_label("Tidak").check()
    good(page, axe)
    press(page, "Simpan dan lanjut")
    page.wait_for_url("**bagian=3")
    places = (("Dinas Kesehatan", "Wawancara dan data layanan"), ("Dinas Pendidikan", "Data layanan"))
    for number, (place, what) in enumerate(places, 1):
        if number > 1:
            press(page, "Tambah Lokasi penelitian")
        row = page.get_by_role("group", name=f"Lokasi penelitian {number}")
        row.get_by_label("Perangkat daerah atau kelurahan").fill(place)
        row.get_by_label("Data atau kegiatan").fill(what)
    good(page, axe)
    press(page, "Simpan dan lanjut")
    page.wait_for_url("**bagian=4")
    for box in page.locator("input[type=file]:visible").all():
        box.set_input_files(paper)
    good(page, axe)
    press(page, "Simpan dan lanjut")
    page.wait_for_url("**bagian=5")


def send(page: Page, axe: Any) -> None:
    page.get_by_role("radio", name="Kirim").check()
    good(page, axe)
    press(page, "Lanjutkan")
    expect(page.get_by_role("heading", name="Periksa sebelum dikirim")).to_be_visible()
    good(page, axe)
    press(page, "Kirim")
    expect(page.get_by_role("heading", name="Jawaban Anda sudah kami terima")).to_be_visible()
    good(page, axe)


def test_a_researcher_answers_by_link_and_mends_by_another(city: tuple[Officials, Path], open_page: Open, axe: Any, tmp_path: Path) -> None:
    people, folder = city
    paper = scan(tmp_path)
    number = opened(people, open_page, axe)
    first = mailed(folder, 0)
    page = open_page(width=SIZES["ponsel"])
    page.goto(first)
    assert first.rpartition("/")[2] not in page.url, "the token stays out of the address"
    fill(page, axe, paper)
    send(page, axe)

    page.goto(first)
    expect(page.get_by_role("heading", name="Tautan tidak berlaku lagi")).to_be_visible()
    expect(page.get_by_role("link", name="Ke kotak tugas")).to_have_count(0)
    good(page, axe)
    for path in (*ELSEWHERE, f"/perkara/{number}", f"/perkara/{number}/riwayat"):
        page.goto(people.base_url + path)
        expect(page.get_by_label("Kata sandi", exact=True)).to_be_visible()

    people.decide(COUNTER, number, "kembalikan", reason="Proposal belum disahkan.")
    second = mailed(folder, 1)
    again = open_page(width=SIZES["ponsel"], dark=True)
    again.goto(second)
    expect(again.get_by_text("Proposal belum disahkan.")).to_be_visible()
    expect(again.get_by_label("Judul penelitian")).to_have_value("Kepuasan warga atas layanan kota")
    good(again, axe)
    again.goto(people.base_url + "/jawab?bagian=5")
    send(again, axe)
    desk = Desk(people, open_page(), axe, COUNTER)
    desk.page.goto(desk.base + people.task(COUNTER, number))
    expect(desk.page.get_by_text("Diajukan oleh Dewi Contoh")).to_be_visible()
    expect(desk.page.get_by_text("Salah satu peneliti punya surat terdahulu")).to_be_visible()
    desk.judged()
    letter_reaches_everybody(people, folder, number, open_page, axe)


def _taken(page: Page, name: str) -> bytes:
    with page.expect_download() as took:
        page.get_by_role("link", name=name).first.click()
    return Path(took.value.path()).read_bytes()


def letter_reaches_everybody(people: Officials, folder: Path, number: int, open_page: Open, axe: Any) -> None:
    """The researcher takes it on her phone, also without scripts; a place it names reads it among its copies, and tells the case so."""
    people.decide(COUNTER, number, "lengkap")
    people.decide("kabid-kewaspadaan", number, "setuju", {"tingkat_risiko": "rendah", "catatan_risiko": "Wawancara didampingi petugas."})
    for position in ("kepala-dinkes", "kepala-disdik"):
        people.decide(position, number, "bersedia")
    people.sign("kepala-kesbangpol", number)
    address = link(folder, 1, "/naskah/")
    for scripts in (False, True):
        page = open_page(width=SIZES["ponsel"], dark=scripts, js=scripts)
        page.goto(people.base_url + address)
        expect(page.get_by_role("heading", name="Naskah untuk Anda")).to_be_visible()
        assert address.rpartition("/")[2] not in page.url, "the token stays out of the address"
        assert _taken(page, "Unduh PDF").startswith(b"%PDF-")
        if scripts:
            good(page, axe)
    place = Desk(people, open_page(width=SIZES["ponsel"]), axe, "kepala-dinkes")
    place.page.get_by_role("link", name="Tembusan", exact=True).click()
    place.judged()
    assert _taken(place.page, "Surat keterangan penelitian").startswith(b"%PDF-")
    desk = Desk(people, open_page(), axe, COUNTER)
    desk.page.goto(f"{desk.base}/perkara/{number}")
    expect(desk.page.get_by_text(re.compile("Kepala Dinas Kesehatan \\(dibuka"))).to_be_visible()
    desk.judged()


def test_a_link_taken_back_opens_nothing_and_a_wrong_one_says_so(city: tuple[Officials, Path], open_page: Open, axe: Any) -> None:
    people, folder = city
    before = len([one for one in folder.glob("*.eml") if _link(one)])
    number = opened(people, open_page, axe)
    taken_back = mailed(folder, before)
    desk = people.at(COUNTER)
    asked = desk.get(people.task(COUNTER, number))
    desk.press(asked, "Cabut semua tautan")
    page = open_page(width=SIZES["ponsel"])
    assert page.goto(taken_back).status == LinkClosed.status  # type: ignore[union-attr]
    expect(page.locator("main")).to_contain_text(LinkClosed.default)
    good(page, axe)
    assert page.goto(people.base_url + "/jawab/" + "x" * 43).status == 404  # type: ignore[union-attr]
    good(page, axe)
    fresh = open_page(width=SIZES["ponsel"])
    assert fresh.goto(people.base_url + "/jawab").status == 404  # type: ignore[union-attr]
