"""Cerita yang harus tetap benar: delapan dari sumber proses, lalu jalan lain yang ditemui pelapor."""

from __future__ import annotations

from typing import Any

from engine.scenario import Do, Later, Scenario

OPERATOR, PUPR, DLH = "operator-live-room", "dinas-pupr", "dlh"
PETUGAS = {PUPR: "01KDVDNA006XXQ26635V6SFFQY", DLH: "01KDVDNA00YCSKD3GVC2AV85BP"}
TITIK = {"lat": "-6.178306", "lon": "106.631889"}
DEKAT = {"lat": "-6.178400", "lon": "106.632000"}
JAUH = {"lat": "-6.180306", "lon": "106.631889"}


def foto(name: str) -> list[dict[str, Any]]:
    return [{"id": name, "name": f"{name}.jpg", "sha256": "0" * 64, "kind": "jpg", "size": 1}]


def lapor(kategori: str = "pju", uraian: str = "Lampu jalan di depan pasar padam sejak tiga malam.", **lain: Any) -> Do:
    return Do("laporkan", "kirim", {"kategori": kategori, "uraian": uraian, "lokasi": TITIK, "kanal": "telepon", **lain})


def cerita(name: str, story: str, ends: str, *acts: Any, mesin: dict[str, dict[str, Any]] | None = None) -> Scenario:
    biasa: dict[str, dict[str, Any]] = {
        "tentukan-kelurahan": {"kode_kelurahan": "36.71.07.1007", "kelurahan": "Pabuaran"}, "cek-nik": {"nik_cocok": True},
        "cari-laporan-serupa": {"ada_serupa": False, "laporan_serupa": ""}, "catat-nomor": {"nomor_laporan": "LKS-2026-1"},
        "ukur-jarak": {"jarak_meter": 17},
    }  # fmt: skip
    return Scenario(name, story, ends, acts, starter=OPERATOR, gives={**biasa, **(mesin or {})})


def teruskan(unit: str = PUPR, layanan: str = "tanpa-pemeriksaan") -> Do:
    return Do("verifikasi", "teruskan", {"layanan": layanan, "opd_tujuan": unit})


def tugaskan(unit: str = PUPR) -> Do:
    return Do("tugaskan", "tugaskan", {"petugas_lapangan": PETUGAS[unit]})


def kerja(titik: dict[str, str] = DEKAT) -> Do:
    return Do("kerjakan", "selesai", {"foto_sebelum": foto("sebelum"), "foto_sesudah": foto("sesudah"), "titik_pekerjaan": titik})


SALAH = Do("terima-laporan", "salah-unit", reason="Bukan urusan kami.")
TERIMA, TUTUP, PUAS = Do("terima-laporan", "terima"), Do("cek-silang", "tutup"), Do("nilai-hasil", "puas")
SANGGAH = Do("nilai-hasil", "sanggah", reason="Keadaannya kembali seperti semula.")
BUKA = Do("buka-kembali", "buka", reason="Disanggah warga.")
ANGGARAN = Do("kerjakan", "butuh-anggaran", reason="Saluran sepanjang 200 meter harus diganti. Pekerjaannya diusulkan pada anggaran tahun depan.")
SETUJU = Do("setujui-jawaban", "setuju")
BERES = (TERIMA, tugaskan(), kerja(), TUTUP)

