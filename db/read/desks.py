"""Desks (functions) a person holds through his positions: for pages that only a desk may open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_DESKS = text("SELECT DISTINCT f.function FROM held_at(:now) h JOIN function_post f ON f.position = h.seat WHERE h.person = :person")


async def desks(connection: AsyncConnection, person: str, now: datetime) -> frozenset[str]:
    """``auditor``, ``operator-alur``, ``persuratan`` …; through acting appointments as well."""
    return frozenset(row[0] for row in await connection.execute(_DESKS, {"person": person, "now": now}))
