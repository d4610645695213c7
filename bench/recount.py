"""A decree adds a day off while thousands of deadlines run: how long until each was counted anew, and what an official feels meanwhile.

``python -m bench.recount [CASES]``; default 10,000.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bench.load import with_chain
from bench.table import Line, milliseconds, show
from db.connect import transaction
from db.migrate import upgrade
from db.office.holidays import Change, Day, change
from db.read.calendar import calendar
from embedded import postgres, temporal
from engine.errors import InProgress
from tests.databases import PASSWORD
from tests.workflows.running import City, city

DRAFTER, AT_ONCE, ALONE = "konseptor-diskominfo", 6, 25
CODE = "rantai-setuju"


@asynccontextmanager
async def _running() -> AsyncIterator[City]:
    state = Path(tempfile.mkdtemp(prefix="alur-hitung-"))
    database, server = await asyncio.to_thread(postgres.start, state / "postgres"), await asyncio.to_thread(temporal.start, state / "temporal")
    try:
        await asyncio.to_thread(upgrade, database.url("postgres"), PASSWORD)
        async with city(database.url("postgres"), server.address, state / "alur", folder=with_chain(state / "kota")) as made:
            yield made
    finally:
        server.stop()
        database.stop()
        shutil.rmtree(state, ignore_errors=True)


async def _open(here: City, many: int) -> None:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with gate:
            with suppress(InProgress):  # the case opens all the same; nobody waits for its page here
                await here.open(CODE, DRAFTER)

    await asyncio.gather(*(one() for _ in range(many)))


async def _decide(here: City, case: str, step: int) -> float:
    """Seconds of one decision on the chain, from the request to its receipt."""
    name = f"setuju-{step}"
    task = await here.wait_open(case, name)
    begun = time.perf_counter()
    await here.do(case, name, "setuju", task.positions[0])
    return time.perf_counter() - begun


async def _day_off(here: City) -> str:
    async with here.database.connect() as connection:
        days = await calendar(connection)
    day = days.add(days.local(datetime.now(UTC)).date(), 1)
    who = await here.actor("operator-alur")
    async with transaction(here.database) as connection:
        return await change(
            connection,
            who,
            (Change(None, Day(day, "Hari libur daerah", "lokal", "Keputusan 1/2026")),),
            "Ditetapkan",
            datetime.now(UTC),
            "Keputusan 1/2026",
        )


_STATE = text(
    "SELECT done_at IS NOT NULL AS done, (SELECT sum(moved) FROM rescheduling_case w WHERE w.rescheduling = r.id) AS moved FROM rescheduling r WHERE id = :id"
)


async def _measure(many: int) -> list[Line]:
    async with _running() as here:
        chain = [await here.open(CODE, DRAFTER) for _ in range(2)]
        for case in chain:
            await here.do(case, "ajukan", "ajukan", DRAFTER, {"hal": "Selama hitung ulang"})
        await _open(here, many)
        alone = [await _decide(here, chain[0], step) for step in range(ALONE)]
        order, begun, during = await _day_off(here), time.perf_counter(), list[float]()
        work = asyncio.create_task(replace(here.parts.rescheduler, settle=timedelta(0)).run(0.2))
        step = 0
        while True:
            async with here.database.connect() as connection:
                told = (await connection.execute(_STATE, {"id": order})).one()
            if told.done:
                break
            if step < ALONE:
                during.append(await _decide(here, chain[1], step))
                step += 1
            await asyncio.sleep(1)
        took = time.perf_counter() - begun
        work.cancel()
    felt = statistics.median(during) / statistics.median(alone) if during else None
    return [
        Line("day off decreed: all running deadlines counted anew", None, None, f"{many:,} cases, {told.moved:,} deadlines moved in {took:.0f} s, {took / many * 1000:.1f} ms each", "one worker"),
        Line("decision while it runs against alone", felt, None, f"{milliseconds(statistics.median(during or [0]))} against {milliseconds(statistics.median(alone))}", "wall, p50"),
    ]  # fmt: skip


def measure(many: int = 10_000) -> list[Line]:
    return asyncio.run(_measure(many))


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    print(show(measure(*(int(word) for word in sys.argv[1:2]))))
