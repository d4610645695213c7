"""Accounts of the ledger: found, locked in one order, and said what moved on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.errors import BookUnreadable
from engine.events import Json

_LOCK = text("""
    SELECT a.id, a.period, a.subject, a.balance - a.held - a.floor AS free, b.unit, b.title FROM ledger_account a JOIN ledger_book b ON b.code = a.book
    WHERE a.book = :book AND a.subject = :subject AND (:period = '' OR a.period = :period)
      AND (:period <> '' OR (a.opens <= :day AND (a.closes IS NULL OR a.closes > :day)))
    ORDER BY a.id FOR UPDATE OF a
""")
_OPEN = text("""
    INSERT INTO ledger_account (id, book, subject, period, opens, closes) VALUES (:id, :book, :subject, :period, :opens, :closes)
    ON CONFLICT (id) DO NOTHING
""")


@dataclass(frozen=True, slots=True)
class Whose:
    """Accounts of a book. ``subject``: person id, unit code, budget line … ``period`` "": all usable on ``day``, the oldest first."""

    book: str
    subject: str
    day: date
    period: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """``free``: the balance less what is held and the floor, in the book's own unit."""

    id: str
    period: str
    free: Decimal
    unit: str
    title: str


@dataclass(frozen=True, slots=True)
class Move:
    """One movement of an account, as the trail tells it: from these lines alone every balance can be worked out again."""

    account: str
    balance: Decimal = Decimal(0)
    held: Decimal = Decimal(0)
    of: str = ""
    """``step/round`` of the hold that changed."""

    def to_json(self) -> dict[str, Json]:
        told: dict[str, Json] = {"akun": self.account}
        if self.balance:
            told["saldo"] = plain(self.balance)
        if self.held:
            told |= {"tahanan": plain(self.held), "langkah": self.of}
        return told


def plain(amount: Decimal) -> str:
    """``3``, ``-1.5``: no trailing noughts, no exponent."""
    return f"{amount.normalize():f}"


def shown(amount: Decimal, unit: str) -> str:
    """For people: ``3 hari``, ``Rp1.500.000``."""
    if unit == "rupiah":
        return "Rp" + f"{amount:,.2f}".removesuffix(".00").translate(str.maketrans(",.", ".,"))
    return f"{plain(amount).replace('.', ',')} {unit}"


async def lock(connection: AsyncConnection, whose: Whose) -> list[Account]:
    """The accounts, the oldest period first, locked by id so that two acts never wait for each other crosswise.

    Refuses (BookUnreadable) when there is none: an account nobody opened is not an empty account."""
    rows = await connection.execute(_LOCK, {"book": whose.book, "subject": whose.subject, "period": whose.period, "day": whose.day})
    found = [account(row) for row in rows]
    if not found:
        raise BookUnreadable(
            f"Buku {whose.book} tidak punya akun bagi {whose.subject} yang berlaku pada {whose.day.isoformat()}. Buka akunnya pada buku kota."
        )
    return sorted(found, key=lambda one: (one.period, one.id))


def account(row: Row[Any]) -> Account:
    return Account(row.id, row.period, row.free, row.unit, row.title)


async def open_account(connection: AsyncConnection, whose: Whose, opens: date, closes: date | None) -> str:
    """The id of the account; made when it is not there yet (its days stay as they are when it is)."""
    name = f"{whose.book}/{whose.subject}/{whose.period}"
    values = {"id": name, "book": whose.book, "subject": whose.subject, "period": whose.period, "opens": opens, "closes": closes}
    await connection.execute(_OPEN, values)
    return name


def split(accounts: list[Account], amount: Decimal) -> list[tuple[Account, Decimal]]:
    """How the amount falls on them, in their order; what is left over is on none. Nothing is taken from an account without free balance."""
    parts = []
    for one in accounts:
        part = min(one.free, amount)
        if part > 0:
            parts.append((one, part))
            amount -= part
    return parts
