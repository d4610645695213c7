"""Surat keterangan penelitian. Permohonan diperiksa berkas dan risikonya, dimintakan kesediaan tiap lokasi, diterbitkan suratnya, lalu peneliti menyerahkan laporan hasil."""

from __future__ import annotations

from engine.expr import any_, column, fact, field, first_day, last_day, number_of, today
from engine.nodes import SUPERIOR, Each, Notify, Seq, Sign, Task, Wait, When, Within, back, deemed, end, escalate, go, lapse, pause, remind, skip
from engine.pin import pinned
from engine.process import Archive, Document, Fact, Process, Sla, Starts, Title
from engine.shapes import call

from .form import AJUKAN, FORM, LAMPIRAN

NOMOR = "400.14.5.4/{urut}/{unit}/{tahun}"
KETERANGAN = number_of("surat-keterangan")
PARA_PENELITI = column("peneliti", "identitas")


def tolak(name: str, *kembali: str) -> Sign:
    """Surat penolakan; alasan yang dicetak diisi penandatangan."""
    return Sign(
        name,
        ("kepala-kesbangpol",),
        ("penolakan",),
        (end("tandatangani", "ditolak", reason=False, performs=True), *(back("kembalikan", langkah) for langkah in kembali)),
        fills=("alasan_penolakan",),
        within=Within(1),
        on_late=(remind(1), escalate(SUPERIOR, 1)),
    )


RIWAYAT = (
    call(
        "cek-laporan-lama", "look_up", ("laporan_tertunggak", "rincian_tunggakan"),
        "Surat terdahulu tiap peneliti menurut NIK atau NIM; bila daftarnya tidak terbaca, nilainya kosong dan petugas memeriksa", "empty",
        what="registri", kind="laporan-penelitian", key=PARA_PENELITI, attribute="batas", before=today(),
    ),
    When(
        "bila-perpanjangan",
        field("perpanjangan").eq(True),
        then=Seq(
            (
                call(
                    "cek-surat-lama", "look_up", ("surat_lama_ada",), "Surat yang disebut memang diterbitkan Kesbangpol", "empty",
                    what="registri", kind="surat-penelitian", key=field("nomor_surat_lama"), state="semua",
                ),
                call(
                    "cek-perpanjangan", "look_up", ("sudah_diperpanjang",), "Perpanjangan lain atas surat yang sama", "empty",
                    what="registri", kind="perpanjangan-penelitian", key=field("nomor_surat_lama"), state="semua",
                ),
            )
        ),
    ),
)  # fmt: skip

TERBIT = (
    call(
        "catat-surat", "post", (), "Surat masuk daftar surat terbit",
        registry="surat-penelitian", key=KETERANGAN, judul=field("judul"), until=last_day(field("waktu")),
        **{"from": first_day(field("waktu"))},
    ),
    call("hitung-batas-laporan", "compute", ("batas_laporan",), "20 hari kerja sesudah penelitian selesai", working_days_from=last_day(field("waktu")), working_days_after=20),
    call(
        "catat-kewajiban-laporan", "post", (), "Tiap peneliti berutang laporan sampai perkara ini selesai",
        registry="laporan-penelitian", key=PARA_PENELITI, nomor=KETERANGAN, batas=fact("batas_laporan"),
        with_case=True,
    ),
    When(
        "bila-memperpanjang",
        field("perpanjangan").eq(True),
        then=Seq(
            (
                call(
                    "catat-perpanjangan", "post", ("perpanjangan_tercatat",), "Satu surat hanya sekali diperpanjang",
                    registry="perpanjangan-penelitian", key=field("nomor_surat_lama"), nomor=KETERANGAN,
                ),
            )
        ),
    ),
)  # fmt: skip

