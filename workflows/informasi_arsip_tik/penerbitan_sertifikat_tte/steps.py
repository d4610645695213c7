"""Langkah sertifikat elektronik: blokir dan pencabutan seketika, atau penerbitan sampai sertifikat tertaut, diuji, dan hampir berakhir."""

from __future__ import annotations

from engine.expr import Value, after, applicant, empty, fact, field, months, today
from engine.nodes import Argument, Call, Notify, Open, Seq, Sign, Task, Wait, When, Within, again, back, deemed, end, escalate, go, remind
from engine.shapes import call

from .form import MILIK_SENDIRI

PEGAWAI, VERIFIKATOR = ("pegawai",), ("verifikator-diskominfo",)
PEMILIK = fact("pemilik")
DIKENAL = ~empty(PEMILIK)

CARI_PEMILIK = (
    call(
        "cari-pemilik", "look_up", ("pemilik", "nama_pemilik", "unit_pemilik", "kode_jabatan"), "Pemilik sertifikat menurut data kepegawaian", "empty",
        what="pegawai", person=field("nip"), take="id,nama,unit,jabatan_sekarang",
    ),
    When("bila-berjabatan", ~empty(fact("kode_jabatan")), then=Seq((
        call(
            "baca-jabatan", "look_up", ("jabatan_resmi",), "Nama jabatan pemilik menurut susunan organisasi", "empty",
            what="jabatan", position=fact("kode_jabatan"), take="nama",
        ),
    ))),
)  # fmt: skip


def uji(nama: str, catatan: str) -> Call:
    return call(
        nama, "ask_system", ("uji_berhasil", "seri_baru"), catatan,
        system="sertifikat", operation="periksa", outcome="uji_berhasil", who=PEMILIK, nama=fact("nama_pemilik"), unit=fact("unit_pemilik"),
        jabatan=field("jabatan"), jabatan_resmi=fact("jabatan_resmi"),
    )  # fmt: skip


CABUT = Seq((
    call(
        "periksa-hak-blokir", "compute", ("berhak_memblokir",), "Pemiliknya sendiri, atau kepala perangkat daerahnya, memblokir seketika",
        berhak=DIKENAL & (MILIK_SENDIRI | (applicant("kepala_unit").eq(True) & fact("unit_pemilik").eq(applicant("unit")))),
    ),
    When(
        "bila-berhak-memblokir",
        fact("berhak_memblokir").eq(True),
        then=Seq((
            call(
                "blokir-seketika", "post", ("diblokir",), "Sejak tercatat pemilik tidak dapat menandatangani apa pun; lepas bila ternyata salah pengajuan",
                registry="blokir-tte", key=PEMILIK, with_case=True, alasan=field("alasan_cabut"), seri=field("nomor_seri"),
            ),
        )),
    ),
    Task(
        "cabut", VERIFIKATOR, "verify", (go("dicabut"), end("salah-pengajuan", "batal")), "Cabut sertifikat hari ini juga (seketika bila kunci bocor)",
        within=Within(4, "hours"), on_late=(remind(1), escalate("kepala-diskominfo", 1)),
    ),
    When(
        "bila-pemilik-dikenal",
        DIKENAL,
        then=Seq((
            call(
                "tetapkan-blokir", "post", ("diblokir",), "Blokir tetap berlaku sesudah perkara selesai, sampai sertifikat baru tertaut",
                registry="blokir-tte", key=PEMILIK, replace=True, alasan=field("alasan_cabut"), seri=field("nomor_seri"),
            ),
            call(
                "cabut-di-penyelenggara", "ask_system", ("dicabut_penyelenggara",), "Dicoba ulang sampai penyelenggara menjawab; blokir kota tetap berlaku",
                system="sertifikat", operation="cabut", outcome="dicabut_penyelenggara", who=PEMILIK,
            ),
        )),
    ),
    Sign("tanda-tangan-ba-pencabutan", VERIFIKATOR, ("berita-acara-pencabutan",), (go("tandatangan", performs=True),), within=Within(1)),
    Notify("beritahu-pencabutan", ("pegawai", "kepala-opd"), about="Sertifikat telah dicabut; naskah yang ditandatangani sebelumnya tetap sah"),
    Task("arsipkan-pencabutan", VERIFIKATOR, "archive", (end("selesai", "dicabut", reason=False),), "Arsipkan berkas pencabutan", within=Within(1)),
))  # fmt: skip


def rekomendasi(nama: str, siapa: str) -> Sign:
    return Sign(
        nama, (siapa,), ("surat-rekomendasi",), (go("setuju", performs=True), back("kembalikan", "ajukan"), end("tolak", "ditolak")),
        within=Within(1), on_late=(remind(1), escalate("kepala-diskominfo", 2)), excludes=("ajukan",),
    )  # fmt: skip


