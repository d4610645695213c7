"""The same five decisions in bare Temporal: an update with one activity that writes one row. ``python -m bench.peers.bare ADDRESS DSN`` is the worker."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta

import psycopg
from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import Worker

from bench.peers.shape import STEPS

QUEUE = "bench-peers"
TABLE = "CREATE TABLE IF NOT EXISTS bare_decision (id bigserial PRIMARY KEY, case_id text NOT NULL, step text NOT NULL, at timestamptz NOT NULL DEFAULT now())"


class Writing:
    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self.connection: psycopg.AsyncConnection[tuple[object, ...]] | None = None

    @activity.defn(name="write")
    async def write(self, step: str) -> str:
        """One row, one commit."""
        if self.connection is None:
            self.connection = await psycopg.AsyncConnection.connect(self.dsn)
        await self.connection.execute("INSERT INTO bare_decision (case_id, step) VALUES (%s, %s)", (activity.info().workflow_id, step))
        await self.connection.commit()
        return step


@workflow.defn
class Leave:
    """Open until the last step is decided."""

    def __init__(self) -> None:
        self.done = 0

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: self.done == len(STEPS))

    @workflow.update
    async def decide(self, step: str) -> str:
        """Answers after the row is written."""
        found: str = await workflow.execute_activity("write", step, start_to_close_timeout=timedelta(seconds=10))
        self.done += 1
        return found


async def work(address: str, dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(TABLE)
    writing = Writing(dsn)
    async with Worker(await Client.connect(address), task_queue=QUEUE, workflows=[Leave], activities=[writing.write]):
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:3]))
