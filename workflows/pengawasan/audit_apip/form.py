"""Isian penugasan pemeriksaan, temuan, dan disposisi, dengan aturannya (PP 60/2008, Standar audit AAIPI)."""

from __future__ import annotations

from engine.expr import Value, any_, attribute, column, count, distinct, empty, field, last_day, length, today
from engine.fields import Field, Rule
from engine.process import Attachment, Fact

PENUGASAN, TIM = "Penugasan", "Tim"
PEGAWAI, PERAN = column("tim", "pegawai"), column("tim", "peran")
INSTRUKSI = (
    "tanggapi", "proses-lebih-lanjut", "koordinasikan", "untuk-perhatian", "sesuai-catatan", "tindak-lanjuti", "pelajari", "untuk-diketahui",
    "teliti-dan-beri-pendapat", "bicarakan-dengan-saya", "selesaikan-sesuai-ketentuan", "pantau",
)  # fmt: skip

DIBUKA = (
    Field(
        "jenis",
        "Jenis pengawasan",
        "choice",
        required=True,
        choices=("audit-kinerja", "audit-ketaatan", "reviu", "evaluasi", "pemantauan", "audit-tujuan-tertentu"),
        section=PENUGASAN,
    ),
    Field(
        "dasar_penugasan",
        "Dasar penugasan",
        "choice",
        required=True,
        choices=("pkpt", "perintah-khusus"),
        section=PENUGASAN,
        hint="perintah-khusus ditandatangani Wali Kota; pkpt oleh Inspektur atas nama Wali Kota",
    ),
    Field(
        "obyek",
        "Obyek pengawasan",
        "unit",
        required=True,
        section=PENUGASAN,
        rules=(Rule(field("obyek").ne("inspektorat"), "Inspektorat tidak memeriksa dirinya sendiri. Pilih perangkat daerah lain."),),
    ),
    Field(
        "periode",
        "Periode yang diperiksa",
        "daterange",
        required=True,
        section=PENUGASAN,
        hint="Tanggal akhir tidak melewati hari ini, kecuali reviu dokumen perencanaan",
        rules=(
            Rule(
                (last_day(field("periode")) <= today()) | field("jenis").eq("reviu"),
                "Periode yang diperiksa berakhir paling lambat hari ini. Majukan tanggal akhirnya, atau pilih reviu bila yang diperiksa rencana.",
            ),
        ),
    ),
    Field(
        "sifat", "Sifat", "choice", choices=("rahasia",), section=PENUGASAN, computed=Value("rahasia"),
        hint="Hanya tim, penanda tangan, dan pejabat yang dituju dapat membaca perkara ini",
    ),
    Field(
        "tim",
        "Susunan tim",
        "table",
        required=True,
        section=TIM,
        columns=(
            Field(
                "pegawai",
                "Pegawai",
                "employee",
                required=True,
                rules=(
                    Rule(
                        ~attribute("pegawai", "unit").eq(field("obyek")), "Pegawai ini bekerja pada obyek yang diperiksa. Pilih orang lain."
                    ),
                ),
            ),
            Field("peran", "Peran", "choice", required=True, choices=("pengendali-mutu", "pengendali-teknis", "ketua", "anggota")),
        ),
        hint="Tepat satu ketua, satu pengendali teknis, satu pengendali mutu, paling sedikit satu anggota; tanpa benturan kepentingan dengan obyek",
        rules=(
            Rule(count(PERAN.eq("ketua")).eq(1), "Pilih tepat satu ketua tim."),
            Rule(count(PERAN.eq("pengendali-teknis")).eq(1), "Pilih tepat satu pengendali teknis."),
            Rule(count(PERAN.eq("pengendali-mutu")).eq(1), "Pilih tepat satu pengendali mutu."),
            Rule(count(PERAN.eq("anggota")) >= 1, "Tambahkan paling sedikit satu anggota tim."),
            Rule(distinct(PEGAWAI).eq(count(PEGAWAI)), "Seorang pegawai disebut dua kali dalam tim. Satu orang memegang satu peran."),
        ),
    ),
)  # fmt: skip

