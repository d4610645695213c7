"""Work in the background of a worker that outlives every failure of what it calls."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger("alur.steady")


async def steadily(name: str, once: Callable[[], Awaitable[object]], every: float) -> None:
    """Calls ``once`` until cancelled: at once again while it returns something true, else after ``every`` seconds.

    A failure is logged with its ``name`` and tried again: one lost connection must not end the worker and the cases it carries.
    """
    while True:
        try:
            more = await once()
        except Exception:
            log.exception("%s gagal; dicoba lagi", name)
            more = None
        await asyncio.sleep(0 if more else every)
