"""Links by which an outsider answers one task without an account. The token is told once; the table keeps its SHA-256."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.tables.party import answer_link

LIVES = timedelta(days=14)

_FIND = text("""
    SELECT l.case_id, l.instance, l.round, l.party, l.expires_at, l.revoked_at, l.used_at, p.name, t.id AS task, t.status
    FROM answer_link l JOIN party p ON p.id = l.party
    JOIN task t ON t.case_id = l.case_id AND t.instance = l.instance AND t.round = l.round
    WHERE l.token_sha = :sha
""")
_OPEN = text("""
    SELECT l.made_at, l.expires_at, l.seen_at, left(l.token_sha, 12) AS ref FROM answer_link l
    WHERE l.case_id = :case AND l.instance = :instance AND l.round = :round AND l.revoked_at IS NULL AND l.used_at IS NULL AND l.expires_at > :now
    ORDER BY l.made_at DESC
""")
_WAITING = text("""
    SELECT t.round FROM task t JOIN task_position p ON p.task_id = t.id AND p.position = :party
    WHERE t.case_id = :case AND t.instance = :instance AND t.status = 'offered' ORDER BY t.round DESC LIMIT 1
""")
_REVOKE = text("""
    UPDATE answer_link SET revoked_at = :now
    WHERE case_id = :case AND instance = :instance AND round = :round AND revoked_at IS NULL AND used_at IS NULL
""")


@dataclass(frozen=True, slots=True)
class Link:
    case_id: str
    instance: str
    round: int
    task: int
    party: str
    name: str
    """Of the outsider, as the desk wrote it down."""
    alive: bool
    """Neither expired, taken back nor used, and its task is open."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One live link, for the desk's page. ``ref`` tells two apart and opens nothing."""

    ref: str
    made_at: datetime
    expires_at: datetime
    seen_at: datetime | None


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def make(connection: AsyncConnection, party: str, case_id: str, instance: str, number: int, made_by: str, now: datetime) -> str:
    """A new link for this task; gives its token, 256 random bits, never stored. Earlier links to the task stay alive."""
    token = secrets.token_urlsafe(32)
    values = {
        "token_sha": digest(token), "party": party, "case_id": case_id, "instance": instance, "round": number, "made_by": made_by, "made_at": now,
        "expires_at": now + LIVES,
    }  # fmt: skip
    await connection.execute(insert(answer_link).values(values))
    return token


async def waiting(connection: AsyncConnection, case_id: str, instance: str, party: str) -> int | None:
    """Round of the open task of this step that waits for the party; None when none does any more."""
    found: int | None = await connection.scalar(_WAITING, {"case": case_id, "instance": instance, "party": party})
    return found


async def find(connection: AsyncConnection, token: str, now: datetime) -> Link | None:
    """The link of this token, dead ones too (the page says why nothing can be answered any more); None for a token nobody was given."""
    row = (await connection.execute(_FIND, {"sha": digest(token)})).one_or_none()
    if row is None:
        return None
    alive = row.revoked_at is None and row.used_at is None and row.expires_at > now and row.status == "offered"
    return Link(row.case_id, row.instance, row.round, row.task, row.party, row.name, alive)


async def standing(connection: AsyncConnection, case_id: str, instance: str, number: int, now: datetime) -> list[Standing]:
    rows = await connection.execute(_OPEN, {"case": case_id, "instance": instance, "round": number, "now": now})
    return [Standing(row.ref, row.made_at, row.expires_at, row.seen_at) for row in rows]


async def revoke(connection: AsyncConnection, case_id: str, instance: str, number: int, now: datetime) -> int:
    """Takes back every live link to the task; how many."""
    return (await connection.execute(_REVOKE, {"case": case_id, "instance": instance, "round": number, "now": now})).rowcount


async def seen(connection: AsyncConnection, token: str, now: datetime) -> None:
    await connection.execute(
        text("UPDATE answer_link SET seen_at = coalesce(seen_at, :now) WHERE token_sha = :sha"), {"sha": digest(token), "now": now}
    )


async def used(connection: AsyncConnection, token: str, now: datetime) -> None:
    await connection.execute(
        text("UPDATE answer_link SET used_at = :now WHERE token_sha = :sha AND used_at IS NULL"), {"sha": digest(token), "now": now}
    )
