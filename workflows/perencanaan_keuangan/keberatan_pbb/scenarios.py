"""Cerita yang harus tetap benar: enam dari sumber proses, lalu jalan lain yang ditemui wajib pajak."""

from __future__ import annotations

from typing import Any

from engine.scenario import Day, Do, HandOver, Hitch, Later, Scenario

Isi = dict[str, Any]
TITIK = {"lat": "-6.178400", "lon": "106.632000"}
RUKO, KEBIJAKAN = 135_000_000, 9_000_000


def nop(urut: int) -> str:
    """NOP contoh di Kelurahan Sukarasa."""
    return f"3671010001001{urut:04}0"


def baris(urut: int, terutang: int, menurut: int, **lain: Any) -> Isi:
    return {"_id": f"s{urut}", "nop": nop(urut), "nama": f"Wajib Pajak Contoh {urut}", "terutang": terutang, "menurut_wp": menurut, **lain}


def ajukan(*daftar: Isi, diterima: int = -19, **lain: Any) -> Do:
    isian: Isi = {
        "nop": daftar[0]["nop"], "tahun_pajak": 2026, "tanggal_terima_sppt": Day(diterima), "kelurahan": "kelurahan-sukarasa", "jenis": "keberatan",
        "kolektif": len(daftar) > 1, "daftar_sppt": list(daftar), "menurut_wp": sum(satu["menurut_wp"] for satu in daftar),
        "alasan": "Luas bangunan pada SPPT tidak sesuai dengan keadaan sebenarnya.", "dikuasakan": False,
    }  # fmt: skip
    return Do("ajukan", "kirim", {**isian, **lain})


def cerita(
    name: str,
    story: str,
    ends: str,
    *acts: Any,
    terutang: int,
    dibayar: int = 0,
    lebih: int = 0,
    ditetapkan: int = 0,
    tepat: bool = True,
    **mesin: Isi,
) -> Scenario:
    """``gives`` seperti jawaban daftar PBB kota contoh; yang dihitung mesin dihitung di sini dengan tangan."""
    jawab: dict[str, Isi] = {
        "catat-tanggal-kirim": {"tanggal_kirim": Day()}, "susun-kunci": {"kunci_sppt": "NOP:2026"}, "cari-sppt": {"sppt_terdaftar": True},
        "baca-ketetapan": {"terutang_tercatat": str(terutang)}, "baca-tanda-terima": {"tanda_terima_sppt": None},
        "cari-permohonan-lain": {"ada_permohonan_lain": False, "permohonan_lain": ""},
        "hitung-jangka-waktu": {"tepat_waktu": tepat, "pokok_ketetapan": terutang, "batas_pengajuan": Day(70)},
        "hitung-batas-putusan": {"tanggal_terima": Day(), "batas_putusan": Day(365)}, "bila-diputus-bapenda": {"batas_kepala_bapenda": 100_000_000},
        "catat-nomor-bukti": {"nomor_bukti": "1/PBB/2026"}, "tetapkan-menurut-wp": {"terutang_ditetapkan": ditetapkan},
        "tetapkan-menurut-putusan": {"terutang_ditetapkan": ditetapkan}, "baca-pembetulan": {"pembetulan_terakhir": None},
        "hitung-pembetulan": {"pembetulan_ke": 1, "nomor_sppt": "NOP/2026/1"}, "catat-nomor-ba": {"nomor_ba": "1"}, "catat-nomor-keputusan": {"nomor_keputusan": "2"},
        "baca-pembayaran": {"dibayar": str(dibayar)} if dibayar else {}, "hitung-lebih-sppt": {"lebih_bayar_sppt": lebih},
        "hitung-lebih-bayar": {"lebih_bayar": lebih},
    }  # fmt: skip
    return Scenario(name, story, ends, acts, starter="loket-bapenda", gives={**jawab, **{kata.replace("_", "-"): isi for kata, isi in mesin.items()}})


def foto(banyak: int) -> list[Isi]:
    return [{"id": f"f{n}", "name": f"foto-{n}.jpg", "sha256": "0" * 64, "kind": "jpg", "size": 1} for n in range(1, banyak + 1)]


def usul(*daftar: Isi, langkah: str = "susun-laporan", kata: str = "ajukan", refused: str = "") -> Do:
    teks = {"telaah": "Berkas dan keadaan objek diteliti; usul putusan per SPPT tertulis pada daftar."} if langkah == "susun-laporan" else {
        "pertimbangan": "berdasarkan penelitian, luas bangunan dan pajak terutang adalah seperti tertulis pada daftar"
    }  # fmt: skip
    return Do(langkah, kata, {**teks, "daftar_sppt": list(daftar)}, refused=refused)


