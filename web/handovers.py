"""The sealed list of a handover: asked of a render worker, waited for a bounded time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from temporalio.client import Client

from web.drawn_papers import drawn
from workflows.handover import HANDOVER, HandoverInput, HandoverPaper


class Handovers(Protocol):
    async def seal(self, asked: HandoverInput) -> HandoverPaper:
        """The paper of ``asked.key``, made when it is not there. Refuses Unavailable when nobody answers, InProgress when the answer is late."""
        ...


@dataclass(frozen=True)
class TemporalHandovers:
    temporal: Client

    async def seal(self, asked: HandoverInput) -> HandoverPaper:
        return await drawn(self.temporal, HANDOVER, asked, asked.key, HandoverPaper)
