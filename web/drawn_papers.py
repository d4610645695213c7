"""A paper that belongs to no case, asked of a render worker and waited for a bounded time; asked for again meanwhile, it is the same paper."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TypeVar

from temporalio.client import Client
from temporalio.common import ActivityIDConflictPolicy
from temporalio.service import RPCError

from engine.errors import InProgress, Refusal, Unavailable
from workflows.contracts import QUEUE_RENDER
from workflows.failures import refusal

T = TypeVar("T")
PATIENCE = 30.0
"""Seconds a page waits; drawing the longest procedure of the catalogue takes a third of it."""


async def drawn(temporal: Client, name: str, asked: object, key: str, gives: type[T]) -> T:
    """Refuses Unavailable when nobody answers, InProgress when the answer is late, and whatever the worker refuses by name."""
    call = temporal.execute_activity(
        name, asked, id=f"{name}/{key}", task_queue=QUEUE_RENDER, result_type=gives, start_to_close_timeout=timedelta(seconds=90),
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
