"""Bantuan sosial tidak direncanakan dari belanja tidak terduga. Diperiksa serentak dalam hitungan jam, satu keluarga dibantu satu kali untuk satu kejadian, dan setiap rupiah yang keluar dibukukan atau disetor kembali."""

from __future__ import annotations

from engine.nodes import Seq
from engine.pin import pinned
from engine.process import Archive, Document, Process, Sla, Starts, Title

from .fakta import FAKTA
from .form import FORM, LAMPIRAN
from .periksa import DIPERIKSA, DITOLAK, KEADAAN_DARURAT, LAPOR
from .salur import BAYAR, PERTANGGUNGJAWABAN, SERAHKAN, SETUJUI

PROCESS = pinned(
    Process(
        code="bansos-tidak-terencana",
        title=Title("Bantuan sosial tidak direncanakan dan belanja tidak terduga", "Emergency social aid"),
        family="hibah-bansos",
        owner="kepala-dinsos",
        summary="Lurah melaporkan keluarga yang terkena musibah, data dan lapangan diperiksa serentak dalam hitungan jam, rencana kebutuhan disetujui menurut jumlahnya, dana tidak terduga dibayar dalam satu hari kerja, bantuan diserahkan, lalu dipertanggungjawabkan dan ditinjau Inspektorat.",
        starts=Starts("lurah", cases=("pengaduan-laksa",)),
        sla=Sla(
            1, "working",
            source="Standar layanan kota (usulan); uang keluar dalam 1 hari kerja sejak permintaan lengkap; laporan penggunaan 10 hari kerja di luar hitungan",
        ),
        archive=Archive(
            "400.9.10", active_years=2, inactive_years=8, then="musnah",
            source="Klasifikasi korban bencana alam (400.9.9 untuk bencana sosial); retensi belum ditemukan, disamakan dengan berkas pembayaran",
        ),
        legal_basis=("PP 12/2019", "Permendagri 77/2020", "UU 24/2007", "PP 21/2008"),
        form=FORM,
        flow=Seq((*LAPOR, DIPERIKSA, DITOLAK, KEADAAN_DARURAT, *SETUJUI, *BAYAR, *SERAHKAN, *PERTANGGUNGJAWABAN)),
        attachments=LAMPIRAN,
        facts=FAKTA,
        documents=(
            Document(
                "rkb", "Rencana kebutuhan belanja", "formulir-rkb", signer=("kepala-dinsos",), register="rkb", number="{urut}/RKB/{unit}/{tahun}",
                copies_to=("kepala-bpkd", "sekda"),
            ),
            Document(
                "keputusan-darurat", "Keputusan tanggap darurat", "surat-keputusan", signer=("wali-kota",), register="keputusan_wk",
                number="100.3.3.2/{urut}/{tahun}", copies_to=("kepala-dinsos", "bpbd", "kepala-bpkd", "inspektorat"),
            ),
            Document(
                "bast-bantuan", "Berita Acara serah terima bantuan", "bast", signer=("petugas-dinsos", "penerima-bantuan"), register="berita_acara",
                number="{urut}/BAST/{unit}/{tahun}", copies_to=("kepala-bpkd",),
            ),
            Document(
                "laporan-btt", "Laporan penggunaan belanja tidak terduga", "laporan", signer=("kepala-dinsos",), register="surat_keluar",
                number="400.9.10/{urut}/{unit}/{tahun}", copies_to=("kepala-bpkd", "inspektorat"),
            ),
        ),
    ),
)  # fmt: skip
