"""One letter to many units: whoever a role means in a row of units, and what a table handed to an act takes along."""

from __future__ import annotations

from engine.acts import order
from engine.check import check
from engine.events import Json
from engine.expr import Expr, column, field
from engine.fields import Field
from engine.holders import address
from engine.nodes import Argument, Call, Each, Seq, end, go
from engine.process import Fact, Process
from engine.roles import ROLES
from tests.engine.build import case, process, task

TARGETS = Field(
    "sasaran",
    "Sasaran",
    "table",
    columns=(Field("jenis_sasaran", "Jenis", "text"), Field("unit", "Unit", "unit"), Field("catatan", "Catatan", "text")),
)
ROWS: Json = [{"_id": "s1", "jenis_sasaran": "unit", "unit": "dinkes", "catatan": "segera"}]


def _sent(value: Expr, *form: Field) -> Process:
    return process(
        task("isi", go("kirim"), fills=("sasaran", *(one.name for one in form)), by="konseptor", ask="draft"),
        Call("sebarkan", "deliver", (Argument("recipients", value),), ("penerima",)),
        Each("tiap", "penerima", Seq((task("terima", go("terima"), by="kepala-unit-penerima"),))),
        task("simpan", end("simpan", "selesai")),
        form=(TARGETS, *form), facts=(Fact("penerima", "units", source="act"),),
    )  # fmt: skip


def _reached(value: Process) -> Json:
    """Whom the receipt in the row of a kelurahan is addressed to."""
    assert [fault for fault in check(value, ROLES) if "naskah" not in fault] == []
    played = case(value)
    played.do("isi", "kirim", values={"sasaran": ROWS, **({"unit_tujuan": "bappeda"} if "unit_tujuan" in value.fields else {})})
    played.finish("sebarkan", penerima=["dinkes", "kelurahan-pinang"])
    assert "terima@kelurahan-pinang" in played.state.steps
    return address(value, played.state, ("kepala-unit-penerima",), ("kelurahan-pinang",), "terima")[0]["expr"]


def test_a_word_for_a_unit_that_nothing_is_called_by_means_the_unit_of_the_row() -> None:
    assert _reached(_sent(field("sasaran"))) == {"is": "head_of", "of": {"is": "values", "type": "unit", "values": ["kelurahan-pinang"]}}


def test_a_field_of_that_name_keeps_its_meaning() -> None:
    assert _reached(_sent(field("sasaran"), Field("unit_tujuan", "Unit", "unit")))["of"]["values"] == ["bappeda"]


def test_a_table_is_handed_over_whole_or_a_column_of_it() -> None:
    for given, expected in ((field("sasaran"), ROWS), (column("sasaran", "unit"), ["dinkes"])):
        value = _sent(given)
        played = case(value)
        played.do("isi", "kirim", values={"sasaran": ROWS})
        ordered = order(value, played.state, "sebarkan", 1, played.now)
        assert ordered is not None
        assert ordered.data["args"]["recipients"] == expected
