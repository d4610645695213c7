"""Rows that go from one case to another, each once: gathered by the one, or handed over by the other and gathered later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.access import SECRET
from engine.events import Json
from engine.rows import find

_SOURCES = text("""
    SELECT c.id, c.no, c.unit, c.status, c.form,
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
    SELECT p.from_case, c.no, p.row_id, p.row FROM passed_row p JOIN "case" c ON c.id = p.from_case
    WHERE p.to_case = :to AND p.field = :field AND p.to_step = :step ORDER BY c.no, p.row_id
""")
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


@dataclass(frozen=True, slots=True)
class Target:
    """An open case rows may go to. ``gathered``: it has gathered already and would not look again."""

    case_id: str
    no: int
    gathered: bool


def rows_of(form: Mapping[str, Json], field: str) -> tuple[dict[str, Json], ...]:
    """The rows of a table of a case, with what steps inside an ``Each`` over it gave for each row: its columns changed, its facts beside them."""
    found = []
    for row in form.get(field) or ():
        if not isinstance(row, dict):
            continue
        inside = form.get(f"@{row.get('_id', '')}") or {}
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
    return [Source(r.id, r.no, r.unit, r.status, rows_of(r.form, field), bool(r.ready)) for r in rows]


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
    return [Taken(r.from_case, r.no, r.row_id, r.row) for r in await connection.execute(_TAKEN, given)]
