"""Puts the books of a city's folder into the database: what is missing is added, nothing is added twice, what pages or cases changed stays."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.office.city_books import Books
from db.office.city_files import City, Row
from db.office.ledger_year import entitle

_BOOKS = text("""
    INSERT INTO ledger_book (code, title, unit, rule) SELECT code, title, unit, rule FROM jsonb_populate_recordset(NULL::ledger_book, :rows)
    ON CONFLICT DO NOTHING
""")
_KINDS = text("""
    INSERT INTO registry_kind (kind, title, single) SELECT kind, title, single FROM jsonb_populate_recordset(NULL::registry_kind, :rows)
    ON CONFLICT DO NOTHING
""")
_SHAPES = text("""
    INSERT INTO place AS p (code, kind, name, parent, geometry)
    SELECT code, kind, name, parent, geometry FROM jsonb_populate_recordset(NULL::place, :rows)
    ON CONFLICT (code) DO UPDATE SET geometry = excluded.geometry WHERE p.geometry IS NULL
""")
_ACCOUNTS = text("""
    INSERT INTO ledger_account (id, book, subject, period, opens, closes)
    SELECT DISTINCT ON (r.account) r.account, r.book, r.subject, r.period, r.opens, r.closes
    FROM jsonb_to_recordset(:rows) AS r (account text, book text, subject text, period text, opens date, closes date) ON CONFLICT DO NOTHING
""")
_ENTRIES = text("""
    INSERT INTO ledger_entry (key, account, kind, amount, source, at)
    SELECT r.key, r.account, 'opening', r.amount, r.source, :at FROM jsonb_to_recordset(:rows) AS r (key text, account text, amount numeric, source text)
    ON CONFLICT (key) DO NOTHING
""")
_LINES = text("""
    INSERT INTO registry (mark, kind, single, key, attributes, valid_from, valid_to, source, at)
    SELECT r.mark, r.kind, k.single, r.key, r.attributes, r.valid_from, r.valid_to, r.source, :at
    FROM jsonb_to_recordset(:rows) AS r (mark text, kind text, key text, attributes jsonb, valid_from date, valid_to date, source text)
    JOIN registry_kind k ON k.kind = r.kind ON CONFLICT (mark) DO NOTHING
""")

_BOOKINGS = text("""
    INSERT INTO booking (key, kind, resource, starts, ends, purpose, lasting, source, note, at)
    SELECT r.mark, r.kind, r.resource, r.starts, r.ends, r.purpose, true, r.source, 'Dimuat dari folder kota', :at
    FROM jsonb_to_recordset(:rows) AS r (mark text, kind text, resource text, starts timestamptz, ends timestamptz, purpose text, source text)
    ON CONFLICT DO NOTHING
""")
"""What is taken already for part of that time is left out: pages and cases came first."""


async def load_books(connection: AsyncConnection, city: City, books: Books, at: datetime) -> dict[str, int]:
    """In the caller's transaction, after the people are there. Gives the rows added, by table."""
    added = {
        "ledger_book": await _add(connection, _BOOKS, books.ledgers, at), "registry_kind": await _add(connection, _KINDS, books.kinds, at),
        "place_shape": await _add(connection, _SHAPES, books.shapes, at),
    }  # fmt: skip
    entries = 0
    for book in books.ledgers:
        for year in book["rule"].get("periode", []):
            entries += await entitle(connection, book["code"], int(year), book["rule"], "city.toml", at)
    lines = [_entry(row) for row in city.rows["ledger.csv"]]
    await _add(connection, _ACCOUNTS, lines, at)
    added["ledger_entry"] = entries + await _add(connection, _ENTRIES, lines, at)
    added["registry"] = await _add(connection, _LINES, [{**row, "mark": _mark("registri", row)} for row in city.rows["registry.csv"]], at)
    added["booking"] = await _add(connection, _BOOKINGS, [{**row, "mark": _mark("pesan", row)} for row in city.rows["bookings.csv"]], at)
    return added


def _entry(row: Row) -> Row:
    """An account is usable from the beginning of its year to its end, unless the line says until when. A period that is no year has no end."""
    year = str(row["period"])[:4]
    yearly = year.isdecimal() and len(year) == 4
    opens = date(int(year), 1, 1) if yearly else date(2000, 1, 1)
    closes = row["closes"] or (date(int(year) + 1, 1, 1).isoformat() if yearly else None)
    account = f"{row['book']}/{row['subject']}/{row['period']}"
    return {**row, "account": account, "key": _mark("muat", row), "opens": opens.isoformat(), "closes": closes}


def _mark(word: str, row: Row) -> str:
    """The same line of the file has the same mark, so that loading again adds nothing."""
    content = json.dumps(row, sort_keys=True, ensure_ascii=False)
    return f"{word}/{hashlib.sha256(content.encode()).hexdigest()[:32]}"


async def _add(connection: AsyncConnection, statement: object, rows: list[Row], at: datetime) -> int:
    if not rows:
        return 0
    values = {"rows": json.dumps(rows), "at": at}
    wanted = {name: values[name] for name in values if f":{name}" in str(statement)}
    return (await connection.execute(statement, wanted)).rowcount  # type: ignore[call-overload,no-any-return]
