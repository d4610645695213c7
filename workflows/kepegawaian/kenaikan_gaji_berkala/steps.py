"""Langkah satu pegawai pada daftar: berkas, pemeriksaan, lalu penundaan atau surat kenaikan gaji menurut jenjangnya."""

from __future__ import annotations

from engine.expr import Expr, Name, column, fact, field, joined, months, number_of
from engine.nodes import Call, Outcome, Seq, Sign, Task, When, Within, back, deemed, escalate, go, remind
from engine.shapes import call

from .form import BERKAS, DI_BAWAH_BAIK, DINILAI, DISIAPKAN

SIAPKAN, PERIKSA = "siapkan-berkas", "periksa-syarat"


def baris(name: str) -> Name:
    """Kolom baris pegawai yang sedang dikerjakan."""
    return column("daftar_kgb", name)


def sah(name: str, siapa: str, naskah: str, title: str) -> Sign:
    """Tanda tangan dengan jalan kembali ke pemeriksaan; yang lama diingatkan, lalu naik kepada pimpinan BKPSDM."""
    keluar: tuple[Outcome, ...] = (go("tanda-tangani", performs=True), back("kembalikan", PERIKSA))
    return Sign(name, (siapa,), (naskah,), keluar, title, within=Within(2), on_late=(remind(1),), excludes=("pegawai",))


def catat(name: str, berikutnya: Expr, note: str, *, tmt: Expr, masa: Expr, masa_berikutnya: Expr, surat: Expr) -> Call:
    """Baris baru pada catatan gaji berkala pegawai; yang lama berakhir hari ini."""
    return call(
        name, "post", (), note, "retry", registry="gaji-berkala", key=baris("nip"), replace=True, tmt=tmt, masa_kerja=masa, berikutnya=berikutnya,
        masa_kerja_bulan=baris("masa_kerja_bulan"), masa_kerja_berikutnya=masa_berikutnya, surat=surat,
    )  # fmt: skip


def berjenjang() -> When:
    """Surat ditandatangani menurut jenjang jabatan pegawai; sumber: pendelegasian satu kabupaten, kota menetapkan miliknya."""
    title = "Tandatangani surat pemberitahuan kenaikan gaji berkala"

    def satu(name: str, siapa: str) -> Seq:
        return Seq((sah(name, siapa, "surat-kgb", title),))

    pengawas = When(
        "bila-pengawas", baris("jenjang").eq("pengawas"), satu("tanda-tangani-bkpsdm", "kepala-bkpsdm"), satu("tanda-tangani-kepala-opd", "kepala-opd")
    )  # fmt: skip
    menengah = When(
        "bila-jpt-atau-administrator", baris("jenjang").one_of("jpt-pratama", "administrator"), satu("tanda-tangani-sekda", "sekda"), Seq((pengawas,))
    )
    return When("bila-sekda", baris("jenjang").eq("sekda"), satu("tanda-tangani-wali-kota", "wali-kota"), Seq((menengah,)))


PEMERIKSAAN = (
    Task(
        SIAPKAN,
        ("pengadministrasi-kepegawaian",),
        "record",
        (go("lengkap"),),
        "Lengkapi data dan berkas pegawai",
        (*DISIAPKAN, *BERKAS),
        Within(2),
        (remind(1), escalate("kasubbag-umpeg", 2)),
    ),
    call(
        "baca-tabel-gaji", "look_up", ("gaji_lama", "gaji_baru"),
        "Gaji pokok tidak diketik: dibaca dari tabel gaji yang berlaku pada TMT baru. Golongan dan masa kerja yang tidak ada pada tabel tidak memberi gaji, dan berkasnya dikembalikan",
        "empty",
        what="registri", kind="gaji-pokok", key=baris("golongan"), day=baris("tmt_baru"), take=joined("th", baris("masa_kerja_lama"), ",th", baris("masa_kerja_tahun")),
    ),
    Task(
        PERIKSA,
        ("analis-sdm",),
        "verify",
        (go("benar", needs=("gaji_lama", "gaji_baru")), back("kembalikan-data", SIAPKAN), go("keluarkan", "Keluarkan dari daftar", reason=True)),
        "Periksa TMT, masa kerja, gaji, predikat kinerja, dan hukuman disiplin",
        DINILAI,
        Within(3),
        (remind(1), escalate("kepala-bkpsdm", 2)),
        excludes=("pegawai",),
        note="Yang pensiun, berhenti, pindah, atau sudah menerima gaji tertinggi golongannya dikeluarkan dari daftar dengan alasan",
    ),
)  # fmt: skip

