"""The floor of a decision: a workflow that holds an update with one trivial activity, served by a worker process of its own.

``python -m bench.floor ADDRESS NAMESPACE`` is that worker; it says ``ready`` and works until its input closes.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import Worker

QUEUE = "bench-floor"


@activity.defn
async def nothing(number: int) -> int:
    """The trivial activity."""
    return number


@workflow.defn
class Bare:
    """Open until told to end; each update runs one activity and answers."""

    def __init__(self) -> None:
        self.over = False

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: self.over)

    @workflow.update
    async def decide(self, number: int) -> int:
        """Gives the number back."""
        return await workflow.execute_activity(nothing, number, start_to_close_timeout=timedelta(seconds=10))

    @workflow.signal
    def end(self) -> None:
        """Ends the workflow."""
        self.over = True


async def work(address: str, namespace: str) -> None:
    client = await Client.connect(address, namespace=namespace)
    async with Worker(client, task_queue=QUEUE, workflows=[Bare], activities=[nothing]):
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:3]))
