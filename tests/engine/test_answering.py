"""A wait answered by another case: taken once where it is waited for, and left alone everywhere else."""

from __future__ import annotations

from typing import Any

from engine.answering import answered
from engine.nodes import Wait, Within, back, end, go, skip
from engine.process import Process
from engine.rehearsal import Rehearsal
from tests.engine.build import case, process, task

WAIT = Wait(
    "tunggu",
    "Jawaban",
    (go("datang"), end("selesai-di-sana", "selesai"), skip("lewati", "akhir"), back("ulangi", "isi"), go("diam", silent=True)),
    recorded_by=("arsiparis",),
    at_most=Within(5),
    silent="diam",
)


def waiting() -> tuple[Process, Rehearsal]:
    value = process(task("isi", by="pegawai", ask="fill"), WAIT, task("catat"), task("akhir", end("tutup", "selesai")))
    played = case(value)
    played.do("isi", "lanjut")
    return value, played


def asked(value: Process, played: Rehearsal, outcome: str, *steps: str) -> list[Any]:
    return answered(value, played.state, steps or ("tunggu",), outcome, "perkara-lain", "Perkara 12.", "k", played.now)


def test_the_machine_takes_the_outcome_and_says_why() -> None:
    value, played = waiting()
    events = played.take(asked(value, played, "datang", "entah", "isi", "tunggu"))
    assert (events[0].kind, events[0].step, events[0].actor.person, events[0].request_id) == ("decided", "tunggu", "sistem", "k")
    assert events[0].data == {"outcome": "datang", "effect": "next", "target": "", "source": "perkara-lain", "reason": "Perkara 12."}
    assert played.open_tasks() == ("catat",)
    assert asked(value, played, "datang") == [], "it waits no more"


def test_it_may_end_the_case_or_skip_but_never_take_work_back() -> None:
    for outcome, then in (("selesai-di-sana", ()), ("lewati", ("akhir",))):
        value, played = waiting()
        played.take(asked(value, played, outcome))
        assert played.open_tasks() == then
        assert bool(played.state.result) is (then == ())
    value, played = waiting()
    assert asked(value, played, "ulangi") == []
    assert asked(value, played, "tidak-dikenal") == []
    assert asked(value, played, "diam") == [], "nobody speaks for silence"
    assert asked(value, played, "datang", "catat") == [], "no wait"


def test_a_case_that_is_over_takes_nothing() -> None:
    value, played = waiting()
    played.take(asked(value, played, "selesai-di-sana"))
    assert asked(value, played, "datang") == []
