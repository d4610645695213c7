"""Every story that needs no waiting, on a real Temporal server and a real PostgreSQL: the same trail as on the pure engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text

from embedded.temporal import Temporal
from engine.scenario import Scenario
from tests.workflows.running import City, city
from tests.workflows.telling import Telling, sound
from workflows.catalogue import catalogue

STORIES = [
    pytest.param(listed.code, story, id=f"{listed.code}-{story.name}")
    for listed in catalogue().processes.values()
    for story in listed.scenarios
    if not story.timed
]
pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(empty_database: str, temporal_server: Temporal, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    state: Path = tmp_path_factory.mktemp("kota")
    async with city(empty_database, temporal_server.address, state) as made:
        yield made


@pytest.mark.parametrize(("code", "story"), STORIES)
async def test_the_story_is_true_on_real_parts(here: City, code: str, story: Scenario) -> None:
    telling = Telling(here, code, story)
    await telling.tell()
    assert await here.ended(telling.case) == story.ends
    await sound(here, telling.case)


async def test_registers_have_no_gap_and_a_refused_letter_takes_none(here: City) -> None:
    """Tells its own stories: the others may have been told by another test process, in another city."""
    told = [story for story in catalogue()["surat-keluar-tte"].scenarios if not story.timed]
    for story in (next(one for one in told if one.ends == "ditolak"), next(one for one in told if one.ends == "selesai")):
        await Telling(here, "surat-keluar-tte", story).tell()
    async with here.database.connect() as connection:
        rows = (await connection.execute(text("SELECT unit, register, array_agg(serial ORDER BY serial) AS serials FROM number GROUP BY 1, 2"))).all()
        numbers = "SELECT c.result, count(n.*) AS taken FROM \"case\" c LEFT JOIN number n ON n.case_id = c.id WHERE c.process = 'surat-keluar-tte' AND c.result IS NOT NULL GROUP BY 1"
        taken = {row.result: row.taken for row in (await connection.execute(text(numbers))).all()}
    assert rows
    for row in rows:
        assert row.serials == list(range(1, len(row.serials) + 1)), (row.unit, row.register)
    assert taken["ditolak"] == 0
    assert taken["selesai"] >= 1
