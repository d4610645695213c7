"""Cerita yang harus tetap benar: enam dari sumber proses, lalu keluarga kedua kejadian yang sama, laporan tanpa kejadian, yang terlambat, dan dana yang habis."""

from __future__ import annotations

from typing import Any

from engine.scenario import AWAY, Day, Do, Hitch, Later, Scenario

Isi = dict[str, Any]
PETUGAS = "petugas-dinsos"
KARAWACI, PERIUK, JAUH = (
    {"lat": "-6.195000", "lon": "106.642000"},
    {"lat": "-6.195000", "lon": "106.654000"},
    {"lat": "-6.235000", "lon": "106.606000"},
)
"""Tiga kecamatan: keputusan tanggap darurat berlaku per kecamatan."""
WILAYAH: dict[str, dict[str, Isi]] = {
    KARAWACI["lon"]: {
        "tentukan-kelurahan": {"kode_kelurahan": "36.71.05.1010", "kelurahan": "Poris Plawad Indah"},
        "tentukan-kecamatan": {"kode_kecamatan": "36.71.05", "kecamatan": "Cipondoh"},
    },
    PERIUK["lon"]: {
        "tentukan-kelurahan": {"kode_kelurahan": "36.71.06.1001", "kelurahan": "Contoh"},
        "tentukan-kecamatan": {"kode_kecamatan": "36.71.06", "kecamatan": "Ciledug"},
    },
    JAUH["lon"]: {
        "tentukan-kelurahan": {"kode_kelurahan": "36.71.01.1001", "kelurahan": "Sukarasa"},
        "tentukan-kecamatan": {"kode_kecamatan": "36.71.01", "kecamatan": "Tangerang"},
    },
}
PLAFON: dict[str, tuple[int, int, int]] = {
    "kebakaran": (7_500_000, 15_000_000, 25_000_000), "banjir": (3_000_000, 7_500_000, 15_000_000), "angin": (3_000_000, 7_500_000, 15_000_000),
    "sakit": (10_000_000, 30_000_000, 75_000_000), "meninggal": (3_000_000, 3_000_000, 5_000_000),
}  # fmt: skip


def foto(nama: str, *, titik: bool = True) -> list[Isi]:
    bukti: Isi = {"place": KARAWACI, "taken_at": "2026-11-23T10:00", "told_by": "foto"} if titik else {}
    return [{"id": nama, "name": f"{nama}.jpg", "sha256": "0" * 64, "kind": "jpg", "size": 1, **bukti}]


