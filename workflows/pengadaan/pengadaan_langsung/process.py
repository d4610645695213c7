"""Pengadaan langsung. Paket diperiksa terhadap RUP, pagu dan pemecahan, dibeli langsung atau lewat undangan dan negosiasi, lalu bukti kontrak menurut nilainya ditandatangani sampai barang diserahkan."""

from __future__ import annotations

from engine.expr import field
from engine.nodes import Seq, When
from engine.pin import pinned
from engine.process import Archive, Document, Process, Sla, Starts, Title

from .fakta import FAKTA
from .form import BARANG_JASA, FORM, HPS, KUITANSI, LAMPIRAN
from .pembelian import LANGSUNG, UNDANGAN
from .penyerahan import DIBUKUKAN, DIKABARKAN, DISERAHKAN
from .persiapan import PERSIAPAN

PARA_PIHAK = ("penyedia", "ppk-pengadaan")

PROCESS = pinned(
    Process(
        code="pengadaan-langsung",
        title=Title("Pengadaan langsung", "Direct procurement"),
        family="pengadaan",
        owner="kepala-bagian-pbj",
        summary="Pejabat pembuat komitmen menyiapkan paket bernilai kecil, pejabat pengadaan membeli langsung atau mengundang dan menegosiasi penyedia, lalu bukti pembelian, kuitansi atau SPK ditandatangani menurut nilainya sampai barang diserahkan.",
        starts=Starts("ppk-pengadaan"),
        sla=Sla(
            7,
            "working",
            source="Standar layanan kota (usulan), tidak ada jangka waktu peraturan; dihitung dari paket dikirim sampai bukti kontrak ditandatangani, di luar masa penyerahan",
        ),
        archive=Archive(
            "000.3.2",
            active_years=2,
            inactive_years=3,
            then="musnah",
            source="Klasifikasi Permendagri 83/2022; retensi contoh Perbup Pekalongan 63/2024 sampai JRA kota dimuat",
        ),
        legal_basis=("Perpres 16/2018 jo. Perpres 12/2021 jo. Perpres 46/2025", "Peraturan LKPP 12/2021"),
        form=FORM,
        flow=Seq((
            *PERSIAPAN, When("bila-beli-langsung", BARANG_JASA & (HPS <= KUITANSI), then=LANGSUNG, otherwise=UNDANGAN), *DIKABARKAN, *DISERAHKAN, *DIBUKUKAN,
        )),
        attachments=LAMPIRAN,
        facts=FAKTA,
        documents=(
            Document(
                "hps", "Harga Perkiraan Sendiri", "formulir-hps", signer=("ppk-pengadaan",), register="none", number="{kunci}", key=field("kode_rup"),
                copies_to=("pejabat-pengadaan",),
            ),
            Document(
                "undangan-penyedia", "Undangan pengadaan langsung", "surat-undangan", signer=("pejabat-pengadaan",), register="surat_keluar",
                number="000.3.2/{urut}/{unit}/{tahun}", copies_to=("ppk-pengadaan",),
            ),
            Document(
                "ba-hasil", "Berita Acara Hasil Pengadaan Langsung", "berita-acara", signer=("pejabat-pengadaan",), register="berita_acara",
                number="{urut}/BAHPL/{unit}/{tahun}", copies_to=("ppk-pengadaan",),
            ),
            Document(
                "bukti-pembelian", "Lembar pengesahan bukti pembelian", "formulir", signer=("ppk-pengadaan",), register="kontrak",
                number="{urut}/BP/{unit}/{tahun}", copies_to=("bendahara-pengeluaran", "pptk"),
            ),
            Document(
                "kuitansi", "Kuitansi", "kuitansi", signer=PARA_PIHAK, register="kontrak", number="{urut}/KW/{unit}/{tahun}",
                copies_to=("bendahara-pengeluaran", "pptk"), house="ppk-pengadaan",
            ),
            Document(
                "spk", "Surat Perintah Kerja", "spk", signer=PARA_PIHAK, register="kontrak", number="{urut}/SPK/{unit}/{tahun}",
                copies_to=("penyedia", "pptk", "bendahara-pengeluaran"), house="ppk-pengadaan",
            ),
        ),
    ),
)  # fmt: skip
