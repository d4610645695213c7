"""Bookings by hand: a person, room or vehicle taken for a period outside any case, or given back; each with its entry in the office trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from db.office.changes import note_change
from engine.errors import AlreadyBooked, FieldsInvalid, NotAllowed, NotFound, ReasonMissing
from engine.events import Actor, Json
from engine.trail import instant

_BOOK = text("""
    INSERT INTO booking (key, kind, resource, starts, ends, purpose, lasting, source, note, at)
    VALUES (:key, :kind, :resource, :starts, :ends, :purpose, true, :source, :note, :at) ON CONFLICT (key) DO NOTHING
""")
_ONE = text("""
    SELECT b.key, b.kind, b.resource, b.starts, b.ends, b.purpose, b.source, b.state, b.lasting, c.status FROM booking b
    LEFT JOIN "case" c ON c.id = b.case_id WHERE b.key = :key FOR UPDATE OF b
""")
_FREE = text("UPDATE booking SET state = 'freed', reason = :reason, freed_at = :at WHERE key = :key AND state = 'active'")
_RULE = "one_booking_at_a_time"


@dataclass(frozen=True, slots=True)
class Booking:
    """Instants, the end open. ``key`` makes it happen once (the request's id)."""

    kind: str
    resource: str
    starts: datetime
    ends: datetime
    purpose: str
    source: str
    key: str

    def told(self) -> dict[str, Json]:
        return {
            "jenis": self.kind, "dipesan": self.resource, "mulai": instant(self.starts), "akhir": instant(self.ends), "keperluan": self.purpose,
            "sumber": self.source,
        }  # fmt: skip


async def book(connection: AsyncConnection, actor: Actor, one: Booking, reason: str, at: datetime) -> bool:
    """Takes the resource. False: this request was written before. Refuses: ReasonMissing; FieldsInvalid for a missing part or an end before the
    start; AlreadyBooked for what is taken for part of the period."""
    if not reason.strip():
        raise ReasonMissing("Isi alasan perubahan. Setiap perubahan buku kota tercatat beserta alasannya.")
    needed = {"jenis": one.kind, "dipesan": one.resource, "keperluan": one.purpose, "sumber": one.source}
    wrong = {name: "Isi bagian ini." for name, value in needed.items() if not value.strip()}
    if one.ends <= one.starts:
        wrong["akhir"] = "Akhir harus sesudah mulai."
    if wrong:
        raise FieldsInvalid(wrong)
    row = {
        "key": f"kantor/{one.key}", "kind": one.kind, "resource": one.resource, "starts": one.starts, "ends": one.ends, "purpose": one.purpose,
        "source": one.source, "note": reason.strip(), "at": at,
    }  # fmt: skip
    try:
        async with connection.begin_nested():
            made = (await connection.execute(_BOOK, row)).rowcount
    except IntegrityError as error:
        if getattr(getattr(error.orig, "diag", None), "constraint_name", None) != _RULE:
            raise
        raise AlreadyBooked from error
    if made:
        await note_change(connection, actor, "pesan", "booking", str(row["key"]), reason.strip(), None, one.told(), at)
    return bool(made)


async def free(connection: AsyncConnection, actor: Actor, key: str, reason: str, at: datetime) -> None:
    """Gives the resource back; the row stays, marked. What is free already is left alone. Refuses: NotFound; ReasonMissing; NotAllowed for a
    booking of a case still under way: that case decides about it."""
    if not reason.strip():
        raise ReasonMissing("Isi alasan melepas pemesanan ini.")
    row = (await connection.execute(_ONE, {"key": key})).one_or_none()
    if row is None:
        raise NotFound("Pemesanan itu tidak ada. Muat ulang halaman.")
    if row.state == "freed":
        return
    if row.status == "open" and not row.lasting:
        raise NotAllowed("Pemesanan ini milik perkara yang masih berjalan; ia lepas atau tetap oleh putusan perkara itu.")
    await connection.execute(_FREE, {"key": key, "reason": reason.strip(), "at": at})
    was = Booking(row.kind, row.resource, row.starts, row.ends, row.purpose, row.source, key).told()
    await note_change(connection, actor, "lepas", "booking", key, reason.strip(), {**was, "keadaan": "dipakai"}, {**was, "keadaan": "dilepas"}, at)
