"""Real parts for every test: one PostgreSQL for the run, one database per test module, built by the migrations."""

from __future__ import annotations

import gc
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine
from xdist.scheduler import LoadScopeScheduling

from db.connect import connect
from embedded import postgres
from tests.databases import as_app, new_database


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Postgres]:
    """A throw-away cluster (fsync off: these tests are about rules; the fault tests start their own with fsync on)."""
    folder = Path(tempfile.mkdtemp(prefix="alur-pg-"))
    server = postgres.start(folder, fsync=False)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def database(postgres_server: postgres.Postgres) -> Iterator[str]:
    """Of a test module alone; as one who may do everything (superuser)."""
    with new_database(postgres_server) as url:
        yield url


@pytest.fixture(scope="module")
def app_url(database: str) -> str:
    """The same as the role the product signs in with."""
    return as_app(database)


@pytest_asyncio.fixture
async def app(app_url: str) -> AsyncIterator[AsyncEngine]:
    engine = connect(app_url)
    yield engine
    await engine.dispose()


FIRST = ("workflows", "faults", "embedded", "journeys")
"""Folders with the longest files, in this order."""
CHAPTER = re.compile(r"\[(bab\d+):")


def chapter_of(nodeid: str) -> str:
    """The chapter of a story (tests/workflows/chapters.py), "" for any other test."""
    found = CHAPTER.search(nodeid)
    return found[1] if found else ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, for none should begin when the others are done; in a file chapter by chapter."""

    def weight(item: pytest.Item) -> tuple[bool, int, str, str]:
        name = item.path.relative_to(Path(__file__).parent)
        folder = FIRST.index(name.parts[0]) if name.parts[0] in FIRST else len(FIRST)
        return item.get_closest_marker("slow") is None, folder, str(name), chapter_of(item.nodeid)

    items.sort(key=weight)


ONE_CITY = ("tests/journeys/refused/", "tests/journeys/one_city/")
"""Folders whose files share a city."""


def pytest_collection_finish() -> None:
    """What was read by now stays to the end: the collector of garbage, a tenth of the run's work, need not look at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class ByFileOrChapter(LoadScopeScheduling):  # type: ignore[misc]  # the library carries no types
    """A file stays in one process of the run, and a folder that shares a city; the chapters of a file may be told side by side."""

    def _split_scope(self, nodeid: str) -> str:
        shared = next((folder for folder in ONE_CITY if nodeid.startswith(folder)), "")
        return shared or nodeid.split("::", 1)[0] + chapter_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return ByFileOrChapter(config, log)
