"""Langkah keberatan PBB: penerimaan, penelitian, putusan atau lewat 12 bulan, SPPT pembetulan, lebih bayar, penyampaian."""

from __future__ import annotations

from engine.expr import Value, all_, any_, column, count, fact, field, joined, largest, months, number_of, smallest, today, total
from engine.fields import Rule
from engine.nodes import (
    Each,
    Issue,
    Notify,
    Outcome,
    Par,
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
    pause,
    remind,
)
from engine.shapes import call

from .form import AJUKAN, BARU, BATAS_KOLEKTIF, KOLEKTIF, MENURUT_WP, NOP, PEMBETULAN, TERUTANG

WP, LOKET, KEPALA, WALI_KOTA = ("wajib-pajak",), ("petugas-pelayanan-bapenda",), ("kepala-bapenda",), ("wali-kota",)
LAPANGAN, KASUBBID = ("petugas-lapangan-bapenda",), ("kasubbid-keberatan",)
SPPT = column("daftar_sppt", "kunci_sppt")
TERCATAT, DITETAPKAN = column("daftar_sppt", "terutang_tercatat"), column("daftar_sppt", "terutang_ditetapkan")
LEBIH = column("daftar_sppt", "lebih_bayar_sppt")
DITERIMA = smallest(column("daftar_sppt", "tanda_terima_sppt"))
DIKIRIM = fact("tanggal_kirim")
BATAS_PENGAJUAN = smallest(months(field("tanggal_terima_sppt"), 3), months(DITERIMA, 3))
"""Yang lebih dulu antara tanggal yang diisi dan tanda terima yang tercatat."""
NOL = Value(0)
LEWAT = fact("hasil_batas").eq("lewat")
MASIH_DIKIRIM = (remind(1), escalate("kepala-bapenda", 1))

PENGAJUAN = (
    Task(
        "ajukan", WP, "fill", (go("kirim"), end("batal", "batal", reason=False)), "Ajukan keberatan, pengurangan atau pembetulan PBB-P2", AJUKAN,
        within=Within(30, "calendar"), on_late=(remind(14), lapse("gugur", 15)),
    ),
    call(
        "catat-tanggal-kirim", "compute", ("tanggal_kirim",), "Tanggal kirim pertama; kiriman ulang memakai tanggal yang sama",
        tanggal_kirim=smallest(DIKIRIM, today()),
    ),
    When(
        "bila-kolektif",
        KOLEKTIF,
        then=Seq((
            Task(
                "teruskan-kolektif", ("lurah-objek",), "verify", (go("teruskan"), back("kembalikan", "ajukan")),
                "Periksa daftar kolektif (setiap SPPT paling banyak Rp200.000) dan teruskan ke Bapenda", ("daftar_sppt.nama", "daftar_sppt.terutang"),
                within=Within(3), on_late=(remind(1), escalate("atasan", 2)),
            ),
        )),
    ),
)  # fmt: skip

PENCOCOKAN = (
    Each(
        "tiap-sppt-diajukan",
        "daftar_sppt",
        do=Seq((
            call("susun-kunci", "compute", ("kunci_sppt",), "NOP dan tahun pajak", kunci=joined(NOP, ":", field("tahun_pajak"))),
            call(
                "cari-sppt", "look_up", ("sppt_terdaftar",), "SPPT ada pada daftar PBB", what="registri", kind="sppt-pbb", key=fact("kunci_sppt"),
            ),
            call(
                "baca-ketetapan", "look_up", ("terutang_tercatat",), "PBB terutang menurut daftar PBB",
                what="registri", kind="sppt-pbb", key=fact("kunci_sppt"), take="terutang",
            ),
            call(
                "baca-tanda-terima", "look_up", ("tanda_terima_sppt",), "Tanggal tanda terima SPPT, bila ada",
                what="registri", kind="sppt-pbb", key=fact("kunci_sppt"), take="diterima",
            ),
            call(
                "cari-permohonan-lain", "look_up", ("ada_permohonan_lain", "permohonan_lain"), "Permohonan atas SPPT yang sama dan belum diputus",
                what="registri", kind="permohonan-pbb", key=fact("kunci_sppt"),
            ),
        )),
    ),
    call(
        "hitung-jangka-waktu", "compute", ("tepat_waktu", "batas_pengajuan", "pokok_ketetapan"),
        "3 bulan kalender dari tanggal terima SPPT (menurut tanda terima bila ada) ke tanggal kirim pertama; pokok ketetapan terbesar menurut SPPT atau daftar PBB",
        tepat_waktu=PEMBETULAN | (DIKIRIM <= BATAS_PENGAJUAN), batas_pengajuan=BATAS_PENGAJUAN,
        pokok_ketetapan=largest(TERUTANG, TERCATAT),
    ),
)  # fmt: skip