# fmt: off
SUMBER = (
    cerita(
        "lampu-jalan",
        "Warga melaporkan lampu jalan padam dengan 2 foto. Diteruskan hari itu, dikerjakan hari ke-3 dalam 20 meter dari titik, dicek silang, warga puas.",
        "selesai",
        lapor(kanal="laksa", nik="3671014501990001", foto=[*foto("satu"), *foto("dua")]), teruskan(), TERIMA, tugaskan(), Later(days=3), kerja(), TUTUP, PUAS,
    ),
    cerita(
        "salah-unit-dua-kali",
        "Dua perangkat daerah menyatakan salah unit; Sekda menetapkan satu perangkat daerah yang lalu menyelesaikan.",
        "selesai",
        lapor("pohon", "Pohon di tepi sungai hampir rubuh."), teruskan(PUPR), SALAH, teruskan("dlh"), SALAH, teruskan(PUPR),
        Do("tetapkan-unit", "tetapkan", {"opd_tujuan": DLH}), tugaskan(DLH), kerja(), TUTUP, PUAS,
    ),
    cerita(
        "butuh-anggaran",
        "Drainase rusak memerlukan anggaran; kepala dinas menandatangani jawaban bahwa pekerjaan masuk tahun depan, warga tidak menanggapi 10 hari.",
        "selesai",
        lapor("banjir", "Saluran di Jalan Contoh ambles dan air meluap setiap hujan."), teruskan(layanan="dengan-pemeriksaan"), TERIMA,
        Do("periksa", "perpanjang", reason="Menunggu hasil uji tanah."), Do("periksa", "selesai-diperiksa"), tugaskan(), ANGGARAN, SETUJU, TUTUP, Later(days=30),
    ),
    cerita(
        "darurat-pohon",
        "Pohon tumbang menimpa mobil; operator menandai darurat dan 112 menangani dalam 40 menit.",
        "selesai",
        lapor("pohon", "Pohon tumbang menimpa mobil, ada orang di dalamnya.", kanal="112"), Do("verifikasi", "darurat", {"opd_tujuan": DLH}), Later(minutes=40),
        Do("tangani-darurat", "tertangani", {"catatan_darurat": "Regu 112 tiba 15 menit kemudian; korban dibawa ke rumah sakit, jalan dibuka."}), TUTUP, PUAS,
    ),
    cerita(
        "disanggah-sekali",
        "Warga menyanggah karena sampah menumpuk lagi; laporan dibuka kembali, dibersihkan, ditutup.",
        "selesai",
        lapor("sampah", "Sampah menumpuk di mulut gang."), teruskan(), *BERES, Do("nilai-hasil", "sanggah", refused="alasan-kosong"), SANGGAH, BUKA,
        teruskan(), *BERES, PUAS,
    ),
    cerita(
        "ganda",
        "Lima laporan tentang lubang yang sama; empat digabung ke yang pertama.",
        "dialihkan",
        lapor("jalan", "Lubang besar di tengah jalan."), Do("verifikasi", "gabung", refused="isian-tidak-sah"),
        Do("verifikasi", "gabung", {"laporan_induk": "LKS-2026-1"}),
    ),
    cerita(
        "bukan-kewenangan",
        "Laporan tentang harga sepeda motor bekas ditolak dengan penjelasan.",
        "ditolak",
        lapor("lain", "Harga sepeda motor bekas terlalu mahal."), Do("verifikasi", "tolak", reason="Harga jual beli antarwarga bukan urusan pemerintah kota."),
    ),
    cerita(
        "lewat-waktu",
        "Petugas tidak mengerjakan 5 hari kerja; Sekda memerintahkan ulang dan pekerjaan selesai hari ke-9.",
        "selesai",
        lapor("jalan", "Lubang besar di tengah jalan."), teruskan(), TERIMA, tugaskan(), Later(days=14),
        Do("putuskan-eskalasi", "perintahkan", reason="Kerjakan paling lambat lusa."), Later(days=1), kerja(), TUTUP, PUAS,
    ),
)

