"""Bare cases and their trail lines, enough for the books: no engine, no process."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.write.books import freeing
from db.write.books.accounts import Move, Whose
from db.write.books.standing import Cause

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)
_numbers = count(1)

_CASE = text("""INSERT INTO "case" (id, process, sha, title, opened_at) VALUES (:case, 'uji', 's', 'Uji', :at) ON CONFLICT DO NOTHING""")
_END = text("""UPDATE "case" SET status = 'ended', result = 'selesai', ended_at = :at WHERE id = :case""")
_TRAIL = text("""
    INSERT INTO trail (case_id, seq, at, kind, step, round, person, position, capacity, mandate, name, title, request_id, body, prev_hash, hash)
    VALUES (:case, :seq, :at, :kind, :step, :round, 'sistem', '', 'sistem', '', '', '', '', :body, :prev, 'h')
""")


async def open_case(connection: AsyncConnection, case: str) -> None:
    await connection.execute(_CASE, {"case": case, "at": NOW})


async def open_account(connection: AsyncConnection, subject: str, amount: int, period: str = "2026", book: str = "cuti") -> Whose:
    """A fresh account with an opening entry, usable in its year (the later ones too, as what goes over)."""
    await connection.execute(
        text("INSERT INTO ledger_book (code, title, unit) VALUES (:b, 'Cuti tahunan', 'hari') ON CONFLICT DO NOTHING"), {"b": book}
    )
    name = f"{book}/{subject}/{period}"
    row = {"id": name, "book": book, "subject": subject, "period": period, "opens": date(int(period[:4]), 1, 1)}
    await connection.execute(
        text("INSERT INTO ledger_account (id, book, subject, period, opens) VALUES (:id, :book, :subject, :period, :opens)"), row
    )
    if amount:
        entry = text("INSERT INTO ledger_entry (key, account, kind, amount, source) VALUES ('awal/' || :id, :id, 'opening', :amount, 'uji')")
        await connection.execute(entry, {"id": name, "amount": amount})
    return Whose(book, subject, DAY)


def cause(case: str, step: str = "tahan", number: int = 1) -> Cause:
    return Cause(f"{case}/{step}/{number}", case, step, number, NOW)


async def write(connection: AsyncConnection, case: str, kind: str, step: str, number: int, data: dict[str, object]) -> None:
    """One line of the trail; its chain is nobody's concern here."""
    seq = next(_numbers)
    body = json.dumps({"kind": kind, "step": step, "round": number, "data": data})
    row = {"case": case, "seq": seq, "at": NOW, "kind": kind, "step": step, "round": number, "body": body, "prev": f"p{seq}"}
    await connection.execute(_TRAIL, row)


async def told(connection: AsyncConnection, of: Cause, moves: Sequence[Move]) -> None:
    """The result of an act reaches the trail."""
    await write(connection, of.case_id, "act-done", of.step, of.round, {"detail": {"buku": [move.to_json() for move in moves]}})


async def returned(connection: AsyncConnection, case: str, *marks: str) -> None:
    await write(connection, case, "decided", "putuskan", 1, {"cleared": list(marks)})
    await freeing.free_steps(connection, case, marks, "langkah dikembalikan", NOW)


async def ended(connection: AsyncConnection, case: str) -> None:
    await write(connection, case, "ended", "", 0, {"result": "selesai"})
    await connection.execute(_END, {"case": case, "at": NOW})
    await freeing.free_case(connection, case, "perkara berakhir: selesai", NOW, "Asia/Jakarta")


async def stands(connection: AsyncConnection, account: str) -> tuple[object, object]:
    """Balance and held, as the account's row says."""
    row = (await connection.execute(text("SELECT balance, held FROM ledger_account WHERE id = :id"), {"id": account})).one()
    return row.balance, row.held
