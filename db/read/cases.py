"""One case for its page, its people, its trail; lists of cases and search, each narrowed to what the person may read."""

# ruff: noqa: S608
from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.access import MINE, READS
from engine.errors import NotFound
from engine.events import Event, Json
from engine.trail import event_from_json

PAGE = 50

_CASE = text('SELECT c.* FROM "case" c WHERE c.id = :case')
_BY_NO = text('SELECT id FROM "case" WHERE no = :no')
_CHILDREN = text('SELECT id, no, process, title, status, result FROM "case" WHERE parent_case = :case ORDER BY no')
_PASSED = text("""
    SELECT c.id, c.no, c.process, c.title, c.status, c.result, p.way, count(p.row_id) AS rows FROM (
      SELECT to_case AS other, row_id, 'ke' AS way FROM passed_row WHERE from_case = :case
      UNION ALL SELECT from_case, row_id, 'dari' FROM passed_row WHERE to_case = :case
    ) p JOIN "case" c ON c.id = p.other GROUP BY c.id, p.way ORDER BY c.no LIMIT :limit
""")
_TRAIL = text("SELECT seq, body, hash FROM trail WHERE case_id = :case AND seq > :after ORDER BY seq LIMIT :limit")
_PEOPLE = text("""
    SELECT DISTINCT ON (t.person, t.position) t.person, t.position, t.capacity, t.name, t.title, t.at
    FROM trail t WHERE t.case_id = :case AND t.person <> 'sistem' ORDER BY t.person, t.position, t.seq DESC
""")
_SEARCH = text(f"""
    WITH heads AS (
      SELECT DISTINCT p.unit AS code FROM position p WHERE p.is_head AND p.code IN ({MINE})
    ), below AS (
      WITH RECURSIVE down AS (SELECT code FROM heads UNION SELECT u.code FROM unit u JOIN down d ON u.parent = d.code) SELECT code FROM down
    ), named AS (
      SELECT o.id FROM person o WHERE length(:words) >= 3 AND (o.name ILIKE '%' || :words || '%' OR o.nip = :words) LIMIT 50
    ), auditor AS (
      SELECT EXISTS (SELECT 1 FROM function_post f WHERE f.function = 'audit-jejak' AND f.position IN ({MINE})) AS is_one
    )
    SELECT c.id, c.no, c.process, c.title, c.secrecy, c.unit, c.status, c.result, c.opened_at, c.due_at,
      CASE WHEN c.secrecy IN ('rahasia', 'sangat-rahasia') AND NOT {READS} THEN '' ELSE c.subject END AS subject
    FROM "case" c
    WHERE c.no < :before AND (:status = '' OR c.status = :status) AND (:process = '' OR c.process = :process) AND (:unit = '' OR c.unit = :unit)
      AND (:words = '' OR c.words @@ plainto_tsquery('simple', :words) OR c.no::text = :words
           OR c.id IN (SELECT n.case_id FROM number n WHERE n.text = :words)
           OR c.starter IN (SELECT id FROM named) OR c.id IN (SELECT t.case_id FROM task t WHERE t.person IN (SELECT id FROM named)))
      AND ({READS} OR (c.secrecy NOT IN ('rahasia', 'sangat-rahasia')
           AND ((SELECT is_one FROM auditor) OR c.unit IN (SELECT code FROM below))))
    ORDER BY c.no DESC LIMIT :limit
""")


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    no: int
    process: str
    sha: str
    title: str
    subject: str
    secrecy: str
    unit: str
    starter: str
    starter_position: str
    status: str
    result: str
    form: dict[str, Json]
    version: int
    opened_at: datetime
    ended_at: datetime | None
    due_at: datetime | None
    last_seq: int
    parent_case: str
    parent_step: str


@dataclass(frozen=True, slots=True)
class Child:
    id: str
    no: int
    process: str
    title: str
    status: str
    result: str


