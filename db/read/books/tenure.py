"""Who holds a position, who acts for it, and for how long it has been run by a Plt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_HELD = text("""
    SELECT
      (SELECT i.person FROM incumbency i WHERE i.position = :position AND i.starts <= :now AND (i.ends IS NULL OR i.ends > :now)) AS holder,
      (SELECT a.person FROM acting a WHERE a.position = :position AND a.cancelled_at IS NULL AND a.starts <= :now AND (a.ends IS NULL OR a.ends > :now)
       ORDER BY a.starts DESC LIMIT 1) AS acting
""")
_ORDERS = text("""
    SELECT a.starts, coalesce(a.ends, :now) AS ends FROM acting a WHERE a.position = :position AND a.kind = 'plt' AND a.cancelled_at IS NULL
      AND a.starts >= coalesce((SELECT max(i.ends) FROM incumbency i WHERE i.position = :position AND i.ends <= :now), '-infinity')
""")


@dataclass(frozen=True, slots=True)
class Tenure:
    """``holder``, ``acting``: person ids, "" for nobody; ``months``: of Plt orders since the last definitive holder left, begun months counted."""

    holder: str
    acting: str
    months: int


async def tenure(connection: AsyncConnection, position: str, now: datetime, zone: ZoneInfo) -> Tenure:
    row = (await connection.execute(_HELD, {"position": position, "now": now})).one()
    orders = await connection.execute(_ORDERS, {"position": position, "now": now})
    return Tenure(row.holder or "", row.acting or "", sum(months(one.starts.astimezone(zone), one.ends.astimezone(zone)) for one in orders))


def months(starts: datetime, ends: datetime) -> int:
    """As an order says them, in the city's days: 1 January to 1 April is three; a begun month counts."""
    whole = (ends.year - starts.year) * 12 + ends.month - starts.month
    begun = (ends.day, ends.time()) > (starts.day, starts.time())
    return max(whole + begun, 0)
