"""Handing a task over: who may order it, and to whom it may go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.holders import printed_name

_HANDERS = text("""
    WITH RECURSIVE up AS (
      SELECT superior AS code, 1 AS depth FROM position WHERE code = ANY(:codes)
      UNION SELECT p.superior, u.depth + 1 FROM position p JOIN up u ON p.code = u.code WHERE u.depth < 20
    )
    SELECT code FROM up WHERE code = ANY(:seats)
    UNION SELECT position FROM function_post WHERE function = 'operator-alur' AND position = ANY(:seats)
""")
_TO = text("""
    WITH RECURSIVE below AS (
      SELECT code, 0 AS depth FROM position WHERE code = :position
      UNION SELECT p.code, b.depth + 1 FROM position p JOIN below b ON p.superior = b.code WHERE b.depth < 3
    ), near AS (
      SELECT DISTINCT u.organisation FROM position p JOIN unit u ON u.code = p.unit WHERE p.code = ANY(:codes)
    ), found AS (
      SELECT code FROM below UNION SELECT p.code FROM position p JOIN unit u ON u.code = p.unit JOIN near n ON n.organisation = u.organisation
        WHERE EXISTS (SELECT 1 FROM function_post f WHERE f.function = 'operator-alur' AND f.position = :position)
    )
    SELECT p.code, p.title, o.front_degrees, o.name, o.back_degrees
    FROM found JOIN position p ON p.code = found.code JOIN unit u ON u.code = p.unit
      JOIN held_at(:now) h ON h.seat = p.code JOIN person o ON o.id = h.person
    WHERE p.active AND p.code <> ALL(:codes) AND u.organisation IN (SELECT organisation FROM near UNION
      SELECT u2.organisation FROM position p2 JOIN unit u2 ON u2.code = p2.unit WHERE p2.code = :position)
    ORDER BY p.echelon = '', p.echelon, p.title, p.code LIMIT 200
""")


async def handers(connection: AsyncConnection, seats: Sequence[str], codes: Sequence[str]) -> frozenset[str]:
    """Of these seats, those from which a task that stands at ``codes`` may be handed to others: above one of them, or the operator's."""
    rows = await connection.execute(_HANDERS, {"seats": list(seats), "codes": list(codes)})
    return frozenset(rows.scalars())


async def receivers(connection: AsyncConnection, position: str, codes: Sequence[str], now: datetime) -> list[tuple[str, str]]:
    """(position, title and holder) to whom this seat may hand it: itself and those below, the operator anybody of the holders' organisation.

    Vacant posts and those who hold it already are left out."""
    rows = await connection.execute(_TO, {"position": position, "codes": list(codes), "now": now})
    return list({r.code: f"{r.title} ({printed_name(r.front_degrees, r.name, r.back_degrees)})" for r in rows}.items())
