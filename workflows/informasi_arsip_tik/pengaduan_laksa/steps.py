"""Jalan laporan sesudah diverifikasi: darurat ke 112, jawaban informasi, atau pekerjaan di lapangan."""

from __future__ import annotations

from engine.expr import fact, field
from engine.nodes import Notify, Seq, Sign, Task, When, Within, again, back, deemed, escalate, go, remind
from engine.shapes import call

OPERATOR = ("operator-live-room",)
SELESAI = fact("hasil_lapangan").eq("selesai")


def jawaban(name: str, kembali: str) -> Sign:
    """Jawaban resmi ditandatangani kepala perangkat daerah yang menangani."""
    return Sign(
        name,
        ("kepala-opd",),
        ("jawaban-resmi",),
        (go("setuju", performs=True), back("kembalikan", kembali)),
        within=Within(1),
        on_late=(remind(1), escalate("sekda", 2)),
    )


DARURAT = Seq(
    (
        Notify("beritahu-112", ("bpbd", "opd-terkait"), about="Laporan darurat diteruskan ke 112 dengan titik dan foto"),
        Task(
            "tangani-darurat",
            by=OPERATOR,
            ask="record",
            outcomes=(go("tertangani", needs=("catatan_darurat",)), back("bukan-darurat", "verifikasi")),
            title="Hubungi 112 dan catat hasil penanganan darurat",
            fills=("catatan_darurat",),
            within=Within(2, "hours"),
            on_late=(remind(1), escalate("kepala-diskominfo", 1)),
        ),
    )
)

PENERIMAAN = When(
    "bila-sudah-dua-kali-pindah",
    fact("jumlah_pindah") >= 2,
    then=Seq(
        (
            Task(
                "tetapkan-unit",
                by=("sekda",),
                ask="decide",
                outcomes=(go("tetapkan", needs=("opd_tujuan",)),),
                title="Dua perangkat daerah menolak laporan ini; tetapkan yang wajib menangani",
                fills=("opd_tujuan",),
                within=Within(2),
            ),
        )
    ),
    otherwise=Seq(
        (
            Task(
                "terima-laporan",
                by=("admin-opd",),
                ask="receive",
                outcomes=(go("terima"), back("salah-unit", "verifikasi")),
                title="Terima laporan atau nyatakan salah unit",
                within=Within(1),
                on_late=(remind(1), escalate("kepala-opd", 1)),
            ),
        )
    ),
)

INFORMASI = Seq(
    (
        Task(
            "susun-jawaban",
            by=("admin-opd",),
            ask="draft",
            outcomes=(go("kirim", needs=("jawaban",)),),
            title="Susun jawaban informasi (paling lama 5 hari kerja sejak laporan)",
            fills=("jawaban",),
            within=Within(2),
        ),
        jawaban("setujui-jawaban-informasi", "susun-jawaban"),
    )
)

LAPANGAN = Seq(
    (
        When(
            "bila-dengan-pemeriksaan",
            fact("layanan").eq("dengan-pemeriksaan"),
            then=Seq(
                (
                    Task(
                        "periksa",
                        by=("kepala-bidang",),
                        ask="inspect",
                        outcomes=(go("selesai-diperiksa"), again("perpanjang", reason=True)),
                        title="Periksa laporan bersama pihak terkait (seluruhnya paling lama 60 hari kerja)",
                        within=Within(40),
                        on_late=(remind(1), escalate("kepala-opd", 3)),
                    ),
                )
            ),
        ),
        Sign(
            "tugaskan",
            by=("kepala-bidang",),
            documents=("surat-tugas-lapangan",),
            outcomes=(go("tugaskan", performs=True, needs=("petugas_lapangan",)),),
            title="Pilih petugas dan tanda tangani surat tugasnya",
            fills=("petugas_lapangan",),
            within=Within(1),
        ),
        Task(
            "kerjakan",
            by=("petugas-lapangan",),
            ask="inspect",
            outcomes=(
                go("selesai", needs=("foto_sebelum", "foto_sesudah", "titik_pekerjaan")),
                go("butuh-anggaran", reason=True),
                go("tidak-mungkin", reason=True),
                go("lewat-waktu", silent=True),
            ),
            title="Kerjakan; unggah foto sebelum dan sesudah di titik laporan (dalam 100 meter)",
            fills=("foto_sebelum", "foto_sesudah", "titik_pekerjaan"),
            within=Within(5),
            on_late=(deemed("lewat-waktu"),),
        ),
        When(
            "bila-lewat-waktu",
            fact("hasil_lapangan").eq("lewat-waktu"),
            then=Seq(
                (
                    Task(
                        "putuskan-eskalasi",
                        by=("sekda",),
                        ask="decide",
                        outcomes=(back("perintahkan", "kerjakan"), go("jawab-apa-adanya", reason=True)),
                        title="Laporan melewati batas: perintahkan pengerjaan atau jawab apa adanya",
                        within=Within(2),
                    ),
                )
            ),
        ),
        When(
            "bila-dikerjakan",
            SELESAI,
            then=Seq(
                (
                    call(
                        "ukur-jarak", "locate", ("jarak_meter",), "Jarak foto sesudah dari titik laporan; bila tidak terukur, operator menilainya", "empty",
                        point=fact("titik_pekerjaan"), to=field("lokasi"),
                    ),
                    When(
                        "bila-terlalu-jauh",
                        fact("jarak_meter") > 100,
                        then=Seq(
                            (
                                Task(
                                    "jelaskan-jarak",
                                    by=("petugas-lapangan",),
                                    ask="correct",
                                    outcomes=(back("perbaiki-titik-dan-foto", "kerjakan", reason=False), go("jelaskan", reason=True)),
                                    title="Foto diambil lebih dari 100 meter dari titik laporan: perbaiki atau jelaskan",
                                    within=Within(1),
                                    on_late=(remind(1), escalate("kepala-bidang", 1)),
                                ),
                            )
                        ),
                    ),
                )
            ),
            otherwise=Seq((jawaban("setujui-jawaban", "kerjakan"),)),
        ),
    )
)  # fmt: skip

PENANGANAN = When(
    "bila-darurat",
    fact("darurat").eq(True),
    then=DARURAT,
    otherwise=Seq((PENERIMAAN, When("bila-informasi", fact("layanan").eq("informasi"), then=INFORMASI, otherwise=LAPANGAN))),
)
