"""Acting mandates opened, prolonged, ended, cancelled: each one transaction with its entry in the office trail, under the rules of the engine.

The rules are asked under the lock of the office trail, so two who open at once come one after the other; what is written past this module
meets the same rules as exclusion constraints (one acting official per post, one post per Plt or Plh).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.office import holding, telling
from db.office.changes import LOCK
from db.office.rows import change_row
from db.read import mandates as read
from db.tables.holding import acting
from engine.errors import FieldsInvalid, MandateEnded, NotFound, PeriodOverlaps
from engine.events import Actor
from engine.mandate_rules import faults
from engine.mandates import Fault, Mandate, forbids, may_hand_on, refuse

_PERSON = text("SELECT id FROM person WHERE active AND (id = :named OR nip = :named)")
_CHAIN = text("""
    WITH RECURSIVE line AS (
      SELECT id FROM acting WHERE id = :id UNION SELECT a.id FROM acting a JOIN line l ON a.extends = l.id
    ) SELECT a.id, a.starts, a.ends FROM acting a JOIN line USING (id) WHERE a.cancelled_at IS NULL AND (a.ends IS NULL OR a.ends > :ends) ORDER BY a.starts
""")
_CUT = text("SELECT 1 FROM office_trail WHERE subject = 'acting' AND key = :id AND action = 'ubah'")
"""An order is written once: a change of it is its early end."""
_PROLONGED = text("SELECT 1 FROM acting WHERE extends = :id AND cancelled_at IS NULL")
_TWICE = "one_post_to_act_for"


async def open_mandate(
    connection: AsyncConnection, actor: Actor, asked: Mandate, reason: str, at: datetime, zone: ZoneInfo,
    absence: tuple[datetime, datetime] | None = None, case_id: str = "", document: str = "",
) -> Mandate:  # fmt: skip
    """Opens it and gives it as it stands: with its id, and never beginning before ``at``, for nobody acts on an order not yet given.

    ``asked.person``: id or NIP. ``asked.forbids``: what the order adds to what the law closes. ``absence``: of the definitive holder, where known.
    Refuses: ActingForbidden (an acting official hands nothing on), PeriodOverlaps, FieldsInvalid by field, ReasonMissing."""
    await _alone(connection)
    may_hand_on(actor.capacity)
    asked, broken = await examine(connection, asked, at, zone, absence)
    refuse(broken)
    try:
        found = await holding.appoint_acting(
            connection, actor, asked.kind, asked.position, asked.person, asked.starts, asked.ends, asked.order_number, reason, at,
            sorted(asked.forbids), None, cause=asked.cause, case_id=case_id, document=document, extends=asked.extends or None,
        )  # fmt: skip
    except FieldsInvalid as refused:
        if _TWICE in refused.errors:
            raise PeriodOverlaps("Pegawai ini sudah menjadi Plt. atau Plh. pada jabatan lain. Tunjuk pegawai lain.") from refused
        raise
    await telling.tell(connection, found, "dicatat", at)
    return replace(asked, id=found)


async def examine(
    connection: AsyncConnection, asked: Mandate, at: datetime, zone: ZoneInfo, absence: tuple[datetime, datetime] | None = None
) -> tuple[Mandate, tuple[Fault, ...]]:
    """The mandate as it would stand, and every rule it breaks; nothing is written. Refuses an unknown person (FieldsInvalid)."""
    starts, ends = max(asked.starts, at).astimezone(zone), asked.ends.astimezone(zone)
    person = await _person(connection, asked.person)
    asked = replace(asked, starts=starts, ends=ends, person=person, forbids=forbids(asked.kind, asked.forbids))
    known = await read.circumstances(connection, asked, zone, absence)
    return asked, faults(asked, known, await read.bounds(connection, at.astimezone(zone)))


async def extend(
    connection: AsyncConnection, actor: Actor, mandate_id: str, ends: datetime, order_number: str, reason: str, at: datetime, zone: ZoneInfo,
    absence: tuple[datetime, datetime] | None = None, case_id: str = "", document: str = "",
) -> Mandate:  # fmt: skip
    """A new order that goes on where the old one ends; signed too late it goes on from ``at``, and between the two nobody acted.

    The new order is a row of its own: acts name the order they were done under. Refuses what ``open_mandate`` refuses, NotFound (also for a
    cancelled one), MandateEnded for one ended before its time, PeriodOverlaps for one prolonged already."""
    await _alone(connection)
    old = await read.one(connection, mandate_id, at)
    if old.state == "dibatalkan":
        raise NotFound("Mandat ini sudah dibatalkan dan tidak dapat diperpanjang. Buka mandat baru.")
    if old.state == "lampau" and (await connection.execute(_CUT, {"id": mandate_id})).first() is not None:
        raise MandateEnded("Mandat ini sudah ditutup sebelum waktunya dan tidak dapat diperpanjang. Buka mandat baru dengan surat perintah baru.")
    added = old.mandate.forbids - forbids(old.mandate.kind)
    asked = replace(old.mandate, id="", starts=old.mandate.ends, ends=ends, order_number=order_number, forbids=added, extends=mandate_id)
    if (await connection.execute(_PROLONGED, {"id": mandate_id})).first() is not None:
        raise PeriodOverlaps("Mandat ini sudah diperpanjang. Perpanjang mandat yang terbaru, atau akhiri.")
    return await open_mandate(connection, actor, asked, reason, at, zone, absence, case_id, document)


async def end(connection: AsyncConnection, actor: Actor, mandate_id: str, ends: datetime, reason: str, at: datetime) -> list[str]:
    """Ends it, and what prolongs it, at that instant, never earlier than ``at``: what was done under it stands. Gives the ids that changed:
    [] when it was over already. A prolongation that has not begun is cancelled. NotFound for an unknown id."""
    await _alone(connection)
    await read.one(connection, mandate_id, at)
    ends = max(ends, at)
    changed = []
    for row in (await connection.execute(_CHAIN, {"id": mandate_id, "ends": ends})).all():
        if row.starts >= ends:
            await change_row(connection, actor, acting, {"id": row.id}, {"cancelled_at": at}, reason, at)
        else:
            await holding.end_acting(connection, actor, row.id, ends, reason, at)
        await telling.tell(connection, row.id, "dibatalkan" if row.starts >= ends else "berakhir", at)
        changed.append(row.id)
    return changed


async def cancel(connection: AsyncConnection, actor: Actor, mandate_id: str, reason: str, at: datetime) -> None:
    """Takes back an order that has not begun; it stays to be seen. Refuses one that has (FieldsInvalid): that one is ended."""
    await _alone(connection)
    if (await read.one(connection, mandate_id, at)).state != "mendatang":
        message = "Mandat ini sudah berjalan atau sudah selesai dan tidak dapat dibatalkan. Akhiri mandatnya."
        raise FieldsInvalid({"id": message}, message)
    await change_row(connection, actor, acting, {"id": mandate_id}, {"cancelled_at": at}, reason, at)
    await telling.tell(connection, mandate_id, "dibatalkan", at)


async def _alone(connection: AsyncConnection) -> None:
    await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


async def _person(connection: AsyncConnection, named: str) -> str:
    found = (await connection.execute(_PERSON, {"named": named})).scalar_one_or_none()
    if found is None:
        raise FieldsInvalid({"person": _NOBODY}, _NOBODY)
    return str(found)


_NOBODY = "Pegawai yang ditunjuk tidak ada atau tidak aktif lagi. Pilih dari daftar pegawai."
