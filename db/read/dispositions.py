"""The disposition tree of a case, with who holds each seat as shown to people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.events import Json

_BRANCHES = text("""
    SELECT b.*, p.title, g.title AS giver_title, t.id AS task_id FROM disposition_branch b
    LEFT JOIN position p ON p.code = b.position LEFT JOIN position g ON g.code = b.given_by
    LEFT JOIN task t ON t.case_id = b.case_id AND t.round = b.round AND t.instance = b.instance || '#' || b.branch
    WHERE b.case_id = :case ORDER BY b.instance, b.round, b.branch
""")


@dataclass(frozen=True, slots=True)
class Branch:
    instance: str
    round: int
    branch: int
    parent: int
    position: str
    title: str
    role: str
    instructions: tuple[str, ...]
    note: str
    due: datetime | None
    status: str
    given_by: str
    giver_title: str
    given_at: datetime
    read_at: datetime | None
    closed_at: datetime | None
    report: str
    attachments: tuple[Json, ...]
    question: str
    answer: str
    task: int | None

    def late(self, now: datetime) -> bool:
        """Past its due instant and neither reported nor settled otherwise."""
        return self.due is not None and self.due < now and self.closed_at is None and self.role != "tembusan"


_STANDING = text("""
    SELECT t.id, b.status, b.position, b.role, b.instructions, b.note, g.title AS giver_title FROM task t
    JOIN disposition_branch b ON b.case_id = t.case_id AND b.round = t.round AND t.instance = b.instance || '#' || b.branch
    LEFT JOIN position g ON g.code = b.given_by WHERE t.id = ANY(:tasks)
""")


@dataclass(frozen=True, slots=True)
class Standing:
    """How the branch behind one line of the inbox stands."""

    status: str
    position: str
    role: str
    instructions: tuple[str, ...]
    note: str
    giver_title: str


async def standings(connection: AsyncConnection, tasks: Sequence[int]) -> dict[int, Standing]:
    """Task → its branch, for the lines of one page. One statement."""
    rows = await connection.execute(_STANDING, {"tasks": list(tasks)})
    return {r.id: Standing(r.status, r.position, r.role, tuple(r.instructions), r.note, r.giver_title or "") for r in rows}


async def dispositions(connection: AsyncConnection, case_id: str) -> list[Branch]:
    """All branches of all rounds, parents before children. One statement."""
    rows = await connection.execute(_BRANCHES, {"case": case_id})
    return [
        Branch(
            r.instance, r.round, r.branch, r.parent, r.position, r.title or r.position, r.role, tuple(r.instructions), r.note, r.due, r.status,
            r.given_by, r.giver_title or r.given_by, r.given_at, r.read_at, r.closed_at, r.report or "", tuple(r.attachments), r.question or "",
            r.answer or "", r.task_id,
        )
        for r in rows
    ]  # fmt: skip
