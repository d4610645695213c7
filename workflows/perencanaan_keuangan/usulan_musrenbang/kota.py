"""Tingkat kota: telaah dan survei tiap usulan, penyelarasan dengan RKPD, rapat TAPD, berita acara, RKPD ditetapkan, lalu status akhir ke setiap kelurahan."""

from __future__ import annotations

from engine.expr import all_, column, count, empty, fact, field, joined, pick
from engine.fields import Rule
from engine.nodes import Argument, Each, Issue, Open, Outcome, Seq, Task, Wait, When, Within, again, back, end, escalate, go, remind
from engine.shapes import call

from .bersama import BAPPEDA, DITERUSKAN, KEPALA, KODE, TAHUN, TERUS, berita_acara, kabari, musyawarah, usul
from .form import HASIL, MUSYAWARAH
from .kecamatan import HIMPUNAN, NILAI

SURVEYOR, OPD = ("surveyor-opd",), ("kepala-opd",)
BATAS_JARAK = 50
SIKAP = column("sikap_tapd", "sikap")
HADIR = count(SIKAP.one_of("setuju", "tidak-setuju"))
BERFOTO = (Rule(count(fact("foto_survei")) >= 1, "Unggah paling sedikit satu foto bertanda waktu dan lokasi."),)
LAYAK = Rule(
    all_(~DITERUSKAN | (usul("hasil_telaah").eq("layak") & ~usul("hasil_survei").eq("tidak-ditemukan"))),
    "Usulan yang ditunda atau ditolak perangkat daerah, atau lokasinya tidak ditemukan, tidak dapat diteruskan. Ubah statusnya dengan alasan.",
)
SEPAKAT = (
    Rule(count(column("sikap_tapd", "anggota")) < HADIR * 2, "Rapat memerlukan lebih dari setengah anggota TAPD. Lengkapi sikap anggota yang hadir."),
    Rule(count(SIKAP.eq("setuju")) * 2 > HADIR, "Belum disetujui lebih dari setengah anggota yang hadir. Kembalikan untuk diselaraskan."),
    LAYAK,
)
DITELAAH = ("catatan_telaah",)

SURVEI = Seq((
    Task(
        "survei-lapangan", SURVEYOR, "inspect",
        (go("diperiksa", needs=("titik_survei", "foto_survei"), rules=BERFOTO), go("tidak-ditemukan", reason=True, needs=("foto_survei",), rules=BERFOTO)),
        "Survei lapangan usulan fisik", ("titik_survei", "foto_survei"), within=Within(5), on_late=(remind(1), escalate("kepala-opd", 1)),
    ),
    call(
        "ukur-jarak", "locate", ("jarak_survei",), "Jarak titik usulan ke titik survei; kosong dianggap lebih dari 50 meter", "empty",
        point=usul("lokasi"), to=fact("titik_survei"),
    ),
    When(
        "bila-titik-terlalu-jauh",
        fact("hasil_survei").eq("diperiksa") & ((fact("jarak_survei") > BATAS_JARAK) | empty(fact("jarak_survei"))),
        then=Seq((
            Task(
                "jelaskan-selisih-titik", SURVEYOR, "correct",
                (back("ulang-survei", "survei-lapangan"), go("titik-usulan-keliru", reason=True)),
                "Titik survei lebih dari 50 meter dari titik usulan: ulangi atau jelaskan", DITELAAH, within=Within(2),
            ),
        )),
    ),
))  # fmt: skip

TELAAH = Each(
    "tiap-usulan-ditelaah",
    "usulan",
    Seq((
        Task(
            "telaah-opd", OPD, "assess",
            (*(go(kata, needs=DITELAAH) for kata in ("layak", "tunda", "tolak")), again("alihkan-opd", "Alihkan ke perangkat daerah lain", reason=True)),
            "Forum OPD: telaah kewenangan, harga dan status lahan usulan", (*DITELAAH, "usulan.opd_tujuan"),
            within=Within(10), on_late=(escalate("kepala-bappeda", 1), remind(2)),
        ),
        When("bila-perlu-survei", fact("hasil_telaah").eq("layak") & usul("jenis").eq("fisik"), then=SURVEI),
    )),
)  # fmt: skip

PENYELARASAN: tuple[Outcome, ...] = (go("terima", rules=SEPAKAT), go("pangkas", rules=SEPAKAT), back("kembalikan", "selaraskan-rkpd"))

