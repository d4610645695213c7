"""Cerita yang harus tetap benar: enam dari sumber proses, lalu jalan lain yang tersirat di dalamnya."""

from __future__ import annotations

from typing import Any

from engine.scenario import Acting, Day, Do, HandOver, Later, Scenario, Withdraw

SURAT: dict[str, Any] = {
    "nomor_surat": "123/UC/XI/2026", "tanggal_surat": Day(-3), "tanggal_terima": Day(), "pengirim": "Universitas Contoh",
    "perihal": "Permohonan data aplikasi layanan", "sifat": "biasa", "urgensi": "biasa", "kode_klasifikasi": "000.5.3.1", "jumlah_lampiran": 0,
}  # fmt: skip
PEMBUKA = "persuratan-diskominfo"
AGENDA: dict[str, dict[str, Any]] = {"beri-nomor-agenda": {"nomor_agenda": 1412}}


def kepada(*penerima: tuple[str, str], batas: int = 5) -> dict[str, Any]:
    """Isian disposisi: jabatan dan perannya, semua dengan batas yang sama."""
    baris = [
        {"_id": f"r{nomor}", "pejabat": jabatan, "peran": peran, "instruksi": ["tindak-lanjuti"], "batas_waktu": Day(batas)}
        for nomor, (jabatan, peran) in enumerate(penerima, 1)
    ]
    return {"penerima_disposisi": baris, "isi_instruksi": "Pelajari dan tindak lanjuti."}


def cerita(name: str, story: str, ends: str, *acts: Any) -> Scenario:
    return Scenario(name, story, ends, acts, gives=AGENDA, starter=PEMBUKA)


CATAT = Do("registrasi", "catat", SURAT)
TERUSKAN = Do("telaah-awal", "teruskan")
DIDISPOSISI = (CATAT, TERUSKAN)
SATU = Do("disposisi-pimpinan", "disposisikan", kepada(("kabid-aplikasi", "utama")))
DUA = Do("disposisi-pimpinan", "disposisikan", kepada(("kabid-aplikasi", "utama"), ("kabid-infrastruktur", "pendukung")))
TIGA = Do(
    "disposisi-pimpinan", "disposisikan", kepada(("kabid-aplikasi", "utama"), ("kabid-infrastruktur", "pendukung"), ("kabid-informasi", "tembusan"))
)
KONSOLIDASI = Do("konsolidasi", "lapor", {"laporan_gabungan": "Semua tindak lanjut selesai.", "perlu_balasan": False})
TUTUP = Do("tutup-disposisi", "tutup")
BERKASKAN = Do("berkaskan", "berkaskan", {"nomor_berkas": "000.5.3.1/2026/7"})
SIMPAN = (Do("disposisi-pimpinan", "cukup-diarsipkan"), BERKASKAN)


def lapor(cabang: int) -> Do:
    return Do(f"disposisi-pimpinan#{cabang}", "lapor", reason="Sudah dikerjakan.")


# fmt: off
SUMBER = (
    cerita(
        "tiga-penerima-selesai",
        "Didisposisikan kepada utama, pendukung dan tembusan; keduanya melapor, tembusan belum membaca, konsep jawaban dibuka, lalu diberkaskan.",
        "selesai",
        *DIDISPOSISI,
        TIGA,
        lapor(1),
        lapor(2),
        Do("konsolidasi", "lapor", {"laporan_gabungan": "Data siap dikirim.", "perlu_balasan": True}),
        TUTUP,
        BERKASKAN,
    ),
    cerita(
        "bukan-kewenangan",
        "Surat tentang jalan provinsi dialihkan: pengantar ditandatangani kepala tata usaha dan dikirim pada hari yang sama.",
        "dialihkan",
        CATAT,
        Do("telaah-awal", "alihkan", {"unit_pengalihan": "Dinas Bina Marga Provinsi", "pengalihan_internal": False}),
        Do("tanda-tangan-pengantar", "tandatangani"),
        Do("kirim-pengalihan", "kirim"),
    ),
    cerita(
        "surat-ganda",
        "Surat yang sama sudah dicatat dua hari lalu: menandai ganda tanpa menunjuk surat terdahulu ditolak, dengan menunjuknya diterima.",
        "batal",
        Do("registrasi", "tandai-ganda", SURAT, refused="isian-tidak-sah"),
        Do("registrasi", "tandai-ganda", {**SURAT, "surat_terdahulu": "01KDVDNA00K6654P0VJ3J2VN7N"}),
    ),
    cerita(
        "cabang-menolak",
        "Penerima utama menolak dan diganti; laporan pertama kurang, disposisi dibuka kembali sekali, lalu ditutup.",
        "selesai",
        *DIDISPOSISI,
        DUA,
        Do("disposisi-pimpinan#1", "tolak", refused="alasan-kosong"),
        Do("disposisi-pimpinan#1", "tolak", reason="Di luar tugas bidang kami."),
        lapor(2),
        Do("disposisi-pimpinan#1", "tunjuk-lain", kepada(("kabid-informasi", "utama"))),
        lapor(3),
        Do("konsolidasi", "lapor", {"laporan_gabungan": "Ringkas.", "perlu_balasan": False}, by="kabid-informasi"),
        Do("tutup-disposisi", "buka-kembali", reason="Laporan belum menjawab permintaan."),
        SATU,
        lapor(1),
        KONSOLIDASI,
        TUTUP,
        BERKASKAN,
    ),
    cerita(
        "pimpinan-sedang-dinas-luar",
        "Surat amat segera datang ketika kepala dinas bepergian: Plh. mendisposisikan; kepala dinas sendiri sementara itu tidak dapat.",
        "selesai",
        Do("registrasi", "catat", {**SURAT, "urgensi": "amat-segera"}),
        TERUSKAN,
        Acting("pimpinan-unit", "kabid-infrastruktur", 8 * 60),
        Do(SATU.task, SATU.outcome, SATU.values, who="holder", refused="bukan-kewenangan"),
        SATU,
        lapor(1),
        KONSOLIDASI,
        TUTUP,
        BERKASKAN,
    ),
    cerita(
        "hanya-untuk-disimpan",
        "Ucapan terima kasih: cukup diarsipkan, lembar disposisi terbit tanpa cabang, lalu diberkaskan.",
        "selesai",
        *DIDISPOSISI,
        *SIMPAN,
    ),
)

