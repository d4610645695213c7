"""Cerita yang harus tetap benar: lima dari sumber proses, lalu jalan lain yang ditemui pegawai."""

from __future__ import annotations

from typing import Any

from engine.scenario import Day, Do, Later, Scenario

CUTI: dict[str, Any] = {
    "jenis_cuti": "tahunan", "alasan": "Menengok orang tua di kampung.", "jumlah_hari_kerja": 3, "luar_negeri": False,
    "alamat_cuti": "Jalan Contoh Nomor 1, Kota Contoh", "telepon": "+6281234567890",
}  # fmt: skip
BEBAS: dict[str, dict[str, Any]] = {
    "periksa-hak": {"saldo_tahunan": 12}, "tahan-hak": {"hak_cukup": True}, "pesan-jadwal": {"jadwal_bebas": True, "kegiatan_lain": ""},
    "periksa-pengganti": {"pengganti_bebas": True, "kegiatan_pengganti": ""}, "hitung-sisa": {"hari_dikembalikan": 2},
}  # fmt: skip
STAF = {"jabatan": "", "kepala_unit": False, "masa_kerja": 10}
PENGGANTI = "01KDVDNA0060ZRYC2NE1015QM6"
"""Sekretaris dinas contoh."""
BUKTI = [{"id": "b1", "name": "perintah.pdf", "sha256": "0" * 64, "kind": "pdf", "size": 1}]
KEPALA = {"jabatan": "kepala-opd", "kepala_unit": True, "masa_kerja": 25}


def minta(mulai: int, lama: int, **lain: Any) -> Do:
    """Permintaan yang mulai sekian hari dari sekarang, selama sekian hari kalender."""
    return Do("ajukan", "kirim", {**CUTI, "periode": {"from": Day(mulai), "to": Day(mulai + lama - 1)}, **lain})


def cerita(
    name: str, story: str, ends: str, *acts: Any, oleh: str = "konseptor-diskominfo", pemohon: dict[str, Any] | None = None,
    mesin: dict[str, dict[str, Any]] | None = None,
) -> Scenario:  # fmt: skip
    return Scenario(name, story, ends, acts, starter=oleh, applicant=pemohon or STAF, gives={**BEBAS, **(mesin or {})})


SETUJU_ATASAN = Do("pertimbangkan", "setujui")
LENGKAP = Do("verifikasi", "lengkap")
TERCATAT = Do("catat-cuti", "tercatat")
KEPALA_MEMBERI = (Do("putuskan-kepala-opd", "setujui"), Do("izinkan-kepala-opd", "tanda-tangani"), TERCATAT)
LAPOR = Do("lapor-kembali", "lapor")
SELESAI = (Do("masa-cuti", "berakhir", by="pengelola-kepegawaian"), LAPOR)

# fmt: off
SUMBER = (
    cerita(
        "cuti-tahunan-disetujui",
        "Pelaksana meminta cuti tahunan 3 hari kerja. Atasan dan kepala OPD menyetujui; hari itu dibukukan dan ia melapor kembali.",
        "dikabulkan",
        minta(14, 3), SETUJU_ATASAN, LENGKAP, *KEPALA_MEMBERI, Later(days=20), LAPOR,
    ),
    cerita(
        "ditangguhkan-kepentingan-dinas",
        "Saat penyusunan anggaran atasan menangguhkan dan kepala OPD memutuskan penangguhan 6 hari. Hak 6 hari dibawa ke tahun berikutnya.",
        "dialihkan",
        minta(40, 8, jumlah_hari_kerja=6),
        Do("pertimbangkan", "tangguhkan", refused="alasan-kosong"),
        Do("pertimbangkan", "tangguhkan", reason="Penyusunan anggaran."), LENGKAP,
        Do("putuskan-kepala-opd", "tangguhkan", reason="Penyusunan anggaran."),
        Do("terima-penangguhan", "mengerti"),
        oleh="kabid-aplikasi", pemohon={"jabatan": "kepala-bidang", "kepala_unit": False},
    ),
    cerita(
        "saldo-tidak-cukup",
        "Pegawai meminta lebih banyak hari daripada haknya. Permintaan ditahan dan ia tidak memperbaikinya dalam lima hari kerja.",
        "gugur",
        minta(60, 22, jumlah_hari_kerja=16), Later(days=9),
        oleh="kabid-infrastruktur", pemohon={"jabatan": "kepala-bidang", "kepala_unit": False}, mesin={"tahan-hak": {"hak_cukup": False}},
    ),
    cerita(
        "kepala-dinas-cuti-besar-luar-negeri",
        "Kepala dinas meminta cuti besar 40 hari di luar negeri. Wali kota memutuskan, penunjukan Plh. dibuka, dan ia dipanggil kembali seminggu lebih awal.",
        "dikabulkan",
        minta(40, 40, jenis_cuti="besar", luar_negeri=True, negara_tujuan="Contohlandia", jumlah_hari_kerja=28, pengganti=PENGGANTI),
        SETUJU_ATASAN, LENGKAP, Do("putuskan-wali-kota", "setujui"), Do("izinkan-wali-kota", "tanda-tangani"), TERCATAT,
        Do("masa-cuti", "dipanggil-kembali", {"tanggal_kembali": Day(73)}, by="pengelola-kepegawaian", refused="isian-tidak-sah"),
        Do("masa-cuti", "dipanggil-kembali", {"tanggal_kembali": Day(73), "bukti_kembali": BUKTI}, by="pengelola-kepegawaian"), LAPOR,
        oleh="kepala-dinkes", pemohon=KEPALA,
    ),
    cerita(
        "cltn-ditolak-bkn",
        "Pegawai mengikuti pasangan bertugas ke luar negeri dan meminta CLTN. Wali kota setuju, tetapi BKN menolak: jadwal dilepas.",
        "ditolak",
        minta(90, 700, jenis_cuti="cltn", luar_negeri=True, negara_tujuan="Contohlandia", jumlah_hari_kerja=480),
        SETUJU_ATASAN, LENGKAP, Do("putuskan-wali-kota", "setujui"), Do("usulkan-cltn", "tanda-tangani"),
        Do("persetujuan-bkn", "tidak-lengkap", reason="Surat penempatan pasangan belum ada.", by="pengelola-kepegawaian"),
        LENGKAP, Do("putuskan-wali-kota", "setujui"), Do("usulkan-cltn", "tanda-tangani"),
        Do("persetujuan-bkn", "ditolak", reason="Alasan tidak memenuhi syarat.", by="pengelola-kepegawaian"),
        oleh="kabid-informasi", pemohon={"jabatan": "kepala-bidang", "kepala_unit": False},
    ),
)

