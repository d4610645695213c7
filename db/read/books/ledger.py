"""Balances, entries and holds of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.errors import BookUnreadable

PAGE = 50

_BOOKS = text("SELECT code, title, unit, rule FROM ledger_book ORDER BY title")
_ACCOUNTS = text("""
    SELECT a.id, a.book, b.title, b.unit, a.subject, a.period, a.balance, a.held, a.balance - a.held - a.floor AS free, a.opens, a.closes
    FROM ledger_account a JOIN ledger_book b ON b.code = a.book
    WHERE a.subject = :subject AND (:book = '' OR a.book = :book) AND (:period = '' OR a.period = :period)
      AND (CAST(:day AS date) IS NULL OR (a.opens <= :day AND (a.closes IS NULL OR a.closes > :day)))
    ORDER BY a.book, a.period
""")
_ENTRIES = text("""
    SELECT e.id, e.account, e.kind, e.amount, coalesce(e.case_id, '') AS case_id, c.no, e.step, e.source, e.note, e.at
    FROM ledger_entry e LEFT JOIN "case" c ON c.id = e.case_id
    WHERE e.account = :account AND (:before = 0 OR e.id < :before) ORDER BY e.id DESC LIMIT :limit
""")
_HOLDS = text("""
    SELECT h.key, h.account, h.amount, h.remaining, h.case_id, c.no, h.step, h.round, h.state, h.reason, h.at, h.settled_at
    FROM ledger_hold h JOIN "case" c ON c.id = h.case_id
    WHERE (:account = '' OR h.account = :account) AND (:case = '' OR h.case_id = :case) ORDER BY h.at DESC, h.key LIMIT :limit
""")


@dataclass(frozen=True, slots=True)
class Book:
    code: str
    title: str
    unit: str
    rule: dict[str, object]


@dataclass(frozen=True, slots=True)
class Account:
    """Amounts in ``unit``. ``free``: what may still be held or posted. Usable from ``opens`` until the day before ``closes``."""

    id: str
    book: str
    title: str
    unit: str
    subject: str
    period: str
    balance: Decimal
    held: Decimal
    free: Decimal
    opens: date
    closes: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """``case_no``: None for an entry of the city's own (opening, correction, lapse); ``source`` then says on what it rests."""

    id: int
    account: str
    kind: str
    amount: Decimal
    case_id: str
    case_no: int | None
    step: str
    source: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Hold:
    key: str
    account: str
    amount: Decimal
    remaining: Decimal
    case_id: str
    case_no: int
    step: str
    round: int
    state: str
    reason: str
    at: datetime
    settled_at: datetime | None


async def books(connection: AsyncConnection) -> list[Book]:
    return [Book(row.code, row.title, row.unit, row.rule) for row in await connection.execute(_BOOKS)]


async def accounts(connection: AsyncConnection, subject: str, book: str = "", day: date | None = None, period: str = "") -> list[Account]:
    """Of one subject, the oldest period first. ``day``: only those usable then (the city's date); None: all."""
    return [Account(*row) for row in await connection.execute(_ACCOUNTS, {"subject": subject, "book": book, "day": day, "period": period})]


async def available(connection: AsyncConnection, book: str, subject: str, day: date, period: str = "") -> Decimal:
    """What is free over all accounts usable on that day, in the book's unit. Refuses (BookUnreadable) when nobody opened one."""
    found = await accounts(connection, subject, book, None if period else day, period)
    if not found:
        raise BookUnreadable(f"Buku {book} tidak punya akun bagi {subject} yang berlaku pada {day.isoformat()}. Buka akunnya pada buku kota.")
    return sum((one.free for one in found), Decimal(0))


async def entries(connection: AsyncConnection, account: str, before: int = 0, limit: int = PAGE) -> list[Entry]:
    """Newest first; pass the last ``id`` as ``before`` to go on."""
    return [Entry(*row) for row in await connection.execute(_ENTRIES, {"account": account, "before": before, "limit": limit})]


async def holds(connection: AsyncConnection, account: str = "", case_id: str = "", limit: int = PAGE) -> list[Hold]:
    """Of an account or of a case, newest first, freed and posted ones too."""
    return [Hold(*row) for row in await connection.execute(_HOLDS, {"account": account, "case": case_id, "limit": limit})]
