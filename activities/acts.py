"""The activity ``act``: one entry for every machine act, each idempotent under its key ``case/step/round``."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.clock import time_of
from activities.opening import Opening
from activities.signing import Issuing, beating
from activities.verbs.verb import Apart, Verb
from db.connect import transaction
from db.write import effects
from engine.errors import NumberConflict, Refusal
from engine.events import Json
from workflows.contracts import ACT, ActInput, ActResult


@dataclass(frozen=True)
class Acts:
    """``verbs``: what runs inside one transaction with its effect row; ``issuing`` prints and is many transactions."""

    database: AsyncEngine
    verbs: dict[str, Verb]
    issuing: Issuing | None = None
    opening: Opening | None = None

    @activity.defn(name=ACT)
    async def act(self, given: ActInput) -> ActResult:
        """Refusals and unknown acts do not retry: the operator gets a task that says why. Everything else is tried again, and so is a number that
        another transaction took meanwhile."""
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
            return await self._apart(given, verb) if isinstance(verb, Apart) else await self._once(given, verb)
        except NumberConflict as taken:
            raise ApplicationError(taken.message, type=taken.code) from None
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

    async def _apart(self, given: ActInput, verb: Apart) -> ActResult:
        """The same for what leaves the house: claimed, done with no transaction open, its result kept. The verb's own key makes it happen once."""
        async with transaction(self.database) as connection:
            claimed = await effects.claim(connection, given.key, given.case_id, given.act)
        if claimed.done:
            return ActResult(**claimed.result)
        result = await verb.act(self.database, given, time_of(given))
        stored: Json = {"gives": result.gives, "documents": result.documents, "detail": result.detail}
        async with transaction(self.database) as connection:
            return ActResult(**await effects.finish(connection, given.key, stored))
