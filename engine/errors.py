"""Every refusal by name. The web maps each to one page, updates and activities to one non-retryable failure (type = code).

A refusal says what was refused and what mends it, in Indonesian; it is never a crash and never loses what was typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar


class Refusal(Exception):
    """Base. ``code`` is stable (URLs, Temporal failure type, tests); ``status`` is the HTTP status; ``message`` is for people."""

    code: ClassVar[str] = "ditolak"
    status: ClassVar[int] = 409
    default: ClassVar[str] = "Permintaan ditolak."

    def __init__(self, message: str = "", **details: object) -> None:
        self.message = message or self.default
        self.details = details
        super().__init__(self.message)


class UnknownOutcome(Refusal):
    code, status, default = "tindakan-tidak-dikenal", 422, "Tindakan ini tidak ada pada langkah ini. Muat ulang halaman lalu pilih lagi."


class TaskClosed(Refusal):
    code, status, default = (
        "tugas-sudah-selesai",
        409,
        "Tugas ini sudah selesai atau ditutup. Buka riwayat perkara untuk melihat siapa yang memutuskan.",
    )


class CaseClosed(Refusal):
    code, status, default = "perkara-sudah-berakhir", 409, "Perkara ini sudah berakhir dan tidak dapat diubah lagi."


class StaleVersion(Refusal):
    code, status, default = "versi-usang", 409, "Naskah berubah sejak Anda membukanya. Baca perubahannya, lalu putuskan lagi."


class WrongCapacity(Refusal):
    code, status, default = (
        "bukan-kewenangan",
        403,
        "Tugas ini bukan untuk jabatan yang Anda pakai sekarang. Pilih jabatan lain atau minta pengalihan tugas.",
    )


class MandateEnded(Refusal):
    code, status, default = "mandat-berakhir", 403, "Masa Plt/Plh Anda untuk jabatan ini sudah berakhir. Tugas kembali kepada pejabatnya."


class ActingForbidden(Refusal):
    code, status, default = (
        "plt-plh-tidak-berwenang",
        403,
        "Plt/Plh tidak boleh menandatangani naskah jenis ini. Mintakan kepada pejabat definitif atau atasannya.",
    )


class OwnRequest(Refusal):
    code, status, default = (
        "pemisahan-tugas",
        403,
        "Anda sudah bertindak pada langkah lain perkara ini yang tidak boleh dirangkap. Tugas harus dikerjakan orang lain.",
    )


class ReasonMissing(Refusal):
    code, status, default = "alasan-kosong", 422, "Isi alasan. Pengembalian dan penolakan harus beralasan."


class LinkClosed(Refusal):
    code, status = "tautan-tertutup", 410
    default = "Tautan ini tidak berlaku lagi: sudah dijawab, ditarik, atau lewat waktunya. Mintalah tautan baru kepada petugas."


class FieldsInvalid(Refusal):
    """``errors``: element id of the field → message."""

    code, status, default = "isian-tidak-sah", 422, "Ada isian yang perlu diperbaiki."

    def __init__(self, errors: dict[str, str], message: str = "") -> None:
        super().__init__(message)
        self.errors = errors


class RequestConflict(Refusal):
    code, status, default = "permintaan-bentrok", 409, "Nomor permintaan ini sudah dipakai untuk tindakan lain. Muat ulang halaman."


class AlreadyRecorded(Refusal):
    """The fields that make a case unique (``Process.unique``) are those of another one."""

    code, status, default = "sudah-tercatat", 409, "Yang sama sudah tercatat. Tandai ganda dan tunjuk yang terdahulu, atau perbaiki isiannya."


class RecipientInvalid(Refusal):
    code, status, default = "penerima-tidak-sah", 422, "Daftar penerima disposisi tidak sah."


class AlreadyRead(Refusal):
    code, status, default = (
        "sudah-dibaca",
        409,
        "Disposisi ini sudah dibaca penerimanya dan tidak dapat ditarik. Hubungi penerimanya; ia dapat menolaknya dengan alasan.",
    )


class BranchesOpen(Refusal):
    code, status, default = "cabang-belum-selesai", 409, "Masih ada penerima disposisi yang belum melapor."


class BadSecret(Refusal):
    code, status, default = "frasa-sandi-salah", 422, "Frasa sandi tanda tangan salah. Tidak ada surat yang ditandatangani; ketik ulang frasa sandi."


class SignerNotEnrolled(Refusal):
    code, status, default = "penandatangan-belum-terdaftar", 409, "Sertifikat tanda tangan elektronik Anda belum terdaftar. Hubungi verifikator TTE."


class SignerBlocked(Refusal):
    code, status, default = "penandatangan-diblokir", 429, "Terlalu banyak frasa sandi salah. Coba lagi setelah waktu yang disebut."


class EnvelopeGone(Refusal):
    code, status, default = "sampul-kedaluwarsa", 409, "Sampul frasa sandi sudah kedaluwarsa atau sudah dipakai. Ketik frasa sandi sekali lagi."


class BatchTooLarge(Refusal):
    code, status, default = "terlalu-banyak-surat", 422, "Paling banyak 25 surat sekali tanda tangan. Kurangi pilihan."


class UploadRefused(Refusal):
    code, status, default = "unggahan-ditolak", 422, "Berkas tidak dapat diterima."


class NotFound(Refusal):
    code, status, default = "tidak-ditemukan", 404, "Halaman atau perkara tidak ditemukan, atau Anda tidak berhak melihatnya."


class RemindedToday(Refusal):
    """One reminder a day for each task: more would only teach people to look away."""

    code, status, default = "sudah-diingatkan", 409, "Pemegang tugas ini sudah diingatkan hari ini. Anda dapat mengingatkannya lagi besok."


class NotAllowed(Refusal):
    code, status, default = "tidak-berhak", 403, "Anda tidak berhak melakukan ini."


class NotSignedIn(Refusal):
    code, status, default = "belum-masuk", 401, "Silakan masuk. Isian Anda tersimpan sebagai draf."


class FactorStale(Refusal):
    code, status, default = "sandi-perlu-diulang", 403, "Ketik kata sandi Anda sekali lagi untuk melanjutkan."


class DraftStale(Refusal):
    code, status, default = "draf-usang", 409, "Draf ini sudah disimpan lebih baru di jendela lain. Tidak ada yang ditimpa; pilih isian yang dipakai."


class TooLarge(Refusal):
    code, status, default = "kiriman-terlalu-besar", 413, "Kiriman terlalu besar. Satu berkas paling besar 20 MB; unggah satu per satu."


class Malformed(Refusal):
    """The request cannot be read as a form."""

    code, status, default = "kiriman-tidak-terbaca", 422, "Kiriman tidak dapat dibaca. Muat ulang halaman lalu kirim lagi."


class Broken(Refusal):
    """Something of ours failed; nothing half-done was kept, because every write is one transaction."""

    code, status, default = (
        "kesalahan-sistem",
        500,
        "Ada kesalahan pada sistem. Tidak ada yang tercatat dari langkah ini; ulangi, atau hubungi bantuan.",
    )


class SignInFailed(Refusal):
    code, status, default = "gagal-masuk", 422, "NIP atau kata sandi salah."


class TooManyTries(Refusal):
    code, status, default = "terlalu-sering", 429, "Terlalu banyak percobaan. Tunggu sebentar lalu coba lagi."


class ForeignOrigin(Refusal):
    code, status, default = "asal-tidak-dikenal", 403, "Permintaan tidak berasal dari halaman ini. Buka ulang halamannya lalu ulangi."


class Unavailable(Refusal):
    code, status, default = (
        "layanan-tidak-tersedia",
        503,
        "Layanan proses sedang tidak menjawab. Membaca tetap bisa; isian Anda aman. Ulangi sebentar lagi.",
    )


class InProgress(Refusal):
    code, status, default = "sedang-diproses", 202, "Keputusan Anda sedang diproses. Halaman ini akan memeriksa hasilnya."


class ProcessInvalid(Refusal):
    """``faults``: one line each, naming process, step and mend."""

    code, status, default = "proses-tidak-sah", 500, "Definisi proses tidak sah."

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class CityInvalid(Refusal):
    """The folder of a city cannot be read. ``faults``: one line each, naming file, line, column and mend."""

    code, status, default = "data-kota-tidak-sah", 422, "Data kota tidak sah."

    def __init__(self, message: str = "", faults: tuple[str, ...] = ()) -> None:
        super().__init__(message or "\n".join(faults))
        self.faults = faults


class PeriodOverlaps(Refusal):
    code, status, default = "masa-bertumpuk", 409, "Masa jabatan bertumpuk dengan pemegang lain. Akhiri masa yang lama lebih dahulu."


class SystemRefused(Refusal):
    """Another system understood what a machine act asked and said no."""

    code, status, default = "sistem-lain-menolak", 409, "Sistem lain menolak permintaan ini. Perbaiki isiannya, lalu ulangi langkah ini."


class NumberConflict(Refusal):
    code, status, default = "nomor-bentrok", 409, "Nomor surat bentrok; sistem mencoba lagi."


class BalanceShort(Refusal):
    """Less is free on the accounts than is to be held, posted or given back."""

    code, status, default = "saldo-kurang", 409, "Saldo tidak cukup. Kurangi jumlahnya, atau tunggu sampai saldo bertambah."


class AlreadyBooked(Refusal):
    """Who or what is to be booked is taken for part of the period."""

    code, status, default = "jadwal-bertumpuk", 409, "Waktu ini sudah terpakai. Pilih waktu lain, atau selesaikan dahulu pemakaian yang bertumpuk."


class BookUnreadable(Refusal):
    """What a machine act needs stands in no book: an account, a kind of registry, a person, a parameter."""

    code, status, default = "data-buku-tidak-ada", 409, "Data yang diperlukan tidak ada di buku kota. Lengkapi bukunya, lalu ulangi langkah ini."


@dataclass(frozen=True, slots=True)
class Known:
    """What a stored refusal needs to be raised again elsewhere."""

    code: str
    message: str
    errors: dict[str, str] = field(default_factory=dict)
    """Of FieldsInvalid: field → message."""

    @staticmethod
    def of(refusal: Refusal) -> Known:
        return Known(refusal.code, refusal.message, dict(refusal.errors) if isinstance(refusal, FieldsInvalid) else {})


def by_code() -> dict[str, type[Refusal]]:
    """Every refusal class by its code; two classes with one code are a programming error that a guard test names."""
    found: dict[str, type[Refusal]] = {}
    todo: list[type[Refusal]] = [Refusal]
    while todo:
        cls = todo.pop()
        found[cls.code] = cls
        todo.extend(cls.__subclasses__())
    return found


def revive(code: str, message: str, errors: dict[str, str] | None = None) -> Refusal:
    """The refusal that crossed Temporal or SQL as ``(code, message)``, with the fields it named; an unknown code gives the base class."""
    cls = by_code().get(code, Refusal)
    if cls is FieldsInvalid:
        return FieldsInvalid(dict(errors or {}), message)
    return ProcessInvalid((message,)) if cls is ProcessInvalid else cls(message)
