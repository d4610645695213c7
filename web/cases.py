"""The running cases behind bounded waits: a page never hangs and never says yes before the act stands in the trail."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes, WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from engine.errors import CaseClosed, InProgress, Unavailable
from engine.events import Json
from workflows.by_calendar import SCHEDULE
from workflows.catalogue import Catalogue
from workflows.contracts import QUEUE_CASE, CaseInput, Decision, Reassignment, Receipt, Reminder, Withdrawal
from workflows.failures import refusal

ANSWER = 10.0
"""Seconds a person waits for a decision before the page says that it is being processed."""
T = TypeVar("T")
GIVE_UP = 12.0
"""The rpc time-out alone does not hold while the server is away (measured 9.6 s for 3 s): bounded once more."""
PROCESS_KEY, UNIT_ID, DEF_SHA = (SearchAttributeKey.for_keyword(name) for name in ("ProcessKey", "UnitId", "DefSha"))


@dataclass(frozen=True)
class TemporalCases:
    """web.ports.Cases on a Temporal client."""

    temporal: Client
    processes: Catalogue

    async def open_case(self, case_id: str, process: str, sha: str, opened: Json) -> Receipt:
        listed = self.processes[process]
        handle = await self._started(case_id, CaseInput(case_id, listed.text, sha, opened), str(opened["data"].get("unit", "")), process)
        return await self._update(handle, "settled", None, f"{case_id}-opened")

    async def decide(self, case_id: str, decision: Decision) -> Receipt:
        return await self._update(self._handle(case_id), "decide", decision, decision.request_id)

    async def withdraw(self, case_id: str, withdrawal: Withdrawal) -> Receipt:
        return await self._update(self._handle(case_id), "withdraw", withdrawal, withdrawal.request_id)

    async def reassign(self, case_id: str, reassignment: Reassignment) -> Receipt:
        return await self._update(self._handle(case_id), "reassign", reassignment, reassignment.request_id)

    async def remind(self, case_id: str, reminder: Reminder) -> Receipt:
        return await self._update(self._handle(case_id), "remind", reminder, reminder.request_id)

    async def ring(self) -> None:
        with contextlib.suppress(Unavailable, InProgress, CaseClosed):
            await _bounded(self.temporal.get_schedule_handle(SCHEDULE).trigger(rpc_timeout=timedelta(seconds=ANSWER)))

    def _handle(self, case_id: str) -> WorkflowHandle[object, object]:
        return self.temporal.get_workflow_handle(f"case/{case_id}")

    async def _started(self, case_id: str, given: CaseInput, unit: str, process: str) -> WorkflowHandle[object, object]:
        attributes = TypedSearchAttributes([
            SearchAttributePair(PROCESS_KEY, process), SearchAttributePair(UNIT_ID, unit), SearchAttributePair(DEF_SHA, given.sha[:16]),
        ])  # fmt: skip
        try:
            return await _bounded(self.temporal.start_workflow(
                process, given, id=f"case/{case_id}", task_queue=QUEUE_CASE, id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING, search_attributes=attributes, rpc_timeout=timedelta(seconds=ANSWER),
            ))  # fmt: skip
        except WorkflowAlreadyStartedError:
            # Ended already: the same request sent long after. The case is what the caller asked for.
            return self._handle(case_id)

    async def _update(self, handle: WorkflowHandle[object, object], name: str, argument: object, request_id: str) -> Receipt:
        call = handle.execute_update(
            name, *([] if argument is None else [argument]), id=request_id, result_type=Receipt, rpc_timeout=timedelta(seconds=ANSWER)
        )
        try:
            answer: Receipt = await _bounded(call)
        except WorkflowUpdateFailedError as failed:
            raise refusal(failed) or Unavailable() from None
        except WorkflowUpdateRPCTimeoutOrCancelledError:
            raise InProgress from None
        return answer


async def _bounded(call: Awaitable[T]) -> T:
    """Refuses by Unavailable when nobody answers, by CaseClosed when the case is over, by InProgress when the answer is late."""
    try:
        return await asyncio.wait_for(call, GIVE_UP)
    except TimeoutError:
        raise InProgress from None
    except RPCError as error:
        if error.status == RPCStatusCode.NOT_FOUND:
            raise CaseClosed from None
        if error.status in (RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED):
            raise InProgress from None
        raise Unavailable from None
