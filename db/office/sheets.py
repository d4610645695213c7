"""A spreadsheet file read: separator, mark and headings, every cell by its reader, every fault with line, column and mend. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.events import Json
from forms import dates, numbers
from forms.messages import BadValue
from forms.spreadsheets import Fault, Line, Unreadable, bare, decoded, lines

Cell = Callable[[str], Json]
"""A ValueError's text is the mend, in Indonesian."""
MOST_ROWS = 5_000
MOST_BYTES = 1_000_000


@dataclass(slots=True)
class Sheet:
    """``rows``: (line in the file, values by column). With a fault nothing may be written."""

    rows: list[tuple[int, dict[str, Json]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_sheet(content: bytes, columns: Mapping[str, Cell], passed_over: Sequence[str] = ()) -> Sheet:
    """``columns`` must all be there, in any order; ``passed_over`` may be there and are not read (what the file out adds for people)."""
    sheet = Sheet()
    if len(content) > MOST_BYTES:
        sheet.faults.append(Fault(1, "", "Berkas lebih dari 1 MB. Bagi menjadi beberapa berkas."))
        return sheet
    try:
        _lines(lines(decoded(content)), sheet, columns, passed_over)
    except Unreadable as fault:
        sheet.faults.append(Fault(fault.line, "", fault.mend))
    return sheet


def _lines(listed: Iterator[Line], sheet: Sheet, columns: Mapping[str, Cell], passed_over: Sequence[str]) -> None:
    heads = [bare(cell).lower().replace(" ", "_") for cell in next(listed, (1, []))[1]]
    wrong = [f"kolom “{name}” tidak ada" for name in columns if name not in heads]
    wrong += [f"kolom “{name}” tidak dikenal" for name in heads if name not in columns and name not in passed_over]
    wrong += [f"kolom “{name}” tertulis dua kali" for name in sorted({one for one in heads if heads.count(one) > 1})]
    if wrong:
        sheet.faults.append(Fault(1, "", f"Perbaiki judul kolom: {'; '.join(wrong)}."))
        return
    for line, cells in listed:
        if not any(cell.strip() for cell in cells):
            continue
        if len(sheet.rows) >= MOST_ROWS:
            sheet.faults.append(Fault(line, "", "Berkas lebih dari 5.000 baris. Bagi menjadi beberapa berkas."))
            return
        if len(cells) != len(heads):
            sheet.faults.append(Fault(line, "", f"Ada {len(cells)} kolom, seharusnya {len(heads)}; periksa pemisah dan tanda petik."))
            continue
        sheet.rows.append((line, _row(sheet, line, dict(zip(heads, cells, strict=True)), columns)))


def _row(sheet: Sheet, line: int, cells: dict[str, str], columns: Mapping[str, Cell]) -> dict[str, Json]:
    row: dict[str, Json] = {}
    for name, read in columns.items():
        typed = bare(cells[name])
        try:
            row[name] = read(typed)
        except ValueError as error:
            sheet.faults.append(Fault(line, name, f"“{typed}” tidak dapat dipakai: {error}." if typed else f"{error}.".capitalize()))
    return row


def words(typed: str) -> str:
    if not typed:
        raise ValueError("isi bagian ini")
    if len(typed) > 500:
        raise ValueError("paling panjang 500 huruf")
    return typed


def maybe(typed: str) -> str:
    return words(typed) if typed else ""


def day(typed: str) -> str:
    try:
        return dates.single(typed)
    except BadValue as error:
        raise ValueError("tulis sebagai tanggal, misalnya 23-11-2026") from error


def day_or_none(typed: str) -> str | None:
    return day(typed) if typed else None


def amount(typed: str) -> str:
    """A signed decimal as text."""
    try:
        return numbers.decimal(typed)
    except BadValue as error:
        raise ValueError("tulis dengan angka, misalnya 12 atau 1.250,5") from error


def number_or_none(typed: str) -> int | None:
    if not typed:
        return None
    if not typed.isdecimal() or len(typed) > 18:
        raise ValueError("biarkan seperti pada berkas unduhan, atau kosongkan bagi baris baru")
    return int(typed)


def one_of(*choices: str) -> Cell:
    def read(typed: str) -> str:
        if typed not in choices:
            raise ValueError(f"pilih salah satu: {', '.join(choices)}")
        return typed

    return read


def moment(zone: ZoneInfo, *, end: bool = False) -> Cell:
    """A day and hour in the city's zone, as ISO text; a day alone is its beginning (``end``: the beginning of the next)."""

    def read(typed: str) -> str:
        try:
            alone: date = dates.day(typed)
        except BadValue:
            try:
                return dates.moment(typed, zone)
            except BadValue as error:
                raise ValueError("tulis sebagai tanggal, atau tanggal dan jam, misalnya 23-11-2026 14.05") from error
        return datetime.fromordinal(alone.toordinal() + end).replace(tzinfo=zone).isoformat()

    return read
