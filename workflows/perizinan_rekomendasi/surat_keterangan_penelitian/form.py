"""Isian permohonan surat keterangan penelitian, dengan aturannya (Permendagri 3/2018)."""

from __future__ import annotations

from engine.expr import column, count, days, field, first_day, length, today
from engine.fields import Field, Rule
from engine.process import Attachment

PENELITIAN, PENELITI, LOKASI = "Penelitian", "Peneliti", "Lokasi"

FORM = (
    Field("judul", "Judul penelitian", "text", required=True, section=PENELITIAN, max_length=300),
    Field(
        "metode",
        "Metode",
        "longtext",
        required=True,
        section=PENELITIAN,
        max_length=2000,
        hint="Sebutkan cara dan sumber datanya",
        rules=(Rule(length(field("metode")) >= 20, "Sebutkan cara penelitian dan sumber datanya, paling sedikit 20 huruf."),),
    ),
    Field(
        "waktu",
        "Waktu penelitian",
        "daterange",
        required=True,
        section=PENELITIAN,
        hint="Paling lama 6 bulan (184 hari)",
        rules=(
            Rule(
                days(field("waktu")) <= 184, "Waktu penelitian paling lama 184 hari. Majukan tanggal selesainya, lalu ajukan perpanjangan bila perlu."
            ),
            Rule(first_day(field("waktu")) >= today(), "Penelitian mulai hari ini atau sesudahnya. Mundurkan tanggal mulainya."),
        ),
    ),
    Field(
        "perpanjangan",
        "Perpanjangan surat sebelumnya",
        "boolean",
        required=True,
        section=PENELITIAN,
        hint="Hanya satu kali untuk judul yang sama",
    ),
    Field(
        "nomor_surat_lama",
        "Nomor surat yang diperpanjang",
        "text",
        required=field("perpanjangan").eq(True),
        section=PENELITIAN,
        max_length=80,
        hint="Seperti tertulis pada surat, misalnya 400.14.5.4/12/KESBANGPOL/2026",
    ),
    Field(
        "jenis_pemohon",
        "Jenis pemohon",
        "choice",
        required=True,
        choices=("perseorangan", "lembaga-pendidikan", "badan-usaha", "ormas"),
        section=PENELITI,
    ),
    Field(
        "lembaga",
        "Lembaga",
        "text",
        required=field("jenis_pemohon").one_of("lembaga-pendidikan", "badan-usaha", "ormas"),
        section=PENELITI,
        max_length=160,
    ),
    Field(
        "peneliti",
        "Peneliti",
        "table",
        required=True,
        columns=(
            Field("nama", "Nama", "text", required=True, max_length=120),
            Field(
                "identitas",
                "NIK atau NIM",
                "id_number",
                required=True,
                max_length=20,
                rules=(Rule(length(field("identitas")) >= 5, "Isi NIK 16 angka atau NIM."),),
            ),
            Field("peran", "Peran", "choice", required=True, choices=("ketua", "anggota")),
        ),
        section=PENELITI,
        rules=(
            Rule(
                (count(field("peneliti")) <= 1) | count(column("peneliti", "peran").eq("ketua")).eq(1),
                "Bila lebih dari satu peneliti, tepat satu menjadi ketua.",
            ),
        ),
    ),
    Field("asing", "Melibatkan peneliti asing", "boolean", required=True, section=PENELITI, hint="Bila ya, lewat izin BRIN atau Kemendagri"),
    Field(
        "lokasi",
        "Lokasi penelitian",
        "table",
        required=True,
        columns=(
            Field("unit", "Perangkat daerah atau kelurahan", "unit", required=True),
            Field("keperluan", "Data atau kegiatan di lokasi itu", "text", required=True, max_length=200),
        ),
        section=LOKASI,
    ),
    Field("alasan_penolakan", "Alasan penolakan pada surat", "longtext", required=True, max_length=1500, hint="Dicetak pada surat penolakan"),
)
AJUKAN = tuple(one.name for one in FORM if one.section)

LAMPIRAN = (
    Attachment("surat_pengantar", "Surat pengantar lembaga (perseorangan: diketahui lurah domisili)", required=True, types=("pdf",)),
    Attachment("proposal", "Proposal berbahasa Indonesia yang disahkan", required=True, types=("pdf",)),
    Attachment("identitas", "KTP atau KTM ketua", required=True, types=("pdf", "jpg")),
    Attachment("pernyataan_taat", "Surat pernyataan bermeterai menaati peraturan", required=True, types=("pdf",)),
    Attachment("pernyataan_keabsahan", "Surat pernyataan tanggung jawab keabsahan berkas", required=True, types=("pdf",)),
    Attachment("akta", "Akta atau pengesahan badan", required=field("jenis_pemohon").one_of("badan-usaha", "ormas"), types=("pdf",)),
    Attachment("izin_brin", "Izin BRIN atau Kemendagri", required=field("asing").eq(True), types=("pdf",)),
)
