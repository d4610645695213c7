"""Random walks of every process on a time-skipping server, every letter printed, signed and judged. Not part of ``make test``, which walks each once:

``ALUR_WALKS=50 [ALUR_FIRST=0] python -m pytest tests/workflows/walks_real.py [-s] [-k cuti-asn]``. A failure names process and seed;
``ALUR_WALKS=1 ALUR_FIRST=<seed> … -k <process>`` walks it again, in a new city.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from db.read.books import recount
from embedded.postgres import Postgres
from tests.faults.ledger import Ledger, violations
from tests.workflows.chapters import Cities
from tests.workflows.judged_accounts import bank_in
from tests.workflows.judged_documents import SignedDocuments
from tests.workflows.running import City
from tests.workflows.skipping import skipping_city
from tests.workflows.walking import OPEN, PAGES, Stroll
from workflows.catalogue import catalogue

WALKS, FIRST = int(os.environ.get("ALUR_WALKS", "1")), int(os.environ.get("ALUR_FIRST", "0"))
LOUD = bool(os.environ.get("ALUR_LOUD"))
OF_A_CITY = 5
"""Walks that share a city and its clock: after more of them its budgets and calendars lie years back."""
CHAPTERS = [
    (code, range(first, min(first + OF_A_CITY, FIRST + WALKS)))
    for code in sorted(catalogue().processes)
    for first in range(FIRST, FIRST + WALKS, OF_A_CITY)
]
ONCE = pytest.mark.parametrize("chapter", [pytest.param(n, id=f"bab{n}:{code}-{seeds[0]}") for n, (code, seeds) in enumerate(CHAPTERS)])
pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def cities(postgres_server: Postgres, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cities]:
    @asynccontextmanager
    async def opening(_chapter: int) -> AsyncIterator[City]:
        async with skipping_city(postgres_server, tmp_path_factory) as made:
            made.bank = bank_in(made)
            yield made

    made = Cities(opening)
    yield made
    await made.close()


@pytest_asyncio.fixture(loop_scope="module")
async def here(cities: Cities, chapter: int) -> City:
    return await cities.of(chapter)


def walks() -> list[Any]:
    return [pytest.param(n, code, seed, id=f"bab{n}:{code}-{seed}") for n, (code, seeds) in enumerate(CHAPTERS) for seed in seeds]


@pytest.mark.parametrize(("chapter", "code", "seed"), walks())
async def test_the_walk_is_as_the_engine_says(here: City, code: str, seed: int) -> None:
    stroll = Stroll(here, code, seed)
    try:
        became = await stroll.walk()
    except AssertionError as wrong:
        pytest.fail(str(wrong), pytrace=False)
    print(
        f"{code} {seed}: {became}, {len(stroll.taken)} tindakan",
        *(stroll.taken if LOUD else stroll.taken[-6:] if became.startswith(OPEN) else []),
        sep="\n  ",
    )


@ONCE
async def test_nothing_is_lost_or_doubled(here: City, tmp_path: Path) -> None:
    async with here.database.connect() as connection:
        found = await violations(connection, Ledger(tmp_path / "ledger.jsonl"))
        assert [line for line in found if not any(case in line for case in here.beside)] == []
        assert [*await recount.from_rows(connection), *await recount.from_trails(connection)] == []


@ONCE
class TestDocuments(SignedDocuments):
    of_each = None
    pages = PAGES
