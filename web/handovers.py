"""The sealed list of a handover: asked of a render worker, waited for a bounded time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from temporalio.client import Client
from temporalio.common import ActivityIDConflictPolicy
from temporalio.service import RPCError

from engine.errors import InProgress, Refusal, Unavailable
from workflows.contracts import QUEUE_RENDER
from workflows.failures import refusal
from workflows.handover import HANDOVER, HandoverInput, HandoverPaper

PATIENCE = 30.0


class Handovers(Protocol):
    async def seal(self, asked: HandoverInput) -> HandoverPaper:
        """The paper of ``asked.key``, made when it is not there. Refuses Unavailable when nobody answers, InProgress when the answer is late."""
        ...


@dataclass(frozen=True)
class TemporalHandovers:
    temporal: Client

    async def seal(self, asked: HandoverInput) -> HandoverPaper:
        call = self.temporal.execute_activity(
            HANDOVER, asked, id=f"{HANDOVER}/{asked.key}", task_queue=QUEUE_RENDER, result_type=HandoverPaper,
            start_to_close_timeout=timedelta(seconds=90), schedule_to_close_timeout=timedelta(minutes=5),
            id_conflict_policy=ActivityIDConflictPolicy.USE_EXISTING,
        )  # fmt: skip
        try:
            return await asyncio.wait_for(call, PATIENCE)
        except TimeoutError:
            raise InProgress from None
        except RPCError as lost:
            raise Unavailable from lost
        except Exception as failed:
            known = refusal(failed)
            if known is not None and type(known) is not Refusal:
                raise known from None
            raise
