"""One Temporal server for the stories; a city per module."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from embedded import temporal


@pytest.fixture(scope="session")
def temporal_server() -> Iterator[temporal.Temporal]:
    folder = Path(tempfile.mkdtemp(prefix="alur-temporal-"))
    server = temporal.start(folder, kept=False)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)
