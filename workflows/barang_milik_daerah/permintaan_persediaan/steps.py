"""Langkah permintaan persediaan: jatah ditahan, kebutuhan disetujui, stok dipesan per barang, disalurkan, diterima, lalu kartu dikurangi."""

from __future__ import annotations

from engine.expr import Expr, Name, all_, any_, applicant, column, empty, fact, joined, number_of, pick, total
from engine.nodes import SUPERIOR, Each, Notify, Seq, Sign, Task, Wait, When, Within, back, deemed, end, escalate, go, lapse, remind, skip
from engine.shapes import call

from .form import DI_ATAS_JATAH, DISETUJUI

ATASAN, PENGURUS, PENATAUSAHAAN = ("atasan-langsung",), ("pengurus-barang",), ("pejabat-penatausahaan-barang",)


def baris(nama: str) -> Name:
    """Nilai pada baris barang: isian, atau yang ditemukan mesin untuk baris itu."""
    return column("barang", nama)


KARTU = joined(applicant("unit"), ":", baris("kode"))
"""Kunci kartu persediaan, jatah, dan titik pesan: perangkat daerah dan kode barang."""
DITERIMA: Expr = pick(fact("penerimaan"), "tidak-sesuai", baris("jumlah_diterima"), baris("jumlah_dikeluarkan"))
STATUS_STOK: Expr = pick(
    fact("hasil_periksa").eq("stok-kosong") | ~(total(baris("jumlah_dikeluarkan")) > 0), True, "kosong",
    pick(all_(baris("jumlah_dikeluarkan") >= DISETUJUI), True, "semua", "sebagian"),
)  # fmt: skip
DI_ATAS = baris("jatah_cukup").eq(False)

PERIKSA_PERMINTAAN = (
    Each(
        "tiap-barang-diminta", "barang",
        Seq((
            call(
                "baca-satuan", "look_up", ("satuan",), "Satuan menurut daftar barang", "empty",
                what="registri", kind="barang-persediaan", key=baris("kode"), take="satuan",
            ),
            call(
                "baca-kartu", "look_up", ("stok_kartu",), "Barang ada pada kartu persediaan unit; kosong berarti tidak ada", "empty",
                what="saldo", book="persediaan", subject=KARTU,
            ),
            call(
                "tahan-jatah", "hold", ("jatah_cukup",), "Jatah unit ditahan; barang tanpa jatah tidak dibatasi", "empty",
                book="jatah-persediaan", subject=KARTU, amount=baris("jumlah"),
            ),
        )),
    ),
    When(
        "bila-permintaan-tidak-sah",
        any_(empty(baris("stok_kartu"))) | (any_(DI_ATAS) & ~DI_ATAS_JATAH),
        then=Seq((
            Task(
                "perbaiki-permintaan", ("pegawai",), "acknowledge", (back("ubah", "minta-barang", reason=False), end("batal", "batal", reason=False)),
                "Kode tidak ada pada kartu persediaan, atau jumlah melebihi jatah tanpa surat kegiatan: ubah atau batalkan",
                within=Within(5), on_late=(lapse("gugur"),),
            ),
        )),
    ),
)  # fmt: skip

SETUJUI = (
    Sign(
        "setujui-kebutuhan", ATASAN, ("spb",),
        (
            skip("tandatangani", "catat-nomor-spb", performs=True), go("ubah-jumlah"), back("kembalikan", "minta-barang"), end("tolak", "ditolak"),
        ),
        within=Within(1), on_late=(remind(1), escalate(SUPERIOR, 2)), excludes=("minta-barang",),
    ),
    Task(
        "ubah-jumlah", ATASAN, "correct", (go("simpan"), end("tolak", "ditolak")), "Ubah jumlah yang disetujui", ("barang.jumlah_disetujui",),
        within=Within(1),
    ),
    Sign(
        "setujui-perubahan", ATASAN, ("spb",),
        (go("tandatangani", performs=True), back("ubah-lagi", "ubah-jumlah", reason=False), back("kembalikan", "minta-barang"), end("tolak", "ditolak")),
        "Tandatangani permintaan dengan jumlah yang diubah", within=Within(1), on_late=(remind(1), escalate(SUPERIOR, 2)), excludes=("minta-barang",),
    ),
)  # fmt: skip