FORM = (
    *DIBUKA,
    Field(
        "temuan",
        "Temuan",
        "table",
        columns=(
            Field("kode_temuan", "Kode temuan", "text", required=True, max_length=20),
            Field("kondisi", "Kondisi", "longtext", required=True, max_length=3000),
            Field("kriteria", "Kriteria", "longtext", required=True, max_length=2000),
            Field("sebab", "Sebab", "longtext", required=True, max_length=2000),
            Field("akibat", "Akibat", "longtext", required=True, max_length=2000),
            Field("rekomendasi", "Rekomendasi", "longtext", required=True, max_length=2000),
            Field("nilai", "Nilai", "rupiah", hint="0 bila temuan administratif"),
        ),
        hint="Diisi dari kertas kerja yang disetujui; kosong bila prosedur ini tidak menemukan apa-apa",
    ),
    Field(
        "penerima_disposisi",
        "Diteruskan kepada",
        "table",
        columns=(
            Field("pejabat", "Pejabat", "position", required=True),
            Field("peran", "Peran", "choice", required=True, choices=("utama", "pendukung", "tembusan")),
            Field("instruksi", "Dengan hormat harap", "multichoice", required=True, choices=INSTRUKSI),
            Field(
                "batas_waktu",
                "Batas waktu",
                "date",
                required=True,
                rules=(Rule(field("batas_waktu") >= today(), "Batas waktu tidak boleh sebelum hari ini."),),
            ),
        ),
        hint="Tepat satu penerima berperan utama",
    ),
    Field("isi_instruksi", "Isi disposisi", "longtext", max_length=1000),
)
BUKA = tuple(one.name for one in DIBUKA)

LAMPIRAN = (
    Attachment("pkpt", "PKPT atau perintah khusus", required=True, types=("pdf",)),
    Attachment("bukti", "Bukti pemeriksaan", types=("pdf", "jpg", "png", "xlsx")),
    Attachment("dokumen_obyek", "Dokumen obyek", types=("pdf", "xlsx", "docx")),
)

FAKTA = (
    Fact(
        "prosedur",
        "table",
        meaning="Prosedur program kerja dan pelaksananya",
        columns=(
            Field("nomor", "Nomor", "text", required=True, max_length=12),
            Field("langkah", "Langkah", "longtext", required=True, max_length=1000),
            Field(
                "anggota",
                "Anggota",
                "employee",
                required=True,
                rules=(
                    Rule(
                        any_(column("tim", "pegawai").eq(field("anggota")) & PERAN.eq("anggota")), "Pilih orang yang berperan anggota dalam tim ini."
                    ),
                ),
            ),
            Field(
                "target_hari",
                "Target hari",
                "integer",
                required=True,
                rules=(Rule(field("target_hari") >= 1, "Isi paling sedikit satu hari kerja."),),
            ),
        ),
    ),
    Fact("hasil_prosedur", "longtext", meaning="Yang dikerjakan dan disimpulkan pada kertas kerja prosedur ini"),
    Fact("bukti_prosedur", "files", meaning="Bukti kertas kerja prosedur ini"),
    Fact("sikap_obyek", "choice", meaning="Sikap obyek atas temuan", choices=("terima", "sanggah", "jelaskan"), takes=("tanggapi-temuan",)),
    Fact("uraian_tanggapan", "longtext", meaning="Tanggapan tertulis obyek atas temuan"),
    Fact("rencana_tindak", "longtext", meaning="Yang akan dikerjakan obyek atas temuan"),
    Fact(
        "rekomendasi",
        "table",
        meaning="Rekomendasi akhir per temuan, satu baris satu rekomendasi",
        columns=(
            Field(
                "kode_temuan",
                "Kode temuan",
                "text",
                required=True,
                max_length=20,
                rules=(Rule(any_(column("temuan", "kode_temuan").eq(field("kode_temuan"))), "Kode ini bukan kode temuan pemeriksaan ini."),),
            ),
            Field(
                "uraian",
                "Uraian",
                "longtext",
                required=True,
                max_length=2000,
                rules=(Rule(length(field("uraian")) >= 10, "Uraikan rekomendasinya."),),
            ),
            Field("penanggung_jawab", "Penanggung jawab", "position", required=True),
            Field("sifat", "Sifat", "choice", required=True, choices=("administratif", "material")),
            Field(
                "nilai",
                "Nilai",
                "rupiah",
                rules=(
                    Rule(
                        field("sifat").eq("material") | empty(field("nilai")) | field("nilai").eq(0),
                        "Rekomendasi administratif bernilai 0 atau kosong.",
                    ),
                ),
            ),
        ),
    ),
    Fact("simpulan", "longtext", meaning="Simpulan hasil pemeriksaan pada LHP"),
)
