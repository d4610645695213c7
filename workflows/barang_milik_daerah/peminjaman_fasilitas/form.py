"""Isian peminjaman fasilitas kota, dengan aturannya."""

from __future__ import annotations

from engine.expr import days, field, first_day, today
from engine.fields import Field, Rule
from engine.process import Attachment

FASILITAS, PEMAKAIAN = "Fasilitas dan waktu", "Pemakaian"
KENDARAAN = field("jenis").eq("kendaraan")
INTERNAL = field("pemakai").eq("internal")

FORM = (
    Field("jenis", "Jenis fasilitas", "choice", required=True, choices=("kendaraan", "ruang-rapat", "gedung", "peralatan"), section=FASILITAS),
    Field(
        "aset",
        "Fasilitas",
        "text",
        required=True,
        max_length=60,
        registry="fasilitas",
        section=FASILITAS,
        hint="Ketik kode atau pilih dari daftar fasilitas yang boleh dipinjam",
    ),
    Field(
        "waktu",
        "Tanggal pemakaian",
        "daterange",
        required=True,
        section=FASILITAS,
        hint="Mulai besok atau sesudahnya. Jadwal yang bertumpuk diperiksa setelah permohonan dikirim",
        rules=(
            Rule(first_day(field("waktu")) > today(), "Pemakaian mulai paling cepat besok. Mundurkan tanggal mulainya."),
            Rule(days(field("waktu")) <= 31, "Satu pesanan paling lama 31 hari. Majukan tanggal selesainya."),
        ),
    ),
    Field("jam_mulai", "Jam mulai", "time", required=True, section=FASILITAS),
    Field(
        "jam_selesai",
        "Jam selesai",
        "time",
        required=True,
        section=FASILITAS,
        rules=(
            Rule(
                (days(field("waktu")) > 1) | (field("jam_selesai") > field("jam_mulai")),
                "Jam selesai harus sesudah jam mulai bila dipakai satu hari. Perbaiki jamnya.",
            ),
        ),
    ),
    Field("keperluan", "Keperluan", "longtext", required=True, max_length=1000, section=PEMAKAIAN),
    Field(
        "pemakai",
        "Pemakai",
        "choice",
        required=True,
        choices=("internal", "komersial", "sosial"),
        section=PEMAKAIAN,
        hint="Internal: untuk tugas perangkat daerah. Selain itu dikenai retribusi menurut peraturan daerah",
    ),
    Field("ke_luar_provinsi", "Perjalanan ke luar provinsi", "boolean", required=KENDARAAN, section=PEMAKAIAN),
    Field(
        "pengemudi",
        "Pengemudi",
        "employee",
        required=KENDARAAN,
        section=PEMAKAIAN,
        hint="SIM-nya tercatat, sesuai kendaraan, dan berlaku sampai akhir pemakaian",
    ),
    Field(
        "tarif",
        "Retribusi menurut peraturan daerah",
        "rupiah",
        required=True,
        hint="0 untuk internal dan untuk sosial yang dibebaskan",
        rules=(
            Rule(~INTERNAL | field("tarif").eq(0), "Pemakai internal tidak dikenai retribusi. Isi 0."),
            Rule(~field("pemakai").eq("komersial") | (field("tarif") > 0), "Pemakai komersial dikenai retribusi. Isi menurut peraturan daerah."),
        ),
    ),
    Field("kondisi_kembali", "Kondisi saat dikembalikan", "longtext", required=True, max_length=1000),
)
PESAN = tuple(one.name for one in FORM if one.section)

LAMPIRAN = (
    Attachment("surat_permohonan", "Surat permohonan", required=~INTERNAL, types=("pdf",)),
    Attachment("sim", "SIM pengemudi", required=KENDARAAN, types=("pdf", "jpg")),
    Attachment("surat_tugas", "Surat tugas", required=KENDARAAN & INTERNAL, types=("pdf",)),
)