PENERIMAAN = (
    Task(
        "terima-berkas", LOKET, "receive",
        (
            go("terima", rules=(
                Rule(
                    all_(column("daftar_sppt", "sppt_terdaftar").eq(True)),
                    "Ada SPPT yang tidak terdaftar pada daftar PBB. Kembalikan agar NOP atau tahun pajaknya diperbaiki.",
                ),
                Rule(
                    KOLEKTIF | all_(TERUTANG.eq(TERCATAT)),
                    "PBB terutang yang diisi berbeda dari daftar PBB. Kembalikan agar diisi seperti tertulis pada SPPT.",
                ),
                Rule(
                    ~any_(column("daftar_sppt", "ada_permohonan_lain").eq(True)),
                    "Ada permohonan lain atas SPPT yang sama yang belum diputus. Kembalikan, atau tunggu putusannya.",
                ),
            )),
            back("kembalikan", "ajukan", "Kembalikan: sebutkan dokumen yang kurang"),
        ),
        "Periksa kelengkapan dan jangka waktu permohonan", within=Within(1), on_late=MASIH_DIKIRIM,
    ),
    When(
        "bila-kolektif-terlalu-besar",
        KOLEKTIF & (any_(TERUTANG > BATAS_KOLEKTIF) | any_(TERCATAT > BATAS_KOLEKTIF)),
        then=Seq((
            Task(
                "pisahkan-kolektif", LOKET, "decide",
                (back("kembalikan", "ajukan", "Kembalikan untuk dipisahkan"), end("tolak-kolektif", "tidak-lengkap")),
                "Ada SPPT di atas Rp200.000 dalam permohonan kolektif", within=Within(1),
            ),
        )),
    ),
    When(
        "bila-lewat-jangka-waktu",
        fact("tepat_waktu").eq(False),
        then=Seq((
            Sign(
                "tolak-lewat-waktu", KEPALA, ("surat-lewat-waktu",),
                (
                    end("tandatangani", "ditolak", reason=False, performs=True),
                    go("terima-keadaan-kahar", "Terima karena keadaan kahar", reason=True),
                ),
                within=Within(5),
            ),
        )),
    ),
    call(
        "hitung-batas-putusan", "compute", ("tanggal_terima", "batas_putusan"), "12 bulan kalender sejak permohonan diterima",
        tanggal_terima=today(), batas_putusan=months(today(), 12),
    ),
    Issue("terbitkan-bukti-penerimaan", ("bukti-penerimaan",)),
    call("catat-nomor-bukti", "compute", ("nomor_bukti",), "Disebut pada naskah berikutnya", nomor=number_of("bukti-penerimaan")),
    call(
        "catat-permohonan", "post", (), "Satu SPPT hanya diproses satu permohonan sampai perkara ini berakhir",
        registry="permohonan-pbb", key=SPPT, nomor=fact("nomor_bukti"), with_case=True,
    ),
    Notify("beritahu-diterima", WP, about="Permohonan PBB diterima: nomor bukti penerimaan dan batas putusan 12 bulan"),
)  # fmt: skip


def diminta(foto: int) -> tuple[Rule, ...]:
    return (Rule(count(field("foto_lapangan")) >= foto, f"Unggah paling sedikit {foto} foto bertanda lokasi."),)


