"""Isian forum Musrenbang dan usulannya: satu tabel usulan yang diisi bergantian di tiga tingkat (Permendagri 86/2017)."""

from __future__ import annotations

from engine.expr import Expr, Value, applicant, column, count, digits, distinct, field, length, pick, today, year
from engine.fields import Field, Rule
from engine.process import Attachment, Fact

FORUM, WARGA = "Forum", "RW yang mengusulkan"
KELURAHAN, KECAMATAN, KOTA = (field("tingkat").eq(satu) for satu in ("kelurahan", "kecamatan", "kota"))
DI_BAWAH = ("digabung", "ditunda", "ditolak")
STATUS = ("diusulkan", "diteruskan", *DI_BAWAH, "masuk-rkpd")


USULAN = Field(
    "usulan", "Usulan", "table", hint="Diisi ketua RW; di kecamatan dan kota terisi dari berkas di bawahnya, dengan nomor yang sama",
    rules=(
        Rule(
            distinct(column("usulan", "prioritas")).eq(count(column("usulan", "prioritas"))),
            "Ada urutan prioritas yang sama. Beri tiap usulan urutan sendiri.",
        ),
    ),
    columns=(
        Field("nomor_usulan", "Nomor usulan", "text", hint="Diberi sistem; sama di semua tingkat"),
        Field("rw", "RW pengusul", "text", required=True, initial=column("daftar_rw", "rw")),
        Field("judul", "Usulan", "text", required=True, max_length=160),
        Field("jenis", "Jenis", "choice", required=True, choices=("fisik", "nonfisik")),
        Field("lokasi", "Titik lokasi", "location", required=True, hint="Di dalam kelurahan ini; kelurahannya dihitung dari titik"),
        Field("opd_tujuan", "Perangkat daerah pengampu", "unit", required=True),
        Field("kelurahan", "Kelurahan menurut titik", "text", hint="Dihitung dari titik lokasi"),
        Field("volume", "Volume dan satuan", "text", required=True, max_length=60, hint="Misalnya 120 m"),
        Field(
            "perkiraan_biaya", "Perkiraan biaya", "rupiah", required=True,
            rules=(Rule(field("perkiraan_biaya") > 0, "Isi perkiraan biaya lebih dari Rp0."),),
        ),
        Field("permasalahan", "Permasalahan", "longtext", required=True, max_length=2000),
        Field(
            "foto", "Foto bertanda lokasi", "files", required=True, file_types=("jpg", "png"), hint="1 sampai 5 foto",
            rules=(Rule(count(field("foto")) <= 5, "Paling banyak 5 foto. Hapus yang lebih."),),
        ),
        Field("pernyataan_lahan", "Surat pernyataan lahan", "file", required=field("jenis").eq("fisik"), file_types=("pdf", "jpg"), hint="Untuk usulan fisik"),
        Field(
            "status", "Status", "choice", required=True, choices=STATUS, initial=Value("diusulkan"),
            rules=(
                Rule(
                    field("status").one_of("diteruskan", *DI_BAWAH),
                    "Pilih diteruskan, digabung, ditunda, atau ditolak. Masuk RKPD ditetapkan sistem sesudah RKPD ditetapkan.",
                ),
            ),
        ),
        Field(
            "prioritas", "Urutan prioritas", "integer", required=field("status").eq("diteruskan"), hint="1 paling utama",
            rules=(Rule(field("prioritas") >= 1, "Urutan dimulai dari 1. Isi 1 atau lebih."),),
        ),
        Field(
            "gabung_ke", "Digabung ke nomor usulan", "text", required=field("status").eq("digabung"), max_length=60,
            rules=(Rule(~field("gabung_ke").eq(field("nomor_usulan")), "Usulan tidak dapat digabung ke dirinya sendiri. Isi nomor usulan lain."),),
        ),
        Field(
            "alasan", "Alasan yang terbaca pengusul", "longtext", required=field("status").one_of(*DI_BAWAH), max_length=600,
            rules=(Rule(length(field("alasan")) >= 10, "Tulis alasannya paling sedikit 10 huruf; pengusul membacanya."),),
        ),
        Field("nama_program", "Program dan kegiatan RKPD", "budget_code", required=field("status").eq("diteruskan")),
    ),
)  # fmt: skip


