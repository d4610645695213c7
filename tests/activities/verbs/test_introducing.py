"""``introduce``: whom a row names becomes a party, once however often it is tried, with what reaches him."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.exceptions import ApplicationError

from tests.activities.verbs.deeds import Deeds, engine_of, migrated, opened, rows


@pytest.fixture(scope="module")
def url(empty_database: str) -> str:
    return migrated(empty_database)


@pytest_asyncio.fixture
async def app(url: str) -> AsyncIterator[AsyncEngine]:
    async with engine_of(url) as engine:
        yield engine


async def test_a_row_names_a_party_of_the_case(app: AsyncEngine) -> None:
    await opened(app, "i-1")
    deeds = Deeds(app, "i-1")
    first = await deeds.do("introduce", "kenalkan@r1", 1, ("ketua_rw",), name="Ketua RW Contoh", email="rw@contoh.example", phone="0812")
    assert first == await deeds.do("introduce", "kenalkan@r1", 1, ("ketua_rw",), name="Ketua RW Contoh", email="rw@contoh.example", phone="0812")
    assert first.gives["ketua_rw"].startswith("luar:")
    assert await rows(app, "SELECT id, name, email, phone, made_by FROM party") == [
        (first.gives["ketua_rw"], "Ketua RW Contoh", "rw@contoh.example", "0812", "perkara:i-1")
    ]
    with pytest.raises(ApplicationError, match="isi argumen name"):
        await deeds.do("introduce", "kenalkan@r2", 1, ("ketua_rw",))
