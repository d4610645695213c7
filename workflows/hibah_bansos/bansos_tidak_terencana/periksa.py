"""Dari laporan lurah sampai keadaan darurat jelas: pemeriksaan mesin, data dan lapangan serentak dalam hitungan jam, keputusan tanggap darurat."""

from __future__ import annotations

from engine.expr import Expr, after, empty, fact, field, joined, number_of, pick, placed, span, today
from engine.fields import Rule
from engine.nodes import Par, Seq, Sign, Task, When, Within, back, deemed, end, escalate, go, remind
from engine.shapes import call

from .form import BENCANA, LAPORKAN, SEBAB

LURAH, PETUGAS, LAPANGAN, DINSOS = ("lurah",), ("petugas-dinsos",), ("petugas-lapangan-dinsos",), ("kepala-dinsos",)
TEGUR_DINSOS = (remind(1), escalate("kepala-dinsos", 2))
TEGUR_SEKDA = (remind(1), escalate("sekda", 2))
HARI = field("tanggal_kejadian")
SEKEJADIAN = span(after(HARI, -14), after(HARI, 14))
"""Laporan dengan sebab yang sama dalam rentang ini dianggap kejadian yang sama."""
WARGA_LAIN = field("pengusul").eq("warga-lain")
WILAYAH: Expr = pick(empty(fact("kode_kecamatan")), True, "kota", fact("kode_kecamatan"))
DARURAT = joined(SEBAB, ":", WILAYAH)
"""Kunci keputusan tanggap darurat: sebab dan kecamatan letak kejadian."""
PLAFON: Expr = pick(fact("tingkat_kerusakan"), "ringan", fact("plafon_ringan"), "sedang", fact("plafon_sedang"), fact("plafon_berat"))


def kunci(nama: str) -> Expr:
    return joined(nama, ":", field(nama), ":", SEBAB)


LAPOR = (
    Task(
        "laporkan", LURAH, "fill", (go("kirim"), end("batal", "batal", reason=False)), "Laporkan keluarga yang membutuhkan bantuan segera", LAPORKAN,
    ),
    call(
        "tentukan-kelurahan", "locate", ("kode_kelurahan", "kelurahan"), "Titik ke kelurahan; di luar kota atau tidak terbaca, petugas menilainya", "empty",
        point=field("lokasi"), kind="kelurahan",
    ),
    When(
        "bila-kelurahan-diketahui",
        ~empty(fact("kode_kelurahan")),
        then=Seq((
            call(
                "tentukan-kecamatan", "locate", ("kode_kecamatan", "kecamatan"), "Wilayah keputusan tanggap darurat", "empty",
                place=fact("kode_kelurahan"), kind="kecamatan",
            ),
        )),
    ),
    call(
        "cek-penduduk", "ask_system", ("keluarga_cocok",), "Mencocokkan KK dan NIK; bila layanan mati, petugas memeriksa dari KK asli", "empty",
        system="kependudukan", operation="cocokkan-keluarga", outcome="keluarga_cocok", kk=field("kk"), nik=field("nik"), nama=field("nama_keluarga"),
    ),
    call(
        "cek-kesejahteraan", "ask_system", ("terdata_sejahtera",), "Data kesejahteraan sosial, bahan petugas; bila layanan mati, petugas menilainya", "empty",
        system="kesejahteraan", operation="cari-keluarga", outcome="terdata_sejahtera", kk=field("kk"), nik=field("nik"),
    ),
    call(
        "tandai-nik", "book", ("nik_baru", "bantuan_nik"), "Satu NIK satu bantuan untuk satu kejadian; dua laporan serentak pun hanya satu yang lolos", "block",
        kind="bantuan-darurat", who=kunci("nik"), period=SEKEJADIAN, purpose="diusulkan",
    ),
    call(
        "tandai-kk", "book", ("kk_baru", "bantuan_kk"), "Satu KK satu bantuan untuk satu kejadian", "block",
        kind="bantuan-darurat", who=kunci("kk"), period=SEKEJADIAN, purpose="diusulkan",
    ),
    When(
        "bila-warga-lain",
        WARGA_LAIN,
        then=Seq((
            call(
                "catat-usulan", "post", (), "Usulan warga ini; tampak bagi hitungan berikutnya selama perkaranya terbuka",
                registry="usulan-bantuan", key=field("nik_pengusul"), keluarga=1, with_case=True,
            ),
            call(
                "hitung-usulan", "look_up", ("jumlah_usulan", "keluarga_diusulkan"), "Keluarga lain yang diusulkan warga ini", "empty",
                what="registri", kind="usulan-bantuan", key=field("nik_pengusul"), total="keluarga",
            ),
        )),
    ),
    call(
        "baca-plafon", "look_up", ("plafon_ringan", "plafon_sedang", "plafon_berat"), "Plafon kota untuk sebab ini; tanpa plafon jumlahnya dinilai penyetuju", "empty",
        what="registri", kind="plafon-bantuan", key=SEBAB, take="ringan,sedang,berat",
    ),
)  # fmt: skip

