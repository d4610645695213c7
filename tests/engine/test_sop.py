"""Every process of the catalogue as a procedure: one start, an end, every activity once, every way leads somewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.expr import field
from engine.fields import Field
from engine.nodes import Each, Leaf, Notify, Par, Seq, Wait, When, Within, again, back, end, go, lapse, pause, skip
from engine.process import Starts
from engine.sop import MACHINE, Sop, sop
from engine.words import NEGATIVE, RESULTS
from tests.engine.build import process, task
from workflows.catalogue import Listed, catalogue

LISTED = list(catalogue(Path(__file__).parents[2] / "kota_contoh").processes.values())
every = pytest.mark.parametrize("listed", LISTED, ids=lambda one: one.code)


@every
def test_one_start_an_end_and_every_activity_once(listed: Listed) -> None:
    rows = sop(listed.process).rows
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert [row.kind for row in rows].count("start") == 1
    assert rows[0].kind == "start"
    ends = [row for row in rows if row.kind == "end"]
    assert ends
    assert rows[-len(ends) :] == tuple(ends)
    assert {row.name for row in ends} <= set(RESULTS)
    placed = [row.name for row in rows if row.kind not in ("start", "end")]
    assert placed == [name for name, node in listed.process.tree.nodes.items() if isinstance(node, (*Leaf.__args__, When))]


@every
def test_every_way_leads_to_a_row_and_every_row_is_reached(listed: Listed) -> None:
    rows = sop(listed.process).rows
    for row in rows:
        assert bool(row.goes) is (row.kind != "end"), row.name
        for one in row.goes:
            assert 1 <= one.to <= len(rows)
            assert (one.to <= row.number) is (one.way == "return"), (row.name, one)
            assert (rows[one.to - 1].kind == "end") or one.way not in ("end", "late")
        assert (row.symbol == "diamond") is (len(row.targets) > 1 and row.symbol != "box")
    reached = {1, *(one.to for row in rows for one in row.goes)}
    assert reached == {row.number for row in rows}


@every
def test_every_outcome_is_a_way_or_a_pause(listed: Listed) -> None:
    for row in sop(listed.process).rows:
        said = {one.label for one in row.goes} | set(row.pauses)
        assert {one.text for one in getattr(row.node, "outcomes", ())} <= said, row.name


@every
def test_every_actor_has_a_column_and_the_longest_way_a_time(listed: Listed) -> None:
    made = sop(listed.process)
    assert [row.actor for row in made.rows if row.actor not in made.actors] == []
    assert len(set(made.actors)) == len(made.actors)
    assert made.longest
    assert sum(one.n for one in made.longest) <= sum(row.time.n for row in made.rows if row.time)


def rows_of(made: Sop) -> dict[str, tuple[str, list[tuple[int, str]]]]:
    return {row.name: (row.symbol, [(one.to, one.way) for one in row.goes]) for row in made.rows}


def test_a_return_a_skip_and_an_end_make_a_diamond() -> None:
    made = sop(
        process(
            task("tulis", go("kirim"), pause("tunggu", "tunggu")),
            task("periksa", go("setuju"), back("kembali", "tulis"), skip("lompat", "simpan"), end("tolak", "ditolak"), again("ulang")),
            task("paraf"),
            task("simpan", on_late=(lapse("gugur"),)),
        )
    )
    assert rows_of(made) == {
        "": ("capsule", [(2, "next")]),
        "tulis": ("box", [(3, "next")]),
        "periksa": ("diamond", [(2, "return"), (8, "end"), (3, "return"), (4, "next"), (5, "skip")]),
        "paraf": ("box", [(5, "next")]),
        "simpan": ("diamond", [(7, "late"), (6, "next")]),
        "selesai": ("capsule", []), "ditolak": ("capsule", []), "gugur": ("capsule", [])
    }  # fmt: skip
    assert made.rows[1].pauses == ("Tunggu",)
    assert made.longest == (Within(4, "working"),)


def test_branches_side_by_side_are_a_fork_and_no_decision() -> None:
    sides = Par((Seq((task("kiri", within=Within(2)),)), Seq((task("kanan", within=Within(5, "calendar")),))))
    made = sop(process(task("mulai"), sides, task("tutup")))
    found = rows_of(made)
    assert found["mulai"] == ("box", [(3, "next"), (4, "next")])
    assert found["kiri"] == ("box", [(5, "next")])
    assert {one.word for one in made.rows[2].under} == {"beside"}
    assert made.longest == (Within(2, "working"), Within(5, "calendar"))


def test_a_condition_is_the_machines_and_an_empty_way_goes_past() -> None:
    when = When("bila-penting", field("penting").eq(other=True), Seq((task("lapor"),)))
    made = sop(process(task("isi", fills=("penting",)), when, task("tutup"), form=(Field("penting", "Penting?", "boolean"),)))
    found = rows_of(made)
    assert found["bila-penting"] == ("diamond", [(4, "yes"), (5, "no")])
    assert (made.rows[2].actor, made.actors) == (MACHINE, ("pegawai", "arsiparis", MACHINE))
    assert made.rows[1].needs == ("penting",)
    assert [(one.name, one.word) for one in made.rows[3].under] == [("bila-penting", "if")]


def test_a_refusal_is_no_end_of_the_longest_way() -> None:
    made = sop(process(task("periksa", go("terima"), skip("tolak", "jawab")), task("kerjakan", end("beres", "selesai")),
                       task("jawab", end("kirim", "ditolak", reason=False), within=Within(90))))  # fmt: skip
    assert "ditolak" in NEGATIVE
    assert made.longest == (Within(2, "working"),)


def test_who_records_an_answer_and_who_starts_are_told() -> None:
    wait = Wait("jawaban", "Jawaban dari luar", (go("datang"),), at_most=Within(9))
    made = sop(process(task("kirim", by="sekda"), wait, Notify("kabari", ("pegawai",)), starts=Starts("sistem", schedule="Tiap bulan")))
    assert [row.actor for row in made.rows] == [MACHINE, "sekda", "sekda", MACHINE, MACHINE]
    assert made.rows[2].time == Within(9)


def test_rows_of_a_table_are_one_row_that_says_so() -> None:
    table = Field("barang", "Barang", "table", columns=(Field("nama", "Nama", "text"),))
    made = sop(
        process(task("isi", fills=("barang",)), Each("tiap-barang", "barang", Seq((task("cek", go("ok"), back("kembali", "isi")),))), form=(table,))
    )
    assert [(one.name, one.word) for one in made.rows[2].under] == [("barang", "each")]
    assert replace(made.rows[2], node=None).targets == (2, 4)
