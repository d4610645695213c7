"""Cerita yang harus tetap benar: enam dari sumber proses, lalu jalan lain yang ditemui pemohon."""

from __future__ import annotations

from typing import Any

from engine.scenario import AWAY, Day, Do, HandOver, Hitch, Later, Scenario

Isi = dict[str, Any]
LOKET, LOKET_KEDUA = "loket-dpmptsp", "loket-dpmptsp-2"
TIM = ["01KDVDNA00WBMAN1HYH488CA8C", "01KDVDNA00ZHZSBTH4N6D3V46H"]
"""Anggota tim teknis: analis PUPR dan kepala bidang penegakan Satpol PP."""
IZIN_LAMA: Isi = {"nomor_izin_lama": "500.16.7.2/7/DPMPTSP/2025", "npwpd": "P0012345678"}
TITIK_LAMA = {"lat": "-6.199000", "lon": "106.645000"}
TERISI = {"lat": "-6.198000", "lon": "106.646000"}
ZONA = {"lat": "-6.234000", "lon": "106.642000"}
WAJIB = ["dishub", "satpol-pp", "dlh"]


def titik(urut: int) -> dict[str, str]:
    """Titik contoh yang berjauhan: tiap cerita menempati titiknya sendiri."""
    return {"lat": f"-6.19{urut:02}00", "lon": f"106.64{urut % 8}000"}


def berkas(*nama: str) -> list[Isi]:
    return [{"id": satu, "name": f"{satu}.jpg", "sha256": "0" * 64, "kind": "jpg", "size": 1} for satu in nama]


def ajukan(
    di: dict[str, str], jenis: str = "papan", luas: str = "32", mulai: int = 14, lama: int = 60, tanah: str = "milik-sendiri", **lain: Any
) -> Do:
    isian: Isi = {
        "jenis_permohonan": "baru", "jenis_reklame": jenis, "luas": luas, "lokasi": di, "alamat": "Jalan Contoh Nomor 12", "tanah": tanah,
        "masa": {"from": Day(mulai), "to": Day(mulai + lama - 1)}, "npwpd": "P0099887766", "naskah_reklame": "Toko Contoh", "materi": berkas("materi")[0],
        "tembakau": False,
    }  # fmt: skip
    return Do("ajukan", "kirim", {**isian, **lain})


def tugaskan(*opd: str) -> Do:
    return Do("tugaskan-tim", "tugaskan", {"tim_bertugas": TIM, "opd_dimintai": list(opd)})


def tinjau(di: dict[str, str], luas: str = "32", kata: str = "layak", **lain: Any) -> Do:
    ukuran: Isi = {"luas_nyata": luas, "tinggi": "6.5", "jarak_dari_jalan": "3", "minta_pendapat": False}
    return Do(
        "tinjau-lokasi",
        kata,
        {"titik_tinjau": di, "foto_tinjau": berkas("dekat", "jalan"), **ukuran, **lain},
        reason="Menutup rambu." if kata != "layak" else "",
    )


