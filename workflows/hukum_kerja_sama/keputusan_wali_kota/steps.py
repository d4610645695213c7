"""Langkah keputusan: usul diperiksa, dikoreksi bentuknya, ditelaah, diparaf berjenjang, ditandatangani, lalu disalin dan dipetik."""

from __future__ import annotations

from engine.expr import fact, field
from engine.nodes import Each, Notify, Outcome, Rung, Seq, Sign, Task, When, Within, back, end, escalate, go, remind, skip
from engine.shapes import call

from .form import AJUKAN, MEMUAT_NAMA

KABAG = ("kepala-bagian-hukum",)
PETUGAS = ("petugas-bagian-hukum",)
PEMRAKARSA = ("opd-pemrakarsa",)
KE_PERANCANG = back("kembalikan", "koreksi-perancang")
KE_PEMRAKARSA = back("kembalikan-pemrakarsa", "ajukan")


def paraf(siapa: str, role: str, title: str, *keluar: Outcome, naik: tuple[Rung, ...] = ()) -> Task:
    return Task(f"paraf-{siapa}", (role,), "initial", (go("paraf"), KE_PERANCANG, *keluar), title, within=Within(1), on_late=naik)


def tanda_tangan(siapa: str, document: str, hari: int, *naik: Rung) -> Sign:
    """Keputusan bersifat strategis: tertutup bagi Plt. dan Plh."""
    keluar = (go("tandatangan", performs=True), KE_PERANCANG, end("tolak", "ditolak"))
    return Sign(f"tanda-tangan-{siapa}", (siapa,), (document,), keluar, within=Within(hari), on_late=naik, definitive=True)


def pengesahan(jenis: str) -> Sign:
    """Kepala Bagian Hukum mengesahkan turunan keputusan yang sudah ditetapkan."""
    return Sign(f"tanda-tangan-{jenis}", KABAG, (f"{jenis}-keputusan",), (go("tandatangan", performs=True),), within=Within(1))


USUL = (
    Task(
        "ajukan",
        PEMRAKARSA,
        "draft",
        (go("kirim"), end("batal", "batal", reason=False)),
        "Susun rancangan keputusan dan lengkapi berkas",
        AJUKAN,
        Within(1),
    ),
    When(
        "bila-didelegasikan",
        field("penandatangan").eq("sekda"),
        then=Seq(
            (
                call(
                    "cek-delegasi", "look_up", ("delegasi_ada",),
                    "Jenis keputusan ini tercatat didelegasikan kepada Sekda dan masih berlaku; yang tidak terbaca dianggap tidak", "block",
                    what="registri", kind="delegasi-keputusan", key=field("jenis"), attribute="penerima", equals="sekda",
                ),
                When(
                    "bila-tanpa-delegasi",
                    ~fact("delegasi_ada").eq(True),
                    then=Seq(
                        (
                            Task(
                                "tolak-delegasi",
                                PETUGAS,
                                "verify",
                                (back("kembalikan", "ajukan"), end("batalkan", "tidak-lengkap")),
                                "Jenis keputusan ini tidak didelegasikan kepada Sekda: kembalikan agar ditandatangani Wali Kota",
                                within=Within(1),
                            ),
                        )
                    ),
                ),
            )
        ),
    ),
    Task(
        "periksa-kelengkapan",
        PETUGAS,
        "verify",
        (go("lengkap"), back("kembalikan", "ajukan")),
        "Periksa kelengkapan berkas; bila berbiaya, cocokkan halaman DPA dan kode rekening",
        within=Within(1),
        on_late=(remind(1), escalate("kepala-bagian-hukum", 2)),
    ),
)  # fmt: skip

TELAAH = (
    Task(
        "disposisi-perancang",
        KABAG,
        "dispatch",
        (go("disposisikan", needs=("perancang_hukum",)), back("kembalikan", "ajukan"), end("harus-peraturan", "dialihkan", reason=True)),
        "Tunjuk perancang, atau nyatakan materi ini harus berbentuk peraturan",
        ("perancang_hukum",),
        Within(1),
        (remind(1), escalate("asisten-sekda", 2)),
    ),
    Task(
        "koreksi-perancang",
        ("perancang-hukum",),
        "correct",
        (go("setuju", needs=("catatan_koreksi",)), back("kembalikan", "ajukan")),
        "Koreksi bentuk, teknik penulisan dan dasar hukum",
        ("catatan_koreksi", "menimbang", "mengingat", "diktum"),
        Within(2),
        (remind(1), escalate("kepala-bagian-hukum", 2)),
    ),
    Task(
        "koreksi-ketua-tim",
        ("ketua-tim-perundang-undangan",),
        "correct",
        (go("setuju"), KE_PERANCANG, KE_PEMRAKARSA),
        "Koreksi lanjutan rancangan keputusan",
        within=Within(1),
        excludes=("koreksi-perancang",),
    ),
    Task(
        "telaah-kabag-hukum",
        KABAG,
        "decide",
        (skip("terima", "paraf-kepala-opd"), go("minta-penjelasan", reason=True), KE_PERANCANG),
        "Telaah rancangan: terima, minta penjelasan pemrakarsa, atau kembalikan ke perancang",
        within=Within(1),
    ),
    Task(
        "beri-penjelasan",
        PEMRAKARSA,
        "report",
        (go("kirim", needs=("penjelasan_pemrakarsa",)), back("tulis-ulang", "ajukan"), end("tarik", "dicabut")),
        "Beri penjelasan atau perbaiki rancangan sesuai permintaan Bagian Hukum",
        ("penjelasan_pemrakarsa",),
        Within(2),
        (remind(1), escalate("kepala-opd", 2)),
    ),
    Task(
        "nilai-penjelasan",
        KABAG,
        "decide",
        (go("cukup"), back("belum-cukup", "beri-penjelasan"), KE_PERANCANG),
        "Nilai penjelasan pemrakarsa",
        within=Within(1),
    ),
)

PENETAPAN = (
    paraf("kepala-opd", "kepala-opd", "Paraf koordinasi 1: kepala perangkat daerah pemrakarsa"),
    paraf("kabag-hukum", "kepala-bagian-hukum", "Paraf koordinasi 2: Kepala Bagian Hukum"),
    paraf("asisten", "asisten-sekda", "Paraf koordinasi 3: Asisten", KE_PEMRAKARSA, naik=(remind(1), escalate("sekda", 2))),
    When(
        "bila-ditandatangani-sekda",
        field("penandatangan").eq("sekda"),
        then=Seq((tanda_tangan("sekda", "keputusan-sekda", 1),)),
        otherwise=Seq(
            (
                paraf("sekda", "sekda", "Paraf koordinasi 4: Sekretaris Daerah", KE_PEMRAKARSA),
                tanda_tangan("wali-kota", "keputusan-wali-kota", 2, remind(1), escalate("sekda", 2)),
            )
        ),
    ),
)

PENGEDARAN = (
    pengesahan("salinan"),
    When("bila-memuat-nama", MEMUAT_NAMA, then=Seq((Each("tiap-nama", "daftar_nama", Seq((pengesahan("petikan"),))),))),
    Notify(
        "beritahu-perangkat-daerah",
        ("opd-pemrakarsa", "opd-terkait"),
        about="Keputusan telah ditetapkan; salinan (dan petikan bila ada) dapat diunduh",
    ),
    Task(
        "edarkan-dan-arsipkan",
        PETUGAS,
        "archive",
        (end("selesai", "diterbitkan"),),
        "Edarkan salinan dan petikan, muat di JDIH bila terbuka, simpan naskah asli",
        ("tanggal_jdih",),
        Within(1),
    ),
)
