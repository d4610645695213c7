"""Cerita yang harus tetap benar: tujuh dari sumber proses, lalu jalan lain yang ditemui pemrakarsa."""

from __future__ import annotations

from typing import Any

from engine.scenario import Acting, Day, Do, Hitch, Later, Scenario

ANGGOTA = ("Ketua", "Wakil Ketua", "Sekretaris", *("Anggota",) * 6)
PERANCANG, PERANCANG_LAIN = "198907282013032973", "199010252016012974"


def nama(banyak: int) -> list[dict[str, Any]]:
    """Sekian orang; yang terakhir bukan ASN, tanpa NIP."""
    urut = ("Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan")
    return [
        {
            "_id": f"n{n}",
            "nama": f"Nama Contoh {urut[n - 1]}",
            "kedudukan": ANGGOTA[n - 1],
            **({"nip": f"199001012015031{n:03d}"} if n < banyak else {}),
        }
        for n in range(1, banyak + 1)
    ]


USUL: dict[str, Any] = {
    "tentang": "Pembentukan Tim Pengelola Layanan Data Terbuka", "jenis": "penetapan-tim", "penandatangan": "wali-kota", "opd_terkait": ["diskominfo"],
    "menimbang": [
        {"_id": "m1", "uraian": "bahwa layanan data terbuka perlu dikelola secara terpadu;"},
        {"_id": "m2", "uraian": "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Keputusan tentang Pembentukan Tim Pengelola Layanan Data Terbuka;"},
    ],
    "mengingat": [
        {"_id": "g1", "peraturan": "Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik;", "masih_berlaku": True},
        {"_id": "g2", "peraturan": "Undang-Undang Nomor 30 Tahun 2014 tentang Administrasi Pemerintahan.", "masih_berlaku": True},
    ],
    "diktum": [
        {"_id": "d1", "bunyi": "Membentuk Tim Pengelola Layanan Data Terbuka dengan susunan sebagaimana tercantum dalam Lampiran yang merupakan bagian tidak terpisahkan dari keputusan ini."},
        {"_id": "d2", "bunyi": "Tim bertugas menyusun daftar data, memeriksa mutunya, dan melaporkan pelaksanaannya setiap triwulan."},
    ],
    "berbiaya": False, "berhonor": False, "berlaku_mulai": Day(0), "terbuka": True, "memuat_nama": False,
}  # fmt: skip
TANPA_TIM = {**{key: value for key, value in USUL.items() if key != "berhonor"}, "jenis": "lain"}
LOKASI = {**TANPA_TIM, "jenis": "penetapan-lokasi", "tentang": "Penetapan Lokasi Pembangunan Taman Kota"}
PENUNJUKAN = {**TANPA_TIM, "jenis": "penunjukan", "penandatangan": "sekda", "tentang": "Penunjukan Pengelola Kegiatan"}
SURUT = {**TANPA_TIM, "berlaku_mulai": Day(-10), "alasan_berlaku_surut": "Kegiatan sudah dimulai menurut berita acara rapat."}
DELEGASI = {"cek-delegasi": {"delegasi_ada": True}}


def cerita(name: str, story: str, ends: str, *acts: Any, mesin: dict[str, dict[str, Any]] | None = None) -> Scenario:
    return Scenario(name, story, ends, acts, starter="konseptor-disdik", gives=mesin or {})


def ajukan(isian: dict[str, Any] = USUL) -> Do:
    return Do("ajukan", "kirim", isian)


def koreksi(siapa: str = PERANCANG) -> tuple[Do, ...]:
    return (
        Do("disposisi-perancang", "disposisikan", {"perancang_hukum": siapa}),
        Do("koreksi-perancang", "setuju", {"catatan_koreksi": "Bentuk dan teknik penulisan sesuai."}),
        Do("koreksi-ketua-tim", "setuju"),
    )


def paraf(*siapa: str) -> tuple[Do, ...]:
    return tuple(Do(f"paraf-{satu}", "paraf") for satu in siapa or ("kepala-opd", "kabag-hukum", "asisten", "sekda"))


