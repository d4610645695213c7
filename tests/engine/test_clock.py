"""The statutory clock as a ledger: golden tables over New Year and Idul Fitri, and half a year of stops against a count made day by day."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest

from engine.calendar import Calendar
from engine.clock import Count, Stop, count, due, ledger, marks
from engine.events import SYSTEM, Event
from engine.nodes import Within, deemed, end, go, pause
from engine.process import Process, Sla
from engine.rehearsal import Rehearsal
from tests.engine.build import ANI, MONDAY, process, task
from tests.engine.test_deadlines import OFFICE, jakarta


def promised(n: int | None, kind: str = "working") -> Process:
    return process(task("periksa", go("setuju"), pause("minta", "menunggu-berkas-pemohon"), end("tolak", "ditolak")), sla=Sla(n, kind))  # type: ignore[arg-type]


def counted(opened: str, n: int, now: str, *stops: tuple[str, str], kind: str = "working", calendar: Calendar = OFFICE) -> tuple[int, int, str]:
    """(day, days stood still, last day)."""
    spans = [Stop(jakarta(a), jakarta(b) if b else None, "menunggu-berkas-pemohon", "periksa") for a, b in stops]
    found = count(promised(n, kind), jakarta(opened), spans, calendar, jakarta(now))
    assert found is not None
    assert found.of == n
    return found.day, found.still, calendar.local(found.due).date().isoformat()


@pytest.mark.parametrize(
    ("opened", "n", "now", "stops", "expected"),
    [
        # The day of opening does not count; Saturday, Sunday and days off do not.
        ("2026-11-23T09:00", 14, "2026-11-23T15:00", (), (0, 0, "2026-12-11")),
        ("2026-11-23T09:00", 14, "2026-12-02T10:00", (), (7, 0, "2026-12-11")),
        ("2026-11-23T09:00", 14, "2026-12-11T16:00", (), (14, 0, "2026-12-11")),
        # Three office days of waiting for the applicant: the seventh is three days later, so is the last.
        ("2026-11-23T09:00", 14, "2026-12-07T10:00", (("2026-11-25T11:00", "2026-11-30T08:00"),), (7, 3, "2026-12-16")),
        # Still standing: it stays on its day, the last day runs ahead.
        ("2026-11-23T09:00", 14, "2026-12-07T10:00", (("2026-11-25T11:00", ""),), (2, 8, "2026-12-23")),
        # New Year: 24 and 25 December and 1 January are off, so are 2 and 3 (weekend) and 5 January 2027.
        ("2026-12-21T09:00", 10, "2027-01-04T10:00", (), (7, 0, "2027-01-08")),
        ("2026-12-21T09:00", 10, "2027-01-08T16:00", (), (10, 0, "2027-01-08")),
        # A stop over the turn of the year counts only the office days in it (28, 29, 30, 31 December and 4 January).
        ("2026-12-21T09:00", 10, "2027-01-15T10:00", (("2026-12-23T09:00", "2027-01-04T09:00"),), (10, 5, "2027-01-15")),
        # Nyepi, Idul Fitri and their cuti bersama, 18 to 24 March 2026: five office days gone.
        ("2026-03-16T09:00", 5, "2026-03-17T10:00", (), (1, 0, "2026-03-30")),
        ("2026-03-16T09:00", 5, "2026-03-25T10:00", (), (2, 0, "2026-03-30")),
        # A stop that lies wholly in the holidays stops nothing.
        ("2026-03-16T09:00", 5, "2026-03-25T10:00", (("2026-03-17T15:00", "2026-03-24T09:00"),), (2, 0, "2026-03-30")),
        ("2026-03-16T09:00", 5, "2026-03-31T10:00", (("2026-03-17T15:00", "2026-03-26T09:00"),), (4, 2, "2026-04-01")),
        # Stopped and started on one day: nothing stood still.
        ("2026-11-23T09:00", 5, "2026-11-30T10:00", (("2026-11-25T09:00", "2026-11-25T14:00"),), (5, 0, "2026-11-30")),
    ],
)  # fmt: skip
def test_the_golden_table(opened: str, n: int, now: str, stops: tuple[tuple[str, str], ...], expected: tuple[int, int, str]) -> None:
    assert counted(opened, n, now, *stops) == expected


def test_calendar_days_and_hours() -> None:
    assert counted("2026-11-23T09:00", 14, "2026-12-07T10:00", kind="calendar") == (14, 0, "2026-12-07")
    assert counted("2026-11-23T09:00", 14, "2026-12-07T10:00", ("2026-11-27T09:00", "2026-11-30T09:00"), kind="calendar") == (11, 3, "2026-12-10")
    assert counted("2026-11-23T09:00", 24, "2026-11-23T20:30", ("2026-11-23T10:00", "2026-11-23T12:00"), kind="hours") == (9, 2, "2026-11-24")
    assert count(promised(None), MONDAY, (), OFFICE, MONDAY) is None


def by_hand(opened: date, stops: list[tuple[date, date | None]], off: frozenset[date], today: date) -> tuple[int, int]:
    """(days run, days stood still), one day after the other, with a switch: the clock is looked at in the evening of each day, a day counts where it
    is an office day on which the clock was not standing when it began; the day on which it starts again does not count any more."""
    run = still = 0
    day = opened
    while day < today:
        day += timedelta(days=1)
        if day.weekday() >= 5 or day in off:
            continue
        standing = any(first < day and (last is None or day <= last) for first, last in stops)
        still, run = still + standing, run + (not standing)
    return run, still


@pytest.mark.parametrize("seed", range(120))
def test_half_a_year_of_stops_and_starts_against_a_count_day_by_day(seed: int) -> None:
    luck = random.Random(seed)
    opened = date(2026, 11, 1) + timedelta(days=luck.randint(0, 150))
    off = OFFICE.days_off | {opened + timedelta(days=luck.randint(1, 180)) for _ in range(6)}
    calendar, n = Calendar(frozenset(off)), luck.randint(3, 40)
    at, events = _at(opened, luck), [Event(1, _at(opened, luck), "case-opened")]
    events = [Event(1, at, "case-opened")]
    spans: list[tuple[date, date | None]] = []
    day = opened
    while day < opened + timedelta(days=180):
        first = day + timedelta(days=luck.randint(0, 12))
        last = first + timedelta(days=luck.randint(0, 15))
        begins, ends = datetime.combine(first, time(2), UTC), datetime.combine(last, time(8), UTC)
        events.append(Event(len(events) + 1, max(begins, at), "clock-stopped", "periksa", data={"cause": "menunggu-berkas-pemohon"}))
        if luck.random() < 0.1:
            spans.append((first, None))
            break
        events.append(Event(len(events) + 1, max(ends, at), "clock-started", "periksa"))
        spans.append((first, last))
        day = last
    stops = ledger(events)
    assert len(stops) == len(spans)
    for _look in range(30):
        now = datetime.combine(opened + timedelta(days=luck.randint(0, 200)), time(9), UTC)
        until = [(a, b if b is None or b <= now.date() else None) for a, b in spans if a <= now.date()]
        seen = tuple(Stop(s.since, s.until if s.until and s.until <= now else None, s.cause, s.step) for s in stops if s.since <= now)
        found = count(promised(n), at, seen, calendar, now)
        assert isinstance(found, Count)
        assert (found.day, found.still) == by_hand(opened, until, calendar.days_off, now.date())
        assert found.due == due(promised(n), at, seen, calendar, now)
        # On its last day the clock shows the last number, whatever stood still before.
        last = calendar.local(found.due).date()
        if all(one.until is not None for one in seen) and last >= now.date():
            assert by_hand(opened, until, calendar.days_off, last)[0] == n


def _at(day: date, luck: random.Random) -> datetime:
    return datetime.combine(day, time(1, luck.randint(0, 59)), UTC)


def test_every_start_stop_and_resumption_has_its_act_and_who_did_it() -> None:
    value = process(
        task("periksa", go("setuju"), pause("minta", "menunggu-berkas-pemohon", reason=True), within=Within(2), on_late=(deemed("setuju", 1),))
    )
    played = Rehearsal(value, MONDAY)
    played.open(ANI, ANI)
    played.now += timedelta(hours=2)
    played.do("periksa", "minta", reason="KTP belum ada")
    played.now += timedelta(days=2)
    played.do("periksa", "minta", reason="Foto buram")
    found = marks(played.trail)
    assert [(one.what, one.act, one.reason) for one in found] == [
        ("start", "", ""), ("stop", "minta", "KTP belum ada"), ("resume", "minta", "Foto buram"), ("stop", "minta", "Foto buram"),
    ]  # fmt: skip
    assert found[1].cause == "menunggu-berkas-pemohon"
    assert [one.actor for one in found[1:]] == [next(e.actor for e in played.trail if e.kind == "decided")] * 3
    assert found[1].actor.person not in ("", SYSTEM.person)


def test_a_silent_decision_and_a_recount_are_told_apart() -> None:
    value = process(task("periksa", go("setuju"), within=Within(1), on_late=(deemed("setuju", 1),)))
    played = Rehearsal(value, MONDAY)
    played.open(ANI, ANI)
    moved = Event(
        played.state.seq + 1,
        played.now,
        "rescheduled",
        "",
        data={"cause": "SKB 1", "order": "x", "was_due": "2026-11-30T09:00:00Z", "due": "2026-12-01T09:00:00Z"},
    )
    played.take([moved])
    played.wait(MONDAY + timedelta(days=20))
    found = marks(played.trail)
    assert [one.what for one in found] == ["start", "recount", "deemed", "end"]
    assert (found[1].was, found[1].due, found[1].cause) == ("2026-11-30T09:00:00Z", "2026-12-01T09:00:00Z", "SKB 1")
    assert (found[2].act, found[2].actor) == ("setuju", SYSTEM)
