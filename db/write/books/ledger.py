"""The ledger's acts: hold, post, release, give back. The database refuses the one too many; here the amount is spread and the refusal put into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.write.books.accounts import Account, Move, Whose, lock, open_account, shown, split
from db.write.books.standing import Cause, stand
from engine.errors import BalanceShort

_HOLD = text("""
    INSERT INTO ledger_hold (key, account, amount, remaining, case_id, step, round, at)
    VALUES (:key, :account, :amount, :amount, :case, :step, :round, :at)
""")
_ENTER = text("""
    INSERT INTO ledger_entry (key, account, kind, amount, case_id, step, round, hold, undoes, note, at)
    VALUES (:key, :account, :kind, :amount, :case, :step, :round, :hold, :undoes, :note, :at)
""")
_HELD = text("""
    SELECT h.key, h.account, h.remaining, h.step || '/' || h.round AS mark, a.period, b.unit, a.book, a.subject
    FROM ledger_hold h JOIN ledger_account a ON a.id = h.account JOIN ledger_book b ON b.code = a.book
    WHERE h.case_id = :case AND h.state = 'held' AND split_part(h.step, '@', 1) = :of AND (:rows = '' OR h.step = :of || '@' || :rows)
    ORDER BY h.account, h.key FOR UPDATE OF a, h
""")
_SETTLE = text("""
    UPDATE ledger_hold SET remaining = remaining - :part, reason = :reason,
      state = CASE WHEN remaining > :part THEN 'held' WHEN :posted OR state_before_posted THEN 'posted' ELSE 'freed' END,
      settled_at = CASE WHEN remaining > :part THEN NULL ELSE CAST(:at AS timestamptz) END
    FROM (SELECT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.hold = :key) AS state_before_posted) earlier WHERE key = :key
""")
_POSTED = text("""
    SELECT e.key, e.account, a.period, b.unit,
      -e.amount - coalesce((SELECT sum(u.amount) FROM ledger_entry u WHERE u.undoes = e.key), 0) AS remaining
    FROM ledger_entry e JOIN ledger_account a ON a.id = e.account JOIN ledger_book b ON b.code = a.book LEFT JOIN ledger_hold h ON h.key = e.hold
    WHERE e.case_id = :case AND e.kind = 'post' AND e.amount < 0 AND :of IN (split_part(e.step, '@', 1), split_part(coalesce(h.step, ''), '@', 1))
      AND (:rows = '' OR substr(e.step, strpos(e.step, '@') + 1) = :rows)
    ORDER BY a.id, e.id FOR UPDATE OF a
