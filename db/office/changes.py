"""The office trail: every change of administration with who, in which capacity, why, before and after; one chain for the city."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.chain import GENESIS, link
from db.tables.office_trail import office_trail
from engine.errors import ReasonMissing
from engine.events import Actor, Json

LOCK = 4_201
"""Advisory lock of the chain: administration is rare, so one writer at a time costs nothing."""


async def note_change(
    connection: AsyncConnection,
    actor: Actor,
    action: str,
    subject: str,
    key: str,
    reason: str,
    before: Mapping[str, Json] | None,
    after: Mapping[str, Json] | None,
    at: datetime,
) -> int:
    """Appends one link in the caller's transaction and gives its number. Refuses an empty reason (ReasonMissing)."""
    if not reason.strip():
        raise ReasonMissing("Isi alasan perubahan. Setiap perubahan data kota tercatat beserta alasannya.")
    await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    last = (await connection.execute(text("SELECT seq, hash FROM office_trail ORDER BY seq DESC LIMIT 1"))).one_or_none()
    seq, prev = (last.seq + 1, last.hash) if last else (1, GENESIS)
    content: dict[str, Json] = {
        "seq": seq, "at": at.astimezone(UTC).isoformat(), "person": actor.person, "position": actor.position, "capacity": actor.capacity,
        "mandate": actor.mandate, "name": actor.name, "title": actor.title, "action": action, "subject": subject, "key": key,
        "reason": reason, "before": dict(before) if before is not None else None, "after": dict(after) if after is not None else None,
    }  # fmt: skip
    body, digest = link(content, prev)
    row = {
        "seq": seq, "at": at, "person": actor.person, "position": actor.position, "capacity": actor.capacity, "action": action,
        "subject": subject, "key": key, "reason": reason, "body": body, "prev_hash": prev, "hash": digest,
    }  # fmt: skip
    await connection.execute(insert(office_trail).values(row))
    return seq
