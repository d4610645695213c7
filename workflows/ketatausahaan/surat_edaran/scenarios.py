"""Cerita yang harus tetap benar: lima dari sumber proses, lalu jalan lain yang ditemui pemrakarsa dan unit penerima."""

from __future__ import annotations

from typing import Any

from engine.scenario import Day, Do, Hitch, Later, Scenario

DINAS = (
    "bapenda", "bappeda", "bkpsdm", "bpbd", "bpkd", "dinas-perkimtan", "dinas-perpustakaan-arsip", "dinas-pupr", "dinkes", "dinsos", "disbudpar", "disdik",
    "disdukcapil", "dishub", "diskominfo", "disnaker", "disperindagkop", "dispora", "dkp", "dlh", "dp3ap2kb", "dpmptsp", "inspektorat", "kesbangpol",
    "satpol-pp", "setda", "setwan",
)  # fmt: skip
WILAYAH = (
    "batuceper",
    "benda",
    "cibodas",
    "ciledug",
    "cipondoh",
    "jatiuwung",
    "karang-tengah",
    "karawaci",
    "larangan",
    "neglasari",
    "periuk",
    "pinang",
    "tangerang",
)
KELURAHAN = (
    "batuceper", "belendung", "cibodas", "cipondoh", "karang-tengah", "karawaci", "keroncong", "larangan-utara", "neglasari", "paninggilan", "periuk",
    "pinang", "sukarasa",
)  # fmt: skip
SEMUA = (*DINAS, *(f"kecamatan-{satu}" for satu in WILAYAH), *(f"kelurahan-{satu}" for satu in KELURAHAN))
"""Seluruh perangkat daerah, kecamatan dan kelurahan kota contoh, menurut urutan kelompoknya."""


def sasaran(*kata: str) -> list[dict[str, Any]]:
    """Kelompok, atau unit bila bukan nama kelompok."""
    return [
        {"_id": f"s{n}", **({"jenis_sasaran": satu} if satu.startswith("semua-") or satu == "upt" else {"jenis_sasaran": "unit", "unit": satu})}
        for n, satu in enumerate(kata, 1)
    ]


EDARAN: dict[str, Any] = {
    "jenis": "surat-edaran", "tentang": "Jam Pelayanan pada Bulan Ramadan", "penandatangan": "sekda",
    "latar_belakang": "Dalam bulan Ramadan jam kerja pegawai disesuaikan tanpa mengurangi pelayanan kepada warga.",
    "maksud_tujuan": "Edaran ini menjadi pedoman perangkat daerah mengatur jam pelayanan.",
    "ruang_lingkup": "Jam buka loket dan pengaturan petugas.",
    "dasar_hukum": [{"_id": "d1", "peraturan": "Peraturan Presiden", "nomor": "21", "tahun": 2023}],
    "isi": "Loket pelayanan dibuka pukul 08.00 sampai dengan 14.00 WIB.\nKepala unit mengatur giliran petugas agar loket tidak kosong.\nPerubahan jam diumumkan di loket dan laman unit.",
    "sasaran": sasaran("dinkes", "kelurahan-cibodas"),
}  # fmt: skip
SIAGA: dict[str, Any] = {
    **{nama: nilai for nama, nilai in EDARAN.items() if nama not in ("penandatangan", "ruang_lingkup")}, "jenis": "instruksi",
    "tentang": "Siaga Banjir", "latar_belakang": "Curah hujan tinggi diperkirakan sampai akhir bulan.",
    "maksud_tujuan": "Kesiapan petugas dan sarana perlu dijaga.", "isi": "Menyiagakan petugas dan perahu karet.\nMelaporkan keadaan tinggi muka air setiap hari.",
    "sasaran": sasaran("bpbd", "dinas-pupr"), "berlaku_sampai": Day(60),
}  # fmt: skip


def cerita(name: str, story: str, ends: str, *acts: Any, penerima: tuple[str, ...] = ("dinkes", "kelurahan-cibodas")) -> Scenario:
    return Scenario(name, story, ends, acts, starter="konseptor-disdik", gives={"sebarkan": {"daftar_penerima": list(penerima)}})


def konsep(isian: dict[str, Any] = EDARAN) -> Do:
    return Do("susun-konsep", "kirim", isian)


def terima(*unit: str, cara: str = "") -> tuple[Do, ...]:
    return tuple(Do(f"terima-edaran@{satu}", "terima", {"tindak_lanjut_unit": cara} if cara else {}) for satu in unit)


SETUJU = Do("setujui-kepala-opd", "setujui")
TELAAH = Do("telaah-hukum", "setujui", {"catatan_hukum": "Tidak mengatur; wewenang ada."})
PARAF = Do("paraf-asisten", "paraf")
SIAP = (SETUJU, TELAAH, PARAF)
TTD = Do("tanda-tangan-edaran-sekda", "tandatangani")
BERKAS = Do("berkaskan", "berkaskan")