LAINNYA = (
    cerita(
        "permintaan-informasi",
        "Warga menanyakan syarat layanan; jawabannya dikembalikan sekali karena kurang lengkap, lalu ditandatangani.",
        "selesai",
        lapor("pelayanan", "Apa syarat menutup jalan lingkungan untuk hajatan?", kanal="surel"), teruskan(layanan="informasi"), TERIMA,
        Do("susun-jawaban", "kirim", {"jawaban": "Ajukan surat kepada lurah."}), Do("setujui-jawaban-informasi", "kembalikan", reason="Sebut waktunya."),
        Do("susun-jawaban", "kirim", {"jawaban": "Ajukan surat kepada lurah paling lambat tujuh hari sebelumnya.\nIzin diterbitkan kepolisian sektor."}),
        Do("setujui-jawaban-informasi", "setuju"), TUTUP, PUAS,
    ),
    cerita(
        "titik-di-luar-kota",
        "Titik di kota tetangga: operator meminta titik lain dengan petunjuk, warga mengulang kesalahannya, laporan ditolak.",
        "ditolak",
        lapor("jalan", "Jalan rusak di perbatasan.", lokasi={"lat": "-6.500000", "lon": "106.800000"}),
        Do("periksa-titik", "minta-titik-lain", reason="Titiknya di luar kota. Ketuk titik pada peta di tempat kejadian."),
        lapor("jalan", "Jalan rusak di perbatasan.", lokasi={"lat": "-6.500000", "lon": "106.800000"}),
        Do("periksa-titik", "di-luar-kota", reason="Laporkan kepada kota tetangga."),
        mesin={"tentukan-kelurahan": {}},
    ),
    cerita(
        "dijawab-apa-adanya",
        "Petugas tidak mengerjakan; Sekda memutuskan menjawab apa adanya, kepala dinas menandatanganinya.",
        "selesai",
        lapor("jalan", "Trotoar amblas di depan sekolah."), teruskan(), TERIMA, tugaskan(), Later(days=14),
        Do("putuskan-eskalasi", "jawab-apa-adanya", reason="Alat berat sedang dipakai menangani banjir; pengerjaan dijadwalkan bulan depan."), SETUJU, TUTUP, PUAS,
    ),
    cerita(
        "foto-terlalu-jauh",
        "Foto sesudah diambil 220 meter dari titik laporan; petugas memperbaiki, masih jauh, lalu menjelaskan; operator membuka kembali dan pelapor akhirnya mencabut.",
        "dicabut",
        lapor("jalan", "Lubang di depan balai warga."), teruskan(), TERIMA, tugaskan(), kerja(JAUH), Do("jelaskan-jarak", "perbaiki-titik-dan-foto"), kerja(JAUH),
        Do("jelaskan-jarak", "jelaskan", reason="Lubangnya ternyata di tikungan sebelah timur."), Do("cek-silang", "buka-kembali", reason="Fotonya bukan tempat itu."),
        Do("verifikasi", "darurat", {"opd_tujuan": PUPR}), Do("tangani-darurat", "bukan-darurat", reason="Tidak ada bahaya."),
        teruskan(), TERIMA, tugaskan(), Do("kerjakan", "tidak-mungkin", reason="Tanah itu milik perorangan."),
        Do("setujui-jawaban", "kembalikan", reason="Periksa lagi status tanahnya."), Do("kerjakan", "tidak-mungkin", reason="Tanah itu milik perorangan menurut sertifikatnya."),
        SETUJU, TUTUP, SANGGAH, Do("buka-kembali", "dicabut-pelapor", reason="Pelapor menerima penjelasan."),
        mesin={"ukur-jarak": {"jarak_meter": 223}},
    ),
    cerita(
        "disanggah-dua-kali",
        "Warga menyanggah dua kali; Sekda memerintahkan ulang sekali, lalu menutup laporan pada sanggahan ketiga.",
        "selesai",
        lapor("sampah", "Sampah menumpuk di mulut gang."), teruskan(), *BERES, SANGGAH, BUKA, teruskan(), *BERES, SANGGAH,
        Do("putusan-akhir", "perintahkan-ulang", reason="Tempatkan bak sampah."), teruskan(), *BERES, SANGGAH,
        Do("putusan-akhir", "tutup", reason="Bak sampah sudah ditempatkan dan diangkut setiap hari."),
    ),
    cerita("batal", "Pelapor mengurungkan laporannya.", "batal", Do("laporkan", "batal")),
)
# fmt: on

SCENARIOS = (*SUMBER, *LAINNYA)
