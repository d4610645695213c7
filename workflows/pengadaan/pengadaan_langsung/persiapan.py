"""Dari paket sampai siap diproses: susunan PPK, pemeriksaan mesin, HPS, tinjauan pejabat pengadaan; dan pemeriksaan penyedia pada hari penetapan."""

from __future__ import annotations

from engine.expr import Expr, applicant, empty, fact, field, joined, pick
from engine.nodes import Call, Seq, Sign, Task, When, Within, back, end, escalate, go, remind
from engine.shapes import call

from .form import BATAS, HPS, JENIS, SUSUN

PPK, PENGADAAN, PPTK = ("ppk-pengadaan",), ("pejabat-pengadaan",), ("pptk",)
PENYEDIA = ("penyedia", "pejabat-pengadaan")
"""Penyedia menjawab lewat tautannya; pejabat pengadaan mencatat pernyataan penyedia yang hadir di hadapannya."""
TEGUR_PBJ = (remind(1), escalate("kepala-bagian-pbj", 2))
TEGUR_PENYEDIA = (remind(1), escalate("pejabat-pengadaan", 2))
TEGUR_KEPALA = (remind(1), escalate("kepala-opd", 3))
UNIT = applicant("unit")
AKUN = joined(UNIT, ":", field("kode_rekening"))
"""Kunci akun pagu."""
SEJENIS = joined(UNIT, ":", JENIS, ":", field("kode_rekening"))
"""Kunci paket sejenis; barisnya berlaku sampai akhir tahun anggaran."""


def baik(nama: str) -> Expr:
    return fact(nama).eq(True)


def kata(test: Expr, bila_ya: str, bila_tidak: str) -> Expr:
    """Hasil satu pemeriksaan dengan kata."""
    return pick(test, True, bila_ya, bila_tidak)


NAMA_SAMA = field("nama_paket").eq(fact("nama_rup"))
DIPECAH = (fact("jumlah_sejenis") > 0) & (fact("jumlah_sejenis") + HPS > BATAS)
PDN_DIABAIKAN = JENIS.eq("barang") & baik("pdn_tersedia") & ~(field("pdn_tkdn") > 0) & empty(field("alasan_bukan_pdn"))
LOLOS = baik("rup_ada") & NAMA_SAMA & baik("pagu_cukup") & ~DIPECAH & ~PDN_DIABAIKAN
URAIAN = joined(
    kata(baik("rup_ada"), "RUP diumumkan", "RUP tidak diumumkan untuk perangkat daerah ini: perbaiki kodenya"), "; ",
    kata(NAMA_SAMA, "nama paket sama dengan RUP", "nama paket berbeda dengan RUP: samakan"), "; ",
    kata(baik("pagu_cukup"), "sisa pagu cukup", "sisa pagu kurang dari HPS atau rekening tidak ada pada DPA"), "; ",
    kata(DIPECAH, "paket sejenis tahun ini bersama paket ini melewati batas: gabungkan dan pakai tender", "tidak terindikasi dipecah"), "; ",
    kata(PDN_DIABAIKAN, "produk dalam negeri tersedia: isi TKDN atau alasannya", "kewajiban produk dalam negeri terpenuhi"), ".",
)  # fmt: skip

CEK = (
    call(
        "daftar-paket", "post", (), "Paket ini tampak bagi pemeriksaan paket lain selama perkaranya terbuka; kembali atau berakhir menghapusnya",
        registry="paket-langsung", key=SEJENIS, nama=field("nama_paket"), hps=HPS, with_case=True,
    ),
    call(
        "baca-paket-sejenis", "look_up", ("jumlah_sejenis", "paket_sejenis"),
        "Jumlah HPS paket lain unit ini yang sejenis (jenis dan rekening sama) pada tahun ini, juga yang sedang diproses",
        what="registri", kind="paket-langsung", key=SEJENIS, total="hps",
    ),
    call(
        "cek-rup", "look_up", ("rup_ada",), "RUP perangkat daerah ini yang berlaku hari ini; registri yang tidak terbaca dicoba ulang",
        what="registri", kind="rup", key=field("kode_rup"), attribute="unit", equals=UNIT,
    ),
    call(
        "baca-nama-rup", "look_up", ("nama_rup",), "Nama paket menurut RUP", what="registri", kind="rup", key=field("kode_rup"), take="nama",
    ),
    call("baca-sisa-pagu", "look_up", ("sisa_pagu",), "Pagu rekening dikurangi paket yang berjalan", "empty", what="saldo", book="pagu-anggaran", subject=AKUN),
    call(
        "tahan-pagu", "hold", ("pagu_cukup",), "HPS ditahan sampai barang diserahkan; rekening yang tidak ada berarti tidak cukup", "block",
        book="pagu-anggaran", subject=AKUN, amount=HPS,
    ),
    call(
        "cek-produk-dalam-negeri", "look_up", ("pdn_tersedia", "produk_dalam_negeri"), "Produk dalam negeri untuk rekening ini",
        what="registri", kind="produk-dalam-negeri", key=field("kode_rekening"),
    ),
    call("cek-paket", "compute", ("hasil_cek", "uraian_cek"), "Kesimpulan pemeriksaan", hasil_cek=kata(LOLOS, "lolos", "terblokir"), uraian_cek=URAIAN),
    When(
        "bila-terblokir",
        fact("hasil_cek").eq("terblokir"),
        then=Seq((
            Task(
                "perbaiki-paket", PPK, "correct", (back("perbaiki", "susun-paket"), end("alihkan-ke-tender", "dialihkan"), end("batal", "batal")),
                "Paket terblokir: perbaiki data, gabungkan paket yang terpecah, atau batalkan", within=Within(2), on_late=TEGUR_KEPALA,
            ),
        )),
    ),
)  # fmt: skip

PERSIAPAN = (
    Task(
        "susun-paket", PPK, "fill", (go("kirim"), end("batal", "batal", reason=False)),
        "Susun spesifikasi, HPS dari paling sedikit dua sumber, dan rancangan kontrak", SUSUN, within=Within(2),
    ),
    *CEK,
    Sign("tetapkan-hps", PPK, ("hps",), (go("tandatangani", performs=True), back("ubah", "susun-paket")), within=Within(1)),
    Task(
        "tinjau-persiapan", PENGADAAN, "check", (go("lengkap"), back("kembalikan", "susun-paket")),
        "Tinjau spesifikasi, HPS dan rancangan kontrak sebelum diproses", ("catatan_reviu",), within=Within(1), on_late=TEGUR_PBJ, excludes=("susun-paket",),
    ),
)  # fmt: skip


def periksa_daftar_hitam(nama: str, tanya: str, ke: str, npwp: Expr) -> tuple[Call, When]:
    """Daftar hitam LKPP pada hari ini; yang tercantum tidak diteruskan."""
    return (
        call(
            f"cek-daftar-hitam-{nama}", "look_up", (f"{nama}_terlarang", f"uraian_{nama}_terlarang"), "Daftar hitam LKPP yang berlaku hari ini; registri yang tidak terbaca dicoba ulang",
            what="registri", kind="daftar-hitam", key=npwp,
        ),
        When(
            f"bila-{nama}-terlarang",
            baik(f"{nama}_terlarang"),
            then=Seq((
                Task(
                    f"ganti-{nama}", PENGADAAN, "decide", (back("cari-lain", ke), back("kembalikan", "susun-paket"), end("gagal", "gugur")),
                    tanya, within=Within(1), on_late=TEGUR_PBJ,
                ),
            )),
        ),
    )  # fmt: skip
