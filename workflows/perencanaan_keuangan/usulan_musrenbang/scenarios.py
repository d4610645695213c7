"""Cerita yang harus tetap benar: lima dari sumber proses, lalu kecamatan dan kota yang menemui pagu, keterlambatan, dan RKPD yang berhenti. Tiap cerita memakai tahun rencananya sendiri."""

from __future__ import annotations

from typing import Any

from engine.scenario import Beside, Day, Do, Hitch, Later, Scenario

Isi = dict[str, Any]
SELOKAN = {"lat": "-6.235100", "lon": "106.606200"}
"""Di dalam poligon Kelurahan Sukarasa kota contoh."""
JAUH, DEKAT = {"lat": "-6.235850", "lon": "106.606200"}, {"lat": "-6.235000", "lon": "106.606160"}
KODE = "usulan-musrenbang"


def berkas(nama: str, banyak: int = 1) -> list[Isi]:
    return [{"id": f"{nama}-{n}", "name": f"{nama}-{n}.jpg", "sha256": "0" * 64, "kind": "jpg", "size": 1} for n in range(1, banyak + 1)]


def rw(*nomor: str) -> list[Isi]:
    return [
        {
            "_id": f"rw{satu}",
            "rw": satu,
            "ketua": f"Ketua RW {satu} Contoh",
            "telepon": f"0812000000{satu}",
            "alamat": f"rw{satu}@kota-contoh.example",
        }
        for satu in nomor
    ]


def usulan(nomor: str, warga: str, judul: str, biaya: int, **lain: Any) -> Isi:
    return {
        "_id": nomor, "rw": warga, "judul": judul, "jenis": "fisik", "lokasi": SELOKAN, "opd_tujuan": "dinas-pupr", "volume": "120 m", "perkiraan_biaya": biaya,
        "permasalahan": "Selokan sempit dan air meluap ke jalan setiap hujan lebat.", "foto": berkas(f"foto-{nomor}", 2),
        "pernyataan_lahan": berkas(f"lahan-{nomor}")[0], "status": "diusulkan", **lain,
    }  # fmt: skip


def buka(tingkat: str, wilayah: str, tahun: int, **lain: Any) -> Do:
    isian: Isi = {
        "tingkat": tingkat, "wilayah": wilayah, "tahun_rencana": tahun, "waktu_musyawarah": Day(10, "09:00"),
    }  # fmt: skip
    return Do("buka-forum", "kirim", {**isian, **lain})


def putus(langkah: str, kata: str, *baris: Isi, refused: str = "", **lain: Any) -> Do:
    return Do(langkah, kata, {"usulan": list(baris), **({} if refused else {"daftar_hadir": berkas("hadir")}), **lain}, refused=refused)


def terus(satu: Isi, prioritas: int, **lain: Any) -> Isi:
    return {**satu, "status": "diteruskan", "prioritas": prioritas, **lain}


def tidak(satu: Isi, status: str, alasan: str, **lain: Any) -> Isi:
    return {**satu, "status": status, "alasan": alasan, **lain}


def cerita(
    name: str, story: str, ends: str, starter: str, wilayah: str, tahun: int, *acts: Any, beside: tuple[Beside, ...] = (), **mesin: Any
) -> Scenario:
    """``gives`` seperti yang ditemukan mesin di kota contoh; nilainya tidak perlu sama, fakta yang terisi harus sama."""
    jawab: dict[str, Any] = {
        "baca-daftar-rw": {"daftar_rw": []}, "baca-wilayah": {"kode_wilayah": "36.71.01.1001", "kecamatan": "kecamatan-tangerang"},
        "kenalkan-ketua": {"pihak_ketua_rw": "luar:01KDVDNA00NDVTF0A4DBTKVB2D"}, "cari-kelurahan": {"kode_kelurahan": "36.71.01.1001", "kelurahan": "Sukarasa"},
        "beri-nomor-urut": {"nomor_urut": 1}, "beri-nomor-usulan": {"nomor_usulan": "36.71.01.1001/2027/1"},
        "kirim-ke-kecamatan": {"jumlah_diserahkan": 1, "usulan_tertinggal": []}, "ambil-status-akhir": {"usulan": [], "jumlah_ditelusuri": 1},
        "tandai-ditunda": {"status_akhir": "ditunda", "alasan_akhir": "Berkas kecamatan sudah ditutup."}, "tetapkan-status": {"status_akhir": "masuk-rkpd"},
        "tetapkan-status-akhir": {"jumlah_dijawab": 0, "unit_dijawab": []},
    }  # fmt: skip
    values = {"wilayah": wilayah, "tahun_rencana": tahun}
    return Scenario(
        name,
        story,
        ends,
        acts,
        starter=starter,
        values=values,
        beside=beside,
        gives={**jawab, **{kata.replace("_", "-"): isi for kata, isi in mesin.items()}},
    )


