"""Recomputes a case's chain from the stored rows and says where it breaks first; the fold is compared with what people see."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
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

_ROWS = text("SELECT * FROM trail WHERE case_id = :case ORDER BY seq")
_CASE = text("""
    SELECT c.sha, c.last_seq, c.head, c.status, c.result,
      (SELECT coalesce(jsonb_agg(jsonb_build_array(t.instance, t.round)), '[]') FROM task t
        WHERE t.case_id = c.id AND t.status = 'offered' AND t.kind <> 'branch') AS open
    FROM "case" c WHERE c.id = :case
""")
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
    """Two statements. Refuses a case that is not there (NotFound)."""
    case = (await connection.execute(_CASE, {"case": case_id})).one_or_none()
    if case is None:
        raise NotFound
    rows = (await connection.execute(_ROWS, {"case": case_id})).all()
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


def _chain(rows: Sequence[Row[Any]]) -> tuple[int, str, str] | None:
    """(seq, column, why) of the first row that does not hold."""
    prev = GENESIS
    for number, row in enumerate(rows, 1):
        if row.seq != number:
            return number, "seq", f"Baris {number} tidak ada."
        if digest(row.body) != row.hash:
            return row.seq, "body" if row.hash != prev else "hash", f"Sidik baris {row.seq} tidak cocok dengan isinya; isi atau sidiknya diubah."
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
    if (state.result or None) != case.result:
        return Verdict(case_id, len(rows), head, False, len(rows), "result", "Hasil perkara pada daftar berbeda dengan jejaknya.")
    shown = sorted((str(instance), int(number)) for instance, number in case.open)
    if shown != _open(state):
        return Verdict(case_id, len(rows), head, False, len(rows), "task", "Tugas terbuka pada kotak tugas berbeda dengan jejaknya.")
    return Verdict(case_id, len(rows), head)


def _open(state: State) -> list[tuple[str, int]]:
    return sorted((name, step.round) for name, step in state.steps.items() if step.status == "open")