@dataclass(frozen=True, slots=True)
class Passed:
    """Rows that went ``ke`` another case or came ``dari`` it (``gather``, ``hand_over``)."""

    other: Child
    way: str
    rows: int


@dataclass(frozen=True, slots=True)
class Line:
    """One event of the trail with its place in the chain."""

    event: Event
    hash: str


@dataclass(frozen=True, slots=True)
class Participant:
    person: str
    position: str
    capacity: str
    name: str
    title: str
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    id: str
    no: int
    process: str
    title: str
    subject: str
    secrecy: str
    unit: str
    status: str
    result: str
    opened_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Query:
    """``words``: words of title or subject, the case's number, a letter's whole number, or a name (three letters or more) or NIP of who started it
    or did a task in it. The subject of a secret case is never searched."""

    words: str = ""
    status: str = ""
    process: str = ""
    unit: str = ""


async def case(connection: AsyncConnection, case_id: str) -> Case:
    """One statement. NotFound when there is none; ask ``access.may_read`` first."""
    r = (await connection.execute(_CASE, {"case": case_id})).one_or_none()
    if r is None:
        raise NotFound
    return Case(
        r.id, r.no, r.process, r.sha, r.title, r.subject, r.secrecy, r.unit, r.starter, r.starter_position, r.status, r.result or "", r.form,
        r.form_seq, r.opened_at, r.ended_at, r.due_at, r.last_seq, r.parent_case or "", r.parent_step or "",
    )  # fmt: skip


async def case_id_of(connection: AsyncConnection, no: int) -> str:
    """The id behind ``/perkara/{no}``. NotFound when there is none."""
    found = (await connection.execute(_BY_NO, {"no": no})).scalar_one_or_none()
    if found is None:
        raise NotFound
    return str(found)


async def children(connection: AsyncConnection, case_id: str) -> list[Child]:
    """Cases this one opened."""
    rows = await connection.execute(_CHILDREN, {"case": case_id})
    return [Child(r.id, r.no, r.process, r.title, r.status, r.result or "") for r in rows]


async def passed(connection: AsyncConnection, case_id: str, limit: int = 200) -> list[Passed]:
    """Cases that rows of this one went to and came from, with how many. One statement."""
    rows = await connection.execute(_PASSED, {"case": case_id, "limit": limit})
    return [Passed(Child(r.id, r.no, r.process, r.title, r.status, r.result or ""), r.way, r.rows) for r in rows]


async def trail(connection: AsyncConnection, case_id: str, after: int = 0, limit: int | None = None) -> list[Line]:
    """Events in order, from behind ``after``; all of them unless limited: a state is the fold of the whole trail, never of a part."""
    rows = await connection.execute(_TRAIL, {"case": case_id, "after": after, "limit": limit})
    return [Line(_event(r.body), r.hash) for r in rows]


def _event(body: str) -> Event:
    stored: dict[str, Any] = json.loads(body)
    return event_from_json({name: part for name, part in stored.items() if name not in ("case", "prev")})


async def people_in_case(connection: AsyncConnection, case_id: str) -> list[Participant]:
    """Who acted, in which capacity, as named then; each once with the last time."""
    rows = await connection.execute(_PEOPLE, {"case": case_id})
    return sorted((Participant(r.person, r.position, r.capacity, r.name, r.title, r.at) for r in rows), key=lambda one: one.last_at)


async def search(connection: AsyncConnection, person: str, now: datetime, query: Query, before: int = 0, limit: int = PAGE) -> list[Found]:
    """Newest first, from below case number ``before`` (0 = from the newest). Only what the person may read. One statement."""
    values = {
        "person": person, "now": now, "words": query.words.strip(), "status": query.status, "process": query.process, "unit": query.unit,
        "before": before or 2**62, "limit": limit,
    }  # fmt: skip
    rows = await connection.execute(_SEARCH, values)
    return [Found(r.id, r.no, r.process, r.title, r.subject, r.secrecy, r.unit, r.status, r.result or "", r.opened_at, r.due_at) for r in rows]
