"""Another case answers a wait: forward only, once, and never one that only silence takes."""

from __future__ import annotations

import pytest

from engine.answering import answered
from engine.errors import CaseClosed, TaskClosed, UnknownOutcome
from engine.fold import fold
from engine.nodes import Wait, Within, back, end, go
from engine.rehearsal import Rehearsal
from tests.engine.build import MONDAY, process, task

WAITING = process(
    task("kirim", go("kirim")),
    Wait(
        "tunggu", "Hasil perkara lain", (go("ada"), end("batal", "batal"), back("ulang", "kirim"), go("diam", silent=True)),
        at_most=Within(5), silent="diam",
    ),
    task("simpan", end("simpan", "selesai")),
)  # fmt: skip


def at_the_wait() -> Rehearsal:
    played = Rehearsal(WAITING, MONDAY)
    played.open({"person": "p", "position": "j"})
    played.do("kirim", "kirim")
    return played


def test_the_wait_is_over_and_the_trail_says_by_whom() -> None:
    played = at_the_wait()
    played.take(answered(WAITING, played.state, "tunggu", "ada", "perkara-lain", "k/1", MONDAY))
    assert played.open_tasks() == ("simpan",)
    event = next(one for one in played.trail if one.request_id == "k/1")
    assert (event.actor.person, event.data["source"]) == ("sistem", "perkara-lain")
    assert fold(WAITING, played.trail) == played.state
    with pytest.raises(TaskClosed):
        answered(WAITING, played.state, "tunggu", "ada", "perkara-lain", "k/2", MONDAY)


@pytest.mark.parametrize("outcome", ["ulang", "diam", "entah"])
def test_it_sends_nobody_back_and_speaks_for_no_silence(outcome: str) -> None:
    with pytest.raises(UnknownOutcome):
        answered(WAITING, at_the_wait().state, "tunggu", outcome, "perkara-lain", "k/1", MONDAY)


def test_nothing_but_an_open_wait_is_answered() -> None:
    played = at_the_wait()
    with pytest.raises(TaskClosed):
        answered(WAITING, played.state, "simpan", "simpan", "perkara-lain", "k/1", MONDAY)
    played.take(answered(WAITING, played.state, "tunggu", "batal", "perkara-lain", "k/1", MONDAY))
    with pytest.raises(CaseClosed):
        answered(WAITING, played.state, "tunggu", "ada", "perkara-lain", "k/2", MONDAY)
