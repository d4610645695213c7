"""Tindak lanjut pengaduan warga (LAKSA). Warga melapor dengan titik dan foto, operator meneruskan, perangkat daerah mengerjakan, warga menilai dan boleh menyanggah satu kali."""

from __future__ import annotations

from engine.expr import empty, fact, field, number_of, times
from engine.nodes import Issue, Notify, Seq, Task, When, Within, back, deemed, end, escalate, go, remind
from engine.pin import pinned
from engine.process import Archive, Document, Fact, Process, Sla, Starts, Title
from engine.shapes import call

from .form import FORM, LAMPIRAN, LAPORKAN
from .steps import OPERATOR, PENANGANAN


def cek_nik(name: str) -> When:
    """Mencocokkan NIK; dilakukan lagi sesudah verifikasi bila layanan kependudukan tadi tidak menjawab."""
    return When(
        f"bila-{name}",
        ~empty(field("nik")) & empty(fact("nik_cocok")),
        then=Seq(
            (
                call(
                    name, "ask_system", ("nik_cocok",), "NIK dicocokkan dengan data kependudukan; bila layanannya mati, laporan tetap diterima", "empty",
                    system="kependudukan", operation="cocokkan-nik", outcome="nik_cocok", nik=field("nik"),
                ),
            )
        ),
    )  # fmt: skip


PENERIMAAN = (
    Task(
        "laporkan",
        by=("warga",),
        ask="fill",
        outcomes=(go("kirim"), end("batal", "batal", reason=False)),
        title="Laporkan keadaan di sekitar Anda",
        fills=LAPORKAN,
    ),
    call(
        "tentukan-kelurahan", "locate", ("kode_kelurahan", "kelurahan"), "Titik ke kelurahan; di luar kota atau tidak terbaca, operator memeriksa", "empty",
        point=field("lokasi"), kind="kelurahan",
    ),
    cek_nik("cek-nik"),
    When(
        "bila-di-luar-kota",
        empty(fact("kelurahan")),
        then=Seq(
            (
                Task(
                    "periksa-titik",
                    by=OPERATOR,
                    ask="check",
                    outcomes=(back("minta-titik-lain", "laporkan"), go("kelurahan-diketahui", needs=("kelurahan",)), end("di-luar-kota", "ditolak")),
                    title="Titik tidak berada dalam kelurahan kota ini: minta titik lain, isi kelurahannya, atau tolak dengan petunjuk",
                    fills=("kelurahan",),
                    within=Within(1),
                    on_late=(remind(1), escalate("kepala-diskominfo", 1)),
                ),
            )
        ),
    ),
    Issue("terbitkan-tanda-terima", ("tanda-terima-laporan",)),
    call("catat-nomor", "compute", ("nomor_laporan",), "Disebut pada surat-surat berikutnya", nomor=number_of("tanda-terima-laporan")),
    call(
        "cari-laporan-serupa", "look_up", ("ada_serupa", "laporan_serupa"), "Laporan terbuka di kelurahan dan kategori yang sama; bila daftarnya tidak terbaca, operator mencari sendiri", "empty",
        what="registri", kind="laporan-laksa", key=fact("kelurahan"), attribute="kategori", equals=field("kategori"),
    ),
    call(
        "catat-laporan", "post", (), "Terbuka sampai laporan ini selesai, agar laporan ganda terlihat",
        registry="laporan-laksa", key=fact("kelurahan"), kategori=field("kategori"), nomor=fact("nomor_laporan"), with_case=True,
    ),
)  # fmt: skip

VERIFIKASI = (
    Task(
        "verifikasi",
        by=OPERATOR,
        ask="verify",
        outcomes=(
            go("teruskan", needs=("layanan", "opd_tujuan")),
            go("darurat", needs=("opd_tujuan",)),
            end("gabung", "dialihkan", needs=("laporan_induk",)),
            end("tolak", "ditolak"),
        ),
        title="Verifikasi: teruskan, gabung laporan ganda, darurat, atau tolak",
        fills=("kategori", "layanan", "opd_tujuan", "laporan_induk"),
        within=Within(1),
        on_late=(remind(1), escalate("kepala-diskominfo", 1)),
    ),
    cek_nik("cek-nik-ulang"),
    Notify("beritahu-diteruskan", ("warga",), about="Status proses: laporan diteruskan (jawaban pertama paling lama 3 hari kerja)"),
)

PENILAIAN = (
    Task(
        "cek-silang",
        by=OPERATOR,
        ask="check",
        outcomes=(go("tutup"), back("buka-kembali", "verifikasi")),
        title="Cek silang foto, titik dan jawaban; tutup atau buka kembali",
        within=Within(1),
        excludes=("kerjakan",),
    ),
    Notify(
        "beritahu-selesai",
        ("warga",),
        about="Status selesai; foto sebelum dan sesudah atau jawaban dapat dilihat dan disanggah",
        letters=("jawaban-resmi",),
    ),
    Task(
        "nilai-hasil",
        by=("warga",),
        ask="decide",
        outcomes=(end("puas", "selesai"), go("sanggah", reason=True)),
        title="Nilai hasil penanganan atau sanggah (satu kali)",
        shows=("uraian", "opd_tujuan", "foto_sebelum", "foto_sesudah", "jawaban-resmi"),
        within=Within(10),
        on_late=(deemed("puas"),),
    ),
    When(
        "bila-sanggahan-pertama",
        fact("jumlah_sanggah") <= 1,
        then=Seq(
            (
                Task(
                    "buka-kembali",
                    by=OPERATOR,
                    ask="dispatch",
                    outcomes=(back("buka", "verifikasi"), end("dicabut-pelapor", "dicabut")),
                    title="Buka kembali laporan yang disanggah warga",
                    within=Within(1),
                ),
            )
        ),
        otherwise=Seq(
            (
                Task(
                    "putusan-akhir",
                    by=("sekda",),
                    ask="decide",
                    outcomes=(end("tutup", "selesai", reason=True), back("perintahkan-ulang", "verifikasi")),
                    title="Sanggahan kedua: putuskan penutupan akhir",
                    within=Within(2),
                ),
            )
        ),
    ),
)

