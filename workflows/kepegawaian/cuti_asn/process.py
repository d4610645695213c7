"""Permintaan dan pemberian cuti ASN. Hak dan jadwal ditahan sejak diajukan; atasan menimbang, pejabat yang berwenang menurut jenis cuti dan jabatan memutuskan, lalu saldo, jadwal, dan pelaksana harian diurus sampai pegawai melapor kembali."""

from __future__ import annotations

from engine.expr import Value, applicant, days, empty, fact, field, first_day, last_day, pick, span
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
    lapse,
    remind,
)
from engine.pin import pinned
from engine.process import Archive, Document, Fact, Process, Sla, Starts, Title
from engine.shapes import call

from .form import FORM, JENIS, LAMPIRAN

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

PROCESS = pinned(
    Process(
        code="cuti-asn",
        title=Title("Permintaan dan pemberian cuti ASN", "Civil servant leave"),
        family="kepegawaian",
        owner="kepala-bkpsdm",
        summary="Pegawai meminta cuti, sistem menghitung hak dan hari kerja, atasan memberi pertimbangan, pejabat yang berwenang menurut jenis cuti dan jabatan memutuskan, lalu saldo, presensi, TPP, dan pelaksana harian diurus sampai pegawai melapor kembali.",
        starts=Starts("pegawai"),
        sla=Sla(
            4,
            "working",
            source="Standar pelayanan cuti yang terbit di satu instansi; tidak menghitung putusan wali kota, persetujuan BKN, dan masa cutinya",
        ),
        archive=Archive(
            "800.1.11",
            active_years=1,
            inactive_years=1,
            then="musnah",
            source="Sub-kode menurut jenis: sakit .2, melahirkan .3, tahunan .4, alasan penting .5, besar .6, CLTN .7; masa simpan disamakan dengan 800.1.11.1",
        ),
        legal_basis=("UU 20/2023", "PP 11/2017 jo PP 17/2020", "Peraturan BKN 24/2017 jo Peraturan BKN 7/2021", "PP 49/2018"),
        form=FORM,
        flow=Seq(
            (
                Task(
                    "ajukan",
                    by=("pegawai",),
                    ask="fill",
                    outcomes=(go("kirim"), end("batal", "batal", reason=False)),
                    title="Isi permintaan cuti",
                    fills=AJUKAN,
                ),
                *PERIKSA_HAK.nodes,
                When(
                    "bila-hak-tidak-terpenuhi",
                    fact("hak_terpenuhi").eq(False),
                    then=Seq(
                        (
                            Task(
                                "perbaiki-permintaan",
                                by=("pegawai",),
                                ask="acknowledge",
                                outcomes=(back("ubah", "ajukan", reason=False), end("batal", "batal", reason=False)),
                                title="Permintaan tidak memenuhi aturan cuti: ubah atau batalkan",
                                within=Within(5),
                                on_late=(lapse("gugur"),),
                            ),
                        ),
                    ),
                ),
                When(
                    "bila-bukan-sekda",
                    ~applicant("jabatan").eq("sekda"),
                    then=Seq(
                        (
                            Task(
                                "pertimbangkan",
                                by=("atasan-langsung",),
                                ask="assess",
                                outcomes=(
                                    go("setujui"),
                                    back("ubah-tanggal", "ajukan"),
                                    go("tangguhkan", reason=True),
                                    go("tidak-setujui", reason=True),
                                ),
                                title="Beri pertimbangan atas permintaan cuti (alasan wajib bila menangguhkan atau tidak menyetujui)",
                                within=Within(1),
                                on_late=(remind(1), escalate(SUPERIOR, 2)),
                            ),
                        ),
                    ),
                ),
                Task(
                    "verifikasi",
                    by=("pengelola-kepegawaian",),
                    ask="verify",
                    outcomes=(go("lengkap"), back("kembalikan", "ajukan")),
                    title="Periksa saldo dan lampiran cuti",
                    within=Within(1),
                    on_late=(remind(1), escalate(SUPERIOR, 2)),
                ),
                When(
                    "bila-diputus-wali-kota",
                    LUAR_BIASA | applicant("jabatan").eq("sekda"),
                    then=DIPUTUS_WALI_KOTA,
                    otherwise=Seq(
                        (
                            When(
                                "bila-diputus-sekda",
                                applicant("jabatan").one_of("kepala-opd", "camat", "asisten") | (JENIS.eq("besar") & (days(field("periode")) > 30)),
                                then=DIPUTUS_SEKDA,
                                otherwise=DIPUTUS_KEPALA,
                            ),
                        )
                    ),
                ),
                *TIDAK_DIBERIKAN,
                *DIJALANKAN,
            ),
        ),
        attachments=LAMPIRAN,
        facts=(
            Fact(
                "hak_terpenuhi",
                "boolean",
                meaning="Semua aturan jenis cuti dan saldo terpenuhi dan pengganti bebas",
                source="computed",
                value=(~TAHUNAN | fact("hak_cukup").eq(True)) & fact("jadwal_bebas").eq(True) & ~fact("pengganti_bebas").eq(False),
            ),
            Fact("saldo_tahunan", "integer", meaning="Sisa hari kerja cuti tahunan sebelum permintaan ini", source="act"),
            Fact("hak_cukup", "boolean", meaning="Sisa hak cukup untuk hari yang diminta", source="act"),
            Fact("jadwal_bebas", "boolean", meaning="Tanggal cuti tidak bertumpuk dengan tugas atau cuti lain", source="act"),
            Fact("kegiatan_lain", "text", meaning="Kegiatan yang bertumpuk", source="act"),
            Fact("pengganti_bebas", "boolean", meaning="Pegawai pengganti tidak sedang cuti atau dinas luar", source="act"),
            Fact("kegiatan_pengganti", "text", meaning="Kegiatan pengganti yang bertumpuk", source="act"),
            Fact(
                "pertimbangan_atasan",
                "choice",
                meaning="Pertimbangan atasan langsung",
                choices=("setujui", "tangguhkan", "tidak-setujui"),
                takes=("pertimbangkan",),
            ),
            Fact(
                "keputusan_cuti",
                "choice",
                meaning="Keputusan pejabat yang berwenang",
                choices=("setujui", "tangguhkan", "tolak"),
                takes=("putuskan-kepala-opd", "putuskan-sekda", "putuskan-wali-kota"),
            ),
            Fact("nomor_persetujuan_bkn", "text", meaning="Nomor dan tanggal surat persetujuan teknis BKN"),
            Fact(
                "akhir_cuti",
                "choice",
                meaning="Bagaimana cuti berakhir",
                choices=("berakhir", "dipanggil-kembali", "dipersingkat"),
                takes=("masa-cuti",),
            ),
            Fact("hari_dikembalikan", "integer", meaning="Hari kerja yang kembali menjadi hak", source="act"),
        ),
        documents=(
            Document(
                "formulir-cuti",
                "Formulir permintaan dan pemberian cuti",
                "formulir-cuti",
                signer=("kepala-opd", "sekda", "wali-kota"),
                register="cuti",
                number=NOMOR,
                classification=KODE,
                by_mandate=True,
            ),
            Document(
                "surat-izin-cuti",
                "Surat izin cuti",
                "surat-izin",
                signer=("kepala-opd", "sekda", "wali-kota"),
                register="cuti",
                number=NOMOR,
                copies_to=("kepala-bkpsdm", "bendahara-gaji", "atasan-langsung"),
                classification=KODE,
                by_mandate=True,
            ),
            Document(
                "usul-cltn",
                "Surat permintaan persetujuan CLTN kepada BKN",
                "surat-dinas",
                signer=("wali-kota",),
                register="surat_keluar",
                number=NOMOR,
                classification=KODE,
            ),
            Document(
                "keputusan-cltn",
                "Keputusan wali kota tentang cuti di luar tanggungan negara",
                "surat-keputusan",
                signer=("wali-kota",),
                register="keputusan_wk",
                number="100.3.3.3/{urut}/{tahun}",
                copies_to=("kepala-bkpsdm", "bendahara-gaji"),
            ),
        ),
    ),
)
