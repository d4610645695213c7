"""The render pool: processes with limits, recycled, killed when late. A dead child costs one retry, never the worker.

They are forked off a server that has read the printing library and nothing else: a child begins in hundredths of a second instead of two. A letter with
a list of hundreds takes seconds to minutes; it has a process of its own, so that no other letter waits for it.
"""

from __future__ import annotations

import asyncio
import resource
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context

from activities.pdf.render import Order, Rendered, render

LONG_ROWS = 300
"""Rows of tables from which a letter is a long one: six seconds of six wide columns."""
MEMORY, LONG_MEMORY = 1536 * 1024 * 1024, 3072 * 1024 * 1024
"""Bytes a process may have. Five thousand rows of six columns on 770 pages take 1.4 GB."""
WALL_SECONDS, LONG_SECONDS = 60.0, 600.0
"""Five thousand such rows take two minutes on a quiet machine."""
LETTERS_PER_PROCESS = 200


class RenderLost(Exception):
    """The child died or was too slow; trying again may help."""


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@dataclass
class _Lane:
    """So many processes; an order's time begins when one of them is free, however many wait before it."""

    processes: int
    memory: int
    seconds: float
    letters: int = LETTERS_PER_PROCESS
    _pool: ProcessPoolExecutor | None = None
    _free: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._free = asyncio.Semaphore(self.processes)

    async def render(self, order: Order) -> Rendered:
        async with self._free:
            pool = self._pool or self._new()
            try:
                return await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(pool, render, order), self.seconds)
            except (BrokenProcessPool, TimeoutError, MemoryError) as lost:
                self._end(pool)
                raise RenderLost(f"proses cetak berhenti ({type(lost).__name__})") from lost

    async def warm(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._pool or self._new(), _import)

    def _new(self) -> ProcessPoolExecutor:
        server = get_context("forkserver")
        server.set_forkserver_preload(["activities.pdf.preload"])
        self._pool = ProcessPoolExecutor(
            self.processes, mp_context=server, initializer=_limit, initargs=(self.memory,), max_tasks_per_child=self.letters
        )
        return self._pool

    def _end(self, pool: ProcessPoolExecutor) -> None:
        """Kills its processes. What else they were drawing is lost and tried again, once: whoever finds the pool gone already has a new one."""
        if self._pool is pool:
            self._pool = None
        for process in list((pool._processes or {}).values()):  # noqa: SLF001  # no public way to end a child that hangs
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)


class RenderPool:
    """``processes``: one per core is enough; the work is pure Python. One more begins when a long letter comes and goes after it."""

    def __init__(self, processes: int = 1) -> None:
        self._short = _Lane(processes, MEMORY, WALL_SECONDS)
        self._long = _Lane(1, LONG_MEMORY, LONG_SECONDS, letters=1)

    async def render(self, order: Order) -> Rendered:
        """Raises RenderRefused (do not retry) or RenderLost (retry)."""
        return await (self._long if order.rows > LONG_ROWS else self._short).render(order)

    async def warm(self) -> None:
        """Imports and fonts before the first letter: a second that nobody should wait for."""
        await self._short.warm()

    def close(self) -> None:
        self._short.close()
        self._long.close()


def _import() -> None:
    import weasyprint  # noqa: F401