def putus(kata: str, *daftar: Isi, oleh: str = "bapenda", refused: str = "") -> Do:
    return usul(*daftar, langkah=f"putuskan-{oleh}", kata=kata, refused=refused)


def menjadi(satu: Isi, baru: int) -> Isi:
    return {**satu, "terutang_baru": baru}


DITERIMA = Do("terima-berkas", "terima")
KE_LAPANGAN, LANGSUNG = Do("penelitian-kantor", "perlu-lapangan"), Do("penelitian-kantor", "langsung-putusan")
UKUR = Do(
    "penelitian-lapangan", "diperiksa",
    {"titik_lokasi": TITIK, "luas_bumi": "120", "luas_bangunan": "96", "penggunaan": "rumah tinggal", "foto_lapangan": foto(2)},
)  # fmt: skip
MASUK_DITOLAK = Do("penelitian-lapangan", "ditolak-masuk", {"titik_lokasi": TITIK, "foto_lapangan": foto(1)})
BA_WP, BA_PETUGAS = Do("tanda-tangan-ba-wp", "tandatangani"), Do("tanda-tangan-ba-petugas", "tandatangani")
TTD, TTD_WK = Do("tanda-tangan-bapenda", "tandatangani"), Do("tanda-tangan-wali-kota", "tandatangani")
SAMPAI = Do("sampaikan-keputusan", "disampaikan")

RUMAH = baris(1, 4_800_000, 3_600_000)
TERLAMBAT = baris(2, 2_400_000, 1_900_000)
BANJIR = [baris(100 + n, 180_000, 90_000) for n in range(34)]
RUKO_SUDUT = baris(3, RUKO, 110_000_000)
TERLANTAR = baris(4, 6_000_000, 4_200_000)
DITANYA = baris(5, 3_200_000, 2_900_000)

# fmt: off
SUMBER = (
    cerita(
        "luas-bangunan-keliru",
        "SPPT Rp4.800.000 diterima 19 hari sebelumnya; lapangan menemukan bangunan 96 m2 bukan 160 m2, dikabulkan sebagian dan lebih bayar dikompensasi.",
        "dikabulkan",
        ajukan(RUMAH), DITERIMA, KE_LAPANGAN, UKUR, BA_WP, BA_PETUGAS, usul(menjadi(RUMAH, 3_900_000)),
        putus("kabulkan", menjadi(RUMAH, 3_900_000), refused="isian-tidak-sah"), putus("kabulkan-sebagian", menjadi(RUMAH, 3_900_000)), TTD,
        Do("pilih-lebih-bayar", "kompensasi"), SAMPAI,
        terutang=4_800_000, dibayar=4_800_000, lebih=900_000, ditetapkan=3_900_000,
    ),
    cerita(
        "lewat-tiga-bulan",
        "Keberatan dikirim 135 hari sesudah SPPT diterima tanpa keadaan kahar; Kepala Bapenda menandatangani surat penolakan lewat waktu.",
        "ditolak",
        ajukan(TERLAMBAT, diterima=-135), DITERIMA, Do("tolak-lewat-waktu", "tandatangani"),
        terutang=2_400_000, tepat=False,
    ),
    cerita(
        "kolektif-lurah",
        "Lurah meneruskan 34 SPPT masing-masing paling banyak Rp200.000 untuk pengurangan karena banjir; dikabulkan tanpa penelitian lapangan.",
        "dikabulkan",
        ajukan(*BANJIR, jenis="pengurangan", dasar_pengurangan="bencana"), Do("teruskan-kolektif", "teruskan"), DITERIMA, LANGSUNG,
        usul(*(menjadi(satu, 90_000) for satu in BANJIR)), putus("kabulkan", *(menjadi(satu, 90_000) for satu in BANJIR)), TTD, SAMPAI,
        terutang=180_000, ditetapkan=90_000,
    ),
    cerita(
        "ditolak-masuk",
        "Pemilik ruko menolak petugas masuk; berita acara dicatat tidak bersedia, pokok Rp135.000.000 di atas Rp100.000.000 diputus wali kota dan ditolak.",
        "ditolak",
        ajukan(RUKO_SUDUT), DITERIMA, KE_LAPANGAN, MASUK_DITOLAK, Do("tanda-tangan-ba-wp", "tidak-bersedia", refused="alasan-kosong"),
        Do("tanda-tangan-ba-wp", "tidak-bersedia", reason="Keberatan diukur."), BA_PETUGAS, usul(menjadi(RUKO_SUDUT, RUKO)),
        putus("tolak", menjadi(RUKO_SUDUT, RUKO), oleh="wali-kota"), TTD_WK, Do("sampaikan-penolakan", "disampaikan"),
        terutang=RUKO,
    ),
    cerita(
        "dua-belas-bulan-lewat",
        "Diterima dan sesudah 12 bulan belum diputus; dianggap dikabulkan dan SPPT pembetulan menurut wajib pajak terbit.",
        "disetujui-diam",
        ajukan(TERLANTAR), DITERIMA, KE_LAPANGAN, Later(days=367), Do("tanda-tangan-lewat-batas", "tandatangani"),
        Do("sampaikan-lewat-batas", "disampaikan"),
        terutang=6_000_000, ditetapkan=4_200_000,
    ),
    cerita(
        "dicabut-pemohon",
        "Wajib pajak mencabut permohonan setelah mendapat penjelasan NJOP saat dimintai dokumen.",
        "dicabut",
        ajukan(DITANYA), DITERIMA, Do("penelitian-kantor", "minta-dokumen", refused="alasan-kosong"),
        Do("penelitian-kantor", "minta-dokumen", reason="Denah bangunan dan PBG."),
        Do("penelitian-kantor", "catat-pencabutan", reason="Memahami penjelasan NJOP; surat pencabutan terlampir."),
        terutang=3_200_000,
    ),
)

