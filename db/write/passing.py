"""Rows that go from one case to another, each once: gathered by the one, or handed over by the other and gathered later."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.access import SECRET
from engine.events import Json
from engine.row_form import of_rows
from engine.rows import find

_SOURCES = text("""
    SELECT c.id, c.no, c.unit, c.status, c.result, c.form,
      c.status = ANY(:states) AND (:result = '' OR c.result = :result) AND (:signed = '' OR EXISTS (
        SELECT 1 FROM document d WHERE d.case_id = c.id AND d.code = :signed AND d.status IN ('ditandatangani', 'disegel'))) AS ready
    FROM "case" c
    WHERE c.process = :process AND c.id <> :own AND c.form @> CAST(:wanted AS jsonb) AND (:secret OR c.secrecy <> ALL(:secrets))
    ORDER BY c.no
""")
_PASS = text("""
    INSERT INTO passed_row (from_case, field, row_id, to_case, to_step, "row", passed_at, key)
    SELECT r.from_case, :field, r.row_id, :to, :step, r.row, :at, :key
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) r(from_case text, row_id text, "row" jsonb)
    ON CONFLICT (from_case, field, row_id) DO NOTHING RETURNING from_case, row_id
""")
_HANDED = text("UPDATE passed_row SET to_step = :step WHERE to_case = :to AND field = :field AND to_step = ''")
_TAKEN = text("""
    SELECT p.from_case, c.no, c.unit, p.row_id, p.row FROM passed_row p JOIN "case" c ON c.id = p.from_case
    WHERE p.to_case = :to AND p.field = :field AND p.to_step = :step ORDER BY c.no, p.row_id
""")
_LEFT = text("""
    SELECT p.from_case, c.no, p.row_id, p.row, p.to_case FROM passed_row p JOIN "case" c ON c.id = p.from_case
    WHERE p.from_case = ANY(:cases) AND p.field = :field
""")
_FORMS = text('SELECT id, form FROM "case" WHERE id = ANY(:cases)')
_WAITING = text("""
    SELECT DISTINCT c.id, c.no FROM "case" c JOIN task t ON t.case_id = c.id AND t.instance = ANY(:steps) AND t.status = 'offered'
    WHERE c.status = 'open' AND c.id <> :own AND (c.id = ANY(:ids) OR (:process <> '' AND c.process = :process AND c.form @> CAST(:wanted AS jsonb)))
    ORDER BY c.no
""")
_ANSWERED = text("""
    SELECT c.unit FROM "case" c JOIN trail t ON t.case_id = c.id AND t.request_id = :key || '/' || c.id AND t.kind = 'decided'
    WHERE c.id = ANY(:ids) OR (:process <> '' AND c.process = :process AND c.form @> CAST(:wanted AS jsonb)) ORDER BY c.no
""")
_MARKS = re.compile(r"[^A-Za-z0-9_-]+")
_TARGETS = text("""
    SELECT c.id, c.no, EXISTS (SELECT 1 FROM effect e WHERE e.case_id = c.id AND e.act = 'gather' AND e.state = 'done') AS gathered
    FROM "case" c WHERE c.status = 'open' AND c.id <> :own AND (c.id = :id OR (:id = '' AND c.process = :process AND c.form @> CAST(:wanted AS jsonb)))
    ORDER BY c.no
""")


@dataclass(frozen=True, slots=True)
class Source:
    """A case rows may come from. ``ready``: it is in the state asked for; one that is not yet is late."""

    case_id: str
    no: int
    unit: str
    status: str
    rows: tuple[dict[str, Json], ...]
    ready: bool
    result: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases: of a process, in a state, with a result, a signed document and field values, all that are named. ``secret``: secret ones too."""

    process: str
    states: Sequence[str] = ("ended",)
    result: str = ""
    signed: str = ""
    values: Mapping[str, Json] | None = None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    from_case: str
    no: int
    row_id: str
    row: dict[str, Json]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """An open case rows may go to. ``gathered``: it has gathered already and would not look again."""

    case_id: str
    no: int
    gathered: bool


def rows_of(form: Mapping[str, Json], field: str) -> tuple[dict[str, Json], ...]:
    """The rows of a table of a case, with what steps inside an ``Each`` over it gave for each row: its columns changed, its facts beside them."""
    found = []
    given = of_rows(form)
    for row in form.get(field) or ():
        if not isinstance(row, dict):
            continue
        inside = given.get(str(row.get("_id", "")), {})
        facts = {name: value for name, value in inside.items() if name != field and not isinstance(value, (list, dict))}
        changed = inside.get(field)
        found.append({**facts, **row, **(find(changed, str(row.get("_id"))) or {} if isinstance(changed, list) else changed or {})})
    return tuple(found)


