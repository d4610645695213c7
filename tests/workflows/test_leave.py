"""Leave on real parts: what the books hold after each way a request can go, and the appointment a head's leave opens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from embedded.temporal import Temporal
from tests.workflows.running import City, city
from tests.workflows.telling import Telling
from workflows.catalogue import catalogue

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="module")]
STORIES = {story.name: story for story in catalogue()["cuti-asn"].scenarios}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(database: str, temporal_server: Temporal, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    async with city(database, temporal_server.address, tmp_path_factory.mktemp("kota")) as made:
        yield made


async def told(here: City, name: str) -> str:
    telling = Telling(here, "cuti-asn", STORIES[name])
    await telling.tell()
    return telling.case


async def one(here: City, statement: str, **values: Any) -> Any:
    async with here.database.connect() as connection:
        return (await connection.execute(text(statement), values)).one()


SPENT = """
    SELECT coalesce(sum(e.amount), 0) AS moved, (SELECT count(*) FROM ledger_hold h WHERE h.case_id = :c AND h.state = 'held') AS held
    FROM ledger_entry e WHERE e.case_id = :c
"""
TAKEN = "SELECT count(*) FILTER (WHERE state <> 'freed') AS standing FROM booking WHERE case_id = :c"


async def test_a_refused_leave_holds_and_takes_nothing(here: City) -> None:
    case = await told(here, "ditolak-kepala-opd")
    row = await one(here, SPENT, c=case)
    assert (row.moved, row.held) == (0, 0)
    assert (await one(here, TAKEN, c=case)).standing == 0


async def test_a_returned_leave_holds_only_what_was_asked_last(here: City) -> None:
    case = await told(here, "dikembalikan-dan-diminta-lagi")
    row = await one(here, SPENT, c=case)
    assert (row.moved, row.held) == (-3, 0)
    assert (await one(here, TAKEN, c=case)).standing == 1


async def test_days_not_taken_come_back(here: City) -> None:
    case = await told(here, "dipersingkat")
    back = (await one(here, "SELECT sum(amount) AS days FROM ledger_entry WHERE case_id = :c AND kind = 'given-back'", c=case)).days
    assert 0 < back < 5
    assert (await one(here, SPENT, c=case)).moved == -5 + back
    assert (await one(here, TAKEN, c=case)).standing == 1


async def test_a_head_s_leave_opens_the_appointment_with_what_is_known(here: City) -> None:
    case = await told(here, "kepala-dinas-cuti-besar-luar-negeri")
    child = await one(here, 'SELECT id, process, form, unit FROM "case" WHERE parent_case = :c', c=case)
    assert (child.process, child.unit) == ("penunjukan-plh-plt", "dinkes")
    assert (child.form["jenis"], child.form["jabatan"], child.form["sebab"]) == ("plh", "kepala-dinkes", "cuti")
    assert child.form["periode"] == (await one(here, 'SELECT form FROM "case" WHERE id = :c', c=case)).form["periode"]
    task = await here.wait_open(child.id, "usulkan")
    assert "kepala-dinkes" in task.positions
