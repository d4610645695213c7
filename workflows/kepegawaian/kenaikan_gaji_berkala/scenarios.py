"""Cerita yang harus tetap benar: empat dari sumber proses, lalu pengembalian, penanda tangan menurut jenjang, gaji yang tidak ada pada tabel, dan bulan tanpa pegawai."""

from __future__ import annotations

from typing import Any

from engine.scenario import Do, Later, Scenario

FITRI, INDAH, KASUBBAG = "198904102014032921", "198811222012012922", "198003112005011910"
"""Dinas Kesehatan: analis kebijakan, penelaah teknis, kepala subbagian perencanaan."""
DISKOMINFO = ("199103072016121928", "198902152016012930", "199005122015122935", "199101182017012926")
TERHUKUM = "198907192016011936"
DISHUB, BAPPEDA, SEKDA = "198911092013012989", "198909082016121927", "197002221995031903"
KEPALA_BKPSDM, SEKRETARIS, TERTINGGI, PELAKSANA = "196801031994011929", "197412181999011930", "198809042014011992", "198902122015122945"
TUNDA = {"alasan_tunda": "Sedang menjalani potongan TPP 6 bulan sampai dengan Maret 2027.", "lama_tunda": 6}
KURANG = {"predikat_kinerja": "kurang", "alasan_tunda": "Predikat kinerja tahun 2025 di bawah baik.", "lama_tunda": 12}
GAJI = {"gaji_lama": 3252900, "gaji_baru": 3355400}


def orang(nip: str, golongan: str, jenjang: str = "pelaksana", **lain: Any) -> dict[str, Any]:
    return {
        "_id": nip, "nip": nip, "golongan": golongan, "jenjang": jenjang, "surat_lama": "Kepala Perangkat Daerah (contoh)", "tmt_lama": "2025-03-01",
        "tmt_baru": "2027-03-01", "masa_kerja_lama": "10", "masa_kerja_tahun": "12", "masa_kerja_bulan": "0", "predikat_kinerja": "baik",
        "hukuman_aktif": False, "perlu_dibetulkan": False, **lain,
    }  # fmt: skip


def cerita(
    name: str, story: str, unit: str, daftar: tuple[dict[str, Any], ...], *acts: Any, gaji: dict[str, Any] | None = None, ends: str = "selesai"
) -> Scenario:
    mesin = {"susun-daftar": {"daftar_kgb": sorted(daftar, key=lambda satu: str(satu["nip"]))}, "baca-tabel-gaji": GAJI if gaji is None else gaji}
    return Scenario(
        name, story, ends, acts, values={"bulan": "2027-03", "unit": unit}, starter=f"kepala-{unit}" if unit != "setda" else "sekda", gives=mesin
    )


def siapkan(nip: str, **lain: Any) -> Do:
    return Do(f"siapkan-berkas@{nip}", "lengkap", {"daftar_kgb": [{"_id": nip, **lain}]} if lain else {})


def periksa(nip: str, **lain: Any) -> Do:
    return Do(f"periksa-syarat@{nip}", "benar", {"daftar_kgb": [{"_id": nip, **lain}]} if lain else {})


def satu(nip: str, langkah: str, hasil: str, **lain: Any) -> Do:
    return Do(f"{langkah}@{nip}", hasil, **lain)


def diterbitkan(nip: str, tanda: str) -> tuple[Do, ...]:
    """Sesudah data dikonfirmasi: paraf, tanda tangan, gaji diubah, berkas disimpan."""
    return (
        satu(nip, "paraf-kgb", "paraf"), satu(nip, f"tanda-tangani-{tanda}", "tanda-tangani"), *disimpan(nip),
    )  # fmt: skip


def disimpan(nip: str) -> tuple[Do, ...]:
    return (satu(nip, "ubah-gaji", "tercatat", values={"nomor_daftar_gaji": "DG-03/2027"}), satu(nip, "simpan-berkas", "tersimpan"))


def lancar(nip: str, tanda: str) -> tuple[Do, ...]:
    return (siapkan(nip), periksa(nip), satu(nip, "konfirmasi-data", "benar"), *diterbitkan(nip, tanda))


