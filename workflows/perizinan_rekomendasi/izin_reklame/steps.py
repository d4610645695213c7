"""Langkah izin reklame sampai ditinjau: permohonan, cek titik dan berkas, tinjauan lapangan, berita acara."""

from __future__ import annotations

from engine.expr import Expr, after, empty, fact, field, first_day, number_of, pick
from engine.fields import Rule
from engine.nodes import SUPERIOR, Call, Seq, Sign, Task, When, Within, back, deemed, end, escalate, go, lapse, pause, remind, skip
from engine.shapes import call

from .form import AJUKAN, BARU, BERJALAN, PENDAPAT_DIMINTA, PERUBAHAN, TINJAU

PEMOHON, LOKET, TIM = ("pemohon",), ("petugas-pelayanan",), ("tim-bertugas",)
KABID, SEKRETARIS, KEPALA = ("kepala-bidang-perizinan",), ("sekretaris-dpmptsp",), ("kepala-dpmptsp",)
IZIN = number_of("izin")
SATU_TITIK = 10
"""Meter; dua titik sedekat ini satu titik, sebesar selisih penerima gawai."""
SEHARI = Within(1)

TITIK_BEBAS = Rule(
    fact("titik_terlarang").eq(False) | ~empty(field("catatan_titik")),
    "Mesin menemukan titik ini terlarang, atau tidak dapat memeriksanya. Pilih titik terlarang, atau tulis hasil pemeriksaan sendiri.",
)
TIDAK_TERISI = Rule(
    ~fact("titik_terisi").eq(True) | ~empty(field("catatan_titik")),
    "Titik ini ditempati izin lain yang masih berlaku. Kembalikan atau tolak permohonannya.",
)


def cek_zona(name: str, titik: Expr) -> Call:
    return call(
        name, "locate", ("di_zona_larangan", "kode_zona", "zona_larangan"), "Titik terhadap peta zona larangan; bila peta tidak terbaca, petugas memeriksa sendiri", "empty",
        point=titik, kind="zona-larangan-reklame", whether=True,
    )  # fmt: skip


def cek_titik(name: str, titik: Expr) -> When:
    """Kendaraan boleh berpangkalan bersama; reklame lain tidak boleh menempati titik izin yang masih berlaku, selain izin yang dilanjutkannya."""
    return When(
        f"bila-{name}",
        ~BERJALAN,
        then=Seq((
            call(
                name, "locate", ("titik_terisi", "izin_di_titik", "jarak_izin"), "Izin lain yang berlaku pada masa itu di titik yang sama", "empty",
                point=titik, registry="izin-reklame", attribute="titik", within=SATU_TITIK, period=field("masa"), but=field("nomor_izin_lama"), whether=True,
            ),
        )),
    )  # fmt: skip


PENGAJUAN = (
    Task(
        "ajukan", PEMOHON, "fill", (go("kirim"), end("batal", "batal", reason=False)), "Isi permohonan izin reklame", AJUKAN,
        within=Within(30, "calendar"), on_late=(lapse("gugur"),),
    ),
    call(
        "cek-wilayah", "locate", ("di_dalam_kota", "kode_kelurahan", "kelurahan"), "Kelurahan titik; bila peta tidak terbaca, petugas memeriksa sendiri", "empty",
        point=field("lokasi"), kind="kelurahan", whether=True,
    ),
    call("baca-kecamatan", "locate", ("kode_kecamatan", "kecamatan"), "Kecamatan dari kelurahannya", "empty", place=fact("kode_kelurahan"), kind="kecamatan"),
    cek_zona("cek-zona", field("lokasi")),
    cek_titik("cek-titik", field("lokasi")),
    When(
        "bila-izin-lama",
        ~BARU,
        then=Seq((
            call(
                "cek-izin-lama", "look_up", ("izin_lama_sah",), "Izin lama atas NPWPD yang sama, berlaku sampai masa tayang yang diminta mulai", "empty",
                what="registri", kind="izin-reklame", key=field("nomor_izin_lama"), attribute="npwpd", equals=field("npwpd"),
                day=pick(PERUBAHAN, True, first_day(field("masa")), after(first_day(field("masa")), -1)),
            ),
        )),
    ),
    call(
        "cek-npwpd", "ask_system", ("npwpd_aktif",), "Bertanya ke sistem Bapenda; bila tidak menjawab, hitung-pajak memeriksanya", "empty",
        system="bapenda", operation="cek-npwpd", outcome="npwpd_aktif", npwpd=field("npwpd"),
    ),
    Task(
        "cek-kelengkapan", LOKET, "verify",
        (
            go("lengkap", rules=(
                TITIK_BEBAS,
                Rule(~fact("di_dalam_kota").eq(False), "Titik berada di luar wilayah kota. Kembalikan agar titiknya diperbaiki."),
                Rule(
                    BARU | ~fact("izin_lama_sah").eq(False),
                    "Tidak ada izin bernomor itu atas NPWPD ini yang berlaku sampai masa tayang yang diminta mulai. Kembalikan agar diperbaiki, atau diajukan sebagai izin baru.",
                ),
            )),
            back("kembalikan", "ajukan"),
            skip("titik-terlarang", "verifikasi-konsep", reason=True),
        ),
        "Periksa kelengkapan berkas dan hasil cek titik", ("catatan_titik",), within=SEHARI, on_late=(remind(1), escalate(SUPERIOR, 1)),
    ),
)  # fmt: skip

TINJAUAN = (
    Task(
        "tugaskan-tim", ("ketua-tim-perizinan",), "plan", (go("tugaskan", needs=("tim_bertugas",), rules=PENDAPAT_DIMINTA),),
        "Tugaskan tim teknis dan tetapkan perangkat daerah yang dimintai pendapat", ("tim_bertugas", "opd_dimintai"), within=SEHARI,
    ),
    Task(
        "tinjau-lokasi", TIM, "inspect",
        (
            go("layak", needs=("titik_tinjau", "foto_tinjau", "luas_nyata", "tinggi", "jarak_dari_jalan"), rules=PENDAPAT_DIMINTA),
            go("tidak-layak", reason=True, needs=("titik_tinjau", "foto_tinjau")),
            pause("tunda", "pemohon-belum-siap-di-lokasi"),
        ),
        "Tinjau titik reklame: ukuran, tinggi, jarak dari jalan, foto", TINJAU,
        within=Within(3), on_late=(remind(2), escalate(SUPERIOR, 3)), excludes=("cek-kelengkapan",),
    ),
    call("ukur-selisih-titik", "locate", ("selisih_titik",), "Jarak titik yang direkam dari titik permohonan", "empty", point=field("titik_tinjau"), to=field("lokasi")),
    cek_zona("cek-zona-tinjau", field("titik_tinjau")),
    cek_titik("cek-titik-tinjau", field("titik_tinjau")),
    Sign(
        "tandatangani-ba-pemohon", PEMOHON, ("ba-tinjauan",),
        (go("tandatangani", performs=True), go("menolak-menandatangani", reason=True), go("menolak-karena-diam", silent=True)),
        within=SEHARI, on_late=(deemed("menolak-karena-diam"),),
    ),
    Sign("tandatangani-ba-tim", TIM, ("ba-tinjauan",), (go("tandatangani", performs=True), back("kembalikan", "tinjau-lokasi")), within=SEHARI),
)  # fmt: skip
