"""The cases a person asked for or took part in, open first; and what open cases wait for."""

# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.access import READS

PAGE = 30

_MINE = text(f"""
    WITH mine AS (
      SELECT id FROM "case" WHERE starter = :person UNION SELECT case_id FROM task WHERE person = :person
    ) SELECT c.id, c.no, c.process, c.title, c.subject, c.secrecy, c.status, c.result, c.opened_at, c.ended_at, c.due_at, c.starter = :person AS own
    FROM mine JOIN "case" c ON c.id = mine.id
    WHERE {READS} AND (c.status = 'ended', -c.no) > (:ended, :number)
    ORDER BY c.status = 'ended', c.no DESC LIMIT :limit
""")
_WAITS = text("""
    SELECT t.id, t.case_id, t.instance, t.kind, t.ask, t.title, t.status, t.round, t.opened_at, t.due, s.codes,
      ARRAY(SELECT p.title FROM position p WHERE p.code = ANY(s.codes) ORDER BY p.title) AS titles
    FROM task t, LATERAL (
      SELECT CASE WHEN t.status = 'claimed' THEN t.positions
        ELSE ARRAY(SELECT h.position FROM task_position h WHERE h.task_id = t.id ORDER BY h.position) END AS codes
    ) s
    WHERE t.case_id = ANY(:cases) AND t.status IN ('offered', 'claimed') ORDER BY t.case_id, t.opened_seq, t.id
""")


@dataclass(frozen=True, slots=True)
class Mine:
    id: str
    no: int
    process: str
    title: str
    subject: str
    secrecy: str
    status: str
    result: str
    opened_at: datetime
    ended_at: datetime | None
    due_at: datetime | None
    own: bool
    """The person opened it himself."""

    @property
    def cursor(self) -> str:
        """Pass as ``after`` to go on behind this line."""
        return f"{int(self.status == 'ended')}.{self.no}"


@dataclass(frozen=True, slots=True)
class Waits:
    """One open task of a case: what is asked, of which seats, since when."""

    task: int
    case_id: str
    instance: str
    kind: str
    ask: str
    title: str
    status: str
    """``offered``, or ``claimed`` while a signature is being made."""
    round: int
    since: datetime
    due: datetime | None
    positions: tuple[str, ...]
    seats: tuple[str, ...]
    """Titles of the positions."""


async def mine(connection: AsyncConnection, person: str, now: datetime, after: str = "", limit: int = PAGE) -> tuple[list[Mine], str]:
    """(lines, cursor of the next page or empty). Only what the person may still read today. One statement.

    A cursor nobody made is the beginning."""
    ended, _, number = after.partition(".")
    good = ended in ("0", "1") and number.isdecimal() and len(number) < 18
    values = {"person": person, "now": now, "ended": good and ended == "1", "number": -int(number) if good else -(2**62), "limit": limit + 1}
    rows = [Mine(*row) for row in await connection.execute(_MINE, values)]
    return rows[:limit], rows[limit - 1].cursor if len(rows) > limit else ""


async def waiting(connection: AsyncConnection, cases: Sequence[str]) -> dict[str, list[Waits]]:
    """Open tasks by case, in the order they opened. One statement."""
    found: dict[str, list[Waits]] = {}
    if not cases:
        return found
    for r in await connection.execute(_WAITS, {"cases": list(cases)}):
        one = Waits(r.id, r.case_id, r.instance, r.kind, r.ask, r.title, r.status, r.round, r.opened_at, r.due, tuple(r.codes), tuple(r.titles))
        found.setdefault(r.case_id, []).append(one)
    return found
