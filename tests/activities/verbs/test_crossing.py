"""A leave balance is never spent twice: workers killed on either side of the commit, acts sent again, acts and decisions that cross; then the recount."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.exceptions import ApplicationError

from db.read.books import recount
from engine import acts
from engine.errors import Refusal
from engine.events import Event
from tests.activities.verbs.deeds import engine_of
from tests.activities.verbs.leave import DRAFTER, HEAD, LEAVE, MONDAY, Leave, opened
from tests.db.play import actor, city
from workflows.contracts import ActResult

ROOT = Path(__file__).parents[3]

KILLED = """
import asyncio, json, os, signal, sys
from zoneinfo import ZoneInfo
from sqlalchemy import event
from temporalio.testing import ActivityEnvironment
from activities.acts import Acts
from activities.verbs.table import verbs
from db.connect import connect
from workflows.contracts import ActInput
given = json.load(sys.stdin)
engine = connect(given["url"])
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
async def main():
    if given["when"] == "before":
        event.listen(engine.sync_engine, "commit", die)
    await ActivityEnvironment().run(Acts(engine, verbs(ZoneInfo("Asia/Jakarta"))).act, ActInput(**given["act"]))
    die()
asyncio.run(main())
"""
"""A worker that dies by SIGKILL: just before its commit reaches the server, or after it, before it could answer."""


@pytest_asyncio.fixture
async def app(app_url: str) -> AsyncIterator[AsyncEngine]:
    async with engine_of(app_url) as engine:
        yield engine
        async with engine.connect() as connection:
            assert await recount.from_rows(connection) == []
            assert await recount.from_trails(connection) == []


async def leave(app: AsyncEngine, case: str, first: str = "2026-12-01", last: str = "2026-12-02") -> Leave:
    """A request just sent: the machine's acts are still to be done."""
    await city(app, MONDAY, LEAVE)
    played = await opened(Leave(app, LEAVE, case, MONDAY), await actor(app, DRAFTER, MONDAY))
    await played.decide(DRAFTER, "ajukan", "kirim", periode={"from": first, "to": last})
    return played


async def withdraw(played: Leave) -> None:
    who = await actor(played.engine, DRAFTER, MONDAY)
    await played.commit([Event(played.state.seq + 1, played.now, "withdrawn", actor=who, data={"reason": "Tidak jadi"})])


async def held(app: AsyncEngine, case: str) -> list[tuple[int, str]]:
    async with app.connect() as connection:
        rows = await connection.execute(text("SELECT remaining, state FROM ledger_hold WHERE case_id = :case ORDER BY key"), {"case": case})
        return [(int(row.remaining), row.state) for row in rows]


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_killed_worker_leaves_all_or_nothing_and_the_next_try_finishes(app: AsyncEngine, app_url: str, when: str) -> None:
    played = await leave(app, f"bunuh-{when}")
    await played.perform("hitung-hari")
    await played.perform("baca-saldo")
    given = played.given("tahan")
    told = json.dumps({"url": app_url, "when": when, "act": asdict(given)})
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", KILLED]
    killed = await asyncio.to_thread(subprocess.run, command, input=told.encode(), env=environment, cwd=ROOT, check=False)
    assert killed.returncode == -9
    assert await held(app, played.case) == ([] if when == "before" else [(2, "held")])
    await played.perform("tahan")
    assert await held(app, played.case) == [(2, "held")]
    await withdraw(played)
    assert await held(app, played.case) == [(0, "freed")]


async def crossed(played: Leave, instance: str, other: str) -> None:
    """The act runs while a person withdraws or returns the case; whichever is first, the late one's result is told to the case as the shell does."""
    given = played.given(instance)

    async def act() -> ActResult | None:
        try:
            return await played.run(given)
        except (ApplicationError, Refusal):
            return None

    result, _ = await asyncio.gather(act(), withdraw(played) if other == "withdraw" else _given_up(played, instance))
    if result is not None:
        await played.told(given, result)


async def _given_up(played: Leave, instance: str) -> None:
    """The shell gives the act up after its last try, although that one may still get through."""
    step = played.state.steps[instance]
    key = f"{played.case}/{instance}/{step.round}"
    events = acts.failed(played.process, played.state, instance, step.round, key, "gagal", "pekerja tidak menjawab", 8, played.now)
    await played.commit(events)


@pytest.mark.parametrize("instance", ["tahan", "pesan", "bukukan", "tetapkan"])
async def test_an_act_and_a_withdrawal_that_cross_leave_nothing_behind(app: AsyncEngine, instance: str) -> None:
    for number in range(6):
        played = await leave(app, f"silang-{instance}-{number}", "2026-12-07", "2026-12-08")
        while instance not in played.acting():
            if played.acting():
                await played.perform(played.acting()[0])
            else:
                await played.decide(HEAD, "putuskan", "setujui")
        await crossed(played, instance, "withdraw")
        assert played.state.result == "dicabut"
        assert not any(remaining for remaining, _ in await held(app, played.case))
        async with app.connect() as connection:
            rows = await connection.execute(text("SELECT count(*) FROM booking WHERE case_id = :c AND state = 'active'"), {"c": played.case})
            standing = rows.scalar_one()
            spent = await connection.execute(text("SELECT coalesce(sum(amount), 0) FROM ledger_entry WHERE case_id = :c"), {"c": played.case})
            # The posting of an act that the trail took before the withdrawal stays: it was final.
            told = any(event.kind == "act-done" and event.step == "bukukan" for event in played.events)
            assert int(spent.scalar_one()) == (-2 if told else 0)
        assert standing == 0


async def test_a_hold_given_up_on_doubt_is_not_held(app: AsyncEngine) -> None:
    for number in range(4):
        played = await leave(app, f"ragu-{number}", "2026-12-14", "2026-12-14")
        await played.perform("hitung-hari")
        await played.perform("baca-saldo")
        await crossed(played, "tahan", "give up")
        assert played.value("tertahan") is False
        if number % 2:
            await withdraw(played)
    played = await leave(app, "ragu-lambat", "2026-12-14", "2026-12-14")
    await played.perform("hitung-hari")
    await played.perform("baca-saldo")
    late = played.given("tahan")
    await _given_up(played, "tahan")
    with pytest.raises(ApplicationError, match="tidak ada yang dibukukan"):
        await played.run(late)
    assert await held(app, "ragu-lambat") == []


async def test_many_cases_of_one_person_at_once(app: AsyncEngine) -> None:
    """Twenty requests of two days at once for what is left: so many are granted as fit, and the account is what the trails say."""
    asked = [await leave(app, f"banyak-{number}", "2027-01-04", "2027-01-05") for number in range(20)]

    async def check(played: Leave) -> bool:
        for name in ("hitung-hari", "baca-saldo", "tahan"):
            await played.perform(name)
        return played.value("tertahan") is True

    async with app.connect() as connection:
        person = (await actor(app, DRAFTER, MONDAY)).person
        query = text("SELECT balance - held FROM ledger_account WHERE id = 'cuti-tahunan/' || :person || '/2026'")
        free = int((await connection.execute(query, {"person": person})).scalar_one())
    won = await asyncio.gather(*(check(played) for played in asked))
    assert sum(won) == free // 2
    for played in asked:
        await withdraw(played)
