"""The activity ``act``: one entry for every machine act, each idempotent under its key ``case/step/round``."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.clock import time_of
from activities.opening import Opening
from activities.signing import Issuing, beating
from db.connect import transaction
from db.read import dossier as read
from db.read.positions import resolve
from db.write import effects, numbers, outbox
from engine.errors import Refusal
from engine.events import Json
from workflows.contracts import ACT, ActInput, ActResult

Verb = Callable[[AsyncConnection, ActInput, datetime], Awaitable[ActResult]]


@dataclass(frozen=True)
class Acts:
    """``verbs``: what runs inside one transaction with its effect row; ``issuing`` prints and is many transactions."""

    database: AsyncEngine
    verbs: dict[str, Verb]
    issuing: Issuing | None = None
    opening: Opening | None = None

    @activity.defn(name=ACT)
    async def act(self, given: ActInput) -> ActResult:
        """Refusals and unknown acts do not retry: the operator gets a task that says why. Everything else is tried again."""
        beat = asyncio.create_task(beating())
        try:
            if given.act == "issue":
                if self.issuing is None:
                    raise ApplicationError("pekerja ini tidak mencetak", type="salah-antrean")
                return await self.issuing.issue(given)
            if given.act == "open" and self.opening is not None:
                return await self.opening.open(given)
            verb = self.verbs.get(given.act)
            if verb is None:
                raise ApplicationError(
                    f"tindakan {given.act or '(belum ditetapkan)'} tidak dikenal", type="tindakan-mesin-tidak-dikenal", non_retryable=True
                )
            return await self._once(given, verb)
        except Refusal as refused:
            raise ApplicationError(refused.message, type=refused.code, non_retryable=True) from None
        finally:
            beat.cancel()

    async def _once(self, given: ActInput, verb: Verb) -> ActResult:
        """The effect, its result and its key in one transaction: a kill leaves all or nothing."""
        async with transaction(self.database) as connection:
            claimed = await effects.claim(connection, given.key, given.case_id, given.act)
            if claimed.done:
                return ActResult(**claimed.result)
            result = await verb(connection, given, time_of(given))
            stored: Json = {"gives": result.gives, "documents": result.documents, "detail": result.detail}
            return ActResult(**await effects.finish(connection, given.key, stored))


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


async def notify(connection: AsyncConnection, given: ActInput, now: datetime) -> ActResult:
    """A notice to whoever the roles resolve to; the text names no subject, so that a secret letter stays secret."""
    resolved = (await resolve(connection, [given.data["to"]], now))[0]
    sent = await outbox.queue(connection, given.case_id, given.key, given.step, resolved.positions, str(given.data["about"]), now)
    return ActResult(detail={"kepada": list(resolved.positions), "dikirim": sent})