SAH = (
    Rule(
        fact("nik_baru").eq(True) & fact("kk_baru").eq(True),
        "NIK atau KK ini sudah dibantu atau sedang diusulkan untuk kejadian yang sama. Pilih ganda.",
    ),
    Rule(
        fact("data_penduduk").eq("cocok") | fact("kk_asli").eq("sesuai"),
        "Data kependudukan tidak terbaca atau tidak cocok. Periksa KK asli, lalu isi sesuai; bila tidak sesuai, pilih tidak layak.",
    ),
    Rule(
        ~WARGA_LAIN | empty(fact("jumlah_usulan")) | (fact("jumlah_usulan") < 3),
        "Warga ini sudah mengusulkan 3 keluarga lain. Pilih tidak layak, atau minta lurah melaporkannya sendiri.",
    ),
)
DITINJAU = (
    Rule(
        empty(PLAFON) | (field("jumlah") <= PLAFON),
        "Jumlah melebihi plafon untuk sebab dan tingkat kerusakan ini. Kurangi kebutuhannya.",
    ),
    Rule(
        (placed(fact("foto_lapangan")) >= 1) | ~empty(fact("titik_tinjau")),
        "Foto tidak merekam titik. Kirim foto bertitik, atau isi titik tempat yang ditinjau.",
    ),
)
DINYATAKAN = (
    Rule(~fact("status_darurat").eq("darurat") | ~empty(fact("darurat_sampai")), "Isi hari terakhir tanggap darurat."),
    Rule(
        empty(fact("darurat_sampai")) | ((fact("darurat_sampai") >= today()) & (fact("darurat_sampai") <= after(today(), 30))),
        "Tanggap darurat berakhir hari ini sampai 30 hari lagi. Perbaiki tanggalnya.",
    ),
)

DIPERIKSA = Par((
    Seq((
        Task(
            "verifikasi-data", PETUGAS, "verify", (go("sah", rules=SAH), go("ganda", reason=True), go("tidak-layak", reason=True)),
            "Periksa data keluarga, data kesejahteraan dan bantuan ganda", ("kk_asli",), within=Within(4, "hours"), on_late=TEGUR_DINSOS,
            excludes=("laporkan",),
        ),
    )),
    Seq((
        Task(
            "tinjau-lapangan", LAPANGAN, "inspect",
            (go("selesai", needs=("tingkat_kerusakan", "foto_lapangan"), rules=DITINJAU), end("tidak-ada-kejadian", "ditolak")),
            "Tinjau tempat, nilai kerusakan, perbaiki kebutuhan dan jumlah", ("tingkat_kerusakan", "kebutuhan", "jumlah", "foto_lapangan", "titik_tinjau"),
            within=Within(4, "hours"), on_late=TEGUR_DINSOS,
        ),
    )),
    Seq((
        When(
            "bila-bencana",
            BENCANA,
            then=Seq((
                Task(
                    "pernyataan-bpbd", ("bpbd",), "assess", (go("nyatakan", needs=("status_darurat",), rules=DINYATAKAN),),
                    "Nyatakan tingkat kedaruratan kejadian", ("status_darurat", "darurat_sampai"), within=Within(4, "hours"), on_late=TEGUR_DINSOS,
                ),
            )),
        ),
    )),
    Seq((
        When(
            "bila-foto-menyusul",
            BENCANA & field("foto_menyusul").eq(True) & empty(field("foto")),
            then=Seq((
                Task(
                    "susulkan-foto", LURAH, "fill", (go("kirim", needs=("foto",)), go("tidak-dikirim", silent=True)),
                    "Kirim foto yang menyusul, paling lama 24 jam sejak laporan; sesudah itu dipakai foto petugas lapangan", ("foto", "alasan_tanpa_titik"),
                    within=Within(24, "hours"), on_late=(deemed("tidak-dikirim"),),
                ),
            )),
        ),
    )),
))  # fmt: skip

DITOLAK = When(
    "bila-tidak-sah",
    fact("hasil_verifikasi").ne("sah"),
    then=Seq((
        Task(
            "tolak-laporan", DINSOS, "decide", (end("tolak", "ditolak"), back("periksa-ulang", "laporkan")),
            "Data ganda atau tidak layak: tolak dengan alasan, atau periksa ulang", within=Within(2, "hours"), on_late=TEGUR_SEKDA,
        ),
    )),
)  # fmt: skip

KEADAAN_DARURAT = When(
    "bila-dinyatakan-darurat",
    BENCANA & fact("status_darurat").eq("darurat"),
    then=Seq((
        call(
            "cari-keputusan", "look_up", ("nomor_darurat",), "Keputusan yang berlaku untuk sebab, kecamatan dan tanggal ini; satu keputusan menaungi banyak keluarga",
            what="registri", kind="tanggap-darurat", key=DARURAT, day=HARI, take="nomor",
        ),
        When(
            "bila-belum-ada-keputusan",
            fact("keputusan_darurat").eq("belum-ada"),
            then=Seq((
                Sign(
                    "tetapkan-darurat", ("wali-kota",), ("keputusan-darurat",),
                    (go("tandatangani", performs=True), go("bukan-darurat", reason=True), go("sudah-ada", needs=("nomor_darurat",))),
                    "Tetapkan keadaan tanggap darurat, atau sebut keputusan yang sudah menaungi kejadian ini", ("nomor_darurat",),
                    within=Within(4, "hours"), on_late=(remind(1), escalate("sekda", 1)),
                ),
                When(
                    "bila-ditetapkan",
                    fact("putusan_darurat").eq("tandatangani"),
                    then=Seq((
                        call("catat-nomor-darurat", "compute", ("nomor_darurat",), "Disebut pada RKB dan laporan", nomor=number_of("keputusan-darurat")),
                        call(
                            "umumkan-darurat", "post", (), "Ditemukan laporan keluarga lain selagi perkara ini terbuka; tetap berlaku sesudah dibayar",
                            registry="tanggap-darurat", key=DARURAT, nomor=fact("nomor_darurat"), until=fact("darurat_sampai"), with_case=True, **{"from": HARI},
                        ),
                    )),
                ),
            )),
        ),
    )),
)  # fmt: skip
