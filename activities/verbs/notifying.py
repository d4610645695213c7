"""``notify``: somebody is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.giving import handed
from activities.verbs.args import sheets
from db.read.positions import resolve
from db.write import copies, outbox
from engine.outsiders import outsiders
from workflows.contracts import ActInput, ActResult


async def notify(connection: AsyncConnection, given: ActInput, now: datetime) -> ActResult:
    """A notice to whoever the roles resolve to; the text names no subject, so that a secret letter stays secret. ``letters`` go with it: an official finds
    them among his copies, a party outside gets a link to them in his mail."""
    letters = [name for code in given.data.get("letters") or () for name in sheets(given, code)]
    if letters:
        await copies.give(connection, given.case_id, letters, await handed(connection, given.data["to"], now), now)
    resolved = (await resolve(connection, [given.data["to"]], now))[0]
    about = str(given.data["about"])
    sent = await outbox.queue(connection, given.case_id, given.key, given.step, resolved.positions, about, now)
    for party in outsiders(resolved.outside):
        sent += await copies.queue(connection, given.case_id, given.key, party, "surel", about, now)
    return ActResult(detail={"kepada": [*resolved.positions, *outsiders(resolved.outside)], "dikirim": sent})