STOK = (
    call("catat-nomor-spb", "compute", ("nomor_spb",), "Disebut pada surat perintah penyaluran", nomor=number_of("spb")),
    Each(
        "tiap-barang-dicek", "barang",
        Seq((
            call(
                "cek-stok", "look_up", ("stok_bebas",), "Membaca kartu persediaan; bila tidak terbaca, pengurus barang memakai stok fisik", "empty",
                what="saldo", book="persediaan", subject=KARTU,
            ),
        )),
    ),
    Task(
        "periksa-stok", PENGURUS, "check", (go("keluarkan"), go("stok-kosong"), back("kembalikan", "minta-barang")),
        "Periksa stok dan isi jumlah yang dikeluarkan; barangnya langsung dipesan", ("barang.jumlah_dikeluarkan",),
        within=Within(1), on_late=(remind(1), escalate("pejabat-penatausahaan-barang", 2)),
    ),
    When(
        "bila-stok-kosong",
        fact("status_stok").eq("kosong"),
        then=Seq((
            Notify(
                "beritahu-stok-kosong", ("pegawai", "pejabat-penatausahaan-barang"),
                about="Barang kosong; permintaan menunggu barang masuk paling lama 30 hari",
            ),
            Wait(
                "tunggu-stok", "Barang masuk ke gudang", (back("stok-masuk", "periksa-stok", reason=False), end("tidak-ada-jawaban", "gugur", reason=False)),
                recorded_by=PENGURUS, at_most=Within(30, "calendar"), silent="tidak-ada-jawaban",
            ),
        )),
    ),
    Each(
        "tiap-barang-dipesan", "barang",
        Seq((
            When(
                "bila-dikeluarkan",
                baris("jumlah_dikeluarkan") > 0,
                then=Seq((
                    call(
                        "pesan-barang", "hold", ("terpesan",), "Barang dipesan sampai diserahkan; yang terakhir hanya dapat dipesan satu orang",
                        book="persediaan", subject=KARTU, amount=baris("jumlah_dikeluarkan"),
                    ),
                )),
            ),
        )),
    ),
    When(
        "bila-stok-berubah",
        any_(baris("terpesan").eq(False)),
        then=Seq((
            Task(
                "stok-berubah", PENGURUS, "acknowledge", (back("periksa-lagi", "periksa-stok", reason=False), end("gugurkan", "gugur")),
                "Stok tidak cukup lagi karena permintaan lain: periksa kembali", within=Within(1), on_late=(remind(1), escalate(SUPERIOR, 2)),
            ),
        )),
    ),
)  # fmt: skip

SALURKAN = (
    Sign(
        "perintah-salur", PENATAUSAHAAN, ("sppb",), (go("tandatangani", performs=True), back("kembalikan", "periksa-stok"), end("tolak", "ditolak")),
        within=Within(1), on_late=(remind(1), escalate("kepala-opd", 2)), excludes=("periksa-stok",),
    ),
    call("catat-nomor-sppb", "compute", ("nomor_sppb",), "Menjadi nomor bukti serah terima", nomor=number_of("sppb")),
    Sign("serahkan-barang", PENGURUS, ("tanda-terima",), (go("tandatangani", performs=True), end("tidak-diambil", "gugur")), within=Within(1)),
    Task(
        "terima-barang", ("pegawai",), "receive", (skip("terima", "tiap-barang-diterima"), go("tidak-sesuai", reason=True)),
        "Nyatakan barang diterima sesuai, atau laporkan selisih", ("barang.jumlah_diterima",), within=Within(1), on_late=(deemed("terima"),),
    ),
    Task(
        "selesaikan-selisih", PENATAUSAHAAN, "decide", (back("serahkan-ulang", "serahkan-barang"), go("tutup-dengan-catatan", reason=True)),
        "Putuskan selisih antara yang diserahkan dan yang diterima", within=Within(2), on_late=(remind(1), escalate("kepala-opd", 2)),
    ),
)  # fmt: skip

BUKUKAN = (
    Each(
        "tiap-barang-diterima", "barang",
        Seq((
            When(
                "bila-diterima",
                baris("terpesan").eq(True) & (DITERIMA > 0),
                then=Seq((
                    call("kurangi-stok", "post", (), "Kartu persediaan dikurangi sebesar yang diterima; sisa pesanan dilepas", of="pesan-barang", amount=DITERIMA),
                    When(
                        "bila-memakai-jatah",
                        baris("jatah_cukup").eq(True),
                        then=Seq((call("pakai-jatah", "post", (), "Jatah terpakai sebesar yang diterima", of="tahan-jatah", amount=DITERIMA),)),
                    ),
                )),
            ),
            call(
                "baca-titik-pesan", "look_up", ("titik_pesan",), "Titik pesan ulang barang pada unit", "empty",
                what="registri", kind="titik-pesan", key=KARTU, take="jumlah",
            ),
            When(
                "bila-ada-titik-pesan",
                ~empty(baris("titik_pesan")),
                then=Seq((
                    call(
                        "cek-titik-pesan", "look_up", ("di_bawah_minimum", "stok_sesudah"), "Stok bebas dibandingkan dengan titik pesan ulang", "empty",
                        what="saldo", book="persediaan", subject=KARTU, least=baris("titik_pesan") + 1, yes=False, no=True,
                    ),
                )),
            ),
        )),
    ),
    When(
        "bila-perlu-dibeli",
        any_(baris("di_bawah_minimum").eq(True)),
        then=Seq((
            Notify("usulkan-pembelian", ("pejabat-penatausahaan-barang", "ppk-pengadaan"), about="Usul pembelian barang yang mencapai titik pesan ulang"),
        )),
    ),
)  # fmt: skip
