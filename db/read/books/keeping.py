"""The books as their keepers see them: which there are, and accounts found by person or unit."""

# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.holders import printed_name

PAGE = 50
COUNTED = 100_000
"""Counts stop here and say so: a list of books need not read a whole table."""

# A desk of an organisation sees the people for whom it is the nearest such desk up the line (as ``desk_of`` resolves it). [] = everybody.
NEAR = """
    (cardinality(CAST(:units AS text[])) = 0 OR EXISTS (
      SELECT 1 FROM held_at(:now) h JOIN position p ON p.code = h.seat WHERE h.person = {who} AND (
        SELECT f.unit FROM unit_line(p.unit) l JOIN function_post f ON f.unit = l.code AND f.function = 'kepegawaian' ORDER BY l.depth LIMIT 1
      ) = ANY(:units)))
"""
_BOOKS = text(f"""
    SELECT b.code, b.title, b.unit, b.rule ? 'bagi' AS of_people, b.rule ? 'hak' AS yearly,
      (SELECT count(*) FROM (SELECT 1 FROM ledger_account a WHERE a.book = b.code LIMIT {COUNTED}) x) AS accounts FROM ledger_book b ORDER BY b.title
""")
_KINDS = text(f"""
    SELECT k.kind, k.title, k.single,
      (SELECT count(*) FROM (SELECT 1 FROM registry r WHERE r.kind = k.kind AND r.valid_from <= :day AND (r.valid_to IS NULL OR r.valid_to > :day)
       LIMIT {COUNTED}) x) AS valid FROM registry_kind k ORDER BY k.title
""")
_FOUND = text(f"""
    SELECT a.id, a.subject, a.period, a.balance, a.held, a.balance - a.held - a.floor AS free, a.opens, a.closes, coalesce(o.nip, '') AS nip,
      coalesce(o.name, '') AS name, coalesce(o.front_degrees, '') AS front, coalesce(o.back_degrees, '') AS back
    FROM ledger_account a LEFT JOIN person o ON o.id = a.subject
    WHERE a.book = :book AND (:period = '' OR a.period = :period) AND (:subject = '' OR a.subject = :subject) AND {NEAR.format(who="a.subject")}
      AND (:words = '' OR o.name ILIKE '%' || :words || '%' OR o.nip = :words OR a.subject = :words OR EXISTS (
        SELECT 1 FROM held_at(:now) h JOIN position p ON p.code = h.seat JOIN unit u ON u.code = p.unit
        WHERE h.person = a.subject AND (u.code = :words OR u.name ILIKE '%' || :words || '%')))
      AND (coalesce(o.name, a.subject), a.subject, a.period) > (:after_name, :after_subject, :after_period)
    ORDER BY coalesce(o.name, a.subject), a.subject, a.period LIMIT :limit
""")
_PERIODS = text("SELECT DISTINCT period FROM ledger_account WHERE book = :book ORDER BY period DESC")


@dataclass(frozen=True, slots=True)
class Book:
    """``of_people``: its subjects are persons; ``yearly``: each year brings an entitlement that can be opened."""

    code: str
    title: str
    unit: str
    of_people: bool
    yearly: bool
    accounts: int


@dataclass(frozen=True, slots=True)
class Kind:
    """``valid``: lines that hold today."""

    kind: str
    title: str
    single: bool
    valid: int


@dataclass(frozen=True, slots=True)
class Account:
    """``name``: printed, "" where the subject is no person. Usable from ``opens`` until the day before ``closes``."""

    id: str
    subject: str
    period: str
    balance: Decimal
    held: Decimal
    free: Decimal
    opens: date
    closes: date | None
    nip: str
    name: str
    plain_name: str

    @property
    def cursor(self) -> tuple[str, str, str]:
        return self.plain_name or self.subject, self.subject, self.period


@dataclass(frozen=True, slots=True)
class Sought:
    """``words``: a name, a NIP, a code, or a unit's name or code. ``units``: only people of these personnel desks; () = everybody."""

    words: str = ""
    period: str = ""
    subject: str = ""
    units: Sequence[str] = ()


async def books(connection: AsyncConnection) -> list[Book]:
    return [Book(*row) for row in await connection.execute(_BOOKS)]


async def kinds(connection: AsyncConnection, day: date) -> list[Kind]:
    return [Kind(*row) for row in await connection.execute(_KINDS, {"day": day})]


async def periods(connection: AsyncConnection, book: str) -> list[str]:
    """Newest first."""
    return list((await connection.execute(_PERIODS, {"book": book})).scalars())


async def found(
    connection: AsyncConnection, book: str, sought: Sought, now: datetime, after: tuple[str, str, str] = ("", "", ""), limit: int = PAGE
) -> list[Account]:
    """By name, then period; pass the last one's ``cursor`` to go on. One statement."""
    values = {
        "book": book, "period": sought.period, "subject": sought.subject, "units": list(sought.units), "words": sought.words, "now": now,
        "after_name": after[0], "after_subject": after[1], "after_period": after[2], "limit": limit,
    }  # fmt: skip
    rows = await connection.execute(_FOUND, values)
    return [
        Account(
            r.id, r.subject, r.period, r.balance, r.held, r.free, r.opens, r.closes, r.nip,
            printed_name(r.front, r.name, r.back) if r.name else "", r.name,
        )
        for r in rows
    ]  # fmt: skip


_PERSON = text("SELECT id FROM person WHERE id = :typed OR nip = :typed")


_NAMES = text("SELECT id, nip, name, front_degrees, back_degrees FROM person WHERE id = ANY(:ids)")


async def names(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, str]:
    """Printed name with the NIP, of those ids that are people."""
    rows = await connection.execute(_NAMES, {"ids": list(ids)})
    return {r.id: f"{printed_name(r.front_degrees, r.name, r.back_degrees)}{f' ({r.nip})' if r.nip else ''}" for r in rows}


async def person_id(connection: AsyncConnection, typed: str) -> str:
    """The id of whom a NIP or an id names; "" for nobody."""
    return (await connection.execute(_PERSON, {"typed": "".join(typed.split())})).scalar_one_or_none() or ""