def berkas_lain(tingkat: str, wilayah: str, tahun: int, *baris: Isi, **lain: Any) -> Beside:
    """Berkas tingkat lain yang sudah ada di kota."""
    form: Isi = {"tingkat": tingkat, "wilayah": wilayah, "tahun_rencana": tahun, "usulan": list(baris), **lain}
    return Beside(KODE, wilayah, form, (f"ba-musrenbang-{tingkat}",) if baris else ())


def dari_bawah(nomor: str, judul: str, biaya: int, **lain: Any) -> Isi:
    """Baris seperti diserahkan berkas di bawahnya; kodenya nomor usulan dengan tanda hubung."""
    isian: Isi = {"nomor_usulan": nomor, "kelurahan": "Sukarasa", "status": "diteruskan", "prioritas": 1, **lain}
    satu = usulan(nomor.replace(".", "-").replace("/", "-"), isian.pop("warga", "05"), judul, biaya, **isian)
    return {kolom: isi for kolom, isi in satu.items() if kolom not in ("foto", "pernyataan_lahan")}


def himpun(*baris: Isi, dari: str = "", terlambat: str = "") -> Isi:
    return {
        "usulan": list(baris), "jumlah_terlambat": 1 if terlambat else 0, "unit_pengirim": [dari] if dari else [],
        "unit_terlambat": [terlambat] if terlambat else [],
    }  # fmt: skip


LURAH, CAMAT, KEPALA = "lurah-sukarasa", "camat-tangerang", "kepala-bappeda"
SUKARASA, TANGERANG = "kelurahan-sukarasa", "kecamatan-tangerang"
BA_KEL, BA_KEC, BA_KOTA = (Do(f"tanda-tangan-ba-{satu}", "tandatangani") for satu in ("kelurahan", "kecamatan", "kota"))
DRAINASE = usulan("u1", "05", "Perbaikan drainase Jalan Contoh", 180_000_000)
TAMAN = usulan("u2", "05", "Taman bermain RW 05", 95_000_000)
PELATIHAN = usulan("u1", "09", "Pelatihan kader posyandu", 20_000_000, jenis="nonfisik", opd_tujuan="dinkes", volume="30 orang")
MASUK_05 = Do("cek-usulan-rw@rw05", "terima")
SURVEI = {"foto_survei": berkas("survei", 1)}
RAPAT = [
    {"_id": f"s{n}", "anggota": siapa, "sikap": "setuju"}
    for n, siapa in enumerate(("sekda", "kepala-bappeda", "kepala-bpkd"), 1)
]  # fmt: skip


def di_berkas(satu: Isi) -> Isi:
    """Baris RW seperti tercatat pada perkara: kodenya didahului barisnya."""
    return {**satu, "_id": f"rw{satu['rw']}-{satu['_id']}"}


def kirim(*baris: Isi) -> Do:
    return Do(f"isi-usulan@rw{baris[0]['rw']}", "kirim", {"usulan": list(baris)})


