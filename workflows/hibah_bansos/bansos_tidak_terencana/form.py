"""Isian laporan keluarga yang terkena musibah, dengan aturannya (PP 12/2019, Permendagri 77/2020)."""

from __future__ import annotations

from engine.expr import Expr, at, column, count, digits, empty, fact, field, length, now, placed, today, total
from engine.fields import Field, Rule
from engine.process import Attachment

KEJADIAN, KELUARGA, BANTUAN = "Kejadian", "Keluarga", "Bantuan"
SEBAB = field("sebab")
BENCANA = SEBAB.one_of("kebakaran", "banjir", "angin")
DILAPORKAN = ~empty(fact("nik_baru"))
"""Keluarganya sudah dicari di buku bantuan: laporan terkirim, dan foto yang menyusul ditanyakan."""
UANG = field("cara_serah").eq("uang")
WAKTU: Expr = at(field("tanggal_kejadian"), field("jam_kejadian"))
HARGA = column("kebutuhan", "jumlah")


def tepat(isi: Expr, angka: int, pesan: str) -> Rule:
    return Rule(digits(isi).eq(angka) & length(isi).eq(angka), pesan)


KEBUTUHAN = Field(
    "kebutuhan",
    "Kebutuhan",
    "table",
    required=True,
    section=BANTUAN,
    hint="Diperbaiki petugas lapangan menurut keadaan di tempat",
    rules=(Rule(count(HARGA) >= 1, "Tulis paling sedikit satu kebutuhan."),),
    columns=(
        Field("uraian", "Kebutuhan", "text", required=True, max_length=120),
        Field("banyak", "Banyak", "integer", required=True, rules=(Rule(column("kebutuhan", "banyak") >= 1, "Isi banyaknya paling sedikit 1."),)),
        Field("satuan", "Satuan", "text", required=True, max_length=30),
        Field("jumlah", "Jumlah", "rupiah", required=True, hint="Harga seluruhnya", rules=(Rule(HARGA > 0, "Isi jumlah lebih dari Rp0."),)),
    ),
)

