"""Langkah izin reklame sesudah ditinjau: pendapat dan hitungan, konsep, pembayaran, penerbitan, penolakan."""

from __future__ import annotations

from engine.expr import Expr, Scalar, empty, fact, field, first_day, joined, last_day, number_of, pick
from engine.fields import Rule
from engine.nodes import SUPERIOR, Call, Each, Notify, Par, Seq, Sign, Task, When, Within, back, end, escalate, go, lapse, pause, remind, skip
from engine.shapes import call

from .form import BARU, BERJALAN, JAMINAN, LUNAS, PERUBAHAN, TANAH_PEMDA, WAJIB_PENDAPAT
from .steps import IZIN, KABID, KEPALA, LOKET, PEMOHON, SEHARI, SEKRETARIS, TIDAK_TERISI, TITIK_BEBAS, cek_titik

PENDAPAT = When(
    "bila-minta-pendapat",
    WAJIB_PENDAPAT | field("minta_pendapat").eq(True),
    then=Seq((
        Each(
            "tiap-perangkat-daerah", "opd_dimintai",
            do=Seq((
                Task(
                    "beri-pendapat", ("opd-terkait",), "check", (go("mendukung"), go("keberatan", reason=True)), "Beri pendapat atas titik reklame",
                    ("syarat_opd",), within=Within(2), on_late=(remind(1), escalate(SUPERIOR, 2)),
                ),
            )),
        ),
    )),
)  # fmt: skip

HITUNG_PAJAK = Task(
    "hitung-pajak", ("bapenda",), "assess",
    (
        go("selesai", rules=(Rule(fact("npwpd_aktif").eq(True), "NPWPD belum dinyatakan aktif dan bebas tunggakan. Nyatakan ya, atau pilih NPWPD bermasalah."),)),
        pause("npwpd-bermasalah", "menunggu-pemohon-membereskan-npwpd", reason=True),
    ),
    "Periksa NPWPD dan hitung pajak reklame", ("npwpd_aktif", "nilai_sewa_reklame", "tarif_pajak", "pajak_reklame"), within=SEHARI,
)  # fmt: skip

HITUNG_SEWA = When(
    "bila-tanah-pemda",
    TANAH_PEMDA,
    then=Seq((Task("hitung-sewa", ("bpkd",), "assess", (go("selesai"),), "Hitung sewa tanah pemerintah daerah", ("sewa_lahan",), within=SEHARI),)),
)

PERHITUNGAN = When("bila-layak", fact("hasil_tinjauan").eq("layak"), then=Seq((Par((Seq((PENDAPAT,)), Seq((HITUNG_PAJAK,)), Seq((HITUNG_SEWA,)))),)))

KONSEP = (
    Task(
        "verifikasi-konsep", KABID, "draft",
        (
            go("usul-terbit", needs=("pajak_reklame",), rules=(
                Rule(fact("hasil_berkas").eq("lengkap"), "Berkas diteruskan sebagai titik terlarang. Usulkan tolak, atau minta dilengkapi."),
                Rule(fact("hasil_tinjauan").eq("layak"), "Titik belum dinyatakan layak oleh tim teknis. Usulkan tolak, atau tinjau ulang."),
                TITIK_BEBAS,
            )),
            skip("usul-tolak", "paraf-penolakan"),
            back("tinjau-ulang", "tinjau-lokasi", needs=("tim_bertugas",)),
            back("minta-lengkapi", "ajukan"),
        ),
        "Verifikasi seluruh hasil dan susun konsep izin atau penolakan", ("pertimbangan",), within=SEHARI, excludes=("cek-kelengkapan", "tinjau-lokasi"),
    ),
    Task("paraf-izin", SEKRETARIS, "initial", (go("paraf"), back("kembalikan", "verifikasi-konsep")), "Paraf konsep izin reklame", within=SEHARI),
    Sign(
        "tetapkan-skpd", ("kepala-bapenda",), ("skpd-reklame",), (go("tandatangani", performs=True), back("kembalikan", "verifikasi-konsep")),
        within=SEHARI, excludes=("hitung-pajak",),
    ),
)  # fmt: skip

