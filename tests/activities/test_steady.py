"""Background work outlives the failures of what it calls."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from psycopg import OperationalError

from activities.keys import KeyRing
from activities.steady import steadily
from db.connect import connect
from embedded.postgres import free_port


async def test_work_goes_on_after_a_failure() -> None:
    answers: Iterator[Exception | int] = iter([OperationalError("putus"), 1, OSError("putus"), 0, 1])
    done = asyncio.Event()

    async def once() -> int:
        answer = next(answers, None)
        if answer is None:
            done.set()
            return 0
        if isinstance(answer, Exception):
            raise answer
        return answer

    running = asyncio.create_task(steadily("percobaan", once, 0.001))
    await asyncio.wait_for(done.wait(), 5)
    assert not running.done()
    running.cancel()


async def test_a_worker_without_its_database_keeps_announcing(caplog: pytest.LogCaptureFixture) -> None:
    """Once the end of this loop ended the worker, and with it every open case, when PostgreSQL was away for half a second."""
    nobody = connect(f"postgresql+psycopg://alur@127.0.0.1:{free_port()}/alur")
    running = asyncio.create_task(KeyRing().keep_announcing(nobody, 0.01))
    for _ in range(200):
        if sum("pengumuman kunci" in record.message for record in caplog.records) >= 2:
            break
        await asyncio.sleep(0.02)
    assert sum("pengumuman kunci" in record.message for record in caplog.records) >= 2
    assert not running.done()
    running.cancel()
    await nobody.dispose()