FAKTA = (
    Fact("kode_kelurahan", "text", meaning="Kode wilayah kelurahan menurut titik lokasi", source="act"),
    Fact("kelurahan", "text", meaning="Kelurahan menurut titik lokasi, atau menurut operator bila titiknya tidak terbaca"),
    Fact("nomor_laporan", "text", meaning="Nomor tanda terima laporan ini", source="act"),
    Fact("nik_cocok", "boolean", meaning="NIK ada pada data kependudukan", source="act"),
    Fact("ada_serupa", "boolean", meaning="Ada laporan terbuka di kelurahan dan kategori yang sama", source="act"),
    Fact("laporan_serupa", "text", meaning="Laporan terbuka yang mungkin sama", source="act"),
    Fact("arah", "choice", meaning="Putusan verifikasi", choices=("teruskan", "darurat"), takes=("verifikasi",)),
    Fact("darurat", "boolean", meaning="ya berarti diteruskan ke 112 seketika", source="computed", value=fact("arah").eq("darurat")),
    Fact(
        "layanan",
        "choice",
        meaning="Kelas layanan yang menentukan batas waktu",
        choices=("informasi", "tanpa-pemeriksaan", "dengan-pemeriksaan"),
    ),
    Fact("opd_tujuan", "unit", meaning="Perangkat daerah yang menangani"),
    Fact("laporan_induk", "text", meaning="Nomor laporan tempat laporan ganda ini digabung"),
    Fact("catatan_darurat", "longtext", meaning="Hasil penanganan darurat oleh 112"),
    Fact(
        "jumlah_pindah",
        "integer",
        meaning="Berapa kali perangkat daerah menyatakan salah unit",
        source="computed",
        value=times("terima-laporan", "salah-unit"),
    ),
    Fact("petugas_lapangan", "employee", meaning="Petugas yang ditugaskan"),
    Fact(
        "hasil_lapangan",
        "choice",
        meaning="Hasil petugas",
        choices=("selesai", "butuh-anggaran", "tidak-mungkin", "lewat-waktu"),
        takes=("kerjakan",),
    ),
    Fact("foto_sebelum", "files", meaning="Foto sebelum dikerjakan", evidence=True),
    Fact("foto_sesudah", "files", meaning="Foto sesudah, diambil dalam 100 meter dari titik laporan", evidence=True),
    Fact("titik_pekerjaan", "location", meaning="Tempat foto sesudah diambil"),
    Fact("jarak_meter", "integer", meaning="Jarak tempat foto dari titik laporan, dalam meter", source="act"),
    Fact("jawaban", "longtext", meaning="Konsep jawaban resmi; untuk hasil lapangan yang belum selesai diambil dari alasan petugas"),
    Fact(
        "jumlah_sanggah",
        "integer",
        meaning="Berapa kali warga menyanggah hasil",
        source="computed",
        value=times("nilai-hasil", "sanggah"),
    ),
)

PROCESS = pinned(
    Process(
        code="pengaduan-laksa",
        title=Title("Tindak lanjut pengaduan warga (LAKSA)", "Citizen complaint follow-up"),
        family="informasi-arsip-tik",
        owner="kepala-diskominfo",
        summary="Warga melapor dengan foto dan titik lokasi, operator ruang kendali memverifikasi dan meneruskan ke perangkat daerah (darurat langsung ke 112), petugas mengerjakan dengan foto sebelum dan sesudah, operator mengecek silang, warga menilai dan boleh menyanggah satu kali.",
        starts=Starts("warga", desk="operator-live-room"),
        sla=Sla(
            14,
            "working",
            source="Jawaban pertama 3 hari kerja; permintaan informasi 5; pengaduan tanpa pemeriksaan 14; dengan pemeriksaan 60 hari kerja",
        ),
        archive=Archive(
            "700.1.2.4",
            active_years=1,
            inactive_years=2,
            then="musnah",
            source="Klasifikasi Permendagri 83/2022 (pengaduan, padanan terbaik); retensi usulan awal",
        ),
        legal_basis=("UU 25/2009", "Perpres 76/2013", "PermenPANRB 62/2018", "UU 27/2022"),
        form=FORM,
        flow=Seq((*PENERIMAAN, *VERIFIKASI, PENANGANAN, *PENILAIAN)),
        attachments=LAMPIRAN,
        facts=FAKTA,
        documents=(
            Document(
                "tanda-terima-laporan",
                "Tanda terima laporan",
                "tanda-terima",
                signer=("segel",),
                register="laporan_laksa",
                number="LKS-{tahun}-{urut}",
                copies_to=("warga",),
            ),
            Document(
                "surat-tugas-lapangan",
                "Surat tugas lapangan",
                "surat-tugas",
                signer=("kepala-bidang",),
                register="surat_tugas",
                number="800.1.11.1/{urut}/{unit}/{tahun}",
                copies_to=("admin-opd",),
            ),
            Document(
                "jawaban-resmi",
                "Jawaban resmi atas laporan warga",
                "surat-dinas",
                signer=("kepala-opd",),
                register="surat_keluar",
                number="700.1.2.4/{urut}/{unit}/{tahun}",
                copies_to=("operator-live-room",),
            ),
        ),
    ),
)
