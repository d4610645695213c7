"""Cerita yang harus tetap benar: tujuh dari sumber proses, lalu blokir yang salah, pencabutan bagi pegawai lain, dan sertifikat yang dicabut sebelum berakhir."""

from __future__ import annotations

from typing import Any

from engine.scenario import Day, Do, Later, Scenario

SENDIRI = "198904102014032921"
"""NIP pemohon: Analis Kebijakan Dinas Kesehatan."""
UJI: dict[str, dict[str, Any]] = {
    "cari-pemilik": {"pemilik": "01PEMILIK", "nama_pemilik": "Pegawai Contoh", "unit_pemilik": "dinkes", "kode_jabatan": "konseptor-dinkes"}, "baca-jabatan": {"jabatan_resmi": "Analis"},
    "periksa-hak-blokir": {"berhak_memblokir": True}, "blokir-seketika": {"diblokir": True}, "tetapkan-blokir": {"diblokir": True}, "cabut-di-penyelenggara": {"dicabut_penyelenggara": True},
    "tautkan-dan-uji": {"uji_berhasil": True, "seri_baru": "A1B2C3D4"}, "uji-ulang": {"uji_berhasil": True, "seri_baru": "A1B2C3D4"},
    "baca-masa-berlaku": {"berlaku_sampai": Day(729)},
}  # fmt: skip
GAGAL: dict[str, dict[str, Any]] = {"tautkan-dan-uji": {"uji_berhasil": False}}
JABATAN = "Analis Kebijakan Pelayanan Kesehatan"
VERIFIKATOR = "verifikator-diskominfo"


def ajukan(jenis: str = "baru", nip: str = SENDIRI, **lain: Any) -> Do:
    isian = {"jenis": jenis, "nip": nip, "nik": "3671014501990001", "email_dinas": "pegawai@kota-contoh.example", "jabatan": JABATAN}
    return Do("ajukan", "kirim", {**isian, **({} if jenis == "baru" else {"nomor_seri": "0A1B2C3D"}), **lain})


def cerita(
    name: str, story: str, ends: str, *acts: Any, oleh: str = "konseptor-dinkes", nip: str = SENDIRI, kepala: bool = False,
    mesin: dict[str, dict[str, Any]] | None = None,
) -> Scenario:  # fmt: skip
    pemohon = {"nip": nip, "kepala_unit": kepala, "unit": "dinkes"}
    return Scenario(name, story, ends, acts, starter=oleh, applicant=pemohon, gives={**UJI, **(mesin or {})})


REKOMENDASI = Do("rekomendasi-atasan", "setuju")
TERVERIFIKASI = Do("verifikasi-identitas", "terverifikasi", {"cara_verifikasi": "tatap-muka"})
VIDEO = Do("verifikasi-identitas", "terverifikasi", {"cara_verifikasi": "video"})
KOLEKTIF = Do("tanda-tangan-kolektif", "tandatangan")
AKTIF = Do("aktivasi", "selesai")
BSRE = Do("persetujuan-bsre", "disetujui", by=VERIFIKATOR)
TERBIT = (REKOMENDASI, TERVERIFIKASI, KOLEKTIF, AKTIF, BSRE)
HAMPIR = Do("menjelang-berakhir", "tiga-puluh-hari", by=VERIFIKATOR)
BIARKAN = (HAMPIR, Do("tawarkan-perpanjangan", "tidak"), Do("tutup", "selesai"))
DICABUT = (Do("cabut", "dicabut"), Do("tanda-tangan-ba-pencabutan", "tandatangan"), Do("arsipkan-pencabutan", "selesai"))

# fmt: off
SUMBER = (
    cerita(
        "baru-lancar",
        "Pejabat baru memohon; kepala dinas merekomendasikan, verifikasi tatap muka, aktivasi, BSrE menyetujui, uji lulus. Menjelang berakhir ia membiarkannya dan berkas ditutup.",
        "selesai",
        ajukan(), *TERBIT, *BIARKAN,
    ),
    cerita(
        "tautan-kedaluwarsa",
        "Pegawai tidak membuka tautan 3 hari kerja; kembali ke verifikator untuk tautan baru, lalu aktif.",
        "selesai",
        ajukan(), REKOMENDASI, TERVERIFIKASI, KOLEKTIF, Later(days=12), VIDEO, KOLEKTIF, AKTIF, BSRE, *BIARKAN,
    ),
    cerita(
        "ktp-tidak-cocok",
        "NIK pada KTP tidak cocok dengan data kependudukan; permohonan ditolak dan dilaporkan.",
        "ditolak",
        ajukan(), REKOMENDASI, Do("verifikasi-identitas", "identitas-tidak-cocok", refused="alasan-kosong"),
        Do("verifikasi-identitas", "identitas-tidak-cocok", reason="NIK tidak cocok dengan data kependudukan."),
    ),
    cerita(
        "kunci-bocor",
        "Frasa sandi diduga diketahui orang lain; kemampuan tanda tangan diblokir seketika dan sertifikat dicabut hari itu juga.",
        "dicabut",
        ajukan("pencabutan", "198905062023212923", alasan_cabut="bocor"), *DICABUT,
        oleh="lapangan-dinkes", nip="198905062023212923",
    ),
    cerita(
        "perpanjangan",
        "30 hari sebelum berakhir pegawai memilih perpanjang; permohonan perpanjangan dibuka dan sertifikat lama ditutup.",
        "selesai",
        ajukan("perpanjangan"), Do("rekomendasi-atasan", "kembalikan", reason="Lampirkan keputusan jabatan terbaru."), ajukan("perpanjangan"),
        *TERBIT, HAMPIR, Do("tawarkan-perpanjangan", "perpanjang"), Do("tutup", "selesai"),
    ),
    cerita(
        "bsre-menolak",
        "Otoritas pendaftaran menolak karena foto identitas buram; pegawai mengajukan permohonan baru.",
        "ditolak",
        ajukan(), REKOMENDASI, VIDEO, KOLEKTIF, AKTIF, Do("persetujuan-bsre", "ditolak", reason="Foto identitas buram.", by=VERIFIKATOR),
    ),
    cerita(
        "uji-gagal",
        "Uji tanda tangan gagal karena nama jabatan berbeda; verifikator memperbaiki tautan dan uji ulang lulus.",
        "selesai",
        ajukan("perubahan", jabatan="Analis"), *TERBIT, Do("perbaiki-uji", "ulang-aktivasi", reason="Aktivasi belum tuntas."), AKTIF, BSRE,
        Do("perbaiki-uji", "berhasil", {"jabatan": JABATAN}), *BIARKAN,
        mesin=GAGAL,
    ),
)

