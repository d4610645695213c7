"""``notify``: somebody is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.positions import resolve
from db.write import copies, outbox
from engine.outsiders import outsiders
from workflows.contracts import ActInput, ActResult


async def notify(connection: AsyncConnection, given: ActInput, now: datetime) -> ActResult:
    """A notice to whoever the roles resolve to; the text names no subject, so that a secret letter stays secret."""
    resolved = (await resolve(connection, [given.data["to"]], now))[0]
    about = str(given.data["about"])
    sent = await outbox.queue(connection, given.case_id, given.key, given.step, resolved.positions, about, now)
    for party in outsiders(resolved.outside):
        sent += await copies.queue(connection, given.case_id, given.key, party, "surel", about, now)
    return ActResult(detail={"kepada": [*resolved.positions, *outsiders(resolved.outside)], "dikirim": sent})
