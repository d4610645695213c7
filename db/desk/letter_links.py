"""Links by which somebody without an account opens the letters of a case that were given to him. The token is told once; the table keeps its SHA-256."""

# ruff: noqa: S608
from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk.answer_links import digest
from db.tables.document import letter_link

LIVES = timedelta(days=90)
"""A permit is shown to others for weeks; after that the desk sends a new link."""

_PLAIN = """d.signed_sha IS NOT NULL AND d.secrecy NOT IN ('rahasia', 'sangat-rahasia')
    AND NOT EXISTS (SELECT FROM "case" s WHERE s.id = d.case_id AND s.secrecy IN ('rahasia', 'sangat-rahasia'))"""
_ANY = text(
    f"SELECT EXISTS (SELECT FROM document_copy k JOIN document d ON d.id = k.document WHERE d.case_id = :case AND k.recipient = :recipient AND {_PLAIN})"
)
_FIND = text("""
    SELECT l.case_id, l.recipient, c.no, c.title, coalesce(p.name, '') AS name, l.revoked_at IS NULL AND l.expires_at > :now AS alive
    FROM letter_link l JOIN "case" c ON c.id = l.case_id LEFT JOIN party p ON p.id = l.recipient WHERE l.token_sha = :sha
""")
_LETTERS = text(f"""
    SELECT d.id, d.code, d.title, d.number, d.signed_sha, d.signed_at, d.verify_code, k.read_at FROM document_copy k JOIN document d ON d.id = k.document
    WHERE d.case_id = :case AND k.recipient = :recipient AND {_PLAIN} ORDER BY d.signed_at DESC, d.id
""")
_SEEN = text("UPDATE letter_link SET seen_at = coalesce(seen_at, :now) WHERE token_sha = :sha")
_REVOKE = text("UPDATE letter_link SET revoked_at = :now, revoked_by = :by WHERE case_id = :case AND revoked_at IS NULL")
_OUTSIDE = text(f"""
    SELECT DISTINCT k.recipient, p.name FROM document_copy k JOIN document d ON d.id = k.document JOIN party p ON p.id = k.recipient
    WHERE d.case_id = :case AND {_PLAIN} ORDER BY p.name
""")


@dataclass(frozen=True, slots=True)
class LetterLink:
    case_id: str
    case_no: int
    title: str
    """Of the process."""
    recipient: str
    name: str
    """Of the party; "" of a bare address."""
    alive: bool


@dataclass(frozen=True, slots=True)
class Given:
    """A letter that may be read, in its newest signed file."""

    id: str
    code: str
    title: str
    number: str
    sha: str
    signed_at: datetime
    verify_code: str
    read_at: datetime | None


async def make(connection: AsyncConnection, case_id: str, recipient: str, made_by: str, now: datetime) -> str:
    """A new link to the letters of this case that were given to the recipient; "" when none was, or only secret ones (those are handed over in person).

    256 random bits, never stored. Earlier links stay alive."""
    if not (await connection.execute(_ANY, {"case": case_id, "recipient": recipient})).scalar_one():
        return ""
    token = secrets.token_urlsafe(32)
    values = {"token_sha": digest(token), "recipient": recipient, "case_id": case_id, "made_by": made_by, "made_at": now, "expires_at": now + LIVES}
    await connection.execute(insert(letter_link).values(values))
    return token


async def find(connection: AsyncConnection, token: str, now: datetime) -> LetterLink | None:
    """The link of this token, dead ones too; None for a token nobody was given."""
    row = (await connection.execute(_FIND, {"sha": digest(token), "now": now})).one_or_none()
    return LetterLink(row.case_id, row.no, row.title, row.recipient, row.name, row.alive) if row is not None else None


async def letters(connection: AsyncConnection, link: LetterLink) -> list[Given]:
    """Newest first."""
    rows = await connection.execute(_LETTERS, {"case": link.case_id, "recipient": link.recipient})
    return [Given(r.id, r.code, r.title, r.number, r.signed_sha, r.signed_at, r.verify_code, r.read_at) for r in rows]


async def seen(connection: AsyncConnection, token: str, now: datetime) -> None:
    await connection.execute(_SEEN, {"sha": digest(token), "now": now})


async def revoke(connection: AsyncConnection, case_id: str, by: str, now: datetime) -> int:
    """Takes back every live link to letters of the case; how many."""
    return (await connection.execute(_REVOKE, {"case": case_id, "by": by, "now": now})).rowcount


async def outside(connection: AsyncConnection, case_id: str) -> list[tuple[str, str]]:
    """(id, name) of the parties without an account who were given letters of the case."""
    return [(row.recipient, row.name) for row in await connection.execute(_OUTSIDE, {"case": case_id})]
