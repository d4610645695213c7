"""Carries out recounts of running deadlines: a few cases at a time, each through its own workflow, resumable after a kill."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.service import RPCError, RPCStatusCode

from activities.steady import steadily
from db.connect import transaction
from db.office import rescheduling
from db.office.rescheduling import Waiting
from workflows.contracts import Receipt, Rescheduling

BATCH = 20
AT_ONCE = 5
PATIENCE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Rescheduler:
    """``settle``: how long after a change its cases are listed (longer than one ``record`` may take)."""

    database: AsyncEngine
    temporal: Client
    settle: timedelta = timedelta(seconds=15)

    async def run(self, every: float = 3.0) -> None:
        await steadily("hitung ulang tenggat", self.round, every)

    async def round(self) -> int:
        """Lists what is due to be listed, asks the next cases, closes what is done; gives how many were asked."""
        now = datetime.now(UTC)
        async with transaction(self.database) as connection:
            await rescheduling.enlist(connection, now, self.settle)
        async with self.database.connect() as connection:
            waiting = await rescheduling.take(connection, BATCH)
        gate = asyncio.Semaphore(AT_ONCE)
        answered = sum(await asyncio.gather(*(self._one(one, gate) for one in waiting)))
        async with transaction(self.database) as connection:
            await rescheduling.close(connection, datetime.now(UTC))
        return answered

    async def _one(self, one: Waiting, gate: asyncio.Semaphore) -> bool:
        """True when the case is done with."""
        async with gate:
            message, for_good = await self._ask(one)
        now = datetime.now(UTC)
        async with transaction(self.database) as connection:
            if message == "" or not await rescheduling.running(connection, one.case_id):
                await rescheduling.tick(connection, one, now)
                return True
            await rescheduling.fail(connection, one, message, now, for_good=for_good)
            return False

    async def _ask(self, one: Waiting) -> tuple[str, bool]:
        """("", …) when the case answered; else why not, and whether that is the case's own fault."""
        handle = self.temporal.get_workflow_handle(f"case/{one.case_id}")
        asked = Rescheduling(one.request_id, one.cause, one.order)
        try:
            call = handle.execute_update("reschedule", asked, id=one.request_id, result_type=Receipt, rpc_timeout=PATIENCE)
            await asyncio.wait_for(call, PATIENCE.total_seconds() + 5)
        except WorkflowUpdateFailedError as failed:
            return str(failed.cause or failed) or "gagal", True
        except RPCError as error:
            return f"{error.status.name}: {error.message}", error.status == RPCStatusCode.NOT_FOUND
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
            return "belum menjawab", False
        return "", True
