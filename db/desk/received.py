"""Copies of letters a position was given: the list of whoever holds it now, and the mark of the first reading."""

# ruff: noqa: S608
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.access import MINE

_MINE = f"""
    SELECT d.id, d.case_id, d.code, d.title, d.number, d.secrecy, d.signed_sha, d.signed_at, d.verify_code, c.no, c.title AS process, u.name AS unit,
      CASE WHEN c.secrecy IN ('rahasia', 'sangat-rahasia') THEN '' ELSE c.subject END AS subject,
      max(k.given_at) AS given_at, bool_or(k.read_at IS NULL) AS fresh, array_agg(p.title ORDER BY p.title) AS seats
    FROM document_copy k JOIN document d ON d.id = k.document JOIN "case" c ON c.id = d.case_id JOIN position p ON p.code = k.recipient
      LEFT JOIN unit u ON u.code = c.unit
    WHERE k.recipient IN ({MINE}) AND d.signed_sha IS NOT NULL AND {{which}}
    GROUP BY d.id, c.id, u.name
"""
_LIST = text(_MINE.format(which="(NOT :fresh OR k.read_at IS NULL)") + " ORDER BY given_at DESC, d.id OFFSET :skip LIMIT :limit")
_ONE = text(_MINE.format(which="d.id = :document"))
_FRESH = text(f"SELECT count(DISTINCT k.document) FROM document_copy k WHERE k.recipient IN ({MINE}) AND k.read_at IS NULL")
_READ = text(f"""
    UPDATE document_copy SET read_at = :now, read_by = :person
    WHERE document = :document AND read_at IS NULL AND (recipient IN ({MINE}) OR recipient = :recipient)
""")
_OF_CASE = text("""
    SELECT d.code, coalesce(p.title, o.name, substr(k.recipient, 8)) AS who, k.given_at, k.read_at FROM document_copy k JOIN document d ON d.id = k.document
    LEFT JOIN position p ON p.code = k.recipient LEFT JOIN party o ON o.id = k.recipient WHERE d.case_id = :case ORDER BY k.given_at, 2
""")


@dataclass(frozen=True, slots=True)
class Received:
    """One letter; ``seats``: titles of the reader's positions it was given to. ``fresh``: nobody on one of them has opened it yet."""

    id: str
    case_id: str
    case_no: int
    process: str
    subject: str
    """Empty where the case is secret: a list lies open on a desk."""
    code: str
    title: str
    number: str
    secrecy: str
    sha: str
    signed_at: datetime
    verify_code: str
    unit: str
    given_at: datetime
    fresh: bool
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """Who has a copy, for the page of the case."""

    who: str
    given_at: datetime
    read_at: datetime | None


async def mine(connection: AsyncConnection, person: str, now: datetime, *, fresh: bool = False, skip: int = 0, limit: int = 50) -> list[Received]:
    """Newest first; ``fresh``: only those not opened yet."""
    rows = await connection.execute(_LIST, {"person": person, "now": now, "fresh": fresh, "skip": skip, "limit": limit})
    return [_received(row) for row in rows]


async def one(connection: AsyncConnection, document: str, person: str, now: datetime) -> Received | None:
    """None when the person holds no position with a copy of it."""
    row = (await connection.execute(_ONE, {"document": document, "person": person, "now": now})).one_or_none()
    return _received(row) if row is not None else None


def _received(row: Row[Any]) -> Received:
    return Received(
        row.id, row.case_id, row.no, row.process, row.subject, row.code, row.title, row.number, row.secrecy, row.signed_sha, row.signed_at, row.verify_code,
        row.unit or "", row.given_at, row.fresh, tuple(row.seats),
    )  # fmt: skip


async def unread(connection: AsyncConnection, person: str, now: datetime) -> int:
    return int((await connection.execute(_FRESH, {"person": person, "now": now})).scalar_one())


async def mark_read(connection: AsyncConnection, document: str, person: str, now: datetime, recipient: str = "") -> None:
    """The first reading stays; it counts for every position the person holds. ``recipient``: of a link, whose reader is no person of ours ("")."""
    await connection.execute(_READ, {"document": document, "person": person, "now": now, "recipient": recipient})


async def copies_of(connection: AsyncConnection, case_id: str) -> dict[str, list[Copied]]:
    """Document code → who has a copy. One statement."""
    found: dict[str, list[Copied]] = {}
    for row in await connection.execute(_OF_CASE, {"case": case_id}):
        found.setdefault(row.code, []).append(Copied(row.who, row.given_at, row.read_at))
    return found
