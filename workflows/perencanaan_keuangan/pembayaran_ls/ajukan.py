"""Dari berkas PPTK sampai SPM: tagihan, SPP-LS, pemeriksaan otomatis, verifikasi, SPM atau penolakannya."""

from __future__ import annotations

from engine.expr import Expr, empty, fact, field, joined, number_of, pick, today, year
from engine.nodes import Seq, Sign, Task, When, Within, back, end, escalate, go, lapse, remind
from engine.shapes import call

from .form import BARANG_JASA, BUKA, LENGKAPI, SUSUN, UANG_MUKA

PPTK, BENDAHARA, PPK, KEPALA = ("pptk",), ("bendahara-pengeluaran",), ("ppk-skpd",), ("kepala-opd",)
BANK = "bank-kas-daerah"
TEGUR_KEPALA = (remind(1), escalate("kepala-opd", 1))
AKUN = joined(field("opd"), ":", field("sub_kegiatan"), ":", field("kode_rekening"))
"""Kunci akun sisa SPD."""
TAGIHAN = joined(field("npwp"), ":", field("nomor_tagihan"))
SELAMANYA = {"starts": "2000-01-01T00:00", "ends": "2100-01-01T00:00"}
"""Satu nomor tagihan seorang penyedia dipesan untuk selamanya; pesanan kedua ditolak basis data."""


def baik(nama: str) -> Expr:
    return fact(nama).eq(True)


def kata(nama: str, bila_ya: str, bila_tidak: str) -> Expr:
    """Hasil satu pemeriksaan dengan kata."""
    return pick(empty(fact(nama)), True, "belum diperiksa", pick(fact(nama), True, bila_ya, bila_tidak))


BUKA_BERKAS = (
    Task(
        "buka-berkas", PPTK, "register", (go("kirim"), end("batal", "batal", reason=False)), "Buka berkas pembayaran langsung", BUKA, within=Within(1),
    ),
    When(
        "bila-barang-jasa",
        BARANG_JASA,
        then=Seq((
            Task(
                "tagihan", ("penyedia",), "fill", (go("kirim"), end("batal", "batal")), "Sampaikan tagihan, faktur dan kuitansi",
                ("nomor_tagihan", "jumlah_bruto"), within=Within(10), on_late=(remind(3, before=True), remind(1, before=True), escalate("pptk", 1)),
            ),
            Task(
                "periksa-tagihan", PPTK, "check", (go("terima"), back("kembalikan", "tagihan")), "Cocokkan tagihan dengan kontrak dan BAST",
                within=Within(1),
            ),
        )),
    ),
    Task(
        "lengkapi-berkas", PPTK, "fill", (go("kirim"),), "Lengkapi berkas pembayaran dan daftar penerima", LENGKAPI, within=Within(1),
        on_late=TEGUR_KEPALA,
    ),
    Task(
        "susun-spp", BENDAHARA, "draft", (go("kirim"), back("kembalikan", "lengkapi-berkas")), "Susun SPP-LS dan hitung pajak", SUSUN,
        within=Within(1), excludes=("lengkapi-berkas",),
    ),
)  # fmt: skip

PERIKSA_KONTRAK = Seq((
    call(
        "cek-kontrak", "look_up", ("kontrak_sesuai",), "Kontrak tercatat dan rekening penyedia sama dengan rekening dalam kontrak", "block",
        what="registri", kind="kontrak", key=field("nomor_kontrak"), attribute="rekening", equals=field("rekening"),
    ),
    call(
        "baca-sisa-kontrak", "look_up", ("sisa_kontrak",), "Nilai kontrak dikurangi yang sudah dibayar dan yang berjalan", "empty",
        what="saldo", book="nilai-kontrak", subject=field("nomor_kontrak"),
    ),
    call(
        "tahan-kontrak", "hold", ("kontrak_cukup",), "Kumulatif pembayaran tidak melebihi nilai kontrak", "block",
        book="nilai-kontrak", subject=field("nomor_kontrak"), amount=field("jumlah_bruto"),
    ),
    When(
        "bila-perlu-bast",
        ~UANG_MUKA,
        then=Seq((
            call(
                "cek-bast", "look_up", ("bast_ada",), "BAST kontrak itu tercatat dan bertanggal hari ini atau sebelumnya", "block",
                what="registri", kind="bast", key=field("bast"), attribute="kontrak", equals=field("nomor_kontrak"),
            ),
        )),
    ),
    call(
        "tandai-tagihan", "book", ("tagihan_baru", "tagihan_lain"), "Nomor tagihan penyedia ini belum dibayar dan tidak sedang diajukan", "block",
        kind="tagihan", who=TAGIHAN, purpose="pembayaran", **SELAMANYA,
    ),
))  # fmt: skip

