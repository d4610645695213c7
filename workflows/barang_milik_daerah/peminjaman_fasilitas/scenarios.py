"""Cerita yang harus tetap benar: lima dari sumber proses, lalu jalan lain yang ditemui pemohon."""

from __future__ import annotations

from typing import Any

from engine.scenario import Day, Do, Later, Scenario

PETUGAS = "petugas-perlengkapan"
LOKET = "perlengkapan-1"
"""Membuka permohonan bagi pemakai luar."""
PENGEMUDI = "01KDVDNA00NY9X907NE9X3CNAP"
"""Analis Bagian Umum, SIM-nya tercatat dan berlaku."""
TANPA_SIM = "01KDVDNA00QP708FFHKZE97BMR"
"""Petugas perlengkapan, SIM-nya sudah lewat."""
FOTO = [{"id": "f1", "name": "foto.jpg", "sha256": "0" * 64, "kind": "jpg", "size": 1}]


def pesan(jenis: str, aset: str, mulai: int, lama: int = 1, pemakai: str = "internal", **lain: Any) -> Do:
    isian: dict[str, Any] = {
        "jenis": jenis, "aset": aset, "waktu": {"from": Day(mulai), "to": Day(mulai + lama - 1)}, "jam_mulai": "09:00", "jam_selesai": "12:00",
        "keperluan": "Rapat koordinasi layanan data.", "pemakai": pemakai,
    }  # fmt: skip
    return Do("pesan", "kirim", {**isian, **lain})


def cerita(
    name: str, story: str, ends: str, *acts: Any, mesin: dict[str, dict[str, Any]] | None = None, nama: str = "", pemohon: str = "konseptor-diskominfo",
) -> Scenario:  # fmt: skip
    bebas: dict[str, dict[str, Any]] = {
        "cek-fasilitas": {"fasilitas_terdaftar": True}, "baca-nama-fasilitas": {"nama_fasilitas": nama} if nama else {},
        "cek-pemeliharaan": {"bebas_pemeliharaan": True, "masa_pemeliharaan": ""}, "tahan-slot": {"slot_ditahan": True, "pesanan_lain": ""},
        "baca-golongan-sim": {"golongan_sim": "A"}, "baca-nip-pengemudi": {"nip_pengemudi": "199104092018031914"}, "cek-sim": {"sim_berlaku": True},
    }  # fmt: skip
    return Scenario(name, story, ends, acts, starter=pemohon, gives={**bebas, **(mesin or {})})


GRATIS = Do("periksa-permohonan", "sesuai", {"tarif": 0})
IZIN = Do("izin-internal", "tandatangani")
SERAH = (
    Do("serahkan", "serahkan", {"kondisi_awal": "Baik dan lengkap.", "foto_awal": FOTO}),
    Do("pinjam-petugas", "tandatangani"), Do("pinjam-pemohon", "tandatangani"),
)  # fmt: skip
LEBIH_DULU = Do("akhir-pemakaian", "dikembalikan", by=PETUGAS)
KEMBALI = (
    LEBIH_DULU, Do("kembalikan", "selesai", {"kondisi_kembali": "Baik."}), Do("periksa-kembali", "terima", {"kerusakan": "tidak-ada"}),
    Do("kembali-pemohon", "tandatangani"), Do("kembali-petugas", "tandatangani"),
)  # fmt: skip
MOBIL: dict[str, Any] = {"ke_luar_provinsi": True, "pengemudi": PENGEMUDI}
MINIBUS = "Minibus dinas 01"

