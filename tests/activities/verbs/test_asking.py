"""The act ``ask_system``: asked before it is sent again, paid once whatever happens, and on doubt what the process says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.exceptions import ApplicationError

from activities.systems.http import HttpSystem
from activities.systems.known import Systems
from activities.systems.outcomes import Patience
from activities.systems.port import System
from activities.systems.serving import serve
from activities.systems.twin import Fault, InProcess, Twin
from activities.verbs.asking import Asking
from activities.verbs.verb import Apart
from engine.events import Json
from tests.activities.verbs.deeds import Deeds, opened, rows

WAIT = 0.3
DOWN: list[Fault] = ["down"] * 9
PAY: dict[str, Json] = {"system": "bank", "operation": "bayar", "rekening": "0001", "nilai": 250_000}


@pytest.fixture
def twin() -> Twin:
    return Twin("bank", {"bayar": {"nomor_bukti": "B-1"}})


@pytest_asyncio.fixture(params=["in-process", "http"])
async def system(request: pytest.FixtureRequest, twin: Twin) -> AsyncIterator[System]:
    if request.param == "in-process":
        yield InProcess(twin, WAIT)
        return
    async with serve(twin, WAIT) as server:
        yield HttpSystem("bank", server.base, SecretStr("rahasia-bank"), WAIT)


async def asking(app: AsyncEngine, case: str, system: System, attempts: int = 3) -> Deeds:
    await opened(app, case)
    systems = Systems({"bank": system}, twins=False, patience=Patience(attempts, 0.01, 0.05))
    return Deeds(app, case, {"ask_system": Apart(Asking(systems))})


async def ledger(app: AsyncEngine, case: str) -> list[tuple[object, ...]]:
    return await rows(app, "SELECT state, attempts, answer -> 'body' ->> 'nomor_bukti' FROM system_call WHERE case_id = :c", c=case)


async def test_an_answer_fills_the_facts_and_is_kept(app: AsyncEngine, system: System, twin: Twin) -> None:
    deeds = await asking(app, f"s-jawab-{system.is_twin}", system)
    result = await deeds.do("ask_system", gives=("nomor_bukti", "lunas"), outcome="lunas", **PAY)
    assert result.gives == {"nomor_bukti": "B-1", "lunas": True}
    assert result.detail.get("kembaran", False) is system.is_twin
    assert await deeds.do("ask_system", gives=("nomor_bukti", "lunas"), outcome="lunas", **PAY) == result
    assert (await ledger(app, deeds.case), len(twin.heard)) == ([("answered", 1, "B-1")], 1)


@pytest.mark.parametrize("fault", ["late", "lost", "garbage", "noise", "other-key"])
async def test_what_was_performed_is_found_and_not_sent_again(app: AsyncEngine, system: System, twin: Twin, fault: Fault) -> None:
    """After a time-out the system is asked what became of the key: one payment, one send."""
    twin.will(fault)
    deeds = await asking(app, f"s-{fault}-{system.is_twin}", system)
    result = await deeds.do("ask_system", gives=("nomor_bukti",), **PAY)
    assert result.gives == {"nomor_bukti": "B-1"}
    assert (len(twin.heard), list(twin.times.values())) == (1, [1])
    assert await ledger(app, deeds.case) == [("answered", 1, "B-1")]


@pytest.mark.parametrize("fault", ["down", "error"])
async def test_what_was_never_performed_is_sent_again(app: AsyncEngine, system: System, twin: Twin, fault: Fault) -> None:
    twin.will(fault, fault)
    deeds = await asking(app, f"s-{fault}-{system.is_twin}", system)
    assert (await deeds.do("ask_system", gives=("nomor_bukti",), **PAY)).gives == {"nomor_bukti": "B-1"}
    assert list(twin.times.values()) == [1]
    assert (await ledger(app, deeds.case))[0][0] == "answered"


async def test_nothing_is_sent_while_nobody_can_say_what_became_of_it(app: AsyncEngine, system: System, twin: Twin) -> None:
    """The question itself fails: then it is not sent again either, for it may have been done."""
    twin.will("late", asking=("down", "late"))
    deeds = await asking(app, f"s-diam-{system.is_twin}", system)
    with pytest.raises(ApplicationError) as met:
        await deeds.do("ask_system", gives=("nomor_bukti",), **PAY)
    assert (met.value.type, met.value.non_retryable, len(twin.heard)) == ("ragu", False, 1)
    assert await ledger(app, deeds.case) == [("unknown", 1, None)]
    assert (await deeds.do("ask_system", gives=("nomor_bukti",), **PAY)).gives == {"nomor_bukti": "B-1"}
    assert (len(twin.heard), list(twin.times.values())) == (1, [1])


async def test_a_worker_that_dies_before_the_answer_leaves_a_row_behind(app: AsyncEngine, system: System, twin: Twin) -> None:
    """Killed between the bank and the ledger: the next worker asks first."""
    twin.will("late")
    deeds = await asking(app, f"s-mati-{system.is_twin}", system)
    running = asyncio.create_task(deeds.do("ask_system", gives=("nomor_bukti",), **PAY))
    for _ in range(200):
        if twin.heard:
            break
        await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert (await deeds.do("ask_system", gives=("nomor_bukti",), **PAY)).gives == {"nomor_bukti": "B-1"}
    assert (len(twin.heard), list(twin.times.values())) == (1, [1])


async def test_two_workers_at_once_pay_once(app: AsyncEngine, system: System, twin: Twin) -> None:
    deeds = await asking(app, f"s-dua-{system.is_twin}", system)
    both = await asyncio.gather(*(deeds.do("ask_system", gives=("nomor_bukti",), **PAY) for _ in range(4)))
    assert [one.gives for one in both] == [{"nomor_bukti": "B-1"}] * 4
    assert list(twin.times.values()) == [1]


@pytest.mark.parametrize(("doubt", "final"), [("retry", False), ("empty", True), ("block", True)])
async def test_on_doubt_the_process_says_what_follows(app: AsyncEngine, system: System, twin: Twin, doubt: str, final: bool) -> None:
    twin.will(*DOWN)
    deeds = await asking(app, f"s-ragu-{doubt}-{system.is_twin}", system)
    with pytest.raises(ApplicationError, match="Sistem bank") as met:
        await deeds.do("ask_system", gives=("lunas",), doubt=doubt, **PAY)
    assert (met.value.type, met.value.non_retryable) == ("ragu", final)
    assert "rahasia-bank" not in met.value.message


async def test_a_system_that_keeps_failing_is_left_alone(app: AsyncEngine, system: System, twin: Twin) -> None:
    twin.will(*DOWN)
    deeds = await asking(app, f"s-istirahat-{system.is_twin}", system, attempts=8)
    with pytest.raises(ApplicationError, match="ditahan sebentar"):
        await deeds.do("ask_system", **PAY)
    assert len(twin.script) == 9 - 5 or not system.is_twin


async def test_a_refusal_is_a_no_where_a_fact_takes_it_and_a_task_where_none_does(app: AsyncEngine, system: System, twin: Twin) -> None:
    twin.will("refuse", "refuse")
    deeds = await asking(app, f"s-tolak-{system.is_twin}", system)
    taken = await deeds.do("ask_system", "satu", gives=("lunas",), outcome="lunas", **PAY)
    assert (taken.gives, taken.detail["pesan"]) == ({"lunas": False}, "Ditolak.")
    with pytest.raises(ApplicationError, match="menolak") as met:
        await deeds.do("ask_system", "dua", **PAY)
    assert (met.value.type, met.value.non_retryable) == ("sistem-lain-menolak", True)


async def test_one_key_is_one_request(app: AsyncEngine, twin: Twin) -> None:
    twin.will("down", "down")
    deeds = await asking(app, "s-kunci", InProcess(twin, WAIT), attempts=1)
    with pytest.raises(ApplicationError):
        await deeds.do("ask_system", **PAY)
    with pytest.raises(ApplicationError, match="permintaan lain") as met:
        await deeds.do("ask_system", **{**PAY, "nilai": 1})
    assert met.value.type == "permintaan-bentrok"


async def test_a_system_not_connected_is_refused_where_twins_are_not_wanted(app: AsyncEngine, twin: Twin) -> None:
    deeds = await asking(app, "s-tiada", InProcess(twin, WAIT))
    with pytest.raises(ApplicationError, match="belum disambungkan"):
        await deeds.do("ask_system", system="taspen", operation="kirim")
    with pytest.raises(ApplicationError, match="isi argumen operation"):
        await deeds.do("ask_system", "lain", system="bank")
    assert await rows(app, "SELECT count(*) FROM system_call WHERE case_id = 's-tiada'") == [(0,)]