PEMBAYARAN = (
    call(
        "catat-nomor-dasar", "compute", ("nomor_ba", "nomor_skpd"), "Disebut pada izin",
        nomor_ba=number_of("ba-tinjauan"), nomor_skpd=number_of("skpd-reklame"),
    ),
    Notify("beritahu-tagihan", PEMOHON, about="SKPD pajak reklame terbit: bayar bersama sewa tanah bila ada, dan serahkan jaminan bongkar, dalam 5 hari kerja", letters=("skpd-reklame",)),
    Par((
        Seq((
            Task(
                "bayar", PEMOHON, "pay", (go("bayar"), end("tidak-jadi", "dicabut")), "Bayar pajak reklame, sewa tanah bila ada, dan serahkan jaminan bongkar",
                ("bukti_setor",), within=Within(5), on_late=(lapse("gugur"),), shows=("pajak_reklame", "sewa_lahan", "skpd-reklame"),
            ),
        )),
        Seq((
            Task(
                "pantau-pelunasan", LOKET, "record",
                (
                    pause("tunggu-pembayaran", "menunggu-pembayaran-pemohon"),
                    go("lunas", rules=(
                        Rule(~empty(field("bukti_setor")), "Bukti setor belum dicatat. Mintakan kepada pemohon, atau petugas lain mencatatnya pada langkah bayar."),
                    )),
                ),
                "Sampaikan tagihan, hentikan jam layanan, lalu cocokkan setoran dan jaminan", LUNAS, excludes=("bayar",),
            ),
        )),
    )),
)  # fmt: skip


def catat(name: str, note: str, registry: str, key: Expr, /, **lain: Expr | Scalar) -> Call:
    return call(name, "post", (), note, registry=registry, key=key, **lain)


PENERBITAN = (
    cek_titik("cek-titik-akhir", field("titik_tinjau")),
    Sign(
        "tandatangani-izin", KEPALA, ("izin",),
        (
            go("tandatangani", performs=True, rules=(TIDAK_TERISI,)),
            back("kembalikan", "verifikasi-konsep"),
            skip("tolak", "paraf-penolakan", reason=True),
        ),
        within=SEHARI, on_late=(remind(1), escalate(SUPERIOR, 1)), excludes=("verifikasi-konsep", "pantau-pelunasan"),
    ),
    call("catat-nomor-izin", "compute", ("nomor_izin",), "Disebut pada surat berikutnya", nomor=IZIN),
    catat(
        "catat-izin", "Daftar izin yang berlaku; titik kendaraan tidak menempati tempat", "izin-reklame", IZIN,
        **{"from": first_day(field("masa"))}, until=last_day(field("masa")), npwpd=field("npwpd"), jenis=field("jenis_reklame"), luas=field("luas"),
        titik=pick(BERJALAN, True, "", field("titik_tinjau")), kelurahan=fact("kelurahan"),
    ),
    When(
        "bila-melanjutkan",
        ~BARU,
        then=Seq((
            catat("catat-penerus", "Pengawasan izin lama berakhir karena diteruskan izin ini", "penerus-izin-reklame", field("nomor_izin_lama"), nomor=IZIN),
            call(
                "akhiri-pengawasan-lama", "answer", (), "Pengawasan izin lama berakhir seketika; yang tidak sedang menunggu melihatnya sendiri pada waktunya", "empty",
                registry="izin-reklame", key=field("nomor_izin_lama"), steps="sebulan-sebelum-berakhir,akhir-masa-tayang", outcome="diperpanjang",
                reason=joined("Diteruskan izin Nomor ", IZIN),
            ),
            When(
                "bila-perubahan",
                PERUBAHAN,
                then=Seq((call("tutup-izin-lama", "release", (), "Izin yang diubah tidak berlaku lagi", registry="izin-reklame", key=field("nomor_izin_lama")),)),
            ),
        )),
    ),
    When(
        "bila-berjaminan",
        JAMINAN,
        then=Seq((
            catat(
                "catat-jaminan", "Jaminan bongkar disimpan sampai perkara ini selesai", "jaminan-bongkar", IZIN, with_case=True,
                nomor=field("nomor_jaminan"), nilai=field("nilai_jaminan"), sampai=field("jaminan_sampai"),
            ),
        )),
    ),
    call("kirim-tembusan", "deliver", (), "Salinan izin kepada perangkat daerah yang dimintai pendapat", recipients=fact("opd_dimintai"), letter="izin"),
    Notify("beritahu-izin", ("pemohon", "bapenda", "camat"), about="Izin reklame terbit", letters=("izin",)),
    Task(
        "serahkan-izin", LOKET, "hand-over", (go("diserahkan"),), "Izin sudah tercatat di daftar izin: serahkan kepada pemohon dan berkaskan", within=SEHARI,
    ),
)  # fmt: skip

PENOLAKAN = (
    Task("paraf-penolakan", SEKRETARIS, "initial", (go("paraf"), back("kembalikan", "verifikasi-konsep")), "Paraf konsep surat penolakan", within=SEHARI),
    Sign(
        "tandatangani-penolakan", KEPALA, ("penolakan",),
        (end("tandatangani", "ditolak", reason=False, performs=True), back("kembalikan", "verifikasi-konsep")), within=SEHARI,
    ),
)  # fmt: skip
