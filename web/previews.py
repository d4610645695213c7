"""Drafts and page images for people who are about to decide: made by a worker, waited for a bounded time, remembered by content."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol, TypeVar

from temporalio.client import ActivityFailureError, Client
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError
from ulid import ULID

from engine.errors import Refusal
from workflows.contracts import PAGES, PREVIEW, QUEUE_RENDER, Pages, PagesInput, Preview, PreviewInput
from workflows.failures import refusal

T = TypeVar("T")
PATIENCE = 15.0


class Previews(Protocol):
    """None when no worker answers in time: the page then shows the form's values in words instead of pictures."""

    async def draft(self, asked: PreviewInput) -> Preview | None:
        """Refuses by a named refusal when the letter cannot be drawn as asked (acting official, mandate)."""
        ...

    async def pages(self, sha: str) -> Pages | None: ...


@dataclass
class TemporalPreviews:
    temporal: Client
    known: dict[str, Pages] = field(default_factory=dict)
    """Page images by content: they can never be out of date."""

    async def draft(self, asked: PreviewInput) -> Preview | None:
        return await self._run(PREVIEW, asked, Preview)

    async def pages(self, sha: str) -> Pages | None:
        if sha not in self.known:
            made = await self._run(PAGES, PagesInput(sha), Pages)
            if made is None:
                return None
            if len(self.known) > 2000:
                self.known.clear()
            self.known[sha] = made
        return self.known[sha]

    async def _run(self, name: str, argument: object, gives: type[T]) -> T | None:
        call = self.temporal.execute_activity(
            name, argument, id=f"{name}/{ULID()}", task_queue=QUEUE_RENDER, result_type=gives, start_to_close_timeout=timedelta(seconds=PATIENCE),
            schedule_to_close_timeout=timedelta(seconds=PATIENCE),
        )  # fmt: skip
        try:
            return await asyncio.wait_for(call, PATIENCE + 2)
        except (TimeoutError, RPCError):
            return None
        except Exception as failed:
            known = refusal(failed)
            if type(known) is not Refusal and known is not None:
                raise known from None
            if isinstance(failed, (ApplicationError, ActivityFailureError)) or known is not None:
                return None
            raise
