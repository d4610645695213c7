"""Isian permintaan persediaan: satu tabel yang diisi bergantian, tiap kolom oleh yang berwenang atasnya."""

from __future__ import annotations

from engine.expr import applicant, column, count, distinct, empty, fact, field, length, pick, smallest, today
from engine.fields import Field, Rule
from engine.process import Attachment

DISETUJUI = pick(empty(column("barang", "jumlah_disetujui")), True, column("barang", "jumlah"), column("barang", "jumlah_disetujui"))
"""Tanpa perubahan oleh atasan, yang disetujui sama dengan yang diminta."""
DI_ATAS_JATAH = field("di_atas_jatah").eq(True)

FORM = (
    Field(
        "unit",
        "Unit kerja",
        "unit",
        required=True,
        initial=applicant("unit"),
        hint="Perangkat daerah Anda; jatah dan kartu persediaannya yang dipakai",
        rules=(Rule(field("unit").eq(applicant("unit")), "Barang diminta dari persediaan perangkat daerah sendiri. Pilih unit Anda."),),
    ),
    Field(
        "barang",
        "Barang",
        "table",
        required=True,
        hint="Satu baris untuk satu jenis barang",
        rules=(
            Rule(
                distinct(column("barang", "kode")).eq(count(column("barang", "kode"))),
                "Kode barang tidak boleh berulang. Gabungkan jumlahnya pada satu baris.",
            ),
        ),
        columns=(
            Field(
                "kode", "Kode barang", "text", required=True, max_length=60, registry="barang-persediaan", hint="Ketik kode atau pilih dari daftar"
            ),
            Field("nama", "Nama barang", "text", required=True, max_length=120),
            Field("jumlah", "Jumlah diminta", "integer", required=True, rules=(Rule(column("barang", "jumlah") > 0, "Isi jumlah lebih dari 0."),)),
            Field(
                "jumlah_disetujui",
                "Jumlah disetujui",
                "integer",
                required=True,
                initial=field("jumlah"),
                rules=(
                    Rule(
                        (column("barang", "jumlah_disetujui") >= 0) & (column("barang", "jumlah_disetujui") <= column("barang", "jumlah")),
                        "Isi 0 sampai dengan jumlah yang diminta.",
                    ),
                ),
            ),
            Field(
                "jumlah_dikeluarkan",
                "Jumlah dikeluarkan",
                "integer",
                required=True,
                initial=smallest(DISETUJUI, fact("stok_bebas")),
                rules=(
                    Rule(
                        (column("barang", "jumlah_dikeluarkan") >= 0) & (column("barang", "jumlah_dikeluarkan") <= DISETUJUI),
                        "Isi 0 sampai dengan jumlah yang disetujui.",
                    ),
                    Rule(
                        empty(column("barang", "stok_bebas")) | (column("barang", "jumlah_dikeluarkan") <= column("barang", "stok_bebas")),
                        "Jumlah itu melebihi stok bebas. Kurangi jumlahnya.",
                    ),
                ),
            ),
            Field(
                "jumlah_diterima",
                "Jumlah diterima",
                "integer",
                required=True,
                initial=field("jumlah_dikeluarkan"),
                rules=(
                    Rule(
                        (column("barang", "jumlah_diterima") >= 0) & (column("barang", "jumlah_diterima") <= column("barang", "jumlah_dikeluarkan")),
                        "Isi 0 sampai dengan jumlah yang dikeluarkan.",
                    ),
                ),
            ),
        ),
    ),
    Field(
        "keperluan",
        "Keperluan",
        "longtext",
        required=True,
        max_length=1000,
        rules=(Rule(length(field("keperluan")) >= 10, "Tulis keperluan paling sedikit 10 huruf."),),
    ),
    Field(
        "tanggal_dibutuhkan",
        "Dibutuhkan tanggal",
        "date",
        rules=(Rule(field("tanggal_dibutuhkan") >= today(), "Tanggal itu sudah lewat. Pilih hari ini atau sesudahnya."),),
    ),
    Field(
        "di_atas_jatah",
        "Melebihi jatah unit karena kegiatan khusus",
        "boolean",
        required=True,
        hint="Bila ya, lampirkan surat kegiatan atau undangannya",
    ),
)
MINTA = ("unit", "barang.kode", "barang.nama", "barang.jumlah", "keperluan", "tanggal_dibutuhkan", "di_atas_jatah")

LAMPIRAN = (
    Attachment(
        "surat_kegiatan", "Surat kegiatan atau undangan (untuk permintaan di atas jatah)", required=DI_ATAS_JATAH, types=("pdf", "jpg", "png")
    ),
)
