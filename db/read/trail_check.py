"""Recomputes a case's chain from the stored rows and says where it breaks first; the fold is compared with what people see."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.chain import GENESIS, digest
from db.read.processes import ProcessNotKept, pinned_process
from engine.errors import NotFound
from engine.fold import fold
from engine.process import Process
from engine.state import State
from engine.trail import event_from_json, moment

_ROWS = text("""
    WITH c AS MATERIALIZED (
      SELECT c.id AS case_key, c.no, c.sha, c.last_seq, c.head, c.result AS case_result,
        (SELECT coalesce(jsonb_agg(jsonb_build_array(t.instance, t.round)), '[]') FROM task t
          WHERE t.case_id = c.id AND t.status = 'offered' AND t.kind <> 'branch') AS open
      FROM "case" c WHERE c.id = :case
    ) SELECT c.*, t.* FROM c LEFT JOIN trail t ON t.case_id = c.case_key ORDER BY t.seq
""")
"""One statement, one snapshot: an event recorded meanwhile must not look like a missing line."""
_NEXT = text('SELECT id, no FROM "case" WHERE no > :after ORDER BY no LIMIT 200')
_NAMED = text('SELECT id, no FROM "case" WHERE id = :name OR no::text = :name')
COLUMNS = ("seq", "kind", "step", "round", "request_id")
ACTOR = ("person", "position", "capacity", "mandate", "name", "title")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``sound``; else ``seq`` and ``column`` name the first row and column that do not hold, ``why`` says so in Indonesian."""

    case_id: str
    events: int
    head: str
    sound: bool = True
    seq: int = 0
    column: str = ""
    why: str = ""
    unchecked: str = ""
    """What could not be checked, if anything."""


async def verify(connection: AsyncConnection, case_id: str) -> Verdict:
    """One statement (one more the first time a process is met). Refuses a case that is not there (NotFound)."""
    found = (await connection.execute(_ROWS, {"case": case_id})).all()
    if not found:
        raise NotFound
    case, rows = found[0], [row for row in found if row.seq is not None]
    broken = _chain(rows)
    head = rows[-1].hash if rows else GENESIS
    if broken is not None:
        return Verdict(case_id, len(rows), head, False, *broken)
    if (len(rows), head) != (case.last_seq, case.head):
        return Verdict(
            case_id, len(rows), head, False, len(rows), "hash", "Jejak tidak sepanjang yang dicatat pada perkara; ada baris yang hilang di ujungnya."
        )
    try:
        process = await pinned_process(connection, case.sha)
    except ProcessNotKept:
        return Verdict(case_id, len(rows), head, unchecked="Teks proses tidak tersimpan; keadaan perkara tidak dibandingkan.")
    return _compare(case_id, rows, case, process)


@dataclass(slots=True)
class Report:
    """What ``verify_all`` found. ``lines``: one for each case that is broken or could not be checked whole."""

    cases: int = 0
    events: int = 0
    broken: int = 0
    lines: list[str] = field(default_factory=list)
    absent: str = ""
    """What was asked for and is not there."""

    @property
    def whole(self) -> bool:
        return not self.broken and not self.absent

    def add(self, no: int, verdict: Verdict) -> None:
        self.cases += 1
        self.events += verdict.events
        self.broken += not verdict.sound
        if not verdict.sound:
            self.lines.append(f"perkara {no} ({verdict.case_id}): baris {verdict.seq}, kolom {verdict.column}: {verdict.why}")
        elif verdict.unchecked:
            self.lines.append(f"perkara {no} ({verdict.case_id}): rantai utuh. {verdict.unchecked}")

    def text(self) -> str:
        """For the operator, in Indonesian."""
        if self.absent:
            return f"Perkara {self.absent} tidak ada."
        said = "semua rantai utuh" if not self.broken else f"{self.broken} perkara rusak"
        return "\n".join([*self.lines, f"{self.cases} perkara, {self.events} peristiwa diperiksa: {said}."])


async def verify_all(connection: AsyncConnection, case: str | None = None) -> Report:
    """Every case one after the other, or the one of this number or id; never more than one trail in memory."""
    report = Report()
    if case:
        named = (await connection.execute(_NAMED, {"name": case})).one_or_none()
        if named is None:
            report.absent = case
        else:
            report.add(named.no, await verify(connection, named.id))
        return report
    after = 0
    while found := (await connection.execute(_NEXT, {"after": after})).all():
        for row in found:
            report.add(row.no, await verify(connection, row.id))
        after = found[-1].no
    return report


def _chain(rows: Sequence[Row[Any]]) -> tuple[int, str, str] | None:
    """(seq, column, why) of the first row that does not hold."""
    prev = GENESIS
    for number, row in enumerate(rows, 1):
        if row.seq != number:
            return number, "seq", f"Baris {number} tidak ada."
        if digest(row.body) != row.hash:
            following = rows[number].prev_hash if number < len(rows) else ""
            return (
                row.seq,
                "hash" if digest(row.body) == following else "body",
                f"Sidik baris {row.seq} tidak cocok dengan isinya; isi atau sidiknya diubah.",
            )
        stored = json.loads(row.body)
        if row.prev_hash != prev or stored["prev"] != prev:
            return row.seq, "prev_hash", f"Baris {row.seq} tidak menyambung pada baris sebelumnya."
        column = _differing(row, stored)
        if column:
            return row.seq, column, f"Kolom {column} pada baris {row.seq} berbeda dengan isi yang disidik."
        prev = row.hash
    return None


def _differing(row: Row[Any], stored: dict[str, Any]) -> str:
    """Name of the first column that is not what the hashed text says."""
    empty = {"round": 0}
    for column in COLUMNS:
        if getattr(row, column) != stored.get(column, empty.get(column, "")):
            return column
    actor = {"capacity": "definitif", **stored["actor"]}
    for column in ACTOR:
        if getattr(row, column) != actor.get(column, ""):
            return column
    if row.at != moment(stored["at"]):
        return "at"
    return "case_id" if stored["case"] != row.case_id else ""


def _compare(case_id: str, rows: Sequence[Row[Any]], case: Row[Any], process: Process) -> Verdict:
    events = [event_from_json({k: v for k, v in json.loads(row.body).items() if k not in ("case", "prev")}) for row in rows]
    state = fold(process, events)
    head = rows[-1].hash if rows else GENESIS
    if (state.result or None) != case.case_result:
        return Verdict(case_id, len(rows), head, False, len(rows), "result", "Hasil perkara pada daftar berbeda dengan jejaknya.")
    shown = sorted((str(instance), int(number)) for instance, number in case.open)
    if shown != _open(state):
        return Verdict(case_id, len(rows), head, False, len(rows), "task", "Tugas terbuka pada kotak tugas berbeda dengan jejaknya.")
    return Verdict(case_id, len(rows), head)


def _open(state: State) -> list[tuple[str, int]]:
    return sorted((name, step.round) for name, step in state.steps.items() if step.status == "open")