DI_LAPANGAN = Seq((
    Task(
        "penelitian-lapangan", LAPANGAN, "inspect",
        (
            go("diperiksa", needs=("titik_lokasi", "luas_bumi", "luas_bangunan", "penggunaan", "foto_lapangan"), rules=diminta(2)),
            go("ditolak-masuk", needs=("titik_lokasi", "foto_lapangan"), rules=diminta(1)),
            again("jadwal-ulang"),
        ),
        "Ukur bumi dan bangunan, catat penggunaan, ambil foto bertanda lokasi", ("titik_lokasi", "luas_bumi", "luas_bangunan", "penggunaan", "foto_lapangan"),
        within=Within(10), on_late=(escalate("kasubbid-keberatan", 1), remind(2)), excludes=("penelitian-kantor",),
    ),
    Sign(
        "tanda-tangan-ba-wp", WP, ("ba-lapangan",),
        (go("tandatangani", performs=True), go("tidak-bersedia", reason=True), go("tidak-bersedia-karena-diam", silent=True)),
        within=Within(3), on_late=(deemed("tidak-bersedia-karena-diam"),),
    ),
    Sign(
        "tanda-tangan-ba-petugas", LAPANGAN, ("ba-lapangan",), (go("tandatangani", performs=True), back("perbaiki", "penelitian-lapangan")),
        within=Within(1),
    ),
    call("catat-nomor-ba", "compute", ("nomor_ba",), "Disebut pada keputusan", nomor=number_of("ba-lapangan")),
))  # fmt: skip

AMAR = {
    "kabulkan": (Rule(all_(BARU.eq(MENURUT_WP)), "Dikabulkan seluruhnya berarti sama dengan pajak menurut wajib pajak pada setiap SPPT. Samakan, atau pilih kabulkan sebagian."),),
    "kabulkan-sebagian": (
        Rule(all_(BARU <= TERUTANG) & any_(BARU < TERUTANG), "Dikabulkan sebagian berarti pajak berkurang paling sedikit pada satu SPPT dan tidak bertambah pada satu pun. Perbaiki nilainya."),
        Rule(any_(BARU.ne(MENURUT_WP)), "Nilainya sama dengan pajak menurut wajib pajak. Pilih kabulkan."),
    ),
    "tolak": (Rule(all_(BARU.eq(TERUTANG)), "Ditolak berarti pajak tetap. Samakan PBB terutang menurut putusan dengan SPPT pada setiap baris."),),
    "tambah": (Rule(total(BARU) > total(TERUTANG), "Menambah ketetapan berarti jumlah pajak menurut putusan lebih besar dari SPPT. Perbaiki nilainya."),),
}  # fmt: skip


def putusan(kepada: tuple[str, ...], akhiran: str, judul: str, naskah: str, *amar: str) -> Seq:
    """Diputus, lalu ditandatangani oleh pejabat yang sama; setiap amar memeriksa nilainya per SPPT."""
    kata: tuple[Outcome, ...] = tuple(go(satu, rules=AMAR[satu]) for satu in amar)
    return Seq((
        Task(
            f"putuskan-{akhiran}", kepada, "decide", (*kata, back("kembalikan", "susun-laporan")), judul, ("pertimbangan", "daftar_sppt.terutang_baru"),
            within=Within(8), on_late=(remind(2), escalate("sekda", 2)),
        ),
        Sign(
            f"tanda-tangan-{akhiran}", kepada, (naskah,), (go("tandatangani", performs=True), back("ubah-putusan", f"putuskan-{akhiran}")),
            within=Within(2),
        ),
    ))  # fmt: skip


