"""The two letters as officials meet them in a browser: registered at a desk, disposed and answered on a phone, signed between two meetings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from embedded import demo
from embedded.office_hours import Officials, case_number
from embedded.stack import SAMPLE_PASSPHRASE
from tests.journeys.conftest import SIZES, Open
from tests.journeys.desk import Desk

pytestmark = [pytest.mark.server, pytest.mark.slow]
expect.set_options(timeout=30_000)
LOOKS = [("ponsel", True), ("laptop", False)]


def fill(page: Page, letter: str, scan: Path) -> None:
    """The form of an incoming letter with its scan."""
    for label, value in (
        ("Nomor surat", letter), ("Tanggal surat", "20-11-2026"), ("Tanggal diterima", "24-11-2026"), ("Asal surat", "Universitas Contoh"),
        ("Hal", "Permohonan data"), ("Kode klasifikasi", "500.12"),
    ):  # fmt: skip
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("group", name="Sifat (keamanan)").get_by_label("Biasa", exact=True).check()
    page.get_by_role("group", name="Derajat kecepatan").get_by_label("Penting").check()
    page.locator("#pindaian_surat-pilih").set_input_files(scan)
    expect(page.get_by_role("status")).to_contain_text("terunggah")
    page.get_by_role("radio", name="Catat –").check()


@pytest.mark.parametrize(("size", "dark"), LOOKS, ids=["ponsel-gelap", "laptop-terang"])
def test_a_letter_is_registered_disposed_and_reported(people: Officials, open_page: Open, axe: Any, size: str, dark: bool, tmp_path: Path) -> None:
    desk = Desk(people, open_page(width=SIZES[size], dark=dark), axe, "persuratan-diskominfo")
    page = desk.page
    page.goto(desk.base + "/mulai")
    desk.judged()
    page.get_by_role("button", name="Mulai Penerimaan surat masuk").click()
    number = int(re.findall(r"\d+", page.locator(".jejak-atas a").inner_text())[0])
    desk.press("Lanjutkan")
    expect(page.get_by_role("alert")).to_contain_text("Isi Nomor surat.")
    desk.judged()
    fill(page, f"{size}-{dark}/2026", demo.scan(tmp_path))
    desk.press("Lanjutkan")
    expect(page.get_by_role("heading", name="Periksa sebelum dikirim")).to_be_visible()
    desk.judged()
    desk.press("Kirim")
    expect(page.get_by_role("status")).to_contain_text("Tercatat")
    people.decide("kasubbag-umpeg-diskominfo", number, "teruskan")

    head = Desk(people, open_page(width=SIZES[size], dark=dark), axe, "kepala-diskominfo")
    head.page.goto(head.base + people.task("kepala-diskominfo", number))
    expect(head.page.locator(".naskah-gambar img").first).to_be_visible()
    head.judged()
    head.press("Tambah Diteruskan kepada")
    row = head.page.get_by_role("group", name="Diteruskan kepada 1")
    row.get_by_label("Pejabat").fill("Kepala Bidang Aplikasi Informatika")
    row.get_by_label("Utama").check()
    row.get_by_label("Tanggapi").check()
    row.get_by_label("Batas waktu").fill("31-12-2026")
    head.page.get_by_role("radio", name="Disposisikan –").check()
    head.press("Lanjutkan")
    head.judged()
    head.press("Kirim")
    expect(head.page.get_by_role("status")).to_contain_text("Tercatat")

    chief = Desk(people, open_page(width=SIZES[size], dark=dark), axe, "kabid-aplikasi")
    line = chief.page.locator("[data-baris]", has_text=f"Perkara {number} ")
    line.locator("summary").click()
    line.get_by_label("Laporan, pertanyaan, atau alasan").fill("Data sudah dihimpun.")
    chief.judged()
    line.get_by_role("button", name="Lapor selesai").click()
    expect(chief.page.get_by_role("status")).to_contain_text("Tercatat")
    people.task("kabid-aplikasi", number, "laporan")


def drafted(people: Officials, subject: str) -> int:
    """An outgoing letter that waits for the head's signature."""
    page = people.start("konseptor-diskominfo", demo.OUTGOING)
    number = case_number(page)
    people.decide("konseptor-diskominfo", number, "kirim", {**demo.letter("Dengan hormat.\n\nDemikian."), "hal": subject}, address=page.path)
    for position in ("ketua-tim-diskominfo", "kabid-aplikasi", "sekretaris-diskominfo"):
        people.decide(position, number, "paraf")
    return number


