"""The cells of a workbook's first sheet, with what kind each is. Runs in the throw-away process only; formulas give what they last gave, and a file in which one
never gave anything is refused: its cell would be read as empty."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from web.uploads import office
from web.uploads.portable import NotAccepted

MOST_UNPACKED = 60 * 1024 * 1024
MOST_SHEETS = 50
MOST_LINES = 5_001
"""A heading and as many rows as a table may have."""
MOST_COLUMNS = 200
BLANK = 1_000
"""Empty lines in a row after which nothing more is looked for: a sheet that was once formatted to its end has a million."""
DIGITS = 15
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
TAG = re.compile(r"\{.*\}")
NO_RESULT = "memuat rumus tanpa hasil pada sel {cell}. Buka dengan aplikasi lembar kerja, simpan, lalu unggah lagi; atau tempel nilainya."


def read(source: Path, target: Path) -> int:
    """Writes ``{"title", "lines": [[line, [[kind, text], …]], …]}`` (kinds: forms.sheets.Cell); gives how many lines. Raises NotAccepted: what
    ``office.look`` refuses, no visible sheet, too many sheets, lines or columns."""
    office.look(source, MOST_UNPACKED)
    from openpyxl import load_workbook

    try:
        book = load_workbook(source, read_only=True, data_only=True, keep_links=False)
        title, lines = _first(book)
    except (NotAccepted, MemoryError, RecursionError):
        raise
    except Exception as error:
        # A damaged file fails anywhere in the reader; none of it may end otherwise than in a refusal.
        raise NotAccepted("rusak dan tidak dapat dibaca. Simpan ulang sebagai XLSX atau CSV, lalu unggah lagi.") from error
    target.write_text(json.dumps({"title": title, "lines": lines}, ensure_ascii=False))
    return len(lines)


def _first(book: Any) -> tuple[str, list[tuple[int, list[tuple[str, str]]]]]:
    """Title and lines of the first sheet that people see."""
    if len(book.worksheets) > MOST_SHEETS:
        raise NotAccepted(f"memuat lebih dari {MOST_SHEETS} lembar. Simpan lembar yang dimuat sebagai berkas sendiri.")
    sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
    if sheet is None:
        raise NotAccepted("tidak memuat lembar yang terlihat. Tampilkan lembarnya, simpan, lalu unggah lagi.")
    if cell := _without_result(sheet):
        raise NotAccepted(NO_RESULT.format(cell=cell))
    return sheet.title, _lines(sheet)


def _without_result(sheet: Any) -> str:
    """Address of the first cell with a formula and no result, as programs save it that do not reckon; "" where there is none.

    openpyxl tells such a cell as an empty one. A result that is an empty text says so by its type."""
    from openpyxl.xml.functions import iterparse

    with sheet._get_source() as source:  # noqa: SLF001  # the only way to the XML of the sheet that is read
        if not FORMULA.search(source.read()):
            return ""
    with sheet._get_source() as source:  # noqa: SLF001
        for _event, element in iterparse(source):
            name = TAG.sub("", element.tag)
            if name == "c":
                inside = {TAG.sub("", one.tag): one.text for one in element}
                if "f" in inside and not inside.get("v") and ("v" not in inside or element.get("t") != "str"):
                    return str(element.get("r", ""))
            elif name == "row":
                element.clear()
    return ""


def _lines(sheet: Any) -> list[tuple[int, list[tuple[str, str]]]]:
    found: list[tuple[int, list[tuple[str, str]]]] = []
    empty = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), 1):
        cells = [_cell(one) for one in row]
        while cells and not cells[-1][1].strip():
            cells.pop()
        empty = 0 if cells else empty + 1
        if empty > BLANK:
            break
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            raise NotAccepted(f"memuat lebih dari {MOST_COLUMNS} kolom. Hapus kolom yang tidak dipakai, lalu unggah lagi.")
        if len(found) >= MOST_LINES:
            raise NotAccepted("memuat lebih dari 5.000 baris. Bagi menjadi beberapa berkas.")
        found.append((number, cells))
    return found


def _cell(cell: Any) -> tuple[str, str]:
    value = cell.value
    if value is None:
        return "", ""
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, (int, float, Decimal)):
        text = str(value) if isinstance(value, int) else f"{value:.{DIGITS}g}"
        return ("p" if "%" in str(cell.number_format) else "n"), text
    if isinstance(value, (datetime, date)):
        return "d", value.isoformat()
    if isinstance(value, time):
        return "t", value.isoformat()
    return "", str(value)
