"""Isian permohonan izin reklame, dengan aturannya (UU 1/2022; peraturan wali kota tentang reklame)."""

from __future__ import annotations

from engine.expr import Value, count, days, digits, empty, ends_with, fact, field, first_day, last_day, length, today
from engine.fields import Field, Rule
from engine.process import Attachment

PERMOHONAN, REKLAME, MATERI = "Permohonan", "Reklame dan titiknya", "Pajak dan materi"
BARU, PERUBAHAN = field("jenis_permohonan").eq("baru"), field("jenis_permohonan").eq("perubahan")
BERJALAN = field("jenis_reklame").eq("berjalan")
JAMINAN = field("jenis_reklame").one_of("papan", "videotron")
"""Berkonstruksi: wajib jaminan bongkar, RAB, perhitungan struktur dan asuransi."""
TANAH_PEMDA = field("tanah").eq("tanah-pemda")
BESAR = 24
"""Meter persegi; mulai dari sini pendapat perangkat daerah wajib, tepat 24 m2 termasuk."""
OPD_WAJIB = ("dishub", "satpol-pp", "dlh")
"""Perhubungan, Satpol PP, dan yang mengurus pertamanan, menurut kode unit kota."""

FORM = (
    Field("jenis_permohonan", "Jenis permohonan", "choice", required=True, choices=("baru", "perpanjangan", "perubahan"), section=PERMOHONAN),
    Field(
        "nomor_izin_lama", "Nomor izin yang diperpanjang atau diubah", "text", required=~BARU, max_length=80, section=PERMOHONAN,
        hint="Seperti tertulis pada izin, misalnya 500.16.7.2/12/DPMPTSP/2026; izin atas NPWPD yang sama dan belum dicabut",
    ),
    Field(
        "masa", "Masa tayang", "daterange", required=True, section=PERMOHONAN, hint="Paling lama 366 hari",
        rules=(
            Rule(days(field("masa")) <= 366, "Masa tayang paling lama 366 hari. Majukan tanggal selesainya, lalu ajukan perpanjangan bila perlu."),
            Rule(first_day(field("masa")) >= today(), "Masa tayang mulai paling cepat hari ini. Mundurkan tanggal mulainya."),
        ),
    ),
    Field(
        "jenis_reklame", "Jenis reklame", "choice", required=True, section=REKLAME,
        choices=("papan", "videotron", "kain", "melekat", "berjalan", "udara"),
    ),
    Field(
        "luas", "Luas bidang reklame (m2)", "decimal", required=True, section=REKLAME,
        hint="Mulai 16 m2 wajib PBG reklame; mulai 24 m2 wajib pendapat perangkat daerah",
        rules=(Rule(field("luas") > 0, "Luas bidang lebih dari 0. Isi dalam meter persegi."),),
    ),
    Field(
        "lokasi", "Titik lokasi", "location", required=True, section=REKLAME,
        hint="Di dalam wilayah kota dan di luar zona larangan; reklame berjalan memakai titik pangkalan kendaraan",
    ),
    Field("alamat", "Alamat titik reklame", "text", required=True, max_length=200, section=REKLAME, hint="Nama jalan dan patokannya, dicetak pada izin"),
    Field(
        "tanah", "Status tanah tempat reklame", "choice", required=True, section=REKLAME, choices=("tanah-pemda", "milik-sendiri", "milik-pihak-lain"),
    ),
    Field(
        "npwpd", "NPWPD", "id_number", required=True, max_length=30, section=MATERI, hint="Terdaftar dan aktif di Bapenda",
        rules=(Rule(digits(field("npwpd")) >= 8, "Isi NPWPD seperti tertulis pada kartunya, paling sedikit 8 angka."),),
    ),
    Field("naskah_reklame", "Naskah atau tema reklame", "text", required=True, max_length=200, section=MATERI, hint="Yang terbaca pada reklame"),
    Field(
        "materi", "Materi reklame", "file", required=True, file_types=("jpg", "png", "pdf"), most_megabytes=10, section=MATERI,
        hint="Gambar yang akan ditayangkan, paling besar 10 MB",
    ),
    Field(
        "tembakau", "Materi memuat produk tembakau", "boolean", required=True, section=MATERI,
        rules=(Rule(field("tembakau").eq(False), "Reklame luar ruang tidak boleh memuat produk tembakau. Ganti materinya, lalu pilih tidak."),),
    ),
    Field("catatan_titik", "Hasil pemeriksaan titik oleh petugas", "longtext", max_length=1000, hint="Wajib bila mesin menemukan titik terlarang atau tidak dapat memeriksanya"),
    Field("titik_tinjau", "Titik yang direkam di lapangan", "location", required=True, hint="Diambil gawai di tempat"),
    Field("foto_tinjau", "Foto titik reklame", "files", required=True, file_types=("jpg", "png"), evidence=True, hint="Paling sedikit 2 foto bertitik dan berwaktu",
          rules=(Rule(count(field("foto_tinjau")) >= 2, "Unggah paling sedikit 2 foto: dekat dan dari arah jalan."),)),
    Field("luas_nyata", "Luas bidang nyata (m2)", "decimal", rules=(Rule(field("luas_nyata") > 0, "Luas nyata lebih dari 0. Isi hasil pengukuran."),)),
    Field("tinggi", "Tinggi reklame (m)", "decimal", hint="Dari tanah sampai tepi atas", rules=(Rule(field("tinggi") > 0, "Tinggi lebih dari 0. Isi hasil pengukuran."),)),
    Field(
        "jarak_dari_jalan", "Jarak dari tepi jalan (m)", "decimal", hint="0 bila di atas jalan",
        rules=(Rule(field("jarak_dari_jalan") >= 0, "Jarak dari jalan 0 atau lebih. Isi hasil pengukuran."),),
    ),
    Field("minta_pendapat", "Minta pendapat perangkat daerah", "boolean", hint="Mulai 24 m2 pendapat selalu diminta"),
    Field(
        "nilai_sewa_reklame", "Nilai sewa reklame selama masa tayang", "rupiah", required=True, hint="Menurut peraturan kota, dalam ratusan rupiah penuh",
        rules=(
            Rule(field("nilai_sewa_reklame") > 0, "Nilai sewa reklame lebih dari Rp0. Isi menurut peraturan kota."),
            Rule(ends_with(field("nilai_sewa_reklame"), "00"), "Bulatkan nilai sewa reklame ke ratusan rupiah penuh."),
        ),
    ),
    Field(
        "tarif_pajak", "Tarif pajak reklame (%)", "integer", required=True, initial=Value(25), hint="Menurut peraturan daerah kota; paling tinggi 25",
        rules=(Rule((field("tarif_pajak") >= 1) & (field("tarif_pajak") <= 25), "Tarif pajak reklame 1 sampai 25 persen (UU 1/2022 pasal 63). Perbaiki tarifnya."),),
    ),
    Field(
        "pajak_reklame", "Pajak reklame terutang", "rupiah", computed=field("nilai_sewa_reklame") * field("tarif_pajak") / 100,
        hint="Nilai sewa reklame kali tarif",
    ),
    Field(
        "sewa_lahan", "Sewa tanah pemerintah daerah selama masa tayang", "rupiah", required=True,
        rules=(Rule(field("sewa_lahan") > 0, "Sewa tanah pemerintah daerah lebih dari Rp0. Isi menurut peraturan kota."),),
    ),
    Field(
        "pertimbangan", "Alasan usul terbit atau tolak", "longtext", required=True, max_length=2000, hint="Satu alasan sebaris; alasan menolak dicetak pada surat penolakan",
        rules=(Rule(length(field("pertimbangan")) >= 20, "Tulis alasan usul, paling sedikit 20 huruf."),),
    ),
    Field("bukti_setor", "Nomor bukti setor", "text", required=True, max_length=80, hint="Pajak, dan sewa tanah bila ada"),
    Field(
        "tanggal_lunas", "Tanggal lunas", "date", required=True, hint="Pajak dan sewa diterima kas daerah, dan jaminan dicatat",
        rules=(Rule(field("tanggal_lunas") <= today(), "Tanggal lunas paling lambat hari ini. Perbaiki tanggalnya."),),
    ),
    Field("nomor_jaminan", "Nomor bank garansi jaminan bongkar", "text", required=JAMINAN, max_length=80),
    Field(
        "nilai_jaminan", "Nilai jaminan bongkar", "rupiah", required=JAMINAN,
        rules=(Rule(field("nilai_jaminan") > 0, "Nilai jaminan lebih dari Rp0. Isi seperti tertulis pada bank garansi."),),
    ),
    Field(
        "jaminan_sampai", "Jaminan berlaku sampai", "date", required=JAMINAN,
        rules=(
            Rule(field("jaminan_sampai") >= last_day(field("masa")), "Jaminan berlaku paling sedikit sampai hari terakhir masa tayang. Minta pemohon memperpanjangnya."),
        ),
    ),
    Field("foto_bongkar", "Foto keadaan titik", "files", file_types=("jpg", "png"), evidence=True),
)  # fmt: skip
AJUKAN = tuple(one.name for one in FORM if one.section)
TINJAU = ("titik_tinjau", "foto_tinjau", "luas_nyata", "tinggi", "jarak_dari_jalan", "minta_pendapat", "opd_dimintai")
LUNAS = ("tanggal_lunas", "nomor_jaminan", "nilai_jaminan", "jaminan_sampai")

