"""The activity ``record``: the one way by which a case's events become law."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from db.write.record import ZONE, record
from db.write.trail import TrailForked
from workflows.contracts import RECORD, RecordInput, RecordResult


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
