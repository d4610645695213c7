"""The office trail read back and checked: what was changed, by whom, why; and that no byte of it was."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.chain import GENESIS, digest
from engine.events import Json

_LINES = text("""
    SELECT seq, at, body FROM office_trail WHERE seq < :before AND (:subject = '' OR subject = :subject) AND (:key = '' OR key = :key)
    ORDER BY seq DESC LIMIT :limit
""")
COLUMNS = ("seq", "person", "position", "capacity", "action", "subject", "key", "reason")


@dataclass(frozen=True, slots=True)
class Change:
    seq: int
    at: datetime
    person: str
    name: str
    title: str
    action: str
    subject: str
    key: str
    reason: str
    before: Json
    after: Json


async def changes(connection: AsyncConnection, subject: str = "", key: str = "", before: int = 0, limit: int = 50) -> list[Change]:
    """Newest first, from below number ``before`` (0 = the newest); of one table, or of one row by its key."""
    rows = await connection.execute(_LINES, {"subject": subject, "key": key, "before": before or 2**62, "limit": limit})
    return [_change(row.seq, row.at, json.loads(row.body)) for row in rows]


def _change(seq: int, at: datetime, body: dict[str, Any]) -> Change:
    named = (body[name] for name in ("person", "name", "title", "action", "subject", "key", "reason", "before", "after"))
    return Change(seq, at, *named)


async def first_bad(connection: AsyncConnection) -> tuple[int, str] | None:
    """(number, column) of the first entry that does not hold; None when the whole chain does. Streams: the trail may be long."""
    prev, expected = GENESIS, 1
    async with connection.stream(text("SELECT * FROM office_trail ORDER BY seq")) as rows:
        async for row in rows:
            stored = json.loads(row.body)
            if row.seq != expected:
                return expected, "seq"
            if digest(row.body) != row.hash:
                return row.seq, "body"
            if row.prev_hash != prev or stored["prev"] != prev:
                return row.seq, "prev_hash"
            wrong = next((column for column in COLUMNS if getattr(row, column) != stored[column]), "")
            if wrong or datetime.fromisoformat(stored["at"]) != row.at:
                return row.seq, wrong or "at"
            prev, expected = row.hash, expected + 1
    return None