WAJIB_PENDAPAT = (field("luas") >= BESAR) | (field("luas_nyata") >= BESAR)
OPD = fact("opd_dimintai")
OPD_LENGKAP = OPD.has(OPD_WAJIB[0]) & OPD.has(OPD_WAJIB[1]) & OPD.has(OPD_WAJIB[2])
PENDAPAT_DIMINTA = (
    Rule(OPD_LENGKAP | ~WAJIB_PENDAPAT, "Mulai 24 m2 paling sedikit perhubungan, Satpol PP, dan pertamanan dimintai pendapat. Pilih ketiganya."),
    Rule(~empty(OPD) | ~field("minta_pendapat").eq(True), "Pendapat diminta: pilih perangkat daerahnya."),
)

LAMPIRAN = (
    Attachment("ktp", "KTP pemohon (dan surat kuasa bila dikuasakan)", required=True, types=("pdf", "jpg")),
    Attachment("bank_garansi", "Bank garansi jaminan bongkar", required=JAMINAN, types=("pdf",)),
    Attachment("rab_konstruksi", "RAB konstruksi", required=JAMINAN, types=("pdf",)),
    Attachment("pbg_reklame", "PBG reklame", required=field("luas") >= 16, types=("pdf",)),
    Attachment("perhitungan_struktur", "Gambar dan perhitungan struktur oleh ahli bersertifikat", required=JAMINAN, types=("pdf",)),
    Attachment("asuransi", "Asuransi konstruksi tahun berjalan", required=JAMINAN, types=("pdf",)),
    Attachment("pbb", "PBB persil lokasi", required=~TANAH_PEMDA, types=("pdf", "jpg")),
    Attachment("bukti_lahan", "Bukti tanah atau persetujuan pemilik lahan", required=~TANAH_PEMDA, types=("pdf",)),
    Attachment("pertanggungjawaban_mutlak", "Surat pertanggungjawaban mutlak", required=True, types=("pdf",)),
    Attachment("kartu_npwpd", "Kartu NPWPD", required=True, types=("pdf", "jpg")),
)
