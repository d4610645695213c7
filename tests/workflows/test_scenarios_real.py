"""Every story that needs no waiting, on a real Temporal server and a real PostgreSQL: the same trail as on the pure engine. Then what they left behind."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from sqlalchemy import text

from db.read.books import recount
from embedded.postgres import Postgres
from embedded.temporal import Temporal
from engine.scenario import Scenario
from tests.databases import new_database
from tests.workflows.chapters import Cities, chapters, params, whole
from tests.workflows.judged_accounts import Accounts, bank_in
from tests.workflows.judged_documents import SignedDocuments
from tests.workflows.judged_secrets import Secrets
from tests.workflows.running import City, city
from tests.workflows.telling import Telling, sound
from web.starting import for_outsiders

CHAPTERS = chapters(5, lambda story: not story.timed)
ONCE = pytest.mark.parametrize("chapter", whole(CHAPTERS))
pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def cities(postgres_server: Postgres, temporal_server: Temporal, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cities]:
    @asynccontextmanager
    async def opening(chapter: int) -> AsyncIterator[City]:
        with new_database(postgres_server) as database:
            async with city(database, temporal_server.address, tmp_path_factory.mktemp("kota")) as made:
                made.told = CHAPTERS[chapter]
                made.bank = bank_in(made)
                yield made

    made = Cities(opening)
    yield made
    await made.close()


@pytest_asyncio.fixture(loop_scope="module")
async def here(cities: Cities, chapter: int) -> City:
    """The city of the chapter; its bank is one the tests can look into."""
    return await cities.of(chapter)


@pytest.mark.parametrize(("chapter", "code", "story"), params(CHAPTERS))
async def test_the_story_is_true_on_real_parts(here: City, code: str, story: Scenario) -> None:
    telling = Telling(here, code, story)
    await telling.tell()
    assert await here.ended(telling.case) == story.ends
    await sound(here, telling.case)


@ONCE
async def test_registers_have_no_gap_and_a_refused_letter_takes_none(here: City) -> None:
    async with here.database.connect() as connection:
        rows = (await connection.execute(text("SELECT unit, register, array_agg(serial ORDER BY serial) AS serials FROM number GROUP BY 1, 2"))).all()
        numbers = "SELECT c.result, count(n.*) AS taken FROM \"case\" c LEFT JOIN number n ON n.case_id = c.id WHERE c.process = 'surat-keluar-tte' AND c.result IS NOT NULL GROUP BY 1"
        taken = {row.result: row.taken for row in (await connection.execute(text(numbers))).all()}
    for row in rows:
        assert row.serials == list(range(1, len(row.serials) + 1)), (row.unit, row.register)
    assert taken.get("ditolak", 0) == 0
    assert taken.get("selesai", 1) >= 1


@ONCE
async def test_every_balance_follows_from_entries_and_trails(here: City) -> None:
    async with here.database.connect() as connection:
        assert [*await recount.from_rows(connection), *await recount.from_trails(connection)] == []


@ONCE
async def test_whoever_has_no_account_came_by_a_link(here: City) -> None:
    """Each task a party was to answer, and did, was opened by his link (tests.workflows.by_link)."""
    answered = (
        "SELECT case_id, instance, round FROM task WHERE status = 'done' AND EXISTS (SELECT FROM unnest(positions) AS one WHERE one LIKE 'luar:%')"
    )
    async with here.database.connect() as connection:
        tasks = {tuple(row) for row in (await connection.execute(text(answered))).all()}
        links = {tuple(row) for row in (await connection.execute(text("SELECT case_id, instance, round FROM answer_link"))).all()}
    assert tasks - links == set()
    met = [code for code, _story in here.told if for_outsiders(here.processes[code].process)]
    assert tasks or not met or not await here.complete()


@ONCE
class TestAccounts(Accounts):
    pass


@ONCE
class TestSignedDocuments(SignedDocuments):
    pass


@ONCE
class TestSecrets(Secrets):
    pass