PENETAPAN = (
    Open(
        "buka-peraturan-wali-kota", "peraturan-wali-kota", "RKPD ditetapkan dengan peraturan wali kota; bila proses itu belum dipasang, Bappeda mengusulkannya sendiri",
        "empty", hands=(Argument("judul", joined("Rencana Kerja Pemerintah Daerah Tahun ", TAHUN)),),
    ),
    Wait(
        "tunggu-penetapan-rkpd", "Peraturan Wali Kota tentang RKPD ditandatangani wali kota", (go("ditetapkan"), go("tidak-ada-jawaban", silent=True)),
        recorded_by=BAPPEDA, at_most=Within(90, "calendar"), silent="tidak-ada-jawaban",
    ),
    When(
        "bila-rkpd-belum-ditetapkan",
        fact("hasil_rkpd").eq("tidak-ada-jawaban"),
        then=Seq((
            Task(
                "kejar-penetapan-rkpd", BAPPEDA, "decide", (back("tunggu-lagi", "tunggu-penetapan-rkpd"), end("hentikan", "gugur")),
                "RKPD belum ditetapkan: tunggu lagi atau hentikan", within=Within(5),
            ),
        )),
    ),
    Each(
        "tiap-usulan-ditetapkan",
        "usulan",
        Seq((
            call(
                "tetapkan-status", "compute", ("status_akhir",), "Yang diteruskan masuk RKPD; yang lain tetap seperti diputus",
                status=pick(usul("status"), TERUS, "masuk-rkpd", usul("status")),
            ),
        )),
    ),
    call(
        "tetapkan-status-akhir", "answer", ("jumlah_dijawab", "unit_dijawab"), "Setiap berkas kelurahan yang menunggu membaca status usulannya; yang gagal diulang satu per satu",
        process=KODE, steps="tunggu-status-akhir", outcome="status-akhir", case_tingkat="kelurahan", case_tahun_rencana=TAHUN,
    ),
    Issue("terbitkan-status-kota", ("daftar-status-usulan",)),
    kabari("camat", "unit_pengirim", "Daftar usulan Musrenbang yang diterima dan ditolak untuk tahun rencana sudah terbit"),
    kabari("lurah", "unit_dijawab", "Daftar usulan Musrenbang yang diterima dan ditolak untuk tahun rencana sudah terbit"),
)  # fmt: skip

DI_KOTA = (
    Wait(
        "tunggu-usulan-kecamatan", "Berita acara dan daftar usulan semua kecamatan", (go("lengkap"), go("tenggat-lewat", silent=True)),
        recorded_by=BAPPEDA, at_most=Within(35), silent="tenggat-lewat",
    ),
    call(
        "himpun-usulan-kecamatan", "gather", HIMPUNAN, "Usulan yang diteruskan kecamatan dengan berita acara tertandatangan; yang terlambat dicatat",
        process=KODE, table="usulan", state="any", signed="ba-musrenbang-kecamatan", id="nomor_usulan", row_status=TERUS,
        case_tingkat="kecamatan", case_tahun_rencana=TAHUN,
    ),
    TELAAH,
    musyawarah(
        "selaraskan-rkpd", BAPPEDA, "Selaraskan dengan pokok pikiran DPRD dan program, masukkan ke rancangan RKPD; tunda atau tolak dengan alasan", LAYAK,
        kata="susun", isi=(*MUSYAWARAH, "usulan.nama_program"),
    ),
    Task(
        "sesuaikan-pagu", ("tapd",), "vote", PENYELARASAN, "Sesuaikan daftar usulan dengan pagu; keputusan rapat TAPD", (*HASIL, "sikap_tapd"), within=Within(5),
    ),
    call("hitung-nilai-kota", "compute", ("nilai_diteruskan",), "Jumlah perkiraan biaya usulan yang lolos TAPD", nilai=NILAI),
    When(
        "bila-melebihi-pagu-kota",
        fact("nilai_diteruskan") > field("pagu_kota"),
        then=Seq((
            Task(
                "pangkas-lebih-pagu", BAPPEDA, "decide", (back("selaraskan-ulang", "selaraskan-rkpd"), go("catat-sebagai-cadangan", reason=True)),
                "Daftar masih melebihi pagu kota: kembalikan untuk diselaraskan", within=Within(2),
            ),
        )),
    ),
    berita_acara("kota", KEPALA, "selaraskan-rkpd", "kembalikan", 2),
    *PENETAPAN,
)  # fmt: skip
