"""The calendar changes while a case runs: what moves, what stays, that no rung fires twice and nobody is made late by a decree."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest

from engine import reschedule
from engine.calendar import Calendar
from engine.deadlines import schedule
from engine.events import Event, Json
from engine.fold import fold, still_fired
from engine.nodes import Par, Seq, Within, deemed, end, escalate, go, pause, remind
from engine.process import Process
from engine.rehearsal import Rehearsal
from engine.state import Timer, from_json, to_json
from engine.timers import next_due
from engine.trail import moment
from tests.engine.build import ANI, MONDAY, codes, drafts, kinds, process, task

RUNGS = (remind(1, before=True), remind(1), escalate("sekda", 2), deemed("setuju", 5))
CAUSE = {"cause": "SKB 1/2026 (25-11-2026)", "order": "01K"}


def simple(n: int = 3) -> Process:
    outcomes = (go("setuju"), end("tolak", "ditolak"), pause("tanya", "menunggu-berkas"))
    return process(task("periksa", *outcomes, within=Within(n), on_late=RUNGS), task("arsip"))


def started(value: Process, calendar: Calendar) -> Rehearsal:
    played = Rehearsal(value, MONDAY, calendar)
    played.open(ANI, ANI)
    return played


def recount(played: Rehearsal, calendar: Calendar, request_id: str = "hitung-ulang/01K", promised: str | None = None) -> list[Event]:
    """What update, activity and commit do together."""
    terms = reschedule.asked(played.process, played.state)
    answers: list[Json] = []
    for one in terms:
        answer = reschedule.reckon(one, calendar, played.now)
        answers.append({"due": answer["due"], "rungs": [], "was": promised or answer["due"]} if one["step"] == reschedule.CASE else answer)
    played.calendar = calendar
    return played.take(reschedule.moved(played.state, terms, answers, CAUSE, request_id, played.now))


def test_a_new_holiday_moves_the_due_date_and_every_rung_behind_it() -> None:
    played = started(simple(), Calendar())
    assert played.state.steps["periksa"].due == "2026-11-26T09:00:00Z"
    made = recount(played, Calendar(frozenset({date(2026, 11, 25)})))
    assert kinds(made) == [("rescheduled", "periksa")]
    data = made[0].data
    assert (data["was_due"], data["due"]) == ("2026-11-26T09:00:00Z", "2026-11-27T09:30:00Z")
    assert (data["cause"], data["order"], made[0].request_id) == (CAUSE["cause"], "01K", "hitung-ulang/01K")
    assert [one["at"] for one in data["rungs"]] == ["2026-11-26T00:30:00Z", "2026-11-30T09:00:00Z", "2026-12-01T09:00:00Z", "2026-12-04T09:30:00Z"]
    step = played.state.steps["periksa"]
    assert step.due == data["due"]
    assert [one.at for one in step.timers] == [one["at"] for one in data["rungs"]]
    assert recount(played, played.calendar) == []


def test_the_promise_of_the_case_moves_with_it() -> None:
    played = started(simple(), Calendar())
    made = recount(played, Calendar(frozenset({date(2026, 11, 25)})), promised="2026-11-30T09:00:00Z")
    assert kinds(made) == [("rescheduled", ""), ("rescheduled", "periksa")]
    assert (made[0].data["was_due"], made[0].data["due"]) == ("2026-11-30T09:00:00Z", "2026-12-01T09:00:00Z")
    assert (made[0].request_id, made[1].request_id) == ("hitung-ulang/01K", "")


def test_a_rung_that_fired_has_fired() -> None:
    played = started(simple(), Calendar())
    played.wait(datetime(2026, 11, 27, 10, tzinfo=MONDAY.tzinfo))
    assert [one.fired for one in played.state.steps["periksa"].timers] == [True, True, False, False]
    recount(played, Calendar(frozenset({date(2026, 11, 25), date(2026, 11, 30)})))
    assert [one.fired for one in played.state.steps["periksa"].timers] == [True, True, False, False]
    assert kinds(played.wait(played.now + timedelta(days=30)))[:2] == [("escalated", "periksa"), ("decided", "periksa")]


def test_a_holiday_taken_away_makes_nobody_late_at_once() -> None:
    """The new date lies in the past: then it is the close of the next office day, and never later than it was."""
    off = frozenset({date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)})
    played = started(simple(1), Calendar(off))
    assert played.state.steps["periksa"].due == "2026-11-27T09:30:00Z"
    played.now = datetime(2026, 11, 25, 12, tzinfo=MONDAY.tzinfo)
    recount(played, Calendar())
    assert played.state.steps["periksa"].due == "2026-11-26T09:00:00Z"
    due = next_due(played.state)
    assert due is not None
    assert due > played.now


def test_what_already_was_late_stays_as_it_is() -> None:
    played = started(simple(1), Calendar())
    played.now = datetime(2026, 11, 30, 3, tzinfo=MONDAY.tzinfo)
    made = recount(played, Calendar(frozenset({date(2026, 11, 24)})))
    assert made[0].data["due"] == "2026-11-25T09:00:00Z"


def test_a_paused_step_is_recounted_and_stays_paused() -> None:
    played = started(simple(), Calendar())
    played.do("periksa", "tanya")
    recount(played, Calendar(frozenset({date(2026, 11, 25)})))
    step = played.state.steps["periksa"]
    assert (step.paused, step.due) == ("menunggu-berkas", "2026-11-27T09:30:00Z")
    assert next_due(played.state) is None


def test_nothing_is_asked_of_a_case_that_is_over() -> None:
    played = started(simple(), Calendar())
    played.do("periksa", "tolak")
    assert reschedule.asked(played.process, played.state) == []


def test_two_rungs_of_a_kind_keep_their_own_marks() -> None:
    old = (Timer("remind", "a", fired=True), Timer("remind", "b"), Timer("escalate", "c", "sekda", fired=True))
    new = (Timer("remind", "A"), Timer("remind", "B"), Timer("escalate", "C", "sekda"), Timer("escalate", "D", "wali-kota"))
    assert [one.fired for one in still_fired(old, new)] == [True, False, True, False]


@pytest.mark.parametrize("seed", range(60))
def test_any_calendar_any_time_any_number_of_changes(seed: int) -> None:
    """The state is the fold of the trail; a due date is what the calendar says, or was kept from falling into the past; rungs fire once each."""
    luck = random.Random(seed)
    one = task("satu", go("setuju"), within=Within(luck.randint(1, 6)), on_late=(remind(1, before=True), remind(1), escalate("sekda", 2)))
    two = task("dua", go("setuju"), within=Within(luck.randint(1, 6), luck.choice(("working", "calendar"))), on_late=(remind(1), deemed("setuju", 6)))
    value = process(Par((Seq((one,)), Seq((two,)))), task("arsip"))
    played = started(value, Calendar())
    days = [MONDAY.date() + timedelta(days=n) for n in range(40)]
    for _round in range(8):
        played.wait(played.now + timedelta(hours=luck.randint(1, 60)))
        if played.state.over:
            break
        calendar = Calendar(frozenset(luck.sample(days, luck.randint(0, 6))))
        before = {name: step for name, step in played.state.steps.items() if step.status == "open"}
        recount(played, calendar, f"hitung-ulang/{_round}")
        for one in reschedule.asked(played.process, played.state):
            if one["step"] == reschedule.CASE:
                continue
            wanted, step = schedule(one, moment(one["opened"]), calendar), played.state.steps[one["step"]]
            if step.due != wanted["due"]:
                assert moment(wanted["due"]) <= played.now < moment(step.due) <= moment(before[one["step"]].due)
            fired = [(t.do, t.to) for t in before[one["step"]].timers if t.fired]
            assert [(t.do, t.to) for t in step.timers if t.fired] == fired
        assert recount(played, calendar, f"lagi/{_round}") == []
        assert fold(played.process, played.trail) == played.state
        assert from_json(to_json(played.state)) == played.state
    rungs = [(e.step, e.round, e.kind, e.data.get("to")) for e in played.trail if e.kind == "escalated"]
    assert len(rungs) == len(set(rungs))


@pytest.mark.parametrize("code", codes())
def test_every_process_can_be_asked_anew_at_every_step_of_a_walk(code: str) -> None:
    """However far lateness alone takes it: asking never fails, folding agrees, asking twice moves nothing."""
    played = started(drafts()[code].process, Calendar())
    luck = random.Random(code)
    for _step in range(12):
        off = frozenset(MONDAY.date() + timedelta(days=luck.randint(0, 60)) for _n in range(4))
        recount(played, Calendar(off), f"hitung-ulang/{_step}")
        assert recount(played, Calendar(off), f"lagi/{_step}") == []
        assert fold(played.process, played.trail) == played.state
        due = next_due(played.state)
        if played.state.over or due is None:
            return
        played.wait(due)