def perlu(jumlah: int) -> Isi:
    """Dua kebutuhan yang berjumlah itu."""
    rinci = (
        ("Sandang, alat tidur dan perlengkapan keluarga", 1, "paket", jumlah // 3),
        ("Bahan bangunan hunian sementara", 1, "paket", jumlah - jumlah // 3),
    )
    baris = [{"_id": f"k{n}", "uraian": u, "banyak": b, "satuan": s, "jumlah": j} for n, (u, b, s, j) in enumerate(rinci, 1)]
    return {"kebutuhan": baris, "jumlah": jumlah}


def lapor(sebab: str, urut: int, jumlah: int, di: dict[str, str] = JAUH, nik: str = "", **lain: Any) -> Do:
    isian: Isi = {
        "sebab": sebab, "tanggal_kejadian": Day(-1), "jam_kejadian": "09:00", "lokasi": di, "alamat": "Kampung Contoh RT 02 RW 05", "pengusul": "lurah",
        "nama_keluarga": f"Warga Contoh {urut}", "kk": f"36710105062{urut:05}", "nik": nik or f"36710112038{urut:05}", "jumlah_jiwa": 4, **perlu(jumlah),
        "cara_serah": "uang", "punya_rekening": False,
    }  # fmt: skip
    if sebab in ("kebakaran", "banjir", "angin"):
        isian["foto_menyusul"] = False
    if "foto" not in lain and not lain.get("foto_menyusul"):
        isian["foto"] = foto("rumah")
    return Do("laporkan", "kirim", {**isian, **lain})


def tinjau(jumlah: int, tingkat: str = "sedang", **lain: Any) -> Do:
    return Do("tinjau-lapangan", "selesai", {"tingkat_kerusakan": tingkat, "foto_lapangan": foto("lapangan"), **perlu(jumlah), **lain})


def bpbd(status: str = "darurat") -> Do:
    sampai: Isi = {"darurat_sampai": Day(13)} if status == "darurat" else {}
    return Do("pernyataan-bpbd", "nyatakan", {"status_darurat": status, **sampai})


def bayar(nomor: str) -> Do:
    return Do("bayar-btt", "bayar", {"bukti_bayar": f"SP2D-BTT/{nomor}/2026"})


def serah(oleh: str, hubungan: str = "kepala-keluarga", **lain: Any) -> Do:
    return Do("serahkan-bantuan", "diserahkan", {"diterima_oleh": oleh, "hubungan_penerima": hubungan, "foto_serah": foto("serah"), **lain})


SAH = Do("verifikasi-data", "sah")
RKB, SEKDA, WALI_KOTA = Do("susun-rkb", "tandatangani"), Do("setujui-sekda", "setujui"), Do("setujui-wali-kota", "setujui")
DARURAT = Do("tetapkan-darurat", "tandatangani")
BAST = (Do("ttd-bast", "tandatangani"), Do("bast-penerima", "tandatangani", by=PETUGAS))
LAPORAN = Do(
    "laporkan-penggunaan", "tandatangani",
    {"uraian_penggunaan": "Bantuan dipakai untuk kebutuhan pada rencana. Seluruhnya diterima keluarga pada hari penyerahan.", "bukti_penggunaan": foto("kuitansi")},
)  # fmt: skip
WAJAR = Do("reviu-inspektorat", "selesai", {"hasil_reviu": "wajar"})
TIDAK_ADA = Do("serahkan-bantuan", "penerima-tidak-ada")


def cerita(name: str, story: str, ends: str, *acts: Any, mesin: dict[str, Isi] | None = None) -> Scenario:
    dilaporkan = next((act.values for act in acts if isinstance(act, Do) and act.task == "laporkan"), {})
    plafon = PLAFON.get(dilaporkan.get("sebab", ""))
    biasa: dict[str, Isi] = {
        **WILAYAH.get(dilaporkan.get("lokasi", JAUH)["lon"], {}), "cek-penduduk": {"keluarga_cocok": True}, "cek-kesejahteraan": {"terdata_sejahtera": True},
        "tandai-nik": {"nik_baru": True, "bantuan_nik": ""}, "tandai-kk": {"kk_baru": True, "bantuan_kk": ""},
        "baca-plafon": dict(zip(("plafon_ringan", "plafon_sedang", "plafon_berat"), plafon, strict=True)) if plafon else {},
        "hitung-usulan": {"jumlah_usulan": 0, "keluarga_diusulkan": ""}, "cari-keputusan": {}, "catat-nomor-darurat": {"nomor_darurat": "100.3.3.2/1/2026"},
        "catat-nomor-rkb": {"nomor_rkb": "1/RKB/DINSOS/2026"}, "bila-wewenang-sekda": {"batas_sekda": 50_000_000}, "baca-sisa-btt": {"sisa_btt": 2_000_000_000},
        "tahan-btt": {"btt_cukup": True}, "kenalkan-penerima": {"pihak_penerima_bantuan": "luar:1"}, "catat-nomor-bast": {"nomor_bast": "1/BAST/DINSOS/2026"},
    }  # fmt: skip
    return Scenario(name, story, ends, acts, starter="lurah-paninggilan", gives={**biasa, **(mesin or {})})


# fmt: off
SUMBER = (
    cerita(
        "rumah-terbakar",
        "Kebakaran pukul 09.00, foto menyusul; BPBD menyatakan darurat, keputusan tanggap darurat ditandatangani, RKB Rp15.000.000 di bawah batas Sekda disetujui, dibayar tunai dan diserahkan.",
        "selesai",
        lapor("kebakaran", 11, 12_000_000, KARAWACI, foto_menyusul=True), SAH, Do("susulkan-foto", "kirim", {"foto": foto("rumah")}),
        Do("pernyataan-bpbd", "nyatakan", {"status_darurat": "darurat"}, refused="isian-tidak-sah"), bpbd(),
        tinjau(15_000_000), DARURAT, RKB, SEKDA, bayar("11"), serah("Warga Contoh 11"), *BAST, LAPORAN, WAJAR,
    ),
    cerita(
        "banjir-sudah-ada-keputusan",
        "Banjir hari kedua: keputusan tanggap darurat sudah berlaku sehingga langsung ke persetujuan jumlah; barang diterima istri, keberatan atas satu barang diselesaikan. Keluarga diusulkan warga lain.",
        "selesai",
        lapor("banjir", 12, 6_000_000, PERIUK, cara_serah="barang", pengusul="warga-lain", nik_pengusul="3671014501990001"), SAH, bpbd(), tinjau(6_000_000),
        RKB, SEKDA, bayar("12"),
        Do("serahkan-bantuan", "diserahkan", {"diterima_oleh": "Istri Contoh", "hubungan_penerima": "pasangan", "foto_serah": foto("serah")}, refused="isian-tidak-sah"),
        serah("Istri Contoh", "pasangan", tanda_terima_basah=foto("tanda")), Do("ttd-bast", "tandatangani"),
        Do("bast-penerima", "keberatan", reason="Satu paket kurang.", by=PETUGAS), serah("Istri Contoh", "pasangan", tanda_terima_basah=foto("tanda")),
        Do("ttd-bast", "ulang-serah", reason="Foto tanda terima kabur."), serah("Istri Contoh", "pasangan", tanda_terima_basah=foto("jelas")), *BAST,
        Do("laporkan-penggunaan", "lengkapi-dulu", reason="Nota toko belum lengkap."), LAPORAN, WAJAR,
        mesin={"cari-keputusan": {"nomor_darurat": "100.3.3.2/45/2026"}},
    ),
    cerita(
        "keluarga-ganda",
        "NIK yang sama sudah dibantu untuk kejadian itu oleh kelurahan lain. Verifikator tidak dapat menyatakan sah; Kepala Dinsos meminta periksa ulang, lalu menolak dengan alasan ganda.",
        "ditolak",
        lapor("banjir", 13, 6_000_000, PERIUK, nik="3671011203850044"), Do("verifikasi-data", "sah", refused="isian-tidak-sah"),
        Do("verifikasi-data", "ganda", reason="NIK sudah dibantu."), bpbd("bukan-darurat"), tinjau(6_000_000),
        Do("tolak-laporan", "periksa-ulang", reason="Pastikan NIK tidak salah ketik."), lapor("banjir", 13, 6_000_000, PERIUK, nik="3671011203850044"),
        bpbd("bukan-darurat"), tinjau(6_000_000), Do("verifikasi-data", "ganda", reason="NIK benar dan sudah dibantu."),
        Do("tolak-laporan", "tolak", reason="Keluarga sudah dibantu untuk banjir ini lewat kelurahan lain."),
        mesin={"tandai-nik": {"nik_baru": False, "bantuan_nik": "dibantu"}},
    ),
    cerita(
        "di-atas-batas-sekda",
        "Biaya rumah sakit Rp60.000.000 dengan batas Sekda Rp50.000.000 disetujui Wali Kota sesudah RKB diperbaiki, dibayar lewat rekening; Inspektorat menemukan kuitansi ganda dan pemeriksaan dibuka.",
        "selesai",
        lapor("sakit", 14, 60_000_000, punya_rekening=True, rekening="1000012301", nama_bank="Bank Contoh"), SAH,
        Do("tinjau-lapangan", "selesai", {"tingkat_kerusakan": "sedang", "foto_lapangan": foto("lapangan"), **perlu(60_000_000)}, refused="isian-tidak-sah"),
        tinjau(60_000_000, "berat"), RKB, Do("setujui-wali-kota", "kembalikan", reason="Rincikan biaya tindakan."), RKB, WALI_KOTA, bayar("14"), serah("Warga Contoh 14"),
        *BAST, LAPORAN, Do("reviu-inspektorat", "minta-penjelasan", reason="Kuitansi bertanggal sama."), LAPORAN,
        Do("reviu-inspektorat", "selesai", {"hasil_reviu": "ada-temuan"}, refused="isian-tidak-sah"),
        Do("reviu-inspektorat", "selesai", {"hasil_reviu": "ada-temuan", "catatan_reviu": "Satu kuitansi dipakai dua kali."}),
    ),
    cerita(
        "penerima-pindah",
        "Keluarga tidak di tempat, sempat ditemukan, pindah sebelum bantuan diserahkan dan tidak ditemukan dalam 7 hari; uang disetor kembali dan dibukukan kembali.",
        "gugur",
        lapor("meninggal", 15, 3_000_000), SAH, tinjau(3_000_000), RKB, SEKDA, bayar("15"), TIDAK_ADA, Do("cari-penerima", "ditemukan", by=PETUGAS), TIDAK_ADA, Later(days=8), Do("setor-kembali", "keluarga-muncul"), TIDAK_ADA, Later(days=8),
        Do("setor-kembali", "disetor", {"nilai_barang": 1_000_000, "bukti_setor": "STS-15/2026"}, refused="isian-tidak-sah"),
        Do("setor-kembali", "disetor", {"bukti_setor": "STS-15/2026"}), Do("tutup-gugur", "tutup"),
    ),
    cerita(
        "layanan-penduduk-mati",
        "Layanan kependudukan mati saat kejadian angin kencang; petugas memeriksa dari KK asli, Wali Kota menilai bukan darurat, bantuan tetap disalurkan, Inspektorat menyimpulkan wajar.",
        "selesai",
        Hitch("cek-penduduk", AWAY), lapor("angin", 16, 6_000_000), Do("verifikasi-data", "sah", refused="isian-tidak-sah"), Do("verifikasi-data", "sah", {"kk_asli": "sesuai"}),
        tinjau(6_000_000, foto_lapangan=foto("lapangan", titik=False), titik_tinjau=JAUH), bpbd(), Do("tetapkan-darurat", "bukan-darurat", reason="Kerusakan terbatas pada satu rumah."),
        RKB, SEKDA, bayar("16"), serah("Warga Contoh 16", foto_serah=foto("serah", titik=False), titik_serah=JAUH), *BAST, LAPORAN, WAJAR,
        mesin={"cek-penduduk": {}},
    ),
)

LAINNYA = (
    cerita(
        "tetangga-kebanjiran",
        "Keluarga lain banjir yang sama: keputusan tanggap darurat sudah berlaku; Sekda meminta RKB diperbaiki, lalu menolak karena rumahnya tidak terkena.",
        "ditolak",
        lapor("banjir", 17, 6_000_000, PERIUK), SAH, bpbd(), tinjau(6_000_000), RKB, Do("setujui-sekda", "kembalikan", reason="Periksa jumlahnya."), RKB,
        Do("setujui-sekda", "tolak", reason="Rumah ini tidak terkena banjir."),
        mesin={"cari-keputusan": {"nomor_darurat": "100.3.3.2/45/2026"}},
    ),
    cerita(
        "tidak-ada-kejadian",
        "NIK tidak cocok dengan KK dan petugas lapangan tidak menemukan kejadian; laporan ditolak dari lapangan.",
        "ditolak",
        lapor("terlantar", 18, 2_000_000, nik="3671011203859999"), Do("verifikasi-data", "tidak-layak", reason="NIK tidak ada pada KK."),
        Do("tinjau-lapangan", "tidak-ada-kejadian", reason="Alamat itu rumah kosong."),
        mesin={"cek-penduduk": {"keluarga_cocok": False}},
    ),
    cerita(
        "foto-tidak-menyusul",
        "Semua terlambat: diingatkan dan naik dalam hitungan jam, foto lurah tidak menyusul dalam 24 jam; Wali Kota menyebut keputusan yang sudah ada, RKB dikembalikan, lurah membatalkan.",
        "batal",
        lapor("angin", 19, 6_000_000, foto_menyusul=True), Later(days=2), SAH, tinjau(6_000_000), bpbd(), Do("tetapkan-darurat", "sudah-ada", {"nomor_darurat": "100.3.3.2/46/2026"}),
        Do("susun-rkb", "kembalikan", reason="Foto rumah belum ada."), Do("laporkan", "batal"),
    ),
    cerita(
        "dana-tidak-cukup",
        "Belanja tidak terduga tidak cukup untuk bantuan yang diajukan tanpa plafon; pembayaran gagal, RKB dikembalikan dan lurah membatalkan.",
        "batal",
        lapor("terlantar", 20, 2_500_000_000), SAH, tinjau(2_500_000_000), RKB, WALI_KOTA, Do("bayar-btt", "bayar", {"bukti_bayar": "SP2D-BTT/20/2026"}, refused="isian-tidak-sah"),
        Do("bayar-btt", "gagal", reason="Sisa belanja tidak terduga tidak cukup."), Do("susun-rkb", "kembalikan", reason="Kurangi kebutuhan."), Do("laporkan", "batal"),
        mesin={"tahan-btt": {"btt_cukup": False}},
    ),
)
# fmt: on

SCENARIOS = (*SUMBER, *LAINNYA)
