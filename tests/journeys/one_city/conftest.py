"""One city for the short stories of this folder: none of them minds what another has left in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from embedded.office_hours import Officials
from embedded.stack import Stack
from tests.journeys.desk import started


@pytest.fixture(scope="package")
def city() -> Iterator[tuple[Officials, Stack]]:
    with started() as found:
        yield found


@pytest.fixture
def people(city: tuple[Officials, Stack]) -> Officials:
    return city[0]
