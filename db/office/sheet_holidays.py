"""Days off by file: a known date is changed, a new one added; what is not named stays. The whole file is one recount of the running deadlines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.office import holidays
from db.office.plans import Plan, Rows, Step, once
from db.office.sheets import Cell, day, one_of, words
from engine.events import Actor

_DAYS = text("SELECT day, name, kind, source FROM holiday WHERE day = ANY(:days) ORDER BY day")
_LOCKED = text(f"{_DAYS.text} FOR UPDATE")


@dataclass(frozen=True, slots=True)
class Holidays:
    columns: Mapping[str, Cell] = field(default_factory=lambda: {"tanggal": day, "nama": words, "jenis": one_of(*holidays.KINDS), "sumber": words})
    passed_over: tuple[str, ...] = ("hari",)

    async def plan(self, connection: AsyncConnection, rows: Rows, actor: Actor, *, lock: bool) -> Plan:  # noqa: ARG002 every book is asked alike
        plan = Plan()
        once(plan, rows, ("tanggal",))
        days = [date.fromisoformat(str(row["tanggal"])) for _, row in rows]
        found = {one.day.isoformat(): one for one in await connection.execute(_LOCKED if lock else _DAYS, {"days": days})}
        for line, row in rows:
            there = found.get(str(row["tanggal"]))
            before = {"tanggal": row["tanggal"], "nama": there.name, "jenis": there.kind, "sumber": there.source} if there is not None else None
            if before == row:
                plan.same += 1
            else:
                plan.steps.append(Step(line, str(row["tanggal"]), "ubah" if before else "tambah", before, dict(row)))
        return plan

    async def write(self, connection: AsyncConnection, actor: Actor, steps: list[Step], mark: str, reason: str, at: datetime) -> None:  # noqa: ARG002 a date is its own mark
        changes = [
            holidays.Change(date.fromisoformat(one.key) if one.before else None,
                            holidays.Day(date.fromisoformat(one.key), str(one.after["nama"]), str(one.after["jenis"]), str(one.after["sumber"])))
            for one in steps
        ]  # fmt: skip
        await holidays.change(connection, actor, changes, reason, at)
