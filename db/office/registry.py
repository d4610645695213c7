"""Lines of the registry by an official: put, closed, corrected. A correction is a new version: the old line stays, marked as never valid."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from db.office.changes import note_change
from engine.errors import FieldsInvalid, NotFound, PeriodOverlaps, ReasonMissing
from engine.events import Actor, Json

_KIND = text("SELECT title, single FROM registry_kind WHERE kind = :kind")
_PUT = text("""
    INSERT INTO registry (mark, kind, single, key, attributes, valid_from, valid_to, source, at)
    VALUES (:mark, :kind, :single, :key, CAST(:attributes AS jsonb), :valid_from, :valid_to, :source, :at)
    ON CONFLICT (mark) DO NOTHING RETURNING id
""")
_ONE = text("""
    SELECT id, kind, key, attributes, valid_from, valid_to, source, closed_by FROM registry WHERE id = :id AND kind = :kind FOR UPDATE
""")
_END = text("UPDATE registry SET valid_to = :day, closed_by = :by WHERE id = :id")
_MARKED = text("SELECT id FROM registry WHERE mark = :mark")
_RULE = "one_valid_line_at_a_time"
_WHY = "Isi alasan perubahan. Setiap perubahan registri tercatat beserta alasannya."


@dataclass(frozen=True, slots=True)
class Line:
    """``valid_to``: the first day on which it no longer holds; None: until it is closed."""

    kind: str
    key: str
    valid_from: date
    source: str
    valid_to: date | None = None
    attributes: Mapping[str, Json] = field(default_factory=dict)

    def told(self) -> dict[str, Json]:
        return {
            "kunci": self.key, "atribut": dict(self.attributes), "berlaku_dari": self.valid_from.isoformat(),
            "berlaku_sampai": self.valid_to.isoformat() if self.valid_to else None, "sumber": self.source,
        }  # fmt: skip


async def put(connection: AsyncConnection, actor: Actor, line: Line, mark: str, reason: str, at: datetime) -> int:
    """A new line; gives its number, 0 when this request (``mark``) was written before.

    Refuses: ReasonMissing; NotFound for an unknown kind; FieldsInvalid; PeriodOverlaps for a second valid line of a single kind."""
    made = await _insert(connection, line, f"kantor/{mark}", reason, at)
    if made:
        await note_change(connection, actor, "tambah", "registry", f"{line.kind}/{made}", reason.strip(), None, line.told(), at)
    return made


async def close(connection: AsyncConnection, actor: Actor, kind: str, number: int, day: date, reason: str, at: datetime) -> None:
    """The line holds until the day before ``day``. Refuses: ReasonMissing, NotFound, FieldsInvalid for a day before it began or after its end."""
    _reasoned(reason)
    row = await _locked(connection, kind, number)
    if day < row.valid_from or (row.valid_to is not None and day > row.valid_to):
        told = "Pilih tanggal di antara awal dan akhir masa berlakunya."
        raise FieldsInvalid({"berlaku_sampai": told}, told)
    if day == row.valid_to:
        return
    await connection.execute(_END, {"id": number, "day": day, "by": f"kantor: {reason.strip()}"[:500]})
    was = line_of(row).told()
    after = {**was, "berlaku_sampai": day.isoformat()}
    await note_change(connection, actor, "tutup", "registry", f"{kind}/{number}", reason.strip(), was, after, at)


async def correct(connection: AsyncConnection, actor: Actor, number: int, line: Line, mark: str, reason: str, at: datetime) -> int:
    """The line as it should have been, under a new number; the old one is marked as never valid. Refuses what ``put`` and ``close`` refuse."""
    _reasoned(reason)
    row = await _locked(connection, line.kind, number)
    before = (await connection.execute(_MARKED, {"mark": f"kantor/{mark}"})).scalar_one_or_none()
    if before is not None:
        return int(before)
    if row.valid_to == row.valid_from:
        raise NotFound("Baris ini sudah diganti versi yang lebih baru. Muat ulang halaman.")
    was = line_of(row).told()
    if was == line.told():
        return 0
    await connection.execute(_END, {"id": number, "day": row.valid_from, "by": f"diganti: {reason.strip()}"[:500]})
    made = await _insert(connection, line, f"kantor/{mark}", reason, at)
    after = {**line.told(), "menggantikan": number}
    await note_change(connection, actor, "perbaiki", "registry", f"{line.kind}/{made}", reason.strip(), was, after, at)
    return made


async def _insert(connection: AsyncConnection, line: Line, mark: str, reason: str, at: datetime) -> int:
    _reasoned(reason)
    kind = (await connection.execute(_KIND, {"kind": line.kind})).one_or_none()
    if kind is None:
        raise NotFound("Registri itu tidak ada. Pilih dari daftar registri.")
    wrong = {name: "Isi bagian ini." for name, value in (("kunci", line.key), ("sumber", line.source)) if not value.strip()}
    if line.valid_to is not None and line.valid_to <= line.valid_from:
        wrong["berlaku_sampai"] = "Akhir masa berlaku harus sesudah awalnya."
    if wrong:
        raise FieldsInvalid(wrong)
    row = {
        "mark": mark, "kind": line.kind, "single": kind.single, "key": line.key, "attributes": json.dumps(dict(line.attributes), ensure_ascii=False),
        "valid_from": line.valid_from, "valid_to": line.valid_to, "source": line.source, "at": at,
    }  # fmt: skip
    try:
        async with connection.begin_nested():
            return int((await connection.execute(_PUT, row)).scalar_one_or_none() or 0)
    except IntegrityError as error:
        if getattr(getattr(error.orig, "diag", None), "constraint_name", None) != _RULE:
            raise
        raise PeriodOverlaps(f"{kind.title}: masih ada yang berlaku untuk {line.key}. Tutup yang lama lebih dahulu.") from error


async def _locked(connection: AsyncConnection, kind: str, number: int) -> Row[Any]:
    row = (await connection.execute(_ONE, {"id": number, "kind": kind})).one_or_none()
    if row is None:
        raise NotFound("Baris registri itu tidak ada.")
    return row


def line_of(row: Row[Any]) -> Line:
    """A stored line as it was written."""
    return Line(row.kind, row.key, row.valid_from, row.source, row.valid_to, row.attributes)


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(_WHY)
