"""What is known of a stored file beside its bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.tables.document import stored_file


@dataclass(frozen=True, slots=True)
class Stored:
    size: int
    mime: str


async def stored(connection: AsyncConnection, shas: Iterable[str]) -> dict[str, Stored]:
    """By SHA-256; a file never stored is missing. One statement."""
    wanted = sorted(set(shas))
    if not wanted:
        return {}
    rows = await connection.execute(select(stored_file.c.sha, stored_file.c.size, stored_file.c.mime).where(stored_file.c.sha.in_(wanted)))
    return {row.sha: Stored(row.size, row.mime) for row in rows}