# fmt: off
SUMBER = (
    cerita(
        "ruang-rapat-internal",
        "Ruang rapat dipesan untuk rapat besok, slot bebas, Kabag Umum menandatangani izin pada hari yang sama, dikembalikan tanpa kerusakan.",
        "selesai",
        pesan("ruang-rapat", "ruang-rapat-utama", 1), GRATIS, IZIN, *SERAH, *KEMBALI,
        nama="Ruang Rapat Utama Balai Kota",
    ),
    cerita(
        "gedung-bayar",
        "Gedung serbaguna untuk resepsi: Sekda menyetujui, SKRD Rp3.000.000 terbit tetapi tidak dibayar dalam 2 hari kerja; slot dilepas.",
        "gugur",
        pesan("gedung", "gedung-serbaguna", 20, pemakai="komersial"),
        Do("periksa-permohonan", "sesuai", {"tarif": 3_000_000}), Do("setujui-sekda", "setujui"), Do("setujui-pemakai-luar", "setujui"),
        Do("tetapkan-retribusi", "tandatangani"), Later(days=5),
        nama="Gedung Serbaguna Kota",
        pemohon=LOKET,
    ),
    cerita(
        "mobil-luar-provinsi",
        "Kendaraan ke luar provinsi disetujui Sekda. Kembali dengan bumper pecah karena kelalaian; kerugian daerah diproses.",
        "selesai",
        pesan("kendaraan", "mobil-01", 3, 2, **MOBIL), GRATIS, Do("setujui-sekda", "setujui"), IZIN, *SERAH, LEBIH_DULU,
        Do("kembalikan", "rusak", {"kondisi_kembali": "Bumper depan pecah."}), Do("periksa-kembali", "terima", {"kerusakan": "kelalaian"}),
        Do("kembali-pemohon", "tandatangani"), Do("kembali-petugas", "tandatangani"),
        nama=MINIBUS,
    ),
    cerita(
        "bentrok-jadwal",
        "Aula sudah dipesan pada tanggal itu. Pemohon antre, slot tidak kosong sampai 14 hari, permohonan gugur.",
        "gugur",
        pesan("gedung", "aula-kecamatan", 30), Do("pilih-lain", "antre"), Later(days=15),
        mesin={"tahan-slot": {"slot_ditahan": False, "pesanan_lain": "Aula dipakai."}}, nama="Aula Pertemuan",
    ),
    cerita(
        "keperluan-ditolak",
        "Kendaraan diminta untuk acara keluarga; Kasubbag menolak.",
        "ditolak",
        pesan("kendaraan", "mobil-02", 9, **{**MOBIL, "ke_luar_provinsi": False}), Do("periksa-permohonan", "tolak", reason="Bukan untuk tugas perangkat daerah."),
        nama="Minibus dinas 02",
    ),
)
LAIN = (
    cerita(
        "retribusi-dibayar-lalu-tidak-ditandatangani",
        "Retribusi dibayar dan dicatat, gedung dipakai; pemohon menolak menandatangani berita acara pengembalian dan keadaan itu tertulis padanya. Ganti rugi dibebaskan.",
        "selesai",
        pesan("gedung", "gedung-serbaguna", 40, pemakai="komersial"),
        Do("periksa-permohonan", "sesuai", {"tarif": 1_500_000}), Do("setujui-sekda", "setujui"), Do("setujui-pemakai-luar", "setujui"),
        Do("tetapkan-retribusi", "tandatangani"), Do("tunggu-bayar", "lunas", by="bendahara-penerimaan"),
        Do("catat-bayar", "belum-masuk", reason="Belum ada pada rekening koran."), Do("tunggu-bayar", "lunas", by="bendahara-penerimaan"),
        Do("catat-bayar", "catat", {"bukti_setor": "BS-0042", "tanggal_setor": Day(0)}), Do("izin-luar", "tandatangani"), *SERAH, LEBIH_DULU,
        Do("kembalikan", "rusak", {"kondisi_kembali": "Satu kursi patah."}), Do("periksa-kembali", "terima", {"kerusakan": "kelalaian"}),
        Do("kembali-pemohon", "keberatan", reason="Kursi sudah retak."), Do("periksa-kembali", "belum-kembali", reason="Kunci belum kembali."),
        Do("kembalikan", "selesai", {"kondisi_kembali": "Kursi retak sejak awal."}), Do("periksa-kembali", "terima", {"kerusakan": "kelalaian"}),
        Do("kembali-pemohon", "tidak-menandatangani", refused="alasan-kosong"),
        Do("kembali-pemohon", "tidak-menandatangani", reason="Tidak sependapat."), Do("kembali-petugas", "tandatangani"),
        Do("tagih-ganti-rugi", "dibebaskan", reason="Kerusakan kecil."),
        nama="Gedung Serbaguna Kota",
        pemohon=LOKET,
    ),
    cerita(
        "sosial-bebas-dan-diam",
        "Kamera dipinjam kegiatan sosial tanpa retribusi; pemohon tidak menjawab berita acara pengembalian dan dianggap tidak menandatangani.",
        "selesai",
        pesan("peralatan", "kamera-01", 5, 3, "sosial"), GRATIS, Do("setujui-pemakai-luar", "setujui"), Do("izin-luar", "tandatangani"),
        *SERAH, *KEMBALI[:3], Later(days=8), Do("kembali-petugas", "tandatangani"),
        nama="Kamera dokumentasi",
        pemohon=LOKET,
    ),
    cerita(
        "sim-lewat-lalu-diganti",
        "SIM pengemudi sudah lewat; pemohon mengganti pengemudi, lalu berita acara diulang karena odometer salah tulis.",
        "selesai",
        pesan("kendaraan", "mobil-02", 60, ke_luar_provinsi=False, pengemudi=PENGEMUDI), GRATIS,
        Do("izin-internal", "kembalikan", reason="Jelaskan keperluannya."),
        pesan("kendaraan", "mobil-02", 60, ke_luar_provinsi=False, pengemudi=PENGEMUDI, keperluan="Menjemput tamu dinas di stasiun."), GRATIS, IZIN,
        SERAH[0], SERAH[1], Do("pinjam-pemohon", "tolak", reason="Odometer salah tulis."), *SERAH, *KEMBALI,
        nama="Minibus dinas 02",
    ),
    cerita(
        "sim-lewat-dibatalkan",
        "SIM pengemudi yang dipilih sudah lewat; pemohon membatalkan.",
        "batal",
        pesan("kendaraan", "mobil-01", 70, ke_luar_provinsi=False, pengemudi=TANPA_SIM), Do("pilih-lain", "batal"),
        mesin={"cek-sim": {"sim_berlaku": False}, "baca-nip-pengemudi": {"nip_pengemudi": "199001132022211972"}}, nama=MINIBUS,
    ),
    cerita(
        "sedang-dipelihara",
        "Kamera sedang dipelihara; pemohon memilih kamera lain.",
        "batal",
        pesan("peralatan", "kamera-02", 5), Do("pilih-lain", "ganti-waktu"), Do("pesan", "batal"),
        mesin={
            "cek-pemeliharaan": {"bebas_pemeliharaan": False, "masa_pemeliharaan": "Dipelihara."},
            "tahan-slot": {"slot_ditahan": False, "pesanan_lain": "Dipelihara."},
        },
        nama="Kamera dokumentasi kedua",
    ),
    cerita(
        "aset-tidak-terdaftar",
        "Kode aset tidak ada pada daftar; pemohon tidak memilih yang lain dan permohonan gugur.",
        "gugur",
        pesan("peralatan", "kamera-99", 5), Later(days=8),
        mesin={"cek-fasilitas": {"fasilitas_terdaftar": False}, "baca-nama-fasilitas": {}},
    ),
    cerita(
        "dikembalikan-lalu-tidak-datang",
        "Kasubbag mengembalikan permohonan, pemohon memperbaiki; pada harinya ia tidak datang mengambil ruang.",
        "gugur",
        pesan("ruang-rapat", "ruang-rapat-2", 2), Do("periksa-permohonan", "kembalikan", reason="Sebutkan jumlah peserta."),
        pesan("ruang-rapat", "ruang-rapat-2", 2, keperluan="Rapat 20 orang."), GRATIS, IZIN, Do("serahkan", "tidak-datang", reason="Ditunggu sampai pukul 10.00."),
        nama="Ruang Rapat Lantai Dua",
    ),
    cerita(
        "izin-ditarik",
        "Gedung untuk rapat internal dikembalikan Sekda sekali, disetujui, lalu izinnya ditarik karena dipakai keadaan darurat.",
        "dicabut",
        pesan("gedung", "gedung-serbaguna", 80), GRATIS, Do("setujui-sekda", "kembalikan", reason="Pakai ruang rapat bila cukup."),
        pesan("gedung", "gedung-serbaguna", 80, keperluan="Rapat dengan 400 undangan."), GRATIS, Do("setujui-sekda", "setujui"), IZIN,
        Do("serahkan", "tarik-izin", reason="Gedung dipakai posko bencana."),
        nama="Gedung Serbaguna Kota",
    ),
    cerita(
        "pemakai-luar-ditolak",
        "Kabag Umum menolak pemakai komersial sebelum retribusi ditagih.",
        "ditolak",
        pesan("ruang-rapat", "ruang-rapat-2", 90, pemakai="komersial"), Do("periksa-permohonan", "sesuai", {"tarif": 500_000}),
        Do("setujui-pemakai-luar", "tolak", reason="Ruang hanya untuk rapat dinas."),
        nama="Ruang Rapat Lantai Dua",
        pemohon=LOKET,
    ),
)
SCENARIOS = (*SUMBER, *LAIN)