TAMBAH = baris(6, 5_000_000, 4_000_000)
KOLEKTIF_BESAR = [baris(140 + n, 190_000, 150_000) for n in range(2)]
KAHAR = baris(8, 2_000_000, 1_200_000)
WARISAN = baris(9, KEBIJAKAN, 4_000_000)
SALAH_TULIS = baris(10, 1_500_000, 1_500_000)
LANJUT = baris(11, 1_500_000, 1_000_000)

LAINNYA = (
    cerita(
        "ditambah-setelah-dikembalikan",
        "Berkas dilengkapi; laporan dan putusan masing-masing dikembalikan sekali. Bangunan ternyata lebih luas: ketetapan ditambah, layanan tanda tangan sempat mati.",
        "selesai",
        ajukan(TAMBAH), Do("terima-berkas", "kembalikan", reason="Bukti kepemilikan tidak terbaca."), ajukan(TAMBAH), DITERIMA, LANGSUNG,
        Do("susun-laporan", "kembalikan", reason="Bandingkan dengan peta blok."), LANGSUNG, usul(menjadi(TAMBAH, 5_000_000)),
        Do("putuskan-bapenda", "kembalikan", reason="Hitung ulang bangunan lantai dua."), usul(menjadi(TAMBAH, 5_600_000)),
        putus("tolak", menjadi(TAMBAH, 5_600_000), refused="isian-tidak-sah"), putus("tambah", menjadi(TAMBAH, 5_500_000)),
        Do("tanda-tangan-bapenda", "ubah-putusan", reason="Nilai lantai dua keliru."), putus("tambah", menjadi(TAMBAH, 5_600_000)),
        Hitch("tanda-tangan-bapenda", "envelope_gone"), TTD, TTD, Do("sampaikan-tambahan", "disampaikan"),
        terutang=5_000_000, ditetapkan=5_600_000,
    ),
    cerita(
        "kolektif-terlalu-besar",
        "Lurah mengembalikan daftar sekali; menurut daftar PBB satu SPPT di atas Rp200.000: dikembalikan, diajukan sama lagi, lalu ditolak sebagai kolektif.",
        "tidak-lengkap",
        ajukan(*KOLEKTIF_BESAR), Do("teruskan-kolektif", "kembalikan", reason="Nama pada baris dua keliru."),
        ajukan(*KOLEKTIF_BESAR), Do("teruskan-kolektif", "teruskan"), DITERIMA, Do("pisahkan-kolektif", "kembalikan", reason="Ajukan sendiri."),
        ajukan(*KOLEKTIF_BESAR), Do("teruskan-kolektif", "teruskan"), DITERIMA, Do("pisahkan-kolektif", "tolak-kolektif", reason="Tidak dipisahkan."),
        terutang=250_000,
    ),
    cerita(
        "keadaan-kahar",
        "Terlambat karena dirawat dan diterima; kunjungan dijadwal ulang, berita acara diperbaiki, wajib pajak diam dan keadaan itu tertulis. Lebih bayar dikembalikan.",
        "dikabulkan",
        ajukan(KAHAR, diterima=-130), DITERIMA, Do("tolak-lewat-waktu", "terima-keadaan-kahar", refused="alasan-kosong"),
        Do("tolak-lewat-waktu", "terima-keadaan-kahar", reason="Dirawat di rumah sakit; surat rumah sakit terlampir."), KE_LAPANGAN,
        Do("penelitian-lapangan", "jadwal-ulang"),
        Do("penelitian-lapangan", "diperiksa", {**UKUR.values, "foto_lapangan": foto(1)}, refused="isian-tidak-sah"), UKUR,
        BA_WP, Do("tanda-tangan-ba-petugas", "perbaiki", reason="Luas bumi salah tulis."), UKUR, Later(days=6), BA_PETUGAS,
        usul(menjadi(KAHAR, 1_200_000)), putus("kabulkan", menjadi(KAHAR, 1_200_000)), TTD,
        Do("pilih-lebih-bayar", "restitusi", refused="isian-tidak-sah"),
        Do("pilih-lebih-bayar", "restitusi", {"bank_wp": "Bank Contoh", "rekening_wp": "1234567890", "atas_nama_wp": "Wajib Pajak Contoh 8"}), SAMPAI,
        terutang=2_000_000, dibayar=2_000_000, lebih=800_000, ditetapkan=1_200_000, tepat=False,
    ),
    cerita(
        "pengurangan-kebijakan",
        "Peneliti tidak masuk dan tugasnya dialihkan atasannya; pengurangan kebijakan diputus wali kota, yang sekali mengembalikan dan sekali mengubah putusannya.",
        "dikabulkan",
        ajukan(WARISAN, jenis="pengurangan", dasar_pengurangan="kebijakan"), DITERIMA,
        HandOver("penelitian-kantor", "pelaksana-bapenda", "kasubbid-keberatan", "Peneliti cuti."), LANGSUNG, usul(menjadi(WARISAN, KEBIJAKAN)),
        Do("putuskan-wali-kota", "kembalikan", reason="Pertimbangkan cagar budaya."), usul(menjadi(WARISAN, 6_000_000)),
        putus("kabulkan-sebagian", menjadi(WARISAN, 6_000_000), oleh="wali-kota"),
        Do("tanda-tangan-wali-kota", "ubah-putusan", reason="Dikabulkan seluruhnya."), putus("kabulkan", menjadi(WARISAN, 4_000_000), oleh="wali-kota"), TTD_WK, SAMPAI,
        terutang=KEBIJAKAN, ditetapkan=4_000_000,
    ),
    cerita(
        "pembetulan-kedua-dan-diam",
        "Nama pada SPPT salah tulis untuk kedua kalinya; pembetulan tanpa batas waktu, lebih bayar dan wajib pajak diam 14 hari: dikompensasi.",
        "dikabulkan",
        ajukan(SALAH_TULIS, diterima=-200, jenis="pembetulan"), DITERIMA, LANGSUNG, usul(menjadi(SALAH_TULIS, 1_500_000)),
        putus("kabulkan", menjadi(SALAH_TULIS, 1_500_000)), TTD, Later(days=24), SAMPAI,
        terutang=1_500_000, dibayar=1_600_000, lebih=100_000, ditetapkan=1_500_000,
        baca_pembetulan={"pembetulan_terakhir": "1"}, hitung_pembetulan={"pembetulan_ke": 2, "nomor_sppt": "NOP/2026/2"},
    ),
    cerita(
        "nop-tidak-terdaftar",
        "NOP tidak ada pada daftar PBB: tidak dapat diterima, dikembalikan, dan wajib pajak tidak memperbaikinya sampai gugur.",
        "gugur",
        ajukan(baris(999, 700_000, 500_000)), Do("terima-berkas", "terima", refused="isian-tidak-sah"),
        Do("terima-berkas", "kembalikan", reason="NOP tidak terdaftar."), Later(days=50),
        terutang=700_000, cari_sppt={"sppt_terdaftar": False}, baca_ketetapan={}, baca_tanda_terima={}, hitung_jangka_waktu={"tepat_waktu": True, "pokok_ketetapan": 700_000, "batas_pengajuan": Day(70)},
    ),
    cerita(
        "dicabut-di-loket",
        "Sesudah laporan disusun wajib pajak mencabut permohonannya di loket.",
        "dicabut",
        ajukan(LANJUT), DITERIMA, LANGSUNG, usul(menjadi(LANJUT, 1_500_000)),
        Do("batas-12-bulan", "pencabutan-di-loket", reason="Surat pencabutan diterima.", by="petugas-pelayanan-bapenda"),
        terutang=1_500_000,
    ),
    cerita("batal", "Wajib pajak mengurungkan permohonannya.", "batal", Do("ajukan", "batal"), terutang=1_500_000),
)
# fmt: on

SCENARIOS = (*SUMBER, *LAINNYA)
