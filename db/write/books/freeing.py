"""What a return or the end of a case frees, in the transaction that records it: holds, bookings, and what an act did that never reached the trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.write.books import untold
from engine.events import Event
from engine.index import split
from engine.nodes import Call
from engine.process import Process

KEEPING = frozenset({"hold", "post", "book", "unbook"})
"""Acts that leave something in a book. A process without them holds nothing, and its cases pay nothing here."""

ENDED, RETURNED = "perkara berakhir", "langkah diambil kembali"

# The accounts are locked first, by id: two cases that end at once never wait for each other crosswise.
_HOLDS = text("""
    WITH locked AS (
      SELECT a.id FROM ledger_account a WHERE a.id IN (
        SELECT h.account FROM ledger_hold h WHERE h.case_id = :case AND h.state = 'held' AND (:all OR h.step || '/' || h.round = ANY(:marks)))
      ORDER BY a.id FOR UPDATE
    ) UPDATE ledger_hold h SET remaining = 0, reason = :reason, settled_at = :at,
        state = CASE WHEN EXISTS (SELECT 1 FROM ledger_entry e WHERE e.hold = h.key) THEN 'posted' ELSE 'freed' END
      WHERE (SELECT count(*) FROM locked) > 0 AND h.case_id = :case AND h.state = 'held' AND (:all OR h.step || '/' || h.round = ANY(:marks))
""")

# A lasting booking survives the end. It does not survive a return, nor an act whose result the trail never took.
_BOOKINGS = text(f"""
    UPDATE booking b SET state = 'freed', reason = :reason, freed_at = :at
    WHERE b.case_id = :case AND b.state = 'active'
      AND CASE WHEN :all THEN NOT b.lasting OR NOT {untold.told_of("b")} ELSE b.step || '/' || b.round = ANY(:marks) END
""")  # noqa: S608 our own words

_WITH_CASE = text(f"""
    UPDATE registry r SET valid_to = greatest(CAST(:day AS date), r.valid_from), closed_by = :reason
    WHERE r.case_id = :case AND r.valid_to IS NULL AND (r.with_case OR NOT {untold.told_of("r")})
""")  # noqa: S608 our own words
_LINES = text("""
    UPDATE registry SET valid_to = valid_from, closed_by = :reason WHERE case_id = :case AND step || '/' || round = ANY(:marks) AND valid_to IS NULL
""")


async def follow(connection: AsyncConnection, case_id: str, process: Process, events: Sequence[Event], zone: str) -> None:
    """Called by ``record`` with the events just appended. Nothing is asked of the database unless the process keeps books and a step went or the case ended."""
    if not keeps_books(process):
        return
    ended = next((event for event in events if event.kind == "ended"), None)
    marks = cleared(process, events)
    if marks:
        await free_steps(connection, case_id, marks, RETURNED, events[-1].at)
    if ended is not None:
        await free_case(connection, case_id, f"{ENDED}: {ended.data['result']}", ended.at, zone)


def keeps_books(process: Process) -> bool:
    return any(isinstance(node, Call) and node.act in KEEPING for node in process.tree.nodes.values())


def cleared(process: Process, events: Sequence[Event]) -> list[str]:
    """``step/round`` of what these events take back: cleared by a return; an act voided while it ran (a met quorum); one given up on doubt, which
    may have written before its answer was lost."""
    marks = [mark for event in events if event.kind == "decided" for mark in event.data.get("cleared") or []]
    gone = [event for event in events if event.kind == "voided" and isinstance(process.tree.nodes.get(split(event.step)[0]), Call)]
    gone += [event for event in events if event.kind == "act-done" and untold.GIVEN_UP in (event.data.get("detail") or {})]
    return [*marks, *(f"{event.step}/{event.round}" for event in gone)]


async def free_case(connection: AsyncConnection, case_id: str, reason: str, at: datetime, zone: str) -> None:
    """Everything the case holds that is not final: holds, bookings that are not lasting, registry lines that go with the case."""
    values: dict[str, Any] = {"case": case_id, "reason": reason, "at": at, "all": True, "marks": []}
    await _free(connection, values)
    day = at.astimezone(ZoneInfo(zone)).date()
    await connection.execute(_WITH_CASE, {"case": case_id, "reason": reason, "day": day})


async def free_steps(connection: AsyncConnection, case_id: str, marks: Sequence[str], reason: str, at: datetime) -> None:
    """What these steps (``step/round``) hold, lasting or not: the decision they rested on is taken back. Their registry lines were never valid."""
    values: dict[str, Any] = {"case": case_id, "reason": reason, "at": at, "all": False, "marks": list(marks)}
    await _free(connection, values)
    await connection.execute(_LINES, {"case": case_id, "marks": list(marks), "reason": reason})


async def _free(connection: AsyncConnection, values: dict[str, Any]) -> None:
    await connection.execute(_HOLDS, values)
    await connection.execute(_BOOKINGS, values)
    await untold.undo(connection, values)
