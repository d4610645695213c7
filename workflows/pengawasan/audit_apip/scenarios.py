"""Cerita yang harus tetap benar: enam dari sumber proses, lalu jalan lain yang ditemui tim."""

from __future__ import annotations

from typing import Any

from engine.scenario import Day, Do, Hitch, Later, Scenario

MUTU, TEKNIS = "01KDVDNA00NKXWW67SQVHXY5E5", "01KDVDNA00MD1YHJR4NE3PD00C"
KETUA, SATU, DUA = "01KDVDNA00V6MYE5575HQWRE9B", "01KDVDNA008YE7EH55YKS3CPR1", "01KDVDNA00FK7AS9ZGJM8JX6MB"
TIM = [
    {"_id": f"t{nomor}", "pegawai": orang, "peran": peran}
    for nomor, (orang, peran) in enumerate(
        ((MUTU, "pengendali-mutu"), (TEKNIS, "pengendali-teknis"), (KETUA, "ketua"), (SATU, "anggota"), (DUA, "anggota")), 1
    )
]


def buka(**lain: Any) -> Do:
    isian: dict[str, Any] = {
        "jenis": "audit-ketaatan", "dasar_penugasan": "pkpt", "obyek": "dinkes", "periode": {"from": Day(-300), "to": Day(-20)},
        "sifat": "rahasia", "tim": TIM,
    }  # fmt: skip
    return Do("buka-penugasan", "kirim", {**isian, **lain})


def cerita(name: str, story: str, ends: str, *acts: Any) -> Scenario:
    return Scenario(name, story, ends, acts, starter="inspektur")


def program(banyak: int) -> Do:
    baris = [
        {"_id": f"q{n}", "nomor": str(n), "langkah": f"Uji kelengkapan bukti belanja triwulan {n}.", "anggota": (SATU, DUA)[n % 2], "target_hari": 2}
        for n in range(1, banyak + 1)
    ]
    return Do("susun-pkp", "kirim", {"prosedur": baris})


def temuan(*kode: str) -> list[dict[str, Any]]:
    return [
        {
            "_id": satu.lower(), "kode_temuan": satu, "kondisi": "Bukti belanja perjalanan dinas sebanyak 12 kuitansi tidak memuat tanggal dan penerima.",
            "kriteria": "Peraturan Menteri Dalam Negeri Nomor 77 Tahun 2020 mewajibkan setiap pengeluaran didukung bukti yang lengkap dan sah.",
            "sebab": "Verifikasi oleh pejabat penatausahaan keuangan tidak memakai daftar uji.",
            "akibat": "Belanja tidak dapat diyakini kebenarannya.", "rekomendasi": "Lengkapi bukti dan tetapkan daftar uji verifikasi.", "nilai": 12_500_000,
        }
        for satu in kode
    ]  # fmt: skip


def kertas(baris: str, *kode: str) -> tuple[Do, ...]:
    """Kertas kerja satu prosedur dari pengerjaan sampai disetujui ketua."""
    isi = {"hasil_prosedur": "Seluruh bukti triwulan ini diperiksa; hasilnya dicatat.", "temuan": temuan(*kode)}
    return (
        Do(f"kerjakan-kkp@{baris}", "serahkan", isi),
        Do(f"tanda-tangan-kkp@{baris}", "tandatangan"),
        Do(f"reviu-kkp@{baris}", "setujui"),
    )


def tanggapan(baris: str, sikap: str = "terima") -> Do:
    return Do(
        f"tanggapi-temuan@{baris}",
        sikap,
        {"uraian_tanggapan": "Bukti telah dilengkapi dan terlampir.", "rencana_tindak": "Menetapkan daftar uji bulan ini."},
    )


def susun(*kode: str) -> Do:
    baris = [
        {
            "_id": f"k{n}", "kode_temuan": satu, "uraian": "Melengkapi bukti pertanggungjawaban dan menetapkan daftar uji.",
            "penanggung_jawab": "kepala-dinkes", "sifat": "material" if n == 1 else "administratif", "nilai": 12_500_000 if n == 1 else 0,
        }
        for n, satu in enumerate(kode, 1)
    ]  # fmt: skip
    return Do("susun-lhp", "kirim", {"rekomendasi": baris, "simpulan": "Pengelolaan belanja cukup memadai dengan kelemahan pada bukti."})


BEBAS = tuple(Do(f"nyatakan-independensi@t{n}", "bebas") for n in range(1, 6))
TUGAS = (*BEBAS, Do("tanda-tangan-tugas", "tandatangan"))
PKP, NHP = Do("setujui-pkp", "setujui"), Do("terbitkan-nhp", "tandatangan")
MUTUNYA, LHP = Do("reviu-mutu", "setujui"), Do("tanda-tangan-lhp", "tandatangan")
TAHU, ARSIP = Do("disposisi-wali-kota", "cukup-diketahui"), Do("arsipkan", "selesai")
DISPOSISI = Do(
    "disposisi-wali-kota", "disposisikan",
    {
        "penerima_disposisi": [
            {"_id": "d1", "pejabat": "sekda", "peran": "utama", "instruksi": ["pantau"], "batas_waktu": Day(5)},
            {"_id": "d2", "pejabat": "wakil-wali-kota", "peran": "tembusan", "instruksi": ["untuk-diketahui"], "batas_waktu": Day(5)},
        ],
        "isi_instruksi": "Pastikan bukti dilengkapi.",
    },
)  # fmt: skip
LAPOR = Do("disposisi-wali-kota#1", "lapor", reason="Sudah diingatkan.")
ENAM = tuple(one for n in range(1, 7) for one in kertas(f"q{n}", *((f"T{n}",) if n <= 3 else ())))

