"""``answer``: this case brings what another one waits for, under the key of the act; what does not wait is left as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.verbs.args import word, words
from db.read.books import registry
from engine.errors import BookUnreadable
from engine.events import Json
from workflows.contracts import ActInput, ActResult, Answer, Receipt

PATIENCE = timedelta(seconds=20)


@dataclass(frozen=True)
class Answering:
    temporal: Client | None = None

    async def __call__(self, database: AsyncEngine, given: ActInput, now: datetime) -> ActResult:
        """Arguments: ``registry`` (its kind) and ``key``: the case that put the newest line under that key; ``steps``: names of its waits, by commas;
        ``outcome``: of the wait, which goes on or ends the case; ``reason``: what its trail says of it.

        Facts, in order: whether a wait took it. A line that no case put, a case that is over or waits for something else: not, and no doubt. A kind
        of registry the city has not declared is doubt."""
        steps, outcome, reason = words(given.data["args"].get("steps")), word(given, "outcome"), word(given, "reason")
        try:
            case = await _case_of(database, word(given, "registry"), word(given, "key"), now, given.case_id)
        except BookUnreadable as missing:
            final = given.data.get("doubt", "retry") != "retry"
            raise ApplicationError(missing.message, type=missing.code, non_retryable=final) from None
        taken = bool(case) and await self._ask(case, Answer(given.key, list(steps), outcome, reason))
        told: dict[str, Json] = {"perkara": case, "dijawab": taken}
        return ActResult(gives=dict(zip(given.data["gives"], [taken], strict=False)), detail=told)

    async def _ask(self, case: str, asked: Answer) -> bool:
        if self.temporal is None:
            raise ApplicationError("pekerja ini tidak mencapai perkara lain", type="salah-antrean")
        handle = self.temporal.get_workflow_handle(f"case/{case}")
        try:
            receipt: Receipt = await handle.execute_update("answer", asked, id=asked.request_id, result_type=Receipt, rpc_timeout=PATIENCE)
        except WorkflowUpdateFailedError as failed:
            raise ApplicationError(f"Perkara {case} tidak menerima jawaban: {failed.cause or failed}", type="jawaban-ditolak") from None
        except RPCError as error:
            if error.status == RPCStatusCode.NOT_FOUND:
                return False  # over, and its history perhaps no longer kept
            raise
        return receipt.seq > 0


async def _case_of(database: AsyncEngine, kind: str, key: str, now: datetime, own: str) -> str:
    async with database.connect() as connection:
        lines = await registry.lines(connection, kind, [key], now.date(), "semua", but=own, limit=1)
    return lines[0].case_id if lines else ""