def pajak(nilai: int) -> Do:
    return Do("hitung-pajak", "selesai", {"npwpd_aktif": True, "nilai_sewa_reklame": nilai, "tarif_pajak": 25, "pajak_reklame": nilai // 4})


def konsep(kata: str, pertimbangan: str = "Seluruh persyaratan terpenuhi dan titik dinyatakan layak.") -> Do:
    return Do("verifikasi-konsep", kata, {"pertimbangan": pertimbangan})


LENGKAP, TERBIT = Do("cek-kelengkapan", "lengkap"), konsep("usul-terbit")
BA = (Do("tandatangani-ba-pemohon", "tandatangani"), Do("tandatangani-ba-tim", "tandatangani"))
SETUJU = tuple(
    Do(f"beri-pendapat@{unit}", "mendukung", {"syarat_opd": "Lampu sorot mati pukul 22.00."} if unit == "dishub" else {}) for unit in WAJIB
)
SKPD = (Do("paraf-izin", "paraf"), Do("tetapkan-skpd", "tandatangani"))
SETOR = Do("bayar", "bayar", {"bukti_setor": "STS-0012/2026"})
JAMINAN: Isi = {"nomor_jaminan": "BG-2026-0451", "nilai_jaminan": 12_500_000, "jaminan_sampai": Day(500)}
TTD = (Do("tandatangani-izin", "tandatangani"), Do("serahkan-izin", "diserahkan"))
TOLAK = (Do("paraf-penolakan", "paraf"), Do("tandatangani-penolakan", "tandatangani"))
HENTI = Do("sebulan-sebelum-berakhir", "dihentikan-pemohon", by="petugas-pelayanan")


def lunas(*, jaminan: bool = True) -> tuple[HandOver, Do]:
    """Loket yang mencatat setoran bagi pemohon tidak boleh pula mencocokkannya: ketua tim mengalihkan kepada petugas kedua."""
    isian: Isi = {"tanggal_lunas": Day(), **(JAMINAN if jaminan else {})}
    return (
        HandOver("pantau-pelunasan", LOKET_KEDUA, "ketua-tim-perizinan", "Setorannya dicatat petugas pertama."),
        Do("pantau-pelunasan", "lunas", isian, by=LOKET_KEDUA),
    )


def cerita(name: str, story: str, ends: str, *acts: Any, mesin: dict[str, Isi] | None = None) -> Scenario:
    zona: Isi = {"di_zona_larangan": False, "kode_zona": None, "zona_larangan": None}
    bebas: Isi = {"titik_terisi": False, "izin_di_titik": None, "jarak_izin": None}
    biasa: dict[str, Isi] = {
        "cek-wilayah": {"di_dalam_kota": True, "kode_kelurahan": "36.71.05.1010", "kelurahan": "Poris Plawad Indah"},
        "baca-kecamatan": {"kode_kecamatan": "36.71.05", "kecamatan": "Cipondoh"}, "cek-zona": zona, "cek-zona-tinjau": zona,
        "cek-titik": bebas, "cek-titik-tinjau": bebas, "cek-titik-akhir": bebas, "cek-izin-lama": {"izin_lama_sah": True},
        "cek-npwpd": {"npwpd_aktif": True}, "ukur-selisih-titik": {"selisih_titik": 0}, "cek-penerus": {"izin_diteruskan": False},
        "cek-penerus-akhir": {"izin_diteruskan": False}, "catat-nomor-dasar": {"nomor_ba": "1", "nomor_skpd": "1"}, "catat-nomor-izin": {"nomor_izin": "1"},
    }  # fmt: skip
    return Scenario(name, story, ends, acts, starter=LOKET, gives={**biasa, **(mesin or {})})


SAMPAI_LUNAS = (*SKPD, SETOR, *lunas())
BONGKAR_SENDIRI = (Do("periksa-pembongkaran", "sudah-dibongkar"), Do("selesaikan-jaminan", "dikembalikan"))
KECIL = (LENGKAP, tugaskan())
ZONA_KENA: Isi = {"di_zona_larangan": True, "kode_zona": "zona-reklame-1", "zona_larangan": "Kawasan balai kota (contoh)"}

# fmt: off
SUMBER = (
    cerita(
        "papan-32-m2-terbit",
        "Papan 32 m2 di tanah sendiri: tiga perangkat daerah mendukung, pajak Rp18.400.000 lunas, izin ditandatangani; setahun kemudian dibongkar sendiri dan jaminan dikembalikan.",
        "diterbitkan",
        ajukan(titik(1), lama=365), LENGKAP, Do("tugaskan-tim", "tugaskan", {"tim_bertugas": TIM, "opd_dimintai": ["dishub"]}, refused="isian-tidak-sah"),
        tugaskan(*WAJIB), Do("tinjau-lokasi", "tunda"), tinjau(titik(1)), *BA, *SETUJU, pajak(73_600_000), TERBIT, *SAMPAI_LUNAS, *TTD,
        Later(days=390), *BONGKAR_SENDIRI,
    ),
    cerita(
        "kain-8-m2-tanpa-pendapat",
        "Spanduk 8 m2 dua minggu: tidak ada pendapat perangkat daerah, hanya hitung pajak; sistem Bapenda mati sehingga petugas memeriksa NPWPD, pemohon diam atas berita acara; terbit lalu dibongkar Satpol PP setelah lewat masa.",
        "diterbitkan",
        Hitch("cek-npwpd", AWAY), ajukan(titik(2), "kain", "8", mulai=20, lama=14), *KECIL, tinjau(titik(2), "8"), Later(days=6), BA[1],
        Do("hitung-pajak", "selesai", {**pajak(1_200_000).values, "npwpd_aktif": False}, refused="isian-tidak-sah"),
        Do("hitung-pajak", "npwpd-bermasalah", reason="Pajak reklame tahun lalu belum lunas."), pajak(1_200_000), TERBIT, *SKPD,
        Do("pantau-pelunasan", "lunas", {"tanggal_lunas": Day()}, refused="isian-tidak-sah"), SETOR, *lunas(jaminan=False), *TTD,
        Later(days=40), Do("periksa-pembongkaran", "belum-dibongkar"), Do("minta-pembongkaran", "kembalikan", reason="Lampirkan fotonya."),
        Do("periksa-pembongkaran", "belum-dibongkar", {"foto_bongkar": berkas("masih-ada")}), Do("minta-pembongkaran", "tandatangani"),
        Later(days=45), Do("pembongkaran", "dibongkar", by="kepala-satpol-pp"),
        Do("selesaikan-jaminan", "dicairkan", refused="isian-tidak-sah"), Do("selesaikan-jaminan", "tanpa-jaminan"),
    ),
    cerita(
        "dishub-keberatan",
        "Videotron 24 m2 di persimpangan: perhubungan keberatan karena silau, kepala bidang mengusulkan tolak, surat penolakan ditandatangani.",
        "ditolak",
        ajukan(titik(3), "videotron", "24"), LENGKAP, tugaskan(*WAJIB), tinjau(titik(3), "24"), *BA,
        Do("beri-pendapat@dishub", "keberatan", refused="alasan-kosong"),
        Do("beri-pendapat@dishub", "keberatan", reason="Cahayanya menyilaukan pengemudi di persimpangan."), *SETUJU[1:], pajak(96_000_000),
        konsep("usul-tolak", "Perhubungan berkeberatan atas keselamatan lalu lintas."), *TOLAK,
    ),
    cerita(
        "titik-terlarang",
        "Titik jatuh di zona larangan; petugas langsung meneruskan ke konsep penolakan tanpa peninjauan.",
        "ditolak",
        ajukan(ZONA, luas="12"), Do("cek-kelengkapan", "lengkap", refused="isian-tidak-sah"),
        Do("cek-kelengkapan", "titik-terlarang", reason="Di dalam kawasan balai kota."),
        konsep("usul-tolak", "Titik berada di kawasan yang tertutup bagi reklame."), *TOLAK,
        mesin={"cek-zona": ZONA_KENA},
    ),
    cerita(
        "berkas-kembali",
        "PBG reklame 20 m2 belum dilampirkan, berkas kembali, pemohon melengkapi, tim meminta pendapat perhubungan, izin terbit; dihentikan pemohon, dibongkar Satpol PP, dan jaminan dicairkan.",
        "diterbitkan",
        ajukan(titik(5), luas="20", lama=90), Do("cek-kelengkapan", "kembalikan", reason="PBG reklame belum dilampirkan."), ajukan(titik(5), luas="20", lama=90), *KECIL,
        tinjau(titik(5), "20", minta_pendapat=True, opd_dimintai=["dishub"]), *BA, SETUJU[0], pajak(40_000_000), TERBIT, *SAMPAI_LUNAS, *TTD, HENTI,
        Do("periksa-pembongkaran", "belum-dibongkar"), Do("minta-pembongkaran", "tandatangani"), Do("pembongkaran", "dibongkar", by="kepala-satpol-pp"),
        Do("selesaikan-jaminan", "dikembalikan", refused="isian-tidak-sah"), Do("selesaikan-jaminan", "dicairkan"),
    ),
    cerita(
        "pajak-tidak-dibayar",
        "Reklame di tanah pemerintah daerah: tagihan Rp2.150.000 dan sewanya disampaikan; lima hari kerja lewat tanpa setoran.",
        "gugur",
        ajukan(titik(6), "melekat", "10", tanah="tanah-pemda"), *KECIL, tinjau(titik(6), "10"), *BA, pajak(8_600_000),
        Do("hitung-sewa", "selesai", {"sewa_lahan": 1_500_000}), TERBIT, *SKPD, Do("pantau-pelunasan", "tunggu-pembayaran"), Later(days=15),
    ),
)

LAINNYA = (
    cerita(
        "perpanjangan-lalu-diperpanjang",
        "Izin lama diperpanjang di titik yang sama walau ditempatinya sendiri; menjelang akhir diperpanjang lagi, sehingga tidak ada pembongkaran.",
        "diterbitkan",
        ajukan(TITIK_LAMA, luas="12", lama=15, tanah="tanah-pemda", jenis_permohonan="perpanjangan", **IZIN_LAMA), *KECIL, tinjau(TITIK_LAMA, "12"), *BA, pajak(6_000_000),
        Do("hitung-sewa", "selesai", {"sewa_lahan": 900_000}), TERBIT, *SAMPAI_LUNAS, *TTD,
        Do("akhir-masa-tayang", "diperpanjang", by="petugas-pelayanan", refused="alasan-kosong"),
        Do("akhir-masa-tayang", "diperpanjang", reason="Izin Nomor 500.16.7.2/99/DPMPTSP/2026.", by="petugas-pelayanan"),
    ),
    cerita(
        "ditempati-izin-lain",
        "Titiknya ditempati izin orang lain dan nomor izin lamanya bukan miliknya; diteruskan sebagai titik terlarang, tidak dapat diusulkan terbit, dimintakan dilengkapi, lalu diurungkan.",
        "batal",
        ajukan(TERISI, "kain", "8", jenis_permohonan="perubahan", nomor_izin_lama="500.16.7.2/7/DPMPTSP/2025"),
        Do("cek-kelengkapan", "lengkap", {"catatan_titik": "Sudah diperiksa."}, refused="isian-tidak-sah"),
        Do("cek-kelengkapan", "titik-terlarang", reason="Ditempati izin lain."), Do("verifikasi-konsep", "usul-terbit", refused="isian-tidak-sah"),
        Do("verifikasi-konsep", "tinjau-ulang", reason="Tinjau.", refused="isian-tidak-sah"),
        Do("verifikasi-konsep", "minta-lengkapi", reason="Pindahkan titiknya."), Do("ajukan", "batal"),
        mesin={"cek-titik": {"titik_terisi": True, "izin_di_titik": "500.16.7.2/9/DPMPTSP/2025", "jarak_izin": 0}, "cek-izin-lama": {"izin_lama_sah": False}},
    ),
    cerita(
        "tidak-layak",
        "Pemohon menolak menandatangani berita acara; tim memperbaikinya sekali, kepala bidang meminta tinjau ulang, lalu penolakan dikembalikan sekali dan ditandatangani.",
        "ditolak",
        ajukan(titik(9), luas="12"), *KECIL, tinjau(titik(9), "12", "tidak-layak"),
        Do("tandatangani-ba-pemohon", "menolak-menandatangani", reason="Rambu dapat dipindahkan."), Do("tandatangani-ba-tim", "kembalikan", reason="Sebut rambunya."),
        tinjau(titik(9), "12", "tidak-layak"), *BA, Do("verifikasi-konsep", "tinjau-ulang", reason="Periksa jaraknya."), tinjau(titik(9), "12", "tidak-layak"),
        Do("tandatangani-ba-pemohon", "menolak-menandatangani", reason="Rambu dapat dipindahkan."), BA[1],
        konsep("usul-tolak", "Titik tidak layak menurut tim teknis."), Do("paraf-penolakan", "kembalikan", reason="Sebut rambunya."),
        konsep("usul-tolak", "Reklame menutup rambu lalu lintas."), TOLAK[0], Do("tandatangani-penolakan", "kembalikan", reason="Perjelas."),
        konsep("usul-tolak", "Reklame menutup rambu lalu lintas di sisi utara."), *TOLAK,
    ),
    cerita(
        "ditolak-sesudah-lunas",
        "Kendaraan berjalan: konsep dan SKPD dikembalikan sekali, pajak lunas, kepala dinas mengembalikan lalu menolak; yang sudah dibayar disebut pada penolakannya.",
        "ditolak",
        ajukan(titik(10), "berjalan", "6"), *KECIL, tinjau(titik(10), "6"), *BA, pajak(3_000_000), TERBIT, Do("paraf-izin", "kembalikan", reason="Perbaiki alasan."),
        TERBIT, SKPD[0], Do("tetapkan-skpd", "kembalikan", reason="Periksa tarif."), TERBIT, *SKPD, SETOR, *lunas(jaminan=False),
        Do("tandatangani-izin", "kembalikan", reason="Periksa trayeknya."), TERBIT, *SKPD, SETOR, *lunas(jaminan=False),
        Do("tandatangani-izin", "tolak", reason="Trayek melewati kawasan tertutup."), *TOLAK,
    ),
    cerita(
        "diubah-lalu-tidak-jadi",
        "Perubahan ukuran: tagihan disampaikan, pemohon tidak jadi.",
        "dicabut",
        ajukan({"lat": "-6.198000", "lon": "106.646500"}, "kain", "8", jenis_permohonan="perubahan", nomor_izin_lama="500.16.7.2/9/DPMPTSP/2025", npwpd="P0087654321"),
        *KECIL, tinjau({"lat": "-6.198000", "lon": "106.646500"}, "8"), *BA, pajak(1_000_000), TERBIT, *SKPD, Do("bayar", "tidak-jadi", reason="Acaranya batal."),
    ),
)
# fmt: on

SCENARIOS = (*SUMBER, *LAINNYA)
