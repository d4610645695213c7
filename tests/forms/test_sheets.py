"""A table as a spreadsheet: whatever rows there are go out and come back the same; cells that people type become the texts of a form."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from engine.fields import Field
from forms import sheets, spreadsheets
from forms.known import Context, Found, Sheet
from forms.reading import parse
from forms.sheets import Cell, Mode, plan
from web.uploads.workbooks import read
from web.workbook import workbook

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
COLUMNS = (
    Field("nama", "Nama", "text"), Field("isi", "Uraian", "longtext"), Field("nip", "NIP", "nip"), Field("nilai", "Nilai", "rupiah"), Field("angka", "Angka", "decimal"),
    Field("tanggal", "Tanggal", "date"), Field("masa", "Masa", "daterange"), Field("gol", "Golongan", "choice", choices=("iii-a", "apbd", "amat-segera")),
    Field("sifat", "Sifat", "multichoice", choices=("tanggapi", "pelajari", "hadiri-dan-laporkan")), Field("ok", "Disetujui", "boolean"),
)  # fmt: skip
TABLE = Field("t", "Daftar", "table", columns=COLUMNS)
WORDS = some.text(some.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=30).map(str.strip).filter(bool)
ROWS = some.lists(
    some.fixed_dictionaries({
        "nama": WORDS.map(lambda text: [text]),
        "isi": some.just(["baris satu\nbaris; dua"]) | some.just([]),
        "nip": some.just(["198503122010011001"]) | some.just([]),
        "nilai": some.integers(0, 10**12).map(lambda n: [f"{n:,}".replace(",", ".")]) | some.just([]),
        "angka": some.integers(-(10**9), 10**9).map(lambda n: [f"{n // 100},{abs(n) % 100:02d}"]),
        "tanggal": some.dates(datetime(1950, 1, 1).date(), datetime(2100, 1, 1).date()).map(lambda day: [f"{day:%d-%m-%Y}"]),
        "masa": some.just(["01-01-2026", "05-01-2026"]) | some.just([]),
        "gol": some.sampled_from(["iii-a", "apbd", "amat-segera"]).map(lambda one: [one]),
        "sifat": some.sets(some.sampled_from(["tanggapi", "pelajari", "hadiri-dan-laporkan"])).map(sorted),
        "ok": some.sampled_from([["ya"], ["tidak"], []]),
    }),
    min_size=1, max_size=6,
)  # fmt: skip


def with_ids(rows: list[dict[str, list[str]]]) -> list[dict[str, list[str]]]:
    return [{**row, "_id": [f"r{number}"]} for number, row in enumerate(rows)]


def values(rows: list[dict[str, list[str]]]) -> Any:
    parsed = parse((TABLE,), {}, Context(now=NOW, sheets={"t": Sheet(rows)}))
    return parsed.values, parsed.errors


def text_grid(lines: list[tuple[int, list[str]]]) -> list[tuple[int, list[Cell]]]:
    return [(line, [("", cell) for cell in cells]) for line, cells in lines]


def grid(*lines: str) -> list[tuple[int, list[Cell]]]:
    return text_grid(list(spreadsheets.pasted("\n".join(lines) + "\n")))


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(ROWS)
def test_a_csv_file_out_comes_back_as_the_same_rows(rows: list[dict[str, list[str]]]) -> None:
    before = with_ids(rows)
    content = spreadsheets.sheet(*sheets.out(TABLE, before))
    made = plan(TABLE, text_grid(list(spreadsheets.lines(spreadsheets.decoded(content)))), before, "ganti", 5000)
    assert (made.faults, made.same, made.new, made.changed, made.removed) == ([], len(rows), 0, 0, 0)
    fresh = plan(TABLE, text_grid(list(spreadsheets.lines(spreadsheets.decoded(content)))), [], "tambah", 5000)
    assert [{k: v for k, v in row.items() if k != "_id"} for row in values(fresh.rows)[0]["t"]] == [
        {k: v for k, v in row.items() if k != "_id"} for row in values(before)[0]["t"]
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(ROWS)
def test_a_workbook_out_comes_back_as_the_same_values(rows: list[dict[str, list[str]]]) -> None:
    before = with_ids(rows)
    heads, lines = sheets.out(TABLE, before)
    cells = [[*(sheets.cell(column, text) for column, text in zip(COLUMNS, line, strict=False)), ("", line[-1])] for line in lines]
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "a.xlsx"), Path(folder, "b.json")
        source.write_bytes(workbook("Daftar", heads, cells))
        read(source, target)
        told = [(line, [(kind, text) for kind, text in found]) for line, found in json.loads(target.read_text())["lines"]]
    made = plan(TABLE, told, before, "ganti", 5000)
    assert (made.faults, made.new, made.removed) == ([], 0, 0)
    assert values(made.rows) == values(before)


@pytest.mark.parametrize(
    ("name", "cell", "texts"),
    [
        ("gol", ("", "Amat segera"), ["amat-segera"]), ("gol", ("", "AMAT-SEGERA"), ["amat-segera"]), ("gol", ("", "emas"), ["emas"]), ("ok", ("", "YA"), ["ya"]),
        ("ok", ("b", "0"), ["tidak"]), ("sifat", ("", "Tanggapi, pelajari"), ["tanggapi", "pelajari"]), ("nilai", ("n", "1250000.5"), ["1250000,5"]),
        ("angka", ("p", "0.125"), ["12,5"]), ("tanggal", ("d", "2026-11-23T00:00:00"), ["23-11-2026"]), ("nama", ("n", "12"), ["12"]), ("nama", ("", "  "), []),
        ("nip", ("n", "198503122010011001"), ["1.98503122010011E+17"]), ("nama", ("", "'=1+1"), ["=1+1"]),
    ],
)  # fmt: skip
def test_a_cell_becomes_the_texts_of_a_form(name: str, cell: Cell, texts: list[str]) -> None:
    assert sheets.typed(next(one for one in COLUMNS if one.name == name), cell) == texts


@pytest.mark.parametrize(("kind", "text"), [("nip", "1,98503E+17"), ("text", "1.98503122010011E+17"), ("phone", "8.12345678901E+12")])
def test_a_number_the_spreadsheet_rounded_is_refused_wherever_it_is_no_amount(kind: Any, text: str) -> None:
    form = (Field("a", "Nomor", kind),)
    assert "Ubah format kolomnya menjadi Teks" in parse(form, {"a": [text]}, Context(now=NOW)).errors["a"]


def test_a_failed_formula_is_no_text() -> None:
    assert "galat lembar kerja #N/A" in parse((Field("a", "Nama", "text"),), {"a": ["#N/A"]}, Context(now=NOW)).errors["a"]


def test_with_or_without_a_heading_line() -> None:
    assert plan(TABLE, grid("Nilai\tNama", "5\tMeja"), [], "tambah", 9).rows[0]["nama"] == ["Meja"]
    bare = plan(TABLE, grid("Meja\tKayu jati"), [], "tambah", 9)
    assert (bare.rows[0]["nama"], bare.rows[0]["isi"], bare.new) == (["Meja"], ["Kayu jati"], 1)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("Nama\tWarna\tNilai", "a\tb\t1"), "kolom “Warna” tidak dikenal"), (("Nama\tNama", "a\tb"), "tertulis dua kali"), (("Nama\tNilai", "a\t1\tx"), "Ada 3 kolom"),
        (("_id\tNama", "r1\ta", "r1\tb"), "tertulis dua kali"), (("Nama\tNilai", *["a\t1"] * 10), "Tabel menjadi 10 baris; paling banyak 9"), ((" ",), "Tidak ada baris"),
    ],
)  # fmt: skip
def test_lines_that_fit_no_table_are_named(lines: tuple[str, ...], told: str) -> None:
    made = plan(TABLE, grid(*lines), [], "tambah", 9)
    assert told in " ".join(fault.mend for fault in made.faults)


@pytest.mark.parametrize(("mode", "names", "counts"), [("tambah", ["A", "B2", "C"], (1, 1, 0, 0)), ("ganti", ["B2", "C"], (1, 1, 0, 1))])
def test_rows_are_known_by_their_id_alone(mode: Mode, names: list[str], counts: tuple[int, ...]) -> None:
    before = [{"_id": ["r1"], "nama": ["A"], "nip": ["x"]}, {"_id": ["r2"], "nama": ["B"], "nip": ["y"]}]
    made = plan(TABLE, grid("Nama\t_id", "B2\tr2", "C\tr9"), before, mode, 9)
    assert [row["nama"][0] for row in made.rows] == names
    assert (made.new, made.changed, made.same, made.removed) == counts
    by_name = {row["nama"][0]: row for row in made.rows}
    assert (by_name["B2"]["_id"], by_name["B2"]["nip"]) == (["r2"], ["y"])
    assert by_name["C"]["_id"] != ["r9"]
    assert made.lines == {"r2": 2, by_name["C"]["_id"][0]: 3}


def test_a_fixed_table_takes_its_own_rows_and_the_columns_asked() -> None:
    shown = Field("nama", "Nama", "text", computed=TABLE.columns[0].initial or __import__("engine.expr", fromlist=["Value"]).Value("x"))
    fixed = Field("t", "Daftar", "table", fixed=True, columns=(shown, Field("ok", "Disetujui", "boolean")))
    before = [{"_id": ["r1"], "nama": ["A"], "ok": []}, {"_id": ["r2"], "nama": ["B"], "ok": []}]
    made = plan(fixed, grid("_id\tNama\tDisetujui", "r2\tLain\tYa"), before, "ganti", 9)
    assert made.rows == [before[0], {"_id": ["r2"], "nama": ["B"], "ok": ["ya"]}]
    assert "_id kosong" in plan(fixed, grid("_id\tDisetujui", "\tYa"), before, "tambah", 9).faults[0].mend
    assert sheets.fill(fixed, [dict(row) for row in before], "nama", "Lain", None) == 0


def test_people_are_read_by_nip_or_code_as_in_a_form() -> None:
    table = Field("t", "Daftar", "table", columns=(Field("siapa", "Pegawai", "employee", required=True),))
    made = plan(table, grid("Pegawai", "198503122010011001 — Budi", "siapa"), [], "tambah", 9)
    known = Context(now=NOW, books={"employee": {"198503122010011001": Found("p-1", "Budi")}}, sheets={"t": Sheet(made.rows)})
    parsed = parse((table,), {}, known)
    assert parsed.values["t"][0]["siapa"] == "p-1"
    assert list(parsed.errors) == ["t-1-siapa"]