SELESAI = (
    Wait(
        "akhir-penelitian",
        what="Hari terakhir waktu penelitian",
        outcomes=(go("tiba"), go("selesai-lebih-awal"), end("dicabut-karena-pelanggaran", "dicabut")),
        until=field("waktu"),
        reached="tiba",
        recorded_by=("petugas-kesbangpol",),
    ),
    Task(
        "serahkan-laporan",
        by=("peneliti",),
        ask="report",
        outcomes=(go("serahkan", needs=("laporan",)), end("penelitian-tidak-jadi", "dicabut")),
        title="Serahkan laporan hasil penelitian",
        fills=("laporan",),
        within=Within(20),
        on_late=(remind(10), remind(20)),
    ),
    Task(
        "terima-laporan",
        by=("petugas-kesbangpol",),
        ask="receive",
        outcomes=(end("diterima", "diterbitkan"), back("tidak-sesuai", "serahkan-laporan")),
        title="Terima laporan dan teruskan ke lokasi penelitian",
        within=Within(3),
    ),
)

PROCESS = pinned(
    Process(
        code="surat-keterangan-penelitian",
        title=Title("Surat keterangan penelitian", "Research letter"),
        family="perizinan-rekomendasi",
        owner="kepala-kesbangpol",
        summary="Permohonan penelitian di wilayah kota diperiksa berkas dan risikonya, dimintakan kesediaan tiap perangkat daerah atau kelurahan tempat penelitian, diterbitkan suratnya, lalu peneliti menyerahkan laporan hasil.",
        starts=Starts("peneliti", desk="petugas-kesbangpol"),
        sla=Sla(
            6,
            "working",
            source="Permendagri 3/2018 (angka hari belum dicocokkan dengan naskahnya); sampai surat ditandatangani, sejak berkas lengkap",
        ),
        archive=Archive(
            "400.14.5.4",
            active_years=0,
            inactive_years=0,
            then="dinilai-kembali",
            source="Kode dipakai untuk surat penelitian dan magang pada beberapa berkas kode publik; retensi belum ditemukan",
        ),
        legal_basis=("Permendagri 3/2018", "UU 11/2019"),
        form=FORM,
        flow=Seq(
            (
                Task(
                    "ajukan",
                    by=("peneliti",),
                    ask="fill",
                    outcomes=(go("kirim"), end("batal", "batal", reason=False)),
                    title="Isi permohonan surat keterangan penelitian",
                    fills=AJUKAN,
                    within=Within(30, "calendar"),
                    on_late=(lapse("gugur"),),
                ),
                *RIWAYAT,
                Task(
                    "cek-kelengkapan",
                    by=("petugas-kesbangpol",),
                    ask="verify",
                    outcomes=(
                        go("lengkap"),
                        back("kembalikan", "ajukan"),
                        pause("laporan-lama-belum-masuk", "menunggu-laporan-penelitian-lama"),
                        end("laporan-lama-tidak-diserahkan", "tidak-lengkap"),
                        skip("sudah-pernah-diperpanjang", "tandatangani-penolakan", reason=True),
                    ),
                    title="Periksa kelengkapan dan laporan terdahulu",
                    within=Within(1),
                    on_late=(remind(1), escalate(SUPERIOR, 1)),
                ),
                When(
                    "bila-asing",
                    field("asing").eq(True),
                    then=Seq(
                        (
                            Task(
                                "periksa-izin-asing",
                                by=("petugas-kesbangpol",),
                                ask="check",
                                outcomes=(go("izin-sah"), end("arahkan-ke-brin-atau-kemendagri", "dialihkan")),
                                title="Periksa izin BRIN atau Kemendagri untuk peneliti asing",
                                within=Within(1),
                            ),
                        ),
                    ),
                ),
                Task(
                    "telaah-risiko",
                    by=("kepala-bidang-kewaspadaan",),
                    ask="assess",
                    outcomes=(go("setuju"), back("kembalikan", "ajukan"), skip("tolak", "tandatangani-penolakan", reason=True)),
                    title="Telaah risiko: tempat, orang dan tema penelitian",
                    fills=("tingkat_risiko", "catatan_risiko"),
                    within=Within(2),
                    on_late=(remind(1), escalate(SUPERIOR, 2)),
                    excludes=("cek-kelengkapan",),
                ),
                Each(
                    "tiap-lokasi",
                    "lokasi",
                    do=Seq(
                        (
                            Task(
                                "jawab-lokasi",
                                by=("opd-lokasi",),
                                ask="decide",
                                outcomes=(go("bersedia"), go("tidak-bersedia", reason=True), go("bersedia-karena-diam", silent=True)),
                                title="Nyatakan kesediaan menjadi lokasi penelitian",
                                within=Within(2),
                                on_late=(deemed("bersedia-karena-diam"),),
                            ),
                        ),
                    ),
                ),
                When(
                    "bila-semua-lokasi-menolak",
                    ~any_(column("lokasi", "sikap_lokasi").ne("tidak-bersedia")),
                    then=Seq((tolak("tolak-tanpa-lokasi", "telaah-risiko"),)),
                ),
                Sign(
                    "tandatangani-surat",
                    by=("kepala-kesbangpol",),
                    documents=("surat-keterangan",),
                    outcomes=(
                        go("tandatangani", performs=True),
                        back("kembalikan", "telaah-risiko"),
                        skip("tolak", "tandatangani-penolakan", reason=True),
                    ),
                    within=Within(1),
                    on_late=(remind(1), escalate(SUPERIOR, 1)),
                    excludes=("cek-kelengkapan", "telaah-risiko"),
                ),
                *TERBIT,
                Notify(
                    "beritahu-peneliti",
                    ("peneliti", "opd-lokasi"),
                    about="Surat keterangan penelitian terbit, hanya untuk lokasi yang bersedia",
                    letters=("surat-keterangan",),
                ),
                *SELESAI,
                tolak("tandatangani-penolakan", "telaah-risiko"),
            ),
        ),
        attachments=LAMPIRAN,
        facts=(
            Fact(
                "laporan_tertunggak",
                "boolean",
                meaning="Salah satu peneliti punya surat terdahulu yang laporannya lewat batas dan belum diterima",
                source="act",
            ),
            Fact("rincian_tunggakan", "text", meaning="Surat yang laporannya belum masuk", source="act"),
            Fact("surat_lama_ada", "boolean", meaning="Surat yang diperpanjang ada pada daftar surat terbit", source="act"),
            Fact("sudah_diperpanjang", "boolean", meaning="Surat yang disebut pernah diperpanjang satu kali", source="act"),
            Fact("tingkat_risiko", "choice", meaning="Menurut tempat, orang dan tema", choices=("rendah", "sedang", "tinggi")),
            Fact("catatan_risiko", "longtext", meaning="Dampak yang dikhawatirkan dan syarat yang diminta"),
            Fact(
                "sikap_lokasi",
                "choice",
                meaning="Sikap tiap lokasi",
                choices=("bersedia", "bersedia-karena-diam", "tidak-bersedia"),
                takes=("jawab-lokasi",),
            ),
            Fact("batas_laporan", "date", meaning="Laporan paling lambat diserahkan", source="act"),
            Fact("perpanjangan_tercatat", "boolean", meaning="Perpanjangan tercatat pada surat lama", source="act"),
            Fact("laporan", "files", meaning="Laporan hasil penelitian"),
        ),
        documents=(
            Document(
                "surat-keterangan",
                "Surat keterangan penelitian",
                "surat-keterangan",
                signer=("kepala-kesbangpol",),
                register="surat_keluar",
                number=NOMOR,
                copies_to=("opd-lokasi",),
            ),
            Document(
                "penolakan",
                "Surat penolakan penelitian",
                "surat-penolakan",
                signer=("kepala-kesbangpol",),
                register="surat_keluar",
                number=NOMOR,
                copies_to=("peneliti",),
            ),
        ),
    ),
)
