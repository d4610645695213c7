"""A workbook is read in the throw-away process: cells by their kind, and a refusal by name for what is hostile or no list."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from web.uploads.portable import NotAccepted
from web.uploads.workbooks import MOST_COLUMNS, MOST_LINES, read


def told(folder: Path, content: bytes) -> Any:
    import json

    source, target = folder / "a.xlsx", folder / "b.json"
    source.write_bytes(content)
    read(source, target)
    return json.loads(target.read_text())


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def of_rows(*rows: list[Any]) -> Workbook:
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    return book


def test_every_kind_of_cell_is_told(tmp_path: Path) -> None:
    book = of_rows(["teks", 12, 1.5, True, datetime(2026, 11, 23), date(2026, 11, 24), time(8, 30), None, "akhir"], [None], [0.125])
    sheet: Any = book.active
    sheet["A3"].number_format = "0.0%"
    found = told(tmp_path, saved(book))
    assert found["lines"] == [
        [1, [["", "teks"], ["n", "12"], ["n", "1.5"], ["b", "1"], ["d", "2026-11-23T00:00:00"], ["d", "2026-11-24T00:00:00"], ["t", "08:30:00"], ["", ""], ["", "akhir"]]],
        [3, [["p", "0.125"]]],
    ]  # fmt: skip


def test_a_formula_gives_its_result_and_never_its_text(tmp_path: Path) -> None:
    empty = (b'<c r="B1"><f>""</f><v></v>', b'<c r="B1" t="str"><f>""</f><v></v>')
    reckoned = changed(saved(of_rows(["=1+1", '=""', "x"])), "xl/worksheets/sheet1.xml", [(b"1+1</f><v></v>", b"1+1</f><v>2</v>"), empty])
    assert told(tmp_path, reckoned)["lines"] == [[1, [["n", "2"], ["", ""], ["", "x"]]]]


@pytest.mark.parametrize("result", [b"<v></v>", b"<v/>", b""])
def test_a_formula_that_was_never_reckoned_is_refused_by_its_cell(tmp_path: Path, result: bytes) -> None:
    """As programs save it that do not reckon; read on, its cell would silently be empty."""
    content = changed(saved(of_rows(["Nama", "Jumlah"], ["Kursi", "=1+1"])), "xl/worksheets/sheet1.xml", [(b"<v></v>", result)])
    with pytest.raises(NotAccepted, match=r"rumus tanpa hasil pada sel B2\. Buka dengan aplikasi lembar kerja"):
        told(tmp_path, content)


def test_the_first_sheet_that_people_see_is_read(tmp_path: Path) -> None:
    book = of_rows(["tersembunyi"])
    sheet: Any = book.active
    other: Any = book.create_sheet("Daftar")
    other.append(["terlihat"])
    sheet.sheet_state = "hidden"
    found = told(tmp_path, saved(book))
    assert (found["title"], found["lines"][0][1][0][1]) == ("Daftar", "terlihat")


def changed(content: bytes, name: str, replaced: list[tuple[bytes, bytes]]) -> bytes:
    """The workbook with other words in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            body = before.read(part)
            for old, new in replaced if part == name else []:
                body = body.replace(old, new)
            after.writestr(part, body)
    return out.getvalue()


def packed(content: bytes, name: str, body: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (saved(of_rows(*[["x"]] * (MOST_LINES + 1))), "lebih dari 5.000 baris"), (saved(of_rows(["x"] * (MOST_COLUMNS + 1))), "kolom"),
        (packed(saved(of_rows(["x"])), "xl/vbaProject.bin", b"x"), "makro"), (packed(saved(of_rows(["x"])), "xl/media/besar.xml", b"0" * (61 * 1024 * 1024)), "terlalu besar"),
        (b"PK\x03\x04rusak", "rusak"),
    ],
    ids=["baris", "kolom", "makro", "bom", "rusak"],
)  # fmt: skip
def test_what_is_hostile_or_no_list_is_refused_by_name(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(NotAccepted, match=why):
        told(tmp_path, content)


def test_a_sheet_formatted_to_its_end_is_read_to_its_last_row(tmp_path: Path) -> None:
    book = of_rows(["x"])
    sheet: Any = book.active
    sheet["A1048576"].number_format = "@"
    assert len(told(tmp_path, saved(book))["lines"]) == 1
