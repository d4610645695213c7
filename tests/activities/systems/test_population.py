"""The twin of the population register answers by the number alone, whatever is asked again."""

from __future__ import annotations

import pytest

from activities.systems.known import Systems
from activities.systems.population import NAME, answers
from activities.systems.port import Request
from activities.systems.twin import InProcess


@pytest.mark.parametrize(
    ("operation", "nik", "state"),
    [
        ("cocokkan-nik", "3671014501990001", "done"),
        ("cocokkan-nik", "3671014501990000", "refused"),
        ("cocokkan-keluarga", "3671014501990001", "done"),
        ("cocokkan-keluarga", "3671014501999999", "refused"),
        ("cocokkan-keluarga", "3671014501990000", "refused"),
    ],
)
def test_a_number_fits_or_does_not(operation: str, nik: str, state: str) -> None:
    asked = answers()[operation]
    assert callable(asked)
    assert asked(Request("k", operation, {"nik": nik, "kk": "3671010101010001"})).state == state


def test_a_city_without_a_register_has_its_twin() -> None:
    system, _ = Systems().of(NAME)
    assert isinstance(system, InProcess)
    assert system.twin.answers.keys() == answers().keys()
