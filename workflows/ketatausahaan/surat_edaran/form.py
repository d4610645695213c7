"""Isian surat edaran dan instruksi: alasan, dasar, isi, sasaran dan penandatangan, dengan aturannya."""

from __future__ import annotations

from engine.expr import all_, column, empty, field, length, today
from engine.fields import Field, Rule
from engine.process import Attachment

NASKAH, ISI, SASARAN = "Naskah", "Isi", "Sasaran"
INSTRUKSI = field("jenis").eq("instruksi")

FORM = (
    Field("jenis", "Jenis naskah", "choice", required=True, section=NASKAH, choices=("surat-edaran", "instruksi")),
    Field(
        "tentang",
        "Tentang",
        "text",
        required=True,
        section=NASKAH,
        max_length=250,
        hint="Paling panjang 250 huruf",
        rules=(Rule(length(field("tentang")) >= 5, "Tulis pokok naskah, paling sedikit 5 huruf."),),
    ),
    Field(
        "penandatangan",
        "Penandatangan",
        "choice",
        required=~INSTRUKSI,
        section=NASKAH,
        choices=("sekda", "wali-kota"),
        hint="Hanya ditanyakan bagi surat edaran; instruksi selalu ditandatangani Wali Kota",
    ),
    Field(
        "berlaku_sampai",
        "Berlaku sampai",
        "date",
        section=NASKAH,
        hint="Kosong berarti sampai dicabut",
        rules=(Rule(field("berlaku_sampai") > today(), "Pilih tanggal sesudah hari ini, atau kosongkan bila berlaku sampai dicabut."),),
    ),
    Field("latar_belakang", "Latar belakang", "longtext", required=True, section=ISI, max_length=3000),
    Field("maksud_tujuan", "Maksud dan tujuan", "longtext", required=True, section=ISI, max_length=2000),
    Field("ruang_lingkup", "Ruang lingkup", "longtext", section=ISI, max_length=2000),
    Field(
        "dasar_hukum",
        "Dasar",
        "table",
        required=True,
        section=ISI,
        hint="Paling sedikit satu peraturan atau surat; sebut jenis, nomor dan tahunnya",
        columns=(
            Field("peraturan", "Peraturan atau surat", "text", required=True, max_length=200),
            Field("nomor", "Nomor", "text", required=True, max_length=60),
            Field("tahun", "Tahun", "year", required=True),
        ),
    ),
    Field(
        "isi",
        "Isi edaran atau instruksi",
        "longtext",
        required=True,
        section=ISI,
        max_length=8000,
        hint="Satu butir sealinea; nomor (atau KESATU, KEDUA pada instruksi) dicetak sendiri. Tidak memuat sanksi, kewajiban baru bagi warga, pungutan atau pembatasan hak",
        rules=(Rule(length(field("isi")) >= 10, "Tulis isi naskah, paling sedikit 10 huruf."),),
    ),
    Field(
        "sasaran",
        "Sasaran",
        "table",
        required=True,
        section=SASARAN,
        hint="Kelompok diuraikan menjadi unit saat dikirim; unit yang tersebut dua kali mendapat satu salinan",
        columns=(
            Field(
                "jenis_sasaran",
                "Jenis sasaran",
                "choice",
                required=True,
                choices=("unit", "semua-perangkat-daerah", "semua-kecamatan", "semua-kelurahan", "upt"),
            ),
            Field("unit", "Unit", "unit", required=field("jenis_sasaran").eq("unit")),
        ),
        rules=(
            Rule(
                all_(~column("sasaran", "jenis_sasaran").eq("unit") | ~empty(column("sasaran", "unit"))),
                "Pilih unitnya pada setiap baris berjenis unit.",
            ),
        ),
    ),
)

LAMPIRAN = (
    Attachment("nota_dinas_pengantar", "Nota dinas pengantar", required=True, types=("pdf",)),
    Attachment("lampiran_edaran", "Lampiran", types=("pdf", "xlsx", "docx")),
)

KONSEP = tuple(one.name for one in FORM)