async def alone(connection: AsyncConnection, case_id: str) -> None:
    """Until the transaction ends, nobody else gathers into this case or hands over to it: no row slips past a gathering that is under way."""
    await connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('baris/' || :case, 0))"), {"case": case_id})


async def sources(connection: AsyncConnection, own: str, field: str, wanted: Wanted) -> list[Source]:
    """Every case meant, ready or not, in the order of their numbers."""
    asked = {
        "own": own, "process": wanted.process, "states": list(wanted.states), "result": wanted.result, "signed": wanted.signed,
        "wanted": json.dumps(dict(wanted.values or {})), "secret": wanted.secret, "secrets": list(SECRET),
    }  # fmt: skip
    rows = await connection.execute(_SOURCES, asked)
    return [Source(r.id, r.no, r.unit, r.status, rows_of(r.form, field), bool(r.ready), r.result or "") for r in rows]


async def targets(connection: AsyncConnection, own: str, case_id: str, process: str, values: Mapping[str, Json]) -> list[Target]:
    """Open cases by id, or by process and field values."""
    asked = {"own": own, "id": case_id, "process": process, "wanted": json.dumps(dict(values))}
    return [Target(r.id, r.no, r.gathered) for r in await connection.execute(_TARGETS, asked)]


async def pass_on(
    connection: AsyncConnection, rows: Sequence[tuple[str, dict[str, Json]]], field: str, to: str, step: str, key: str, at: datetime
) -> int:
    """(case, row) to the case ``to``; how many went. A row that went anywhere before stays where it is."""
    listed = [{"from_case": case, "row_id": str(row["_id"]), "row": row} for case, row in rows if row.get("_id")]
    given = {"rows": json.dumps(listed), "field": field, "to": to, "step": step, "at": at, "key": key}
    return len((await connection.execute(_PASS, given)).all())


async def taken(connection: AsyncConnection, field: str, to: str, step: str) -> list[Taken]:
    """Everything this step of the case has taken, in whatever round, and what was handed over to the case until now."""
    given = {"field": field, "to": to, "step": step}
    await connection.execute(_HANDED, given)
    return [Taken(r.from_case, r.no, r.row_id, r.row, r.unit) for r in await connection.execute(_TAKEN, given)]


def id_there(one: Taken, column: str = "") -> str:
    """The ``_id`` of a row where it went: the value of ``column``, its marks as hyphens, else the number of its case and its own."""
    value = _MARKS.sub("-", str(one.row.get(column) or "")).strip("-") if column else ""
    return value or f"p{one.no}-{one.row_id}"


async def whereabouts(connection: AsyncConnection, case_id: str, field: str, column: str = "") -> dict[str, dict[str, Json]]:
    """Every row of the case that left it → its values where it stands now; those it left with while the case there has not gathered it."""
    found: dict[str, dict[str, Json]] = {}
    own = {(case_id, r.row_id): r.row_id for r in await connection.execute(_LEFT, {"cases": [case_id], "field": field})}
    while own:
        moved = [
            r for r in await connection.execute(_LEFT, {"cases": list({case for case, _ in own}), "field": field}) if (r.from_case, r.row_id) in own
        ]
        forms = {r.id: r.form for r in await connection.execute(_FORMS, {"cases": list({r.to_case for r in moved})})}
        rows = {case: {str(row.get("_id")): row for row in rows_of(form, field)} for case, form in forms.items()}
        further: dict[tuple[str, str], str] = {}
        for r in moved:
            origin, there = own[r.from_case, r.row_id], id_there(Taken(r.from_case, r.no, r.row_id, r.row), column)
            found[origin] = rows[r.to_case].get(there) or r.row
            further[r.to_case, there] = origin
        own = further
    return found


async def waiting(
    connection: AsyncConnection, own: str, steps: Sequence[str], ids: Sequence[str], process: str, values: Mapping[str, Json]
) -> list[Target]:
    """Open cases (by id, or by process and field values) in which a wait of one of these names is open."""
    asked = {"own": own, "steps": list(steps), "ids": list(ids), "process": process, "wanted": json.dumps(dict(values))}
    return [Target(r.id, r.no, False) for r in await connection.execute(_WAITING, asked)]


async def answered(connection: AsyncConnection, key: str, ids: Sequence[str], process: str, values: Mapping[str, Json]) -> list[str]:
    """The units of the cases, out of the same, that took an answer under this key."""
    asked = {"key": key, "ids": list(ids), "process": process, "wanted": json.dumps(dict(values))}
    return list((await connection.execute(_ANSWERED, asked)).scalars())