PENUNDAAN = Seq(
    (
        When(
            "bila-sekda-ditunda",
            baris("jenjang").eq("sekda"),
            Seq((sah("tunda-kgb-wali-kota", "wali-kota", "surat-penundaan-kgb", "Tandatangani penundaan KGB Sekretaris Daerah"),)),
            Seq(
                (
                    When(
                        "bila-kepala-bkpsdm-ditunda",
                        baris("jenjang").eq("jpt-pratama") & field("unit").eq("bkpsdm"),
                        Seq((sah("tunda-kgb-sekda", "sekda", "surat-penundaan-kgb", "Tandatangani penundaan KGB Kepala BKPSDM"),)),
                        Seq(
                            (
                                sah(
                                    "tunda-kgb", "kepala-bkpsdm", "surat-penundaan-kgb",
                                    "Tandatangani penundaan KGB: predikat di bawah baik atau hukuman disiplin masih berjalan",
                                ),
                            )
                        ),
                    ),
                )
            ),
        ),
        Task(
            "terima-penundaan",
            ("pegawai",),
            "acknowledge",
            (go("mengerti"), back("sanggah-data", SIAPKAN)),
            "KGB Anda ditunda; baca alasan dan lama penundaan",
            within=Within(3),
            on_late=(deemed("mengerti"),),
        ),
        catat(
            "catat-penundaan", months(baris("tmt_baru"), baris("lama_tunda")), "KGB berikutnya jatuh sesudah masa penundaan; TMT dan masa kerja gaji lama tetap",
            tmt=baris("tmt_lama"), masa=baris("masa_kerja_lama"), masa_berikutnya=baris("masa_kerja_tahun"), surat=baris("surat_lama"),
        ),
    )
)  # fmt: skip

PENERBITAN = Seq(
    (
        Task(
            "konfirmasi-data",
            ("pegawai",),
            "check",
            (go("benar"), back("sanggah", SIAPKAN)),
            "Benarkah data KGB Anda?",
            within=Within(3),
            on_late=(deemed("benar"),),
        ),
        Task(
            "paraf-kgb",
            ("kasubbag-umpeg",),
            "initial",
            (go("paraf"), back("kembalikan", PERIKSA)),
            "Paraf surat KGB",
            within=Within(1),
            on_late=(remind(1),),
        ),
        berjenjang(),
        Task(
            "ubah-gaji",
            ("bendahara-gaji",),
            "record",
            (go("tercatat", needs=("nomor_daftar_gaji",)),),
            "Ubah gaji pokok mulai TMT baru",
            ("nomor_daftar_gaji",),
            Within(1),
            (remind(1), escalate("kasubbag-keuangan", 2)),
        ),
        catat(
            "catat-kgb", months(baris("tmt_baru"), 24), "KGB berikutnya dua tahun sesudah TMT baru", tmt=baris("tmt_baru"),
            masa=baris("masa_kerja_tahun"), masa_berikutnya=baris("masa_kerja_tahun") + 2, surat=joined("Surat KGB Nomor ", number_of("surat-kgb")),
        ),
        Task(
            "simpan-berkas",
            ("arsiparis",),
            "archive",
            (go("tersimpan"),),
            "Simpan surat KGB di berkas perseorangan",
            within=Within(1),
            on_late=(remind(1),),
        ),
    )
)  # fmt: skip

SATU_PEGAWAI = Seq(
    (
        *PEMERIKSAAN,
        When(
            "bila-berhak",
            fact("hasil_periksa").eq("benar"),
            Seq((When("bila-ditunda", baris("predikat_kinerja").one_of(*DI_BAWAH_BAIK) | baris("hukuman_aktif").eq(True), PENUNDAAN, PENERBITAN),)),
        ),
    )
)