@pytest.mark.parametrize(("size", "dark"), LOOKS, ids=["ponsel-gelap", "laptop-terang"])
def test_two_letters_are_signed_by_one_passphrase(people: Officials, open_page: Open, axe: Any, size: str, dark: bool) -> None:
    subjects = [f"Undangan {size} {dark}", f"Jawaban {size} {dark}"]
    numbers = [drafted(people, subject) for subject in subjects]
    for number in numbers:
        people.task("kepala-diskominfo", number)
    head = Desk(people, open_page(width=SIZES[size], dark=dark), axe, "kepala-diskominfo")
    page = head.page
    page.goto(head.base + "/tanda-tangan")
    head.judged()
    for subject in subjects:
        page.get_by_label(f"Pilih {subject}").check()
    head.press("Tinjau dan tanda tangan")
    head.judged()
    head.press("Tanda tangani")
    expect(page.get_by_role("alert")).to_contain_text("Isi frasa sandi")
    head.judged()
    page.get_by_label("Saya sudah membaca").check()
    page.get_by_label("Frasa sandi tanda tangan").fill(SAMPLE_PASSPHRASE)
    head.press("Tanda tangani")
    expect(page.get_by_text("Ditandatangani dan diperiksa")).to_have_count(2, timeout=30_000)
    head.judged()
    page.goto(f"{head.base}/perkara/{numbers[0]}")
    expect(page.get_by_role("link", name="Unduh PDF").first).to_be_visible()
    head.judged()
    page.goto(f"{head.base}/perkara/{numbers[0]}/riwayat")
    expect(page.get_by_text("Rantai utuh")).to_be_visible()
    head.judged()


def test_pressing_twice_is_one_decision_and_a_second_person_reads_why(people: Officials) -> None:
    page = people.start("konseptor-diskominfo", demo.OUTGOING)
    number = case_number(page)
    people.decide("konseptor-diskominfo", number, "kirim", {**demo.letter("Dengan hormat."), "hal": "Ditekan dua kali"}, address=page.path)
    chief = people.at("ketua-tim-diskominfo")
    asked = chief.get(people.task("ketua-tim-diskominfo", number))
    form = asked.form(button="Kirim")
    sent = {"outcome": ["paraf"], "aksi": ["kirim"]}
    first, again = chief.post(form.action, sent, form), chief.post(form.action, sent, form)
    assert "selesai=" in first.path
    assert again.path == first.path
    late = chief.post(form.action, {**sent, "request_id": ["01M8918JXV470CWXY81TD21PDT"]}, form)
    assert late.status == 409
    assert "Yusuf Hidayatullah Contoh" in late.text
    assert "Paraf" in late.text


def test_refusals_keep_what_was_typed_and_name_the_mend(people: Officials) -> None:
    page = people.start("persuratan-diskominfo", demo.INCOMING)
    desk = people.at("persuratan-diskominfo")
    wrong = {
        "nomor_surat": "7/XX/2026",
        "tanggal_surat": "31-02-2026",
        "tanggal_terima": "25-11-2099",
        "pengirim": "Universitas",
        "jumlah_lampiran": "dua",
        "outcome": "catat",
    }
    told = desk.press(page, "Lanjutkan", wrong)
    assert told.status == 422
    assert any("Tanggal surat" in fault for fault in told.faults)
    assert any("masa depan" in fault for fault in told.faults)
    form = told.form(button="Lanjutkan")
    assert (form.texts["nomor_surat"], form.texts["jumlah_lampiran"]) == (["7/XX/2026"], ["dua"])
    none = desk.press(told, "Lanjutkan", {"outcome": "terbang"})
    assert "Pilih keputusan Anda." in none.faults
    unsaid = people.start("konseptor-diskominfo", demo.OUTGOING)
    number = case_number(unsaid)
    people.decide("konseptor-diskominfo", number, "kirim", {**demo.letter("Dengan hormat."), "hal": "Tanpa alasan"}, address=unsaid.path)
    chief = people.at("ketua-tim-diskominfo")
    back = chief.press(chief.get(people.task("ketua-tim-diskominfo", number)), "Kirim", {"outcome": "kembalikan", "reason": " "})
    assert back.status in (400, 409, 422)
    assert any("alasan" in fault.lower() for fault in back.faults)


def test_a_wrong_passphrase_signs_nothing_and_says_so(people: Officials) -> None:
    number = drafted(people, "Frasa salah")
    task = people.task("kepala-diskominfo", number)
    head = people.at("kepala-diskominfo")
    sent = head.press(head.get(task), "Kirim", {"outcome": "tandatangani", "setuju": "ya", "frasa": "bukan frasa saya"})
    assert sent.status == 200
    again = head.get(people.task("kepala-diskominfo", number))
    assert "Tanda tangan sebelumnya tidak jadi" in again.text
    assert "bukan frasa saya" not in again.html
    people.sign("kepala-diskominfo", number)