# fmt: off
SUMBER = (
    cerita(
        "edaran-jam-kerja",
        "Edaran sekda lolos telaah hukum, ditandatangani, dan dikirim ke semua perangkat daerah, kecamatan dan kelurahan; semua menerima.",
        "selesai",
        konsep({**EDARAN, "sasaran": sasaran("semua-perangkat-daerah", "semua-kecamatan", "semua-kelurahan", "dinkes")}), *SIAP, TTD,
        *terima(*SEMUA, cara="Diteruskan pada apel pagi."), BERKAS,
        penerima=SEMUA,
    ),
    cerita(
        "instruksi-wali-kota",
        "Konsep sempat berupa edaran sekda; diubah menjadi instruksi siaga banjir, diparaf sekda dan ditandatangani wali kota.",
        "selesai",
        konsep({**SIAGA, "jenis": "surat-edaran", "penandatangan": "sekda"}), Do("setujui-kepala-opd", "kembalikan", reason="Jadikan instruksi."),
        konsep(SIAGA), *SIAP, Do("paraf-sekda", "paraf"), Do("tanda-tangan-instruksi", "tandatangani"), *terima("bpbd", "dinas-pupr"), BERKAS,
        penerima=("bpbd", "dinas-pupr"),
    ),
    cerita(
        "peraturan-terselubung",
        "Konsep memuat denda bagi pedagang; bagian hukum menolak karena harus diatur dalam peraturan daerah.",
        "ditolak",
        konsep({**EDARAN, "isi": "Pedagang yang melanggar dikenai denda."}), SETUJU,
        Do("telaah-hukum", "tolak", {"catatan_hukum": "Memuat sanksi."}, reason="Denda harus diatur dalam peraturan daerah."),
    ),
    cerita(
        "unit-terlambat",
        "Dua kelurahan diingatkan pada hari kerja ke-2; satu dieskalasi kepada sekda pada hari ke-5, lalu menerima. Laporan menandai keterlambatannya.",
        "selesai",
        konsep({**EDARAN, "sasaran": sasaran("dinkes", "kelurahan-cibodas", "kelurahan-pinang")}), *SIAP, TTD, *terima("dinkes"), Later(days=4),
        *terima("kelurahan-cibodas"), Later(days=5), *terima("kelurahan-pinang", cara="Diteruskan pada rapat kelurahan."), BERKAS,
        penerima=("dinkes", "kelurahan-cibodas", "kelurahan-pinang"),
    ),
    cerita(
        "dibatalkan-pemrakarsa",
        "Dikembalikan asisten karena acaranya batal, pemrakarsa membatalkan konsep.",
        "batal",
        konsep(), SETUJU, TELAAH, Do("paraf-asisten", "kembalikan", reason="Acaranya batal."), Do("susun-konsep", "batal"),
    ),
)

LAINNYA = (
    cerita(
        "unit-tidak-menjawab",
        "Satu unit tidak pernah menjawab: pada hari kerja ke-10 dianggap tidak menjawab, laporan tetap terbit.",
        "selesai",
        konsep(), *SIAP, TTD, *terima("dinkes"), Later(days=21), BERKAS,
    ),
    cerita(
        "sertifikat-tidak-menjawab",
        "Layanan sertifikat tidak menjawab sewaktu wali kota menandatangani edaran; percobaan berikutnya berhasil dengan nomor yang sama.",
        "selesai",
        konsep({**EDARAN, "penandatangan": "wali-kota", "sasaran": sasaran("upt")}), *SIAP, Do("paraf-sekda", "paraf"),
        Hitch("tanda-tangan-edaran-wali-kota", "envelope_gone"), Do("tanda-tangan-edaran-wali-kota", "tandatangani"),
        Do("tanda-tangan-edaran-wali-kota", "tandatangani"), *terima("rsud"), BERKAS,
        penerima=("rsud",),
    ),
    cerita(
        "dikembalikan-dua-kali",
        "Bagian hukum dan sekda mengembalikan; sesudah diperbaiki sekda menolak menandatangani.",
        "ditolak",
        konsep(), SETUJU, Do("telaah-hukum", "kembalikan", reason="Sebut dasarnya."), konsep(), *SIAP,
        Do("tanda-tangan-edaran-sekda", "kembalikan", refused="alasan-kosong"),
        Do("tanda-tangan-edaran-sekda", "kembalikan", reason="Jam buka kurang jelas."), konsep(), *SIAP,
        Do("tanda-tangan-edaran-sekda", "tolak", reason="Kebijakan berubah."),
    ),
    cerita(
        "wali-kota-menolak-instruksi",
        "Sekda mengembalikan sekali; wali kota mengembalikan, lalu menolak instruksi.",
        "ditolak",
        konsep(SIAGA), *SIAP, Do("paraf-sekda", "kembalikan", reason="Tambahkan pelaporan."), konsep(SIAGA), *SIAP, Do("paraf-sekda", "paraf"),
        Do("tanda-tangan-instruksi", "kembalikan", reason="Perjelas tugas."), konsep(SIAGA), *SIAP, Do("paraf-sekda", "paraf"),
        Do("tanda-tangan-instruksi", "tolak", reason="Keadaan sudah aman."),
    ),
)
# fmt: on

SCENARIOS = (*SUMBER, *LAINNYA)
