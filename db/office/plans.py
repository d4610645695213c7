"""What a file would change in a book: worked out against what stands there, shown before anything is written, and written row by row on consent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection
from ulid import ULID

from db.office.sheets import Cell, Sheet, read_sheet
from engine.errors import FieldsInvalid, ReasonMissing, StaleVersion
from engine.events import Actor, Json
from forms.spreadsheets import Fault

CHANGED = "Berkas atau isi buku berubah sejak pratinjau. Periksa perubahannya sekali lagi, lalu simpan."
Rows = Sequence[tuple[int, dict[str, Json]]]


@dataclass(frozen=True, slots=True)
class Step:
    """One row that changes. ``what``: tambah, ubah, tutup. ``before`` None: not there yet. ``after`` as it is to be."""

    line: int
    key: str
    what: str
    before: dict[str, Json] | None
    after: dict[str, Json]


@dataclass(slots=True)
class Plan:
    """``same``: rows that change nothing. ``digest`` names file and changes together: consent is to exactly these."""

    steps: list[Step] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    same: int = 0
    digest: str = ""


class Book(Protocol):
    """A book that can be changed by a file (``db.office.sheet_…``)."""

    @property
    def columns(self) -> Mapping[str, Cell]: ...

    @property
    def passed_over(self) -> Sequence[str]: ...

    async def plan(self, connection: AsyncConnection, rows: Rows, actor: Actor, *, lock: bool) -> Plan:
        """Steps and faults of rows already read. ``lock``: nobody may change what it compares with until the transaction ends."""
        ...

    async def write(self, connection: AsyncConnection, actor: Actor, steps: list[Step], mark: str, reason: str, at: datetime) -> None:
        """Every step with its entry in the office trail. ``mark`` names this file and this consent; with the line it is the key of a row."""
        ...


async def preview(connection: AsyncConnection, book: Book, content: bytes, actor: Actor) -> Plan:
    """What the file would do; nothing is written. Faults of cells first: rows are compared only when every cell can be read."""
    return await _planned(connection, book, content, actor, lock=False)


async def write(connection: AsyncConnection, book: Book, content: bytes, digest: str, actor: Actor, reason: str, at: datetime) -> int:
    """Writes what was shown, all of it or nothing, in the caller's transaction; gives how many rows changed.

    Refuses: ReasonMissing; StaleVersion when the file, or what stands in the book, is not what was shown (``digest``); FieldsInvalid with faults."""
    if not reason.strip():
        raise ReasonMissing("Isi alasan perubahan. Setiap baris yang berubah tercatat beserta alasannya.")
    plan = await _planned(connection, book, content, actor, lock=True)
    if plan.digest != digest:
        raise StaleVersion(CHANGED)
    if plan.faults:
        raise FieldsInvalid({"berkas": "Berkas masih memuat baris yang salah. Perbaiki lalu unggah lagi."})
    await book.write(connection, actor, plan.steps, f"{digest[:16]}-{ULID()}", reason.strip(), at)
    return len(plan.steps)


async def _planned(connection: AsyncConnection, book: Book, content: bytes, actor: Actor, *, lock: bool) -> Plan:
    sheet = read_sheet(content, book.columns, book.passed_over)
    if not sheet.rows and not sheet.faults:
        sheet.faults.append(Fault(1, "", "Berkas tidak memuat baris data."))
    plan = Plan(faults=sheet.faults) if sheet.faults else await _compared(connection, book, sheet, actor, lock=lock)
    told = [[one.line, one.key, one.what, one.before, one.after] for one in plan.steps]
    plan.digest = hashlib.sha256(content + json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return plan


async def _compared(connection: AsyncConnection, book: Book, sheet: Sheet, actor: Actor, *, lock: bool) -> Plan:
    plan = await book.plan(connection, sheet.rows, actor, lock=lock)
    plan.faults.sort(key=lambda one: (one.line, one.column))
    return plan


def once(plan: Plan, rows: Rows, key: Sequence[str]) -> None:
    """A fault for each row whose key stands in the file before."""
    seen: dict[tuple[Json, ...], int] = {}
    for line, row in rows:
        mark = tuple(row[name] for name in key)
        if all(part is None for part in mark):
            continue
        first = seen.setdefault(mark, line)
        if first != line:
            plan.faults.append(Fault(line, key[0], f"Sama dengan baris {first}; hapus salah satu."))
