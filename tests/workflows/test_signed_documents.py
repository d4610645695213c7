"""What the told stories sign, taken out of the archive and judged: pyHanko, pdfsig, qpdf, and veraPDF where Java is; and read as text."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from activities.pdf.verify import verify
from db import files
from embedded.demo import pdfsig
from embedded.temporal import Temporal
from tests.activities.paper import text_of, verapdf
from tests.workflows.running import City, city
from tests.workflows.telling import Telling
from workflows.catalogue import catalogue

STORIES = {
    "surat-edaran": ("instruksi-wali-kota", "sertifikat-tidak-menjawab"),
    "keputusan-wali-kota": ("didelegasikan-ke-sekda", "delegasi-tidak-ada"),
    "audit-apip": ("perintah-khusus-berliku", "audit-ketaatan-lancar"),
    "cuti-asn": ("cltn-ditetapkan", "ditolak-kepala-opd", "dipersingkat", "sekda-cuti", "cuti-besar-diputus-sekda"),
    "penunjukan-plh-plt": ("plh-kepala-bidang-cuti", "plh-kepala-dinas"),
    "peminjaman-fasilitas": ("mobil-luar-provinsi", "retribusi-dibayar-lalu-tidak-ditandatangani"),
    "pengaduan-laksa": ("permintaan-informasi", "foto-terlalu-jauh"),
    "permintaan-persediaan": ("jumlah-dikurangi", "dua-barang-dikembalikan-lalu-tidak-diambil"),
    "penerbitan-sertifikat-tte": ("perpanjangan", "kunci-bocor"),
    "kenaikan-gaji-berkala": ("ditunda-karena-hukuman", "pejabat-bkpsdm", "sekda"),
    "keberatan-pbb": ("luas-bangunan-keliru", "ditolak-masuk", "lewat-tiga-bulan"),
    "pembayaran-ls": ("konstruksi-ditandatangani-bud", "honor-sebagian-gagal", "dikembalikan-lalu-ditolak", "spm-ditolak-lalu-diperbaiki"),
    "usulan-musrenbang": ("usulan-drainase-masuk-rkpd", "kecamatan-melebihi-pagu", "titik-survei-jauh"),
    "surat-keterangan-penelitian": ("proposal-belum-disahkan", "semua-lokasi-menolak", "risiko-ditolak"),
}
MADE = {
    "naskah-edaran", "instruksi-wali-kota", "laporan-penerimaan",
    "keputusan-wali-kota", "keputusan-sekda", "salinan-keputusan", "petikan-keputusan",
    "formulir-cuti", "surat-izin-cuti", "usul-cltn", "keputusan-cltn", "surat-perintah", "surat-keterangan", "penolakan",
    "izin-pakai", "izin-pakai-luar", "skrd", "ba-pinjam", "ba-kembali", "spb", "sppb", "tanda-terima", "surat-rekomendasi", "surat-permohonan-kolektif",
    "berita-acara-pencabutan",
    "spp-ls", "spm-ls", "sp2d", "penolakan-spm", "penolakan-sp2d",
    "tanda-terima-laporan", "surat-tugas-lapangan", "jawaban-resmi",
    "surat-kgb", "surat-penundaan-kgb", "rekap-kgb",
    "bukti-penerimaan", "surat-lewat-waktu", "ba-lapangan", "keputusan-bapenda", "keputusan-wali-kota-pbb", "sppt-pembetulan",
    "ba-musrenbang-kelurahan", "ba-musrenbang-kecamatan", "ba-musrenbang-kota", "daftar-status-usulan",
    "surat-tugas-pemeriksaan", "program-kerja-pemeriksaan", "kertas-kerja-pemeriksaan", "naskah-hasil-pemeriksaan", "laporan-hasil-pemeriksaan",
}  # fmt: skip
"""Every document those stories issue; the prolongation of a Plt and a grant by silence need weeks, and are told where time is skipped."""
LEFT_OVER = ("None", "{{", "}}", "[]", "Undefined", "(diisi saat", "(tanggal saat", "&amp;", "&lt;", ", ,", "..", " ;")
pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(empty_database: str, temporal_server: Temporal, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    async with city(empty_database, temporal_server.address, tmp_path_factory.mktemp("kota")) as made:
        for code, names in STORIES.items():
            for story in catalogue()[code].scenarios:
                if story.name in names:
                    await Telling(made, code, story).tell()
        yield made


async def signed(here: City) -> list[tuple[Any, bytes]]:
    async with here.database.connect() as connection:
        rows = (
            await connection.execute(
                text("SELECT code, number, signed_sha, signers FROM document WHERE signed_sha IS NOT NULL AND signed_at IS NOT NULL ORDER BY id")
            )
        ).all()
    return [(row, files.read(here.parts.press.files, row.signed_sha)) for row in rows]


async def ran(*command: str) -> tuple[int, str]:
    """Exit code and what it said."""
    child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
    said, _ = await child.communicate()
    return child.returncode or 0, said.decode()


def root_of(here: City) -> Path:
    return next(here.parts.press.files.parent.rglob("root.pem"))


async def test_every_signed_document_passes_the_validators(here: City, tmp_path: Path) -> None:
    made = await signed(here)
    assert {row.code.partition("@")[0] for row, _ in made} == MADE
    for row, pdf in made:
        verdict = await verify(pdf, root_of(here), frozenset({"Segel", *(one["field"] for one in row.signers)}))
        assert verdict.valid, f"{row.code} {row.number}: {verdict.reason}"
        path = tmp_path / f"{row.signed_sha}.pdf"
        path.write_bytes(pdf)
        assert (await ran("qpdf", "--check", str(path)))[0] == 0, row.code
        said, good = await asyncio.to_thread(pdfsig, path, root_of(here))
        assert good, f"{row.code}: {said}"


async def test_both_parties_sign_a_berita_acara_unless_one_declines(here: City, tmp_path: Path) -> None:
    found: dict[str, list[tuple[int, bool]]] = {}
    for row, pdf in await signed(here):
        if row.code in ("ba-pinjam", "ba-kembali", "ba-lapangan"):
            whole = " ".join(" ".join(text_of(pdf, tmp_path)).split())
            found.setdefault(row.code, []).append((len(row.signers), "PIHAK KEDUA tidak menandatangani berita acara ini" in whole))
    assert {code: sorted(rows) for code, rows in found.items()} == {
        "ba-pinjam": [(2, False), (2, False)], "ba-kembali": [(1, True), (2, False)], "ba-lapangan": [(1, True), (2, False)],
    }  # fmt: skip


async def test_each_person_a_decision_names_gets_an_extract_of_his_own(here: City, tmp_path: Path) -> None:
    """One document a row: the number of the decision, a code of its own, and no name but his."""
    said = {
        row.code: " ".join("".join(text_of(pdf, tmp_path)).split()) for row, pdf in await signed(here) if row.code.startswith("petikan-keputusan@")
    }
    async with here.database.connect() as connection:
        rows = (await connection.execute(text("SELECT code, number, verify_code FROM document WHERE code LIKE 'petikan-keputusan@%'"))).all()
        decided = (await connection.execute(text("SELECT number FROM document WHERE code = 'keputusan-sekda'"))).scalar_one()
    names = {"petikan-keputusan@n1": "Nama Contoh Satu", "petikan-keputusan@n2": "Nama Contoh Dua"}
    assert {row.code: row.number for row in rows} == dict.fromkeys(names, decided)
    assert len({row.verify_code for row in rows}) == len(names)
    assert {code: [name for name in names.values() if name in whole] for code, whole in said.items()} == {
        code: [name] for code, name in names.items()
    }


async def test_every_signed_document_says_its_number_and_nothing_unfilled(here: City, tmp_path: Path) -> None:
    for row, pdf in await signed(here):
        pages = text_of(pdf, tmp_path)
        whole = "\n".join(pages)
        assert row.number in whole, row.code
        found = [word for word in LEFT_OVER if word in whole]
        assert found == [], f"{row.code}: {found}\n{whole}"
        most = 2 if "DAFTAR PENERIMA" not in whole else 6  # one line a person, however many are paid
        assert len(pages) <= most, f"{row.code}: {len(pages)} halaman"


async def test_the_sekda_grants_leave_on_behalf_of_the_mayor_and_orders_in_his_own_name(here: City, tmp_path: Path) -> None:
    """By the mandate for these two documents; the mandate for permits at large, of another agency, reaches no leave."""
    found: dict[str, list[bool]] = {}
    for row, pdf in await signed(here):
        whole = "\n".join(text_of(pdf, tmp_path))
        if "SEKRETARIS DAERAH," in whole:
            found.setdefault(row.code.partition("@")[0], []).append("a.n. WALI KOTA CONTOH" in whole)
        assert "KEPALA DINAS" not in whole or "a.n. WALI KOTA" not in whole, row.code
    raises = {"surat-kgb": [False, False], "surat-penundaan-kgb": [False]}
    decided = {"keputusan-sekda": [False], "salinan-keputusan": [False], "petikan-keputusan": [False, False]}
    assert found == {"formulir-cuti": [True], "surat-izin-cuti": [True], "surat-perintah": [False], **raises, **decided}


async def test_every_signed_document_is_pdf_a_3a_and_pdf_ua_1(here: City, tmp_path: Path) -> None:
    command, paths = verapdf(), {}
    for row, pdf in await signed(here):
        paths[row.signed_sha] = tmp_path / f"{row.signed_sha}.pdf"
        paths[row.signed_sha].write_bytes(pdf)
    for flavour in ("3a", "ua1"):  # all files in one run: starting Java takes longer than reading a letter
        _, report = await ran(*command, "--flavour", flavour, *map(str, paths.values()))
        good = [line.split()[1] for line in report.splitlines() if line.startswith("PASS ")]
        assert sorted(good) == sorted(map(str, paths.values())), report
