"""Langkah cuti ASN: hak diperiksa dan ditahan, atasan menimbang, pejabat memutus menurut jenis cuti dan jabatan, lalu cuti dijalankan sampai pegawai kembali."""

from __future__ import annotations

from engine.expr import Value, applicant, empty, fact, field, first_day, last_day, pick, span
from engine.nodes import (
    SUPERIOR,
    Argument,
    Notify,
    Open,
    Outcome,
    Seq,
    Sign,
    Task,
    Wait,
    When,
    Within,
    again,
    back,
    deemed,
    end,
    escalate,
    go,
    remind,
)
from engine.shapes import call

from .form import FORM, JENIS

TAHUNAN = JENIS.eq("tahunan")
DISETUJUI = fact("keputusan_cuti").eq("setujui")
LUAR_BIASA = field("luar_negeri").eq(True) | JENIS.eq("cltn")
KODE = pick(
    JENIS, "sakit", "800.1.11.2", "melahirkan", "800.1.11.3", "tahunan", "800.1.11.4", "alasan-penting", "800.1.11.5", "besar", "800.1.11.6",
    "cltn", "800.1.11.7",
)  # fmt: skip
NOMOR = "{klasifikasi}/{urut}/{unit}/{tahun}"
ORANG = applicant("person")
AJUKAN = tuple(one.name for one in FORM if one.name not in ("tanggal_kembali", "bukti_kembali"))

PUTUSAN: tuple[Outcome, ...] = (
    go("setujui", performs=True),
    go("tangguhkan", reason=True, performs=True),
    go("tolak", reason=True, performs=True),
    back("ubah", "ajukan"),
)


def putuskan(siapa: str, title: str, naik: str, hari: int = 1) -> Sign:
    return Sign(
        f"putuskan-{siapa}",
        (siapa,),
        ("formulir-cuti",),
        PUTUSAN,
        title,
        within=Within(hari),
        on_late=(remind(1), escalate(naik, 2)),
        definitive=LUAR_BIASA if siapa == "wali-kota" else False,
    )


def izinkan(siapa: str) -> Sign:
    return Sign(f"izinkan-{siapa}", (siapa,), ("surat-izin-cuti",), (go("tanda-tangani", performs=True),), within=Within(1))


PERIKSA_HAK = Seq(
    (
        call(
            "periksa-hak", "look_up", ("saldo_tahunan",), "Sisa hak cuti tahunan yang dapat dipakai pada hari pertama cuti", "empty",
            what="saldo", book="cuti-tahunan", person=ORANG, day=first_day(field("periode")),
        ),
        When(
            "bila-cuti-tahunan",
            TAHUNAN,
            then=Seq(
                (
                    call(
                        "tahan-hak", "hold", ("hak_cukup",), "Hari yang diminta ditahan agar tidak dipakai dua kali; tahun yang paling lama dahulu",
                        book="cuti-tahunan", person=ORANG, amount=field("jumlah_hari_kerja"), day=first_day(field("periode")),
                    ),
                )
            ),
        ),
        call(
            "pesan-jadwal", "book", ("jadwal_bebas", "kegiatan_lain"), "Tanggal cuti dipesan; bertumpuk dengan tugas, dinas luar, atau cuti lain ditolak",
            who=ORANG, period=field("periode"), purpose="cuti",
        ),
        When(
            "bila-ada-pengganti",
            ~empty(field("pengganti")),
            then=Seq(
                (
                    call(
                        "periksa-pengganti", "look_up", ("pengganti_bebas", "kegiatan_pengganti"), "Pengganti tidak sedang cuti atau dinas luar",
                        what="kegiatan", who=field("pengganti"), period=field("periode"),
                    ),
                )
            ),
        ),
    )
)  # fmt: skip

CLTN = Seq(
    (
        Sign(
            "usulkan-cltn", ("wali-kota",), ("usul-cltn",), (go("tanda-tangani", performs=True),), within=Within(2), definitive=True,
        ),
        Wait(
            "persetujuan-bkn",
            what="Persetujuan teknis BKN atas CLTN",
            outcomes=(
                go("disetujui", needs=("nomor_persetujuan_bkn",)),
                end("ditolak", "ditolak"),
                back("tidak-lengkap", "verifikasi"),
                again("tidak-ada-jawaban"),
            ),
            recorded_by=("pengelola-kepegawaian",),
            fills=("nomor_persetujuan_bkn",),
            at_most=Within(10),
            silent="tidak-ada-jawaban",
        ),
        Sign(
            "tetapkan-cltn", ("wali-kota",), ("keputusan-cltn",), (go("tanda-tangani", performs=True),), within=Within(2), definitive=True,
        ),
    )
)  # fmt: skip

DIPUTUS_WALI_KOTA = Seq(
    (
        putuskan("wali-kota", "Putuskan permintaan cuti (Plt. dan Plh. tidak berwenang untuk CLTN dan cuti luar negeri)", "sekda", 2),
        When("bila-cltn-disetujui", DISETUJUI & JENIS.eq("cltn"), then=CLTN),
        When("bila-disetujui-wali-kota", DISETUJUI & JENIS.ne("cltn"), then=Seq((izinkan("wali-kota"),))),
    )
)
DIPUTUS_SEKDA = Seq(
    (
        putuskan("sekda", "Putuskan permintaan cuti atas nama wali kota", "wali-kota"),
        When("bila-disetujui-sekda", DISETUJUI, then=Seq((izinkan("sekda"),))),
    )
)
DIPUTUS_KEPALA = Seq(
    (
        putuskan("kepala-opd", "Putuskan permintaan cuti", "sekda"),
        When("bila-disetujui-kepala-opd", DISETUJUI, then=Seq((izinkan("kepala-opd"),))),
    )
)

