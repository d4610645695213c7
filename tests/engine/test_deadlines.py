"""Working days, ladders and what lateness does. Golden table: naskah-dinas.md §10.3, with the holidays of §10.2."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from engine.calendar import Calendar, Season
from engine.clock import due as sla_due
from engine.clock import ledger, running
from engine.deadlines import branch_due, instants, schedule, until
from engine.nodes import Par, Rung, Seq, Within, deemed, end, escalate, go, lapse, pause, remind
from engine.timers import fire, next_due
from tests.engine.build import MONDAY, case, kinds, process, task


def days(year: int, months: dict[int, tuple[int, ...]]) -> set[date]:
    return {date(year, month, day) for month, listed in months.items() for day in listed}


OFF = frozenset(
    days(
        2026, {1: (1, 16), 2: (16, 17), 3: (18, 19, 20, 21, 22, 23, 24), 4: (3, 5), 5: (1, 14, 15, 27, 28, 31), 6: (1, 16), 8: (17, 25), 12: (24, 25)}
    )
    | days(2027, {1: (1, 5), 2: (5, 6), 3: (8, 9, 10, 11, 12, 15, 25, 26, 28), 5: (1, 6, 17, 18, 19, 20), 6: (1, 6), 8: (15, 17), 12: (24, 25, 26)})
)
OFFICE = Calendar(OFF)


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2026-11-23", 5, "2026-11-30"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-12-21", 5, "2026-12-30"),
        ("2026-12-29", 5, "2027-01-07"),
        ("2026-12-18", 10, "2027-01-07"),
        ("2026-03-16", 5, "2026-03-30"),
        ("2026-03-20", 1, "2026-03-25"),
        ("2026-02-13", 1, "2026-02-18"),
        ("2026-05-13", 5, "2026-05-22"),
        ("2026-08-15", 3, "2026-08-20"),
    ],
)
def test_the_golden_table(start: str, n: int, expected: str) -> None:
    assert OFFICE.add(date.fromisoformat(start), n) == date.fromisoformat(expected)


def test_working_days_of_the_years() -> None:
    def months(year: int) -> list[int]:
        firsts = [date(year, m, 1) for m in range(1, 13)] + [date(year + 1, 1, 1)]
        return [OFFICE.between(a, b - timedelta(days=1)) for a, b in pairwise(firsts)]

    assert months(2026) == [20, 18, 17, 21, 16, 20, 23, 19, 22, 22, 21, 21]
    assert months(2027) == [19, 19, 15, 22, 16, 21, 22, 21, 22, 21, 22, 22]


def jakarta(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


def test_a_term_ends_at_close_of_office_on_its_last_day() -> None:
    assert instants(Within(1), (), jakarta("2026-11-23T09:00"), OFFICE)[0] == jakarta("2026-11-24T16:00")
    assert instants(Within(4), (), jakarta("2026-11-23T23:30"), OFFICE)[0] == jakarta("2026-11-27T16:30")
    assert instants(Within(3, "calendar"), (), jakarta("2026-11-26T09:00"), OFFICE)[0] == jakarta("2026-11-29T16:00")
    assert instants(Within(24, "hours"), (), jakarta("2026-11-28T09:00"), OFFICE)[0] == jakarta("2026-11-29T09:00")


def test_the_day_is_that_of_the_city() -> None:
    # 23.30 UTC on Sunday is Monday morning in Jakarta.
    assert instants(Within(1), (), datetime(2026, 11, 22, 23, 30, tzinfo=UTC), OFFICE)[0] == jakarta("2026-11-24T16:00")


def test_in_ramadan_the_office_closes_earlier() -> None:
    fasting = Calendar(OFF, seasons=(Season(date(2026, 2, 18), date(2026, 3, 19)),))
    assert instants(Within(1), (), jakarta("2026-02-18T09:00"), fasting)[0] == jakarta("2026-02-19T15:00")
    assert fasting.opens(date(2026, 2, 19)) == jakarta("2026-02-19T08:00")


def test_rungs_count_in_the_steps_own_days() -> None:
    ladder = (remind(1), escalate("sekda", 2))
    due, fires = instants(Within(1), ladder, jakarta("2026-11-26T09:00"), OFFICE)
    assert (due, fires) == (jakarta("2026-11-27T16:30"), [jakarta("2026-11-30T16:00"), jakarta("2026-12-01T16:00")])
    due, fires = instants(Within(2, "hours"), ladder, jakarta("2026-11-26T09:00"), OFFICE)
    assert fires == [jakarta("2026-11-26T12:00"), jakarta("2026-11-26T13:00")]


def test_deemed_and_end_come_at_once_or_behind_their_rungs() -> None:
    due, fires = instants(Within(1), (deemed("diterima"),), jakarta("2026-11-23T09:00"), OFFICE)
    assert fires == [due]
    _, fires = instants(Within(1), (remind(1), lapse("gugur")), jakarta("2026-11-23T09:00"), OFFICE)
    assert fires == [jakarta("2026-11-25T16:00"), jakarta("2026-11-26T16:00")]
    _, fires = instants(Within(1), (remind(2), lapse("gugur", 20)), jakarta("2026-11-23T09:00"), OFFICE)
    assert fires[1] == jakarta("2026-12-22T16:00")


def test_rungs_before_a_date_and_after_it() -> None:
    ladder = (remind(1, "batas", before=True), escalate("sekda", 1, "batas"))
    _, fires = instants(None, ladder, jakarta("2026-11-23T09:00"), OFFICE, {"batas": "2026-11-30"})
    assert fires == [jakarta("2026-11-27T07:30"), jakarta("2026-12-01T16:00")]
    assert instants(None, ladder, jakarta("2026-11-23T09:00"), OFFICE, {"batas": None})[1] == [None, None]


def test_what_the_database_fills_in() -> None:
    data = {"within": {"n": 1, "kind": "working"}, "on_late": [{"do": "remind", "after": 1}, {"do": "escalate", "after": 2, "to": "sekda"}]}
    assert schedule(data, jakarta("2026-11-23T09:00"), OFFICE) == {
        "due": "2026-11-24T09:00:00Z",
        "rungs": [{"do": "remind", "at": "2026-11-25T09:00:00Z"}, {"do": "escalate", "at": "2026-11-26T09:00:00Z", "to": "sekda"}],
    }
    assert schedule({"within": None, "on_late": []}, MONDAY, OFFICE) == {"due": None, "rungs": []}


def test_a_reminder_whose_day_has_passed_is_left_out() -> None:
    data = {"within": {"n": 2, "kind": "working"}, "on_late": [{"do": "remind", "after": 10, "before": True}]}
    assert schedule(data, MONDAY, OFFICE)["rungs"] == []


def test_a_wait_until_a_date() -> None:
    assert until("2026-11-30", OFFICE) == jakarta("2026-11-30T07:30")
    assert until({"from": "2026-11-24", "to": "2026-11-27"}, OFFICE) == jakarta("2026-11-27T16:30")
    assert until("2026-11-30T10:00", OFFICE) is not None
    assert until(None, OFFICE) is None
    data = {"within": {"n": 10, "kind": "working"}, "on_late": [{"do": "deemed", "outcome": "diam"}], "until": "2026-11-30", "reached": "tiba"}
    filled = schedule(data, MONDAY, OFFICE)
    assert (filled["due"], [r["outcome"] for r in filled["rungs"]]) == ("2026-11-30T00:30:00Z", ["diam", "tiba"])
    assert branch_due("2026-11-27", OFFICE) == "2026-11-27T09:30:00Z"


# what lateness does


def test_each_rung_fires_once_in_order() -> None:
    played = case(process(task("periksa", on_late=(remind(1), escalate("sekda", 2)))))
    assert next_due(played.state) == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    assert played.wait(played.now + timedelta(days=1)) == []
    assert kinds(played.wait(played.now + timedelta(days=10))) == [("reminded", "periksa"), ("escalated", "periksa")]
    assert played.trail[-1].data["to"] == "sekda"
    assert set(played.state.steps["periksa"].positions) == {"j-ani", "j-sekda"}
    assert next_due(played.state) is None
    played.do("periksa", "lanjut", by="j-sekda")


def test_escalation_to_the_superior_of_those_who_hold_the_step() -> None:
    played = case(process(task("periksa", on_late=(escalate("atasan", 1),))))
    played.wait(played.now + timedelta(days=5))
    assert played.trail[-1].data["by"] == [{"role": "atasan", "expr": {"is": "superior_of", "of": {"is": "positions", "positions": ["j-ani"]}}}]


def test_deemed_outcomes_are_the_machines_and_say_so() -> None:
    played = case(process(task("tanggapi", go("menanggapi"), go("tidak-menanggapi"), on_late=(deemed("tidak-menanggapi"),)), task("lalu")))
    played.wait(played.now + timedelta(days=2))
    decided = next(e for e in played.trail if e.kind == "decided")
    assert (decided.actor.person, decided.data["deemed"], decided.data["outcome"]) == ("sistem", True, "tidak-menanggapi")
    assert played.open_tasks() == ("lalu",)


def test_lateness_may_end_the_case() -> None:
    played = case(process(task("lengkapi", go("kirim"), end("batal", "batal"), on_late=(lapse("gugur"),))))
    played.wait(played.now + timedelta(days=3))
    assert (played.state.result, kinds(played.trail[-2:])) == ("gugur", [("decided", "lengkapi"), ("ended", "")])


def test_what_the_machine_decided_first_may_leave_nothing_for_the_next_rung() -> None:
    branches = tuple(Seq((task(n, go("lanjut"), end("tolak", "ditolak"), on_late=(deemed(o),)),)) for n, o in (("satu", "lanjut"), ("dua", "tolak")))
    played = case(process(Par(branches, "any"), task("lalu")))
    played.wait(played.now + timedelta(days=5))
    assert played.open_tasks() == ("lalu",)
    assert [e.step for e in played.trail if e.kind == "decided"] == ["satu"]
    assert [e.step for e in played.trail if e.kind == "voided"] == ["dua"]


def test_nothing_fires_while_the_clock_stands_still() -> None:
    played = case(process(task("telaah", go("cukup"), pause("kurang", "menunggu-pemohon"), on_late=(remind(1),))))
    played.do("telaah", "kurang")
    assert next_due(played.state) is None
    assert fire(played.process, played.state, played.now + timedelta(days=30)) == []


def test_a_step_without_a_ladder_is_just_late() -> None:
    played = case(process(task("periksa")))
    assert next_due(played.state) is None
    assert played.wait(played.now + timedelta(days=30)) == []


# the statutory clock


def test_stops_move_the_promise_on() -> None:
    played = case(process(task("telaah", go("cukup"), pause("kurang", "menunggu-pemohon")), task("lalu")))
    opened = played.now
    assert sla_due(played.process, opened, (), OFFICE, played.now) == jakarta("2026-11-30T16:00")
    played.now += timedelta(days=1)
    played.do("telaah", "kurang")
    played.now += timedelta(days=2)
    assert running(played.state, played.now) == timedelta(days=1)
    played.do("telaah", "cukup")
    stops = ledger(played.trail)
    assert [(s.cause, s.until and s.until - s.since) for s in stops] == [("menunggu-pemohon", timedelta(days=2))]
    assert sla_due(played.process, opened, stops, OFFICE, played.now) == jakarta("2026-12-02T16:00")
    assert running(played.state, played.now) == timedelta(days=1)


def test_a_rung_is_plain_data() -> None:
    assert Rung("remind", 1) == remind(1)
