"""Cerita yang harus tetap benar: enam dari sumber proses, lalu jalan lain yang tersirat di dalamnya."""

from __future__ import annotations

from typing import Any

from engine.scenario import Acting, Do, HandOver, Hitch, Later, Scenario, Withdraw

KONSEP: dict[str, Any] = {
    "jenis_naskah": "surat-biasa",
    "kepada": [{"_id": "r1", "jabatan": "Rektor Universitas Contoh", "tempat": "Kota Contoh", "jalur": "surel", "alamat": "rektor@uc.example"}],
    "hal": "Tanggapan permohonan data", "kode_klasifikasi": "500.12", "sifat": "biasa", "urgensi": "biasa", "penandatangan": "kepala-opd",
    "jabatan_penandatangan": "kepala-diskominfo", "cara_penandatanganan": "sendiri",
    "isi": "<p>Data yang Saudara minta dapat diberikan.</p><p>Demikian disampaikan.</p>", "jumlah_lampiran": 0, "unit_koordinasi": [],
    "tembusan": [],
}  # fmt: skip
UNDANGAN: dict[str, Any] = {
    **KONSEP, "jenis_naskah": "undangan", "hal": "Undangan rapat", "isi": "<p>Kami mengundang Saudara hadir pada:</p><p>Demikian disampaikan.</p>",
    "acara": "Rapat keterbukaan data", "tanggal_acara": "2099-03-02", "waktu_acara": "09.00 WIB s.d. selesai", "tempat_acara": "Ruang Rapat Utama",
}  # fmt: skip
SEKDA: dict[str, Any] = {**KONSEP, "penandatangan": "sekda", "jabatan_penandatangan": "sekda", "cara_penandatanganan": "atas-nama"}
WALI_KOTA: dict[str, Any] = {**KONSEP, "penandatangan": "wali-kota", "jabatan_penandatangan": "wali-kota"}
WAKIL: dict[str, Any] = {**WALI_KOTA, "jabatan_penandatangan": "wakil-wali-kota", "cara_penandatanganan": "atas-nama"}
ASISTEN: dict[str, Any] = {
    **KONSEP, "penandatangan": "asisten-sekda", "jabatan_penandatangan": "asisten-3", "cara_penandatanganan": "untuk-beliau",
}  # fmt: skip


def konsep(isian: dict[str, Any]) -> Do:
    return Do("konsep", "kirim", isian)


def paraf(*langkah: str) -> tuple[Do, ...]:
    return tuple(Do(f"paraf-{satu}", "paraf") for satu in langkah)


def cerita(name: str, story: str, ends: str, *acts: Any, oleh: str = "konseptor-diskominfo", pangkat: dict[str, Any] | None = None) -> Scenario:
    """``pangkat``: what is known of the drafter's rank, as ``engine.ranks`` reads it off his seat in the sample city."""
    return Scenario(name, story, ends, acts, starter=oleh, applicant=pangkat or {})


TIGA_PARAF = paraf("ketua-tim", "kepala-bidang", "sekretaris")
TTD_KEPALA = Do("tanda-tangan-kepala-opd", "tandatangani")
KIRIM = Do("kirim-surat", "kirim", {"bukti_kirim": []})
BERKASKAN = Do("berkaskan", "berkaskan", {"nomor_berkas": "500.12/2026/1"})
SELESAI = (KIRIM, BERKASKAN)
SIAP_TTD = (konsep(KONSEP), *TIGA_PARAF)
KE_SETDA = (*TIGA_PARAF, *paraf("kepala-opd", "asisten"))