LENGKAP = Do("periksa-kelengkapan", "lengkap")
TERIMA = Do("telaah-kabag-hukum", "terima")
TETAP = Do("tanda-tangan-wali-kota", "tandatangan")
EDAR = (Do("tanda-tangan-salinan", "tandatangan"), Do("edarkan-dan-arsipkan", "selesai", {"tanggal_jdih": Day(0)}))
SIAP = (LENGKAP, *koreksi(), TERIMA)


def petikan(banyak: int) -> tuple[Do, ...]:
    return tuple(Do(f"tanda-tangan-petikan@n{n}", "tandatangan") for n in range(1, banyak + 1))


# fmt: off
SUMBER = (
    cerita(
        "tim-tanpa-biaya",
        "Tim 9 orang tanpa honor: semua paraf lengkap, Wali Kota menandatangani, salinan dan 9 petikan terbit, dimuat di JDIH.",
        "diterbitkan",
        ajukan({**USUL, "memuat_nama": True, "daftar_nama": nama(9)}), *SIAP, *paraf(), TETAP, EDAR[0], *petikan(9), EDAR[1],
    ),
    cerita(
        "tim-berhonor-tanpa-dpa",
        "Tim berhonor diajukan tanpa halaman DPA dan dikembalikan; dilengkapi, diterima dan terbit.",
        "diterbitkan",
        ajukan({**USUL, "berbiaya": True, "kode_rekening": "5.1.02.02.01.0004", "jumlah_biaya": 48_000_000, "berhonor": True}),
        Do("periksa-kelengkapan", "kembalikan", refused="alasan-kosong"),
        Do("periksa-kelengkapan", "kembalikan", reason="Halaman DPA belum dilampirkan."),
        ajukan({**USUL, "berbiaya": True, "kode_rekening": "5.1.02.02.01.0004", "jumlah_biaya": 48_000_000, "berhonor": True}),
        *SIAP, *paraf(), TETAP, *EDAR,
    ),
    cerita(
        "kabag-minta-penjelasan",
        "Kepala Bagian Hukum meminta penjelasan atas berlaku surut 10 hari; yang pertama belum cukup, yang kedua cukup, lalu ditandatangani.",
        "diterbitkan",
        ajukan(SURUT), LENGKAP, *koreksi(), Do("telaah-kabag-hukum", "minta-penjelasan", reason="Mengapa berlaku surut?"),
        Do("beri-penjelasan", "kirim", {"penjelasan_pemrakarsa": "Kegiatan sudah berjalan."}),
        Do("nilai-penjelasan", "belum-cukup", reason="Sebutkan berita acaranya."),
        Do("beri-penjelasan", "kirim", {"penjelasan_pemrakarsa": "Menurut berita acara rapat koordinasi."}),
        Do("nilai-penjelasan", "cukup"), *paraf(), TETAP, *EDAR,
    ),
    cerita(
        "didelegasikan-ke-sekda",
        "Penunjukan pengelola kegiatan didelegasikan ke Sekda: sesudah paraf Asisten, Sekda menandatangani tanpa langkah Wali Kota.",
        "diterbitkan",
        ajukan({**PENUNJUKAN, "memuat_nama": True, "daftar_nama": nama(2)}), *SIAP, *paraf("kepala-opd", "kabag-hukum", "asisten"),
        Do("tanda-tangan-sekda", "tandatangan"), EDAR[0], *petikan(2), EDAR[1],
        mesin=DELEGASI,
    ),
    cerita(
        "wali-kota-menolak",
        "Penetapan lokasi ditolak Wali Kota karena lahan masih sengketa; tidak ada nomor yang terpakai.",
        "ditolak",
        ajukan(LOKASI), *SIAP, *paraf(), Do("tanda-tangan-wali-kota", "tolak", reason="Lahan masih sengketa."),
    ),
    cerita(
        "materi-mengatur",
        "Rancangan mengikat umum: harus berbentuk peraturan, dan perkara dialihkan.",
        "dialihkan",
        ajukan(TANPA_TIM), LENGKAP, Do("disposisi-perancang", "harus-peraturan", reason="Ketentuannya mengikat umum."),
    ),
    cerita(
        "wali-kota-cuti-plh",
        "Wali Kota cuti: Plh. tidak berwenang menandatangani keputusan, tugas menunggu dan diingatkan, lalu ditandatangani setelah kembali.",
        "diterbitkan",
        ajukan(TANPA_TIM), *SIAP, *paraf(), Acting("wali-kota", "wakil-wali-kota", 3 * 24 * 60),
        Do("tanda-tangan-wali-kota", "tandatangan", refused="plt-plh-tidak-berwenang"), Later(days=4), TETAP, *EDAR,
    ),
)

