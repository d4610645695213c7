"""``number``: the next number of a register."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection
from temporalio.exceptions import ApplicationError

from db.read import dossier as read
from db.write import numbers
from workflows.contracts import ActInput, ActResult


async def number(connection: AsyncConnection, given: ActInput, now: datetime, zone: str) -> ActResult:
    """The next number of a register of the case's organisation. ``args.register`` names it; the first fact given is the serial; its year is that of the ``zone``.

    Transactional: register and effect stand or fall together, so there is neither a gap nor a second number."""
    case = await read.dossier(connection, given.case_id)
    office = await read.head_office(connection, case.unit)
    register = str(given.data["args"].get("register") or "")
    if not register:
        raise ApplicationError(f"langkah {given.step}: isi argumen register", type="argumen-kurang", non_retryable=True)
    pattern = str(given.data["args"].get("pattern") or "{urut}/{tahun}")
    # Without the round: a letter sent back and registered again keeps the number it has.
    key = f"{given.case_id}/{given.step}"
    taken = await numbers.reserve(connection, key, office.organisation, register, now, pattern, {}, given.case_id, zone=zone)
    await numbers.issue(connection, key, now)
    names = list(given.data["gives"])
    return ActResult(gives={names[0]: taken.serial} if names else {}, detail={"nomor": taken.text})
