"""Dari SPM sampai uang masuk rekening: SP2D atau penolakannya, perintah ke bank, ralat, pembukuan, aset."""

from __future__ import annotations

from engine.expr import Expr, Name, column, empty, fact, field, joined, number_of, pick, times, today, total, year
from engine.nodes import Each, Notify, Seq, Sign, Task, Wait, When, Within, back, end, escalate, go, lapse, remind
from engine.shapes import call

from .ajukan import BANK, BENDAHARA, PPK, SELAMANYA, TAGIHAN, TEGUR_KEPALA
from .form import BARANG_JASA

VERIFIKATOR, KASUBBID, KUASA, BUD = ("verifikator-bpkd",), ("kasubbid-perbendaharaan",), ("kuasa-bud",), ("bud",)
DITOLAK = (go("tandatangani", performs=True), back("kembalikan", "uji-spm"), go("tolak", reason=True))
SP2D = number_of("sp2d")
REKENING: Expr = pick(empty(field("rekening_ralat")), True, field("rekening"), field("rekening_ralat"))
SETOR: Expr = total(column("baris_gagal", "jumlah_setor"))
"""Yang batal dibayar karena disetor kembali ke kas daerah."""
DIBAYAR: Expr = field("jumlah_bruto") - SETOR


def gagal(nama: str) -> Name:
    """Nilai pada baris yang ditolak bank."""
    return column("baris_gagal", nama)


PARAF_SP2D = (
    Task(
        "uji-spm", VERIFIKATOR, "verify", (go("verifikasi"), back("kembalikan", "verifikasi-spp")),
        "Terima, register dan uji SPM terhadap SPD, pagu, rekening dan pajak", within=Within(1),
    ),
    Task(
        "paraf-perbendaharaan", KASUBBID, "initial", (go("paraf"), back("kembalikan", "uji-spm")), "Paraf rancangan SP2D", within=Within(1),
        excludes=("uji-spm",),
    ),
    When(
        "bila-wewenang-kuasa-bud",
        field("jumlah_bruto") <= fact("batas_kuasa_bud"),
        then=Seq((
            Sign(
                "tanda-tangan-sp2d", KUASA, ("sp2d",), DITOLAK, within=Within(1), on_late=(remind(1), escalate("bud", 1)),
                excludes=("uji-spm", "paraf-perbendaharaan"),
            ),
        )),
        otherwise=Seq((
            Task(
                "paraf-kuasa-bud", KUASA, "initial", (go("paraf"), back("kembalikan", "uji-spm")), "Paraf rancangan SP2D di atas batas Kuasa BUD",
                within=Within(1), excludes=("uji-spm", "paraf-perbendaharaan"),
            ),
            Sign(
                "tanda-tangan-sp2d-bud", BUD, ("sp2d",), DITOLAK, within=Within(1), on_late=(remind(1), escalate("sekda", 1)),
                excludes=("paraf-kuasa-bud",),
            ),
        )),
    ),
    When(
        "bila-sp2d-ditolak",
        fact("putusan_sp2d").eq("tolak"),
        then=Seq((
            Task(
                "susun-penolakan-sp2d", VERIFIKATOR, "draft", (go("ajukan"),),
                "Susun surat penolakan SP2D: apa yang kurang dan apa yang harus dilakukan", ("alasan_tolak",), within=Within(4, "hours"),
            ),
            Sign(
                "surat-penolakan-sp2d", KUASA, ("penolakan-sp2d",), (go("tandatangani", performs=True), back("nilai-ulang", "uji-spm")),
                within=Within(1),
            ),
            Task(
                "tanggapi-penolakan-sp2d", PPK, "correct", (back("perbaiki", "verifikasi-spp"), end("hentikan", "ditolak")),
                "SP2D ditolak: jelaskan atau perbaiki SPM, atau hentikan", within=Within(5), on_late=(remind(2), lapse("ditolak")),
            ),
        )),
    ),
)  # fmt: skip

TRANSFER = (
    Task(
        "kirim-daftar-penguji", KASUBBID, "dispatch", (go("kirim"),), "Kirim SP2D dalam daftar penguji ke bank kas daerah", within=Within(4, "hours"),
    ),
    call(
        "perintah-transfer", "ask_system", ("perintah_diterima", "hasil_bank", "baris_gagal"),
        "Kuncinya nomor SP2D dan nomor ralat: kunci yang sudah dikirim ditanyakan dahulu, yang sudah dibayar tidak dibayar lagi", "empty",
        system=BANK, operation="bayar", outcome="perintah_diterima", key=joined(SP2D, "/ralat-", times("ralat-rekening", "kirim-ulang")),
        surat=SP2D, penerima=field("penerima"), rekening=REKENING, jumlah=field("jumlah_neto"), ralat=times("ralat-rekening", "kirim-ulang"),
        baris=field("daftar_penerima"),
    ),
    When(
        "bila-bank-belum-menjawab",
        empty(fact("hasil_bank")),
        then=Seq((
            Wait(
                "tunggu-bank", "Konfirmasi bank kas daerah atas SP2D",
                (go("dibayar"), go("sebagian", needs=("baris_gagal",)), go("gagal"), go("tidak-ada-jawaban", silent=True)),
                recorded_by=KASUBBID, fills=("baris_gagal",), at_most=Within(1), silent="tidak-ada-jawaban",
            ),
            When(
                "bila-bank-diam",
                fact("hasil_bank").eq("tidak-ada-jawaban"),
                then=Seq((
                    Task(
                        "pastikan-ke-bank", KUASA, "check",
                        (go("ternyata-dibayar"), back("belum-dibayar", "kirim-daftar-penguji"), back("tunggu-lagi", "tunggu-bank")),
                        "Bank belum menjawab: pastikan dibayar atau belum sebelum mengirim ulang", within=Within(1),
                    ),
                )),
            ),
        )),
    ),
    When(
        "bila-transfer-gagal",
        fact("hasil_bank").eq("gagal"),
        then=Seq((
            Task(
                "ralat-rekening", BENDAHARA, "correct",
                (back("kirim-ulang", "kirim-daftar-penguji", needs=("rekening_ralat", "surat_bank")), end("batalkan-sp2d", "batal")),
                "Pemindahbukuan gagal: ralat rekening penerima atau batalkan SP2D", ("rekening_ralat", "surat_bank"), within=Within(2), on_late=TEGUR_KEPALA,
            ),
        )),
    ),
)  # fmt: skip

