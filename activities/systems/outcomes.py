"""The outcome ledger: nothing is sent without a row, nothing is sent again before the system was asked what became of it.

A time-out says nothing about what happened. So the row of the key is committed before the first send; whoever comes later (a retry, another
worker, the next attempt here) finds it, asks ``became`` and sends only what the system never performed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from activities.systems.circuit import Circuit
from activities.systems.port import Doubt, Reply, Request, System
from db.connect import transaction
from db.write import system_calls
from engine.errors import RequestConflict
from forms import canonical


@dataclass(frozen=True)
class Patience:
    """How often within one try of the act, and how long between: ``pause`` seconds, doubled each time up to ``longest``."""

    attempts: int = 3
    pause: float = 1.0
    longest: float = 10.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


async def settle(database: AsyncEngine, system: System, circuit: Circuit, request: Request, case_id: str, at: datetime, patience: Patience) -> Reply:
    """The system's answer to the request, given once and kept. Doubt when all attempts left none.

    Refuses RequestConflict when the key was used for another request: that is a fault of the process, never of the line."""
    digest = canonical.sha256({"system": system.name, "operation": request.operation, "body": request.body})
    async with transaction(database) as connection:
        known = await system_calls.begin(connection, request.key, system.name, case_id, digest, at)
    if known.request_hash != digest:
        raise RequestConflict("Kunci tindakan ini sudah dipakai untuk permintaan lain kepada sistem lain. Laporkan kepada operator.")
    if known.state == "answered":
        return _reply(known.answer)
    before, pause, attempt = known.attempts > 0, patience.pause, 1
    while True:
        try:
            return await _try(database, system, circuit, request, before=before)
        except Doubt:
            if attempt >= patience.attempts:
                raise
        await patience.sleep(min(pause, patience.longest))
        before, pause, attempt = True, pause * 2, attempt + 1


async def _try(database: AsyncEngine, system: System, circuit: Circuit, request: Request, *, before: bool) -> Reply:
    """Asks first when something may have been sent before; then sends. Both ends are noted in the ledger and in the circuit."""
    circuit.enter()
    try:
        reply = await system.became(request.key) if before else None
        if reply is None:
            async with transaction(database) as connection:
                await system_calls.trying(connection, request.key)
            reply = await system.send(request)
    except Doubt as doubt:
        circuit.failed()
        async with transaction(database) as connection:
            await system_calls.doubtful(connection, request.key, str(doubt))
        raise
    except BaseException:
        circuit.failed()  # cancelled or broken half-way: a circuit that was trying must not stay so
        raise
    circuit.worked()
    async with transaction(database) as connection:
        kept = await system_calls.answered(connection, request.key, {"state": reply.state, "body": reply.body, "message": reply.message})
    return _reply(kept)


def _reply(kept: dict[str, object]) -> Reply:
    return Reply(**kept)  # type: ignore[arg-type]
