"""``make demo``: a story of each family through the pages over HTTP by the sample officials; the letters judged by two validators."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from embedded.cast import accounts
from embedded.demo_families import Player, Stage, Told, pick
from embedded.demo_services import ACTING, LEAVE, RESEARCH, acting, leave, research
from embedded.office_hours import NotAsExpected, Officials, case_number
from embedded.postgres import CannotStart
from embedded.stack import Stack
from embedded.visitor import Visitor
from workflows.catalogue import Catalogue, catalogue

ZONE = ZoneInfo("Asia/Jakarta")
INCOMING, OUTGOING = "surat-masuk-disposisi", "surat-keluar-tte"
SEALED = frozenset({"Segel"})
SIGNED = frozenset({"Segel", "TandaTangan1"})
UNSIGNED = frozenset({"tanda-terima-surat", "lembar-disposisi", "buku-agenda", "kartu-kendali-paraf"})
"""Letters that carry the seal alone; every other one also its official's signature."""
DRAFTER = "konseptor-diskominfo"
"""The main receiver at the bottom of the disposition drafts the answer."""
LETTERS = {
    INCOMING: ("tanda-terima-surat", "lembar-disposisi", "buku-agenda"),
    OUTGOING: ("naskah-keluar", "kartu-kendali-paraf"),
    LEAVE: ("formulir-cuti", "surat-izin-cuti"),
    ACTING: ("surat-perintah",),
    RESEARCH: ("surat-keterangan",),
}
READERS = {ACTING: "analis-sdm", RESEARCH: "surat-penelitian"}
"""Who downloads the letters of a case; of the others the head of the agency."""


def play(state: Path, city: Path, port: int = 8090) -> int:
    """Exit code: 0 when every case ended as told and every letter passes; 1 with the reason otherwise. Starts on an empty state folder each time."""
    shutil.rmtree(state, ignore_errors=True)
    stack = Stack(state, city, free_port(port))
    begun = time.monotonic()
    try:
        stack.up()
        found = catalogue(city)
        told = [*by_hand(found, tell(stack, state)), *of_families(stack, state, found)]
        whole = judge(stack, state, told)
        print(f"\n  Selesai dalam {time.monotonic() - begun:.0f} detik. Surat-suratnya ada di {state / 'surat'}", flush=True)
    except (NotAsExpected, CannotStart, AssertionError, KeyError) as failed:
        print(f"\n  GAGAL: {failed}\n  Catatan mesin: {state / 'web.log'} dan {state / 'worker.log'}", flush=True)
        return 1
    finally:
        stack.down()
    return 0 if whole else 1


def by_hand(found: Catalogue, numbers: dict[str, int]) -> list[Told]:
    """The cases of ``tell`` as the judge takes them."""
    told = []
    for code, number in numbers.items():
        fields = {letter: SEALED if letter in UNSIGNED else SIGNED for letter in LETTERS[code]}
        told.append(Told(code, found[code].process.family, "cerita peragaan", number, READERS.get(code, "kepala-diskominfo"), fields))
    return told


def of_families(stack: Stack, state: Path, found: Catalogue) -> list[Told]:
    """A story of each family that ``tell`` leaves out."""
    count = iter(range(1, 1000))
    people = Officials(stack.base_url, accounts(stack), lambda text: print(f"  {next(count):>3}. {text}", flush=True))
    stage, told = Stage(stack), []
    try:
        player = Player(people, stage, scan(state))
        for listed, story in pick(found, LETTERS):
            print(f"\n  {listed.process.title.id}: {story.story}", flush=True)
            told.append(player.tell(listed, story))
    finally:
        people.close()
        stage.close()
    return told


