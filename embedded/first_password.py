"""A first password for one person: printed once for the operator to hand over, changed by the person on the page "Saya"."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db.connect import transaction
from db.desk import credentials, sign_ins
from web.passwords import Passwords

_PERSON = text("SELECT id, name FROM person WHERE active AND (nip = :who OR email = :who)")


async def give(engine: AsyncEngine, who: str) -> tuple[str, str] | None:
    """(name, password) of the active person with this NIP or mail address, every device of his signed out; None when there is none."""
    password, now = secrets.token_urlsafe(12), datetime.now(UTC)
    async with transaction(engine) as connection:
        found = (await connection.execute(_PERSON, {"who": who})).one_or_none()
        if found is None:
            return None
        await credentials.put(connection, found.id, Passwords().hasher.hash(password), now)
        await sign_ins.revoke_all(connection, found.id, now)
    return found.name, password
