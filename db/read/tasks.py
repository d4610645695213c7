"""One task as its page needs it: with its case, who may act, and whether it is still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.errors import NotFound

_TASK = text("""
    SELECT t.*, ARRAY(SELECT p.position FROM task_position p WHERE p.task_id = t.id ORDER BY p.position) AS now_at,
      c.no, c.process, c.sha, c.secrecy, c.unit, c.form_seq, c.last_seq, c.status AS case_status
    FROM task t JOIN "case" c ON c.id = t.case_id WHERE t.id = :id
""")
_FIND = text("SELECT id FROM task WHERE case_id = :case AND instance = :instance ORDER BY round DESC LIMIT 1")


@dataclass(frozen=True, slots=True)
class Task:
    id: int
    case_id: str
    case_no: int
    process: str
    sha: str
    instance: str
    step: str
    round: int
    kind: str
    ask: str
    title: str
    roles: tuple[str, ...]
    positions: tuple[str, ...]
    """Who may act on it now; empty once it is closed or the machine is at work."""
    needs: tuple[str, ...]
    status: str
    due: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    outcome: str
    person: str
    position: str
    secrecy: str
    unit: str
    version: int
    """Of the form and documents: what a decision names as the version it saw."""
    case_status: str


async def task(connection: AsyncConnection, task_id: int) -> Task:
    """One statement. Refuses what is not there (NotFound); whether the person may see it is ``access.may_read``'s to say."""
    r = (await connection.execute(_TASK, {"id": task_id})).one_or_none()
    if r is None:
        raise NotFound
    return _task(r)


async def latest_task(connection: AsyncConnection, case_id: str, instance: str) -> Task | None:
    """The newest round of a step in a case. Two statements."""
    found = (await connection.execute(_FIND, {"case": case_id, "instance": instance})).scalar_one_or_none()
    return None if found is None else await task(connection, found)


def _task(r: Any) -> Task:
    return Task(
        r.id, r.case_id, r.no, r.process, r.sha, r.instance, r.step, r.round, r.kind, r.ask, r.title, tuple(r.roles), tuple(r.now_at), tuple(r.needs),
        r.status, r.due, r.opened_at, r.closed_at, r.outcome or "", r.person or "", r.position or "", r.secrecy, r.unit, r.form_seq, r.case_status,
    )  # fmt: skip
