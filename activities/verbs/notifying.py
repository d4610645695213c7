"""``notify``: somebody is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.positions import resolve
from db.write import outbox
from workflows.contracts import ActInput, ActResult


async def notify(connection: AsyncConnection, given: ActInput, now: datetime) -> ActResult:
    """A notice to whoever the roles resolve to; the text names no subject, so that a secret letter stays secret."""
    resolved = (await resolve(connection, [given.data["to"]], now))[0]
    sent = await outbox.queue(connection, given.case_id, given.key, given.step, resolved.positions, str(given.data["about"]), now)
    return ActResult(detail={"kepada": list(resolved.positions), "dikirim": sent})
