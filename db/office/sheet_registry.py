"""A registry by file: a row with its number corrects or closes that line, a row without a number is a new one. Rows left out stay as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.office import registry
from db.office.city_cells import attributes
from db.office.plans import Plan, Rows, Step, once
from db.office.sheets import Cell, day, day_or_none, number_or_none, words
from engine.events import Actor, Json
from forms.spreadsheets import Fault

COLUMNS: Mapping[str, Cell] = {
    "nomor": number_or_none, "kunci": words, "atribut": attributes, "berlaku_dari": day, "berlaku_sampai": day_or_none, "sumber": words,
}  # fmt: skip
PARTS = ("kunci", "atribut", "berlaku_dari", "berlaku_sampai", "sumber")
_LINES = text("""
    SELECT r.id, r.kind, r.single, r.key, r.attributes, r.valid_from, r.valid_to,
      CASE WHEN r.source = '' THEN 'Perkara ' || c.no ELSE r.source END AS source
    FROM registry r LEFT JOIN "case" c ON c.id = r.case_id
    WHERE r.kind = :kind AND (r.id = ANY(:ids) OR r.key = ANY(:keys)) AND (r.valid_to IS NULL OR r.valid_to > r.valid_from) ORDER BY r.id
""")
_LOCKED = text(f"{_LINES.text} FOR UPDATE OF r")
_SINGLE = text("SELECT single FROM registry_kind WHERE kind = :kind")


@dataclass(frozen=True, slots=True)
class Registry:
    kind: str
    columns: Mapping[str, Cell] = field(default_factory=lambda: COLUMNS)
    passed_over: tuple[str, ...] = ("perkara",)

    async def plan(self, connection: AsyncConnection, rows: Rows, actor: Actor, *, lock: bool) -> Plan:  # noqa: ARG002 every book is asked alike
        plan = Plan()
        once(plan, rows, ("nomor",))
        values = {"kind": self.kind, "ids": [row["nomor"] for _, row in rows if row["nomor"]], "keys": sorted({str(row["kunci"]) for _, row in rows})}
        found = list(await connection.execute(_LOCKED if lock else _LINES, values))
        by_number = {one.id: one for one in found}
        single = bool((await connection.execute(_SINGLE, {"kind": self.kind})).scalar_one_or_none())
        stand = [(one.id, one.key, one.valid_from.isoformat(), one.valid_to.isoformat() if one.valid_to else None) for one in found]
        for line, row in rows:
            there = by_number.get(row["nomor"])
            if row["nomor"] and there is None:
                plan.faults.append(Fault(line, "nomor", "Tidak ada baris berlaku dengan nomor ini; kosongkan bagi baris baru."))
            elif row["berlaku_sampai"] and row["berlaku_sampai"] <= row["berlaku_dari"]:
                plan.faults.append(Fault(line, "berlaku_sampai", "Akhir masa berlaku harus sesudah awalnya."))
            else:
                self._row(plan, line, row, there, found)
                _alone(plan, line, row, stand, single=single)
        return plan

    def _row(self, plan: Plan, line: int, row: dict[str, Json], there: Row[Any] | None, found: Sequence[Row[Any]]) -> None:
        after = {name: row[name] for name in PARTS}
        if there is None:
            if any(registry.line_of(one).told() == after for one in found):
                plan.same += 1
                return
            plan.steps.append(Step(line, f"baru {row['kunci']}", "tambah", None, after))
            return
        before = {**registry.line_of(there).told(), "sumber": there.source}
        if _texts(before["atribut"]) == _texts(after["atribut"]):
            after["atribut"] = before["atribut"]  # a file has no numbers and lists: what reads the same is the same
        if before == after:
            plan.same += 1
            return
        only_end = all(before[name] == after[name] for name in PARTS if name != "berlaku_sampai") and row["berlaku_sampai"]
        shorter = before["berlaku_sampai"] is None or (row["berlaku_sampai"] or "") < before["berlaku_sampai"]
        plan.steps.append(Step(line, str(there.id), "tutup" if only_end and shorter else "ubah", before, after))

    async def write(self, connection: AsyncConnection, actor: Actor, steps: list[Step], mark: str, reason: str, at: datetime) -> None:
        for step in steps:
            await self._one(connection, actor, step, f"{mark}/{step.line}", reason, at)

    async def _one(self, connection: AsyncConnection, actor: Actor, step: Step, mark: str, reason: str, at: datetime) -> None:
        one = step.after
        ends = date.fromisoformat(str(one["berlaku_sampai"])) if one["berlaku_sampai"] else None
        line = registry.Line(self.kind, str(one["kunci"]), date.fromisoformat(str(one["berlaku_dari"])), str(one["sumber"]), ends, one["atribut"])
        if step.what == "tambah":
            await registry.put(connection, actor, line, mark, reason, at)
        elif step.what == "tutup" and ends is not None:
            await registry.close(connection, actor, self.kind, int(step.key), ends, reason, at)
        else:
            await registry.correct(connection, actor, int(step.key), line, mark, reason, at)


def _texts(pairs: Json) -> dict[str, str]:
    return {name: str(value) for name, value in pairs.items()}


def _alone(plan: Plan, line: int, row: dict[str, Json], stand: list[tuple[Json, ...]], *, single: bool) -> None:
    """Of a single kind: no other line of the key, in the book or in the file before, holds in the same days."""
    starts, ends = str(row["berlaku_dari"]), str(row["berlaku_sampai"] or "9999")
    stand[:] = [one for one in stand if one[0] != row["nomor"] or not row["nomor"]]
    if single and any(one[1] == row["kunci"] and str(one[2]) < ends and starts < str(one[3] or "9999") for one in stand):
        plan.faults.append(Fault(line, "kunci", "Masih ada baris lain yang berlaku bagi kunci ini; tutup yang lama lebih dahulu."))
    stand.append((row["nomor"], row["kunci"], row["berlaku_dari"], row["berlaku_sampai"]))