BAYAR_ULANG = Seq((
    call(
        "transfer-baris", "ask_system", ("baris_diterima", "hasil_baris"), "Hanya baris yang gagal, dengan nomor ralat baru; baris yang sudah dibayar tidak dibayar lagi",
        "empty",
        system=BANK, operation="bayar", surat=SP2D, nomor=gagal("baris"), penerima=gagal("penerima"), rekening=field("rekening_ralat"),
        jumlah=gagal("jumlah"), outcome="baris_diterima",
    ),
    When(
        "bila-baris-belum-dibayar",
        ~fact("hasil_baris").eq("dibayar"),
        then=Seq((
            Wait(
                "tunggu-bank-baris", "Konfirmasi bank atas baris yang dibayar ulang",
                (go("dibayar"), back("gagal", "ralat-baris"), back("tidak-ada-jawaban", "ralat-baris", reason=False)),
                recorded_by=KASUBBID, at_most=Within(1), silent="tidak-ada-jawaban",
            ),
        )),
    ),
))  # fmt: skip

RALAT_BARIS = When(
    "bila-dibayar-sebagian",
    fact("hasil_bank").eq("sebagian"),
    then=Seq((
        Each(
            "tiap-baris-gagal", "baris_gagal",
            Seq((
                Task(
                    "ralat-baris", BENDAHARA, "correct",
                    (go("bayar-ulang", needs=("rekening_ralat", "surat_bank")), go("setor-kembali")),
                    "Baris ditolak bank: ralat rekening atau setor kembali ke kas daerah", ("rekening_ralat", "surat_bank"), within=Within(2),
                    on_late=TEGUR_KEPALA,
                ),
                When(
                    "bila-bayar-ulang",
                    fact("hasil_ralat").eq("bayar-ulang"),
                    then=BAYAR_ULANG,
                    otherwise=Seq((
                        call(
                            "tutup-baris", "ask_system", ("baris_ditutup",), "Bank menutup baris ini; baris yang ternyata sudah dibayar tidak disetor kembali",
                            system=BANK, operation="tutup", outcome="baris_ditutup", surat=SP2D, nomor=gagal("baris"), jumlah=gagal("jumlah"),
                        ),
                        call(
                            "catat-setor", "compute", ("jumlah_setor",), "Jumlah yang kembali ke kas daerah",
                            jumlah_setor=pick(fact("baris_ditutup"), True, gagal("jumlah"), 0),
                        ),
                    )),
                ),
            )),
        ),
    )),
)  # fmt: skip


def catat(nama: str, uraian: Expr | str, jumlah: Expr, catatan: str) -> When:
    """Satu mata pada buku kas umum perangkat daerah tahun ini; yang nol tidak ditulis."""
    return When(
        f"bila-ada-{nama}", jumlah > 0,
        then=Seq((call(nama, "post", (), catatan, book="buku-kas-umum", subject=joined(field("opd"), ":", uraian), period=year(today()), amount=jumlah, add=True),)),
    )  # fmt: skip


BUKUKAN = (
    When(
        "bila-ada-yang-dibayar",
        DIBAYAR > 0,
        then=Seq((
            call(
                "bukukan", "post", (), "Sisa SPD dikurangi sebesar yang benar dibayar; tahanan selebihnya dilepas", of="tahan-spd", amount=DIBAYAR,
            ),
            catat("catat-transfer", "transfer", field("jumlah_neto") - SETOR, "Yang masuk rekening penerima"),
            Each(
                "tiap-potongan", "potongan",
                Seq((
                    catat("catat-potongan", joined("potongan-", column("potongan", "jenis")), column("potongan", "jumlah"), "Potongan menurut jenisnya"),
                )),
            ),
            When(
                "bila-barang-jasa-dibukukan",
                BARANG_JASA,
                then=Seq((
                    call("bukukan-kontrak", "post", (), "Nilai kontrak yang sudah dibayar", of="tahan-kontrak", amount=DIBAYAR),
                    call(
                        "tetapkan-tagihan", "book", (), "Nomor tagihan tidak dapat diajukan lagi, juga sesudah perkara ini selesai",
                        kind="tagihan", who=TAGIHAN, purpose="dibayar", lasting=True, of="tandai-tagihan", **SELAMANYA,
                    ),
                )),
            ),
        )),
    ),
    When(
        "bila-belanja-modal",
        fact("belanja_modal").eq(True),
        then=Seq((
            Task(
                "catat-aset", ("pengurus-barang",), "record", (go("catat"), go("bukan-aset", reason=True)), "Catat aset hasil belanja modal dari BAST",
                within=Within(5), on_late=(remind(1), escalate("kepala-opd", 2)),
            ),
        )),
    ),
    Notify(
        "beritahu-dibayar", ("penyedia", "pptk", "bendahara-pengeluaran"),
        about="Pembayaran telah masuk rekening penerima, dengan nomor SP2D dan bukti potong pajak",
    ),
)  # fmt: skip