TIDAK_DIBERIKAN = (
    When(
        "bila-ditangguhkan",
        fact("keputusan_cuti").eq("tangguhkan"),
        then=Seq(
            (
                When(
                    "bila-tahunan-ditangguhkan",
                    TAHUNAN,
                    then=Seq(
                        (
                            call(
                                "simpan-hak", "post", (), "Hari yang ditangguhkan dibawa ke tahun berikutnya, paling lama satu tahun",
                                of="tahan-hak", carry="ditangguhkan",
                            ),
                        )
                    ),
                ),
                Task(
                    "terima-penangguhan",
                    by=("pegawai",),
                    ask="acknowledge",
                    outcomes=(end("mengerti", "dialihkan"),),
                    title="Cuti Anda ditangguhkan; hak tetap tersimpan",
                    within=Within(3),
                    on_late=(deemed("mengerti"),),
                ),
            )
        ),
    ),
    When(
        "bila-ditolak",
        fact("keputusan_cuti").eq("tolak"),
        then=Seq(
            (
                Task(
                    "terima-penolakan",
                    by=("pegawai",),
                    ask="acknowledge",
                    outcomes=(end("mengerti", "ditolak", reason=False),),
                    title="Permintaan cuti Anda tidak disetujui; baca alasannya",
                    within=Within(3),
                    on_late=(deemed("mengerti"),),
                ),
            )
        ),
    ),
)  # fmt: skip

DIJALANKAN = (
    When("bila-hak-dipakai", TAHUNAN, then=Seq((call("pakai-hak", "post", (), "Hari yang ditahan dibukukan", of="tahan-hak"),))),
    call(
        "tetapkan-jadwal", "book", (), "Tanggal cuti tetap tercatat sesudah perkara selesai",
        who=ORANG, period=field("periode"), purpose="cuti", lasting=True, of="pesan-jadwal",
    ),
    Task(
        "catat-cuti",
        by=("pengelola-kepegawaian",),
        ask="record",
        outcomes=(go("tercatat"),),
        title="Perbarui presensi dan TPP; saldo dan jadwal sudah dicatat sistem",
        within=Within(1),
    ),
    When("bila-kepala-unit", applicant("kepala_unit").eq(True), then=Seq((
                Open(
                    "buka-penunjukan-plh-plt",
                    "penunjukan-plh-plt",
                    hands=(
                        Argument("jenis", Value("plh")), Argument("jabatan", applicant("position")), Argument("pejabat_definitif", ORANG),
                        Argument("penerima", field("pengganti")), Argument("sebab", Value("cuti")), Argument("periode", field("periode")),
                    ),
                ),))),
    Notify("beritahu-atasan-langsung", ("atasan-langsung", "bendahara-gaji"), about="Cuti disetujui: jenis, tanggal, dan pegawai pengganti"),
    Wait(
        "masa-cuti",
        what="Hari terakhir cuti; atau perintah tertulis kembali bekerja karena kepentingan dinas mendesak; atau pegawai kembali lebih awal",
        outcomes=(
            go("berakhir"),
            go("dipanggil-kembali", needs=("tanggal_kembali", "bukti_kembali")),
            go("dipersingkat", needs=("tanggal_kembali",)),
        ),
        until=field("periode"),
        reached="berakhir",
        recorded_by=("atasan-langsung", "pengelola-kepegawaian"),
        fills=("tanggal_kembali", "bukti_kembali"),
    ),
    When(
        "bila-kembali-lebih-awal",
        fact("akhir_cuti").one_of("dipanggil-kembali", "dipersingkat"),
        then=Seq(
            (
                call("lepas-jadwal", "unbook", (), "Sisa tanggal cuti dilepas", of="tetapkan-jadwal", since=field("tanggal_kembali")),
                When(
                    "bila-sisa-tahunan",
                    TAHUNAN,
                    then=Seq(
                        (
                            call(
                                "hitung-sisa", "compute", ("hari_dikembalikan",), "Hari kerja yang tidak dijalankan",
                                working_days=span(field("tanggal_kembali"), last_day(field("periode"))),
                            ),
                            When(
                                "bila-ada-hari-kerja-sisa",  # yang tidak dijalankan dapat hanya hari libur
                                fact("hari_dikembalikan") > 0,
                                then=Seq(
                                    (
                                        call(
                                            "kembalikan-sisa", "release", (), "Hari yang tidak dijalankan kembali menjadi hak",
                                            of="tahan-hak", posted=True, amount=fact("hari_dikembalikan"),
                                        ),
                                    )
                                ),
                            ),
                        )
                    ),
                ),
            )
        ),
    ),
    When(
        "bila-lapor-cltn",
        JENIS.eq("cltn"),
        then=Seq(
            (
                Task(
                    "lapor-selesai-cltn",
                    by=("pegawai",),
                    ask="report",
                    outcomes=(end("lapor", "dikabulkan"),),
                    title="Laporkan secara tertulis bahwa CLTN berakhir (tidak melapor berakibat pemberhentian)",
                    within=Within(30, "calendar"),
                    on_late=(remind(1), escalate("kepala-bkpsdm", 2)),
                ),
            )
        ),
        otherwise=Seq(
            (
                Task(
                    "lapor-kembali",
                    by=("pegawai",),
                    ask="report",
                    outcomes=(end("lapor", "dikabulkan"),),
                    title="Laporkan bahwa Anda sudah kembali bekerja",
                    within=Within(1),
                    on_late=(remind(1), escalate(SUPERIOR, 2)),
                ),
            )
        ),
    ),
)  # fmt: skip
