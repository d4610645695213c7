"""What a machine act is to the worker: work inside one transaction, given the case's own clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from workflows.contracts import ActInput, ActResult

Verb = Callable[[AsyncConnection, ActInput, datetime], Awaitable[ActResult]]
"""Runs in the transaction that also keeps its effect row, so it happens once; a ``Refusal`` it raises becomes the operator's task."""


@dataclass(frozen=True)
class Apart:
    """A verb that waits for somebody else: the worker runs it between two transactions, so that none stays open meanwhile.

    ``act`` keeps its own account of what it did under the key; it may run again after a kill."""

    act: Callable[[AsyncEngine, ActInput, datetime], Awaitable[ActResult]]

    async def __call__(self, connection: AsyncConnection, given: ActInput, now: datetime) -> ActResult:
        return await self.act(connection.engine, given, now)
