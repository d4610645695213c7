"""Isian daftar kenaikan gaji berkala: satu baris satu pegawai, dengan aturannya (PP 7/1977 pasal 11–13 dan perubahannya)."""

from __future__ import annotations

from engine.expr import field, length, month, months
from engine.fields import Field, Rule
from engine.process import Fact

GOLONGAN = tuple(f"{angka}/{huruf}" for angka, akhir in (("I", "d"), ("II", "d"), ("III", "d"), ("IV", "e")) for huruf in "abcde" if huruf <= akhir)
DI_BAWAH_BAIK = ("butuh-perbaikan", "kurang", "sangat-kurang")
DITUNDA = field("predikat_kinerja").one_of(*DI_BAWAH_BAIK) | field("hukuman_aktif").eq(True)
TMT_LAMA, TMT_BARU = field("tmt_lama"), field("tmt_baru")
LAMA, TAHUN = field("masa_kerja_lama"), field("masa_kerja_tahun")

KOLOM = (
    Field("nip", "NIP", "nip", required=True, hint="18 angka"),
    Field(
        "golongan",
        "Golongan ruang",
        "text",
        required=True,
        max_length=5,
        hint="I/a sampai IV/e",
        rules=(Rule(field("golongan").one_of(*GOLONGAN), "Tulis golongan ruang PNS dari I/a sampai IV/e, misalnya III/b."),),
    ),
    Field(
        "jenjang",
        "Jenjang jabatan",
        "choice",
        required=True,
        choices=("sekda", "jpt-pratama", "administrator", "pengawas", "fungsional", "pelaksana"),
        hint="Menentukan penanda tangan surat",
    ),
    Field(
        "surat_lama",
        "Surat gaji terakhir",
        "text",
        required=True,
        max_length=200,
        hint="Pejabat, tanggal, dan nomor surat KGB atau SK pangkat yang menetapkan gaji lama",
        rules=(Rule(length(field("surat_lama")) >= 10, "Tulis pejabat, tanggal, dan nomor surat yang menetapkan gaji lama."),),
    ),
    Field("tmt_lama", "TMT gaji berkala lama", "date", required=True),
    Field(
        "tmt_baru",
        "TMT gaji berkala baru",
        "date",
        required=True,
        hint="Dua tahun sesudah TMT lama; lebih lama hanya sesudah penundaan",
        rules=(
            Rule(months(TMT_LAMA, 24) <= TMT_BARU, "TMT baru paling cepat dua tahun sesudah TMT lama. Betulkan salah satunya."),
            Rule(month(TMT_BARU).eq(field("bulan")), "TMT baru harus jatuh pada bulan TMT KGB perkara ini. Betulkan tanggalnya."),
        ),
    ),
    Field(
        "masa_kerja_lama",
        "Masa kerja golongan pada gaji lama (tahun)",
        "integer",
        required=True,
        rules=(Rule((LAMA >= 0) & (LAMA <= 33), "Isi tahun masa kerja golongan 0 sampai 33."),),
    ),
    Field(
        "masa_kerja_tahun",
        "Masa kerja golongan pada TMT baru (tahun)",
        "integer",
        required=True,
        rules=(
            Rule((TAHUN >= 0) & (TAHUN <= 33), "Isi tahun masa kerja golongan 0 sampai 33."),
            Rule(TAHUN > LAMA, "Masa kerja pada TMT baru harus lebih lama daripada pada gaji lama. Betulkan salah satunya."),
        ),
    ),
    Field(
        "masa_kerja_bulan",
        "Masa kerja golongan pada TMT baru (bulan)",
        "integer",
        required=True,
        rules=(Rule((field("masa_kerja_bulan") >= 0) & (field("masa_kerja_bulan") <= 11), "Isi bulan masa kerja 0 sampai 11."),),
    ),
    Field(
        "predikat_kinerja",
        "Predikat kinerja terakhir",
        "choice",
        required=True,
        choices=("sangat-baik", "baik", *DI_BAWAH_BAIK),
    ),
    Field("hukuman_aktif", "Sedang menjalani hukuman disiplin", "boolean", required=True),
    Field(
        "alasan_tunda",
        "Alasan penundaan",
        "longtext",
        required=DITUNDA,
        max_length=1000,
        hint="Ditanyakan bila predikat di bawah baik atau hukuman disiplin masih berjalan",
        rules=(Rule(length(field("alasan_tunda")) >= 10, "Uraikan alasan penundaan, paling sedikit 10 huruf."),),
    ),
    Field(
        "lama_tunda",
        "Lama penundaan (bulan)",
        "integer",
        required=DITUNDA,
        hint="Paling lama 12 bulan tiap kali",
        rules=(Rule((field("lama_tunda") >= 1) & (field("lama_tunda") <= 12), "Isi 1 sampai 12 bulan; penundaan paling lama satu tahun tiap kali."),),
    ),
    Field("perlu_dibetulkan", "Data belum lengkap pada data kepegawaian", "boolean", hint="Ditandai sistem; lengkapi kolom yang kosong"),
)

FORM = (
    Field("bulan", "Bulan TMT KGB", "month", required=True, hint="Bulan berjalan ditambah tiga; diisi sistem saat perkara dibuka"),
    Field("unit", "Perangkat daerah", "unit", required=True),
    Field(
        "daftar_kgb",
        "Daftar pegawai jatuh tempo",
        "table",
        columns=KOLOM,
        hint="Satu baris satu pegawai; disusun sistem, dibetulkan saat menyiapkan berkas",
    ),
    Field("sk_pangkat", "SK pangkat terakhir", "files", required=True, file_types=("pdf",)),
    Field("sk_kgb", "Surat KGB terakhir", "files", required=True, file_types=("pdf",), hint="Bagi KGB pertama: SK pengangkatan yang menetapkan gaji"),
    Field("skp", "SKP terakhir", "files", required=True, file_types=("pdf",)),
)
BERKAS = ("sk_pangkat", "sk_kgb", "skp")
DISIAPKAN = tuple(f"daftar_kgb.{one.name}" for one in KOLOM if one.name not in ("alasan_tunda", "lama_tunda", "nip", "perlu_dibetulkan"))
DINILAI = tuple(f"daftar_kgb.{name}" for name in ("predikat_kinerja", "hukuman_aktif", "alasan_tunda", "lama_tunda"))

FAKTA = (
    Fact("gaji_lama", "rupiah", meaning="Gaji pokok lama menurut tabel gaji yang berlaku", source="act"),
    Fact("gaji_baru", "rupiah", meaning="Gaji pokok baru menurut golongan dan masa kerja", source="act"),
    Fact("hasil_periksa", "choice", meaning="Hasil pemeriksaan syarat", choices=("benar", "keluarkan"), takes=("periksa-syarat",)),
    Fact("nomor_daftar_gaji", "text", meaning="Nomor perubahan data pada daftar gaji"),
)
