"""Long tables of unfinished forms: rows as typed beside the draft they belong to, with what was read in them. Whoever calls has found the draft by its owner."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.tables.desk import draft, draft_table
from engine.events import Json
from forms.messages import Message, say

Row = dict[str, list[str]]


@dataclass(slots=True)
class Kept:
    """``rows``: as typed. ``values``: what was read in them; ``faults``: element id → message; ``totals``: number column → decimal text. Parts not asked for
    are empty."""

    sha: str
    total: int
    totals: dict[str, str]
    faults: dict[str, Message]
    rows: list[Row] = field(default_factory=list)
    values: list[dict[str, Json]] = field(default_factory=list)


def sha_of(rows: Sequence[Mapping[str, Sequence[str]]]) -> str:
    """What a page that showed these rows sends back."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


async def of_draft(connection: AsyncConnection, draft_id: str, *, rows: bool = False, values: bool = False) -> dict[str, Kept]:
    """Field → its long table. ``rows``, ``values``: the large parts, for whoever needs them."""
    return await _found(connection, draft_table.c.draft == draft_id, rows=rows, values=values)


async def of_open(connection: AsyncConnection, person: str, subject: str) -> dict[str, Kept]:
    """The long tables of the open draft of this person for this subject, with their rows."""
    mine = select(draft.c.id).where(draft.c.person == person, draft.c.subject == subject, draft.c.sent_at.is_(None))
    return await _found(connection, draft_table.c.draft.in_(mine), rows=True, values=False)


async def _found(connection: AsyncConnection, where: object, *, rows: bool, values: bool) -> dict[str, Kept]:
    parts = [draft_table.c.field, draft_table.c.sha, draft_table.c.total, draft_table.c.totals, draft_table.c.faults]
    large = [draft_table.c.rows] * rows + [draft_table.c["values"]] * values
    found = await connection.execute(select(*parts, *large).where(where))  # type: ignore[arg-type]
    return {
        row[0]: Kept(row[1], row[2], row[3], {at: say(code, **parts_) for at, (code, parts_) in row[4].items()}, row[5] if rows else [], row[-1] if values else [])
        for row in found
    }  # fmt: skip


async def keep(
    connection: AsyncConnection, draft_id: str, name: str, rows: Sequence[Row], values: Sequence[Mapping[str, Json]], faults: Mapping[str, Message],
    totals: Mapping[str, str],
) -> None:  # fmt: skip
    """Puts the table in place of what was kept of it."""
    row = {
        "rows": list(rows), "values": list(values), "faults": {at: [said.code, said.parts] for at, said in faults.items()}, "totals": dict(totals),
        "total": len(rows), "sha": sha_of(rows),
    }  # fmt: skip
    made = insert(draft_table).values(draft=draft_id, field=name, **row)
    await connection.execute(made.on_conflict_do_update(index_elements=[draft_table.c.draft, draft_table.c.field], set_=row))


async def drop(connection: AsyncConnection, draft_id: str, name: str = "") -> None:
    """Takes away one table, or all of the draft: its rows stand among the answers again, or were sent."""
    statement = delete(draft_table).where(draft_table.c.draft == draft_id)
    await connection.execute(statement.where(draft_table.c.field == name) if name else statement)
