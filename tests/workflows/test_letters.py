"""The two letters on real parts: registered, disposed, answered, initialled, signed, numbered, filed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from db.read.dossier import labels
from embedded.temporal import Temporal
from tests.workflows.running import city

SURAT = {
    "nomor_surat": "123/UC/XI/2026", "tanggal_surat": "2026-11-20", "tanggal_terima": "2026-11-23", "pengirim": "Universitas Contoh", "perihal": "Permohonan data",
    "sifat": "biasa", "urgensi": "biasa", "kode_klasifikasi": "000.5.3.1", "jumlah_lampiran": 0,
}  # fmt: skip
KONSEP = {
    "jenis_naskah": "surat-biasa", "kepada": [{"_id": "r1", "jabatan": "Rektor Universitas Contoh", "tempat": "Kota Contoh", "jalur": "surel", "alamat": "rektor@uc.example"}],
    "hal": "Jawaban permohonan data", "kode_klasifikasi": "500.12", "sifat": "biasa", "urgensi": "biasa", "penandatangan": "kepala-opd",
    "jabatan_penandatangan": "kepala-diskominfo", "cara_penandatanganan": "sendiri", "isi": "<p>Data dapat diberikan.</p><p>Demikian disampaikan.</p>",
    "jumlah_lampiran": 0, "unit_koordinasi": [], "tembusan": [],
}  # fmt: skip

pytestmark = pytest.mark.server


async def test_outgoing_letter_is_initialled_signed_numbered_and_filed(database: str, temporal_server: Temporal, tmp_path: Path) -> None:
    async with city(database, temporal_server.address, tmp_path) as here:
        case = await here.open("surat-keluar-tte", "konseptor-diskominfo")
        await here.do(case, "konsep", "kirim", values=KONSEP)
        for step in ("paraf-ketua-tim", "paraf-kepala-bidang", "paraf-sekretaris"):
            await here.do(case, step, "paraf")
        await here.sign(case, "tanda-tangan-kepala-opd")
        await here.do(case, "kirim-surat", "kirim", values={"bukti_kirim": []})
        await here.do(case, "berkaskan", "berkaskan", values={"nomor_berkas": "500.12/2026/1"})
        assert await here.ended(case) == "selesai"
        async with here.database.connect() as connection:
            assert await labels(connection, {"500.12", "kepala-diskominfo", "tidak-ada"}) == {
                "500.12": "500.12 – Komunikasi dan informatika", "kepala-diskominfo": "Kepala Dinas Komunikasi dan Informatika",
            }  # fmt: skip


def receivers(*rows: tuple[str, str]) -> list[dict[str, object]]:
    return [
        {"_id": f"r{n}", "pejabat": position, "peran": role, "instruksi": ["tindak-lanjuti"], "batas_waktu": "2026-12-30"}
        for n, (position, role) in enumerate(rows, 1)
    ]


async def test_incoming_letter_is_disposed_reported_answered_and_filed(database: str, temporal_server: Temporal, tmp_path: Path) -> None:
    async with city(database, temporal_server.address, tmp_path) as here:
        case = await here.open("surat-masuk-disposisi", "persuratan-diskominfo")
        await here.do(case, "registrasi", "catat", values=SURAT)
        await here.do(case, "telaah-awal", "teruskan")
        three = receivers(("kabid-aplikasi", "utama"), ("kabid-infrastruktur", "pendukung"), ("kabid-informasi", "tembusan"))
        await here.do(case, "disposisi-pimpinan", "disposisikan", values={"penerima_disposisi": three, "isi_instruksi": "Siapkan jawaban."})
        below = receivers(("ketua-tim-diskominfo", "utama"))
        await here.do(case, "disposisi-pimpinan#1", "teruskan", values={"penerima_disposisi": below})
        await here.do(case, "disposisi-pimpinan#4", "lapor", reason="Data sudah dihimpun.")
        await here.do(case, "disposisi-pimpinan#2", "lapor", reason="Jaringan siap.")
        await here.do(case, "disposisi-pimpinan#1", "lapor", reason="Selesai.")
        await here.do(case, "konsolidasi", "lapor", values={"laporan_gabungan": "Semua selesai.", "perlu_balasan": True})
        await here.do(case, "tutup-disposisi", "tutup")
        await here.do(case, "berkaskan", "berkaskan", values={"nomor_berkas": "000.5/2026/7"})
        assert await here.ended(case) == "selesai"
        print(await here.kinds(case))
        async with here.database.connect() as connection:
            child = (await connection.execute(text('SELECT * FROM "case" WHERE parent_case = :c'), {"c": case})).one()
        print(dict(child._mapping))
