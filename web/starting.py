"""Opening a case from a page: who may, in which capacity, for which organisation."""

from __future__ import annotations

import asyncio
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from ulid import ULID

from db.read import parties
from db.read.positions import resolve
from engine.errors import NotAllowed, NotFound, WrongCapacity
from engine.events import Json
from engine.holders import address
from engine.opening import Party, case_opened
from engine.positions import Applicant
from engine.process import Process
from engine.state import State
from engine.trail import event_to_json
from web.context import Context
from web.policy import Viewer

MOMENT, MOMENTS = 0.1, 20
"""Two seconds in all: then the page says that the case is being opened."""
_FIRST = text("SELECT t.id FROM task t WHERE t.case_id = :case ORDER BY t.opened_seq LIMIT 1")


def for_outsiders(process: Process) -> bool:
    """Asked for only by people without an account, so that a desk opens it for them."""
    role = process.role.get(process.starts.by)
    return role is not None and role.kind == "public" and bool(process.starts.desk)


async def may_start(connection: AsyncConnection, process: Process, viewer: Viewer, now: datetime, *, desk: bool = False) -> list[str]:
    """Positions the viewer holds from which he may start it. A role that is the applicant himself: any of his own. ``desk``: for somebody without an
    account, where the process names a desk that does (beside the employees who start it themselves)."""
    held = viewer.capacities
    openers = (process.starts.desk,) if desk or for_outsiders(process) else process.starts.openers
    words = [word for word in openers if word in process.role and word != "sistem"]
    if any(isinstance(process.role[word].resolves, Applicant) for word in words):
        return [one.position for one in held]
    asked: list[Json] = []
    for one in held:
        party: dict[str, Json] = {"person": viewer.person.id, "position": one.position, "unit": one.organisation}
        state = State(unit=one.organisation, starter=party, applicant=party)
        asked += [address(process, state, (word,)) for word in words]
    resolved = await resolve(connection, asked, now)
    found = []
    for number, one in enumerate(held):
        own = resolved[number * len(words) : (number + 1) * len(words)]
        if any(one.position in each.positions and not each.vacant for each in own):
            found.append(one.position)
    return found


async def start_case(context: Context, viewer: Viewer, code: str, case_id: str, outsider: str = "") -> int | None:
    """Opens the case and gives its first task; None while the answer is still on its way. ``outsider``: the party it is for (web.counter).

    Refuses: NotFound, WrongCapacity, NotAllowed."""
    listed = context.processes.processes.get(code)
    if listed is None:
        raise NotFound
    now = context.clock()
    async with context.pages.connect() as connection:
        allowed = await may_start(connection, listed.process, viewer, now, desk=bool(outsider))
    held = viewer.capacities
    if not allowed:
        raise NotAllowed("Jabatan Anda tidak memulai proses ini. Mintakan kepada yang berwenang memulainya.")
    chosen = next((one for one in held if viewer.acting and one.position == viewer.acting.position and one.position in allowed), None)
    chosen = chosen or next(one for one in held if one.position in allowed)
    if viewer.acting and viewer.acting.position in {one.position for one in held} and viewer.acting.position not in allowed and len(allowed) > 1:
        raise WrongCapacity
    case_id = case_id if _is_ulid(case_id) else str(ULID())
    async with context.pages.connect() as connection:
        starter = await parties.party(connection, viewer.person.id, chosen.position, now.astimezone(context.city.zone).date())
    if outsider:
        starter = Party(outsider)
    event = case_opened(
        listed.process, listed.sha, case_id, chosen.actor(viewer.person), starter, now, zone=context.city.zone.key, unit=chosen.organisation
    )
    await context.cases.open_case(case_id, code, listed.sha, event_to_json(event))
    return await _first_task(context, case_id)


async def _first_task(context: Context, case_id: str) -> int | None:
    """Of a process that first looks something up by itself it comes a moment after the opening."""
    for _ in range(MOMENTS):
        async with context.pages.connect() as connection:
            found: int | None = (await connection.execute(_FIRST, {"case": case_id})).scalar_one_or_none()
        if found is not None:
            return found
        await asyncio.sleep(MOMENT)
    return None


def _is_ulid(text_: str) -> bool:
    try:
        ULID.from_str(text_)
    except ValueError:
        return False
    return True
