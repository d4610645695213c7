"""Effects that must happen once: claim the key, do it, store the result; a retry finds the result instead of doing it again."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.events import Json

_CLAIM = text("""
    INSERT INTO effect AS e (key, case_id, act) VALUES (:key, :case, :act)
    ON CONFLICT (key) DO UPDATE SET attempts = e.attempts + CASE WHEN e.state = 'claimed' THEN 1 ELSE 0 END
    RETURNING state, attempts, result
""")
_FINISH = text("UPDATE effect SET state = 'done', result = CAST(:result AS jsonb), done_at = now() WHERE key = :key AND state = 'claimed'")


@dataclass(frozen=True, slots=True)
class Claim:
    """``done``: ``result`` is what the first try stored. Else go on; ``attempts`` > 1 says an earlier try may have got half-way."""

    done: bool
    attempts: int
    result: Json = None


async def claim(connection: AsyncConnection, key: str, case_id: str, act: str) -> Claim:
    """One statement. Commit before doing the effect, so that a killed worker's half-done try is known."""
    row = (await connection.execute(_CLAIM, {"key": key, "case": case_id, "act": act})).one()
    return Claim(row.state == "done", row.attempts, row.result)


async def finish(connection: AsyncConnection, key: str, result: Json) -> Json:
    """Stores the result once and gives what is stored: the first result stays. Raises LookupError for a key never claimed."""
    await connection.execute(_FINISH, {"key": key, "result": json.dumps(result)})
    stored = (await connection.execute(text("SELECT result FROM effect WHERE key = :key"), {"key": key})).one_or_none()
    if stored is None:
        raise LookupError(f"effect {key} was never claimed")
    return stored.result
