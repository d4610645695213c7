"""A process as a standard operating procedure on paper: drawn by a render worker, waited for a bounded time, remembered by what it says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Protocol

from temporalio.client import Client

from web.drawn_papers import drawn
from workflows.sop import SOP, SopInput, SopPaper

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
            made = await drawn(self.temporal, SOP, asked, key, SopPaper)
            if len(self.known) >= MOST:
                self.known.clear()
            self.known[key] = made
        return self.known[key]


def key_of(asked: SopInput) -> str:
    """Digest of everything that is asked."""
    return hashlib.sha256(repr(asked).encode()).hexdigest()
