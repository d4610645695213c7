"""Cerita yang harus tetap benar: lima dari sumber proses, lalu jatah, stok yang telanjur diambil, selisih, dan pengembalian. Tiap cerita memakai barangnya sendiri."""

from __future__ import annotations

from typing import Any

from engine.scenario import Day, Do, Later, Scenario

BUKTI = [{"id": "s1", "name": "undangan.pdf", "sha256": "0" * 64, "kind": "pdf", "size": 1}]


def baris(kode: str, nama: str, jumlah: int, nomor: int = 1, **lain: int) -> dict[str, Any]:
    return {"_id": f"r{nomor}", "kode": kode, "nama": nama, "jumlah": jumlah, **lain}


def minta(*barang: dict[str, Any], **lain: Any) -> Do:
    isian = {"unit": "diskominfo", "barang": list(barang), "keperluan": "Keperluan kerja bidang bulan ini.", "di_atas_jatah": False}
    return Do("minta-barang", "kirim", {**isian, **lain})


def periksa(*barang: dict[str, Any], hasil: str = "keluarkan") -> Do:
    return Do("periksa-stok", hasil, {"barang": list(barang)})


def cerita(
    name: str, story: str, ends: str, *acts: Any, stok: int = 30, jatah: bool | None = True, dikenal: bool = True, terpesan: bool = True,
    titik: int | None = None, di_bawah: bool = False,
) -> Scenario:  # fmt: skip
    mesin: dict[str, dict[str, Any]] = {
        "baca-satuan": {"satuan": "buah"} if dikenal else {}, "baca-kartu": {"stok_kartu": stok} if dikenal else {},
        "tahan-jatah": {} if jatah is None else {"jatah_cukup": jatah}, "cek-stok": {"stok_bebas": stok}, "pesan-barang": {"terpesan": terpesan},
        "catat-nomor-spb": {"nomor_spb": "1/SPB"}, "catat-nomor-sppb": {"nomor_sppb": "1/SPPB"},
        "baca-titik-pesan": {} if titik is None else {"titik_pesan": titik}, "cek-titik-pesan": {"di_bawah_minimum": di_bawah, "stok_sesudah": stok},
    }  # fmt: skip
    return Scenario(name, story, ends, acts, starter="konseptor-diskominfo", gives=mesin)


SETUJU = Do("setujui-kebutuhan", "tandatangani")
SALUR = Do("perintah-salur", "tandatangani")
SERAH = Do("serahkan-barang", "tandatangani")
TERIMA = Do("terima-barang", "terima")
KERTAS = ("kertas-a4", "Kertas A4 80 gram")
MAP = ("map-snelhechter", "Map snelhechter")
PENGGARIS, PENGHAPUS = ("penggaris", "Penggaris 30 cm"), ("penghapus", "Penghapus papan tulis")
STAPLES, SPIDOL, BATERAI = ("staples", "Isi staples"), ("spidol", "Spidol papan tulis"), ("baterai", "Baterai AA")

# fmt: off
SUMBER = (
    cerita(
        "kertas-sepuluh-rim",
        "Pegawai meminta 10 rim kertas, atasan menandatangani, stok cukup, barang diserahkan dan diterima.",
        "selesai",
        minta(baris(*KERTAS, 10), tanggal_dibutuhkan=Day(2)), SETUJU, periksa(baris(*KERTAS, 10, jumlah_dikeluarkan=10)), SALUR, SERAH, TERIMA,
        stok=40, titik=5,
    ),
    cerita(
        "jumlah-dikurangi",
        "Permintaan 40 map diubah atasan menjadi 20. Stok hanya 15, dikeluarkan sebagian, dan stok di bawah minimum mengirim usul pembelian.",
        "selesai",
        minta(baris(*MAP, 40)), Do("setujui-kebutuhan", "ubah-jumlah"),
        Do("ubah-jumlah", "simpan", {"barang": [baris(*MAP, 40, jumlah_disetujui=25)]}), Do("setujui-perubahan", "ubah-lagi"),
        Do("ubah-jumlah", "simpan", {"barang": [baris(*MAP, 40, jumlah_disetujui=20)]}), Do("setujui-perubahan", "tandatangani"),
        periksa(baris(*MAP, 40, jumlah_disetujui=20, jumlah_dikeluarkan=15)), SALUR, SERAH, TERIMA,
        stok=15, titik=10, di_bawah=True,
    ),
    cerita(
        "kebutuhan-ditolak",
        "Permintaan toner untuk keperluan pribadi ditolak atasan; jatah yang ditahan dilepas.",
        "ditolak",
        minta(baris("toner-hitam", "Toner hitam", 1)), Do("setujui-kebutuhan", "tolak", refused="alasan-kosong"),
        Do("setujui-kebutuhan", "tolak", reason="Untuk keperluan pribadi."),
        stok=5,
    ),
    cerita(
        "stok-tidak-datang",
        "Stok kosong. Tiga puluh hari tanpa barang masuk, permintaan gugur.",
        "gugur",
        minta(baris("amplop-cokelat", "Amplop cokelat", 20)), SETUJU,
        periksa(baris("amplop-cokelat", "Amplop cokelat", 20, jumlah_dikeluarkan=0), hasil="stok-kosong"), Later(days=31),
        stok=0,
    ),
    cerita(
        "penerima-diam",
        "Pegawai tidak menekan terima dalam satu hari kerja; barang dianggap diterima dan stok dikurangi.",
        "selesai",
        minta(baris("pulpen-hitam", "Pulpen hitam", 12)), SETUJU, periksa(baris("pulpen-hitam", "Pulpen hitam", 12, jumlah_dikeluarkan=12)), SALUR, SERAH,
        Later(days=8),
        stok=100, titik=20,
    ),
)