def pagu(nama: str, label: str, kapan: Expr) -> Field:
    return Field(nama, label, "rupiah", required=kapan, section=FORUM, rules=(Rule(field(nama) > 0, "Isi pagu lebih dari Rp0."),))


FORM = (
    Field(
        "tingkat", "Tingkat forum", "choice", required=True, section=FORUM, choices=("kelurahan", "kecamatan", "kota"),
        computed=pick(applicant("jabatan"), "lurah", "kelurahan", "camat", "kecamatan", "kota"), hint="Menurut jabatan yang membuka",
    ),
    Field(
        "wilayah", "Wilayah forum", "unit", required=True, section=FORUM, initial=applicant("unit"),
        hint="Kelurahan, kecamatan, atau badan perencanaan; satu berkas untuk satu wilayah dan satu tahun rencana",
        rules=(Rule(field("wilayah").eq(applicant("unit")), "Forum dibuka untuk unit Anda sendiri. Pilih unit Anda."),),
    ),
    Field("tahun_rencana", "Tahun rencana", "year", required=True, section=FORUM, computed=year(today()) + 1, hint="Tahun depan"),
    Field(
        "waktu_musyawarah", "Waktu musyawarah", "datetime", required=True, section=FORUM,
        hint="Kelurahan Januari, kecamatan Februari, kota Maret, atau menurut jadwal Bappeda tahun itu",
        rules=(
            Rule(field("waktu_musyawarah") >= today(), "Waktu itu sudah lewat. Pilih hari ini atau sesudahnya."),
            Rule(year(field("waktu_musyawarah")).eq(field("tahun_rencana") - 1), "Musyawarah diadakan pada tahun sebelum tahun rencana. Perbaiki tanggalnya."),
        ),
    ),
    pagu("pagu_kecamatan", "Pagu indikatif kecamatan", KECAMATAN),
    pagu("pagu_kota", "Pagu usulan Musrenbang tingkat kota", KOTA),
    Field(
        "daftar_rw", "RW di kelurahan ini", "table", required=KELURAHAN, section=WARGA, hint="Semua RW; terisi dari daftar ketua RW kota, perbaiki bila berubah",
        rules=(
            Rule(distinct(column("daftar_rw", "rw")).eq(count(column("daftar_rw", "rw"))), "Ada RW yang ditulis dua kali. Hapus salah satu barisnya."),
        ),
        columns=(
            Field(
                "rw", "RW", "text", required=True, max_length=3, hint="Misalnya 05",
                rules=(Rule(digits(field("rw")).eq(length(field("rw"))), "Tulis nomor RW dengan angka saja, misalnya 05."),),
            ),
            Field("ketua", "Ketua RW", "text", required=True, max_length=120),
            Field("telepon", "Telepon", "phone", required=True),
            Field("alamat", "Alamat surel", "email", hint="Tautan mengisi usulan dan status akhir dikirim ke sini; tanpa surel, kelurahan yang mengisikan"),
        ),
    ),
    USULAN,
    Field("daftar_hadir", "Daftar hadir musyawarah", "files", file_types=("pdf", "jpg"), hint="Wajib sebelum hasil ditetapkan"),
    Field("notula", "Notula musyawarah", "files", file_types=("pdf",)),
    Field(
        "sikap_tapd", "Sikap anggota TAPD", "table", required=KOTA,
        rules=(
            Rule(distinct(column("sikap_tapd", "anggota")).eq(count(column("sikap_tapd", "anggota"))), "Ada anggota yang ditulis dua kali. Hapus salah satu barisnya."),
        ),
        columns=(
            Field("anggota", "Anggota", "position", required=True),
            Field("sikap", "Sikap", "choice", required=True, choices=("setuju", "tidak-setuju", "tidak-hadir")),
            Field("catatan", "Catatan", "text", max_length=200),
        ),
    ),
)  # fmt: skip
BUKA = ("tingkat", "wilayah", "tahun_rencana", "waktu_musyawarah", "daftar_rw", "pagu_kecamatan", "pagu_kota")
ISI = tuple(
    f"usulan.{kolom}" for kolom in ("judul", "jenis", "lokasi", "opd_tujuan", "volume", "perkiraan_biaya", "permasalahan", "foto", "pernyataan_lahan")
)
HASIL = ("usulan.status", "usulan.prioritas", "usulan.gabung_ke", "usulan.alasan")
MUSYAWARAH = (*HASIL, "daftar_hadir", "notula")

