"""On which days the calendar opens cases: office days only, each month once, however the span asked for is cut."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import Calendar
from engine.canonical import from_text, to_text
from engine.check import check
from engine.evaluate import Scope, evaluate
from engine.expr import month, months, today
from engine.fields import Field
from engine.nodes import Argument, end, go
from engine.process import Starts
from engine.roles import ROLES
from engine.timetable import MONTHS, Timetable, days, faults
from tests.engine.build import process, task

IDUL_FITRI = Calendar(frozenset(date(2027, 3, day) for day in range(8, 13)))


def test_the_first_office_day_of_each_month() -> None:
    assert days(Timetable(), date(2026, 11, 1), date(2027, 2, 28), Calendar(frozenset({date(2027, 1, 1)}))) == (
        date(2026, 11, 2), date(2026, 12, 1), date(2027, 1, 4), date(2027, 2, 1),
    )  # fmt: skip


def test_a_day_off_moves_it_to_the_next_office_day_even_into_the_next_month() -> None:
    tenth = Timetable(day=10)
    assert days(tenth, date(2027, 3, 1), date(2027, 3, 31), IDUL_FITRI) == (date(2027, 3, 15),)
    late = Timetable(day=28, months=(2,))
    assert days(late, date(2027, 3, 1), date(2027, 3, 5), Calendar()) == (date(2027, 3, 1),), "28 February 2027 is a Sunday"


def test_only_in_its_months() -> None:
    quarterly = Timetable(months=(1, 4, 7, 10))
    assert [day.month for day in days(quarterly, date(2026, 1, 1), date(2026, 12, 31), Calendar())] == [1, 4, 7, 10]


@given(
    st.builds(Timetable, day=st.integers(0, 28), months=st.sets(st.sampled_from(MONTHS), min_size=1).map(lambda found: tuple(sorted(found)))),
    st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.integers(0, 200), st.integers(0, 200), st.frozensets(st.dates(date(2025, 1, 1), date(2029, 1, 1)), max_size=30),
)  # fmt: skip
def test_cutting_the_span_neither_loses_nor_doubles_an_opening(table: Timetable, first: date, one: int, two: int, off: frozenset[date]) -> None:
    calendar, middle, last = Calendar(off), first + timedelta(days=one), first + timedelta(days=one + two + 1)
    whole = days(table, first, last, calendar)
    assert whole == (*days(table, first, middle, calendar), *days(table, middle + timedelta(days=1), last, calendar))
    assert all(calendar.works(day) for day in whole)
    assert len(set(whole)) == len(whole) == len(sorted(whole))


def test_a_day_that_not_every_month_has_is_refused() -> None:
    assert list(faults(Timetable())) == []
    assert "tanggal 31" in next(faults(Timetable(day=31)))
    assert "bulan" in next(faults(Timetable(months=())))


def test_what_a_case_begins_with_is_worked_out_on_the_planned_day() -> None:
    opens = Starts("sistem", opens=Timetable(each="organisation"), values=(Argument("bulan", month(months(today(), 3))),))
    value = process(
        task("isi", go("kirim"), fills=("bulan",)), task("simpan", end("simpan", "selesai")), form=(Field("bulan", "Bulan", "month"),), starts=opens
    )
    assert check(value, ROLES) == ()
    assert from_text(to_text(value)) == value
    assert evaluate(value.starts.values[0].value, Scope({}, "2026-12-01")) == "2027-03"


def test_a_timetable_that_cannot_be_kept_is_refused() -> None:
    opens = Starts("arsiparis", opens=Timetable(day=30), values=(Argument("tiada", today()),))
    told = check(process(task("isi", end("kirim", "selesai")), starts=opens), ROLES)
    assert [word for word in ("tanggal 30", "tulis sistem", "tiada, yang bukan isian") if not any(word in fault for fault in told)] == []


def test_what_a_timetable_depends_on_is_a_look_up_of_the_flow() -> None:
    opens = Starts("sistem", opens=Timetable(), only="isi")
    told = check(process(task("isi", end("kirim", "selesai")), starts=opens), ROLES)
    assert any("jadwal bergantung pada isi" in fault for fault in told)
