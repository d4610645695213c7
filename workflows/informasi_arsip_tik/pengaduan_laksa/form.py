"""Isian laporan warga, dengan aturannya (PermenPANRB 62/2018; UU 27/2022 untuk data pribadi pelapor)."""

from __future__ import annotations

from engine.expr import Value, count, empty, field, length
from engine.fields import Field, Rule
from engine.process import Attachment

LAPORAN, PELAPOR = "Laporan", "Pelapor"
KATEGORI = ("jalan", "pju", "sampah", "banjir", "pohon", "trantib", "adminduk", "sosial", "pelayanan", "lain")
KANAL = ("laksa", "112", "instagram", "x", "surat", "lapor", "surel", "telepon", "datang")

FORM = (
    Field("kategori", "Kategori", "choice", required=True, choices=KATEGORI, section=LAPORAN),
    Field(
        "uraian",
        "Uraian",
        "longtext",
        required=True,
        section=LAPORAN,
        max_length=2000,
        hint="10 sampai 2000 karakter. Jangan menulis nama, NIK, atau nomor telepon di sini",
        rules=(Rule(length(field("uraian")) >= 10, "Uraikan keadaannya, paling sedikit 10 karakter."),),
    ),
    Field("lokasi", "Titik lokasi", "location", required=True, section=LAPORAN, hint="Di dalam batas kota; kelurahan dihitung dari titik"),
    Field(
        "foto",
        "Foto",
        "files",
        section=LAPORAN,
        file_types=("jpg", "png"),
        most_megabytes=10,
        hint="Paling banyak 5 berkas, masing-masing paling besar 10 MB",
        rules=(Rule(count(field("foto")) <= 5, "Paling banyak 5 foto. Hapus yang lebih."),),
    ),
    Field(
        "kanal",
        "Kanal",
        "choice",
        required=True,
        choices=KANAL,
        section=PELAPOR,
        initial=Value("laksa"),
        hint="Selain laksa dicatat operator atas nama pelapor",
        rules=(
            Rule(
                field("kanal").ne("laksa") | ~empty(field("nik")),
                "Laporan lewat LAKSA memerlukan NIK. Isi NIK pelapor, atau pilih kanal yang sebenarnya.",
            ),
        ),
    ),
    Field(
        "nik",
        "NIK pelapor",
        "nik",
        section=PELAPOR,
        hint="16 angka, dicocokkan dengan data kependudukan; wajib lewat laksa, kanal lain diisi bila diketahui",
    ),
)
LAPORKAN = tuple(one.name for one in FORM)

LAMPIRAN = (Attachment("foto_awal", "Foto keadaan", types=("jpg", "png")),)