# fmt: off
SUMBER = (
    cerita(
        "surat-biasa-kepala-dinas",
        "Tiga paraf, kepala dinas menandatangani, nomor terbit bersama tanda tangan, surat terkirim dan diberkaskan.",
        "selesai",
        *SIAP_TTD,
        TTD_KEPALA,
        *SELESAI,
    ),
    cerita(
        "keberatan-paraf-koordinasi",
        "Satu dari dua unit keberatan: semua paraf lama batal, putaran kedua lengkap, sekda menandatangani atas nama wali kota.",
        "selesai",
        konsep({**SEKDA, "unit_koordinasi": ["dishub", "satpol-pp"]}),
        *TIGA_PARAF,
        Do("paraf-koordinasi@satpol-pp", "paraf"),
        Do("paraf-koordinasi@dishub", "keberatan", refused="alasan-kosong"),
        Do("paraf-koordinasi@dishub", "keberatan", reason="Arah lalu lintas bertentangan dengan rencana kami."),
        Do("paraf-ketua-tim", "paraf", by="ketua-tim-kerja", refused="tugas-sudah-selesai"),
        konsep({**SEKDA, "unit_koordinasi": ["dishub", "satpol-pp"]}),
        *TIGA_PARAF,
        Do("paraf-koordinasi@dishub", "paraf"),
        Do("paraf-koordinasi@satpol-pp", "paraf"),
        *paraf("kepala-opd", "asisten"),
        Do("tanda-tangan-sekda", "tandatangani"),
        *SELESAI,
    ),
    cerita(
        "ditolak-wali-kota",
        "Lolos paraf asisten dan sekda, ditolak wali kota karena kebijakan berubah. Tidak ada nomor yang terpakai.",
        "ditolak",
        konsep(WALI_KOTA),
        *KE_SETDA,
        *paraf("sekda"),
        Do("tanda-tangan-wali-kota", "tolak", reason="Kebijakan berubah."),
    ),
    cerita(
        "mandat-plh-berakhir",
        "Plh. membuka surat sebelum masanya habis dan menandatangani sesudahnya: ditolak; kepala dinas menandatangani keesokan hari.",
        "selesai",
        *SIAP_TTD,
        Acting("kepala-opd", "kabid-infrastruktur", 5),
        Do("tanda-tangan-kepala-opd", "tandatangani", who="acting", refused="mandat-berakhir"),
        Later(days=1),
        TTD_KEPALA,
        *SELESAI,
    ),
    cerita(
        "tte-gagal",
        "Layanan sertifikat tidak menjawab; nomor tetap dicadangkan dan percobaan berikutnya memakai nomor yang sama.",
        "selesai",
        *SIAP_TTD,
        Hitch("tanda-tangan-kepala-opd", "envelope_gone"),
        TTD_KEPALA,
        TTD_KEPALA,
        *SELESAI,
    ),
    cerita(
        "dibatalkan-konseptor",
        "Dikembalikan karena salah tujuan, lalu dibatalkan konseptor sebelum ada tanda tangan.",
        "batal",
        konsep(KONSEP),
        Do("paraf-ketua-tim", "kembalikan", reason="Salah tujuan."),
        Do("konsep", "batal", reason="Sudah dijawab lewat telepon."),
    ),
)

