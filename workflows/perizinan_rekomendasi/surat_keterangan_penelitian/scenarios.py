"""Cerita yang harus tetap benar: enam dari sumber proses, lalu jalan lain yang ditemui peneliti."""

from __future__ import annotations

from typing import Any

from engine.scenario import Day, Do, Later, Scenario

PETUGAS = "petugas-kesbangpol"


def mohon(mulai: int = 7, lama: int = 90, lokasi: tuple[str, ...] = ("dinkes", "disdik"), **lain: Any) -> Do:
    """Permohonan yang mulai sekian hari dari sekarang; satu baris untuk tiap lokasi."""
    isian: dict[str, Any] = {
        "judul": "Kepuasan warga atas layanan kota", "jenis_pemohon": "lembaga-pendidikan", "lembaga": "Universitas Contoh",
        "peneliti": [{"_id": "p1", "nama": "Peneliti Contoh", "identitas": "2021010203", "peran": "ketua"}],
        "lokasi": [{"_id": unit, "unit": unit, "keperluan": "Wawancara dan data layanan"} for unit in lokasi],
        "waktu": {"from": Day(mulai), "to": Day(mulai + lama - 1)}, "perpanjangan": False,
        "metode": "Wawancara terstruktur dengan pengguna layanan; data layanan tahun lalu.", "asing": False,
    }  # fmt: skip
    return Do("ajukan", "kirim", {**isian, **lain})


def cerita(name: str, story: str, ends: str, *acts: Any, mesin: dict[str, dict[str, Any]] | None = None) -> Scenario:
    bersih: dict[str, dict[str, Any]] = {
        "cek-laporan-lama": {"laporan_tertunggak": False, "rincian_tunggakan": ""}, "cek-surat-lama": {"surat_lama_ada": True},
        "cek-perpanjangan": {"sudah_diperpanjang": False}, "hitung-batas-laporan": {"batas_laporan": "2027-04-01"},
        "catat-perpanjangan": {"perpanjangan_tercatat": True},
    }  # fmt: skip
    return Scenario(name, story, ends, acts, starter="surat-penelitian", gives={**bersih, **(mesin or {})})


LENGKAP = Do("cek-kelengkapan", "lengkap")
RISIKO = Do("telaah-risiko", "setuju", {"tingkat_risiko": "rendah", "catatan_risiko": "Tidak ada."})
TTD = Do("tandatangani-surat", "tandatangani")
LAPORAN = {"laporan": [{"id": "l1", "name": "laporan.pdf", "sha256": "0" * 64, "kind": "pdf", "size": 1}]}
SELESAI = (Do("serahkan-laporan", "serahkan", LAPORAN), Do("terima-laporan", "diterima"))
BERAKHIR = Do("akhir-penelitian", "selesai-lebih-awal", by=PETUGAS)
MENOLAK = {"alasan_penolakan": "Data yang diminta dikecualikan."}

