"""A table that each row of an ``Each`` gives a part of: one table outside, whose rows are told apart whoever gave them."""

from __future__ import annotations

from engine.check import check
from engine.events import Json
from engine.expr import column, count
from engine.fields import Field
from engine.nodes import Each, Seq, When, back, end, go
from engine.process import Process
from engine.rehearsal import Rehearsal
from engine.roles import ROLES
from engine.rows import ids, inside, laid
from engine.scope import case_scope
from tests.engine.build import case, process, task

KODE = Field("kode", "Kode", "text")


def _audit() -> Process:
    return process(
        task("isi", go("kirim"), fills=("prosedur",), by="konseptor", ask="draft"),
        Each("tiap-prosedur", "prosedur", Seq((task("kerjakan", fills=("temuan",)), task("reviu", go("setujui"), back("kembalikan", "kerjakan"))))),
        task("susun", go("lanjut"), fills=("temuan",)),
        Each("tiap-temuan", "temuan", Seq((task("tanggapi"),))),
        When("banyak", count(column("temuan", "kode")) >= 3, then=Seq((task("rapat"),))),
        task("simpan", end("simpan", "selesai")),
        form=(Field("prosedur", "Prosedur", "table", columns=(KODE,)), Field("temuan", "Temuan", "table", columns=(KODE,))),
    )  # fmt: skip


def rows(*codes: str) -> Json:
    return [{"_id": f"r{n}", "kode": code} for n, code in enumerate(codes, 1)]


def seen(played: Rehearsal) -> list[tuple[str, str]]:
    return [(row["_id"], row["kode"]) for row in case_scope(played.process, played.state, "simpan", (), played.now).get("temuan")]


def begun() -> Rehearsal:
    played = case(_audit())
    played.do("isi", "kirim", values={"prosedur": rows("p", "q")})
    played.do("kerjakan@r1", "lanjut", values={"temuan": rows("a", "b")})
    played.do("kerjakan@r2", "lanjut", values={"temuan": rows("c")})
    return played


def test_two_rows_that_number_theirs_alike_are_told_apart() -> None:
    played = begun()
    assert check(played.process, ROLES) == ()
    assert seen(played) == [("r1-r1", "a"), ("r1-r2", "b"), ("r2-r1", "c")]


def test_a_row_that_gives_its_part_again_takes_its_old_one_back() -> None:
    played = begun()
    played.do("reviu@r1", "kembalikan")
    played.do("kerjakan@r1", "lanjut", values={"temuan": [{"_id": "r1-r2", "kode": "b2"}]})
    assert seen(played) == [("r2-r1", "c"), ("r1-r2", "b2")]


def test_each_row_of_all_has_its_step_and_the_whole_given_later_stands_alone() -> None:
    played = begun()
    for row in ("r1", "r2"):
        played.do(f"reviu@{row}", "setujui")
    played.do("susun", "lanjut")
    assert played.open_tasks() == ("tanggapi@r1-r1", "tanggapi@r1-r2", "tanggapi@r2-r1")
    edited = begun()
    for row in ("r1", "r2"):
        edited.do(f"reviu@{row}", "setujui")
    edited.do("susun", "lanjut", values={"temuan": [{"_id": "r1-r1", "kode": "satu"}]})
    assert edited.open_tasks() == ("tanggapi@r1-r1",)
    assert seen(edited) == [("r1-r1", "satu")]


def test_what_is_no_table_keeps_its_words() -> None:
    assert inside(["a", "b"], ["r1"]) == ["a", "b"]
    assert inside(rows("a"), []) == rows("a")
    assert ids(laid(inside(rows("a"), ["r1"]), [], ["r1"])) == ()