# fmt: off
SUMBER = (
    cerita(
        "audit-ketaatan-lancar",
        "Audit ketaatan dinas dari PKPT, 6 prosedur, 3 temuan. Dua diterima, satu disanggah; LHP ditandatangani dan 4 rekomendasi membuka 4 perkara tindak lanjut.",
        "diterbitkan",
        buka(), *TUGAS, program(6), PKP, *ENAM, NHP, tanggapan("q1-t1"), tanggapan("q2-t2"), tanggapan("q3-t3", "sanggah"),
        susun("T1", "T1", "T2", "T3"), MUTUNYA, LHP, DISPOSISI, LAPOR, ARSIP,
    ),
    cerita(
        "obyek-diam",
        "Kepala dinas tidak menanggapi 2 temuan dalam 5 hari kerja; keduanya dicatat diterima apa adanya dan laporan berlanjut.",
        "diterbitkan",
        buka(), *TUGAS, program(1), PKP, *kertas("q1", "T1", "T2"), NHP, Later(days=14), susun("T1", "T2"), MUTUNYA, LHP, TAHU, ARSIP,
    ),
    cerita(
        "kertas-kerja-dikembalikan",
        "Ketua tim mengembalikan satu kertas kerja karena bukti kurang; anggota meminta dokumen obyek sehingga hitungan waktu berhenti 3 hari, lalu diserahkan lagi.",
        "diterbitkan",
        buka(), *TUGAS, program(2), PKP, *kertas("q1", "T1"), *kertas("q2", "T2")[:2], Do("reviu-kkp@q2", "kembalikan", reason="Bukti belum cukup."),
        Do("kerjakan-kkp@q2", "menunggu-dokumen-obyek"), Later(days=3), *kertas("q2", "T2", "T3"), NHP,
        tanggapan("q1-t1"), tanggapan("q2-t2"), tanggapan("q2-t3", "jelaskan"), susun("T1"), MUTUNYA, LHP, TAHU, ARSIP,
    ),
    cerita(
        "benturan-kepentingan",
        "Seorang anggota menyatakan pernah menjabat di obyek tahun lalu; tim disusun ulang sebelum surat tugas.",
        "diterbitkan",
        buka(), *BEBAS[:4], Do("nyatakan-independensi@t5", "ada-benturan", refused="alasan-kosong"),
        Do("nyatakan-independensi@t5", "ada-benturan", reason="Tahun lalu menjabat di dinas itu."),
        buka(tim=TIM[:4]), *BEBAS[:4], Do("tanda-tangan-tugas", "tandatangan"),
        Do("susun-pkp", "kirim", {"prosedur": [{"_id": "q1", "nomor": "1", "langkah": "Uji belanja.", "anggota": SATU, "target_hari": 3}]}), PKP,
        *kertas("q1"), NHP, susun(), MUTUNYA, LHP, TAHU, ARSIP,
    ),
    cerita(
        "perintah-khusus-ditolak",
        "Perintah khusus tidak ditandatangani Wali Kota karena perkara sudah ditangani penegak hukum.",
        "ditolak",
        buka(dasar_penugasan="perintah-khusus", jenis="audit-tujuan-tertentu"), *BEBAS,
        Do("tanda-tangan-tugas-khusus", "tolak", reason="Perkaranya sudah ditangani penegak hukum."),
    ),
    cerita(
        "tanpa-temuan",
        "Reviu laporan keuangan tanpa temuan; tidak ada tanggapan dan tidak ada tindak lanjut yang dibuka, laporan tetap terbit.",
        "diterbitkan",
        buka(jenis="reviu"), *TUGAS, program(1), PKP, *kertas("q1"), NHP, susun(), MUTUNYA, LHP, TAHU, ARSIP,
    ),
)

LAINNYA = (
    cerita(
        "perintah-khusus-berliku",
        "Perintah khusus ditandatangani sesudah dikembalikan; tanda tangan pertama gagal karena frasa sandi; program, konsep, dan laporan masing-masing dikembalikan sekali.",
        "diterbitkan",
        buka(dasar_penugasan="perintah-khusus"), *BEBAS, Do("tanda-tangan-tugas-khusus", "kembalikan", reason="Batasi periodenya."),
        buka(dasar_penugasan="perintah-khusus"), *BEBAS, Hitch("tanda-tangan-tugas-khusus", "bad_secret"),
        Do("tanda-tangan-tugas-khusus", "tandatangan"), Do("tanda-tangan-tugas-khusus", "tandatangan"),
        program(1), Do("setujui-pkp", "kembalikan", reason="Tambah prosedur fisik."), program(2), PKP, *kertas("q1", "T1"), *kertas("q2"),
        Do("terbitkan-nhp", "lengkapi-program", reason="Cakupan kurang."), program(2), PKP, *kertas("q1", "T1"), *kertas("q2"), NHP, tanggapan("q1-t1"),
        Do("susun-lhp", "perlu-pemeriksaan-tambahan", reason="Sanggahan perlu diuji."), program(2), PKP, *kertas("q1", "T1"), *kertas("q2", "T9"), NHP,
        tanggapan("q1-t1"), tanggapan("q2-t9"), susun("T1"), Do("reviu-mutu", "kembalikan", reason="Simpulan belum runtut."), susun("T1"), MUTUNYA,
        Do("tanda-tangan-lhp", "kembalikan", reason="Perbaiki kalimat."), susun("T1"), MUTUNYA, LHP, TAHU, ARSIP,
    ),
    cerita("batal", "Inspektur mengurungkan penugasan.", "batal", Do("buka-penugasan", "batal")),
)
# fmt: on

SCENARIOS = (*SUMBER, *LAINNYA)
