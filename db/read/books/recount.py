"""Every balance worked out anew: from the entries and holds, and from the trails of the cases alone. [] = the books are right."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.events import Json

_SUMS = text("""
    SELECT a.id, a.balance, a.held, a.floor,
      coalesce((SELECT sum(e.amount) FROM ledger_entry e WHERE e.account = a.id), 0) AS entered,
      coalesce((SELECT sum(h.remaining) FROM ledger_hold h WHERE h.account = a.id AND h.state = 'held'), 0) AS holding
    FROM ledger_account a ORDER BY a.id
""")
_OF_CASES = text("SELECT account, sum(amount) AS amount FROM ledger_entry WHERE case_id IS NOT NULL GROUP BY account")
_HELD = text("SELECT account, sum(remaining) AS amount FROM ledger_hold WHERE state = 'held' GROUP BY account")
_TOLD = text("""
    SELECT case_id, body FROM trail WHERE kind = 'ended' OR (kind = 'voided' AND step <> '') OR (kind = 'decided' AND body::jsonb -> 'data' ? 'cleared')
      OR (kind = 'act-done' AND body::jsonb -> 'data' -> 'detail' ? 'buku') ORDER BY case_id, seq
""")


@dataclass
class Told:
    """What the trail of one case says of the accounts. ``held``: by account and ``step/round``."""

    balance: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    held: dict[tuple[str, str], Decimal] = field(default_factory=lambda: defaultdict(Decimal))


def tell(events: Iterable[Mapping[str, Json]]) -> Told:
    """Folds the events of one case (as stored): movements of its acts, what a return or a voided act frees, and that the end frees all."""
    told = Told()
    for event in events:
        data = event.get("data") or {}
        for move in (data.get("detail") or {}).get("buku") or []:
            told.balance[move["akun"]] += Decimal(move.get("saldo", "0"))
            if "tahanan" in move:
                told.held[move["akun"], move["langkah"]] += Decimal(move["tahanan"])
        gone = set(data.get("cleared") or [])
        if event["kind"] == "voided":
            gone.add(f"{event['step']}/{event['round']}")
        for account, mark in list(told.held):
            if event["kind"] == "ended" or mark in gone:
                told.held[account, mark] = Decimal(0)
    return told


async def from_rows(connection: AsyncConnection) -> list[str]:
    """Accounts whose kept columns differ from the sum of their entries and holds, or that stand below their floor."""
    return [
        f"{row.id}: tercatat {row.balance}/{row.held}, menurut baris {row.entered}/{row.holding}"
        for row in await connection.execute(_SUMS)
        if (row.balance, row.held) != (row.entered, row.holding) or row.balance - row.held < row.floor
    ]


async def from_trails(connection: AsyncConnection) -> list[str]:
    """Accounts on which what cases moved or hold is not what their trails say. To be asked while no act is running."""
    by_case: dict[str, list[Mapping[str, Json]]] = defaultdict(list)
    for row in await connection.execute(_TOLD):
        by_case[row.case_id].append(json.loads(row.body))
    balance: dict[str, Decimal] = defaultdict(Decimal)
    held: dict[str, Decimal] = defaultdict(Decimal)
    for events in by_case.values():
        told = tell(events)
        for account, amount in told.balance.items():
            balance[account] += amount
        for (account, _), amount in told.held.items():
            held[account] += amount
    entered = {row.account: row.amount for row in await connection.execute(_OF_CASES)}
    holding = {row.account: row.amount for row in await connection.execute(_HELD)}
    zero = Decimal(0)
    return [
        f"{name}: buku {entered.get(name, zero)}/{holding.get(name, zero)}, jejak {balance.get(name, zero)}/{held.get(name, zero)}"
        for name in sorted({*balance, *held, *entered, *holding})
        if (entered.get(name, zero), holding.get(name, zero)) != (balance.get(name, zero), held.get(name, zero))
    ]
