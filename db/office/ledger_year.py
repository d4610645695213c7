"""The turn of a year in a book of entitlements (annual leave): what everybody gets, what of the old years goes over, what lapses.

``rule`` of the book, in its unit (for annual leave, Peraturan BKN 24/2017 as the process source has it): ``hak`` a year (12); ``bagi`` which kinds of
person; ``bawa`` what of one year may still be used in the next (6, so 18 in all); a year of which nothing was used goes on once more (24 in all);
``paling_banyak`` over all accounts together (24, deferred days included). Deferred days have an account of their own, made when they are deferred.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.office.changes import note_change
from engine.errors import NotFound
from engine.events import Actor, Json

_ACCOUNTS = text("""
    INSERT INTO ledger_account (id, book, subject, period, opens, closes)
    SELECT CAST(:book AS text) || '/' || o.id || '/' || CAST(:period AS text), :book, o.id, :period, :opens, :closes
    FROM person o WHERE o.active AND o.kind = ANY(:kinds) ON CONFLICT DO NOTHING
""")
_OPENINGS = text("""
    INSERT INTO ledger_entry (key, account, kind, amount, source, at)
    SELECT 'hak/' || a.id, a.id, 'opening', :amount, :source, :at FROM ledger_account a JOIN person o ON o.id = a.subject
    WHERE a.book = :book AND a.period = :period AND o.active AND o.kind = ANY(:kinds) ORDER BY a.id ON CONFLICT (key) DO NOTHING
""")
_LOCK = text("SELECT id FROM ledger_account WHERE book = :book ORDER BY id FOR UPDATE")
_UNUSED = "NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.account = a.id AND e.kind = 'post')"
_LAPSE = text("""
    INSERT INTO ledger_entry (key, account, kind, amount, source, at)
    SELECT 'hangus/' || a.id || '/' || CAST(:period AS text), a.id, 'lapsed', -(a.balance - a.held - a.floor - :over), :source, :at FROM ledger_account a
    WHERE a.book = :book AND a.period = :before AND a.balance - a.held - a.floor > :over ORDER BY a.id ON CONFLICT (key) DO NOTHING
""")
_GO_ON = text(f"""
    UPDATE ledger_account a SET closes = :closes WHERE a.book = :book AND a.closes = :opens
      AND (a.period = :before OR (a.period = :earlier AND {_UNUSED}))
""")  # noqa: S608 our own words
_MOST = text("""
    INSERT INTO ledger_entry (key, account, kind, amount, source, at)
    SELECT 'hangus/' || u.id || '/' || CAST(:period AS text) || '/batas', u.id, 'lapsed', -least(u.free, u.together - :most), :source, :at FROM (
      SELECT a.id, a.balance - a.held - a.floor AS free,
        sum(a.balance - a.held - a.floor) OVER (PARTITION BY a.subject ORDER BY a.period DESC, a.id) AS together
      FROM ledger_account a WHERE a.book = :book AND a.opens <= :opens AND (a.closes IS NULL OR a.closes > :opens)
    ) u WHERE u.together > :most AND u.free > 0 ORDER BY u.id ON CONFLICT (key) DO NOTHING
""")


async def entitle(connection: AsyncConnection, book: str, year: int, rule: Mapping[str, Any], source: str, at: datetime) -> int:
    """Opens the year's account of everybody of the kinds in the rule, each with its ``hak``; gives how many are new. Again adds nothing."""
    if not rule.get("hak") or not rule.get("bagi"):
        return 0
    values = {"book": book, "period": str(year), "kinds": list(rule["bagi"])}
    await connection.execute(_ACCOUNTS, {**values, "opens": date(year, 1, 1), "closes": date(year + 1, 1, 1)})
    done = await connection.execute(_OPENINGS, {**values, "amount": rule["hak"], "source": source, "at": at})
    return done.rowcount


async def open_year(connection: AsyncConnection, actor: Actor, book: str, year: int, reason: str, at: datetime) -> dict[str, int]:
    """The new year's entitlement, what goes over and what lapses, in one transaction with its entry in the office trail. Again changes nothing.

    What cases hold at that moment does not lapse. Refuses: NotFound for an unknown book, ReasonMissing. Gives the entries added, by kind."""
    rule = (await connection.execute(text("SELECT rule FROM ledger_book WHERE code = :book"), {"book": book})).scalar_one_or_none()
    if rule is None:
        raise NotFound("Buku itu tidak ada. Pilih dari daftar buku.")
    await connection.execute(_LOCK, {"book": book})
    source = f"pembukaan tahun {year}"
    opens, closes = date(year, 1, 1), date(year + 1, 1, 1)
    values = {"book": book, "period": str(year), "before": str(year - 1), "source": source, "at": at}
    lapsed = await connection.execute(_LAPSE, {**values, "over": rule.get("bawa", 0)})
    going = {"book": book, "before": str(year - 1), "earlier": str(year - 2), "opens": opens, "closes": closes}
    await connection.execute(_GO_ON, going)
    opened = await entitle(connection, book, year, rule, source, at)
    beyond = 0
    if rule.get("paling_banyak"):
        most = {"book": book, "period": str(year), "opens": opens, "most": rule["paling_banyak"], "source": source, "at": at}
        beyond = (await connection.execute(_MOST, most)).rowcount
    done = {"opening": opened, "lapsed": lapsed.rowcount + beyond}
    after: dict[str, Json] = {"tahun": year, "dibuka": opened, "hangus": done["lapsed"]}
    await note_change(connection, actor, "buka tahun", "ledger_book", book, reason, None, after, at)
    return done
