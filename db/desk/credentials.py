"""Password hashes by person. The hash text carries its own parameters; the secret never comes here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.tables.desk import credential


async def hash_of(connection: AsyncConnection, person: str) -> str | None:
    """The stored argon2id text, None when the person has no password."""
    found: str | None = await connection.scalar(select(credential.c.hash).where(credential.c.person == person))
    return found


async def put(connection: AsyncConnection, person: str, hash_text: str, now: datetime) -> None:
    """Set or replace a person's password hash. Anything but argon2id is refused by the table."""
    row = {"person": person, "hash": hash_text, "changed_at": now}
    await connection.execute(
        insert(credential).values(row).on_conflict_do_update(index_elements=["person"], set_={"hash": hash_text, "changed_at": now})
    )