LAMPIRAN = (Attachment("undangan", "Undangan musyawarah", required=True, types=("pdf",)),)

FAKTA = (
    Fact("kode_wilayah", "text", meaning="Kode wilayah unit pembuka", source="act"),
    Fact("kecamatan", "unit", meaning="Kecamatan di atasnya", source="act"),
    Fact("pihak_ketua_rw", "text", meaning="Ketua RW sebagai pihak perkara", source="act"),
    Fact("sikap_rw", "choice", meaning="Jawaban RW; diam berarti tidak mengusulkan", choices=("kirim", "tidak-mengusulkan"), takes=("isi-usulan",)),
    Fact("nomor_urut", "integer", meaning="Nomor urut usulan di kelurahan", source="act"),
    Fact("nomor_usulan", "text", meaning="Nomor usulan", source="act"),
    Fact("kode_kelurahan", "text", meaning="Kode kelurahan menurut titik", source="act"),
    Fact("kelurahan", "text", meaning="Kelurahan menurut titik", source="act"),
    Fact("jumlah_diserahkan", "integer", meaning="Usulan yang diserahkan ke tingkat di atasnya", source="act"),
    Fact(
        "usulan_tertinggal", "table", meaning="Usulan yang tidak dapat diserahkan karena berkas di atasnya sudah tutup", source="act",
        columns=tuple(satu for satu in USULAN.columns if satu.name in ("nomor_usulan", "judul")),
    ),
    Fact("status_akhir", "choice", meaning="Status akhir usulan", choices=STATUS, source="act"),
    Fact("alasan_akhir", "longtext", meaning="Alasan dari sistem, terbaca pengusul", source="act"),
    Fact("hasil_kota", "choice", meaning="Status akhir dari tingkat kota", choices=("status-akhir", "tidak-ada-jawaban"), takes=("tunggu-status-akhir",)),
    Fact("jumlah_ditelusuri", "integer", meaning="Usulan yang statusnya dibaca dari tingkat di atasnya", source="act"),
    Fact("jumlah_terlambat", "integer", meaning="Berkas di bawahnya yang belum menyerahkan usulan", source="act"),
    Fact("unit_pengirim", "units", meaning="Unit yang usulannya dihimpun", source="act"),
    Fact("unit_terlambat", "units", meaning="Unit yang belum menyerahkan usulan", source="act"),
    Fact("nilai_diteruskan", "rupiah", meaning="Jumlah perkiraan biaya usulan yang diteruskan", source="act"),
    Fact("catatan_telaah", "longtext", meaning="Telaah kewenangan, harga satuan, dan status lahan"),
    Fact("hasil_telaah", "choice", meaning="Hasil telaah perangkat daerah", choices=("layak", "tunda", "tolak"), takes=("telaah-opd",)),
    Fact("titik_survei", "location", meaning="Titik survei, diambil gawai di tempat"),
    Fact("foto_survei", "files", meaning="Foto survei bertanda waktu dan lokasi"),
    Fact("hasil_survei", "choice", meaning="Hasil survei lapangan", choices=("diperiksa", "tidak-ditemukan"), takes=("survei-lapangan",)),
    Fact("jarak_survei", "integer", meaning="Jarak titik usulan ke titik survei, dalam meter", source="act"),
    Fact("hasil_rkpd", "choice", meaning="Penetapan RKPD", choices=("ditetapkan", "tidak-ada-jawaban"), takes=("tunggu-penetapan-rkpd",)),
    Fact("jumlah_dijawab", "integer", meaning="Berkas kelurahan yang menerima status akhir", source="act"),
    Fact("unit_dijawab", "units", meaning="Kelurahan yang menerima status akhir", source="act"),
)  # fmt: skip
