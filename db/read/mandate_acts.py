"""What surrounds one mandate: its chain of orders, the letter handed in, what was done under it, and how it was changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

MOST = 1_000
"""Counted so far; beyond, a page says "lebih dari"."""

_CHAIN = text("""
    WITH RECURSIVE back AS (
      SELECT id, extends FROM acting WHERE id = :id UNION SELECT a.id, a.extends FROM acting a JOIN back b ON a.id = b.extends
    ), line AS (
      SELECT id FROM back UNION SELECT a.id FROM acting a JOIN line l ON a.extends = l.id
    ) SELECT a.id, a.order_number, a.starts, a.ends, a.cancelled_at IS NOT NULL AS cancelled FROM acting a JOIN line USING (id) ORDER BY a.starts, a.id
""")
_LETTER = text("SELECT sha, name FROM acting_letter WHERE acting = :id")
_ISSUED = text(
    'SELECT c.no, c.id AS case_id, d.code, d.number, d.signed_sha FROM document d JOIN "case" c ON c.id = d.case_id WHERE d.id = :document'
)
_ACTS = text("""
    SELECT t.case_id, t.seq, t.at, t.step, c.no, c.title, t.body::jsonb -> 'data' ->> 'outcome' AS outcome FROM (
      SELECT * FROM trail WHERE mandate = :id AND mandate <> '' AND kind = 'decided' ORDER BY at DESC, case_id LIMIT :limit
    ) t JOIN "case" c ON c.id = t.case_id ORDER BY t.at DESC, t.case_id, t.seq DESC
""")
_COUNT = text("""
    SELECT count(case_id) AS acts, count(DISTINCT case_id) AS cases FROM (
      SELECT case_id FROM trail WHERE mandate = :id AND mandate <> '' AND kind = 'decided' LIMIT :most) x
""")


@dataclass(frozen=True, slots=True)
class Link:
    """One order of the chain."""

    id: str
    order_number: str
    starts: datetime
    ends: datetime | None
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Issued:
    """The order as a document of the case that made the mandate."""

    no: int
    case_id: str
    code: str
    number: str
    signed: bool


@dataclass(frozen=True, slots=True)
class Act:
    case_id: str
    seq: int
    at: datetime
    step: str
    no: int
    title: str
    outcome: str


async def chain(connection: AsyncConnection, mandate_id: str) -> list[Link]:
    """Every order that this one prolongs or is prolonged by, first order first."""
    return [Link(r.id, r.order_number, r.starts, r.ends, r.cancelled) for r in await connection.execute(_CHAIN, {"id": mandate_id})]


async def letter(connection: AsyncConnection, mandate_id: str) -> tuple[str, str] | None:
    """(SHA-256, name) of the order letter that was handed in; None when there is none."""
    row = (await connection.execute(_LETTER, {"id": mandate_id})).one_or_none()
    return (row.sha, row.name) if row is not None else None


async def issued(connection: AsyncConnection, document: str) -> Issued | None:
    row = (await connection.execute(_ISSUED, {"document": document})).one_or_none() if document else None
    return Issued(row.no, row.case_id, row.code, row.number, bool(row.signed_sha)) if row is not None else None


async def acts(connection: AsyncConnection, mandate_id: str, limit: int = 20) -> list[Act]:
    """Decisions taken under it, newest first: case and step, nothing of what the case is about."""
    rows = await connection.execute(_ACTS, {"id": mandate_id, "limit": limit})
    return [Act(r.case_id, r.seq, r.at, r.step, r.no, r.title, r.outcome or "") for r in rows]


async def counted(connection: AsyncConnection, mandate_id: str) -> tuple[int, int]:
    """(decisions, cases), each up to MOST."""
    row = (await connection.execute(_COUNT, {"id": mandate_id, "most": MOST})).one()
    return row.acts, row.cases
