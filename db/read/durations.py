"""How long a process and each of its steps really take: what its cases of the last year took."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

LEAST = 5
"""Fewer cases say nothing about the next one."""

LOOKED_AT = 400
"""Newest first: enough for nine of ten, and flat in the age of the city."""

_TOOK = text("""
    SELECT extract(epoch FROM ended_at - opened_at) AS seconds FROM "case"
    WHERE process = :process AND status = 'ended' AND result <> ALL(:unsaid) AND ended_at > :now - interval '1 year' ORDER BY ended_at DESC LIMIT :most
""")
_STEPS = text("""
    SELECT t.step, count(DISTINCT t.case_id) AS cases, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM t.closed_at - t.opened_at)) AS half
    FROM task t JOIN (
        SELECT id FROM "case" WHERE process = :process AND status = 'ended' AND ended_at > :now - interval '1 year' ORDER BY ended_at DESC LIMIT :most
    ) c ON c.id = t.case_id
    WHERE t.status = 'done' AND t.kind IN ('task', 'sign', 'dispose', 'wait') GROUP BY t.step
""")
UNSAID = ("batal", "dicabut", "gugur")
"""Ends that say nothing about how long the work takes."""


@dataclass(frozen=True, slots=True)
class Took:
    cases: int
    half: float
    """Days (of 24 hours) within which half of them ended."""
    most: float
    """Days within which nine of ten ended."""


async def took(connection: AsyncConnection, process: str, now: datetime) -> Took | None:
    """None while fewer than ``LEAST`` cases of the last year were brought to an end; of very many the newest ``LOOKED_AT``."""
    rows = await connection.execute(_TOOK, {"process": process, "unsaid": list(UNSAID), "now": now, "most": LOOKED_AT})
    days = [float(seconds) / 86_400 for (seconds,) in rows]
    if len(days) < LEAST:
        return None
    return Took(len(days), statistics.median(days), statistics.quantiles(days, n=10, method="inclusive")[-1])


async def steps_took(connection: AsyncConnection, process: str, now: datetime) -> dict[str, float]:
    """Step → days within which half of its openings were done, over the newest ``LOOKED_AT`` cases that ended in the last year, however they ended.

    A step that fewer than ``LEAST`` of them passed is left out. Each opening counts by itself: a step done again after a return counts twice."""
    rows = await connection.execute(_STEPS, {"process": process, "now": now, "most": LOOKED_AT})
    return {row.step: float(row.half) / 86_400 for row in rows if row.cases >= LEAST}
