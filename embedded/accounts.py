"""Accounts of the sample city: one password for everybody who holds a position, printed at start, accepted on loopback only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db.connect import transaction

_GIVEN = text("""
    INSERT INTO credential (person, hash, changed_at)
    SELECT who.person, :hash, :now FROM (SELECT person FROM incumbency UNION SELECT person FROM acting) who
    ON CONFLICT (person) DO NOTHING
""")


async def ensure_accounts(engine: AsyncEngine, password: str, now: datetime) -> int:
    """Gives the password to every sample official who has none yet; how many got one.

    One hash serves them all: the password is printed on the screen, so salts would only cost the first start a minute.
    """
    from web.passwords import Passwords

    hashed = Passwords().hasher.hash(password)
    async with transaction(engine) as connection:
        given = await connection.execute(_GIVEN, {"hash": hashed, "now": now})
    return given.rowcount
