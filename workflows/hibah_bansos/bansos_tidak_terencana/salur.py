"""Dari rencana kebutuhan sampai tinjauan Inspektorat: persetujuan menurut jumlah, belanja tidak terduga, penyerahan, setor kembali, laporan."""

from __future__ import annotations

from engine.expr import Value, empty, fact, field, number_of, placed, span, today
from engine.fields import Rule
from engine.nodes import Argument, Notify, Open, Outcome, Seq, Sign, Task, Wait, When, Within, again, back, end, escalate, go, remind, skip
from engine.shapes import call

from .form import UANG
from .periksa import DARURAT, DINSOS, HARI, PETUGAS, SEKEJADIAN, TEGUR_DINSOS, TEGUR_SEKDA, WARGA_LAIN, kunci

BPKD = ("kepala-bpkd",)
PENERIMA = ("penerima-bantuan", "petugas-dinsos")
"""Penerima menandatangani lewat tautannya, atau di hadapan petugas yang menyerahkan."""


def putusan() -> tuple[Outcome, ...]:
    return (go("setujui"), back("kembalikan", "susun-rkb"), end("tolak", "ditolak"))


SETUJUI = (
    Sign(
        "susun-rkb", DINSOS, ("rkb",), (go("tandatangani", performs=True), back("kembalikan", "laporkan")), "Susun dan tanda tangani rencana kebutuhan belanja",
        within=Within(4, "hours"), on_late=TEGUR_SEKDA, excludes=("laporkan",),
    ),
    call("catat-nomor-rkb", "compute", ("nomor_rkb",), "Disebut pada berita acara dan laporan", nomor=number_of("rkb")),
    When(
        "bila-wewenang-sekda",
        field("jumlah") <= fact("batas_sekda"),
        then=Seq((
            Task(
                "setujui-sekda", ("sekda",), "approve", putusan(), "Setujui bantuan sampai batas kewenangan Sekda", within=Within(4, "hours"),
                on_late=(remind(1), escalate("wali-kota", 1)), excludes=("susun-rkb",),
            ),
        )),
        otherwise=Seq((
            Task(
                "setujui-wali-kota", ("wali-kota",), "approve", putusan(), "Setujui bantuan di atas batas kewenangan Sekda", within=Within(4, "hours"),
                on_late=(remind(1), escalate("sekda", 1)), excludes=("susun-rkb",),
            ),
        )),
    ),
)  # fmt: skip

BAYAR = (
    call(
        "baca-sisa-btt", "look_up", ("sisa_btt",), "Sisa belanja tidak terduga yang tidak sedang ditahan perkara lain", "empty",
        what="saldo", book="belanja-tidak-terduga", subject="btt",
    ),
    call(
        "tahan-btt", "hold", ("btt_cukup",), "Jumlah bantuan ditahan sampai dibukukan; pengembalian melepasnya", "block",
        book="belanja-tidak-terduga", subject="btt", amount=field("jumlah"),
    ),
    Task(
        "bayar-btt", BPKD, "pay",
        (
            go(
                "bayar", needs=("bukti_bayar",),
                rules=(Rule(fact("btt_cukup").eq(True), "Sisa belanja tidak terduga tidak cukup. Pilih gagal; ajukan lagi sesudah anggarannya digeser."),),
            ),
            back("gagal", "susun-rkb"),
        ),
        "Cairkan dari belanja tidak terduga", ("bukti_bayar",), within=Within(1), on_late=(remind(1), escalate("sekda", 1)),
        excludes=("susun-rkb", "setujui-sekda"),
    ),
    call("bukukan-btt", "post", (), "Belanja tidak terduga berkurang sebesar yang dibayar", of="tahan-btt", amount=field("jumlah")),
    When(
        "bila-keputusan-tetap",
        fact("putusan_darurat").eq("tandatangani"),
        then=Seq((
            call(
                "tetapkan-berlakunya", "post", (), "Keputusan tanggap darurat berlaku terus bagi keluarga lain sampai hari terakhirnya",
                registry="tanggap-darurat", key=DARURAT, nomor=fact("nomor_darurat"), until=fact("darurat_sampai"), replace=True, **{"from": HARI},
            ),
        )),
    ),
)  # fmt: skip

DISERAHKAN = (
    Rule(
        (placed(fact("foto_serah")) >= 1) | ~empty(fact("titik_serah")), "Foto tidak merekam titik. Kirim foto bertitik, atau isi titik tempat penyerahan.",
    ),
    Rule(UANG | ~empty(fact("tanda_terima_basah")), "Bantuan barang memerlukan foto tanda terima penerima. Unggah fotonya."),
)  # fmt: skip
DISETOR = (
    Rule(~(fact("nilai_barang") > field("jumlah")), "Nilai barang tidak melebihi jumlah bantuan. Perbaiki nilainya."),
    Rule(~UANG | empty(fact("nilai_barang")) | fact("nilai_barang").eq(0), "Bantuan uang disetor kembali seluruhnya. Kosongkan nilai barang."),
)

