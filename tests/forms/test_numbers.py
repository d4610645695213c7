"""Numbers as they are typed in an office; nothing is guessed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import numbers
from forms.messages import BadValue


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("15.250.000", 15250000), ("15250000", 15250000), ("Rp 15.250.000,-", 15250000), ("Rp15.250.000,00", 15250000), ("1.200", 1200), ("0", 0),
        ("15.250.000,50", "15250000.50"), ("rp. 1.000,5", "1000.50"), ("Rp\u00a01.000", 1000),
    ],
)  # fmt: skip
def test_rupiah_reads_everyday_notation(typed: Any, value: Any) -> None:
    assert numbers.rupiah(typed) == value


@pytest.mark.parametrize("typed", ["15.5", "1e3", "1.2.3", "15,250,000", "-5", "1.0000", "12.34.567", "007", "1,234", "", "lima", "1 000", "１２"])
def test_rupiah_refuses_what_could_mean_two_things(typed: Any) -> None:
    with pytest.raises(BadValue) as refusal:
        numbers.rupiah(typed)
    assert refusal.value.code == "rupiah"


@given(st.integers(0, 10**15 - 1), st.integers(0, 99))
def test_rupiah_shown_and_typed_again_is_the_same(whole: Any, sen: Any) -> None:
    value = whole if sen == 0 else f"{whole}.{sen:02d}"
    shown = numbers.grouped(whole) + (f",{sen:02d}" if sen else "")
    assert numbers.rupiah(f"Rp {shown}") == value


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False, allow_infinity=False))
def test_decimals_survive_the_way_there_and_back(value: Any) -> None:
    text = numbers.plain(value)
    assert numbers.decimal(numbers.grouped(text)) == text
    assert "e" not in text.lower()


@pytest.mark.parametrize(("typed", "value"), [("12,5", "12.5"), ("12,50 %", "12.5"), ("100%", "100"), ("0", "0"), ("33,3333 persen", "33.3333")])
def test_percent(typed: Any, value: Any) -> None:
    assert numbers.percent(typed) == value


@pytest.mark.parametrize("typed", ["12.5", "-1", "1.001", "0,00001", "%"])
def test_percent_refuses(typed: Any) -> None:
    with pytest.raises(BadValue, match="persen"):
        numbers.percent(typed)


def test_integer_takes_groups_and_refuses_fractions() -> None:
    assert numbers.integer("1.200") == 1200
    assert numbers.integer("-3") == -3
    assert numbers.integer("12,00") == 12
    for typed in ("12,5", "1.5", "12a", "1234567890123456"):
        with pytest.raises(BadValue):
            numbers.integer(typed)
