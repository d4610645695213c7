"""The demo's other stories: an annual leave, a Plh. while an official is away, a research letter for somebody without an account."""

from __future__ import annotations

import email
import email.policy
import re
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from embedded.office_hours import NotAsExpected, Officials, case_number
from embedded.stack import SAMPLE_PASSPHRASE
from embedded.visitor import Page, Visitor

ZONE = ZoneInfo("Asia/Jakarta")
LEAVE, ACTING, RESEARCH = "cuti-asn", "penunjukan-plh-plt", "surat-keterangan-penelitian"
EMPLOYEE, CHIEF, PERSONNEL, HEAD = "konseptor-diskominfo", "ketua-tim-diskominfo", "kepegawaian-diskominfo", "kepala-diskominfo"
COUNTER, ANALYST = "surat-penelitian", "analis-sdm"
WHOLE = "?bagian=semua"
"""Every topic of a form on one page."""
SIGNING = {"setuju": "ya", "frasa": SAMPLE_PASSPHRASE}


def day(number: int) -> str:
    """``number`` days from today, as people type it."""
    return f"{datetime.now(ZONE).date() + timedelta(days=number):%d-%m-%Y}"


def working_week() -> list[str]:
    """Monday to Friday five weeks from now or a little later: far enough ahead for any leave."""
    ahead = 35 + (-datetime.now(ZONE).date().weekday()) % 7
    return [day(ahead), day(ahead + 4)]


def leave(people: Officials) -> int:
    """Asked, weighed, checked, decided on its form, permitted; the days are booked."""
    page = people.start(EMPLOYEE, LEAVE)
    number = case_number(page)
    given: dict[str, str | list[str]] = {
        "jenis_cuti": "tahunan", "alasan": "Menengok orang tua di kampung.", "periode": working_week(), "luar_negeri": "tidak",
        "alamat_cuti": "Jalan Contoh Nomor 1, Kota Contoh", "telepon": "0812-3456-7890",
    }  # fmt: skip
    people.decide(EMPLOYEE, number, "kirim", given, address=page.path + WHOLE)
    people.decide(CHIEF, number, "setujui")
    people.decide(PERSONNEL, number, "lengkap")
    people.decide(HEAD, number, "setujui", SIGNING)
    people.sign(HEAD, number, "Tanda tangani")
    people.decide(PERSONNEL, number, "tercatat")
    return number


def acting(people: Officials, paper: Path) -> int:
    """Proposed, checked, ordered by the Sekda; the deputy acts at once, until the official is back."""
    page = people.start(HEAD, ACTING)
    number = case_number(page)
    given: dict[str, str | list[str]] = {
        "jenis": "plh", "jabatan": "kabid-aplikasi", "pejabat_definitif": people.accounts["kabid-aplikasi"][0],
        "penerima": people.accounts["kabid-infrastruktur"][0], "sebab": "sakit", "periode": [day(0), day(4)],
    }  # fmt: skip
    people.decide(HEAD, number, "kirim", given, files={"surat_halangan": [paper]}, address=page.path)
    people.decide(ANALYST, number, "memenuhi")
    people.decide("kepala-bkpsdm", number, "paraf")
    people.sign("sekda", number)
    deputy = people.at("kabid-infrastruktur")
    until = time.monotonic() + 45
    while "Plh." not in deputy.get("/tugas").text and time.monotonic() < until:
        time.sleep(0.3)
    if "Plh." not in deputy.get("/tugas").text:
        raise NotAsExpected(f"{deputy.name}: belum bertindak sebagai Plh.")
    people.say(f"{deputy.name}: kini juga bertindak sebagai Plh. Kepala Bidang Aplikasi Informatika")
    people.decide(ANALYST, number, "pejabat-kembali")
    people.decide(ANALYST, number, "selesai")
    return number


