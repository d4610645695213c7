"""Keeps the text of a process under its hash before the first case is pinned to it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.canonical import sha256, to_text
from engine.process import Process

_KEEP = text("INSERT INTO process_version (sha, code, title, text) VALUES (:sha, :code, :title, :text) ON CONFLICT (sha) DO NOTHING")


async def keep_processes(connection: AsyncConnection, processes: Iterable[Process]) -> dict[str, str]:
    """Stores each text once; gives hash by code. Content-addressed and append-only, so it needs no entry in the office trail."""
    kept = {}
    for process in processes:
        body = to_text(process)
        kept[process.code] = sha256(body)
        await connection.execute(_KEEP, {"sha": kept[process.code], "code": process.code, "title": process.title.id, "text": body})
    return kept
