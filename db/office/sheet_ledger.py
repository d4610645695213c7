"""A ledger by file: each row says what the balance shall be; the difference to what it is becomes one entry. The file out goes back in unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.office import ledger_entry
from db.office.plans import Plan, Rows, Step, once
from db.office.sheets import Cell, amount, maybe, words
from engine.events import Actor, Json
from forms.numbers import plain
from forms.spreadsheets import Fault

_RULE = text("SELECT rule ? 'bagi' FROM ledger_book WHERE code = :book")
_PEOPLE = text("SELECT id, nip FROM person WHERE id = ANY(:words) OR nip = ANY(:words)")
_ACCOUNTS = text("""
    SELECT a.subject, a.period, a.balance, a.held, a.floor FROM ledger_account a
    WHERE a.book = :book AND a.subject = ANY(:subjects) AND a.period = ANY(:periods) ORDER BY a.id
""")
_LOCKED = text(f"{_ACCOUNTS.text} FOR UPDATE")


@dataclass(frozen=True, slots=True)
class Ledger:
    code: str
    columns: Mapping[str, Cell] = field(default_factory=lambda: {"subjek": words, "periode": words, "saldo": amount, "sumber": maybe})
    passed_over: tuple[str, ...] = ("nama", "ditahan", "bebas", "berlaku_dari", "berlaku_sampai")

    async def plan(self, connection: AsyncConnection, rows: Rows, actor: Actor, *, lock: bool) -> Plan:
        plan = Plan()
        named = {str(row["subjek"]) for _, row in rows}
        known = await self._subjects(connection, named)
        subjects = [known.get(name, name) if known is not None else name for name in named]
        values = {"book": self.code, "subjects": subjects, "periods": sorted({str(row["periode"]) for _, row in rows})}
        found = {(one.subject, one.period): one for one in await connection.execute(_LOCKED if lock else _ACCOUNTS, values)}
        for _, row in rows:
            if known is not None:
                row["subjek"] = known.get(str(row["subjek"]), row["subjek"])
        once(plan, rows, ("subjek", "periode"))
        for line, row in rows:
            if known is not None and row["subjek"] not in known.values():
                plan.faults.append(Fault(line, "subjek", f"“{row['subjek']}” bukan NIP pegawai kota; perbaiki tulisannya."))
                continue
            self._row(plan, line, row, found.get((row["subjek"], row["periode"])), actor)
        return plan

    async def _subjects(self, connection: AsyncConnection, named: set[str]) -> dict[str, str] | None:
        """NIP or id → id, of a book of people; None for any other book, whose subjects are codes of its own."""
        if not (await connection.execute(_RULE, {"book": self.code})).scalar_one_or_none():
            return None
        rows = await connection.execute(_PEOPLE, {"words": sorted(named)})
        return {name: row.id for row in rows for name in (row.id, row.nip) if name}

    def _row(self, plan: Plan, line: int, row: dict[str, Json], there: Row[Any] | None, actor: Actor) -> None:
        wanted = Decimal(str(row["saldo"]))
        held, floor = (there.held, there.floor) if there is not None else (Decimal(0), Decimal(0))
        if (there is not None and wanted == there.balance) or (there is None and not wanted):
            plan.same += 1
            return
        wrong = {}
        if wanted - held < floor:
            wrong["saldo"] = f"Saldo tidak boleh kurang dari {plain(floor + held)}: {plain(held)} sedang ditahan perkara."
        if not row["sumber"]:
            wrong["sumber"] = "Isi keputusan atau kartu yang menjadi dasar; saldo baris ini berubah."
        if row["subjek"] == actor.person:
            wrong["subjek"] = "Saldo Anda sendiri dicatat oleh petugas lain; hapus baris ini."
        if "/" in f"{row['subjek']}{row['periode']}":
            wrong["periode"] = "Tulis tanpa garis miring."
        plan.faults += [Fault(line, column, mend) for column, mend in wrong.items()]
        same = {"subjek": row["subjek"], "periode": row["periode"]}
        before = {**same, "saldo": plain(there.balance)} if there is not None else None
        after: dict[str, Json] = {**same, "saldo": plain(wanted), "sumber": row["sumber"]}
        plan.steps.append(Step(line, f"{row['subjek']}/{row['periode']}", "ubah" if before else "tambah", before, after))

    async def write(self, connection: AsyncConnection, actor: Actor, steps: list[Step], mark: str, reason: str, at: datetime) -> None:
        for step in steps:
            was = Decimal(str(step.before["saldo"])) if step.before else Decimal(0)
            change = Decimal(str(step.after["saldo"])) - was
            one = step.after
            key = f"{mark}/{step.line}"
            entry = ledger_entry.Entry(self.code, str(one["subjek"]), str(one["periode"]), change, str(one["sumber"]), key)
            await ledger_entry.enter(connection, actor, entry, reason, at)