JEMBATAN = dari_bawah("36.71.01.1001/2033/1", "Jembatan warga Kali Contoh", 400_000_000)
KADER = dari_bawah("36.71.01.1001/2033/2", "Pelatihan kader posyandu", 20_000_000, jenis="nonfisik", opd_tujuan="dinkes")
GANG = dari_bawah("36.71.02.1001/2031/1", "Paving gang RW 01", 150_000_000, warga="01", kelurahan="Keroncong")
POS = dari_bawah("36.71.02.1001/2031/2", "Pos ronda RW 01", 60_000_000, warga="01", kelurahan="Keroncong")
SUMUR = dari_bawah("36.71.01.1001/2034/1", "Sumur resapan RW 05", 75_000_000)
J, K, S = JEMBATAN["_id"], KADER["_id"], SUMUR["_id"]
TELAAH = {"catatan_telaah": "Kewenangan kota; harga satuan sesuai standar; lahan milik pemerintah kota."}

# fmt: off
SUMBER = (
    cerita(
        "usulan-drainase-masuk-rkpd",
        "RW 05 mengusulkan drainase 120 m senilai Rp180.000.000; titiknya sekali keliru. Lurah menetapkan prioritas 1, status akhir masuk-rkpd diterima dan ketua RW diberi tahu.",
        "selesai", LURAH, SUKARASA, 2027,
        buka("kelurahan", SUKARASA, 2027, daftar_rw=rw("05", "09")), kirim(DRAINASE, TAMAN),
        Do("cek-usulan-rw@rw05", "kembalikan", reason="Foto taman kurang jelas."), kirim(DRAINASE, TAMAN), MASUK_05,
        kirim(PELATIHAN), Do("cek-usulan-rw@rw09", "terima"),
        Do("musrenbang-kelurahan", "tunda-musyawarah"),
        putus("musrenbang-kelurahan", "tetapkan", terus(di_berkas(DRAINASE), 1), di_berkas(TAMAN), di_berkas(PELATIHAN), refused="isian-tidak-sah"),
        putus("musrenbang-kelurahan", "tetapkan", terus(di_berkas(DRAINASE), 1),
              tidak(di_berkas(TAMAN), "ditolak", "Lahan yang diusulkan bukan milik pemerintah kota."), terus(di_berkas(PELATIHAN), 2)),
        Do("tanda-tangan-ba-kelurahan", "musyawarah-ulang", reason="Urutan keliru dicatat."),
        putus("musrenbang-kelurahan", "tetapkan", terus(di_berkas(DRAINASE), 1),
              tidak(di_berkas(TAMAN), "ditolak", "Lahan yang diusulkan bukan milik pemerintah kota."), terus(di_berkas(PELATIHAN), 2)),
        Hitch("tanda-tangan-ba-kelurahan", "bad_secret"), BA_KEL, BA_KEL, Do("tunggu-status-akhir", "status-akhir", by="lurah"),
        beside=(berkas_lain("kecamatan", TANGERANG, 2027),),
        baca_daftar_rw={"daftar_rw": rw("05", "09")}, kirim_ke_kecamatan={"jumlah_diserahkan": 2, "usulan_tertinggal": []},
    ),
    cerita(
        "forum-kelurahan-batal", "Berkas forum terbuka untuk tahun yang keliru; lurah membatalkannya sebelum RW mengisi.", "batal", LURAH, SUKARASA, 2028,
        Do("buka-forum", "batal"),
    ),
    cerita(
        "titik-survei-jauh",
        "Titik survei 83 m dari titik usulan; survei diulang, jarak menjadi 12 m, lalu usulan dipangkas TAPD karena melebihi pagu kota dan pengusul membaca alasannya.",
        "selesai", KEPALA, "bappeda", 2033,
        buka("kota", "bappeda", 2033, pagu_kota=100_000_000), Do("tunggu-usulan-kecamatan", "lengkap", by="bappeda"),
        Do(f"telaah-opd@{J}", "alihkan-opd", {"usulan": [{"_id": J, "opd_tujuan": "dlh"}]}, refused="alasan-kosong"),
        Do(f"telaah-opd@{J}", "alihkan-opd", {"usulan": [{"_id": J, "opd_tujuan": "dlh"}]}, reason="Kewenangan lingkungan hidup."),
        Do(f"telaah-opd@{J}", "layak", TELAAH), Do(f"telaah-opd@{K}", "tunda", TELAAH),
        Do(f"survei-lapangan@{J}", "diperiksa", {**SURVEI, "titik_survei": JAUH}), Do(f"jelaskan-selisih-titik@{J}", "ulang-survei", reason="Salah gang."),
        Do(f"survei-lapangan@{J}", "diperiksa", {**SURVEI, "titik_survei": DEKAT}),
        putus("selaraskan-rkpd", "susun", terus(JEMBATAN, 1), terus(KADER, 2), refused="isian-tidak-sah"),
        putus("selaraskan-rkpd", "susun", terus(JEMBATAN, 1, nama_program="1.03.10.2.01"), tidak(KADER, "ditunda", "Menunggu kader terdaftar.")),
        Do("sesuaikan-pagu", "terima", {"sikap_tapd": [*RAPAT[:2], {"_id": "s3", "anggota": "kepala-bpkd", "sikap": "tidak-setuju"}]}),
        Do("pangkas-lebih-pagu", "selaraskan-ulang", reason="Pangkas sampai sesuai pagu."),
        putus("selaraskan-rkpd", "susun", terus(JEMBATAN, 1, nama_program="1.03.10.2.01"), tidak(KADER, "ditunda", "Menunggu kader terdaftar.")),
        Do("sesuaikan-pagu", "kembalikan", reason="Lengkapi nilai per kecamatan."),
        putus("selaraskan-rkpd", "susun", terus(JEMBATAN, 1, nama_program="1.03.10.2.01"), tidak(KADER, "ditunda", "Menunggu kader terdaftar.")),
        Do("sesuaikan-pagu", "pangkas", {
            "usulan": [tidak(JEMBATAN, "ditunda", "Melebihi pagu kota; diajukan lagi tahun depan."), tidak(KADER, "ditunda", "Menunggu kader terdaftar.")],
            "sikap_tapd": RAPAT,
        }),
        BA_KOTA, Do("tunggu-penetapan-rkpd", "ditetapkan", by="bappeda"),
        beside=(berkas_lain("kecamatan", TANGERANG, 2033, JEMBATAN, KADER),),
        baca_wilayah={"kode_wilayah": "36.71.01.1001", "kecamatan": "pemkot"}, himpun_usulan_kecamatan=himpun(JEMBATAN, KADER, dari=TANGERANG),
        ukur_jarak=({"jarak_survei": 83}, {"jarak_survei": 12}), hitung_nilai_kota=({"nilai_diteruskan": 400_000_000}, {"nilai_diteruskan": 0}),
    ),
    cerita(
        "rw-tidak-mengisi",
        "RW 09 tidak mengisi dalam 5 hari kerja; dianggap tidak mengusulkan dan Musrenbang tetap berjalan. Berkas kecamatan sudah tutup: usulan RW 05 ditunda.",
        "selesai", LURAH, SUKARASA, 2029,
        buka("kelurahan", SUKARASA, 2029, daftar_rw=rw("05", "09")), kirim(DRAINASE), MASUK_05, Later(days=14),
        putus("musrenbang-kelurahan", "tetapkan", terus(di_berkas(DRAINASE), 1)), BA_KEL,
        baca_daftar_rw={"daftar_rw": rw("05", "09")}, kirim_ke_kecamatan={"jumlah_diserahkan": 0, "usulan_tertinggal": [di_berkas(DRAINASE)]},
    ),
    cerita(
        "rkpd-tak-kunjung-terbit",
        "180 hari lewat tanpa status akhir dan Bappeda menyatakan forum diulang tahun depan; lurah menutup berkas tanpa status.",
        "gugur", LURAH, SUKARASA, 2030,
        buka("kelurahan", SUKARASA, 2030, daftar_rw=rw("05")), kirim(DRAINASE), MASUK_05,
        putus("musrenbang-kelurahan", "tetapkan", terus(di_berkas(DRAINASE), 1)), BA_KEL, Later(days=182),
        Do("minta-kejelasan", "tutup-tanpa-status", reason="Forum diulang tahun depan menurut surat Bappeda."),
        beside=(berkas_lain("kecamatan", TANGERANG, 2030),), baca_daftar_rw={"daftar_rw": rw("05", "09")},
    ),
)