LAINNYA = (
    cerita(
        "kode-tidak-ada",
        "Barang tidak ada pada kartu persediaan unit; pegawai tidak memperbaikinya dan permintaan gugur.",
        "gugur",
        minta(baris("meja-rapat", "Meja rapat", 1)), Later(days=14),
        dikenal=False, jatah=None,
    ),
    cerita(
        "melebihi-jatah",
        "Jumlah melebihi jatah tanpa surat kegiatan; pegawai melampirkan undangan, dan jatah tidak dipotong.",
        "selesai",
        minta(baris(*STAPLES, 25)), Do("perbaiki-permintaan", "ubah"), minta(baris(*STAPLES, 25), di_atas_jatah=True), SETUJU,
        periksa(baris(*STAPLES, 25, jumlah_dikeluarkan=25)), SALUR, SERAH, TERIMA,
        jatah=False,
    ),
    cerita(
        "melebihi-jatah-dibatalkan",
        "Jumlah melebihi jatah; pegawai membatalkannya.",
        "batal",
        minta(baris(*STAPLES, 29)), Do("perbaiki-permintaan", "batal"),
        jatah=False, stok=30,
    ),
    cerita(
        "stok-telanjur-diambil",
        "Yang hendak dikeluarkan melebihi sisa stok: buku menolak memesannya, pengurus barang memeriksa lagi, lalu menggugurkan.",
        "gugur",
        minta(baris(*BATERAI, 9)), SETUJU, periksa(baris(*BATERAI, 9, jumlah_dikeluarkan=9)), Do("stok-berubah", "periksa-lagi"),
        periksa(baris(*BATERAI, 9, jumlah_dikeluarkan=8)), Do("stok-berubah", "gugurkan", reason="Sisa barang sudah diambil."),
        stok=4, terpesan=False,
    ),
    cerita(
        "diserahkan-ulang-lalu-ditutup",
        "Penerima melaporkan kurang dua; barang diserahkan ulang, tetap kurang, dan ditutup dengan catatan. Kartu dikurangi sebesar yang diterima.",
        "selesai",
        minta(baris(*SPIDOL, 10)), SETUJU, periksa(baris(*SPIDOL, 10, jumlah_dikeluarkan=10)), SALUR, SERAH,
        Do("terima-barang", "tidak-sesuai", {"barang": [baris(*SPIDOL, 10, jumlah_dikeluarkan=10, jumlah_diterima=7)]}, reason="Kurang tiga."),
        Do("selesaikan-selisih", "serahkan-ulang", reason="Dihitung ulang di gudang."), SERAH,
        Do("terima-barang", "tidak-sesuai", {"barang": [baris(*SPIDOL, 10, jumlah_dikeluarkan=10, jumlah_diterima=8)]}, reason="Kurang dua."),
        Do("selesaikan-selisih", "tutup-dengan-catatan", reason="Dua rusak di gudang."),
    ),
    cerita(
        "dua-barang-dikembalikan-lalu-tidak-diambil",
        "Stok sempat dinyatakan kosong, lalu masuk; perintah penyaluran dikembalikan untuk dihitung lagi, dan barang akhirnya tidak diambil: pesanan dilepas.",
        "gugur",
        minta(baris(*PENGGARIS, 3), baris(*PENGHAPUS, 4, 2)), Do("setujui-kebutuhan", "kembalikan", reason="Tambahkan keperluannya."),
        minta(baris(*PENGGARIS, 3), baris(*PENGHAPUS, 4, 2)), SETUJU,
        periksa(baris(*PENGGARIS, 3, jumlah_dikeluarkan=0), baris(*PENGHAPUS, 4, 2, jumlah_dikeluarkan=0), hasil="stok-kosong"),
        Do("tunggu-stok", "stok-masuk", by="pengurus-barang"),
        periksa(baris(*PENGGARIS, 3, jumlah_dikeluarkan=3), baris(*PENGHAPUS, 4, 2, jumlah_dikeluarkan=0)),
        Do("perintah-salur", "kembalikan", reason="Hitung penghapus sekali lagi."),
        periksa(baris(*PENGGARIS, 3, jumlah_dikeluarkan=3), baris(*PENGHAPUS, 4, 2, jumlah_dikeluarkan=4)), SALUR,
        Do("serahkan-barang", "tidak-diambil", reason="Tidak diambil sampai tutup gudang."),
    ),
    cerita(
        "tidak-jadi-meminta",
        "Pegawai membatalkan sebelum mengirim.",
        "batal",
        Do("minta-barang", "batal"),
    ),
)
# fmt: on

SCENARIOS = SUMBER + LAINNYA
