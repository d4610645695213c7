"""What every other system promises, asked of the twin in process and of the same twin over a real socket."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from pydantic import SecretStr

from activities.systems.circuit import Circuit
from activities.systems.http import HttpSystem
from activities.systems.port import Doubt, Request, System
from activities.systems.serving import serve
from activities.systems.twin import Fault, InProcess, Twin

WAIT = 0.4
PAY = Request("k1/bayar/1", "bayar", {"rekening": "0001", "nilai": 250_000})


@pytest.fixture
def twin() -> Twin:
    return Twin("bank", {"bayar": {"lunas": True}})


@pytest_asyncio.fixture(params=["in-process", "http"])
async def system(request: pytest.FixtureRequest, twin: Twin) -> AsyncIterator[System]:
    if request.param == "in-process":
        yield InProcess(twin, WAIT)
        return
    async with serve(twin, WAIT) as server:
        yield HttpSystem("bank", server.base, SecretStr("rahasia-bank"), WAIT)


async def test_a_request_is_answered_and_remembered(system: System, twin: Twin) -> None:
    assert await system.became(PAY.key) is None
    reply = await system.send(PAY)
    assert (reply.state, reply.body["lunas"]) == ("done", True)
    assert await system.became(PAY.key) == reply
    assert await system.send(PAY) == reply
    assert twin.times == {PAY.key: 1}


async def test_a_refusal_is_an_answer(system: System, twin: Twin) -> None:
    twin.will("refuse")
    reply = await system.send(PAY)
    assert (reply.state, reply.message) == ("refused", "Ditolak.")
    assert await system.became(PAY.key) == reply


async def test_slow_and_double_answers_are_answers(system: System, twin: Twin) -> None:
    twin.will("slow", "twice")
    assert (await system.send(PAY)).state == "done"
    assert (await system.send(Request("k2/bayar/1", "bayar"))).state == "done"
    assert twin.times == {PAY.key: 1, "k2/bayar/1": 1}


@pytest.mark.parametrize(
    ("fault", "why", "performed"),
    [
        ("late", {"waktu-habis"}, True), ("lost", {"jawaban-tidak-terbaca", "tidak-tersambung"}, True),
        ("garbage", {"jawaban-tidak-terbaca"}, True), ("noise", {"jawaban-tidak-terbaca"}, True), ("other-key", {"jawaban-tidak-terbaca"}, True),
        ("down", {"tidak-tersambung", "jawaban-tidak-terbaca"}, False), ("error", {"galat"}, False),
    ],
)  # fmt: skip
async def test_every_fault_is_a_doubt_and_the_key_tells_what_happened(
    system: System, twin: Twin, fault: Fault, why: set[str], performed: bool
) -> None:
    twin.will(fault)
    with pytest.raises(Doubt) as met:
        await system.send(PAY)
    assert met.value.why in why
    assert "bank" in str(met.value)
    found = await system.became(PAY.key)
    assert (found is not None) is performed
    assert (await system.send(PAY)).state == "done"
    assert twin.times == {PAY.key: 1}


async def test_a_question_without_an_answer_is_a_doubt_not_a_no(system: System, twin: Twin) -> None:
    twin.will(asking=("late", "garbage"))
    for _ in range(2):
        with pytest.raises(Doubt):
            await system.became(PAY.key)


async def test_nobody_there_is_a_doubt() -> None:
    with pytest.raises(Doubt) as met:
        await HttpSystem("bank", "http://127.0.0.1:9", timeout=WAIT).send(PAY)
    assert met.value.why == "tidak-tersambung"


async def test_no_secret_and_no_key_stands_in_an_address_or_a_log(twin: Twin, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with serve(twin, WAIT) as server:
        system = HttpSystem("bank", server.base, SecretStr("rahasia-bank"), WAIT)
        await system.send(PAY)
        twin.will("error")
        with pytest.raises(Doubt) as met:
            await system.send(PAY)
    requests = [record.getMessage() for record in caplog.records if record.name.startswith("httpx") and record.levelno >= logging.INFO]
    assert not [line for line in requests if "rahasia-bank" in line or PAY.key in line]
    assert "rahasia-bank" not in repr(system) + str(met.value) + "".join(requests)


def test_a_circuit_rests_and_lets_one_try_through() -> None:
    now = 0.0
    circuit = Circuit("bank", threshold=2, rest=30, clock=lambda: now)
    circuit.enter()
    circuit.failed()
    circuit.enter()
    circuit.failed()
    with pytest.raises(Doubt, match="ditahan sebentar"):
        circuit.enter()
    now = 31
    circuit.enter()
    with pytest.raises(Doubt):
        circuit.enter()
    circuit.failed()
    with pytest.raises(Doubt):
        circuit.enter()
    now = 62
    circuit.enter()
    circuit.worked()
    circuit.enter()
    circuit.failed()
    circuit.enter()