PENELITIAN = Seq((
    Task(
        "penelitian-kantor", ("peneliti-bapenda",), "assess",
        (
            go("perlu-lapangan"),
            go("langsung-putusan"),
            pause("minta-dokumen", "menunggu-dokumen-wajib-pajak", "Minta dokumen: sebutkan yang diminta", reason=True),
            end("catat-pencabutan", "dicabut"),
        ),
        "Teliti berkas: usulkan penelitian lapangan atau langsung putusan", within=Within(5), on_late=(remind(1), escalate("kasubbid-keberatan", 2)),
    ),
    When("bila-perlu-lapangan", fact("hasil_penelitian").eq("perlu-lapangan"), then=DI_LAPANGAN),
    Task(
        "susun-laporan", KASUBBID, "draft", (go("ajukan"), back("kembalikan", "penelitian-kantor")),
        "Susun laporan penelitian dan usul putusan per SPPT", ("telaah", "daftar_sppt.terutang_baru"),
        within=Within(5), on_late=(remind(1), escalate("kepala-bapenda", 2)), excludes=("penelitian-kantor", "penelitian-lapangan"),
    ),
    When(
        "bila-diputus-bapenda",
        (fact("pokok_ketetapan") <= fact("batas_kepala_bapenda")) & ~(field("jenis").eq("pengurangan") & field("dasar_pengurangan").eq("kebijakan")),
        then=putusan(KEPALA, "bapenda", "Putuskan permohonan PBB-P2", "keputusan-bapenda", "kabulkan", "kabulkan-sebagian", "tolak", "tambah"),
        otherwise=putusan(
            WALI_KOTA, "wali-kota", "Putuskan permohonan PBB-P2 di atas batas Kepala Bapenda atau pengurangan kebijakan", "keputusan-wali-kota-pbb",
            "kabulkan", "kabulkan-sebagian", "tolak",
        ),
    ),
))  # fmt: skip

PUTUSAN = Par(
    (
        PENELITIAN,
        Seq((
            Wait(
                "batas-12-bulan", "12 bulan kalender sejak bukti penerimaan; tidak berhenti oleh permintaan dokumen",
                (go("lewat", silent=True), end("pencabutan-di-loket", "dicabut")), until=fact("batas_putusan"), reached="lewat", recorded_by=LOKET,
            ),
        )),
    ),
    need="any",
)  # fmt: skip


def serahkan(name: str, judul: str, hasil: str, *, naik: bool = True) -> Task:
    return Task(name, LOKET, "hand-over", (end("disampaikan", hasil, reason=False),), judul, within=Within(3), on_late=MASIH_DIKIRIM if naik else ())


PENETAPAN = When(
    "bila-lewat-12-bulan",
    LEWAT,
    then=Seq((
        Each(
            "tiap-sppt-lewat", "daftar_sppt",
            do=Seq((call("tetapkan-menurut-wp", "compute", ("terutang_ditetapkan",), "Pajak menurut wajib pajak, karena dianggap dikabulkan", nilai=MENURUT_WP),)),
        ),
        Notify("beritahu-lewat-batas", ("wajib-pajak", "inspektorat", "sekda"), about="Permohonan PBB dikabulkan karena lewat 12 bulan tanpa keputusan"),
        Sign(
            "tanda-tangan-lewat-batas", KEPALA, ("keputusan-lewat-batas",), (go("tandatangani", performs=True),),
            within=Within(5), on_late=(remind(1), escalate("sekda", 1)),
        ),
    )),
    otherwise=Seq((
        When(
            "bila-ditolak",
            fact("hasil_putusan").eq("tolak"),
            then=Seq((serahkan("sampaikan-penolakan", "Sampaikan keputusan penolakan dan hak banding ke wajib pajak", "ditolak"),)),
        ),
        Each(
            "tiap-sppt-diputus", "daftar_sppt",
            do=Seq((call("tetapkan-menurut-putusan", "compute", ("terutang_ditetapkan",), "Pajak menurut putusan", nilai=BARU),)),
        ),
    )),
)  # fmt: skip

CATAT_KEPUTUSAN = call(
    "catat-nomor-keputusan", "compute", ("nomor_keputusan",), "Dasar SPPT pembetulan",
    nomor=largest(number_of("keputusan-bapenda"), number_of("keputusan-wali-kota-pbb"), number_of("keputusan-lewat-batas")),
)  # fmt: skip

