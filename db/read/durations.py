"""How long a process really takes: what its cases of the last year took from opening to end."""

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
