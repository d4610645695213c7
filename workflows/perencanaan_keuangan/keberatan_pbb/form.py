"""Isian permohonan keberatan, pengurangan atau pembetulan PBB-P2, dengan aturannya (UU 1/2022, PP 35/2023)."""

from __future__ import annotations

from engine.expr import all_, any_, column, count, digits, distinct, field, leading, length, today, total, year
from engine.fields import Field, Rule
from engine.process import Attachment

OBJEK, SPPT, ALASAN = "Objek dan permohonan", "SPPT yang diajukan", "Alasan"
KOLEKTIF = field("kolektif").eq(True)
PEMBETULAN = field("jenis").eq("pembetulan")
NOP, TERUTANG, BARU = column("daftar_sppt", "nop"), column("daftar_sppt", "terutang"), column("daftar_sppt", "terutang_baru")
MENURUT_WP = column("daftar_sppt", "menurut_wp")
BATAS_KOLEKTIF = 200_000
"""Satu kota lain; kota mencocokkannya dengan peraturan daerahnya."""


def nop(label: str, section: str = "") -> Field:
    return Field(
        "nop", label, "text", required=True, section=section, max_length=18, hint="18 angka tanpa titik, seperti pada SPPT",
        rules=(Rule(digits(field("nop")).eq(18) & length(field("nop")).eq(18), "Isi 18 angka NOP tanpa titik dan tanda hubung."),),
    )  # fmt: skip


DAFTAR = Field(
    "daftar_sppt", "Daftar SPPT", "table", required=True, section=SPPT,
    hint="Satu baris dari NOP di atas; bila kolektif semua SPPT dari kelurahan dan tahun pajak yang sama",
    columns=(
        nop("NOP"),
        Field("nama", "Nama wajib pajak", "text", required=True, max_length=120),
        Field(
            "terutang", "PBB terutang menurut SPPT", "rupiah", required=True,
            rules=(
                Rule(field("terutang") > 0, "Isi PBB terutang seperti tertulis pada SPPT, lebih dari Rp0."),
                Rule(
                    ~KOLEKTIF | (field("terutang") <= BATAS_KOLEKTIF),
                    "SPPT kolektif paling banyak Rp200.000. Keluarkan baris ini dan ajukan sendiri, atau perbaiki nilainya.",
                ),
            ),
        ),
        Field(
            "menurut_wp", "PBB menurut wajib pajak", "rupiah", required=True, hint="Yang seharusnya terutang; ditetapkan bila lewat 12 bulan tanpa keputusan",
            rules=(
                Rule(field("menurut_wp") >= 0, "Isi Rp0 atau lebih."),
                Rule(
                    PEMBETULAN | (field("menurut_wp") < field("terutang")),
                    "Keberatan dan pengurangan meminta pajak yang lebih kecil. Isi kurang dari PBB terutang menurut SPPT.",
                ),
            ),
        ),
        Field(
            "terutang_baru", "PBB terutang menurut putusan", "rupiah", required=True, hint="Sama dengan SPPT bila ditolak",
            rules=(Rule(field("terutang_baru") >= 0, "Isi Rp0 atau lebih."),),
        ),
    ),
    rules=(
        Rule(KOLEKTIF | count(NOP).eq(1), "Permohonan sendiri berisi satu SPPT. Sisakan satu baris, atau pilih kolektif."),
        Rule(any_(NOP.eq(field("nop"))), "NOP di atas belum ada dalam daftar. Isi satu baris dengan NOP itu."),
        Rule(distinct(NOP).eq(count(NOP)), "Ada NOP yang ditulis dua kali. Hapus salah satu barisnya."),
        Rule(
            all_(leading(NOP, 10).eq(leading(field("nop"), 10))),
            "Semua SPPT kolektif dari satu kelurahan: sepuluh angka pertama NOP harus sama. Keluarkan baris dari kelurahan lain.",
        ),
    ),
)  # fmt: skip

