"""What other systems were asked: one row for each key, written before anything is sent, settled once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.events import Json

_BEGIN = text("""
    INSERT INTO system_call AS c (key, system, case_id, request_hash, sent_at) VALUES (:key, :system, :case, :hash, :at)
    ON CONFLICT (key) DO UPDATE SET key = c.key RETURNING c.system, c.request_hash, c.state, c.answer, c.attempts
""")
_TRY = text("UPDATE system_call SET attempts = attempts + 1 WHERE key = :key AND state <> 'answered' RETURNING attempts")
_DOUBT = text("UPDATE system_call SET state = 'unknown', error = left(:error, 500) WHERE key = :key AND state <> 'answered'")
_ANSWER = text("""
    UPDATE system_call SET state = 'answered', answer = CAST(:answer AS jsonb), answered_at = now(), error = '' WHERE key = :key AND state <> 'answered'
""")
_READ = text("SELECT answer FROM system_call WHERE key = :key")


@dataclass(frozen=True, slots=True)
class Call:
    """``attempts`` 0: nothing was ever sent under this key. ``answer`` once ``state`` is answered."""

    system: str
    request_hash: str
    state: str
    answer: Json
    attempts: int


async def begin(connection: AsyncConnection, key: str, system: str, case_id: str, request_hash: str, at: datetime) -> Call:
    """The row of the key, made when it is not there. Commit before sending: a killed worker leaves it behind."""
    given = {"key": key, "system": system, "case": case_id, "hash": request_hash, "at": at}
    row = (await connection.execute(_BEGIN, given)).one()
    return Call(row.system, row.request_hash, row.state, row.answer, row.attempts)


async def trying(connection: AsyncConnection, key: str) -> None:
    """Counts a send. Commit before it."""
    await connection.execute(_TRY, {"key": key})


async def doubtful(connection: AsyncConnection, key: str, error: str) -> None:
    await connection.execute(_DOUBT, {"key": key, "error": error})


async def answered(connection: AsyncConnection, key: str, answer: Json) -> Json:
    """Keeps the first answer and gives what is kept."""
    await connection.execute(_ANSWER, {"key": key, "answer": json.dumps(answer)})
    return (await connection.execute(_READ, {"key": key})).scalar_one()