PEMBETULAN_SPPT = Each(
    "tiap-sppt-pembetulan",
    "daftar_sppt",
    do=Seq((
        call(
            "baca-pembetulan", "look_up", ("pembetulan_terakhir",), "Pembetulan terakhir atas SPPT ini",
            what="registri", kind="sppt-pbb", key=fact("kunci_sppt"), take="pembetulan",
        ),
        call(
            "hitung-pembetulan", "compute", ("pembetulan_ke", "nomor_sppt"), "Nomor SPPT: NOP, tahun pajak, pembetulan ke berapa",
            pembetulan_ke=largest(NOL, fact("pembetulan_terakhir")) + 1,
            nomor_sppt=joined(NOP, "/", field("tahun_pajak"), "/", largest(NOL, fact("pembetulan_terakhir")) + 1),
        ),
        Issue("terbitkan-sppt-pembetulan", ("sppt-pembetulan",)),
        call(
            "catat-sppt-pembetulan", "post", (), "Daftar PBB memuat ketetapan yang baru", registry="sppt-pbb", key=fact("kunci_sppt"), replace=True,
            nama=column("daftar_sppt", "nama"), terutang=DITETAPKAN, pembetulan=fact("pembetulan_ke"),
        ),
        call(
            "baca-pembayaran", "look_up", ("dibayar",), "Yang sudah dibayar menurut data bank; bila tidak terbaca, dibaca lagi dan tidak dianggap nol",
            what="registri", kind="pembayaran-pbb", key=fact("kunci_sppt"), take="jumlah",
        ),
        call("hitung-lebih-sppt", "compute", ("lebih_bayar_sppt",), "Dibayar dikurangi terutang baru, nol bila tidak lebih", nilai=largest(NOL, fact("dibayar") - DITETAPKAN)),
    )),
)  # fmt: skip

REKENING = ("bank_wp", "rekening_wp", "atas_nama_wp")
LEBIH_BAYAR = (
    call("hitung-lebih-bayar", "compute", ("lebih_bayar",), "Jumlah lebih bayar semua SPPT", nilai=total(LEBIH)),
    When(
        "bila-lebih-bayar",
        fact("lebih_bayar") > 0,
        then=Seq((
            Task(
                "pilih-lebih-bayar", WP, "decide", (go("kompensasi"), go("restitusi", needs=REKENING)),
                "Ada lebih bayar: pilih kompensasi tahun berikut atau pengembalian", REKENING,
                within=Within(14, "calendar"), on_late=(remind(7), deemed("kompensasi", 8)), shows=("lebih_bayar", "keputusan-bapenda", "keputusan-wali-kota-pbb"),
            ),
            Each(
                "tiap-sppt-lebih-bayar", "daftar_sppt",
                do=Seq((
                    When(
                        "bila-sppt-lebih-bayar",
                        LEBIH > 0,
                        then=Seq((
                            When(
                                "bila-kompensasi",
                                fact("pilihan_lebih_bayar").eq("kompensasi"),
                                then=Seq((
                                    call(
                                        "catat-kompensasi", "post", (), "Diperhitungkan pada tahun pajak berikutnya", registry="kompensasi-pbb",
                                        key=joined(NOP, ":", field("tahun_pajak") + 1), jumlah=LEBIH, dari=fact("nomor_sppt"),
                                    ),
                                )),
                                otherwise=Seq((
                                    call(
                                        "teruskan-restitusi", "post", (), "Diteruskan ke BUD untuk dibayar, dengan kunci NOP dan tahun", registry="restitusi-pbb",
                                        key=fact("kunci_sppt"), jumlah=LEBIH, bank=field("bank_wp"), rekening=field("rekening_wp"), pemilik=field("atas_nama_wp"), dari=fact("nomor_sppt"),
                                    ),
                                )),
                            ),
                        )),
                    ),
                )),
            ),
            Notify("beritahu-lebih-bayar", ("wajib-pajak", "bud"), about="Perlakuan lebih bayar PBB dan jumlahnya"),
        )),
    ),
)  # fmt: skip

PENYAMPAIAN = (
    When(
        "bila-disampaikan-lewat-batas",
        LEWAT,
        then=Seq((
            serahkan(
                "sampaikan-lewat-batas", "Sampaikan keputusan pengabulan karena lewat 12 bulan dan SPPT pembetulan", "disetujui-diam", naik=False
            ),
        )),
    ),
    When(
        "bila-ditambah",
        fact("hasil_putusan").eq("tambah"),
        then=Seq((
            serahkan("sampaikan-tambahan", "Sampaikan keputusan yang menambah ketetapan, SPPT pembetulan dan hak banding", "selesai", naik=False),
        )),
    ),
    serahkan("sampaikan-keputusan", "Sampaikan keputusan dan SPPT pembetulan ke wajib pajak", "dikabulkan"),
)  # fmt: skip
