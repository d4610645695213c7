"""The servers of the fault tests, as real processes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from embedded.stack import Stack
from tests.workflows.running import CITY


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Everything but the pages, as separate processes, with fsync on."""
    made = Stack(tmp_path_factory.mktemp("kota"), CITY, port=0, show=False)
    try:
        made.servers_up()
        made.prepare()
        made.start_worker()
        made.wait_worker()
        yield made
    finally:
        made.down()
