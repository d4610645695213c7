"""The pinned text of a process out of ``process_version``, parsed once per worker."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.canonical import pinned
from engine.process import Process

_TEXTS: dict[str, str] = {}
"""Text by hash: content-addressed, so it can never be out of date."""


class ProcessNotKept(Exception):
    """The text of this hash is in no row of ``process_version``: the worker or the page keeps it before a case opens."""


async def pinned_process(connection: AsyncConnection, sha: str) -> Process:
    """The process of this hash; a statement only the first time. Raises ProcessNotKept (retry: the text may be on its way)."""
    kept = _TEXTS.get(sha)
    if kept is None:
        kept = (await connection.execute(text("SELECT text FROM process_version WHERE sha = :sha"), {"sha": sha})).scalar_one_or_none()
        if kept is None:
            raise ProcessNotKept(sha)
        _TEXTS[sha] = kept
    return pinned(kept, sha)


async def kept_since(connection: AsyncConnection, sha: str) -> datetime | None:
    """When this text was first kept in this city; None when it never was."""
    at: datetime | None = (await connection.execute(text("SELECT kept_at FROM process_version WHERE sha = :sha"), {"sha": sha})).scalar_one_or_none()
    return at