FORM = (
    nop("Nomor objek pajak (NOP)", OBJEK),
    Field(
        "tahun_pajak", "Tahun pajak", "year", required=True, section=OBJEK,
        rules=(Rule(field("tahun_pajak") <= year(today()), "Tahun pajak tidak boleh sesudah tahun ini. Isi seperti pada SPPT."),),
    ),
    Field(
        "tanggal_terima_sppt", "Tanggal terima SPPT", "date", required=True, section=OBJEK, hint="Sesuai tanda terima SPPT bila ada",
        rules=(
            Rule(field("tanggal_terima_sppt") <= today(), "Tanggal terima SPPT paling lambat hari ini. Perbaiki tanggalnya."),
            Rule(year(field("tanggal_terima_sppt")) >= field("tahun_pajak") - 1, "SPPT diterima sebelum tahun pajaknya. Perbaiki tanggal atau tahun pajaknya."),
        ),
    ),
    Field("kelurahan", "Kelurahan letak objek", "unit", required=True, section=OBJEK, hint="Pilih kelurahan seperti tertulis pada SPPT"),
    Field("jenis", "Jenis permohonan", "choice", required=True, section=OBJEK, choices=("keberatan", "pengurangan", "pembetulan")),
    Field(
        "dasar_pengurangan", "Dasar pengurangan", "choice", required=field("jenis").eq("pengurangan"), section=OBJEK,
        choices=("kondisi-wajib-pajak", "kondisi-objek", "bencana", "kebijakan"),
    ),
    Field(
        "kolektif", "Diajukan kolektif melalui lurah", "boolean", required=True, section=SPPT,
        hint="Hanya bila setiap SPPT paling banyak Rp200.000, dari satu kelurahan dan satu tahun pajak",
    ),
    DAFTAR,
    Field("menurut_wp", "Pajak menurut wajib pajak", "rupiah", section=SPPT, computed=total(MENURUT_WP), hint="Dijumlahkan dari daftar SPPT"),
    Field(
        "alasan", "Alasan permohonan", "longtext", required=True, max_length=3000, section=ALASAN,
        rules=(Rule(length(field("alasan")) >= 20, "Uraikan alasannya paling sedikit 20 huruf, misalnya luas yang keliru."),),
    ),
    Field("dikuasakan", "Diajukan oleh kuasa", "boolean", required=True, section=ALASAN, hint="Bila ya, lampirkan surat kuasa"),
    Field("titik_lokasi", "Titik lokasi objek", "location", hint="Diambil gawai di tempat"),
    Field("luas_bumi", "Luas bumi hasil lapangan (m2)", "decimal", rules=(Rule(field("luas_bumi") > 0, "Luas bumi lebih dari 0. Isi hasil pengukuran."),)),
    Field(
        "luas_bangunan", "Luas bangunan hasil lapangan (m2)", "decimal", hint="0 bila tanah kosong",
        rules=(Rule(field("luas_bangunan") >= 0, "Luas bangunan 0 atau lebih. Isi hasil pengukuran."),),
    ),
    Field("penggunaan", "Penggunaan objek", "text", max_length=160, hint="Misalnya rumah tinggal, ruko, atau tanah kosong"),
    Field("foto_lapangan", "Foto bertanda lokasi", "files", file_types=("jpg", "png"), hint="Paling sedikit 2; satu bila petugas ditolak masuk"),
    Field(
        "telaah", "Laporan penelitian dan usul putusan", "longtext", required=True, max_length=4000,
        rules=(Rule(length(field("telaah")) >= 20, "Tulis hasil penelitian dan usul putusannya, paling sedikit 20 huruf."),),
    ),
    Field(
        "pertimbangan", "Pertimbangan putusan", "longtext", required=True, max_length=3000, hint="Dicetak pada keputusan, satu pertimbangan sebaris",
        rules=(Rule(length(field("pertimbangan")) >= 20, "Tulis pertimbangan putusannya, paling sedikit 20 huruf."),),
    ),
    Field("bank_wp", "Bank wajib pajak", "text", max_length=60, hint="Hanya bila memilih pengembalian"),
    Field("rekening_wp", "Nomor rekening wajib pajak", "bank_account", hint="8 sampai 20 angka, menurut buku tabungannya"),
    Field("atas_nama_wp", "Atas nama", "text", max_length=120, hint="Pemilik rekening menurut buku tabungannya"),
)  # fmt: skip
AJUKAN = tuple(
    name
    for one in FORM
    if one.section
    for name in ((f"daftar_sppt.{kolom}" for kolom in ("nop", "nama", "terutang", "menurut_wp")) if one.name == "daftar_sppt" else (one.name,))
)

LAMPIRAN = (
    Attachment("sppt", "SPPT asli", required=True, types=("pdf", "jpg")),
    Attachment("identitas", "Identitas wajib pajak", required=True, types=("pdf", "jpg")),
    Attachment("bukti_kepemilikan", "Bukti kepemilikan", required=True, types=("pdf", "jpg")),
    Attachment("bukti_bayar", "Bukti bayar tahun sebelumnya", required=True, types=("pdf", "jpg")),
    Attachment("pbg", "IMB atau PBG", types=("pdf", "jpg")),
    Attachment("surat_kuasa", "Surat kuasa", required=field("dikuasakan").eq(True), types=("pdf",)),
)