def research(people: Officials, mail: Path, paper: Path) -> int:
    """Opened at the counter, answered by the mailed link, checked, weighed, agreed to by both places, signed; the report comes by another link."""
    counter = people.at(COUNTER)
    address = f"/proses/{RESEARCH}/pemohon"
    page = counter.press(counter.get(address), "Mulai", {"nama": "Dewi Contoh", "surel": "dewi@kampus.example"})
    number = case_number(page)
    people.say(f"{counter.name} ({people.accounts[COUNTER][2]}): membuka perkara {number} untuk Dewi Contoh, yang tidak mempunyai akun")
    given: dict[str, str | list[str]] = {
        "judul": "Kepuasan warga atas layanan kota", "metode": "Wawancara terstruktur dengan pengguna layanan; data layanan tahun lalu.",
        "waktu": [day(14), day(100)], "perpanjangan": "tidak", "jenis_pemohon": "lembaga-pendidikan", "lembaga": "Universitas Contoh",
        "peneliti.0.nama": "Dewi Contoh", "peneliti.0.identitas": "2021010203", "peneliti.0.peran": "ketua", "asing": "tidak",
        "lokasi.0.unit": "dinkes", "lokasi.0.keperluan": "Wawancara dan data layanan", "lokasi.1.unit": "disdik", "lokasi.1.keperluan": "Data layanan",
    }  # fmt: skip
    names = ("surat_pengantar", "proposal", "identitas", "pernyataan_taat", "pernyataan_keabsahan")
    answer(people, link(mail, 1), "kirim", given, {name: [paper] for name in names})
    people.decide(COUNTER, number, "lengkap")
    people.decide("kabid-kewaspadaan", number, "setuju", {"tingkat_risiko": "rendah", "catatan_risiko": "Wawancara didampingi petugas."})
    for position in ("kepala-dinkes", "kepala-disdik"):
        people.decide(position, number, "bersedia")
    people.sign("kepala-kesbangpol", number)
    collect(people, link(mail, 1, "/naskah/"))
    people.decide(COUNTER, number, "selesai-lebih-awal")
    answer(people, link(mail, 2), "serahkan", {}, {"laporan": [paper]})
    people.decide(COUNTER, number, "diterima")
    return number


def collect(people: Officials, address: str) -> None:
    """Somebody without an account opens the link of his mail and takes the letter. Refuses by NotAsExpected what is no PDF."""
    guest = Visitor(people.base_url, "Dewi Contoh")
    try:
        page = _good(guest.get(address))
        took = next((one for one, _words in page.links if one.startswith("/naskah/unduh/")), "")
        if not took or not guest.download(took).startswith(b"%PDF-"):
            raise NotAsExpected(f"{page.path}: naskahnya tidak dapat diunduh: {page.text[:600]}")
        people.say(f"{guest.name} (tanpa akun, lewat tautan surel): mengunduh surat keterangannya")
    finally:
        guest.close()


def link(mail: Path, count: int, kind: str = "/jawab/") -> str:
    """The address of this kind in the mail folder's ``count``-th letter that has one, waited for: to answer, or to read letters."""
    until = time.monotonic() + 45
    while time.monotonic() < until:
        found = []
        for letter in sorted(mail.glob("*.eml"), key=lambda one: one.stat().st_mtime):
            said = email.message_from_bytes(letter.read_bytes(), policy=email.policy.default).get_content()
            found += re.findall(rf"{kind}\S+", said)[:1]
        if len(found) >= count:
            return str(found[count - 1])
        time.sleep(0.3)
    raise NotAsExpected(f"surat ke-{count} bertautan {kind} tidak sampai di {mail}")


def answer(people: Officials, address: str, outcome: str, given: dict[str, str | list[str]], files: dict[str, list[Path]]) -> None:
    """Somebody without an account opens his link, fills in and sends."""
    guest = Visitor(people.base_url, "Dewi Contoh")
    try:
        _good(guest.get(address))
        page = _good(guest.press(guest.get("/jawab" + WHOLE), "Lanjutkan", {**given, "outcome": outcome}, files))
        done = _good(guest.press(page, "Kirim"))
        if "sudah kami terima" not in done.title:
            raise NotAsExpected(f"{done.path}: jawaban tidak tercatat: {done.text[:600]}")
        people.say(f"{guest.name} (tanpa akun, lewat tautan surel): {outcome}")
    finally:
        guest.close()


def _good(page: Page) -> Page:
    if page.status >= 400:
        raise NotAsExpected(f"{page.path} menjawab {page.status}: {page.faults or page.text[:500]}")
    return page
