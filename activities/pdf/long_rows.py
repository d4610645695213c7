"""How many rows of tables a page has, and a picture of it that shows the first ones only."""

from __future__ import annotations

import re

from forms.numbers import grouped

TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<t[dh]\b[^>]*>")
SPAN = re.compile(r'colspan="(\d+)"')
LEFT_OUT = '<tr><td colspan="{columns}"><b>{count} baris tidak digambar pada pratinjau ini; semuanya ada pada tabel perkara dan pada naskah yang ditandatangani.</b></td></tr>'


def rows(html: str) -> int:
    return html.count("<tr")


def shortened(html: str, most: int) -> str:
    """Of each table the first ``most`` rows and the last, which may be its sum; between them, how many are left out. Tables stand in no other table."""
    return TABLE.sub(lambda found: _short(found[0], most), html)


def _short(table: str, most: int) -> str:
    found = list(ROW.finditer(table))
    count = len(found) - most - 1
    if count < 1:
        return table
    left = LEFT_OUT.format(columns=_columns(found[most - 1][0]), count=grouped(count))
    return table[: found[most].start()] + left + table[found[-1].start() :]


def _columns(row: str) -> int:
    return sum(int(span[1]) if (span := SPAN.search(cell)) else 1 for cell in CELL.findall(row))
