"""``introduce``: somebody without an account, whom a row or a field names, becomes a party of the case: he gets his tasks by a link and is told what became of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.verbs.args import word
from db.desk import parties
from workflows.contracts import ActInput, ActResult


async def introduce(connection: AsyncConnection, given: ActInput, now: datetime) -> ActResult:
    """Arguments: ``name``; ``email`` and ``phone`` where they are known (a link only goes by mail; without one the desk answers for him).

    Fact: the party. A fact named like a role (``ketua_rw`` of ``ketua-rw``) makes him hold the tasks of that role, in an ``Each`` those of its row;
    whoever opened the case, or the desk the process names, may answer for him. A new round makes him known anew: an address may have been mended."""
    made = await parties.write_down(
        connection, word(given, "name"), word(given, "email", default=""), word(given, "phone", default=""), f"perkara:{given.case_id}", now
    )
    return ActResult(gives=dict.fromkeys(given.data["gives"][:1], made), detail={"pihak": made})
