"""Tingkat kecamatan: usulan kelurahan dihimpun, diurutkan dalam pagu, lalu diteruskan ke kota."""

from __future__ import annotations

from engine.expr import Expr, fact, field, pick, total
from engine.nodes import Seq, Task, Wait, When, Within, back, go
from engine.shapes import call

from .bersama import ADA_YANG_DITERUSKAN, CAMAT, KODE, TAHUN, TERUS, berita_acara, kabari, musyawarah, usul

NILAI: Expr = total(pick(usul("status"), TERUS, usul("perkiraan_biaya"), 0))
HIMPUNAN = ("usulan", "jumlah_terlambat", "unit_pengirim", "unit_terlambat")

DI_KECAMATAN = (
    Wait(
        "tunggu-usulan-kelurahan", "Berita acara dan daftar usulan semua kelurahan di kecamatan", (go("lengkap"), go("tenggat-lewat", silent=True)),
        recorded_by=CAMAT, at_most=Within(20), silent="tenggat-lewat",
    ),
    call(
        "himpun-usulan-kelurahan", "gather", HIMPUNAN, "Usulan yang diteruskan kelurahan dengan berita acara tertandatangan; yang terlambat dicatat",
        process=KODE, table="usulan", state="any", signed="ba-musrenbang-kelurahan", id="nomor_usulan", row_status=TERUS,
        case_tingkat="kelurahan", case_kecamatan=field("wilayah"), case_tahun_rencana=TAHUN,
    ),
    kabari("kelurahan-terlambat", "unit_terlambat", "Usulan Musrenbang kelurahan belum diserahkan sampai kecamatan menghimpunnya"),
    musyawarah("musrenbang-kecamatan", CAMAT, "Musrenbang kecamatan: urutkan dalam pagu, tunda atau tolak dengan alasan", naik="kepala-bappeda"),
    call("hitung-nilai-kecamatan", "compute", ("nilai_diteruskan",), "Jumlah perkiraan biaya usulan yang diteruskan", nilai=NILAI),
    When(
        "bila-melebihi-pagu-kecamatan",
        fact("nilai_diteruskan") > field("pagu_kecamatan"),
        then=Seq((
            Task(
                "atasi-lebih-pagu", CAMAT, "decide", (back("urutkan-ulang", "musrenbang-kecamatan"), go("teruskan-dengan-catatan", reason=True)),
                "Nilai usulan melebihi pagu kecamatan: pangkas atau teruskan dengan catatan", within=Within(2),
            ),
        )),
    ),
    berita_acara("kecamatan", CAMAT, "musrenbang-kecamatan"),
    When(
        "bila-ada-usulan-ke-kota",
        ADA_YANG_DITERUSKAN,
        then=Seq((
            call(
                "kirim-ke-kota", "hand_over", (), "Usulan yang diteruskan ke berkas tingkat kota; gagal berarti dicoba lagi, berkas tidak tertutup",
                table="usulan", process=KODE, row_status=TERUS, case_tingkat="kota", case_tahun_rencana=TAHUN,
            ),
        )),
    ),
    kabari("kelurahan-pengirim", "unit_pengirim", "Hasil Musrenbang kecamatan untuk usulan kelurahan ini sudah ditetapkan"),
)  # fmt: skip