# fmt: off
SCENARIOS = (
    cerita(
        "kgb-serentak",
        "Tiga pegawai satu dinas jatuh tempo 1 Maret 2027. Semuanya berpredikat baik; dua pelaksana ditandatangani kepala dinas, satu kepala subbagian ditandatangani Kepala BKPSDM.",
        "dinkes", (orang(KASUBBAG, "III/d", "pengawas"), orang(INDAH, "II/c"), orang(FITRI, "III/b")),
        *lancar(INDAH, "kepala-opd"), *lancar(KASUBBAG, "bkpsdm"), *lancar(FITRI, "kepala-opd"),
    ),
    cerita(
        "ditunda-karena-hukuman",
        "Satu dari lima pegawai sedang menjalani potongan TPP 6 bulan. Ia menerima surat penundaan paling lama satu tahun, empat lainnya tetap terbit.",
        "diskominfo", (*(orang(nip, "II/c") for nip in DISKOMINFO), orang(TERHUKUM, "III/a", hukuman_aktif=True)),
        siapkan(TERHUKUM), periksa(TERHUKUM, **TUNDA), satu(TERHUKUM, "tunda-kgb", "kembalikan", reason="Sebutkan keputusan hukumannya."),
        periksa(TERHUKUM, **TUNDA), satu(TERHUKUM, "tunda-kgb", "tanda-tangani"), satu(TERHUKUM, "terima-penundaan", "mengerti"),
        *(part for nip in DISKOMINFO for part in lancar(nip, "kepala-opd")),
    ),
    cerita(
        "masa-kerja-disanggah",
        "Pegawai menyanggah masa kerja golongan 09 tahun 00 bulan. Berkas kembali ke perangkat daerah, dibetulkan menjadi 11 tahun 00 bulan, lalu terbit.",
        "dishub", (orang(DISHUB, "II/c", masa_kerja_lama="7", masa_kerja_tahun="9"),),
        siapkan(DISHUB), periksa(DISHUB), satu(DISHUB, "konfirmasi-data", "sanggah", reason="Masa kerja saya sudah 11 tahun."),
        siapkan(DISHUB, masa_kerja_lama=9, masa_kerja_tahun=11),
        satu(DISHUB, "periksa-syarat", "kembalikan-data", reason="Unggah SK pangkat terakhir."), siapkan(DISHUB, masa_kerja_lama=9, masa_kerja_tahun=11),
        periksa(DISHUB), satu(DISHUB, "konfirmasi-data", "benar"), satu(DISHUB, "paraf-kgb", "kembalikan", reason="Periksa lagi masa kerjanya."), periksa(DISHUB),
        satu(DISHUB, "konfirmasi-data", "benar"), satu(DISHUB, "paraf-kgb", "paraf"),
        satu(DISHUB, "tanda-tangani-kepala-opd", "kembalikan", reason="Nama jabatan keliru."), periksa(DISHUB), satu(DISHUB, "konfirmasi-data", "benar"),
        *diterbitkan(DISHUB, "kepala-opd"),
    ),
    cerita(
        "pegawai-diam",
        "Pegawai sedang dinas luar dan tidak menjawab tiga hari kerja; data dianggap benar dan surat tetap terbit sebelum TMT.",
        "bappeda", (orang(BAPPEDA, "II/c"),),
        siapkan(BAPPEDA), periksa(BAPPEDA), Later(days=6), *diterbitkan(BAPPEDA, "kepala-opd"),
    ),
    cerita(
        "pejabat-bkpsdm",
        "Sekretaris badan ditandatangani Sekda. Kepala BKPSDM sendiri berpredikat kurang: penundaannya ditandatangani Sekda, bukan dirinya. Yang pindah dikeluarkan dari daftar.",
        "bkpsdm", (orang(KEPALA_BKPSDM, "IV/c", "jpt-pratama"), orang(SEKRETARIS, "IV/b", "administrator"), orang(PELAKSANA, "III/a")),
        *lancar(SEKRETARIS, "sekda"),
        siapkan(KEPALA_BKPSDM), periksa(KEPALA_BKPSDM, **KURANG), satu(KEPALA_BKPSDM, "tunda-kgb-sekda", "kembalikan", reason="Lampirkan penilaiannya."),
        periksa(KEPALA_BKPSDM, **KURANG), satu(KEPALA_BKPSDM, "tunda-kgb-sekda", "tanda-tangani"),
        satu(KEPALA_BKPSDM, "terima-penundaan", "sanggah-data", reason="Penilaian sedang saya ajukan keberatan."),
        siapkan(KEPALA_BKPSDM, predikat_kinerja="baik"), periksa(KEPALA_BKPSDM, predikat_kinerja="baik"), satu(KEPALA_BKPSDM, "konfirmasi-data", "benar"),
        satu(KEPALA_BKPSDM, "paraf-kgb", "paraf"), satu(KEPALA_BKPSDM, "tanda-tangani-sekda", "kembalikan", reason="Lampirkan predikat yang baru."),
        periksa(KEPALA_BKPSDM), satu(KEPALA_BKPSDM, "konfirmasi-data", "benar"), *diterbitkan(KEPALA_BKPSDM, "sekda"),
        siapkan(PELAKSANA), satu(PELAKSANA, "periksa-syarat", "keluarkan", reason="Pindah ke instansi lain sejak 1 November 2026."),
    ),
    cerita(
        "sekda",
        "Gaji Sekretaris Daerah disurati Wali Kota sesudah sekali dikembalikan.",
        "setda", (orang(SEKDA, "IV/d", "sekda"),),
        siapkan(SEKDA), periksa(SEKDA), satu(SEKDA, "konfirmasi-data", "benar"), satu(SEKDA, "paraf-kgb", "paraf"),
        satu(SEKDA, "tanda-tangani-wali-kota", "kembalikan", reason="Periksa masa kerjanya."), periksa(SEKDA), satu(SEKDA, "konfirmasi-data", "benar"),
        *diterbitkan(SEKDA, "wali-kota"),
    ),
    cerita(
        "gaji-tertinggi",
        "Gaji sesudah masa kerja 32 tahun tidak ada pada tabel: pemeriksa tidak dapat menerima barisnya dan mengeluarkannya dari daftar.",
        "dpmptsp", (orang(TERTINGGI, "III/a", masa_kerja_lama="32", masa_kerja_tahun="33"),),
        siapkan(TERTINGGI), satu(TERTINGGI, "periksa-syarat", "benar", refused="isian-tidak-sah"),
        satu(TERTINGGI, "periksa-syarat", "keluarkan", refused="alasan-kosong"),
        satu(TERTINGGI, "periksa-syarat", "keluarkan", reason="Sudah menerima gaji tertinggi golongannya."),
        gaji={"gaji_lama": 4575200, "gaji_baru": None},
    ),
    cerita(
        "bulan-tanpa-pegawai",
        "Perkara dibuka dengan tangan pada bulan yang tidak ada jatuh temponya; rekapnya kosong dan perkara selesai.",
        "bapenda", (),
    ),
)
# fmt: on
