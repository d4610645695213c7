"""The inbox: open tasks of every position a person acts for now, one queue by lateness. Flat in the number of tasks.

Each position is one range of the index (position, due, task) with its own LIMIT; the ranges are merged afterwards, so the first page of ten
thousand tasks costs what the first page of a hundred does. A change of holder moves whole inboxes without any event.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.events import CapacityKind

PAGE = 50
COUNT_LIMIT = 1_000
"""Badges count through the index and say "1.000+" beyond."""

Lateness = Literal["lewat", "hari-ini", "minggu-ini", "nanti", "tanpa-batas"]

_PAGE = """
    WITH held AS MATERIALIZED (SELECT h.seat, h.capacity, h.mandate, h.forbids FROM held_at(:now) h WHERE h.person = :person {seat}),
    near AS (
      SELECT h.seat, h.capacity, h.mandate, n.task_id, n.due FROM held h CROSS JOIN LATERAL (
        SELECT p.task_id, p.due FROM task_position p JOIN task t ON t.id = p.task_id
        WHERE p.position = h.seat AND (p.due, p.task_id) > (CAST(:due AS timestamptz), CAST(:id AS bigint)) AND NOT (t.needs && h.forbids) {filters}
        ORDER BY p.due, p.task_id LIMIT :limit
      ) n
    ), page AS (
      SELECT DISTINCT ON (due, task_id) * FROM near ORDER BY due, task_id, capacity <> 'definitif', seat LIMIT :limit
    )
    SELECT g.seat, g.capacity AS held_as, g.mandate AS held_by, g.due::text AS due_key, t.*, c.no, c.title AS case_title, c.secrecy, c.process, c.unit,
      CASE WHEN c.secrecy IN ('rahasia', 'sangat-rahasia') AND NOT EXISTS (
        SELECT 1 FROM case_reader r WHERE r.case_id = c.id AND r.position IN (SELECT seat FROM held)) THEN '' ELSE c.subject END AS subject,
      CASE WHEN c.subject = '' AND c.secrecy = 'biasa' THEN (SELECT o.name FROM person o WHERE o.id = c.starter) END AS asker
    FROM page g JOIN task t ON t.id = g.task_id JOIN "case" c ON c.id = t.case_id ORDER BY g.due, g.task_id
"""
_COUNTS = text("""
    SELECT h.seat,
      (SELECT count(*) FROM (SELECT 1 FROM task_position p WHERE p.position = h.seat LIMIT :most) x) AS open,
      (SELECT count(*) FROM (SELECT 1 FROM task_position p WHERE p.position = h.seat AND p.due < :now LIMIT :most) x) AS late
    FROM held_at(:now) h WHERE h.person = :person ORDER BY h.seat
""")


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the queue; empty = everything."""

    position: str = ""
    process: str = ""
    kinds: tuple[str, ...] = ()
    """task, sign, dispose, wait, branch, repair."""
    asks: tuple[str, ...] = ()
    late: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the inbox and in which capacity it is the person's."""

    task: int
    case_id: str
    case_no: int
    instance: str
    round: int
    kind: str
    ask: str
    title: str
    case_title: str
    subject: str
    """Empty where the case is secret and none of the person's positions is its reader."""
    secrecy: str
    process: str
    unit: str
    due: datetime | None
    opened_at: datetime
    position: str
    capacity: CapacityKind
    mandate: str
    status: str
    cursor: str = field(repr=False)
    """Pass as ``after`` to go on behind this line."""
    asker: str = ""
    """Who asked, where the case has no subject to be told apart by."""

    def lateness(self, now: datetime, zone: str = "Asia/Jakarta") -> Lateness:
        """The heading it stands under."""
        if self.due is None:
            return "tanpa-batas"
        if self.due < now:
            return "lewat"
        midnight = datetime.combine(now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), time(), ZoneInfo(zone))
        if self.due < midnight:
            return "hari-ini"
        return "minggu-ini" if self.due < midnight + timedelta(days=6) else "nanti"


@dataclass(frozen=True, slots=True)
class Page:
    entries: tuple[Entry, ...]
    after: str
    """Cursor of the next page; empty at the end."""


def _from(after: str) -> tuple[str, int]:
    """Where a page begins; an address typed or cut short begins at the first."""
    due, _, number = after.partition("|")
    try:
        when = due if due == "infinity" else datetime.fromisoformat(due).isoformat()
    except ValueError:
        return "-infinity", 0
    return (when, int(number)) if number.isdecimal() and len(number) < 19 else ("-infinity", 0)


async def inbox(connection: AsyncConnection, person: str, now: datetime, filters: Filters | None = None, after: str = "", page: int = PAGE) -> Page:
    """One page in one statement. A mandate that has ended shows nothing; what a mandate forbids is not shown."""
    wanted = filters or Filters()
    due, number = _from(after)
    values: dict[str, Any] = {"person": person, "now": now, "due": due, "id": number, "limit": page + 1}
    clauses = []
    if wanted.kinds:
        clauses.append("AND t.kind = ANY(:kinds)")
        values["kinds"] = list(wanted.kinds)
    if wanted.asks:
        clauses.append("AND t.ask = ANY(:asks)")
        values["asks"] = list(wanted.asks)
    if wanted.process:
        clauses.append("AND t.needs @> ARRAY[:process]")
        values["process"] = f"proses:{wanted.process}"
    if wanted.late:
        clauses.append("AND p.due < :now")
    if wanted.position:
        values["position"] = wanted.position
    statement = _PAGE.format(filters=" ".join(clauses), seat="AND h.seat = :position" if wanted.position else "")
    rows = (await connection.execute(text(statement), values)).all()
    entries = tuple(_entry(row) for row in rows[:page])
    return Page(entries, entries[-1].cursor if len(rows) > page else "")


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        row.id, row.case_id, row.no, row.instance, row.round, row.kind, row.ask, row.title, row.case_title, row.subject, row.secrecy, row.process,
        row.unit, row.due, row.opened_at, row.seat, cast(CapacityKind, row.held_as), row.held_by, row.status, f"{row.due_key}|{row.id}",
        row.asker or "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Count:
    position: str
    open: int
    late: int


async def counts(connection: AsyncConnection, person: str, now: datetime) -> list[Count]:
    """Per position held, each up to COUNT_LIMIT, through the inbox index alone. One statement."""
    rows = await connection.execute(_COUNTS, {"person": person, "now": now, "most": COUNT_LIMIT})
    return [Count(row.seat, row.open, row.late) for row in rows]
