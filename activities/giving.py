"""Letters handed out: a copy (tembusan) to whoever a document names, as soon as it is signed or sealed; letters that go with a notice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from activities.clock import time_of
from db.connect import transaction
from db.read.positions import resolve
from db.write import copies
from engine.events import Json
from engine.outsiders import outsiders
from workflows.contracts import ActInput


async def handed(connection: AsyncConnection, address: Json, now: datetime) -> list[str]:
    """Positions and parties an address means: the party itself where one outside is meant, never the desk that acts for him. An empty desk gets its copy too:
    it waits for the next holder, and nobody stands in for it."""
    resolved = await resolve(connection, [[entry] for entry in address], now, exact=range(len(address)))
    found: dict[str, None] = {}
    for entry, one in zip(address, resolved, strict=True):
        found |= dict.fromkeys(outsiders(one.outside) if entry["expr"]["is"] == "outside" else one.positions)
    return list(found)


async def share(database: AsyncEngine, given: ActInput) -> dict[str, Json]:
    """The copies of the documents this act made, told once however often it is sent again; the detail for the trail: document → recipients."""
    wanted: Mapping[str, Json] = given.data.get("copies") or {}
    if not wanted:
        return {}
    now, told = time_of(given), dict[str, Json]()
    async with transaction(database) as connection:
        for code, address in wanted.items():
            recipients = await handed(connection, address, now)
            if recipients:
                await copies.give(connection, given.case_id, [code], recipients, now)
                await copies.tell(connection, given.case_id, f"{given.key}/{code}/tembusan", code, recipients, now)
                told[code] = recipients
    return {"tembusan": told} if told else {}
