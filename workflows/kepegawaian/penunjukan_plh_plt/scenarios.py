"""Cerita yang harus tetap benar: lima dari sumber proses, lalu jalan lain."""

from __future__ import annotations

from typing import Any

from engine.scenario import Day, Do, Later, Scenario


def usul(jenis: str, jabatan: str, jenjang: str, mulai: int, lama: int, **lain: Any) -> Do:
    isian: dict[str, Any] = {
        "jenis": jenis, "jabatan": jabatan, "jenjang_jabatan": jenjang, "sebab": "cuti" if jenis == "plh" else "kosong-pensiun",
        "periode": {"from": Day(mulai), "to": Day(mulai + lama - 1)},
    }  # fmt: skip
    return Do("usulkan", "kirim", {**isian, **lain})


def cerita(name: str, story: str, ends: str, *acts: Any, oleh: str = "kepala-dinkes", mesin: dict[str, dict[str, Any]] | None = None) -> Scenario:
    cocok: dict[str, dict[str, Any]] = {
        "hitung-syarat": {"syarat_terpenuhi": True, "sebab_tidak_terpenuhi": "", "bulan_terpakai": 0}, "buka-mandat": {"mandat": "m1"},
        "perpanjang-mandat": {"mandat": "m2"},
    }  # fmt: skip
    return Scenario(name, story, ends, acts, starter=oleh, gives={**cocok, **(mesin or {})})


MEMENUHI = (Do("verifikasi", "memenuhi"), Do("paraf", "paraf"))
SELESAI = Do("tutup-penunjukan", "selesai")
TTD_SEKDA = Do("tanda-tangani-sekda", "tanda-tangani")
PELAYANAN, SUMBER_DAYA, MASYARAKAT = "01KDVDNA000ENS3A8FEEP9WVPF", "01KDVDNA00TANG1B2PF8J0AMAP", "01KDVDNA00WGPDXWMSMJD0FHTK"
"""Kepala bidang pada dinas contoh, sebagai pejabat yang berhalangan atau yang ditunjuk."""


def plh(jabatan: str, pejabat: str, penerima: str, jenjang: str = "administrator", mulai: int = 0, lama: int = 5) -> Do:
    return usul("plh", jabatan, jenjang, mulai, lama, pejabat_definitif=pejabat, penerima=penerima)


def plt(penerima: str) -> Do:
    """Jabatan kepala bidang yang kosong pada kota contoh, 85 hari sejak hari ini."""
    return usul("plt", "kabid-disnaker-hubungan", "administrator", 0, 85, penerima=penerima)


USUL_PANJANG = plh("kabid-dinkes-masyarakat", MASYARAKAT, PELAYANAN, mulai=40)

# fmt: off
SUMBER = (
    cerita(
        "plh-kepala-bidang-cuti",
        "Kepala bidang cuti 5 hari. Sekda menandatangani surat perintah Plh., mandat terbuka dan ditutup ketika ia kembali lebih awal.",
        "selesai",
        plh("kabid-dinkes-pelayanan", PELAYANAN, SUMBER_DAYA), *MEMENUHI, TTD_SEKDA, Do("akhir-plh", "pejabat-kembali", by="analis-sdm"), SELESAI,
    ),
    cerita(
        "plt-diperpanjang-sekali",
        "Jabatan kosong; Plt. ditunjuk, diingatkan 14 hari sebelum habis, diperpanjang satu kali, lalu pejabat definitif dilantik.",
        "selesai",
        plt("01KDVDNA00RQ52ZBVCHJWFYP1P"), *MEMENUHI, TTD_SEKDA, Later(days=72),
        Do("tindak-lanjut", "perpanjang", refused="isian-tidak-sah"),
        Do("tindak-lanjut", "perpanjang", {"periode_perpanjangan": {"from": Day(13), "to": Day(90)}}),
        Do("paraf-perpanjangan", "paraf"), Do("perpanjang-sekda", "tanda-tangani"), Do("akhir-perpanjangan", "jabatan-terisi", by="analis-sdm"), SELESAI,
        oleh="kepala-disnaker",
    ),
    cerita(
        "calon-rangkap-jabatan",
        "Calon sudah menjadi Plh. di jabatan lain. Sistem menahan usul dan kepala dinas membatalkannya.",
        "batal",
        plh("kabid-dinkes-pelayanan", PELAYANAN, "01KDVDNA00BM36Y55CCEQH6NW4"), Do("perbaiki-usul", "batal"),
        mesin={"hitung-syarat": {"syarat_terpenuhi": False, "sebab_tidak_terpenuhi": "Rangkap.", "bulan_terpakai": 0}},
    ),
    cerita(
        "ditolak-sekda",
        "Sekda menolak Plh. karena pejabat definitif hanya rapat setengah hari dan masih dapat menandatangani secara elektronik.",
        "ditolak",
        plh("kabid-dinkes-masyarakat", MASYARAKAT, SUMBER_DAYA, mulai=20), *MEMENUHI,
        Do("tanda-tangani-sekda", "tolak", refused="alasan-kosong"),
        Do("tanda-tangani-sekda", "tolak", reason="Pejabatnya hanya rapat setengah hari."),
    ),
    cerita(
        "tidak-ditindaklanjuti",
        "Analis SDM tidak menjawab peringatan 14 hari. Masa Plt. dianggap berakhir dan mandat tertutup pada hari terakhir.",
        "selesai",
        plt("01KDVDNA00VX4TXAMKZW51SKEE"), *MEMENUHI, TTD_SEKDA, Later(days=90), SELESAI,
        oleh="kepala-disnaker",
    ),
)

