"""Lines of a spreadsheet as text: a CSV file or what was copied out of one, and the file out. No cell that goes out can be a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FORMULA = frozenset("=+-@＝＋－＠\t\r\n")
"""How what a spreadsheet takes as a formula begins, the full-width signs too that some programs read alike."""
Line = tuple[int, list[str]]
"""(line in the file, its cells)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file, and its mend in Indonesian. ``column`` "" speaks of the whole line."""

    line: int
    column: str
    mend: str


class Unreadable(ValueError):
    """``line`` of the file and ``mend``, in Indonesian."""

    def __init__(self, line: int, mend: str) -> None:
        super().__init__(mend)
        self.line, self.mend = line, mend


def decoded(content: bytes) -> str:
    """The text of a file. Refuses with Unreadable what is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(1, "Tulisan berkas tidak terbaca. Simpan sebagai CSV UTF-8.") from None


def lines(typed: str) -> Iterator[Line]:
    """Lines of a file: semicolons or commas, whichever the first line has more of. Refuses with Unreadable quotes that do not close."""
    first = typed.partition("\n")[0]
    return _read(typed, ";" if first.count(";") >= first.count(",") else ",", strict=True)


def pasted(typed: str) -> Iterator[Line]:
    """Lines as a spreadsheet puts them on the clipboard: tabs between the cells; without a tab as :func:`lines` reads a file of several columns."""
    if "\t" in typed:
        return _read(typed, "\t", strict=False)
    first = typed.partition("\n")[0]
    return _read(typed, ";", strict=False) if ";" in first else _read(typed, "\t", strict=False)


def _read(typed: str, delimiter: str, *, strict: bool) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(typed, newline=""), delimiter=delimiter, strict=strict)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error:
        raise Unreadable(reader.line_num, "Tanda petik pada baris ini tidak berpasangan, atau satu bagiannya terlalu panjang.") from None


def bare(cell: str) -> str:
    """Without blanks, NUL, and the apostrophe that the file out puts before what a spreadsheet would take as a formula."""
    text = cell.replace("\x00", "").strip()
    return text[1:] if text.startswith("'") and text.lstrip("'").lstrip()[:1] in FORMULA else text


def sheet(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The file: UTF-8 with mark, semicolons as Indonesian settings expect. A cell that would be a formula gets an apostrophe (OWASP, CSV injection)."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(head) for head in heads])
    writer.writerows([[guarded(cell) for cell in row] for row in rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def guarded(cell: str) -> str:
    """``=1+1`` → ``'=1+1``; also after blanks, and once more after an apostrophe of its own, so that :func:`bare` gives back what was there."""
    start = cell.lstrip(" \u00a0").lstrip("'").lstrip(" \u00a0")[:1]
    return f"'{cell}" if start in FORMULA else cell
