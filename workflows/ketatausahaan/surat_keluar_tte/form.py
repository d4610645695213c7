"""Isian konsep surat keluar: yang ditanyakan kepada konseptor, dengan aturannya."""

from __future__ import annotations

from engine.expr import applicant, attribute, column, count, field, today
from engine.fields import Field, Rule

UNDANGAN = field("jenis_naskah").eq("undangan")
"""Yang hanya ditanyakan dari undangan."""

FORM = (
    Field(
        "jenis_naskah",
        "Jenis naskah",
        "choice",
        required=True,
        choices=(
            "surat-biasa",
            "nota-dinas",
            "surat-pengantar",
            "surat-keterangan",
            "surat-pernyataan",
            "undangan",
            "pengumuman",
            "rekomendasi",
            "memorandum",
        ),
        hint="Menentukan tata letak surat. Memorandum hanya dari atasan kepada bawahan, tanpa tembusan.",
    ),
    Field("menjawab", "Menjawab surat", "letter_ref", hint="Surat masuk yang dijawab; terisi sendiri bila dibuka dari disposisi"),
    Field(
        "kepada",
        "Kepada",
        "table",
        required=field("jenis_naskah").ne("pengumuman"),
        columns=(
            Field("jabatan", "Yth. (jabatan atau nama)", "text", required=True),
            Field("tempat", "di", "text", required=True),
            Field(
                "jalur",
                "Jalur kirim",
                "choice",
                required=True,
                choices=("internal", "surel", "srikandi", "pos", "kurir"),
                hint="Internal bila penerima di pemerintah kota ini",
            ),
            Field("alamat", "Alamat atau surel", "text", required=column("kepada", "jalur").one_of("surel", "pos", "kurir")),
        ),
        hint="Alamatkan kepada jabatan, bukan nama orang",
    ),
    Field("hal", "Hal", "text", required=True, max_length=300),
    Field(
        "kode_klasifikasi",
        "Kode klasifikasi",
        "archive_code",
        required=True,
        hint="Pakai kode terdalam yang cocok",
    ),
    Field("sifat", "Sifat (keamanan)", "choice", required=True, choices=("biasa", "terbatas", "rahasia")),
    Field("urgensi", "Derajat kecepatan", "choice", required=True, choices=("biasa", "penting", "segera", "amat-segera")),
    Field(
        "penandatangan",
        "Tingkat penandatangan",
        "choice",
        required=True,
        choices=("kepala-opd", "asisten-sekda", "sekda", "wali-kota"),
        hint="Tingkat wali kota mencakup Wali Kota dan Wakil Wali Kota",
    ),
    Field(
        "jabatan_penandatangan",
        "Jabatan penandatangan",
        "position",
        required=True,
        hint="Jabatan pada tingkat itu yang menerima tugas tanda tangan; Wakil Wali Kota hanya untuk bidang yang didelegasikan",
        rules=(
            Rule(
                field("penandatangan").ne("wali-kota") | field("jabatan_penandatangan").one_of("wali-kota", "wakil-wali-kota"),
                "Pada tingkat wali kota pilih Wali Kota atau Wakil Wali Kota.",
            ),
            Rule(
                field("penandatangan").ne("asisten-sekda") | attribute("jabatan_penandatangan", "jabatan").eq("asisten"),
                "Pada tingkat asisten pilih salah satu Asisten Sekretaris Daerah.",
            ),
            Rule(
                field("penandatangan").ne("kepala-opd")
                | (attribute("jabatan_penandatangan", "kepala_unit").eq(True) & attribute("jabatan_penandatangan", "unit").eq(applicant("unit"))),
                "Pada tingkat kepala perangkat daerah pilih kepala perangkat daerah Anda sendiri.",
            ),
            Rule(
                field("penandatangan").ne("sekda") | field("jabatan_penandatangan").eq("sekda"),
                "Pada tingkat sekda pilih Sekretaris Daerah.",
            ),
        ),
    ),
    Field(
        "cara_penandatanganan",
        "Cara penandatanganan",
        "choice",
        required=True,
        choices=("sendiri", "atas-nama", "untuk-beliau", "plt", "plh"),
        hint="Atas nama satu tingkat di bawah pemberi mandat; untuk beliau di bawah baris atas nama",
        rules=(
            Rule(
                ~(field("penandatangan").eq("asisten-sekda") & field("cara_penandatanganan").eq("sendiri") & field("jenis_naskah").ne("nota-dinas")),
                "Asisten tidak menandatangani sendiri surat ke luar sekretariat. Pilih atas nama atau untuk beliau.",
            ),
            Rule(
                ~(field("penandatangan").eq("wali-kota") & field("cara_penandatanganan").eq("untuk-beliau")),
                "Wali Kota tidak menandatangani untuk beliau. Pilih sendiri, atau atas nama bagi Wakil Wali Kota.",
            ),
        ),
    ),
    Field(
        "isi",
        "Isi surat",
        "longtext",
        required=True,
        hint="Paragraf dipisahkan baris kosong; daftar dengan 1. atau -; tabel, tebal dan miring boleh",
        rich=True,
    ),
    Field("acara", "Acara", "text", required=UNDANGAN, max_length=200),
    Field(
        "tanggal_acara",
        "Tanggal acara",
        "date",
        required=UNDANGAN,
        rules=(Rule(field("tanggal_acara") >= today(), "Tanggal acara sudah lewat. Isi hari ini atau sesudahnya."),),
        hint="Nama harinya dicetak sendiri pada surat",
    ),
    Field(
        "waktu_acara",
        "Waktu acara",
        "text",
        required=UNDANGAN,
        hint="Contoh: 09.00 WIB s.d. selesai",
        max_length=60,
    ),
    Field("tempat_acara", "Tempat acara", "text", required=UNDANGAN, max_length=200),
    Field(
        "jumlah_lampiran",
        "Lampiran",
        "integer",
        required=True,
        hint="Sama dengan jumlah berkas lampiran; 0 bila tidak ada",
        rules=(
            Rule(field("jumlah_lampiran") >= 0, "Jumlah lampiran tidak boleh kurang dari 0."),
            Rule(
                field("jumlah_lampiran").eq(count(field("lampiran_naskah"))),
                "Jumlah lampiran tidak sama dengan berkas lampiran yang diunggah. Unggah yang kurang atau perbaiki jumlahnya.",
            ),
        ),
    ),
    Field(
        "unit_koordinasi",
        "Paraf koordinasi dari",
        "units",
        hint="Bila isi menyentuh tugas perangkat daerah lain; bukan unit Anda sendiri",
        rules=(Rule(~field("unit_koordinasi").has(applicant("unit")), "Unit Anda sendiri sudah memaraf menurut jenjang. Hapus dari daftar ini."),),
    ),
    Field(
        "tembusan",
        "Tembusan",
        "table",
        columns=(
            Field("jabatan", "Jabatan atau instansi", "text", required=True),
            Field("jalur", "Jalur kirim", "choice", required=True, choices=("internal", "surel", "srikandi", "pos", "kurir")),
        ),
        hint="Tidak mengulang penerima surat",
        rules=(
            Rule(
                ~(field("jenis_naskah").eq("memorandum") & (count(field("tembusan")) > 0)),
                "Memorandum tidak memakai tembusan. Hapus barisnya atau ganti jenis naskah.",
            ),
            Rule(
                ~column("tembusan", "jabatan").eq(column("kepada", "jabatan")),
                "Tembusan mengulang penerima surat. Hapus baris yang sudah ada pada Kepada.",
            ),
        ),
    ),
)