""")


@dataclass(frozen=True, slots=True)
class Carry:
    """Where posted days go on: to the account ``<period>-<word>`` of the same subject, usable until the day before ``closes``."""

    word: str
    opens: date
    closes: date


def rows_of(cause: Cause) -> str:
    """Inside ``Each`` an act speaks of its own row only."""
    return cause.step.partition("@")[2]


async def hold(connection: AsyncConnection, cause: Cause, whose: Whose, amount: Decimal) -> list[Move]:
    """Holds the amount for the case, from the oldest usable account on. Refuses: BalanceShort, BookUnreadable, CaseClosed, TaskClosed."""
    await stand(connection, cause)
    accounts = await lock(connection, whose)
    parts = _enough(accounts, amount, "ditahan")
    for one, part in parts:
        row = {"key": f"{cause.key}#{one.id}", "account": one.id, "amount": part, **_of(cause)}
        await connection.execute(_HOLD, row)
    return [Move(one.id, held=part, of=cause.mark) for one, part in parts]


async def post_held(
    connection: AsyncConnection, cause: Cause, of: str, amount: Decimal | None, carry: Carry | None = None, *, keep: bool = False
) -> list[Move]:
    """Posts what the step ``of`` of this case holds: all of it, or ``amount`` (the rest is freed unless ``keep``). Nothing held: nothing happens.

    Refuses an amount beyond what is held (BalanceShort). With ``carry`` the amount is moved to the later account instead of being spent."""
    await stand(connection, cause)
    held = await _held(connection, cause, of)
    if amount is not None and amount > (there := sum((row.remaining for row in held), Decimal(0))):
        unit = held[0].unit if held else ""
        raise BalanceShort(f"Hanya {shown(there, unit).strip()} yang ditahan oleh {of}; {shown(amount, unit).strip()} tidak dapat dibukukan.")
    left = amount if amount is not None else Decimal("Infinity")
    moves: list[Move] = []
    for row in held:
        part = min(row.remaining, left)
        left -= part
        if part > 0:
            moves.append(await _settle(connection, cause, row, part, posted=True))
            moves += await _spend(connection, cause, row.account, row.period, part, carry, hold=row.key)
        if row.remaining > part and not keep:
            moves.append(await _settle(connection, cause, row, row.remaining - part, posted=False, reason="sisa dilepas"))
    return moves


async def post_direct(connection: AsyncConnection, cause: Cause, whose: Whose, amount: Decimal, carry: Carry | None = None) -> list[Move]:
    """Spends the amount without a hold before it, from the oldest usable account on. Refuses as ``hold`` does."""
    await stand(connection, cause)
    accounts = await lock(connection, whose)
    moves: list[Move] = []
    for one, part in _enough(accounts, amount, "dibukukan"):
        moves += await _spend(connection, cause, one.id, one.period, part, carry)
    return moves


async def add(connection: AsyncConnection, cause: Cause, whose: Whose, amount: Decimal) -> list[Move]:
    """Adds to the account of ``whose.period``, which is opened when it is not there (stock received, a budget line opened by its decree)."""
    await stand(connection, cause)
    account = await open_account(connection, whose, whose.day, None)
    return [await _enter(connection, cause, account, "post", amount)]


async def release(connection: AsyncConnection, cause: Cause, of: str, amount: Decimal | None = None) -> list[Move]:
    """Frees what the step ``of`` of this case still holds, all or ``amount`` of it. Nothing held: nothing happens."""
    await stand(connection, cause)
    left = amount if amount is not None else Decimal("Infinity")
    moves = []
    for row in await _held(connection, cause, of):
        part = min(row.remaining, left)
        left -= part
        if part > 0:
            moves.append(await _settle(connection, cause, row, part, posted=False, reason="dilepas"))
    return moves


async def give_back(connection: AsyncConnection, cause: Cause, of: str, amount: Decimal | None, kind: str = "given-back") -> list[Move]:
    """Puts back what the step ``of`` (the posting, or the hold it posted) of this case has spent: ``amount``, or all as a ``reversal``.

    The newest account first, so that the oldest days count as the ones that were used. Refuses more than was spent (BalanceShort)."""
    await stand(connection, cause)
    rows = await connection.execute(_POSTED, {"case": cause.case_id, "of": of, "rows": rows_of(cause)})
    posted = sorted((row for row in rows if row.remaining > 0), key=lambda row: (row.period, row.account), reverse=True)
    there = sum((row.remaining for row in posted), Decimal(0))
    left = there if amount is None else amount
    if left > there:
        unit = posted[0].unit if posted else ""
        raise BalanceShort(f"Hanya {shown(there, unit).strip()} yang dibukukan oleh {of}; {shown(left, unit).strip()} tidak dapat dikembalikan.")
    moves = []
    for row in posted:
        part = min(row.remaining, left)
        left -= part
        if part > 0:
            moves.append(await _enter(connection, cause, row.account, kind, part, undoes=row.key))
    return moves


def _enough(accounts: Sequence[Account], amount: Decimal, verb: str) -> list[tuple[Account, Decimal]]:
    parts = split(list(accounts), amount)
    there = sum((part for _, part in parts), Decimal(0))
    if there < amount:
        one = accounts[0]
        raise BalanceShort(
            f"Saldo {one.title} tidak cukup: tersedia {shown(there, one.unit)}, hendak {verb} {shown(amount, one.unit)}. Kurangi jumlahnya.",
            available=there,
        )
    return parts


async def _held(connection: AsyncConnection, cause: Cause, of: str) -> list[Row[Any]]:
    """Oldest period first; account rows are locked before anything moves."""
    rows = await connection.execute(_HELD, {"case": cause.case_id, "of": of, "rows": rows_of(cause)})
    return sorted(rows, key=lambda row: (row.period, row.account))


async def _settle(connection: AsyncConnection, cause: Cause, row: Row[Any], part: Decimal, *, posted: bool, reason: str = "") -> Move:
    await connection.execute(_SETTLE, {"key": row.key, "part": part, "reason": reason, "posted": posted, "at": cause.at})
    return Move(row.account, held=-part, of=row.mark)


async def _spend(
    connection: AsyncConnection, cause: Cause, account: str, period: str, part: Decimal, carry: Carry | None, hold: str | None = None
) -> list[Move]:
    """Off the account; with ``carry`` on to the later one. Days carried once are not carried again: they stay where they are."""
    if carry is None:
        return [await _enter(connection, cause, account, "post", -part, hold=hold)]
    if period.endswith(f"-{carry.word}"):
        return []
    book, subject, _ = account.split("/", 2)
    later = await open_account(connection, Whose(book, subject, carry.opens, f"{period}-{carry.word}"), carry.opens, carry.closes)
    return [
        await _enter(connection, cause, account, "carried", -part, hold=hold),
        await _enter(connection, cause, later, "carried", part, suffix="+"),
    ]


async def _enter(
    connection: AsyncConnection, cause: Cause, account: str, kind: str, amount: Decimal, *, hold: str | None = None, undoes: str | None = None,
    suffix: str = "",
) -> Move:  # fmt: skip
    # One act may touch an account more than once (two postings given back): what it settles or undoes tells its lines apart.
    key = "#".join(part for part in (cause.key, account, hold or undoes or "") if part) + suffix
    row = {"key": key, "account": account, "kind": kind, "amount": amount, "hold": hold, "undoes": undoes, "note": "", **_of(cause)}
    await connection.execute(_ENTER, row)
    return Move(account, balance=amount)


def _of(cause: Cause) -> dict[str, Any]:
    return {"case": cause.case_id, "step": cause.step, "round": cause.round, "at": cause.at}
