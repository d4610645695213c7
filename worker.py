"""The workers. The only module that knows every activity. ``worker.py`` alone runs everything; a city starts one process per queue.

python worker.py [case|io|render|relay] …
"""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from engine.errors import CityInvalid
from settings import Settings, settings
from workflows.by_calendar import ByCalendar
from workflows.catalogue import Catalogue, catalogue
from workflows.client import PATIENCE, connect
from workflows.contracts import QUEUE_CASE, QUEUE_IO, QUEUE_RENDER
from workflows.types import workflow_types

GRACE = timedelta(seconds=20)
PASSED_THROUGH = ("engine", "forms", "workflows.contracts", "workflows.failures")
ALL = ("case", "io", "render", "relay")
Activities = list[Callable[..., Awaitable[object]]]


async def client(given: Settings) -> Client:
    """The Temporal client these settings name. Raises RuntimeError when the server does not answer."""
    return await connect(
        given.temporal_address, given.temporal_namespace, given.codec_keys, given.temporal_tls_cert, given.temporal_tls_key, PATIENCE
    )


def case_worker(temporal: Client, processes: Catalogue, recording: Activities) -> Worker:
    runner = SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH))
    return Worker(
        temporal, task_queue=QUEUE_CASE, workflows=[*workflow_types(processes.codes), ByCalendar], activities=recording, workflow_runner=runner,
        max_cached_workflows=2000, graceful_shutdown_timeout=GRACE,
    )  # fmt: skip


def activity_worker(temporal: Client, queue: str, activities: Activities) -> Worker:
    return Worker(temporal, task_queue=queue, activities=activities, graceful_shutdown_timeout=GRACE)


async def work(kinds: tuple[str, ...], given: Settings, ready: Callable[[], None] = lambda: None) -> None:
    """Runs until cancelled or told to stop (SIGTERM, SIGINT): tasks under way are finished within the grace."""
    from activities.by_calendar import keep_schedule
    from activities.parts import Parts

    temporal = await client(given)
    processes = catalogue(given.city_dir)
    for fault in processes.faults:
        logging.getLogger("alur").error("proses ditolak: %s", fault)
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as running:
        parts = await stack.enter_async_context(Parts.open(given, temporal, processes))
        stop = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        background = []
        if "case" in kinds:
            await stack.enter_async_context(case_worker(temporal, processes, parts.recording()))
            await keep_schedule(temporal, given.zone)
        if "io" in kinds:
            await stack.enter_async_context(activity_worker(temporal, QUEUE_IO, parts.io()))
        if "render" in kinds:
            await parts.keys.announce(parts.database)
            await stack.enter_async_context(activity_worker(temporal, QUEUE_RENDER, parts.render()))
            await stack.enter_async_context(activity_worker(temporal, parts.keys.queue, parts.signing()))
            background.append(running.create_task(parts.keys.keep_announcing(parts.database)))
        if "relay" in kinds:
            background.append(running.create_task(parts.relay.run()))
            background.append(running.create_task(parts.rescheduler.run()))
        gc.freeze()  # what was loaded stays: the collector need not walk the catalogue again and again
        ready()
        await stop.wait()
        for task in background:
            task.cancel()


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    kinds = tuple(sys.argv[1:]) or ALL
    if unknown := set(kinds) - set(ALL):
        raise SystemExit(f"worker.py: antrean tidak dikenal {', '.join(sorted(unknown))}; pilih dari {', '.join(ALL)}")
    try:
        asyncio.run(work(kinds, settings(), lambda: print("siap", flush=True)))  # noqa: T201  # the starter waits for this line
    except CityInvalid as wrong:
        raise SystemExit(f"worker.py: {wrong}") from None


if __name__ == "__main__":
    main()
