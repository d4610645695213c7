"""Dua jalan menurut nilainya: membeli langsung dengan bukti pembelian atau kuitansi, dan mengundang penyedia sampai SPK."""

from __future__ import annotations

from engine.expr import all_, any_, column, count, fact, field, number_of
from engine.fields import Rule
from engine.nodes import Call, Each, Seq, Sign, Task, Wait, When, Within, back, end, go
from engine.shapes import call

from .form import BUKTI, DIUNDANG, HPS, TERPILIH, UNDANG
from .persiapan import PENGADAAN, PENYEDIA, PPK, TEGUR_PBJ, TEGUR_PENYEDIA, periksa_daftar_hitam

NPWP = field("npwp_penyedia")
MENAWAR = column(DIUNDANG, "sikap_penawaran").eq("menawar")
TAWARAN_DICATAT = (
    Rule(fact("jumlah_penawaran") > 0, "Tanpa penawaran paket tidak dapat dievaluasi. Undang lagi, atau kembalikan paket."),
    Rule(
        count(MENAWAR).eq(fact("jumlah_penawaran")), "Jumlah penawaran berbeda dengan yang tercatat masuk saat menunggu. Samakan jumlahnya."
    ),
    Rule(
        all_(~MENAWAR | (column(DIUNDANG, "harga_penawaran") > 0)), "Isi harga penawaran setiap penyedia yang menawar."
    ),
)  # fmt: skip
DARI_YANG_MENAWAR = Rule(
    any_(column(DIUNDANG, "nama").eq(field("penyedia")) & column(DIUNDANG, "npwp").eq(NPWP) & MENAWAR),
    "Pilih penyedia yang diundang dan menawar; nama dan NPWP-nya sama dengan pada undangan.",
)


def kenalkan(nama: str) -> Call:
    return call(
        nama, "introduce", ("pihak_penyedia",), "Penyedia menjawab dan menandatangani lewat tautan yang dikirim kepadanya",
        name=field("penyedia"), email=field("surel_penyedia"),
    )  # fmt: skip


def dua_pihak(naskah: str, menolak: str, ke: str, ppk: str, dikecualikan: str) -> tuple[Sign, Sign]:
    """Penyedia dulu, lalu PPK, pada satu berkas. ``ke``: ke mana penolakan penyedia; ``ppk``: penolakan PPK."""
    return (
        Sign(
            f"{naskah}-penyedia", PENYEDIA, (naskah,), (go("tandatangani", performs=True), back(menolak, ke)), within=Within(2), on_late=TEGUR_PENYEDIA,
        ),
        Sign(
            f"{naskah}-ppk", PPK, (naskah,), (go("tandatangani", performs=True), back("tolak", ppk)), within=Within(1), excludes=(dikecualikan,),
        ),
    )  # fmt: skip


LANGSUNG = Seq((
    Task(
        "beli-langsung", PENGADAAN, "fill",
        (
            go("sepakat", needs=("harga_beli", "nota_toko"), rules=(Rule(fact("harga_beli") > 0, "Isi harga pada nota lebih dari Rp0."),)),
            back("tidak-ada-penyedia", "susun-paket"),
        ),
        "Bandingkan harga, pesan ke penyedia, unggah nota; harga tidak boleh melebihi HPS", (*TERPILIH, "harga_beli", "nota_toko"),
        within=Within(2), on_late=TEGUR_PBJ, excludes=("susun-paket",),
    ),
    When(
        "bila-harga-melebihi-hps",
        fact("harga_beli") > HPS,
        then=Seq((
            Task(
                "tolak-harga", PENGADAAN, "decide", (back("cari-lain", "beli-langsung"), back("kembalikan", "susun-paket"), end("gagal", "gugur")),
                "Harga nota melebihi HPS: cari penyedia lain atau kembalikan paket", within=Within(1),
            ),
        )),
    ),
    *periksa_daftar_hitam("toko", "Penyedia tercantum pada daftar hitam: cari penyedia lain atau kembalikan paket", "beli-langsung", NPWP),
    When(
        "bila-bukti-pembelian",
        HPS <= BUKTI,
        then=Seq((
            Sign(
                "sahkan-bukti-pembelian", PPK, ("bukti-pembelian",), (go("tandatangani", performs=True), back("tolak", "beli-langsung")),
                within=Within(1), excludes=("beli-langsung",),
            ),
            kenalkan("kenalkan-toko"),
        )),
        otherwise=Seq((kenalkan("kenalkan-penjual"), *dua_pihak("kuitansi", "menolak", "beli-langsung", "beli-langsung", "beli-langsung"))),
    ),
))  # fmt: skip