LAINNYA = (
    cerita(
        "delegasi-tidak-ada",
        "Penetapan lokasi diajukan untuk ditandatangani Sekda tanpa pendelegasian: dikembalikan, lalu diajukan kepada Wali Kota.",
        "diterbitkan",
        ajukan({**LOKASI, "penandatangan": "sekda"}), Do("tolak-delegasi", "kembalikan", reason="Jenis ini tidak didelegasikan."),
        ajukan(LOKASI), *SIAP, *paraf(), TETAP, *EDAR,
        mesin={"cek-delegasi": {"delegasi_ada": False}},
    ),
    cerita(
        "frasa-sandi-salah",
        "Wali Kota salah mengetik frasa sandi: tidak ada yang ditandatangani, ia mengetik ulang, dan nomornya tetap.",
        "diterbitkan",
        ajukan(TANPA_TIM), *SIAP, *paraf(), Hitch("tanda-tangan-wali-kota", "bad_secret"), TETAP, TETAP, *EDAR,
    ),
    cerita(
        "dikoreksi-berulang",
        "Ketua tim, Kepala Bagian Hukum dan Sekda mengembalikan kepada perancang; perancang mengembalikan kepada pemrakarsa; akhirnya terbit.",
        "diterbitkan",
        ajukan(TANPA_TIM), Do("periksa-kelengkapan", "lengkap"), Do("disposisi-perancang", "disposisikan", {"perancang_hukum": PERANCANG_LAIN}),
        Do("koreksi-perancang", "kembalikan", reason="Dasar hukum sudah dicabut."), ajukan(TANPA_TIM), LENGKAP, *koreksi(PERANCANG_LAIN)[:2],
        Do("koreksi-ketua-tim", "kembalikan", reason="Diktum kedua rancu."), *koreksi()[1:],
        Do("telaah-kabag-hukum", "kembalikan", reason="Perbaiki konsiderans."), *koreksi()[1:], TERIMA,
        *paraf("kepala-opd", "kabag-hukum", "asisten"), Do("paraf-sekda", "kembalikan", reason="Judul kurang tepat."), *koreksi()[1:], TERIMA,
        *paraf(), Do("tanda-tangan-wali-kota", "kembalikan", reason="Tambahkan tugas tim."), *koreksi()[1:], TERIMA, *paraf(), TETAP, *EDAR,
    ),
    cerita(
        "pemrakarsa-menarik",
        "Diminta menjelaskan, pemrakarsa menulis ulang rancangannya; diminta lagi, ia menarik usulnya.",
        "dicabut",
        ajukan(SURUT), LENGKAP, *koreksi(), Do("telaah-kabag-hukum", "minta-penjelasan", reason="Mengapa berlaku surut?"),
        Do("beri-penjelasan", "tulis-ulang", reason="Diktum berubah."), ajukan(SURUT), *SIAP[:-1],
        Do("telaah-kabag-hukum", "minta-penjelasan", reason="Alasannya belum berubah."), Do("beri-penjelasan", "tarik", reason="Kegiatan dibatalkan."),
    ),
    cerita(
        "asisten-mengembalikan-lalu-batal",
        "Asisten mengembalikan kepada pemrakarsa, yang membatalkan usulnya.",
        "batal",
        ajukan(TANPA_TIM), *SIAP, *paraf("kepala-opd", "kabag-hukum"), Do("paraf-asisten", "kembalikan-pemrakarsa", reason="Sudah ada keputusan serupa."),
        Do("ajukan", "batal"),
    ),
)
# fmt: on

SCENARIOS = (*SUMBER, *LAINNYA)