LAINNYA = (
    cerita(
        "salah-pengajuan",
        "Pemilik melaporkan hilang, ternyata ditemukan: verifikator membatalkan dan blokir lepas bersama perkaranya.",
        "batal",
        ajukan("pencabutan", alasan_cabut="hilang"), Do("cabut", "salah-pengajuan", reason="Perangkat ditemukan."),
    ),
    cerita(
        "pegawai-lain-pensiun",
        "Rekan melaporkan pegawai yang pensiun: tanpa hak memblokir, blokir baru berlaku setelah verifikator memutus.",
        "dicabut",
        ajukan("pencabutan", "198807132015012912", alasan_cabut="pensiun"), *DICABUT,
        mesin={"periksa-hak-blokir": {"berhak_memblokir": False}},
    ),
    cerita(
        "dicabut-sebelum-berakhir",
        "Permohonan dikembalikan atasan dan verifikator, lalu terbit; sertifikat dicabut jauh sebelum berakhir.",
        "dicabut",
        ajukan(), REKOMENDASI, Do("verifikasi-identitas", "kembalikan", reason="Foto KTP terpotong."), ajukan(), REKOMENDASI, TERVERIFIKASI,
        Do("tanda-tangan-kolektif", "kembalikan", reason="Jabatan tertulis keliru."), TERVERIFIKASI, KOLEKTIF,
        Do("aktivasi", "kedaluwarsa"), VIDEO, KOLEKTIF, AKTIF, BSRE,
        Do("menjelang-berakhir", "dicabut", reason="Dicabut dengan perkara tersendiri.", by=VERIFIKATOR),
    ),
    cerita(
        "uji-tetap-gagal",
        "Nama jabatan tetap berbeda sesudah diperbaiki; permohonan dibatalkan.",
        "ditolak",
        ajukan(jabatan="Analis"), *TERBIT, Do("perbaiki-uji", "berhasil", {"jabatan": "Analis Muda"}), Do("uji-tetap-gagal", "perbaiki-lagi"),
        Do("perbaiki-uji", "berhasil", {"jabatan": "Analis Madya"}), Do("uji-tetap-gagal", "batalkan", reason="Data kepegawaian diperbaiki lebih dahulu."),
        mesin={**GAGAL, "uji-ulang": {"uji_berhasil": False}},
    ),
    cerita(
        "rekomendasi-ditolak",
        "Jabatan pemohon tidak menandatangani naskah; kepala perangkat daerah menolak.",
        "ditolak",
        ajukan(), Do("rekomendasi-atasan", "tolak", reason="Jabatan tidak menandatangani naskah."),
    ),
    cerita(
        "kepala-dinas-memohon",
        "Kepala dinas memohon bagi dirinya: rekomendasi dari atasannya, bukan dari dirinya sendiri; BSrE menolak.",
        "ditolak",
        ajukan(nip="196911281993031906", jabatan="Kepala Dinas Kesehatan"),
        Do("rekomendasi-atasan-kepala", "kembalikan", reason="Lengkapi keputusan jabatan."),
        ajukan(nip="196911281993031906", jabatan="Kepala Dinas Kesehatan"), Do("rekomendasi-atasan-kepala", "setuju"), TERVERIFIKASI, KOLEKTIF, AKTIF,
        Do("persetujuan-bsre", "ditolak", reason="Foto identitas buram.", by=VERIFIKATOR),
        oleh="kepala-dinkes", nip="196911281993031906", kepala=True,
    ),
    cerita(
        "tidak-jadi-memohon",
        "Pegawai membatalkan sebelum mengirim.",
        "batal",
        Do("ajukan", "batal"),
    ),
)
# fmt: on

SCENARIOS = SUMBER + LAINNYA
