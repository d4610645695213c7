"""A process as a standard operating procedure on paper: drawn by a render worker, waited for a bounded time, remembered by what it says."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from temporalio.client import Client
from temporalio.common import ActivityIDConflictPolicy
from temporalio.service import RPCError

from engine.errors import InProgress, Refusal, Unavailable
from workflows.contracts import QUEUE_RENDER
from workflows.failures import refusal
from workflows.sop import SOP, SopInput, SopPaper

PATIENCE = 30.0
"""The longest process of the catalogue takes a third of it."""
MOST = 500


class Sops(Protocol):
    async def paper(self, asked: SopInput) -> SopPaper:
        """The stored PDF of this input. Refuses Unavailable when nobody answers, InProgress when the answer is late."""
        ...


@dataclass
class TemporalSops:
    temporal: Client
    known: dict[str, SopPaper] = field(default_factory=dict)
    """Papers by what was asked: the same input is the same paper."""

    async def paper(self, asked: SopInput) -> SopPaper:
        key = key_of(asked)
        if key not in self.known:
            made = await self._ask(key, asked)
            if len(self.known) >= MOST:
                self.known.clear()
            self.known[key] = made
        return self.known[key]

    async def _ask(self, key: str, asked: SopInput) -> SopPaper:
        call = self.temporal.execute_activity(
            SOP, asked, id=f"{SOP}/{key}", task_queue=QUEUE_RENDER, result_type=SopPaper, start_to_close_timeout=timedelta(seconds=90),
            schedule_to_close_timeout=timedelta(minutes=5), id_conflict_policy=ActivityIDConflictPolicy.USE_EXISTING,
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


def key_of(asked: SopInput) -> str:
    """Digest of everything that is asked."""
    return hashlib.sha256(repr(asked).encode()).hexdigest()
