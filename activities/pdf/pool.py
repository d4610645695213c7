"""The render pool: processes with limits, recycled, killed when late. A dead child costs one retry, never the worker.

They are forked off a server that has read the printing library and nothing else: a child begins in hundredths of a second instead of two."""

from __future__ import annotations

import asyncio
import resource
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from activities.pdf.render import Order, Rendered, render

MEMORY = 1536 * 1024 * 1024
WALL_SECONDS = 60
LETTERS_PER_PROCESS = 200


class RenderLost(Exception):
    """The child died or was too slow; trying again may help."""


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class RenderPool:
    """``processes``: one per core is enough; the work is pure Python."""

    def __init__(self, processes: int = 1) -> None:
        self._processes = processes
        self._pool = self._new()

    def _new(self) -> ProcessPoolExecutor:
        server = get_context("forkserver")
        server.set_forkserver_preload(["weasyprint", render.__module__])
        return ProcessPoolExecutor(self._processes, mp_context=server, initializer=_limit, max_tasks_per_child=LETTERS_PER_PROCESS)

    async def render(self, order: Order) -> Rendered:
        """Raises RenderRefused (do not retry) or RenderLost (retry)."""
        loop = asyncio.get_running_loop()
        try:
            return await asyncio.wait_for(loop.run_in_executor(self._pool, render, order), WALL_SECONDS)
        except (BrokenProcessPool, TimeoutError, MemoryError) as lost:
            self._rebuild()
            raise RenderLost(f"proses cetak berhenti ({type(lost).__name__})") from lost

    async def warm(self) -> None:
        """Imports and fonts before the first letter: a second that nobody should wait for."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._pool, _import)

    def _rebuild(self) -> None:
        old, self._pool = self._pool, self._new()
        for process in list((old._processes or {}).values()):  # noqa: SLF001  # no public way to end a child that hangs
            process.kill()
        old.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _import() -> None:
    import weasyprint  # noqa: F401
