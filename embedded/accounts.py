"""Accounts of the sample city: one password for everybody who takes part in its stories, printed at start, accepted on loopback only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk import credentials

_MISSING = text("""
    SELECT DISTINCT h.person FROM incumbency h JOIN position p ON p.code = h.position JOIN unit u ON u.code = p.unit
    WHERE (u.organisation IN ('diskominfo', 'bagian-umum', 'setda', 'pemkot', 'inspektorat') OR p.is_head)
      AND NOT EXISTS (SELECT 1 FROM credential c WHERE c.person = h.person)
    UNION
    SELECT DISTINCT a.person FROM acting a WHERE NOT EXISTS (SELECT 1 FROM credential c WHERE c.person = a.person)
""")


async def ensure_accounts(connection: AsyncConnection, password: str, now: datetime) -> int:
    """Gives the password to every sample official who has none yet; how many got one."""
    from web.passwords import Passwords

    people = [row[0] for row in (await connection.execute(_MISSING)).all()]
    with ThreadPoolExecutor(4) as workers:
        hasher = Passwords().hasher
        hashes = list(workers.map(lambda _: hasher.hash(password), people))
    for person, hash_text in zip(people, hashes, strict=True):
        await credentials.put(connection, person, hash_text, now)
    return len(people)
