"""Permintaan dan pemberian cuti ASN. Hak dan jadwal ditahan sejak diajukan; atasan menimbang, pejabat yang berwenang menurut jenis cuti dan jabatan memutuskan, lalu saldo, jadwal, dan pelaksana harian diurus sampai pegawai melapor kembali."""

from __future__ import annotations

from engine.expr import applicant, days, fact, field
from engine.nodes import (
    SUPERIOR,
    Seq,
    Task,
    When,
    Within,
    back,
    end,
    escalate,
    go,
    lapse,
    remind,
)
from engine.pin import pinned
from engine.process import Archive, Document, Fact, Process, Sla, Starts, Title

from .form import FORM, JENIS, LAMPIRAN
from .steps import (
    AJUKAN,
    DIJALANKAN,
    DIPUTUS_KEPALA,
    DIPUTUS_SEKDA,
    DIPUTUS_WALI_KOTA,
    KODE,
    LUAR_BIASA,
    NOMOR,
    PERIKSA_HAK,
    TAHUNAN,
    TIDAK_DIBERIKAN,
)

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
