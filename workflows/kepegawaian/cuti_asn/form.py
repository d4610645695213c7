"""Isian permintaan cuti, dengan aturan lamanya menurut jenis (PP 11/2017 pasal 309–341, Peraturan BKN 24/2017)."""

from __future__ import annotations

from engine.expr import applicant, days, field, first_day, last_day, length, months, today, working_days
from engine.fields import Field, Rule
from engine.process import Attachment

JENIS = field("jenis_cuti")
PEMOHON, WAKTU, SELAMA = "Pemohon dan jenis cuti", "Waktu", "Selama cuti"


def paling_lama(jenis: str, bulan: int, pesan: str) -> Rule:
    """Lama cuti menurut kalender: selesai sebelum tanggal yang sama sekian bulan kemudian."""
    return Rule(~JENIS.eq(jenis) | (last_day(field("periode")) < months(first_day(field("periode")), bulan)), pesan)


FORM = (
    Field("nip", "NIP", "nip", required=True, computed=applicant("nip"), section=PEMOHON, hint="Dari data kepegawaian"),
    Field(
        "jenis_cuti",
        "Jenis cuti",
        "choice",
        required=True,
        choices=("tahunan", "besar", "sakit", "melahirkan", "alasan-penting", "cltn"),
        section=PEMOHON,
        hint="Cuti bersama tidak diminta: sudah ada pada kalender",
        rules=(
            Rule(
                ~applicant("jenis_pegawai").eq("PPPK") | JENIS.one_of("tahunan", "sakit", "melahirkan"),
                "PPPK berhak atas cuti tahunan, sakit, dan melahirkan. Pilih salah satunya.",
            ),
            Rule(
                ~JENIS.eq("melahirkan") | ~applicant("jenis_kelamin").eq("laki-laki"),
                "Cuti melahirkan bagi pegawai perempuan. Pendamping kelahiran memakai cuti alasan penting.",
            ),
            Rule(
                ~JENIS.eq("cltn") | (applicant("masa_kerja") >= 5),
                "Cuti di luar tanggungan negara sesudah masa kerja 5 tahun.",
            ),
        ),
    ),
    Field(
        "sebab_penting",
        "Sebab cuti alasan penting",
        "choice",
        required=JENIS.eq("alasan-penting"),
        choices=("keluarga-sakit-keras", "keluarga-meninggal", "perkawinan", "istri-melahirkan", "kebakaran-atau-bencana"),
        section=PEMOHON,
    ),
    Field(
        "anak_ke",
        "Kelahiran anak ke-",
        "integer",
        required=JENIS.eq("melahirkan"),
        section=PEMOHON,
        hint="Anak keempat dan seterusnya memakai cuti besar",
        rules=(Rule((field("anak_ke") >= 1) & (field("anak_ke") <= 3), "Isi 1, 2, atau 3. Kelahiran berikutnya memakai cuti besar."),),
    ),
    Field(
        "alasan",
        "Alasan",
        "longtext",
        required=True,
        section=PEMOHON,
        max_length=1000,
        rules=(Rule(length(field("alasan")) >= 10, "Tulis alasan paling sedikit 10 huruf."),),
    ),
    Field(
        "periode",
        "Tanggal mulai dan selesai cuti",
        "daterange",
        required=True,
        section=WAKTU,
        hint="Tahunan dan besar diajukan paling lambat 7 hari kerja sebelum mulai",
        rules=(
            paling_lama("besar", 3, "Cuti besar paling lama 3 bulan. Majukan tanggal selesainya."),
            paling_lama("sakit", 12, "Cuti sakit paling lama 1 tahun sekali ajukan. Majukan tanggal selesainya."),
            paling_lama("melahirkan", 3, "Cuti melahirkan paling lama 3 bulan. Majukan tanggal selesainya."),
            paling_lama("alasan-penting", 1, "Cuti alasan penting paling lama 1 bulan. Majukan tanggal selesainya."),
            paling_lama("cltn", 36, "Cuti di luar tanggungan negara paling lama 3 tahun. Majukan tanggal selesainya."),
            Rule(
                ~JENIS.one_of("tahunan", "besar") | (first_day(field("periode")) > today()),
                "Cuti tahunan dan cuti besar diminta sebelum dijalankan. Pilih tanggal mulai sesudah hari ini.",
            ),
            Rule(
                # Hari pengajuan tidak dihitung, hari pertama cuti ikut terhitung: karena itu lebih dari 7.
                ~JENIS.one_of("tahunan", "besar") | (working_days(today(), first_day(field("periode"))) > 7),
                "Ajukan paling lambat 7 hari kerja sebelum cuti mulai. Mundurkan tanggal mulainya.",
            ),
        ),
    ),
    Field(
        "jumlah_hari_kerja",
        "Jumlah hari kerja",
        "integer",
        required=True,
        computed=working_days(field("periode")),
        section=WAKTU,
        hint="Hari libur dan cuti bersama tidak dihitung",
        rules=(
            Rule(field("jumlah_hari_kerja") >= 1, "Masa itu tidak memuat hari kerja. Pilih tanggal lain."),
            Rule(~JENIS.eq("tahunan") | (field("jumlah_hari_kerja") <= 24), "Cuti tahunan paling banyak 24 hari kerja, termasuk sisa tahun lalu."),
        ),
    ),
    Field("luar_negeri", "Dijalankan di luar negeri", "boolean", required=True, section=WAKTU, hint="Bila ya, diputus wali kota"),
    Field("negara_tujuan", "Negara tujuan", "text", required=field("luar_negeri").eq(True), section=WAKTU, max_length=80),
    Field("alamat_cuti", "Alamat selama cuti", "text", required=True, section=SELAMA, max_length=200),
    Field("telepon", "Telepon yang dapat dihubungi", "phone", required=True, section=SELAMA),
    Field(
        "pengganti",
        "Pegawai pengganti",
        "employee",
        required=applicant("kepala_unit").eq(True),
        section=SELAMA,
        hint="Wajib bagi kepala unit; diusulkan menjadi pelaksana harian",
        rules=(Rule(~field("pengganti").eq(applicant("person")), "Pengganti bukan Anda sendiri. Pilih pegawai lain."),),
    ),
    Field(
        "tanggal_kembali",
        "Hari kerja pertama sesudah kembali",
        "date",
        hint="Sejak tanggal ini hari cuti yang belum dijalankan menjadi hak lagi",
        rules=(
            Rule(
                (field("tanggal_kembali") > first_day(field("periode"))) & (field("tanggal_kembali") <= last_day(field("periode"))),
                "Tanggal kembali berada sesudah hari pertama dan tidak sesudah hari terakhir cuti.",
            ),
        ),
    ),
    Field("bukti_kembali", "Perintah tertulis kembali bekerja", "files", hint="Wajib bila dipanggil kembali", file_types=("pdf", "jpg")),
)

LAMPIRAN = (
    Attachment("surat_dokter", "Surat keterangan dokter", required=JENIS.eq("sakit"), types=("pdf", "jpg", "png")),
    Attachment(
        "surat_dokter_pemerintah",
        "Surat dokter pemerintah (sakit lebih dari 14 hari)",
        required=JENIS.eq("sakit") & (days(field("periode")) > 14),
        types=("pdf", "jpg"),
    ),
    Attachment(
        "surat_rawat_inap",
        "Surat rawat inap keluarga atau istri melahirkan",
        required=field("sebab_penting").one_of("keluarga-sakit-keras", "istri-melahirkan"),
        types=("pdf", "jpg"),
    ),
    Attachment("surat_rt", "Surat keterangan RT untuk musibah", required=field("sebab_penting").eq("kebakaran-atau-bencana"), types=("pdf", "jpg")),
    Attachment("surat_kelahiran", "Surat keterangan kelahiran atau perkiraan lahir", required=JENIS.eq("melahirkan"), types=("pdf", "jpg")),
    Attachment("panggilan_haji", "Bukti panggilan haji pertama", required=JENIS.eq("besar") & (applicant("masa_kerja") < 5), types=("pdf", "jpg")),
)