def free_port(port: int) -> int:
    """``port``, or the next that nothing listens on."""
    import socket

    for one in range(port, port + 50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", one)):
                return one
    raise CannotStart(f"Tidak ada port bebas antara {port} dan {port + 50}.")


def tell(stack: Stack, state: Path) -> dict[str, int]:
    """The story; gives the number of each case."""
    count = iter(range(1, 1000))
    people = Officials(stack.base_url, accounts(stack), lambda text: print(f"  {next(count):>3}. {text}", flush=True))
    try:
        print("\n  Surat masuk dan disposisi", flush=True)
        incoming = register(people, state)
        dispose(people, incoming)
        print("\n  Jawaban: surat keluar", flush=True)
        outgoing = answer(people, incoming)
        print("\n  Penutup", flush=True)
        people.decide("kepala-diskominfo", incoming, "tutup", words="Terima laporan")
        people.decide("arsiparis-diskominfo", incoming, "berkaskan", {"nomor_berkas": "500.12/2026/7"})
        check(people, outgoing)
        for position, number in (("persuratan-diskominfo", incoming), ("konseptor-diskominfo", outgoing)):
            _ended(people, position, number)
        told = {INCOMING: incoming, OUTGOING: outgoing}
        print("\n  Cuti tahunan", flush=True)
        told[LEAVE] = leave(people)
        print("\n  Pelaksana harian", flush=True)
        told[ACTING] = acting(people, scan(state))
        print("\n  Surat keterangan penelitian bagi pemohon tanpa akun", flush=True)
        told[RESEARCH] = research(people, state / "mail", scan(state))
        for position, number in (("analis-sdm", told[ACTING]), ("surat-penelitian", told[RESEARCH])):
            _ended(people, position, number)
    finally:
        people.close()
    return told


def register(people: Officials, state: Path) -> int:
    """The scanned letter is registered and goes to the head."""
    page = people.start("persuratan-diskominfo", INCOMING)
    number = case_number(page)
    today = datetime.now(ZONE).date()
    given = {
        "nomor_surat": "123/UC/XI/2026", "tanggal_surat": f"{today - timedelta(days=3):%d-%m-%Y}", "tanggal_terima": f"{today:%d-%m-%Y}",
        "pengirim": "Universitas Contoh", "perihal": "Permohonan data pengguna layanan internet publik", "sifat": "biasa", "urgensi": "penting",
        "kode_klasifikasi": "500.12", "jumlah_lampiran": "0",
    }  # fmt: skip
    people.decide("persuratan-diskominfo", number, "catat", given, files={"pindaian_surat": [scan(state)]}, address=page.path)
    people.decide("kasubbag-umpeg-diskominfo", number, "teruskan")
    return number


def dispose(people: Officials, number: int) -> None:
    """To three officials; one disposes further; reports come back and are drawn together."""
    due = f"{datetime.now(ZONE).date() + timedelta(days=7):%d-%m-%Y}"
    receivers: dict[str, str | list[str]] = {}
    rows = (
        ("kabid-aplikasi", "utama", "siapkan-konsep-jawaban"),
        ("kabid-infrastruktur", "pendukung", "tanggapi"),
        ("kabid-informasi", "tembusan", "untuk-diketahui"),
    )
    for at, (position, part, wish) in enumerate(rows):
        receivers |= _row(at, position, part, wish, due)
    people.decide("kepala-diskominfo", number, "disposisikan", {**receivers, "isi_instruksi": "Siapkan jawaban yang ringkas."})
    people.decide("kabid-informasi", number, "baca")
    further = _row(0, "ketua-tim-diskominfo", "utama", "pelajari", due)
    people.decide("kabid-aplikasi", number, "teruskan", {**further, "isi_instruksi": "Mohon angka pemakaian per bulan."})
    people.decide("kabid-infrastruktur", number, "lapor", reason="Jaringan siap; data titik layanan terlampir pada sistem.")
    people.decide(
        "ketua-tim-diskominfo", number, "teruskan", {**_row(0, DRAFTER, "utama", "siapkan-konsep-jawaban", due), "isi_instruksi": "Himpun datanya."}
    )
    people.decide(DRAFTER, number, "lapor", reason="Data sudah dihimpun dan diperiksa.")
    people.decide("ketua-tim-diskominfo", number, "lapor", reason="Data lengkap.")
    people.decide("kabid-aplikasi", number, "lapor", reason="Konsep jawaban dapat disusun.")
    report = {"laporan_gabungan": "Data tersedia dan boleh diberikan; surat perlu dijawab.", "perlu_balasan": "ya"}
    people.decide("kabid-aplikasi", number, "lapor", report)


def _row(at: int, position: str, part: str, wish: str, due: str) -> dict[str, str | list[str]]:
    return {
        f"penerima_disposisi.{at}.pejabat": position, f"penerima_disposisi.{at}.peran": part, f"penerima_disposisi.{at}.instruksi": [wish],
        f"penerima_disposisi.{at}.batas_waktu": due,
    }  # fmt: skip


def letter(text: str) -> dict[str, str | list[str]]:
    """The answers of an outgoing letter with this body, to the university, signed by the head of the agency."""
    return {
        "jenis_naskah": "surat-biasa", "kepada.0.jabatan": "Rektor Universitas Contoh", "kepada.0.tempat": "Kota Contoh", "kepada.0.jalur": "surel",
        "kepada.0.alamat": "rektor@uc.example", "hal": "Jawaban permohonan data", "kode_klasifikasi": "500.12", "sifat": "biasa", "urgensi": "biasa",
        "penandatangan": "kepala-opd", "jabatan_penandatangan": "kepala-diskominfo", "cara_penandatanganan": "sendiri", "jumlah_lampiran": "0",
        "isi": text,
    }  # fmt: skip


def answer(people: Officials, incoming: int) -> int:
    """The second case, opened by the first: drafted, returned once, initialled three times, signed, sent, filed."""
    address, number = _opened(people, incoming)
    text = "data pengguna layanan internet publik dapat diberikan.\n\nDemikian disampaikan."
    people.decide(DRAFTER, number, "kirim", letter(f"Menanggapi surat Saudara, {text}"), address=address)
    people.decide("ketua-tim-diskominfo", number, "paraf")
    people.decide("kabid-aplikasi", number, "kembalikan", reason="Sebutkan surat yang dijawab.")
    people.decide(DRAFTER, number, "kirim", letter(f"Menanggapi surat Saudara Nomor 123/UC/XI/2026, {text}"))
    for position in ("ketua-tim-diskominfo", "kabid-aplikasi", "sekretaris-diskominfo"):
        people.decide(position, number, "paraf")
    people.sign("kepala-diskominfo", number)
    people.decide("persuratan-diskominfo", number, "kirim")
    people.decide("arsiparis-diskominfo", number, "berkaskan", {"nomor_berkas": "500.12/2026/7"})
    return number


def check(people: Officials, number: int) -> None:
    """The public page says of the signed letter that it is genuine, to someone who is not signed in."""
    page = people.at("kepala-diskominfo").get(f"/perkara/{number}")
    found = re.search(r'href="(/v/[A-Za-z0-9-]+)"', page.html)
    if found is None:
        raise NotAsExpected(f"perkara {number}: kode periksa tidak tertulis")
    anyone = Visitor(people.base_url)
    told = anyone.get(found[1])
    anyone.close()
    genuine = "Naskah ini sah dan berlaku"
    if told.status != 200 or genuine not in told.text:
        raise NotAsExpected(f"{found[1]}: {told.text[:300]}")
    people.say(f"Siapa saja pada {found[1]}: {genuine}")


def _opened(people: Officials, incoming: int) -> tuple[str, int]:
    """Address and number of the case that the consolidated report opened: it lies with who did the work."""
    until = time.monotonic() + 45
    while time.monotonic() < until:
        page = people.at(DRAFTER).get(f"/tugas?proses={OUTGOING}")
        found = re.search(r'href="(/tugas/\d+)"', page.html[page.html.find("data-baris") :])
        if found and "data-baris" in page.html:
            number = case_number(people.at(DRAFTER).get(found[1]))
            people.say(f"Perkara {incoming} membuka perkara {number}: surat jawaban")
            return found[1], number
        time.sleep(0.3)
    raise NotAsExpected(f"perkara jawaban tidak terbuka dari perkara {incoming}")


def _ended(people: Officials, position: str, number: int) -> None:
    """The page of the case says that it ended."""
    until = time.monotonic() + 45
    while time.monotonic() < until:
        page = people.at(position).get(f"/perkara/{number}")
        if page.status == 200 and "Selesai" in page.text:
            people.say(f"Perkara {number} selesai")
            return
        time.sleep(0.3)
    raise NotAsExpected(f"perkara {number} belum selesai: {page.text[:400]}")


def scan(state: Path) -> Path:
    """The sender's letter as the scanner gives it: one page, PDF."""
    import weasyprint

    path = state / "surat-dari-universitas.pdf"
    html = """<html lang="id"><title>Surat</title><style>@page { size: A4; margin: 3cm } body { font: 12pt serif }</style>
    <p><strong>UNIVERSITAS CONTOH</strong></p><p>Nomor: 123/UC/XI/2026<br>Hal: Permohonan data pengguna layanan internet publik</p>
    <p>Yth. Kepala Dinas Komunikasi dan Informatika<br>di Kota Contoh</p>
    <p>Untuk penelitian, kami memohon data jumlah pengguna layanan internet publik tahun 2025 dan 2026.</p><p>Rektor</p></html>"""
    weasyprint.HTML(string=html).write_pdf(path)
    return path


def judge(stack: Stack, state: Path, told: list[Told]) -> bool:
    """Downloads every letter through the pages, prints what pyHanko and pdfsig say of it, then each family with its letters; True when all pass."""
    folder = state / "surat"
    folder.mkdir(exist_ok=True)
    people = Officials(stack.base_url, accounts(stack), print)
    root = next(state.rglob("root.pem"))
    print("\n  Surat dan kata dua pemeriksa yang tidak saling bergantung", flush=True)
    good: dict[str, list[str]] = {}
    try:
        for one in told:
            for code, fields in one.letters.items():
                path = folder / f"{one.process}-{code}.pdf"
                path.write_bytes(people.at(one.reader).download(f"/perkara/{one.number}/naskah/{code}"))
                if judged(path, root, fields):
                    good.setdefault(one.process, []).append(code)
    finally:
        people.close()
    print("\n  Rumpun, cerita, dan naskahnya yang sah", flush=True)
    for one in sorted(told, key=lambda one: one.family):
        valid = good.get(one.process, [])
        print(
            f"    {one.family}: {one.process}, {one.story} – {len(valid)} dari {len(one.letters)} naskah sah: {', '.join(valid) or '–'}", flush=True
        )
    return all(one.letters and good.get(one.process) == list(one.letters) for one in told)


def judged(path: Path, root: Path, fields: frozenset[str]) -> bool:
    """One letter before both validators. ``fields``: the signatures it must carry, no more and no fewer."""
    from activities.pdf.verify import verify

    verdict = asyncio.run(verify(path.read_bytes(), root, fields))
    said, good = pdfsig(path, root)
    spoken = "sah" if verdict.valid else verdict.reason
    print(f"    {path}\n      pyHanko: {spoken}, {len(verdict.signatures)} tanda tangan\n      pdfsig: {said}", flush=True)
    return verdict.valid and good


def pdfsig(path: Path, root: Path) -> tuple[str, bool]:
    """Poppler's verdict with only the sample city's root trusted; (words, all valid and trusted)."""
    with tempfile.TemporaryDirectory() as store:
        subprocess.run(["certutil", "-N", "-d", f"sql:{store}", "--empty-password"], check=True)
        subprocess.run(["certutil", "-A", "-d", f"sql:{store}", "-n", "akar", "-t", "CT,CT,CT", "-i", str(root)], check=True)
        report = subprocess.run(["pdfsig", "-nssdir", store, "-no-ocsp", str(path)], capture_output=True, text=True, check=False).stdout
    asked, empty = report.count("Signature #"), report.count("signature form field is not signed")  # a party may decline: his box stays empty
    signatures, valid, trusted = asked - empty, report.count("Signature is Valid"), report.count("Certificate is Trusted")
    return f"{valid} dari {signatures} tanda tangan sah, {trusted} sertifikat dipercaya", signatures > 0 and valid == trusted == signatures
