"""web.ports.Directory on the tables: people by NIP or official mail, what they act for, which desks they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db.read import holders, organisation
from web.ports import Capacity, Known, Person

_BY_MAIL = text("SELECT id FROM person WHERE lower(email) = lower(:mail) AND active")


@dataclass(frozen=True)
class Tables:
    database: AsyncEngine

    async def person_by_nip(self, nip: str) -> Person | None:
        async with self.database.connect() as connection:
            if "@" in nip:
                found_id = (await connection.execute(_BY_MAIL, {"mail": nip.strip()})).scalar_one_or_none()
                found = await organisation.person(connection, found_id) if found_id else None
            else:
                found = await organisation.person_by_nip(connection, nip)
        return Person(found.id, found.printed, found.nip) if found else None

    async def known(self, person: str, now: datetime) -> Known | None:
        async with self.database.connect() as connection:
            found = await holders.known(connection, person, now)
        if found is None:
            return None
        capacities = tuple(
            Capacity(one.position, one.title, one.kind, one.mandate, one.unit, one.until, one.organisation) for one in found.capacities
        )
        return Known(Person(person, found.name, found.nip), capacities, frozenset().union(*(one.functions for one in found.capacities)))
