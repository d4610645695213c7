"""Sample letters for the tests of paper: generic posts of Kota Contoh, synthetic NIP."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from markupsafe import Markup

from activities.stationery import Letterhead, Page, Stationery
from engine.signature_block import Block, Signatory, block

ROOT = Path(__file__).resolve().parent.parent.parent
AT = "2026-11-24T10:00:00+07:00"
DISKOMINFO = Letterhead(
    "perangkat-daerah",
    "Dinas Komunikasi dan Informatika",
    ("DINAS KOMUNIKASI DAN INFORMATIKA",),
    "Jalan Contoh Raya Nomor 1, Kota Contoh 15111",
    "(021) 5550101",
)
HEAD = Signatory(
    "KEPALA DINAS KOMUNIKASI DAN INFORMATIKA", "lain", "definitif", "Budi Contoh", "Drs.", "M.Si.", "197001011995031999", "Pembina Utama Muda", "IV/c"
)
PARAGRAPH = "Sehubungan dengan surat Saudara hal Permohonan Data, dengan ini disampaikan bahwa data yang dimohonkan dapat diberikan sesuai ketentuan."
CLOSING = "Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima kasih."


def stationery(sample: bool = True) -> Stationery:
    return Stationery(ROOT / "kota_contoh", "http://127.0.0.1:8000", sample)


def letter(template: str = "letters/surat_dinas.html", paragraphs: int = 2, blocks: tuple[Block, ...] | None = None, **changes: object) -> Page:
    body = Markup("").join([*(Markup("<p>{}</p>").format(PARAGRAPH) for _ in range(paragraphs)), Markup("<p>{}</p>").format(CLOSING)])
    surat = {
        "judul": "Jawaban Permohonan Data", "nomor": "500.12/87/DISKOMINFO/XI/2026", "tanggal": "24 November 2026", "sifat": "Biasa", "urgensi": "Biasa",
        "lampiran": "1 (satu) berkas", "hal": "Jawaban Permohonan Data", "kepada": [{"jabatan": "Rektor Universitas Contoh", "tempat": "Kota Contoh"}],
        "tembusan": ["Sekretaris Daerah", "Kepala Bappeda"], "isi": body, "dari": "Kepala Dinas Komunikasi dan Informatika", "baris_pengantar": [], **changes,
    }  # fmt: skip
    made = blocks if blocks is not None else (block(HEAD, "surat-dinas"),)
    return Page(
        template,
        surat,
        DISKOMINFO,
        made,
        created=AT,
        facts={"nomor": surat["nomor"]},
        token="0123456789ABCDEFGHJK",
        short_code="AB12-CD34-EF56",
        seal=True,
    )


FLAVOURS = ("3a", "ua1")
"""PDF/A-3a and PDF/UA-1."""


def faults_of(*paths: Path) -> str:
    """What veraPDF has against these files, "" when each declares and keeps both ``FLAVOURS``.

    One run reads them all against all they declare: starting Java, and its compiler, take longer than reading."""
    said = subprocess.run([*_verapdf(), "--flavour", "0", *map(str, paths)], capture_output=True, text=True, check=False).stdout
    good = {tuple(line.split()[1:3]) for line in said.splitlines() if line.startswith("PASS ")}
    return "" if {(str(path), flavour) for path in paths for flavour in FLAVOURS} <= good and "FAIL " not in said else said


def _verapdf() -> list[str]:
    """Command of veraPDF. Skips where Java or Maven is not there at all; where both are, set-up must have brought the jar, and its absence is a failure."""
    jars = sorted((Path.home() / ".m2/repository/org/verapdf/apps/greenfield-apps/1.28.1").glob("*.jar"))
    if not (shutil.which("java") and shutil.which("mvn")):
        pytest.skip("veraPDF is a Java program that comes by Maven: it runs where both are, as in CI")
    assert jars, "set-up did not bring veraPDF: run `make test`, which fetches it"
    return [
        "java",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        str(jars[-1]),
        "org.verapdf.apps.GreenfieldCliWrapper",
        "--format",
        "text",
        "-v",
    ]


def text_of(pdf: bytes, folder: Path) -> list[str]:
    """Text of each page, by poppler."""
    return _words(pdf, folder, "-layout").split("\f")[:-1]


def _words(pdf: bytes, folder: Path, how: str) -> str:
    """What pdftotext reads. Without the output intent: for its colours, which no text has, poppler computes for a quarter of a second a file."""
    path = folder / "dibaca.pdf"
    with pikepdf.open(io.BytesIO(pdf)) as file:
        del file.Root.OutputIntents
        file.save(path)
    return subprocess.run(["pdftotext", how, str(path), "-"], capture_output=True, text=True, check=True).stdout


PAGE = re.compile(r'<page width="([\d.]+)"')
WORD = re.compile(r'<word xMin="[\d.-]+" yMin="[\d.-]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>')
MARGIN = 28.0
"""Points at the right edge of a page on which no word may stand: half of the narrowest margin."""


def beyond(pdf: bytes, folder: Path) -> list[str]:
    """Words that run into the right margin or off the page."""
    found, width = [], 0.0
    for line in _words(pdf, folder, "-bbox").splitlines():
        page, word = PAGE.search(line), WORD.search(line)
        width = float(page[1]) if page else width
        if word and float(word[1]) > width - MARGIN:
            found.append(word[2])
    return found