LAINNYA = (
    cerita(
        "plh-menandatangani",
        "Kepala dinas bepergian: Plh. menandatangani dalam masanya; kepala dinas sendiri sementara itu ditolak.",
        "selesai",
        *SIAP_TTD,
        Acting("kepala-opd", "kabid-infrastruktur", 8 * 60),
        Do("tanda-tangan-kepala-opd", "tandatangani", who="holder", refused="bukan-kewenangan"),
        TTD_KEPALA,
        *SELESAI,
    ),
    cerita(
        "frasa-sandi-salah",
        "Kepala dinas salah mengetik frasa sandi: tidak ada yang ditandatangani, ia mengetik ulang.",
        "selesai",
        *SIAP_TTD,
        Hitch("tanda-tangan-kepala-opd", "bad_secret"),
        TTD_KEPALA,
        TTD_KEPALA,
        *SELESAI,
    ),
    cerita(
        "dikembalikan-penandatangan",
        "Kepala dinas mengembalikan dengan alasan; konsep diperbaiki, semua paraf diulang, lalu ditandatangani.",
        "selesai",
        *SIAP_TTD,
        Do("tanda-tangan-kepala-opd", "kembalikan", refused="alasan-kosong"),
        Do("tanda-tangan-kepala-opd", "kembalikan", reason="Tambahkan dasar hukum."),
        konsep({**KONSEP, "isi": "<p>Berdasarkan peraturan, data dapat diberikan.</p>"}),
        *TIGA_PARAF,
        TTD_KEPALA,
        *SELESAI,
    ),
    cerita(
        "asisten-untuk-beliau",
        "Surat rutin ditandatangani asisten untuk beliau, setelah paraf kepala dinas.",
        "selesai",
        konsep(ASISTEN),
        *TIGA_PARAF,
        *paraf("kepala-opd"),
        Do("tanda-tangan-asisten", "tandatangani"),
        *SELESAI,
    ),
    cerita(
        "wali-kota-menandatangani",
        "Tujuh pejabat memaraf berurutan dan wali kota menandatangani sendiri.",
        "selesai",
        konsep(WALI_KOTA),
        *KE_SETDA,
        *paraf("sekda"),
        Do("tanda-tangan-wali-kota", "tandatangani"),
        *SELESAI,
    ),
    cerita(
        "wakil-wali-kota-menandatangani",
        "Bidang yang didelegasikan: wakil wali kota menandatangani atas nama wali kota, yang tidak mendapat tugas.",
        "selesai",
        konsep(WAKIL),
        *KE_SETDA,
        *paraf("sekda"),
        Do("tanda-tangan-wali-kota", "tandatangani"),
        *SELESAI,
    ),
    cerita(
        "ditolak-kepala-dinas",
        "Kepala dinas menolak surat yang akan naik ke sekretariat daerah.",
        "ditolak",
        konsep(SEKDA),
        *TIGA_PARAF,
        Do("paraf-kepala-opd", "tolak", refused="alasan-kosong"),
        Do("paraf-kepala-opd", "tolak", reason="Tidak perlu."),
    ),
    cerita(
        "surat-antar-dinas",
        "Penerima di pemerintah kota: surat masuk dibuka di unit penerima, dan surat rahasia tetap rahasia di sana.",
        "selesai",
        konsep(
            {
                **KONSEP,
                "sifat": "rahasia",
                "kepada": [{"_id": "r1", "jabatan": "Kepala Dinas Kesehatan", "tempat": "Kota Contoh", "jalur": "internal"}],
            }
        ),
        *TIGA_PARAF,
        TTD_KEPALA,
        *SELESAI,
    ),
    cerita(
        "pengumuman",
        "Pengumuman tidak beralamat; kirim ulang sekali karena papan pengumuman penuh.",
        "selesai",
        konsep({**KONSEP, "jenis_naskah": "pengumuman", "kepada": []}),
        *TIGA_PARAF,
        TTD_KEPALA,
        Do("kirim-surat", "kirim-ulang"),
        *SELESAI,
    ),
    cerita(
        "undangan",
        "Undangan rapat: hari, waktu, tempat dan acara tercetak sesudah paragraf pembuka.",
        "selesai",
        konsep(UNDANGAN),
        *TIGA_PARAF,
        TTD_KEPALA,
        *SELESAI,
    ),
    cerita(
        "paraf-terlambat",
        "Ketua tim diam: diingatkan, lalu naik kepada atasannya, yang memaraf.",
        "selesai",
        konsep(KONSEP),
        Later(days=7),
        Do("paraf-ketua-tim", "paraf", by="atasan"),
        *paraf("kepala-bidang", "sekretaris"),
        TTD_KEPALA,
        *SELESAI,
    ),
    cerita(
        "pengiriman-terlambat",
        "Persuratan diam: diingatkan, lalu naik kepada kepala tata usaha, yang mengirim.",
        "selesai",
        *SIAP_TTD,
        TTD_KEPALA,
        Later(days=7),
        Do("kirim-surat", "kirim", KIRIM.values, by="kepala-tata-usaha"),
        BERKASKAN,
    ),
    cerita(
        "dicabut-konseptor",
        "Konseptor mencabut konsep yang sedang diparaf.",
        "dicabut",
        konsep(KONSEP),
        *paraf("ketua-tim"),
        Withdraw("Tidak diperlukan lagi."),
    ),
    cerita(
        "tidak-dapat-dicabut-setelah-ttd",
        "Surat yang sudah ditandatangani tidak dapat dicabut konseptor; pembatalannya urusan pejabat.",
        "selesai",
        *SIAP_TTD, TTD_KEPALA, Withdraw("Berubah pikiran.", refused="tidak-berhak"), *SELESAI,
    ),
    cerita(
        "paraf-dialihkan",
        "Kepala bidang cuti: kepala dinas mengalihkan paraf kepada kepala bidang lain.",
        "selesai",
        konsep(KONSEP),
        *paraf("ketua-tim"),
        HandOver("paraf-kepala-bidang", "kabid-informasi", "kepala-opd", "Cuti."),
        Do("paraf-kepala-bidang", "paraf", by="kabid-informasi"),
        *paraf("sekretaris"),
        TTD_KEPALA,
        *SELESAI,
    ),
    cerita(
        "konsep-ketua-tim",
        "Ketua tim menyusun sendiri: rantai mulai di atasnya, kepala bidang memaraf satu kali.",
        "selesai",
        konsep(KONSEP),
        Do("paraf-ketua-tim", "paraf", by="kabid-aplikasi", refused="tugas-sudah-selesai"),
        *paraf("kepala-bidang", "sekretaris"),
        TTD_KEPALA,
        *SELESAI,
        oleh="ketua-tim-diskominfo",
        pangkat={"jenjang": "pelaksana", "jenjang_atasan": "administrator"},
    ),
    cerita(
        "atasan-membidangi",
        "Di bagian sekretariat daerah atasan konseptor sendiri yang membidangi: ia memaraf satu kali, sebagai kepala bidang.",
        "selesai",
        konsep({**KONSEP, "jabatan_penandatangan": "kabag-hukum"}),
        Do("paraf-ketua-tim", "paraf", by="kasubbag-teknis-hukum", refused="tugas-sudah-selesai"),
        *paraf("kepala-bidang", "sekretaris"),
        TTD_KEPALA,
        *SELESAI,
        oleh="ketua-tim-hukum",
        pangkat={"jenjang": "pelaksana", "jenjang_atasan": "pengawas", "atasan_membidangi": True},
    ),
    cerita(
        "konsep-kepala-bidang",
        "Kepala bidang menyusun sendiri: hanya sekretaris yang memaraf; kepala dinas menandatangani tanpa memaraf lebih dulu.",
        "selesai",
        konsep(KONSEP),
        *paraf("sekretaris"),
        TTD_KEPALA,
        *SELESAI,
        oleh="kabid-aplikasi",
        pangkat={"jenjang": "administrator", "jenjang_atasan": "jpt-pratama"},
    ),
    cerita(
        "konsep-sekretaris",
        "Sekretaris menyusun sendiri: tidak ada paraf di bawah kepala dinas.",
        "selesai",
        konsep(KONSEP),
        TTD_KEPALA,
        *SELESAI,
        oleh="sekretaris-diskominfo",
        pangkat={"jenjang": "administrator", "jenjang_atasan": "jpt-pratama", "sekretaris": True},
    ),
)

# fmt: on

SCENARIOS = (*SUMBER, *LAINNYA)
