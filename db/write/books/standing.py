"""May an act still write to the books? Not when its case is over or its step was taken back meanwhile: its result would be dropped, its hold would stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.errors import CaseClosed, NotFound, TaskClosed

_CASE = text('SELECT status FROM "case" WHERE id = :case FOR NO KEY UPDATE')
_GONE = text("""
    SELECT EXISTS (
      SELECT 1 FROM trail t WHERE t.case_id = :case AND (
        (t.kind IN ('voided', 'act-done') AND t.step = :step AND t.round = :round)
        OR (t.kind = 'decided' AND t.body::jsonb -> 'data' -> 'cleared' ? :mark)))
""")


@dataclass(frozen=True, slots=True)
class Cause:
    """What writes: the act of this step and round of the case; ``at`` is the case's clock. ``key`` makes each line of it unique."""

    key: str
    case_id: str
    step: str
    round: int
    at: datetime

    @property
    def mark(self) -> str:
        """As a return names what it clears (``engine.decide.cleared``)."""
        return f"{self.step}/{self.round}"


async def stand(connection: AsyncConnection, cause: Cause) -> None:
    """Holds the case's row until the transaction ends: ``record`` cannot end the case or take the step back in between, and no other act of the
    case reads what this one is about to change.

    Refuses: CaseClosed; TaskClosed where a return, a met quorum or a skip took the step back, or where the trail has its result already (it was given
    up on doubt: a late try must not write what the case has gone on without); NotFound for a case that is not there."""
    status = (await connection.execute(_CASE, {"case": cause.case_id})).scalar_one_or_none()
    if status is None:
        raise NotFound(f"Perkara {cause.case_id} tidak ada.")
    if status != "open":
        raise CaseClosed
    gone = {"case": cause.case_id, "step": cause.step, "round": cause.round, "mark": cause.mark}
    if (await connection.execute(_GONE, gone)).scalar_one():
        raise TaskClosed(f"Langkah {cause.step} sudah dikembalikan, selesai, atau tidak diperlukan lagi; tidak ada yang dibukukan.")