LAINNYA = (
    cerita(
        "plh-kepala-dinas",
        "Kepala dinas dinas luar: surat perintahnya ditandatangani wali kota, sesudah sekali dikembalikan karena masanya terlalu panjang.",
        "selesai",
        plh("kepala-dinkes", "01KDVDNA00P16ZVMJ3M0HNPQ1K", "01KDVDNA0060ZRYC2NE1015QM6", "jpt", 30, 12), *MEMENUHI,
        Do("tanda-tangani-wali-kota", "kembalikan", reason="Masanya cukup tiga hari."),
        plh("kepala-dinkes", "01KDVDNA00P16ZVMJ3M0HNPQ1K", "01KDVDNA0060ZRYC2NE1015QM6", "jpt", 30, 3), *MEMENUHI,
        Do("tanda-tangani-wali-kota", "tanda-tangani"), Do("akhir-plh", "dicabut", by="analis-sdm"), SELESAI,
    ),
    cerita(
        "plh-berakhir-sendiri",
        "Plh. lima hari berakhir pada hari terakhirnya tanpa seorang pun berbuat apa-apa.",
        "selesai",
        plh("kabid-dinkes-pelayanan", PELAYANAN, MASYARAKAT), *MEMENUHI, TTD_SEKDA, Later(days=9), SELESAI,
    ),
    cerita(
        "dikembalikan-di-setiap-meja",
        "Analis, Kepala BKPSDM, dan sekda masing-masing sekali mengembalikan usul; sesudah dibetulkan surat perintahnya terbit.",
        "selesai",
        USUL_PANJANG, Do("verifikasi", "kembalikan", reason="Surat cutinya tidak terbaca."),
        USUL_PANJANG, Do("verifikasi", "memenuhi"), Do("paraf", "kembalikan", reason="Periksa jabatannya."),
        USUL_PANJANG, *MEMENUHI, Do("tanda-tangani-sekda", "kembalikan", reason="Masanya keliru."),
        USUL_PANJANG, *MEMENUHI, TTD_SEKDA, Do("akhir-plh", "berakhir", by="analis-sdm"), SELESAI,
    ),
    cerita(
        "calon-diganti-lalu-dibatalkan",
        "Calon tidak memenuhi syarat; kepala dinas membuka lagi usulnya, lalu membatalkannya.",
        "batal",
        plh("kabid-dinkes-pelayanan", PELAYANAN, "01KDVDNA00BM36Y55CCEQH6NW4"), Do("perbaiki-usul", "ubah"), Do("usulkan", "batal"),
        mesin={"hitung-syarat": {"syarat_terpenuhi": False, "sebab_tidak_terpenuhi": "Rangkap.", "bulan_terpakai": 0}},
    ),
)
# fmt: on

SCENARIOS = (*SUMBER, *LAINNYA)
