"""How one cell of a city's CSV files is read. A ValueError's text is the mend, in Indonesian, shown with file, line and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from engine.events import Json
from engine.words import DOCUMENT_KINDS
from forms.identity import nip as read_nip
from forms.messages import BadValue

Cell = Callable[[str], Json]

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DOCUMENT = re.compile(rf"{_CODE.pattern}/{_CODE.pattern}")


def words(cell: str) -> str:
    if not cell:
        raise ValueError("wajib diisi")
    return cell


def maybe(cell: str) -> str:
    return cell


def code(cell: str) -> str:
    if not _CODE.fullmatch(cell):
        raise ValueError("tulis kode dengan huruf kecil, angka, dan tanda hubung, misalnya dinas-kesehatan")
    return cell


def code_or_none(cell: str) -> str | None:
    return code(cell) if cell else None


def function(cell: str) -> str:
    return code(cell)


def yes(cell: str) -> bool:
    if cell not in ("", "ya"):
        raise ValueError("tulis ya, atau kosongkan")
    return cell == "ya"


def one_of(*choices: str) -> Cell:
    def read(cell: str) -> str:
        if cell not in choices:
            raise ValueError(f"pilih salah satu: {', '.join(choices)}")
        return cell

    return read


def several(cell: str) -> list[Json]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def documents(cell: str) -> list[Json]:
    """What a mandate is for: kinds of document, or ``proses/naskah`` for one document of one process."""
    found = several(cell)
    for word in found:
        if word not in DOCUMENT_KINDS and not _DOCUMENT.fullmatch(str(word)):
            raise ValueError(
                f"{word} bukan jenis naskah; tulis jenisnya, misalnya surat-dinas, atau proses/naskah, misalnya cuti-asn/surat-izin-cuti"
            )
    return found


def instant(cell: str) -> str:
    try:
        found = datetime.fromisoformat(cell)
    except ValueError as error:
        raise ValueError("tulis waktu dengan zona, misalnya 2026-01-01T00:00:00+07:00") from error
    if found.tzinfo is None:
        raise ValueError("tambahkan zona waktu, misalnya +07:00")
    return found.isoformat()


def instant_or_none(cell: str) -> str | None:
    return instant(cell) if cell else None


def day(cell: str) -> str:
    try:
        return date.fromisoformat(cell).isoformat()
    except ValueError as error:
        raise ValueError("tulis tanggal sebagai tttt-bb-hh, misalnya 2026-08-17") from error


def day_or_none(cell: str) -> str | None:
    return day(cell) if cell else None


def clock(cell: str) -> str:
    try:
        return time.fromisoformat(cell).isoformat()
    except ValueError as error:
        raise ValueError("tulis jam sebagai jj:mm, misalnya 07:30") from error


def weekday(cell: str) -> int:
    if cell not in ("1", "2", "3", "4", "5", "6", "7"):
        raise ValueError("tulis hari 1 (Senin) sampai 7 (Minggu)")
    return int(cell)


def nip_or_none(cell: str) -> str | None:
    if not cell:
        return None
    try:
        return read_nip(cell)
    except BadValue as error:
        raise ValueError("NIP harus 18 angka yang benar: tanggal lahir, TMT, jenis kelamin 1/2, nomor urut") from error


def ulid(cell: str) -> str:
    if not re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", cell):
        raise ValueError("isi tanda pengenal 26 huruf (ULID); sekali dipilih jangan diubah")
    return cell


def classification(cell: str) -> str:
    if not re.fullmatch(r"[0-9]{3}(\.[0-9]{1,2}){0,5}", cell):
        raise ValueError("tulis kode seperti 000 atau 800.1.11.13")
    return cell


def amount(cell: str) -> str:
    """A signed decimal, not nought; as text, for no amount passes through a float."""
    try:
        found = Decimal(cell)
    except InvalidOperation as error:
        raise ValueError("tulis bilangan tanpa pemisah ribuan, misalnya 12 atau 1500000") from error
    if not found.is_finite() or found == 0:
        raise ValueError("tulis bilangan selain nol")
    return str(found)


def attributes(cell: str) -> dict[str, Json]:
    """``nama=Budi; batas=2026-06-30``."""
    found: dict[str, Json] = {}
    for part in several(cell):
        name, sign, value = str(part).partition("=")
        if not sign or not re.fullmatch(r"[a-z][a-z0-9_]*", name.strip()):
            raise ValueError("tulis sebagai nama=nilai, dipisah titik koma")
        found[name.strip()] = value.strip()
    return found


def place(cell: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*", cell):
        raise ValueError("tulis kode tempat seperti 36.71.01.1001 atau zona-r1")
    return cell


def place_or_none(cell: str) -> str | None:
    return place(cell) if cell else None
