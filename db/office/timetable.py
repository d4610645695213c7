"""The ledger of cases that the calendar opens: no opening is lost between two rounds, and none happens twice; by hand with a reason, in the office trail."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.office.changes import note_change
from db.read.dossier import office
from db.read.positions import resolve
from engine.errors import FieldsInvalid
from engine.events import Actor
from engine.holders import address
from engine.opening import child_id
from engine.process import Process
from engine.state import State

_SEEN = text("INSERT INTO timetable_watch (process, until) VALUES (:process, :before) ON CONFLICT DO NOTHING")
_UNTIL = text("SELECT until FROM timetable_watch WHERE process = :process FOR UPDATE")
_MOVE = text("UPDATE timetable_watch SET until = :until WHERE process = :process AND until < :until")
_CLAIM = text("""
    INSERT INTO timetable_opening (process, planned, unit, case_id, claimed_at)
    SELECT :process, r.planned, r.unit, r.case_id, :at FROM jsonb_to_recordset(:rows) AS r (planned date, unit text, case_id text)
    ON CONFLICT DO NOTHING
""")
_WAITING = text("""
    SELECT process, planned, unit, case_id FROM timetable_opening
    WHERE opened_at IS NULL AND process = ANY(:known) ORDER BY claimed_at, process, unit LIMIT :most
""")
_OPENED = text("UPDATE timetable_opening SET opened_at = :at WHERE case_id = :case AND opened_at IS NULL")
_HEADS = text("""
    SELECT u.code AS unit, u.kind, p.code AS position FROM unit u JOIN position p ON p.unit = u.code AND p.is_head AND p.active
    WHERE u.active AND u.organisation = u.code ORDER BY u.code
""")

OWNER = "pemilik"
"""Among the kinds of a timetable: the agency of the process's owner."""


@dataclass(frozen=True, slots=True)
class Opening:
    process: str
    planned: date
    unit: str
    case_id: str


async def unseen(connection: AsyncConnection, process: str, today: date) -> date:
    """The first day whose openings are not claimed yet: today for a process never seen before. Holds the process until the transaction ends."""
    await connection.execute(_SEEN, {"process": process, "before": today - timedelta(days=1)})
    until: date = (await connection.execute(_UNTIL, {"process": process})).scalar_one()
    return until + timedelta(days=1)


async def claim(connection: AsyncConnection, process: str, openings: Sequence[Opening], until: date, at: datetime) -> int:
    """Writes down what is to be opened and that the days up to ``until`` are looked after; gives how many are new."""
    rows = json.dumps([{"planned": one.planned.isoformat(), "unit": one.unit, "case_id": one.case_id} for one in openings])
    made = (await connection.execute(_CLAIM, {"process": process, "rows": rows, "at": at})).rowcount if openings else 0
    await connection.execute(_MOVE, {"process": process, "until": until})
    return made


async def waiting(connection: AsyncConnection, known: Collection[str], most: int = 500) -> list[Opening]:
    """Claimed and not opened of these processes, oldest first. One whose process the city took away waits for it to come back."""
    return [Opening(*row) for row in await connection.execute(_WAITING, {"known": list(known), "most": most})]


async def opened(connection: AsyncConnection, case_id: str, at: datetime) -> None:
    await connection.execute(_OPENED, {"case": case_id, "at": at})


def opening(process: str, planned: date, unit: str) -> Opening:
    """Its case has the same id whoever asks for it, and however often."""
    return Opening(process, planned, unit, child_id(f"jadwal/{process}/{planned}", unit))


async def units(connection: AsyncConnection, process: Process, now: datetime) -> list[str]:
    """For which agencies it opens: each that has a head (of the kinds asked), or that of the owner of the process, or both."""
    table = process.starts.opens
    each = table is not None and table.each == "organisation"
    kinds = table.kinds if table is not None else ()
    found = list(await heads(connection, kinds)) if each else []
    if each and OWNER not in kinds:
        return found
    owner = (await resolve(connection, [address(process, State(), (process.owner,))], now))[0]
    return list(dict.fromkeys((*found, (await office(connection, owner.positions[0])).organisation)))


async def heads(connection: AsyncConnection, kinds: Sequence[str] = ()) -> dict[str, str]:
    """Organisation → the post of its head; one without a head is left out. ``kinds``: only agencies of these."""
    return {row.unit: row.position for row in await connection.execute(_HEADS) if not kinds or row.kind in kinds}


async def open_now(connection: AsyncConnection, actor: Actor, process: Process, today: date, reason: str, now: datetime) -> int:
    """Claims the cases of today; gives how many. Refuses: ReasonMissing; FieldsInvalid when those of today are claimed already."""
    agencies = await units(connection, process, now)
    seen = await unseen(connection, process.code, today) - timedelta(days=1)
    made = await claim(connection, process.code, [opening(process.code, today, unit) for unit in agencies], seen, now)
    if not made:
        raise FieldsInvalid({"alasan": "Perkara hari ini sudah dibuka. Besok dapat dibuka lagi."})
    await note_change(connection, actor, "buka", "timetable", process.code, reason, None, {"hari": today.isoformat(), "perkara": made}, now)
    return made
