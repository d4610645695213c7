"""Outsiders as the counter writes them down: a name and how to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.ext.asyncio import AsyncConnection
from ulid import ULID

from db.tables.party import party
from engine.outsiders import MARK


@dataclass(frozen=True, slots=True)
class Outsider:
    id: str
    name: str
    email: str
    phone: str


async def write_down(connection: AsyncConnection, name: str, email: str, phone: str, made_by: str, now: datetime) -> str:
    """A new party; gives its id (``luar:…``)."""
    made = f"{MARK}{ULID()}"
    await connection.execute(insert(party).values(id=made, name=name, email=email, phone=phone, made_by=made_by, made_at=now))
    return made


async def keep(connection: AsyncConnection, one: Outsider, made_by: str, now: datetime) -> None:
    """A party under an id that its maker gives again when he tries again: written down once."""
    values = {"id": one.id, "name": one.name, "email": one.email, "phone": one.phone, "made_by": made_by, "made_at": now}
    await connection.execute(insert_or(party).values(**values).on_conflict_do_nothing())


async def outsider(connection: AsyncConnection, party_id: str) -> Outsider | None:
    row = (await connection.execute(select(party.c.id, party.c.name, party.c.email, party.c.phone).where(party.c.id == party_id))).one_or_none()
    return Outsider(*row) if row else None
