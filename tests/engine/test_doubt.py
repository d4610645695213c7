"""An act that fails for good: the case waits (retry), goes on with empty facts (empty), or goes on as if not allowed (block)."""

from __future__ import annotations

from typing import Any

import pytest

from engine import acts
from engine.expr import Value, fact
from engine.fold import fold
from engine.nodes import Argument, Call, Doubt, Notify, Seq, When, back, go
from engine.process import Fact, Process
from engine.rehearsal import Rehearsal
from tests.engine.build import case, kinds, process, task

FACTS = (Fact("boleh", "boolean", source="act"), Fact("nilai", "integer", source="act"), Fact("lain", "boolean", source="act"))


def asking(doubt: Doubt) -> Process:
    ask = Call("tanya", "ask_system", gives=("boleh", "nilai"), doubt=doubt)
    return process(ask, When("w", fact("boleh").eq(True), Seq((task("beri"),)), Seq((task("tolak"),))), facts=FACTS)


def fails(value: Process, step: str = "tanya") -> tuple[Rehearsal, list[Any]]:
    played = case(value)
    return played, played.take(acts.failed(value, played.state, step, 1, "k", "gagal", "Bank tidak menjawab.", 8, played.now))


def test_retry_waits_for_the_operator() -> None:
    played, events = fails(asking("retry"))
    assert kinds(events) == [("act-failed", "tanya"), ("task-opened", "tanya!")]
    assert played.open_tasks() == ("tanya!",)


def test_empty_goes_on_and_the_trail_names_the_doubt() -> None:
    played, events = fails(asking("empty"))
    assert events[0].kind == "act-done"
    assert events[0].data["detail"] == {"ragu": "Bank tidak menjawab.", "sebab": "gagal", "percobaan": 8}
    assert "gives" not in events[0].data
    assert (played.state.value("boleh"), played.state.value("nilai")) == (None, None)
    assert played.open_tasks() == ("tolak",)


def test_block_counts_as_not_allowed() -> None:
    played, events = fails(asking("block"))
    assert (events[0].kind, events[0].data["gives"]) == ("act-done", {"boleh": False})
    assert (played.state.value("boleh"), played.state.value("nilai"), played.state.value("lain")) == (False, None, None)
    assert played.open_tasks() == ("tolak",)


def test_an_undelivered_notice_holds_nothing_up() -> None:
    played, events = fails(process(Notify("beritahu", ("arsiparis",), "Ada surat"), task("lalu")), "beritahu")
    assert events[0].data["detail"]["ragu"] == "Bank tidak menjawab."
    assert played.open_tasks() == ("lalu",)


@pytest.mark.parametrize("doubt", ["empty", "block"])
def test_the_trail_of_a_doubt_folds_to_the_same_state(doubt: Doubt) -> None:
    value = asking(doubt)
    played, _ = fails(value)
    assert fold(value, played.trail) == played.state


@pytest.mark.parametrize("doubt", ["retry", "empty", "block"])
def test_a_failure_of_an_old_round_says_nothing(doubt: Doubt) -> None:
    value = process(task("isi", by="pegawai", ask="fill"), Call("tanya", "ask_system", gives=("boleh",), doubt=doubt),
                    task("cek", go("ya"), back("ulang", "isi")), facts=FACTS)  # fmt: skip
    played = case(value)
    played.do("isi", "lanjut")
    played.finish("tanya")
    played.do("cek", "ulang")
    assert acts.failed(value, played.state, "tanya", 1, "k", "gagal", "Bank tidak menjawab.", 8, played.now) == []


def test_a_fact_that_asks_the_opposite_is_blocked_by_its_own_word() -> None:
    """``ada_halangan``: what cannot be read counts as a hindrance, so the blocked value is yes."""
    ask = Call("tanya", "look_up", (Argument("no", Value(True)),), ("boleh",), "block")
    _played, events = fails(process(ask, task("lanjut"), facts=FACTS))
    assert events[0].data["gives"] == {"boleh": True}
