"""``introduce``: the case writes down a party outside that is not its applicant (a vendor, a partner), so that his steps reach him by an answer link.

Arguments: ``name``; ``email`` and ``phone`` where known. The fact given is his id; called ``pihak_<word>`` (engine.outsiders.party_fact) it makes every
role ``outside('word')`` mean him from then on, in an ``Each`` the party of that row. Sent again, it writes down nobody twice; a new round writes down
a party of its own, so that who was asked before stays known by what he was told then. No name is doubt.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.verbs.asked import Asked
from db.desk import parties
from engine.errors import BookUnreadable
from engine.opening import child_id
from engine.outsiders import MARK
from workflows.contracts import ActInput, ActResult


async def introduce(connection: AsyncConnection, given: ActInput, now: datetime, zone: str) -> ActResult:
    asked = Asked(given, now, ZoneInfo(zone))
    name = asked.word("name", "").strip()
    if not name:
        return asked.doubt(BookUnreadable(f"Nama pihak pada langkah {given.step} kosong. Lengkapi isian asalnya."))
    party = parties.Outsider(f"{MARK}{child_id(given.key, name)}", name, asked.word("email", ""), asked.word("phone", ""))
    await parties.keep(connection, party, "sistem", now)
    return asked.give([party.id], {"pihak": party.id})