UNDANGAN = Seq((
    Task(
        "pilih-undangan", PENGADAAN, "plan", (go("lanjut", needs=(DIUNDANG,)), back("tidak-ada-penyedia", "susun-paket")),
        "Pilih satu atau lebih penyedia yang diundang", UNDANG, within=Within(1), excludes=("susun-paket",),
    ),
    *periksa_daftar_hitam(
        "undangan", "Penyedia yang diundang tercantum pada daftar hitam: ganti, atau kembalikan paket", "pilih-undangan", column(DIUNDANG, "npwp"),
    ),
    Each(
        "tiap-undangan", DIUNDANG,
        Seq((
            Sign("undang", PENGADAAN, ("undangan-penyedia",), (go("tandatangani", performs=True),), within=Within(1)),
            call(
                "kirim-undangan", "deliver", (), "Undangan ke surel penyedia, dengan halaman pemeriksaannya", "empty",
                recipients=column(DIUNDANG, "alamat_surel"), channel="surel", letter="undangan-penyedia",
            ),
            Wait(
                "tunggu-penawaran", "Penawaran penyedia melalui SPSE atau surel bersegel, sampai batas waktu pada undangan",
                (go("menawar"), go("menolak", reason=True), go("tidak-ada-jawaban", silent=True)),
                recorded_by=PENGADAAN, at_most=Within(2), silent="tidak-ada-jawaban",
            ),
        )),
    ),
    Task(
        "buka-penawaran", PENGADAAN, "record",
        (
            go("ada-penawaran", needs=("jumlah_penawaran", "penawaran"), rules=TAWARAN_DICATAT), back("undang-lagi", "pilih-undangan"),
            back("kembalikan", "susun-paket"),
        ),
        "Buka dan catat penawaran yang masuk; bila tidak ada, undang penyedia lain atau kembalikan paket",
        ("jumlah_penawaran", f"{DIUNDANG}.harga_penawaran", "penawaran"), within=Within(1),
    ),
    Task(
        "evaluasi-negosiasi", PENGADAAN, "assess",
        (
            go(
                "sepakat", needs=("harga_sepakat", "ba_negosiasi"),
                rules=(DARI_YANG_MENAWAR, Rule(fact("harga_sepakat") > 0, "Isi harga hasil negosiasi lebih dari Rp0.")),
            ),
            back("ulangi", "pilih-undangan"), back("gagal", "susun-paket"),
        ),
        "Evaluasi, klarifikasi dan negosiasi teknis serta harga", (*TERPILIH, "harga_sepakat", "ba_negosiasi"),
        within=Within(1), on_late=TEGUR_PBJ, excludes=("susun-paket",),
    ),
    When(
        "bila-negosiasi-melebihi-hps",
        fact("harga_sepakat") > HPS,
        then=Seq((
            Task(
                "nyatakan-gagal", PENGADAAN, "decide",
                (
                    back("negosiasi-lagi", "evaluasi-negosiasi"), back("undang-lagi", "pilih-undangan"), back("kembalikan", "susun-paket"),
                    end("gagal", "gugur"),
                ),
                "Harga negosiasi melebihi HPS: penawaran gugur, negosiasi lagi, undang lagi, atau kembalikan", within=Within(1),
            ),
        )),
    ),
    *periksa_daftar_hitam("pemenang", "Penyedia terpilih tercantum pada daftar hitam: pilih penyedia lain, atau kembalikan paket", "evaluasi-negosiasi", NPWP),
    Sign(
        "tetapkan-hasil", PENGADAAN, ("ba-hasil",), (go("tandatangani", performs=True), back("ubah", "evaluasi-negosiasi")), within=Within(1),
    ),
    call("catat-nomor-ba", "compute", ("nomor_ba",), "Disebut pada SPK", nomor=number_of("ba-hasil")),
    kenalkan("kenalkan-pemenang"),
    *dua_pihak("spk", "mundur", "pilih-undangan", "evaluasi-negosiasi", "evaluasi-negosiasi"),
))  # fmt: skip
