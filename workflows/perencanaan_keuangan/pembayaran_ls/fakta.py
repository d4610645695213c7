"""Yang diketahui perkara di luar isiannya: hasil pemeriksaan, putusan, jawaban bank, dan baris yang gagal."""

from __future__ import annotations

from engine.expr import column, count, field, starts_with
from engine.fields import Field, Rule
from engine.process import Fact

HASIL = ("dibayar", "sebagian", "gagal", "tidak-ada-jawaban")

BARIS_GAGAL = (
    Field(
        "baris",
        "Nomor baris pada daftar",
        "integer",
        required=True,
        rules=(
            Rule(
                (column("baris_gagal", "baris") >= 1) & (column("baris_gagal", "baris") <= count(column("daftar_penerima", "nama"))),
                "Isi nomor baris yang ada pada daftar penerima.",
            ),
        ),
    ),
    Field("penerima", "Penerima", "text", required=True, max_length=120),
    Field("rekening", "Nomor rekening", "bank_account", required=True),
    Field("jumlah", "Jumlah", "rupiah", required=True, rules=(Rule(column("baris_gagal", "jumlah") > 0, "Isi jumlah lebih dari Rp0."),)),
    Field("sebab", "Sebab menurut bank", "text", required=True, max_length=200),
)

FAKTA = (
    Fact("spd_terbit", "boolean", meaning="SPD tercatat untuk perangkat daerah ini", source="act"),
    Fact("spd_cukup", "boolean", meaning="Sisa SPD cukup dan jumlahnya ditahan", source="act"),
    Fact("sisa_spd", "rupiah", meaning="Sisa SPD sebelum pembayaran ini (SPD kumulatif dikurangi SP2D dan SPP berjalan)", source="act"),
    Fact("kontrak_sesuai", "boolean", meaning="Kontrak tercatat dan rekening penyedia sama", source="act"),
    Fact("kontrak_cukup", "boolean", meaning="Nilai kontrak cukup dan jumlahnya ditahan", source="act"),
    Fact("sisa_kontrak", "rupiah", meaning="Sisa nilai kontrak sebelum pembayaran ini", source="act"),
    Fact("bast_ada", "boolean", meaning="BAST tercatat untuk kontrak ini", source="act"),
    Fact("tagihan_baru", "boolean", meaning="Nomor tagihan belum dibayar dan tidak sedang diajukan", source="act"),
    Fact("tagihan_lain", "text", meaning="Pembayaran lain atas nomor tagihan itu", source="act"),
    Fact("nama_cocok", "boolean", meaning="Nama pemilik rekening cocok menurut bank", source="act"),
    Fact("ada_halangan", "boolean", meaning="Pemeriksaan otomatis menemukan halangan", source="act"),
    Fact("uraian_pemeriksaan", "text", meaning="Hasil pemeriksaan otomatis", source="act"),
    Fact("tahun_anggaran", "year", meaning="Tahun anggaran", source="act"),
    Fact("nomor_spp", "text", meaning="Nomor SPP-LS", source="act"),
    Fact("nomor_spm", "text", meaning="Nomor SPM-LS", source="act"),
    Fact("batas_kuasa_bud", "rupiah", meaning="Batas SP2D yang ditandatangani Kuasa BUD", source="parameter"),
    Fact(
        "belanja_modal",
        "boolean",
        meaning="Kode rekening belanja modal (5.2)",
        source="computed",
        value=starts_with(field("kode_rekening"), "5.2."),
    ),
    Fact("putusan_spm", "choice", meaning="Putusan atas SPM", choices=("tandatangani", "tolak"), takes=("tanda-tangan-spm",)),
    Fact(
        "putusan_sp2d",
        "choice",
        meaning="Putusan atas SP2D",
        choices=("tandatangani", "tolak"),
        takes=("tanda-tangan-sp2d", "tanda-tangan-sp2d-bud"),
    ),
    Fact("perintah_diterima", "boolean", meaning="Perintah bayar diterima bank", source="act"),
    Fact("hasil_bank", "choice", meaning="Jawaban bank atas SP2D", choices=HASIL, source="act", takes=("tunggu-bank",)),
    Fact("baris_gagal", "table", meaning="Baris daftar penerima yang ditolak bank", columns=BARIS_GAGAL),
    Fact("surat_bank", "files", meaning="Surat bank tentang rekening pengganti"),
    Fact("hasil_ralat", "choice", meaning="Ralat baris", choices=("bayar-ulang", "setor-kembali"), takes=("ralat-baris",)),
    Fact("baris_diterima", "boolean", meaning="Perintah bayar ulang diterima bank", source="act"),
    Fact("hasil_baris", "choice", meaning="Jawaban bank atas baris yang dibayar ulang", choices=HASIL, source="act"),
    Fact("baris_ditutup", "boolean", meaning="Baris ditutup bank dan disetor kembali", source="act"),
    Fact("jumlah_setor", "rupiah", meaning="Jumlah yang disetor kembali ke kas daerah", source="act"),
)