LAINNYA = (
    cerita(
        "kecamatan-melebihi-pagu",
        "Satu kelurahan terlambat dan diberi tahu. Nilai usulan melebihi pagu kecamatan: diurutkan ulang sekali, lalu diteruskan ke kota dengan catatan.",
        "selesai", "camat-jatiuwung", "kecamatan-jatiuwung", 2031,
        buka("kecamatan", "kecamatan-jatiuwung", 2031, pagu_kecamatan=100_000_000), Do("tunggu-usulan-kelurahan", "lengkap", by="camat"),
        putus("musrenbang-kecamatan", "tetapkan", terus(GANG, 1), terus(POS, 2)), Do("atasi-lebih-pagu", "urutkan-ulang", reason="Tunda pos ronda."),
        putus("musrenbang-kecamatan", "tetapkan", terus(GANG, 1), tidak(POS, "ditunda", "Menunggu pagu tahun berikutnya.")),
        Do("atasi-lebih-pagu", "teruskan-dengan-catatan", refused="alasan-kosong"),
        Do("atasi-lebih-pagu", "teruskan-dengan-catatan", reason="Jalan gang satu-satunya ke sekolah."),
        Do("tanda-tangan-ba-kecamatan", "musyawarah-ulang", reason="Alasan pos ronda keliru."),
        putus("musrenbang-kecamatan", "tetapkan", terus(GANG, 1), tidak(POS, "ditunda", "Dapat dibiayai swadaya; diajukan lagi tahun depan.")),
        Do("atasi-lebih-pagu", "teruskan-dengan-catatan", reason="Jalan gang satu-satunya ke sekolah."), BA_KEC,
        beside=(
            berkas_lain("kelurahan", "kelurahan-keroncong", 2031, GANG, POS, kecamatan="kecamatan-jatiuwung"),
            berkas_lain("kelurahan", "kelurahan-batuceper", 2031, kecamatan="kecamatan-jatiuwung"), berkas_lain("kota", "bappeda", 2031),
        ),
        baca_wilayah={"kode_wilayah": "36.71.02.1001", "kecamatan": "pemkot"},
        himpun_usulan_kelurahan=himpun(GANG, POS, dari="kelurahan-keroncong", terlambat="kelurahan-batuceper"),
        hitung_nilai_kecamatan={"nilai_diteruskan": 210_000_000},
    ),
    cerita(
        "rkpd-dihentikan",
        "Lokasi tidak ditemukan saat survei sehingga usulan ditolak; RKPD tidak ditetapkan dalam 90 hari dan forum kota dihentikan.",
        "gugur", KEPALA, "bappeda", 2034,
        buka("kota", "bappeda", 2034, pagu_kota=900_000_000), Do("tunggu-usulan-kecamatan", "lengkap", by="bappeda"), Do(f"telaah-opd@{S}", "layak", TELAAH),
        Do(f"survei-lapangan@{S}", "tidak-ditemukan", SURVEI, reason="Titiknya di tengah sungai."),
        putus("selaraskan-rkpd", "susun", terus(SUMUR, 1), refused="isian-tidak-sah"),
        putus("selaraskan-rkpd", "susun", tidak(SUMUR, "ditolak", "Lokasi tidak ditemukan saat survei lapangan.")),
        Do("sesuaikan-pagu", "terima", {"sikap_tapd": RAPAT}), BA_KOTA, Later(days=91),
        Do("kejar-penetapan-rkpd", "hentikan", reason="RKPD mengikuti rencana transisi."),
        beside=(berkas_lain("kecamatan", TANGERANG, 2034, SUMUR),),
        baca_wilayah={"kode_wilayah": "36.71.01.1001", "kecamatan": "pemkot"}, himpun_usulan_kecamatan=himpun(SUMUR, dari=TANGERANG),
        ukur_jarak={}, hitung_nilai_kota={"nilai_diteruskan": 0},
    ),
)
# fmt: on

SCENARIOS = (*SUMBER, *LAINNYA)
