"""A step that fills only some columns of a table: the rows stand, what others filled is shown and never taken from a browser."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.errors import FieldsInvalid
from engine.expr import Value, column, field
from engine.fields import Field, Rule
from forms import tables
from forms.known import Context
from forms.reading import parse

GOODS = Field(
    "barang", "Barang", "table", required=True,
    columns=(
        Field("kode", "Kode", "text", required=True),
        Field("jumlah", "Jumlah", "integer", required=True),
        Field("keluar", "Dikeluarkan", "integer", required=True,
              rules=(Rule(column("barang", "keluar") <= column("barang", "stok"), "Melebihi stok."),)),
    ),
)  # fmt: skip
KNOWN = {"barang": [{"_id": "r1", "kode": "kertas", "jumlah": 5}], "@r1": {"stok": 3}}
CONTEXT = Context(now=datetime(2026, 11, 26, 3, tzinfo=UTC), values=KNOWN)
ISSUED = tables.narrowed(GOODS, ["keluar"], [Field("stok", "Stok", "integer")], adding=False)


def sent(keluar: str, **more: str) -> dict[str, list[str]]:
    return {"barang.0._id": ["r1"], "barang.0.keluar": [keluar], **{f"barang.0.{name}": [value] for name, value in more.items()}}


def test_what_others_filled_stays_whatever_a_browser_sends() -> None:
    parsed = parse([ISSUED], sent("2", kode="emas", jumlah="900", stok="900"), CONTEXT)
    assert parsed.accepted() == {"barang": [{"_id": "r1", "kode": "kertas", "jumlah": 5, "keluar": 2}]}


def test_a_rule_sees_what_the_machine_found_for_the_row() -> None:
    assert parse([ISSUED], sent("4", stok="900"), CONTEXT).errors == {"barang-0-keluar": "Melebihi stok."}


def test_rows_are_neither_added_nor_taken_away() -> None:
    with pytest.raises(FieldsInvalid):
        parse([ISSUED], {**sent("2"), "barang.1._id": ["r2"], "barang.1.keluar": ["1"]}, CONTEXT).accepted()
    assert parse([ISSUED], {}, CONTEXT).errors


def test_who_makes_the_rows_is_asked_his_columns_alone() -> None:
    made = tables.narrowed(GOODS, ["kode", "jumlah"], [], adding=True)
    assert [one.name for one in made.columns] == ["kode", "jumlah"]
    assert not made.fixed
    with pytest.raises(FieldsInvalid):
        parse([made], {"barang.0._id": ["r1"], "barang.0.kode": ["a"], "barang.0.jumlah": ["1"], "barang.0.keluar": ["1"]}, CONTEXT)


def test_a_fact_called_like_a_column_is_its_value() -> None:
    """A number the machine gives each row: shown once, kept with the row, and no browser changes it."""
    table = tables.narrowed(GOODS, ["keluar"], [Field("kode", "Kode", "text"), Field("stok", "Stok", "integer")], adding=False)
    assert [one.name for one in table.columns] == ["kode", "jumlah", "stok", "keluar"]
    known = Context(now=CONTEXT.now, values={"barang": [{"_id": "r1", "jumlah": 5}], "@r1": {"stok": 3, "kode": "K-1"}})
    parsed = parse([table], sent("2", kode="emas"), known)
    assert parsed.accepted() == {"barang": [{"_id": "r1", "kode": "K-1", "jumlah": 5, "keluar": 2}]}


USUL = Field(
    "usul", "Usul", "table",
    columns=(
        Field("judul", "Judul", "text", required=True),
        Field("rw", "RW", "text", required=True, initial=column("daftar", "rw")),
        Field("status", "Status", "choice", choices=("diusulkan", "diteruskan"), initial=Value("diusulkan")),
        Field("biaya", "Biaya", "rupiah", initial=field("judul")),
    ),
)  # fmt: skip


def test_what_is_known_of_a_new_row_stands_in_it_unasked() -> None:
    made = tables.narrowed(USUL, ["judul"], [], adding=True)
    assert [one.name for one in made.columns] == ["judul", "rw", "status"]
    around = Context(now=CONTEXT.now, values={"daftar": [{"_id": "d5", "rw": "05"}]})
    parsed = parse([made], {"usul.0._id": ["u1"], "usul.0.judul": ["Drainase"], "usul.0.rw": ["99"]}, around)
    assert parsed.accepted() == {"usul": [{"_id": "u1", "judul": "Drainase", "rw": "05", "status": "diusulkan"}]}
    kept = Context(now=CONTEXT.now, values={"usul": [{"_id": "u1", "rw": "07"}], "daftar": [{"_id": "d5", "rw": "05"}]})
    assert parse([made], {"usul.0._id": ["u1"], "usul.0.judul": ["Drainase"]}, kept).accepted()["usul"][0]["rw"] == "07"
