"""Every account of every book, money and days alike, worked out anew from the trails of the cases whose stories were told."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from typing import Any

from sqlalchemy import text

from activities.systems.bank import NAME, Bank
from activities.systems.twin import InProcess, Twin
from activities.verbs.asking import Asking
from activities.verbs.verb import Apart
from engine.nodes import Call
from engine.process import Process
from tests.workflows.running import City

LEDGER = frozenset({"hold", "post", "release"})
OF_THE_REGISTRY = frozenset({"registry"})
CASH = "buku-kas-umum"


def moves(process: Process, book: str = "") -> bool:
    """Whether a step of it moves an account of a ledger, or of this one."""
    acts = [node for node in process.steps() if isinstance(node, Call) and node.act in LEDGER]
    return any(not OF_THE_REGISTRY & {one.name for one in node.args} and (not book or book in repr(node.args)) for node in acts)


async def rows(here: City, query: str) -> list[Any]:
    async with here.database.connect() as connection:
        return list((await connection.execute(text(query))).all())


def bank_in(here: City) -> Bank:
    """Puts a bank into the city that tests can look into."""
    asking = here.parts.acts.verbs["ask_system"]
    assert isinstance(asking, Apart)
    assert isinstance(asking.act, Asking)
    bank = Bank()
    asking.act.systems.adapters[NAME] = InProcess(Twin(NAME, bank.answers()))
    return bank


async def moved(here: City) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Account → what the trails moved on it, and what they still hold. Written here anew: nothing of the code it judges is used."""
    balance, held = defaultdict[str, Decimal](Decimal), defaultdict[tuple[str, str, str], Decimal](Decimal)
    for row in await rows(here, "SELECT case_id, body FROM trail ORDER BY case_id, seq"):
        event = json.loads(row.body)
        data = event.get("data") or {}
        for move in (data.get("detail") or {}).get("buku") or []:
            balance[move["akun"]] += Decimal(move.get("saldo", 0))
            held[row.case_id, move.get("langkah", ""), move["akun"]] += Decimal(move.get("tahanan", 0))
        freed = {*data.get("cleared", ()), *([f"{event['step']}/{event['round']}"] if event["kind"] == "voided" else [])}
        for case, mark, account in list(held):
            if case == row.case_id and (event["kind"] == "ended" or mark in freed):
                held[case, mark, account] = Decimal(0)
    holding: dict[str, Decimal] = defaultdict(Decimal)
    for (_case, _mark, account), amount in held.items():
        holding[account] += amount
    return balance, holding


class Accounts:
    """Asked of a city when its stories are told."""

    async def test_every_account_is_what_it_began_with_and_what_the_trails_moved(self, here: City) -> None:
        began = "coalesce((SELECT sum(e.amount) FROM ledger_entry e WHERE e.account = a.id AND e.case_id IS NULL), 0)"
        balance, holding = await moved(here)
        kept = {row.id: row for row in await rows(here, f"SELECT a.id, a.balance, a.held, {began} AS began FROM ledger_account a")}
        assert set(balance) <= set(kept)
        wrong = {
            name: (row.balance, row.held, row.began + balance[name], holding[name])
            for name, row in kept.items()
            if (row.balance, row.held) != (row.began + balance[name], holding[name])
        }
        assert wrong == {}
        if await here.complete():
            assert any(amount != 0 for amount in balance.values()) == any(moves(here.processes[code].process) for code, _story in here.told)
        assert all(row.balance - row.held >= 0 for row in kept.values())

    async def test_money_moves_in_whole_rupiah_and_no_ended_case_holds_any(self, here: City) -> None:
        money = {
            row.id for row in await rows(here, "SELECT a.id FROM ledger_account a JOIN ledger_book b ON b.code = a.book WHERE b.unit = 'rupiah'")
        }
        balance, _ = await moved(here)
        of_money = [amount for name, amount in balance.items() if name in money]
        assert [amount for amount in of_money if amount != amount.to_integral_value()] == []
        left = "SELECT h.key FROM ledger_hold h JOIN \"case\" c ON c.id = h.case_id WHERE h.state = 'held' AND c.status = 'ended'"
        assert await rows(here, left) == []

    async def test_what_left_the_bank_is_what_was_booked_and_taken_off_the_budget(self, here: City) -> None:
        """To the rupiah, for each case that was paid to its end: budget = transfers + deductions; transfers of all = what the bank paid for them."""
        found = await rows(here, """
            SELECT e.case_id, c.result, a.book, a.subject, sum(e.amount) AS amount FROM ledger_entry e JOIN ledger_account a ON a.id = e.account
            JOIN "case" c ON c.id = e.case_id WHERE a.book IN ('sisa-spd', 'buku-kas-umum') GROUP BY 1, 2, 3, 4""")  # fmt: skip
        spent, booked, sent = (defaultdict[str, Decimal](Decimal) for _ in range(3))
        for row in found:
            if row.book == "sisa-spd":
                spent[row.case_id] -= row.amount
            else:
                booked[row.case_id] += row.amount
                sent[row.case_id] += row.amount if row.subject.endswith(":transfer") else 0
        if await here.complete():
            assert bool(spent) == any(moves(here.processes[code].process, CASH) for code, _story in here.told)
        assert spent == booked
        numbers = {row.number: row.case_id for row in await rows(here, "SELECT number, case_id FROM document WHERE code = 'sp2d' AND number <> ''")}
        left: dict[str, Decimal] = defaultdict(Decimal)
        assert isinstance(here.bank, Bank)
        for line, (_account, amount, _again) in here.bank.paid.items():
            left[numbers[line.rpartition("/")[0]]] += amount
        assert left == sent