# fmt: off
SUMBER = (
    cerita(
        "skripsi-dua-lokasi",
        "Mahasiswa meneliti di dua dinas; satu bersedia, satu diam dua hari kerja dan dianggap bersedia. Surat terbit dan laporan diserahkan.",
        "diterbitkan",
        mohon(lama=60), LENGKAP, RISIKO, Do("jawab-lokasi@dinkes", "bersedia"), Later(days=8), TTD, Later(days=75), *SELESAI,
    ),
    cerita(
        "proposal-belum-disahkan",
        "Proposal tanpa pengesahan dikembalikan; dilengkapi dan surat terbit.",
        "diterbitkan",
        mohon(), Do("cek-kelengkapan", "kembalikan", reason="Proposal belum disahkan."), mohon(), LENGKAP, RISIKO,
        Do("jawab-lokasi@dinkes", "bersedia"), Do("jawab-lokasi@disdik", "bersedia"), TTD, BERAKHIR, *SELESAI,
    ),
    cerita(
        "semua-lokasi-menolak",
        "Dua lokasi tidak bersedia karena data rahasia; kepala Kesbangpol menandatangani penolakan.",
        "ditolak",
        mohon(), LENGKAP, RISIKO, Do("jawab-lokasi@dinkes", "tidak-bersedia", reason="Data pasien."),
        Do("jawab-lokasi@disdik", "tidak-bersedia", refused="alasan-kosong"),
        Do("jawab-lokasi@disdik", "tidak-bersedia", reason="Data siswa."),
        Do("tolak-tanpa-lokasi", "tandatangani", MENOLAK),
    ),
    cerita(
        "laporan-lama-kosong",
        "Ketua peneliti belum menyerahkan laporan surat tahun lalu; perkara berhenti sementara, lalu ditutup karena tidak diserahkan.",
        "tidak-lengkap",
        mohon(), Do("cek-kelengkapan", "laporan-lama-belum-masuk"), Do("cek-kelengkapan", "laporan-lama-tidak-diserahkan", reason="Tidak diserahkan."),
        mesin={"cek-laporan-lama": {"laporan_tertunggak": True, "rincian_tunggakan": "Surat 31."}},
    ),
    cerita(
        "perpanjangan-kedua",
        "Peneliti meminta perpanjangan kedua untuk judul yang sama; petugas meneruskan ke penolakan.",
        "ditolak",
        mohon(perpanjangan=True, nomor_surat_lama="400.14.5.4/12/KESBANGPOL/2025"),
        Do("cek-kelengkapan", "sudah-pernah-diperpanjang", reason="Sudah diperpanjang satu kali."),
        Do("tandatangani-penolakan", "tandatangani", MENOLAK),
        mesin={"cek-perpanjangan": {"sudah_diperpanjang": True}},
    ),
    cerita(
        "peneliti-asing-tanpa-izin",
        "Tim asing belum punya izin BRIN; petugas mengarahkan ke BRIN.",
        "dialihkan",
        mohon(asing=True), LENGKAP, Do("periksa-izin-asing", "arahkan-ke-brin-atau-kemendagri"),
    ),
)

LAINNYA = (
    cerita(
        "pemohon-tidak-melengkapi",
        "Berkas dikembalikan dan pemohon tidak pernah menjawab: gugur sesudah 30 hari.",
        "gugur",
        mohon(), Do("cek-kelengkapan", "kembalikan", reason="Surat pengantar tidak terbaca."), Later(days=45),
    ),
    cerita(
        "diperpanjang-sekali",
        "Surat lama diperpanjang satu kali dan tercatat, sehingga permintaan berikutnya akan ditolak.",
        "diterbitkan",
        mohon(perpanjangan=True, nomor_surat_lama="400.14.5.4/77/KESBANGPOL/2026"), LENGKAP, RISIKO,
        Do("jawab-lokasi@dinkes", "bersedia"), Do("jawab-lokasi@disdik", "tidak-bersedia", reason="Sedang akreditasi."), TTD, BERAKHIR, *SELESAI,
    ),
    cerita(
        "risiko-ditolak",
        "Telaah risiko menolak; kepala Kesbangpol mengembalikan sekali, lalu menandatangani penolakan.",
        "ditolak",
        mohon(), LENGKAP, Do("telaah-risiko", "tolak", reason="Lokasi konflik."),
        Do("tandatangani-penolakan", "kembalikan", reason="Pertimbangkan syarat."),
        Do("telaah-risiko", "tolak", reason="Tetap berisiko."), Do("tandatangani-penolakan", "tandatangani", MENOLAK),
    ),
    cerita(
        "laporan-tidak-sesuai",
        "Laporan pertama tidak sesuai dan dikembalikan; laporan kedua diterima.",
        "diterbitkan",
        mohon(lokasi=("dinkes",)), LENGKAP, RISIKO, Do("jawab-lokasi@dinkes", "bersedia"), TTD, BERAKHIR,
        Do("serahkan-laporan", "serahkan", LAPORAN), Do("terima-laporan", "tidak-sesuai", reason="Hanya bab satu."), *SELESAI,
    ),
    cerita(
        "dicabut-karena-melanggar",
        "Peneliti menyimpang dari judulnya; petugas mencabut suratnya.",
        "dicabut",
        mohon(lokasi=("dinkes",)), LENGKAP, RISIKO, Do("jawab-lokasi@dinkes", "bersedia"), TTD,
        Do("akhir-penelitian", "dicabut-karena-pelanggaran", reason="Mengumpulkan data di luar izin.", by=PETUGAS),
    ),
)
# fmt: on

SCENARIOS = (*SUMBER, *LAINNYA)
