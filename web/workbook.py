"""An XLSX file out of cells: text that stays text, amounts and days that can be counted with. No cell is a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from forms.sheets import Cell

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def workbook(title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """The file. Kinds of cells: ``n`` a decimal, ``d`` a day (ISO); all others are text in cells of the format Teks, so that NIP stay whole when edited."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip() or "Tabel")
    sheet.freeze_panes = "A2"
    bold = Font(bold=True)

    def made(cell: Cell, *, head: bool = False) -> Any:
        kind, text = cell
        if kind == "n":
            number = WriteOnlyCell(sheet, value=int(text) if text.lstrip("-").isdecimal() else float(text))
            number.number_format = "#,##0" if "." not in text else "#,##0.00##"
            return number
        if kind == "d":
            day = WriteOnlyCell(sheet, value=datetime.fromisoformat(text))
            day.number_format = "DD-MM-YYYY"
            return day
        words = WriteOnlyCell(sheet)
        words.value = _NO_TEXT.sub("", text)[:32_767] or None
        if words.value is not None:
            words.data_type = "s"  # a text that begins with = would be a formula
        words.number_format = "@"
        if head:
            words.font = bold
        return words

    sheet.append([made(("", head), head=True) for head in heads])
    for row in rows:
        sheet.append([made(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