LAINNYA = (
    cerita(
        "dikembalikan-ke-pengirim",
        "Lampiran tidak utuh: surat dikembalikan kepada pengirim, dan alasannya wajib.",
        "tidak-lengkap",
        Do("registrasi", "kembalikan-ke-pengirim", SURAT, refused="isian-tidak-sah"),
        Do("registrasi", "kembalikan-ke-pengirim", {**SURAT, "alasan_pengembalian": "Lampiran tidak ikut terkirim."}),
    ),
    cerita(
        "telaah-mengembalikan",
        "Kepala tata usaha mengembalikan catatan yang keliru; diperbaiki, lalu diteruskan. Nomor agenda putaran pertama tetap milik surat ini.",
        "selesai",
        CATAT,
        Do("telaah-awal", "kembalikan", refused="alasan-kosong"),
        Do("telaah-awal", "kembalikan", reason="Asal surat keliru."),
        *DIDISPOSISI,
        *SIMPAN,
    ),
    cerita(
        "pimpinan-mengembalikan-lalu-dialihkan",
        "Pimpinan menilai surat milik perangkat daerah lain di kota ini: dikembalikan, dialihkan, dan dibuka sebagai surat masuk di sana.",
        "dialihkan",
        *DIDISPOSISI,
        Do("disposisi-pimpinan", "kembalikan", reason="Ini urusan Dinas Kesehatan."),
        Do("telaah-awal", "alihkan", {"unit_pengalihan": "Dinas Kesehatan", "pengalihan_internal": True}),
        Do("tanda-tangan-pengantar", "tandatangani"),
        Do("kirim-pengalihan", "kirim"),
    ),
    cerita(
        "tidak-jadi-dialihkan",
        "Saat menandatangani pengantar ternyata surat memang urusan dinas ini: kembali ke telaah dan diteruskan.",
        "selesai",
        CATAT,
        Do("telaah-awal", "alihkan", refused="isian-tidak-sah"),
        Do("telaah-awal", "alihkan", {"unit_pengalihan": "Dinas Bina Marga Provinsi", "pengalihan_internal": False}),
        Do("tanda-tangan-pengantar", "tidak-jadi-dialihkan", reason="Ternyata urusan kita."),
        TERUSKAN,
        *SIMPAN,
    ),
    cerita(
        "diteruskan-ke-bawah",
        "Kepala bidang bertanya, dijawab, lalu meneruskan ke ketua tim; ia baru dapat melapor setelah ketua timnya melapor. Perbaikan diminta sekali.",
        "selesai",
        *DIDISPOSISI,
        DUA,
        Do("disposisi-pimpinan#1", "minta-penjelasan", reason="Data tahun berapa yang dimaksud?"),
        Do("disposisi-pimpinan#1", "lapor", reason="Mendahului.", refused="tugas-sudah-selesai"),
        Do("disposisi-pimpinan#1", "jawab", reason="Tahun 2025."),
        Do("disposisi-pimpinan#1", "teruskan", kepada(("ketua-tim-diskominfo", "utama"), batas=9), refused="penerima-tidak-sah"),
        Do("disposisi-pimpinan#1", "teruskan", kepada(("ketua-tim-diskominfo", "utama"), batas=3)),
        Do("disposisi-pimpinan#1", "lapor", reason="Mendahului.", refused="cabang-belum-selesai"),
        lapor(3),
        lapor(1),
        lapor(2),
        Do("konsolidasi", "minta-perbaikan-cabang"),
        KONSOLIDASI,
        TUTUP,
        BERKASKAN,
    ),
    cerita(
        "ditarik-sebelum-dibaca",
        "Pendukung yang belum membaca ditarik dan diganti; yang sudah membaca tidak dapat ditarik lagi.",
        "selesai",
        *DIDISPOSISI,
        DUA,
        Do("disposisi-pimpinan#1", "baca"),
        Do("disposisi-pimpinan#1", "tarik", refused="sudah-dibaca"),
        Do("disposisi-pimpinan#2", "tarik", reason="Salah pilih."),
        Do("disposisi-pimpinan#2", "lapor", reason="Terlambat.", refused="tugas-sudah-selesai"),
        Do("disposisi-pimpinan", "disposisikan", kepada(("kabid-informasi", "pendukung"))),
        lapor(3),
        lapor(1),
        KONSOLIDASI,
        TUTUP,
        BERKASKAN,
    ),
    cerita(
        "pimpinan-mengambil-alih",
        "Satu-satunya penerima menolak; pimpinan mengerjakannya sendiri dan menggabungkan laporannya.",
        "selesai",
        *DIDISPOSISI,
        SATU,
        Do("disposisi-pimpinan#1", "tolak", reason="Saya sedang tugas belajar."),
        Do("disposisi-pimpinan#1", "ambil-alih", reason="Saya jawab lewat telepon."),
        KONSOLIDASI,
        TUTUP,
        BERKASKAN,
    ),
    cerita(
        "telaah-terlambat",
        "Kepala tata usaha diam: diingatkan, lalu naik kepada pimpinan unit, yang menelaah sendiri.",
        "selesai",
        CATAT,
        Later(days=7),
        Do("telaah-awal", "teruskan", by="pimpinan-unit"),
        *SIMPAN,
    ),
    cerita(
        "disposisi-dan-cabang-terlambat",
        "Pimpinan lewat batas dan diingatkan; penerima melewati batas disposisi dan diingatkan; penggabungan naik kepada pimpinan.",
        "selesai",
        *DIDISPOSISI,
        Later(days=3),
        Do("disposisi-pimpinan", "disposisikan", kepada(("kabid-aplikasi", "utama"), batas=1)),
        Later(days=4),
        lapor(1),
        Later(days=7),
        Do("konsolidasi", "lapor", KONSOLIDASI.values, by="pimpinan-unit"),
        TUTUP,
        BERKASKAN,
    ),
    cerita(
        "rahasia",
        "Surat sangat rahasia dicatat dari sampulnya saja dan hanya sampai kepada yang ditunjuk.",
        "selesai",
        Do("registrasi", "catat", {**SURAT, "sifat": "sangat-rahasia", "perihal": "Tertutup"}),
        TERUSKAN,
        SATU,
        lapor(1),
        KONSOLIDASI,
        TUTUP,
        BERKASKAN,
    ),
    cerita(
        "dicabut-pencatat",
        "Surat salah kantor dan dibawa pulang kurir: pencatat mencabutnya; sesudah itu tidak ada yang dapat diputus.",
        "dicabut",
        CATAT,
        Withdraw("", refused="alasan-kosong"),
        Withdraw("Surat dibawa kembali oleh pengirim."),
        Do("telaah-awal", "teruskan", by="kasubbag-umpeg-diskominfo", refused="perkara-sudah-berakhir"),
    ),
    cerita(
        "penggabungan-dialihkan",
        "Penanggung jawab utama cuti: pimpinan mengalihkan penggabungan kepada sekretaris. Jabatan yang tidak memegang tugas ditolak.",
        "selesai",
        *DIDISPOSISI,
        SATU,
        lapor(1),
        HandOver("konsolidasi", "sekretaris-diskominfo", "pimpinan-unit", "Penanggung jawab cuti."),
        Do("konsolidasi", "lapor", KONSOLIDASI.values, by="kabid-aplikasi", refused="bukan-kewenangan"),
        Do("konsolidasi", "lapor", KONSOLIDASI.values, by="sekretaris-diskominfo"),
        TUTUP,
        BERKASKAN,
    ),
)

# fmt: on

SCENARIOS = (*SUMBER, *LAINNYA)