LAINNYA = (
    cerita(
        "diubah-lalu-dibatalkan",
        "Hari yang diminta melebihi hak; pegawai membuka lagi permintaannya, lalu membatalkannya.",
        "batal",
        minta(200, 25, jumlah_hari_kerja=18), Do("perbaiki-permintaan", "ubah"), Do("ajukan", "batal"),
        oleh="ketua-tim-diskominfo", mesin={"tahan-hak": {"hak_cukup": False}},
    ),
    cerita(
        "cltn-ditetapkan",
        "BKN menyetujui CLTN; wali kota menetapkan keputusannya dan pegawai tercatat menjalankannya.",
        "dikabulkan",
        minta(90, 700, jenis_cuti="cltn", jumlah_hari_kerja=480),
        SETUJU_ATASAN, LENGKAP, Do("putuskan-wali-kota", "setujui"), Do("usulkan-cltn", "tanda-tangani"),
        Do("persetujuan-bkn", "disetujui", {"nomor_persetujuan_bkn": "123/BKN/2026"}, by="pengelola-kepegawaian"),
        Do("tetapkan-cltn", "tanda-tangani"), TERCATAT,
        Do("masa-cuti", "berakhir", by="pengelola-kepegawaian"), Do("lapor-selesai-cltn", "lapor"),
        oleh="sekretaris-dinkes", pemohon={"jabatan": "sekretaris-opd", "kepala_unit": False},
    ),
    cerita(
        "ditolak-kepala-opd",
        "Kepala OPD tidak menyetujui; hari yang ditahan dilepas bersama berakhirnya perkara.",
        "ditolak",
        minta(30, 3), Do("pertimbangkan", "tidak-setujui", reason="Sedang ada pemeriksaan."), LENGKAP,
        Do("putuskan-kepala-opd", "tolak", reason="Sedang ada pemeriksaan."), Do("terima-penolakan", "mengerti"),
        oleh="konseptor-dinkes",
    ),
    cerita(
        "penolakan-dianggap-diketahui",
        "Pegawai tidak membuka penolakan; sesudah tiga hari kerja dianggap diketahui dan perkara selesai.",
        "ditolak",
        minta(30, 3), SETUJU_ATASAN, LENGKAP,
        Do("putuskan-kepala-opd", "tolak", reason="Sedang ada pemeriksaan."), Later(days=7),
        oleh="konseptor-dishub",
    ),
    cerita(
        "dikembalikan-dan-diminta-lagi",
        "Atasan meminta tanggal lain, pengelola kepegawaian meminta lampiran, lalu cuti diberikan: hari yang ditahan selalu hanya yang terakhir diminta.",
        "dikabulkan",
        minta(40, 5, jumlah_hari_kerja=5), Do("pertimbangkan", "ubah-tanggal", reason="Minggu itu ada audit."),
        minta(50, 3), SETUJU_ATASAN, Do("verifikasi", "kembalikan", reason="Nomor telepon keliru."),
        minta(50, 3), SETUJU_ATASAN, LENGKAP, *KEPALA_MEMBERI, *SELESAI,
        oleh="konseptor-satpol-pp",
    ),
    cerita(
        "dipersingkat",
        "Pegawai kembali lebih awal: hari yang tidak dijalankan kembali menjadi haknya.",
        "dikabulkan",
        minta(40, 5, jumlah_hari_kerja=5), SETUJU_ATASAN, LENGKAP, *KEPALA_MEMBERI,
        Do("masa-cuti", "dipersingkat", refused="isian-tidak-sah", by="pengelola-kepegawaian"),
        Do("masa-cuti", "dipersingkat", {"tanggal_kembali": Day(41)}, by="pengelola-kepegawaian"),
        LAPOR,
        oleh="konseptor-bappeda",
    ),
    cerita(
        "sekda-cuti",
        "Cuti sekda diputus wali kota tanpa pertimbangan atasan.",
        "ditolak",
        minta(40, 3), Do("verifikasi", "lengkap"), Do("putuskan-wali-kota", "tolak", reason="Masa anggaran."), Do("terima-penolakan", "mengerti"),
        oleh="sekda", pemohon={"jabatan": "sekda", "kepala_unit": True},
    ),
    cerita(
        "cuti-besar-diputus-sekda",
        "Cuti besar lebih dari 30 hari diputus sekda atas nama wali kota.",
        "dikabulkan",
        minta(40, 60, jenis_cuti="besar", jumlah_hari_kerja=42), SETUJU_ATASAN, LENGKAP,
        Do("putuskan-sekda", "setujui"), Do("izinkan-sekda", "tanda-tangani"), TERCATAT, *SELESAI,
        oleh="konseptor-bkpsdm",
    ),
)
# fmt: on

SCENARIOS = (*SUMBER, *LAINNYA)
