"""Bookings: take a resource for a period, give it back, make a provisional one lasting. Overlap is the database's to refuse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from db.write.books.standing import Cause, stand
from engine.errors import AlreadyBooked

_BOOK = text("""
    INSERT INTO booking (key, kind, resource, starts, ends, purpose, lasting, case_id, step, round, note, at)
    VALUES (:key, :kind, :resource, :starts, :ends, :purpose, :lasting, :case, :step, :round, :note, :at)
""")
_FREE = text("""
    UPDATE booking SET state = 'freed', reason = :reason, freed_at = :at
    WHERE case_id = :case AND state = 'active' AND split_part(step, '@', 1) = :of
      AND (:rows = '' OR substr(step, strpos(step, '@') + 1) = :rows)
      AND (CAST(:since AS timestamptz) IS NULL OR ends > :since) RETURNING *
""")
_RULE = "one_booking_at_a_time"


@dataclass(frozen=True, slots=True)
class Slot:
    """``kind``: within which a resource is taken once at a time (orang, ruang, kendaraan …). Instants, the end open.

    ``lasting``: survives the end of the case. A case books provisionally while it is being decided (every end frees that) and once more,
    lasting and ``of`` the first, when it is granted."""

    kind: str
    starts: datetime
    ends: datetime
    purpose: str
    lasting: bool = False
    note: str = ""


async def book(connection: AsyncConnection, cause: Cause, resources: Sequence[str], slot: Slot, of: str = "") -> int:
    """All of the resources or none; gives how many. ``of``: the earlier step of this case whose bookings these replace, in the same instant.

    Refuses (AlreadyBooked) what is taken for part of the period, by this case or another; nothing is booked then."""
    await stand(connection, cause)
    common = {
        "kind": slot.kind, "starts": slot.starts, "ends": slot.ends, "purpose": slot.purpose, "lasting": slot.lasting, "note": slot.note,
        "case": cause.case_id, "step": cause.step, "round": cause.round, "at": cause.at,
    }  # fmt: skip
    wanted = sorted(set(resources))
    try:
        # A savepoint, so that the refusal leaves the caller's transaction usable: the fact "taken" is an answer, not a failure.
        async with connection.begin_nested():
            if of:
                await _free(connection, cause, of, None, "diganti")
            for resource in wanted:
                await connection.execute(_BOOK, {**common, "key": f"{cause.key}#{resource}", "resource": resource})
    except IntegrityError as error:
        if getattr(getattr(error.orig, "diag", None), "constraint_name", None) != _RULE:
            raise
        raise AlreadyBooked from error
    return len(wanted)


async def unbook(connection: AsyncConnection, cause: Cause, of: str, since: datetime | None = None) -> int:
    """Gives back what the step ``of`` of this case booked: whole, or from ``since`` on (what lies before stays booked). Gives how many changed."""
    await stand(connection, cause)
    freed = await _free(connection, cause, of, since, "dilepas")
    for row in freed:
        if since is not None and row.starts < since:
            kept = {
                "key": f"{cause.key}#{row.key}", "kind": row.kind, "resource": row.resource, "starts": row.starts, "ends": since,
                "purpose": row.purpose, "lasting": row.lasting, "note": row.note, "case": cause.case_id, "step": row.step, "round": row.round,
                "at": cause.at,
            }  # fmt: skip
            await connection.execute(_BOOK, kept)
    return len(freed)


async def _free(connection: AsyncConnection, cause: Cause, of: str, since: datetime | None, reason: str) -> Sequence[Row[Any]]:
    rows = cause.step.partition("@")[2]
    values = {"case": cause.case_id, "of": of, "rows": rows, "since": since, "reason": reason, "at": cause.at}
    return (await connection.execute(_FREE, values)).all()