SERAHKAN = (
    call(
        "kenalkan-penerima", "introduce", ("pihak_penerima_bantuan",), "Keluarga menandatangani berita acara tanpa akun", name=field("nama_keluarga"),
        email=field("surel"),
    ),
    Task(
        "serahkan-bantuan", PETUGAS, "hand-over",
        (
            Outcome(
                "diserahkan", skip("diserahkan", "ttd-bast").effect, needs=("diterima_oleh", "hubungan_penerima", "foto_serah"), rules=DISERAHKAN,
            ),
            go("penerima-tidak-ada"),
        ),
        "Serahkan uang atau barang dengan foto dan titik lokasi", ("diterima_oleh", "hubungan_penerima", "foto_serah", "titik_serah", "tanda_terima_basah"),
        within=Within(1), on_late=(remind(1), escalate("kepala-dinsos", 1)),
    ),
    Wait(
        "cari-penerima", "Keluarga ditemukan atau menghubungi posko", (back("ditemukan", "serahkan-bantuan", reason=False), go("tidak-ada-jawaban", silent=True)),
        recorded_by=PETUGAS, at_most=Within(7, "calendar"), silent="tidak-ada-jawaban",
    ),
    Task(
        "setor-kembali", ("bendahara-dinsos",), "record", (go("disetor", needs=("bukti_setor",), rules=DISETOR), back("keluarga-muncul", "serahkan-bantuan", reason=False)),
        "Setor kembali uang bantuan yang tidak diterima dan catat bukti setor", ("nilai_barang", "bukti_setor"), within=Within(2), on_late=TEGUR_DINSOS,
    ),
    When(
        "bila-ada-setoran",
        fact("jumlah_setor") > 0,
        then=Seq((
            call(
                "bukukan-kembali", "release", (), "Yang disetor kembali ke belanja tidak terduga", of="bukukan-btt", posted=True, amount=fact("jumlah_setor"),
            ),
        )),
    ),
    Task(
        "tutup-gugur", DINSOS, "acknowledge", (end("tutup", "gugur", reason=False),), "Ketahui setoran kembali dan tutup perkara", within=Within(1),
        on_late=TEGUR_SEKDA,
    ),
    Sign(
        "ttd-bast", PETUGAS, ("bast-bantuan",), (go("tandatangani", performs=True), back("ulang-serah", "serahkan-bantuan")),
        "Tanda tangani berita acara serah terima", within=Within(1), on_late=TEGUR_DINSOS,
    ),
    Sign(
        "bast-penerima", PENERIMA, ("bast-bantuan",), (go("tandatangani", performs=True), back("keberatan", "serahkan-bantuan")),
        "Tanda tangani berita acara penerimaan bantuan", within=Within(1), on_late=TEGUR_DINSOS,
    ),
    call("catat-nomor-bast", "compute", ("nomor_bast",), "Disebut pada laporan", nomor=number_of("bast-bantuan")),
    call(
        "tetapkan-nik", "book", (), "NIK ini tidak dibantu lagi untuk kejadian yang sama, juga sesudah perkara selesai",
        kind="bantuan-darurat", who=kunci("nik"), period=SEKEJADIAN, purpose="dibantu", lasting=True, of="tandai-nik",
    ),
    call(
        "tetapkan-kk", "book", (), "KK ini tidak dibantu lagi untuk kejadian yang sama, juga sesudah perkara selesai",
        kind="bantuan-darurat", who=kunci("kk"), period=SEKEJADIAN, purpose="dibantu", lasting=True, of="tandai-kk",
    ),
    Notify("beritahu-diserahkan", ("lurah", "kepala-bpkd"), about="Bantuan sudah diserahkan; jumlah dan penerima tercatat"),
)  # fmt: skip

PERTANGGUNGJAWABAN = (
    Sign(
        "laporkan-penggunaan", DINSOS, ("laporan-btt",), (go("tandatangani", performs=True, needs=("uraian_penggunaan",)), again("lengkapi-dulu", reason=True)),
        "Susun dan tanda tangani laporan penggunaan", ("uraian_penggunaan", "bukti_penggunaan"), within=Within(10), on_late=(remind(2), escalate("sekda", 3)),
    ),
    Task(
        "reviu-inspektorat", ("inspektorat",), "check",
        (
            go(
                "selesai", needs=("hasil_reviu",),
                rules=(Rule(~fact("hasil_reviu").eq("ada-temuan") | ~empty(fact("catatan_reviu")), "Uraikan temuannya pada catatan pemeriksaan."),),
            ),
            back("minta-penjelasan", "laporkan-penggunaan"),
        ),
        "Periksa sesudah penyaluran: kewajaran, penerima dan bukti", ("hasil_reviu", "catatan_reviu"), within=Within(20),
        on_late=(remind(2), escalate("inspektur", 3)), excludes=("verifikasi-data", "serahkan-bantuan", "susun-rkb", "laporkan-penggunaan"),
    ),
    When(
        "bila-usulan-dihitung",
        WARGA_LAIN,
        then=Seq((
            call(
                "tetapkan-usulan", "post", (), "Usulan yang berhasil dihitung untuk seterusnya; baris selama perkara terbuka tertutup sesaat lagi, jadi tidak dihitung dua kali", registry="usulan-bantuan", key=field("nik_pengusul"), keluarga=1,
            ),
        )),
    ),
    When(
        "bila-ada-temuan",
        fact("hasil_reviu").eq("ada-temuan"),
        then=Seq((
            Open(
                "buka-audit-apip", "audit-apip", "Pemeriksaan tujuan tertentu atas bantuan ini; bila proses itu belum dipasang, Inspektorat membukanya sendiri",
                "empty",
                hands=(
                    Argument("jenis", Value("audit-tujuan-tertentu")), Argument("dasar_penugasan", Value("perintah-khusus")),
                    Argument("obyek", Value("dinsos")), Argument("periode", span(HARI, today())),
                ),
            ),
        )),
    ),
)  # fmt: skip
