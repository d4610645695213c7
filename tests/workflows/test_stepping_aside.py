"""An official related to the applicant says so and steps aside: his superior gets the task, and he acts on nothing of the case any more."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import text
from ulid import ULID

from embedded.temporal import Temporal
from engine.errors import OwnRequest, ReasonMissing, Refusal, WrongCapacity
from engine.scenario import Do, dated
from engine.trail import actor_to_json
from tests.workflows.running import City, city
from workflows.catalogue import catalogue
from workflows.contracts import Reassignment

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="module")]
OFFICER, ABOVE = "surat-penelitian", "kepala-kesbangpol"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(database: str, temporal_server: Temporal, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    async with city(database, temporal_server.address, tmp_path_factory.mktemp("kota")) as made:
        yield made


async def permit(here: City) -> str:
    """A permit asked for, waiting for the desk's check."""
    story = next(one for one in catalogue()["surat-keterangan-penelitian"].scenarios if one.name == "risiko-ditolak")
    case = await here.open("surat-keterangan-penelitian", OFFICER)
    first = story.acts[0]
    assert isinstance(first, Do)
    await here.do(case, "ajukan", "kirim", values=dated(first.values, await here.clock(), "Asia/Jakarta"))
    await here.wait_open(case, "cek-kelengkapan")
    return case


async def aside(here: City, case: str, seat: str, to: list[str], reason: str = "Pemohon adik kandung saya.") -> None:
    given = Reassignment(str(ULID()), actor_to_json(await here.actor(seat)), "cek-kelengkapan", 1, to, reason, aside=True)
    await here.cases.reassign(case, given)


async def test_his_superior_gets_the_task_and_he_may_not_act_any_more(here: City) -> None:
    case = await permit(here)
    await aside(here, case, OFFICER, [ABOVE])
    task = await here.wait_open(case, "cek-kelengkapan")
    person = (await here.actor(OFFICER)).person
    assert task.positions == [ABOVE]
    assert person in task.barred_persons
    await here.do(case, "cek-kelengkapan", "lengkap")
    async with here.database.connect() as connection:
        row = (
            await connection.execute(
                text("SELECT body::jsonb -> 'data' AS data, person FROM trail WHERE case_id = :c AND kind = 'reassigned'"), {"c": case}
            )
        ).one()
    assert (row.data["aside"], row.data["reason"], row.person) == (True, "Pemohon adik kandung saya.", person)
    # What opens later is closed to him too, whatever seat he might come to hold.
    later = await here.wait_open(case, "telaah-risiko")
    assert person in later.barred_persons


async def test_a_task_that_comes_back_to_him_is_refused(here: City) -> None:
    case = await permit(here)
    await aside(here, case, OFFICER, [OFFICER])  # even handed straight back to his own seat
    await here.wait_open(case, "cek-kelengkapan")
    with pytest.raises(OwnRequest, match="benturan kepentingan"):
        await here.do(case, "cek-kelengkapan", "lengkap", OFFICER)


@pytest.mark.parametrize(("seat", "reason", "refusal"), [("kepala-dinkes", "Kenal.", WrongCapacity), (OFFICER, " ", ReasonMissing)])
async def test_only_who_holds_it_and_with_a_reason(here: City, seat: str, reason: str, refusal: type[Refusal]) -> None:
    case = await permit(here)
    with pytest.raises(refusal):
        await aside(here, case, seat, [ABOVE], reason)