PERIKSA = (
    When(
        "bila-kepala-unit",
        applicant("kepala_unit").eq(True),
        then=Seq((rekomendasi("rekomendasi-atasan-kepala", "atasan-langsung"),)),
        otherwise=Seq((rekomendasi("rekomendasi-atasan", "kepala-opd"),)),
    ),
    Task(
        "verifikasi-identitas", VERIFIKATOR, "verify",
        (go("terverifikasi", needs=("cara_verifikasi",)), back("kembalikan", "ajukan"), end("identitas-tidak-cocok", "ditolak")),
        "Periksa identitas tatap muka atau video, lalu daftarkan di aplikasi penyelenggara sertifikat", ("cara_verifikasi",),
        within=Within(1), excludes=("ajukan",),
    ),
    Sign(
        "tanda-tangan-kolektif", ("kepala-diskominfo",), ("surat-permohonan-kolektif",),
        (go("tandatangan", performs=True), back("kembalikan", "verifikasi-identitas")), within=Within(1),
    ),
    Task(
        "aktivasi", PEGAWAI, "acknowledge", (go("selesai"), back("kedaluwarsa", "verifikasi-identitas", reason=False)),
        "Buka tautan surel dan tetapkan frasa sandi (kota tidak pernah melihatnya)", within=Within(3), on_late=(deemed("kedaluwarsa"),),
    ),
    Wait(
        "persetujuan-bsre", "Pemeriksaan otoritas pendaftaran BSrE", (go("disetujui"), end("ditolak", "ditolak"), again("tidak-ada-jawaban")),
        recorded_by=VERIFIKATOR, at_most=Within(3), silent="tidak-ada-jawaban",
    ),
)  # fmt: skip

TAUTKAN = (
    uji("tautkan-dan-uji", "Sertifikat siap dipakai dan jabatannya sama dengan jabatan pemilik; frasa sandi tidak pernah dikirim"),
    When(
        "bila-uji-gagal",
        ~fact("uji_berhasil").eq(True),
        then=Seq((
            Task(
                "perbaiki-uji", VERIFIKATOR, "correct", (go("berhasil"), back("ulang-aktivasi", "aktivasi"), end("batalkan", "ditolak")),
                "Uji tanda tangan gagal: perbaiki nama jabatan pada tautan, atau ulangi aktivasi", ("jabatan",), within=Within(1),
            ),
            uji("uji-ulang", "Diuji lagi sesudah diperbaiki"),
            When(
                "bila-uji-ulang-gagal",
                ~fact("uji_berhasil").eq(True),
                then=Seq((
                    Task(
                        "uji-tetap-gagal", VERIFIKATOR, "decide", (back("perbaiki-lagi", "perbaiki-uji", reason=False), end("batalkan", "ditolak")),
                        "Uji ulang juga gagal: perbaiki lagi atau batalkan", within=Within(1),
                    ),
                )),
            ),
        )),
    ),
    call(
        "tautkan", "post", (), "Sertifikat tertaut ke jabatan pemilik; yang lama berakhir",
        registry="sertifikat-tte", key=PEMILIK, replace=True, jabatan=fact("kode_jabatan"), seri=fact("seri_baru"),
    ),
    call("buka-blokir", "release", (), "Sertifikat yang diperbarui dapat menandatangani lagi", registry="blokir-tte", key=PEMILIK),
    call(
        "baca-masa-berlaku", "ask_system", ("berlaku_sampai",), "Tanggal akhir dibaca dari sertifikat itu sendiri", "empty",
        system="sertifikat", operation="masa-berlaku", who=PEMILIK,
    ),
    When(
        "bila-masa-tidak-terbaca",
        empty(fact("berlaku_sampai")),
        then=Seq((
            call("perkirakan-masa-berlaku", "compute", ("berlaku_sampai",), "Dua tahun sejak hari ini", berlaku_sampai=months(today(), 24)),
            Notify("beritahu-masa-perkiraan", VERIFIKATOR, about="Masa berlaku tidak terbaca dari sertifikat; pengingat memakai 2 tahun sejak hari ini"),
        )),
    ),
    Notify("beritahu-aktif", ("pegawai", "kepala-opd"), about="Sertifikat aktif dan tertaut ke jabatan; tanggal akhirnya tercatat pada perkara"),
)  # fmt: skip

AKHIR = (
    Wait(
        "menjelang-berakhir", "30 hari sebelum sertifikat berakhir, atau sertifikat dicabut lebih dulu",
        (go("tiga-puluh-hari"), end("dicabut", "dicabut")), until=after(fact("berlaku_sampai"), -30), reached="tiga-puluh-hari", recorded_by=VERIFIKATOR,
    ),
    Task(
        "tawarkan-perpanjangan", PEGAWAI, "decide", (go("perpanjang"), go("tidak")), "Sertifikat berakhir dalam 30 hari: perpanjang atau biarkan",
        within=Within(30, "calendar"), on_late=(deemed("tidak"),),
    ),
    When(
        "bila-diperpanjang",
        fact("pilihan_akhir").eq("perpanjang"),
        then=Seq((
            Open(
                "buka-perpanjangan", "penerbitan-sertifikat-tte", "Permohonan perpanjangan yang sudah terisi",
                hands=(
                    Argument("jenis", Value("perpanjangan")), Argument("nip", field("nip")), Argument("nik", field("nik")),
                    Argument("email_dinas", field("email_dinas")), Argument("jabatan", field("jabatan")), Argument("nomor_seri", fact("seri_baru")),
                ),
            ),
        )),
    ),
    Task("tutup", VERIFIKATOR, "archive", (end("selesai", "selesai"),), "Tutup berkas sertifikat ini", within=Within(2)),
)  # fmt: skip