FORM = (
    Field(
        "sebab", "Sebab", "choice", required=True, section=KEJADIAN,
        choices=("kebakaran", "banjir", "angin", "sakit", "keluar-rumah-sakit", "meninggal", "terlantar"),
        hint="Kebakaran, banjir dan angin diperlakukan sebagai bencana: BPBD menyatakan tingkat kedaruratannya",
    ),
    Field(
        "tanggal_kejadian", "Tanggal kejadian", "date", required=True, section=KEJADIAN,
        rules=(Rule(field("tanggal_kejadian") <= today(), "Tanggal kejadian hari ini atau sebelumnya. Perbaiki tanggalnya."),),
    ),
    Field(
        "jam_kejadian", "Jam kejadian", "time", required=True, section=KEJADIAN,
        rules=(Rule(now() >= WAKTU, "Jam kejadian belum lewat. Perbaiki jam atau tanggalnya."),),
    ),
    Field("lokasi", "Titik lokasi", "location", required=True, section=KEJADIAN, hint="Kelurahan dan kecamatan dihitung dari titik"),
    Field("alamat", "Alamat kejadian", "text", required=True, max_length=200, section=KEJADIAN),
    Field(
        "foto_menyusul", "Foto dikirim menyusul", "boolean", required=BENCANA, section=KEJADIAN,
        hint="Hanya keadaan darurat; foto dikirim dalam 24 jam",
    ),
    Field(
        "foto", "Foto", "files", required=~(BENCANA & field("foto_menyusul").eq(True)) | DILAPORKAN, section=KEJADIAN, evidence=True, file_types=("jpg", "png"),
        hint="Dengan titik lokasi dari kamera atau gawai yang mengirim",
        rules=(
            Rule(
                (placed(field("foto")) >= 1) | ~empty(field("alasan_tanpa_titik")),
                "Tidak satu foto pun menyebut titiknya. Kirim foto bertitik, atau tulis mengapa titiknya tidak ada.",
            ),
        ),
    ),
    Field("alasan_tanpa_titik", "Mengapa foto tanpa titik", "text", max_length=200, section=KEJADIAN, hint="Hanya bila kamera tidak merekam titik"),
    Field("pengusul", "Asal laporan", "choice", required=True, choices=("lurah", "laksa", "layanan-112", "warga-sendiri", "warga-lain"), section=KELUARGA),
    Field(
        "nik_pengusul", "NIK warga yang mengusulkan", "nik", required=field("pengusul").eq("warga-lain"), section=KELUARGA,
        hint="Seorang warga paling banyak mengusulkan 3 keluarga lain; dihitung sesudah dikirim",
        rules=(Rule(field("nik_pengusul").ne(field("nik")), "Pengusul adalah kepala keluarganya sendiri. Pilih asal laporan warga sendiri."),),
    ),
    Field(
        "nama_keluarga", "Kepala keluarga", "text", required=True, max_length=120, section=KELUARGA,
        rules=(Rule(length(field("nama_keluarga")) >= 3, "Tulis nama lengkap kepala keluarga seperti pada KK."),),
    ),
    Field("kk", "Nomor KK", "kk", required=True, section=KELUARGA, rules=(tepat(field("kk"), 16, "Nomor KK 16 angka. Salin dari kartu keluarga."),)),
    Field(
        "nik", "NIK kepala keluarga", "nik", required=True, section=KELUARGA,
        hint="Dicocokkan dengan data kependudukan; satu keluarga dibantu satu kali untuk satu kejadian",
    ),
    Field(
        "jumlah_jiwa", "Jumlah jiwa", "integer", required=True, section=KELUARGA,
        rules=(Rule((field("jumlah_jiwa") >= 1) & (field("jumlah_jiwa") <= 30), "Isi jumlah jiwa dalam keluarga, 1 sampai 30."),),
    ),
    Field("surel", "Surel keluarga", "email", section=KELUARGA, hint="Bila ada: tautan untuk menandatangani dikirim ke sini; tanpa surel ia menandatangani di hadapan petugas"),
    KEBUTUHAN,
    Field(
        "jumlah", "Jumlah bantuan", "rupiah", required=True, section=BANTUAN, computed=total(HARGA), hint="Jumlah seluruh kebutuhan",
        rules=(Rule(field("jumlah") > 0, "Jumlah bantuan lebih dari Rp0. Isi harga kebutuhannya."),),
    ),
    Field("cara_serah", "Bentuk bantuan", "choice", required=True, choices=("uang", "barang"), section=BANTUAN),
    Field(
        "punya_rekening", "Keluarga punya rekening bank", "boolean", required=UANG, section=BANTUAN,
        hint="Uang dibayar lewat rekening bila ada; tunai hanya bila tidak ada rekening",
    ),
    Field(
        "rekening", "Nomor rekening", "bank_account", required=UANG & field("punya_rekening").eq(True), section=BANTUAN,
        rules=(
            Rule(
                digits(field("rekening")).eq(length(field("rekening"))) & (length(field("rekening")) >= 8),
                "Isi 8 sampai 20 angka nomor rekening, tanpa tanda baca.",
            ),
        ),
    ),
    Field("nama_bank", "Nama bank", "text", required=UANG & field("punya_rekening").eq(True), max_length=60, section=BANTUAN),
)  # fmt: skip
LAPORKAN = tuple(one.name for one in FORM)

LAMPIRAN = (
    Attachment("surat_keterangan_lurah", "Surat keterangan lurah", required=True, types=("pdf", "jpg")),
    Attachment("kk_berkas", "Kartu keluarga", required=True, types=("pdf", "jpg")),
    Attachment(
        "surat_rumah_sakit",
        "Surat rumah sakit atau kematian",
        required=SEBAB.one_of("sakit", "keluar-rumah-sakit", "meninggal"),
        types=("pdf", "jpg"),
    ),
)
"""Foto tanda terima penerima baru ada saat bantuan diserahkan: fakta langkahnya."""
