"""The activity ``record``: the one way by which a case's events become law."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from db.read.calendar import calendar
from db.write.record import ZONE, record
from db.write.trail import TrailForked
from engine import reschedule
from engine.trail import instant, moment
from workflows.contracts import RECKON, RECORD, ReckonInput, ReckonResult, RecordInput, RecordResult

_PROMISED = text('SELECT due_at FROM "case" WHERE id = :case')


@dataclass(frozen=True, slots=True)
class Records:
    """Holds the engine of the worker; one per worker process. ``zone``: the city's (a setting)."""

    engine: AsyncEngine
    zone: str = ZONE

    @activity.defn(name=RECORD)
    async def record(self, given: RecordInput) -> RecordResult:
        """One transaction, idempotent on (case, seq). A refusal is a value; a gap is retried; a fork is not, an operator must look."""
        try:
            done = await record(self.engine, given.case_id, given.events, given.sha, self.zone)
        except TrailForked as forked:
            raise ApplicationError(str(forked), type="jejak-bercabang", non_retryable=True) from forked
        if done.refused is not None:
            return RecordResult([], done.refused.code, done.refused.message, done.refused.errors)
        return RecordResult(list(done.events))

    @activity.defn(name=RECKON)
    async def reckon(self, given: ReckonInput) -> ReckonResult:
        """Reads only: what the calendar of this moment makes of the terms; for the promise of the case also what stands in its row."""
        now = moment(given.at)
        async with self.engine.connect() as connection:
            days = await calendar(connection, self.zone)
            promised = (await connection.execute(_PROMISED, {"case": given.case_id})).scalar_one_or_none()
        answers = []
        for one in given.terms:
            answer = reschedule.reckon({**one, "was": {"due": instant(promised)}} if one["step"] == reschedule.CASE and promised else one, days, now)
            answers.append(
                {"due": answer["due"], "rungs": [], "was": instant(promised) if promised else None} if one["step"] == reschedule.CASE else answer
            )
        return ReckonResult(answers)