BERSIH = (
    baik("spd_terbit") & baik("spd_cukup") & baik("nama_cocok")
    & (~BARANG_JASA | (baik("kontrak_sesuai") & baik("kontrak_cukup") & baik("tagihan_baru") & (UANG_MUKA | baik("bast_ada"))))
)  # fmt: skip
URAIAN = joined(
    kata("spd_terbit", "SPD terbit", "SPD tidak tercatat untuk perangkat daerah ini"), "; ", kata("spd_cukup", "sisa SPD cukup", "sisa SPD kurang"),
    "; ", kata("nama_cocok", "nama rekening cocok", "nama rekening tidak cocok atau bank tidak menjawab"),
    pick(
        BARANG_JASA, True,
        joined(
            "; ", kata("kontrak_sesuai", "kontrak dan rekeningnya sesuai", "kontrak tidak tercatat atau rekeningnya berbeda"), "; ",
            kata("kontrak_cukup", "nilai kontrak cukup", "nilai kontrak terlampaui"), "; ",
            pick(UANG_MUKA, True, "uang muka tanpa BAST", kata("bast_ada", "BAST ada", "BAST tidak tercatat untuk kontrak ini")), "; ",
            kata("tagihan_baru", "tagihan belum pernah dibayar", "tagihan sudah dibayar atau sedang diajukan"),
        ),
        ".",
    ),
)  # fmt: skip

PERIKSA = (
    call(
        "cek-spd", "look_up", ("spd_terbit",), "SPD sudah terbit untuk perangkat daerah ini", "block",
        what="registri", kind="spd", key=field("nomor_spd"), attribute="unit", equals=field("opd"),
    ),
    call(
        "baca-sisa-spd", "look_up", ("sisa_spd",), "SPD kumulatif dikurangi SP2D dan SPP yang berjalan", "empty",
        what="saldo", book="sisa-spd", subject=AKUN,
    ),
    call(
        "tahan-spd", "hold", ("spd_cukup",), "Jumlah bruto ditahan pada sisa SPD sampai dibukukan; akun yang tidak ada berarti tidak cukup",
        "block", book="sisa-spd", subject=AKUN, amount=field("jumlah_bruto"),
    ),
    When("bila-barang-jasa-diperiksa", BARANG_JASA, then=PERIKSA_KONTRAK),
    call(
        "cek-nama-rekening", "ask_system", ("nama_cocok",), "Nama pemilik rekening menurut bank; bank tidak menjawab berarti ada halangan", "block",
        system=BANK, operation="periksa-nama", outcome="nama_cocok", penerima=field("penerima"), rekening=field("rekening"),
        baris=field("daftar_penerima"),
    ),
    call(
        "cek-pagu-dan-rekening", "compute", ("ada_halangan", "uraian_pemeriksaan", "tahun_anggaran"), "Kesimpulan pemeriksaan otomatis",
        ada_halangan=~BERSIH, uraian_pemeriksaan=URAIAN, tahun_anggaran=year(today()),
    ),
    When(
        "bila-ada-halangan",
        fact("ada_halangan").eq(True),
        then=Seq((
            Task(
                "tanggapi-halangan", BENDAHARA, "correct", (back("perbaiki", "lengkapi-berkas"), end("hentikan", "batal")),
                "Pemeriksaan otomatis menemukan halangan: perbaiki atau hentikan", within=Within(3), on_late=(remind(1), lapse("gugur")),
            ),
        )),
    ),
)  # fmt: skip

SPM = (
    Sign(
        "tanda-tangan-spp", BENDAHARA, ("spp-ls",), (go("tandatangani", performs=True), back("perbaiki", "susun-spp")), within=Within(1),
    ),
    call("catat-nomor-spp", "compute", ("nomor_spp",), "Disebut pada SPM dan surat penolakannya", nomor=number_of("spp-ls")),
    Task(
        "verifikasi-spp", PPK, "verify", (go("verifikasi"), back("kembalikan", "lengkapi-berkas")),
        "Verifikasi kontrak, BAST, pajak, rekening dan pagu", within=Within(1), on_late=TEGUR_KEPALA,
        excludes=("buka-berkas", "lengkapi-berkas", "susun-spp", "tanda-tangan-spp"),
    ),
    Sign(
        "tanda-tangan-spm", KEPALA, ("spm-ls",), (go("tandatangani", performs=True), go("tolak", reason=True)), within=Within(2),
        on_late=(remind(1), escalate("sekda", 2)), excludes=("susun-spp", "verifikasi-spp"),
    ),
    When(
        "bila-spm-ditolak",
        fact("putusan_spm").eq("tolak"),
        then=Seq((
            Task(
                "susun-penolakan-spm", PPK, "draft", (go("ajukan"),),
                "Susun surat penolakan SPM: apa yang kurang dan apa yang harus dilakukan", ("alasan_tolak",), within=Within(4, "hours"),
            ),
            Sign(
                "surat-penolakan-spm", KEPALA, ("penolakan-spm",), (go("tandatangani", performs=True), back("tarik-penolakan", "tanda-tangan-spm")),
                within=Within(1),
            ),
            Task(
                "tanggapi-penolakan-spm", PPTK, "correct", (back("perbaiki", "lengkapi-berkas"), end("hentikan", "ditolak")),
                "SPM ditolak: lengkapi dan ajukan kembali atau hentikan", within=Within(5), on_late=(remind(2), lapse("ditolak")),
            ),
        )),
    ),
    call("catat-nomor-spm", "compute", ("nomor_spm",), "Disebut pada SP2D dan surat penolakannya", nomor=number_of("spm-ls")),
)  # fmt: skip
