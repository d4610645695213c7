"""Pembayaran langsung. Sisa SPD dan nilai kontrak ditahan sejak SPP, SPM dan SP2D ditandatangani menurut jumlahnya, bank membayar tiap baris tepat sekali, dan yang dibukukan sama dengan yang dibayar."""

from __future__ import annotations

from engine.nodes import Seq
from engine.pin import pinned
from engine.process import Archive, Document, Process, Sla, Starts, Title

from .ajukan import BUKA_BERKAS, PERIKSA, SPM
from .bayar import BUKUKAN, PARAF_SP2D, RALAT_BARIS, TRANSFER
from .fakta import FAKTA
from .form import FORM, LAMPIRAN

TOLAK = "900.1.3.1/{urut}/{unit}/{tahun}"

PROCESS = pinned(
    Process(
        code="pembayaran-ls",
        title=Title("Pembayaran langsung (SPP-LS, SPM, SP2D)", "Direct payment"),
        family="perencanaan-keuangan",
        owner="ppk-skpd",
        summary="Tagihan penyedia atau daftar penerima dibayar langsung ke rekeningnya: PPTK melengkapi berkas, bendahara menyusun SPP-LS, PPK-SKPD memverifikasi, pengguna anggaran menandatangani SPM, dan SP2D ditandatangani Kuasa BUD atau BUD menurut jumlahnya.",
        starts=Starts("pptk", cases=("bast-pekerjaan", "tpp-presensi-bulanan", "hibah-bansos-terencana", "bansos-tidak-terencana")),
        sla=Sla(5, "working", source="SPM 2 hari kerja sejak SPP lengkap dan SP2D 2 hari kerja sejak SPM lengkap, ditambah 1 hari pemindahbukuan"),
        archive=Archive(
            "900.1.3.1",
            active_years=2,
            inactive_years=8,
            then="musnah",
            source="Perbup Pekalongan 63/2024 melalui data terbuka; berkas menyangkut aset tetap permanen",
        ),
        legal_basis=("PP 12/2019", "Permendagri 77/2020", "Perpres 16/2018 jo. Perpres 46/2025"),
        form=FORM,
        flow=Seq((*BUKA_BERKAS, *PERIKSA, *SPM, *PARAF_SP2D, *TRANSFER, RALAT_BARIS, *BUKUKAN)),
        attachments=LAMPIRAN,
        facts=FAKTA,
        documents=(
            Document(
                "spp-ls", "Surat Permintaan Pembayaran LS", "spp", signer=("bendahara-pengeluaran",), register="spp",
                number="{urut}/SPP-LS/{unit}/{tahun}", copies_to=("ppk-skpd", "pptk"),
            ),
            Document(
                "spm-ls", "Surat Perintah Membayar LS", "spm", signer=("kepala-opd",), register="spm", number="{urut}/SPM-LS/{unit}/{tahun}",
                copies_to=("kuasa-bud",),
            ),
            Document(
                "sp2d", "Surat Perintah Pencairan Dana", "sp2d", signer=("kuasa-bud", "bud"), register="sp2d", number="{urut}/SP2D/{tahun}",
                copies_to=("bank-kas-daerah", "ppk-skpd", "bendahara-pengeluaran"),
            ),
            Document(
                "penolakan-spm", "Surat Penolakan Penerbitan SPM", "surat-penolakan", signer=("kepala-opd",), register="surat_keluar", number=TOLAK,
                copies_to=("bendahara-pengeluaran", "pptk"),
            ),
            Document(
                "penolakan-sp2d", "Surat Penolakan Penerbitan SP2D", "surat-penolakan", signer=("kuasa-bud",), register="surat_keluar", number=TOLAK,
                copies_to=("kepala-opd", "ppk-skpd"),
            ),
        ),
    ),
)  # fmt: skip
