"""The day comes first, whatever the machine's settings are."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import dates
from forms.messages import BadValue

WIB = ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    "typed", ["23-11-2026", "23/11/2026", "23.11.2026", "2026-11-23", "23 November 2026", "23 nov 2026", "23 Nopember 2026", " 23-11-2026 "]
)
def test_one_day_many_hands(typed: Any) -> None:
    assert dates.single(typed) == "2026-11-23"


@pytest.mark.parametrize(
    "typed", ["31-02-2026", "11-23-2026", "23-11-26", "kemarin", "23-13-2026", "2026-2-3", "23 Novembur 2026", "0-1-2026", "1-1-0999", ""]
)
def test_what_is_no_day_is_refused(typed: Any) -> None:
    with pytest.raises(BadValue, match="tanggal"):
        dates.single(typed)


@given(st.dates(min_value=__import__("datetime").date(1900, 1, 1), max_value=__import__("datetime").date(2199, 12, 31)))
def test_every_shown_date_reads_back(day: Any) -> None:
    iso = day.isoformat()
    assert dates.single(dates.long(iso)) == iso
    assert dates.single(dates.short(iso)) == iso


def test_times_of_the_clock_and_instants() -> None:
    assert dates.clock("8.30") == "08:30"
    assert dates.clock("14:05 WIB") == "14:05"
    assert dates.moment("23-11-2026 14.05", WIB) == "2026-11-23T14:05:00+07:00"
    assert dates.moment("23 November 2026 pukul 14.05 WIB", WIB) == "2026-11-23T14:05:00+07:00"
    assert dates.moment("2026-11-23T07:05:00+00:00", WIB) == "2026-11-23T14:05:00+07:00"
    for typed in ("24.00", "8", "8.60"):
        with pytest.raises(BadValue):
            dates.clock(typed)
    for typed in ("23-11-2026", "14.05", "31-02-2026 08.00", "23-11-2026 25.00", "2026-11-23Tx"):
        with pytest.raises(BadValue, match="waktu"):
            dates.moment(typed, WIB)


def test_ranges_months_and_years() -> None:
    assert dates.span("23-11-2026", "25-11-2026") == {"from": "2026-11-23", "to": "2026-11-25"}
    assert dates.span("23-11-2026 s.d. 25-11-2026", "") == {"from": "2026-11-23", "to": "2026-11-25"}
    with pytest.raises(BadValue, match="rentang-terbalik"):
        dates.span("25-11-2026", "23-11-2026")
    with pytest.raises(BadValue, match="rentang"):
        dates.span("25-11-2026", "")
    assert [dates.month(typed) for typed in ("11-2026", "2026-11", "November 2026", "11/2026")] == ["2026-11"] * 4
    with pytest.raises(BadValue):
        dates.month("13-2026")
    assert dates.year("2026") == 2026
    with pytest.raises(BadValue):
        dates.year("26")
