"""Isian usul keputusan: judul, pertimbangan, dasar, diktum, biaya, saat berlaku dan nama yang ditetapkan, dengan aturannya."""

from __future__ import annotations

from engine.expr import Value, any_, column, field, length, today
from engine.fields import Field, Rule
from engine.process import Attachment

POKOK, RANCANGAN, BIAYA, BERLAKU, ORANG = "Pokok", "Rancangan", "Biaya", "Berlaku", "Orang yang ditetapkan"
BERBIAYA, BERHONOR, MEMUAT_NAMA = field("berbiaya").eq(True), field("berhonor").eq(True), field("memuat_nama").eq(True)
TIM = field("jenis").eq("penetapan-tim")

FORM = (
    Field(
        "tentang",
        "Tentang",
        "text",
        required=True,
        section=POKOK,
        max_length=300,
        hint="Judul keputusan tanpa singkatan, tanpa kata “Keputusan Wali Kota tentang”; dicetak dengan huruf kapital",
        rules=(Rule(length(field("tentang")) >= 10, "Tulis judul tanpa singkatan, paling sedikit 10 huruf."),),
    ),
    Field("jenis", "Jenis keputusan", "choice", required=True, section=POKOK, choices=("penetapan-tim", "penetapan-lokasi", "penunjukan", "lain")),
    Field(
        "penandatangan",
        "Penandatangan",
        "choice",
        required=True,
        section=POKOK,
        choices=("wali-kota", "sekda"),
        initial=Value("wali-kota"),
        hint="Sekda hanya bila jenis keputusan ini didelegasikan tertulis kepadanya; diperiksa pada daftar delegasi kota",
    ),
    Field(
        "opd_terkait",
        "Perangkat daerah terkait",
        "units",
        section=POKOK,
        hint="Mendapat pemberitahuan dan disebut pada tembusan; kosong bila tidak ada",
    ),
    Field(
        "menimbang",
        "Menimbang",
        "table",
        required=True,
        section=RANCANGAN,
        hint="Satu pertimbangan sebaris, mulai dengan “bahwa”; huruf a, b, c dicetak menurut urutan baris",
        columns=(
            Field(
                "uraian",
                "Uraian (bahwa ...)",
                "longtext",
                required=True,
                max_length=1500,
                rules=(Rule(length(field("uraian")) >= 10, "Tulis pertimbangan lengkap, paling sedikit 10 huruf."),),
            ),
        ),
    ),
    Field(
        "mengingat",
        "Mengingat",
        "table",
        required=True,
        section=RANCANGAN,
        hint="Urut menurut hierarki lalu tahun; nomor 1, 2, 3 dicetak menurut urutan baris",
        columns=(
            Field("peraturan", "Peraturan perundang-undangan", "text", required=True, max_length=400),
            Field(
                "masih_berlaku",
                "Masih berlaku",
                "boolean",
                required=True,
                rules=(Rule(field("masih_berlaku").eq(True), "Hanya peraturan yang masih berlaku. Ganti dengan penggantinya, atau hapus barisnya."),),
            ),
        ),
    ),
    Field(
        "diktum",
        "Diktum",
        "table",
        required=True,
        section=RANCANGAN,
        hint="KESATU, KEDUA dan seterusnya menurut urutan baris; diktum penutup tentang saat mulai berlaku dicetak sendiri",
        columns=(
            Field(
                "bunyi",
                "Bunyi diktum",
                "longtext",
                required=True,
                max_length=2000,
                rules=(Rule(length(field("bunyi")) >= 10, "Tulis bunyi diktum lengkap, paling sedikit 10 huruf."),),
            ),
        ),
    ),
    Field(
        "lampiran",
        "Lampiran keputusan",
        "files",
        section=RANCANGAN,
        file_types=("pdf",),
        hint="Selain daftar nama, yang dicetak sendiri. Nama dan sidik tiap berkas dicetak pada halaman lampiran yang ikut ditandatangani",
    ),
    Field(
        "berbiaya",
        "Membebani APBD",
        "boolean",
        required=True,
        section=BIAYA,
        hint="Bila ya, lampirkan halaman DPA dan isi kode rekening serta jumlah biaya",
    ),
    Field("kode_rekening", "Kode rekening", "budget_code", required=BERBIAYA, section=BIAYA),
    Field(
        "jumlah_biaya",
        "Jumlah biaya",
        "rupiah",
        required=BERBIAYA,
        section=BIAYA,
        hint="Tidak melebihi sisa pagu kode rekening; dicocokkan petugas dengan halaman DPA",
        rules=(Rule(field("jumlah_biaya") > 0, "Isi jumlah biaya lebih dari 0."),),
    ),
    Field(
        "berhonor",
        "Ada honorarium tim",
        "boolean",
        required=TIM,
        section=BIAYA,
        hint="Bila ya, lampirkan pernyataan kesesuaian standar harga satuan",
        rules=(Rule(~BERHONOR | BERBIAYA, "Honorarium membebani APBD. Isi “ya” pada Membebani APBD, atau “tidak” di sini."),),
    ),
    Field(
        "berlaku_mulai",
        "Berlaku mulai",
        "date",
        required=True,
        section=BERLAKU,
        hint="Hari penetapan atau sesudahnya; sebelum hari ini hanya dengan alasan berlaku surut",
    ),
    Field(
        "alasan_berlaku_surut",
        "Alasan berlaku surut",
        "longtext",
        required=field("berlaku_mulai") < today(),
        section=BERLAKU,
        max_length=1000,
        hint="Dinilai Bagian Hukum",
        rules=(Rule(length(field("alasan_berlaku_surut")) >= 20, "Tulis alasan berlaku surut, paling sedikit 20 huruf."),),
    ),
    Field(
        "terbuka",
        "Dapat diumumkan di JDIH",
        "boolean",
        required=True,
        section=BERLAKU,
        hint="Tidak hanya bila memuat informasi yang dikecualikan; sebut dasarnya di surat pengantar",
    ),
    Field(
        "memuat_nama",
        "Menetapkan orang per orang (perlu petikan)",
        "boolean",
        required=True,
        section=ORANG,
        hint="Daftar namanya dicetak sebagai lampiran keputusan, dan tiap orang mendapat petikan",
    ),
    Field(
        "daftar_nama",
        "Daftar nama yang ditetapkan",
        "table",
        required=MEMUAT_NAMA,
        section=ORANG,
        hint="Nama ditulis tanpa gelar",
        columns=(
            Field("nama", "Nama tanpa gelar", "text", required=True, max_length=120),
            Field("nip", "NIP", "nip", hint="18 angka; kosong untuk bukan ASN"),
            Field("kedudukan", "Kedudukan dalam keputusan", "text", required=True, max_length=160),
        ),
        rules=(
            Rule(
                ~any_(length(column("daftar_nama", "nama")) < 3),
                "Tulis nama lengkap tanpa gelar, paling sedikit 3 huruf.",
            ),
        ),
    ),
)

LAMPIRAN = (
    Attachment("surat_pengantar", "Surat pengantar kepala perangkat daerah", required=True, types=("pdf",)),
    Attachment("salinan_rancangan", "Salinan digital rancangan", required=True, types=("docx",)),
    Attachment("dasar_usulan", "Dasar hukum, berita acara rapat atau disposisi", required=True, types=("pdf",)),
    Attachment("lampiran_dpa", "Halaman DPA terkait", required=BERBIAYA, types=("pdf",)),
    Attachment("pernyataan_shsr", "Pernyataan kesesuaian standar harga satuan (tim berhonor)", required=TIM & BERHONOR, types=("pdf",)),
)

AJUKAN = tuple(one.name for one in FORM)
