"""Accounts of the sample city: one password for everybody who takes part in its stories, printed at start, accepted on loopback only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db.connect import transaction
from db.desk import credentials

_MISSING = text("""
    SELECT DISTINCT h.person FROM incumbency h JOIN position p ON p.code = h.position JOIN unit u ON u.code = p.unit
    WHERE (u.organisation IN ('diskominfo', 'bagian-umum', 'setda', 'pemkot', 'inspektorat', 'kesbangpol', 'bkpsdm') OR p.is_head)
      AND NOT EXISTS (SELECT 1 FROM credential c WHERE c.person = h.person)
    UNION
    SELECT DISTINCT a.person FROM acting a WHERE NOT EXISTS (SELECT 1 FROM credential c WHERE c.person = a.person)
""")


async def ensure_accounts(engine: AsyncEngine, password: str, now: datetime) -> int:
    """Gives the password to every sample official who has none yet; how many got one.

    One hash serves them all: the password is printed on the screen, so salts would only cost the first start ten seconds.
    """
    from web.passwords import Passwords

    hashed = Passwords().hasher.hash(password)
    async with transaction(engine) as connection:
        people = [row[0] for row in (await connection.execute(_MISSING)).all()]
        for person in people:
            await credentials.put(connection, person, hashed, now)
    return len(people)
