"""Cerita yang harus tetap benar: lima dari sumber proses, lalu paket yang dikembalikan, ditolak, terlarang, dan gagal."""

from __future__ import annotations

from typing import Any

from engine.scenario import Day, Do, Hitch, Later, Scenario

MURNI = "luar:01K0000000000000000000PIHAK"
ALASAN = "Produk dalam negeri tidak tersedia di pasar."
LARANG = "0099887766554433"
BATAS_SERAH = 10


def berkas(nama: str) -> list[dict[str, Any]]:
    return [{"id": "b1", "name": f"{nama}.pdf", "sha256": "0" * 64, "kind": "pdf", "size": 1}]


def paket(rup: str, nama: str, jenis: str, rekening: str, hps: int, **lain: Any) -> Do:
    kecil = jenis in ("barang", "jasa-lainnya")
    bentuk = "bukti-pembelian" if kecil and hps <= 10_000_000 else "kuitansi" if kecil and hps <= 50_000_000 else "spk"
    isian: dict[str, Any] = {
        "kode_rup": rup, "nama_paket": nama, "jenis": jenis, "kode_rekening": rekening, "hps": hps, "bentuk_kontrak": bentuk, "target_serah": Day(BATAS_SERAH),
        "sumber_harga": [
            {"_id": "h1", "sumber": "Katalog elektronik", "tanggal": Day(-9), "harga": hps},
            {"_id": "h2", "sumber": "Toko Contoh Jaya", "tanggal": Day(-6), "harga": hps - hps // 50},
        ],
        "kak_spesifikasi": berkas("kak"), "survei_harga": berkas("survei"),
    }  # fmt: skip
    return Do("susun-paket", "kirim", {name: value for name, value in {**isian, **lain}.items() if name not in ("kak_spesifikasi", "survei_harga")})


PENYEDIA: dict[str, tuple[str, str]] = {
    "p1": ("CV Karya Contoh", "0011223344556677"), "p2": ("CV Maju Contoh", "0022334455667788"), "p3": ("PT Besar Contoh", "0033445566778899"),
    "p9": ("CV Larang Contoh", LARANG),
}  # fmt: skip


def terpilih(baris: str = "p1") -> dict[str, str]:
    nama, npwp = PENYEDIA[baris]
    return {
        "penyedia": nama, "npwp_penyedia": npwp, "alamat_penyedia": "Jalan Melati Nomor 7, Kota Contoh", "wakil_penyedia": "Wakil Contoh (Direktur)",
        "surel_penyedia": f"{baris}@contoh.example", "rekening_penyedia": "1000055501",
    }  # fmt: skip


def undangan(*baris: str, **harga: int) -> list[dict[str, Any]]:
    return [
        {
            "_id": satu, "nama": PENYEDIA[satu][0], "npwp": PENYEDIA[satu][1], "usaha_kecil": satu != "p3", "alamat_surel": f"{satu}@contoh.example",
            **({"harga_penawaran": harga[satu]} if satu in harga else {}),
        }
        for satu in baris
    ]  # fmt: skip


def undang(*baris: str) -> tuple[Do, ...]:
    return Do("pilih-undangan", "lanjut", {"penyedia_diundang": undangan(*baris)}), *(Do(f"undang@{satu}", "tandatangani") for satu in baris)


def buka(*baris: str, **harga: int) -> Do:
    isian = {"jumlah_penawaran": len(harga), "penyedia_diundang": undangan(*baris, **harga), "penawaran": berkas("penawaran")}
    return Do("buka-penawaran", "ada-penawaran", isian)


def sepakat(harga: int, baris: str = "p1", **lain: Any) -> Do:
    return Do("evaluasi-negosiasi", "sepakat", {**terpilih(baris), "harga_sepakat": harga, "ba_negosiasi": berkas("negosiasi")}, **lain)


def beli(harga: int, baris: str = "p1") -> Do:
    return Do("beli-langsung", "sepakat", {**terpilih(baris), "harga_beli": harga, "nota_toko": berkas("nota")})


HPS, TINJAU = Do("tetapkan-hps", "tandatangani"), Do("tinjau-persiapan", "lengkap", {"catatan_reviu": "Spesifikasi dan HPS wajar."})
SIAP = (HPS, TINJAU)
MENAWAR = tuple(Do(f"tunggu-penawaran@{satu}", "menawar", by="pejabat-pengadaan") for satu in ("p1", "p2"))
SPK = (Do("tetapkan-hasil", "tandatangani"), Do("spk-penyedia", "tandatangani"), Do("spk-ppk", "tandatangani"))
KUITANSI = (Do("kuitansi-penyedia", "tandatangani"), Do("kuitansi-ppk", "tandatangani"))
SERAH = (Do("tunggu-penyerahan", "diserahkan", by="pptk"), Do("catat-penyerahan", "catat", {"tanggal_serah": Day(0)}))
ATK, CETAK, KOMPUTER, PERABOT = "5.1.02.01.01.0024", "5.1.02.01.01.0026", "5.1.02.01.01.0027", "5.1.02.01.01.0029"
JARINGAN = ("50000101", "Jasa pemeliharaan jaringan kantor", "jasa-lainnya", "5.1.02.02.01.0030")
BAHAN_KOMPUTER = ("50000106", "Pengadaan bahan komputer", "barang", KOMPUTER)
KEBERSIHAN = ("50000107", "Jasa kebersihan ruang peladen", "jasa-lainnya", "5.1.02.02.01.0031")


def cerita(
    name: str,
    story: str,
    ends: str,
    *acts: Any,
    nama: str = "",
    jumlah: int = 0,
    hitam: tuple[str, ...] = (),
    mesin: dict[str, dict[str, Any]] | None = None,
) -> Scenario:
    bersih: dict[str, dict[str, Any]] = {
        "baca-paket-sejenis": {"jumlah_sejenis": jumlah, "paket_sejenis": ""}, "cek-rup": {"rup_ada": True}, "baca-nama-rup": {"nama_rup": nama},
        "baca-sisa-pagu": {"sisa_pagu": 1}, "tahan-pagu": {"pagu_cukup": True}, "cek-produk-dalam-negeri": {"pdn_tersedia": False, "produk_dalam_negeri": ""},
        "cek-paket": {"hasil_cek": "lolos", "uraian_cek": "Baik."}, "catat-nomor-kontrak": {"nomor_kontrak": "1", "harga_kontrak": 1},
        "catat-nomor-ba": {"nomor_ba": "1"}, "hitung-keterlambatan": {"keterlambatan_hari": 1},
        **{f"kenalkan-{satu}": {"pihak_penyedia": MURNI} for satu in ("toko", "penjual", "pemenang")},
        **{f"cek-daftar-hitam-{satu}": {f"{satu}_terlarang": satu in hitam, f"uraian_{satu}_terlarang": ""} for satu in ("toko", "undangan", "pemenang")},
    }  # fmt: skip
    return Scenario(name, story, ends, acts, starter="kabid-aplikasi", gives={**bersih, **(mesin or {})})


TERBLOKIR: dict[str, dict[str, Any]] = {"cek-paket": {"hasil_cek": "terblokir", "uraian_cek": "Terblokir."}}

# fmt: off
SUMBER = (
    cerita(
        "spk-dua-undangan",
        "Jasa lainnya HPS Rp150.000.000, dua penyedia kecil diundang, satu menawar Rp148.500.000 dan turun menjadi Rp146.000.000. SPK ditandatangani kedua pihak, barang diserahkan tepat waktu dan bast-pekerjaan terbuka.",
        "selesai",
        paket(*JARINGAN, 150_000_000), *SIAP, *undang("p1", "p2"), MENAWAR[0],
        Do("tunggu-penawaran@p2", "menolak", reason="Sedang penuh pekerjaan.", by="pejabat-pengadaan"),
        Do("buka-penawaran", "ada-penawaran", {"jumlah_penawaran": 2, "penyedia_diundang": undangan("p1", "p2", p1=148_500_000), "penawaran": berkas("penawaran")}, refused="isian-tidak-sah"),
        buka("p1", "p2", p1=148_500_000), sepakat(146_000_000, "p2", refused="isian-tidak-sah"), sepakat(146_000_000), *SPK, *SERAH,
        nama=JARINGAN[1],
    ),
    cerita(
        "kuitansi-empat-puluh-juta",
        "Barang HPS Rp40.000.000: bentuk kontrak kuitansi, tanpa undangan. Nota Rp41.200.000 melebihi HPS sehingga dicari toko lain dengan Rp39.700.000.",
        "selesai",
        paket("50000102", "Pengadaan bahan cetak layanan", "barang", CETAK, 40_000_000, pdn_tkdn="40"), *SIAP, beli(41_200_000),
        Do("tolak-harga", "cari-lain", reason="Toko lain lebih murah."), beli(39_700_000, "p2"), *KUITANSI, *SERAH,
        nama="Pengadaan bahan cetak layanan",
    ),
    cerita(
        "paket-dipecah",
        "Dua paket alat tulis Rp180.000.000 pada unit yang sama terdeteksi dipecah. Paket terblokir dan PPK mengalihkannya ke tender.",
        "dialihkan",
        paket("50000103", "Pengadaan alat tulis kantor tahap kedua", "barang", ATK, 180_000_000), Do("perbaiki-paket", "alihkan-ke-tender"),
        nama="Pengadaan alat tulis kantor tahap kedua", jumlah=180_000_000, mesin=TERBLOKIR,
    ),
    cerita(
        "tidak-ada-penawaran",
        "Konsultansi HPS Rp95.000.000, satu-satunya undangan tidak dijawab dalam 2 hari kerja. Paket kembali ke PPK, yang membatalkannya.",
        "batal",
        paket("50000104", "Konsultansi penyusunan peta jalan data", "konsultansi", "5.1.02.02.08.0009", 95_000_000), *SIAP, *undang("p1"), Later(days=8),
        Do("buka-penawaran", "kembalikan", reason="Tidak ada penawaran."), Do("susun-paket", "batal"),
        nama="Konsultansi penyusunan peta jalan data",
    ),
    cerita(
        "terlambat-lalu-diputus",
        "Konstruksi HPS Rp390.000.000 tidak diserahkan sampai batas. Kesempatan sekali diberikan, tetap tidak diserahkan, kontrak diputus.",
        "batal",
        paket("50000105", "Rehabilitasi ruang pusat data", "konstruksi", "5.2.03.01.01.0001", 390_000_000), *SIAP, *undang("p1"), MENAWAR[0], buka("p1", p1=388_000_000),
        sepakat(385_000_000), *SPK, Later(days=BATAS_SERAH + 1), Do("putuskan-keterlambatan", "beri-kesempatan", reason="Sisa pekerjaan sedikit.", refused="isian-tidak-sah"),
        Do("putuskan-keterlambatan", "beri-kesempatan", {"kesempatan_sampai": Day(5)}, reason="Sisa pekerjaan sedikit."), Later(days=7),
        Do("putuskan-keterlambatan", "putus-kontrak", reason="Tetap tidak diserahkan."),
        nama="Rehabilitasi ruang pusat data",
    ),
)

LAIN = (
    cerita(
        "bukti-pembelian-berliku",
        "HPS diubah sekali, layanan tanda tangan tidak menjawab, tinjauan dan pengesahan dikembalikan, tidak ada toko yang sanggup; pembelian Rp8.900.000 akhirnya disahkan dengan bukti pembelian.",
        "selesai",
        paket(*BAHAN_KOMPUTER, 9_500_000), Do("tetapkan-hps", "ubah", reason="Harga katalog turun."), paket(*BAHAN_KOMPUTER, 9_000_000),
        Hitch("tetapkan-hps", "envelope_gone"), HPS, HPS, Do("tinjau-persiapan", "kembalikan", reason="Lengkapi garansinya."), paket(*BAHAN_KOMPUTER, 9_000_000), *SIAP,
        Do("beli-langsung", "tidak-ada-penyedia", reason="Semua toko kosong."), paket(*BAHAN_KOMPUTER, 9_200_000), *SIAP,
        beli(8_950_000), Do("sahkan-bukti-pembelian", "tolak", reason="Nota tidak bertanggal."), beli(8_900_000), Do("sahkan-bukti-pembelian", "tandatangani"), *SERAH,
        nama=BAHAN_KOMPUTER[1],
    ),
    cerita(
        "kuitansi-ditolak-lalu-gagal",
        "Penyedia menolak menandatangani kuitansi, PPK menolak yang kedua; harga berikutnya melebihi HPS dan paket gagal.",
        "gugur",
        paket(*KEBERSIHAN, 30_000_000), *SIAP, beli(29_000_000), Do("kuitansi-penyedia", "menolak", reason="Nomor rekening keliru."), beli(29_000_000), KUITANSI[0],
        Do("kuitansi-ppk", "tolak", reason="Nota berbeda dengan kuitansi."), beli(31_000_000), Do("tolak-harga", "gagal", reason="Tidak ada harga di bawah HPS."),
        nama=KEBERSIHAN[1],
    ),
    cerita(
        "negosiasi-berliku",
        "Undangan diulang dua kali, negosiasi melebihi HPS lalu turun, berita acara diubah, penyedia mundur, SPK kedua ditolak PPK, dan negosiasi terakhir gagal.",
        "gugur",
        paket(*KEBERSIHAN, 60_000_000), *SIAP, *undang("p1"), MENAWAR[0], Do("buka-penawaran", "undang-lagi", reason="Penawaran tidak bersegel."), *undang("p1", "p2"), *MENAWAR,
        buka("p1", "p2", p1=59_000_000, p2=61_000_000), sepakat(61_000_000), Do("nyatakan-gagal", "negosiasi-lagi", reason="Masih dapat turun."), sepakat(58_000_000),
        Do("tetapkan-hasil", "ubah", reason="Harga terbilang keliru."), sepakat(57_500_000), SPK[0], Do("spk-penyedia", "mundur", reason="Tenaga tidak tersedia."),
        *undang("p2"), MENAWAR[1], buka("p2", p2=60_000_000), sepakat(59_500_000, "p2"), *SPK[:2], Do("spk-ppk", "tolak", reason="Masa kerja keliru."),
        sepakat(60_500_000, "p2"), Do("nyatakan-gagal", "gagal", reason="Harga di atas HPS."),
        nama=KEBERSIHAN[1],
    ),
    cerita(
        "undangan-daftar-hitam",
        "Penyedia yang diundang tercantum pada daftar hitam LKPP; paket dikembalikan, tidak ada penyedia lain, dan pengadaan dihentikan.",
        "gugur",
        paket(*KEBERSIHAN, 90_000_000), *SIAP, Do("pilih-undangan", "lanjut", {"penyedia_diundang": undangan("p1", "p9")}),
        Do("ganti-undangan", "cari-lain", reason="Cari penyedia lain."), Do("pilih-undangan", "tidak-ada-penyedia", reason="Tidak ada yang sanggup."),
        paket(*KEBERSIHAN, 95_000_000), *SIAP, Do("pilih-undangan", "lanjut", {"penyedia_diundang": undangan("p9")}),
        Do("ganti-undangan", "gagal", reason="Hanya satu penyedia di kota ini."),
        nama=KEBERSIHAN[1], hitam=("undangan",),
    ),
    cerita(
        "rup-dan-produk-dalam-negeri",
        "Kode RUP salah dan produk dalam negeri diabaikan tanpa alasan; PPK memperbaiki sekali, tetap terblokir, dan membatalkan paket.",
        "batal",
        paket("50009999", "Pengadaan perabot ruang layanan", "barang", PERABOT, 30_000_000), Do("perbaiki-paket", "perbaiki", reason="Kode RUP salah."),
        paket("50009998", "Pengadaan perabot ruang layanan", "barang", PERABOT, 30_000_000), Do("perbaiki-paket", "batal", reason="Paket belum diumumkan."),
        mesin={**TERBLOKIR, "cek-rup": {"rup_ada": False}, "baca-nama-rup": {}, "cek-produk-dalam-negeri": {"pdn_tersedia": True, "produk_dalam_negeri": ""}},
    ),
    cerita(
        "toko-daftar-hitam",
        "Toko tercantum pada daftar hitam pada hari pembelian; pejabat pengadaan mengembalikan paket dan PPK membatalkannya.",
        "batal",
        paket(*BAHAN_KOMPUTER, 12_000_000), *SIAP, beli(11_500_000, "p9"), Do("ganti-toko", "kembalikan", reason="Tidak ada toko lain."), Do("susun-paket", "batal"),
        nama=BAHAN_KOMPUTER[1], hitam=("toko",),
    ),
)
# fmt: on

SCENARIOS = SUMBER + LAIN
