"""Every sentence a form may say, in one table: Indonesian, with the label in it, naming the mend."""

from __future__ import annotations

from typing import Final

CATALOGUE: Final[dict[str, str]] = {
    "kosong": "Isi {label}.",
    "pilih": "Pilih {label}.",
    "pilihan": "Pilih {label} dari daftar; “{typed}” tidak ada di dalamnya.",
    "satu": "Isi {label} satu kali saja.",
    "panjang": "{label} paling panjang {limit} huruf; sekarang {length}.",
    "besar": "{label} paling banyak 20 kB teks. Pindahkan selebihnya ke lampiran.",
    "kata": "{label} memuat kata lebih dari 200 huruf. Beri spasi atau pindahkan ke lampiran.",
    "baris-banyak": "{label} paling banyak {limit} baris; sekarang {length}. Bagi menjadi beberapa berkas perkara, atau pindahkan selebihnya ke lampiran.",
    "dibulatkan": "{label} dibulatkan oleh lembar kerja menjadi {typed}, sehingga angka aslinya hilang. Ubah format kolomnya menjadi Teks, ketik ulang angkanya, lalu muat lagi.",
    "galat-lembar": "{label} berisi galat lembar kerja {typed}. Perbaiki rumusnya, atau tulis nilainya.",
    "ya-tidak": "Pilih Ya atau Tidak untuk {label}.",
    "bulat": "Tulis {label} dengan angka bulat saja, misalnya 12.",
    "angka": "Tulis {label} dengan angka, misalnya 1.250,5 (titik untuk ribuan, koma untuk pecahan).",
    "angka-besar": "{label} terlalu besar; paling banyak 15 angka.",
    "rupiah": "Tulis {label} dalam rupiah, misalnya 15.250.000 atau 15.250.000,50. Titik hanya di depan tiga angka.",
    "persen": "Tulis {label} dengan angka 0 sampai 1.000, misalnya 12,5.",
    "tanggal": "Tulis {label} sebagai tanggal, misalnya 23-11-2026.",
    "rentang": "Isi awal dan akhir {label} sebagai tanggal, misalnya 23-11-2026 sampai 25-11-2026.",
    "rentang-terbalik": "Akhir {label} tidak boleh sebelum awalnya.",
    "jam": "Tulis {label} sebagai jam, misalnya 14.05.",
    "waktu": "Tulis {label} sebagai tanggal dan jam, misalnya 23-11-2026 14.05.",
    "tahun": "Tulis {label} sebagai tahun empat angka, misalnya 2026.",
    "bulan": "Tulis {label} sebagai bulan dan tahun, misalnya 11-2026 atau November 2026.",
    "nip-angka": "{label} harus 18 angka; spasi dan titik boleh.",
    "nip-lahir": "{label} tidak sah: delapan angka pertama bukan tanggal lahir.",
    "nip-tmt": "{label} tidak sah: angka ke-9 sampai ke-14 bukan tahun dan bulan pengangkatan.",
    "nip-usia": "{label} tidak sah: usia saat pengangkatan harus 18 sampai 58 tahun.",
    "nip-kelamin": "{label} tidak sah: angka ke-15 harus 1 atau 2.",
    "nip-urut": "{label} tidak sah: nomor urut tidak boleh 000.",
    "nik-angka": "{label} harus 16 angka.",
    "nik-lahir": "{label} tidak sah: angka ke-7 sampai ke-12 bukan tanggal lahir.",
    "nik-urut": "{label} tidak sah: empat angka terakhir tidak boleh 0000.",
    "kk-angka": "{label} harus 16 angka; salin dari kartu keluarga.",
    "kk-urut": "{label} tidak sah: empat angka pertama dan terakhir tidak boleh 0000.",
    "nomor-identitas": "{label} harus memuat angka. Salin nomornya seperti tertulis.",
    "nomor-rekening": "{label} harus 8 sampai 20 angka; spasi, titik dan garis boleh.",
    "npwp": "{label} harus 15 atau 16 angka; titik dan garis boleh.",
    "telepon": "Tulis {label} sebagai nomor telepon, misalnya 0812-3456-7890.",
    "surel": "Tulis {label} sebagai alamat surel, misalnya nama@contoh.go.id.",
    "tautan": "Tulis {label} sebagai alamat web, misalnya https://contoh.go.id/halaman.",
    "klasifikasi": "Tulis {label} sebagai kode klasifikasi, misalnya 000.1.2.3.",
    "klasifikasi-tiada": "Kode klasifikasi {typed} pada {label} tidak ada dalam tabel klasifikasi.",
    "rekening": "Tulis {label} sebagai kode rekening, misalnya 5.1.02.01.01.0024.",
    "rekening-tiada": "Kode rekening {typed} pada {label} tidak ada dalam daftar anggaran.",
    "nib": "{label} harus 13 angka.",
    "pelat": "Tulis {label} sebagai nomor polisi, misalnya B 1234 XYZ.",
    "pegawai": "Pegawai “{typed}” pada {label} tidak ditemukan. Tulis NIP atau pilih dari daftar.",
    "jabatan": "Jabatan “{typed}” pada {label} tidak ditemukan. Pilih dari daftar.",
    "unit": "Unit “{typed}” pada {label} tidak ditemukan. Pilih dari daftar.",
    "titik": "Tulis {label} sebagai lintang dan bujur, misalnya -6,178306; 106,631889.",
    "titik-luar": "{label} berada di luar Indonesia. Periksa lintang dan bujurnya.",
    "luas": "Tulis {label} sebagai luas dalam meter persegi, misalnya 1.250,5, atau paling sedikit dua titik lintang; bujur, satu titik tiap baris.",
    "berkas": "Unggah {label}.",
    "berkas-hilang": "Berkas untuk {label} tidak ditemukan atau bukan unggahan Anda. Unggah sekali lagi.",
    "berkas-jenis": "Berkas {typed} tidak diterima untuk {label}. Jenis yang diterima: {kinds}.",
    "berkas-besar": "Berkas {typed} untuk {label} terlalu besar. Paling besar {most} MB; perkecil lalu unggah lagi.",
    "berkas-banyak": "{label} hanya satu berkas. Hapus yang lain.",
    "tabel-kosong": "Tambah paling sedikit satu baris {label}.",
    "baris-ganda": "Baris {label} dikirim dua kali. Muat ulang halaman lalu isi lagi.",
    "baris-tetap": "Baris {label} sudah ditentukan dan tidak dapat ditambah atau dihapus di sini. Muat ulang halaman lalu isi lagi.",
    "tak-dikenal": "Isian “{typed}” tidak ada pada formulir ini. Muat ulang halaman lalu isi lagi.",
    "syarat": "{text}",
}
"""Code → sentence. ``{label}`` is the field's label; ``syarat`` carries a rule's own sentence from the process."""


class Message(str):
    """An Indonesian sentence that still knows its code and parts, so that another language can be put in its place."""

    code: str
    parts: dict[str, str]
    __slots__ = ("code", "parts")


def say(code: str, **parts: object) -> Message:
    """The sentence of ``code`` with its parts in place; an unknown code is a programming error (KeyError)."""
    texts = {name: str(part) for name, part in parts.items()}
    message = Message(CATALOGUE[code].format(**texts))
    message.code, message.parts = code, texts
    return message


class BadValue(Exception):
    """One value that cannot be read. Carries the code of its message; :func:`forms.reading.parse` adds the label."""

    def __init__(self, code: str, **parts: object) -> None:
        super().__init__(code)
        self.code = code
        self.parts = parts
