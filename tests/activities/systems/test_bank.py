"""The bank pays each line once: a key sent again, an answer after the time-out, a killed worker, another account under a new ``ralat``."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.exceptions import ApplicationError

from activities.systems.bank import NAME, Bank
from activities.systems.http import HttpSystem
from activities.systems.known import Systems
from activities.systems.outcomes import Patience
from activities.systems.port import Reply, Request, System
from activities.systems.serving import serve
from activities.systems.twin import Fault, InProcess, Twin
from activities.verbs.asking import Asking
from activities.verbs.verb import Apart
from engine.events import Json
from tests.activities.verbs.deeds import Deeds, opened

WAIT = 0.3
ORDER: dict[str, Json] = {"surat": "1/SP2D/2026", "penerima": "CV Contoh", "rekening": "1000012301", "jumlah": 186_500_000, "ralat": 0}
LIST: list[dict[str, Json]] = [{"_id": f"r{n}", "nama": f"Penerima {n}", "rekening": f"2000000{n}01", "neto": 950_000} for n in range(1, 6)]
GIVES = ("diterima", "hasil_bank", "baris_gagal")


def closed(*numbers: int) -> list[dict[str, Json]]:
    return [{**row, "rekening": f"{str(row['rekening'])[:-2]}00"} if n in numbers else row for n, row in enumerate(LIST, 1)]


def paid(bank: Bank, **body: Json) -> Reply:
    return bank.pay(Request("k", "bayar", {**ORDER, **body}))


def test_a_list_is_paid_line_by_line_and_the_rest_told() -> None:
    bank = Bank()
    told = paid(bank, baris=closed(2, 4))
    assert told.body["hasil_bank"] == "sebagian"
    assert [(one["baris"], one["jumlah"], one["sebab"]) for one in told.body["baris_gagal"]] == [
        (2, 950_000, "rekening tutup"),
        (4, 950_000, "rekening tutup"),
    ]
    assert bank.spent == 3 * 950_000


def test_a_line_paid_once_is_not_paid_again_under_any_key_account_or_amount() -> None:
    bank = Bank()
    for again in (ORDER, {**ORDER, "rekening": "1000099901", "ralat": 1}):
        assert paid(bank, **again).body["hasil_bank"] == "dibayar"
    for other in ({"jumlah": 1}, {"rekening": "1000099901"}):
        assert paid(bank, **other).body["hasil_bank"] == "gagal"
    assert (bank.spent, len(bank.paid)) == (186_500_000, 1)


def test_a_refused_line_is_paid_to_the_account_that_took_its_place() -> None:
    bank = Bank()
    paid(bank, baris=closed(2))
    assert paid(bank, nomor=2, rekening="2000000211", jumlah=950_000, ralat=1).body["hasil_baris"] == "dibayar"
    assert bank.spent == 5 * 950_000


def test_a_closed_line_is_never_paid_and_a_paid_one_never_closed() -> None:
    bank = Bank()
    paid(bank, baris=closed(2))
    shut = [bank.close(Request("k", "tutup", {"surat": ORDER["surat"], "nomor": n})).state for n in (1, 2)]
    assert shut == ["refused", "done"]
    assert paid(bank, nomor=2, rekening="2000000211", jumlah=950_000, ralat=1).body["hasil_baris"] == "gagal"
    assert bank.spent == 4 * 950_000


@pytest.mark.parametrize("amount", ["950000.50", 0, -1, True, None, "sejuta"])
def test_nothing_of_an_order_with_no_whole_amount_is_paid(amount: Any) -> None:
    bank = Bank()
    assert (paid(bank, baris=[*LIST, {"nama": "X", "rekening": "300000001", "neto": amount}]).state, bank.spent) == ("refused", 0)


def test_whose_account_it_is_is_asked_of_every_line() -> None:
    bank = Bank()
    names = [[], [{**LIST[0], "rekening": "2000000199"}]]
    assert [bank.names(Request("k", "periksa-nama", {**ORDER, "baris": rows})).state for rows in names] == ["done", "refused"]


# -- over the wire, through the verb --------------------------------------------------------------------------------------


@pytest.fixture
def bank() -> Bank:
    return Bank()


@pytest.fixture
def twin(bank: Bank) -> Twin:
    return Twin(NAME, bank.answers())


@pytest_asyncio.fixture(params=["in-process", "http"])
async def system(request: pytest.FixtureRequest, twin: Twin) -> AsyncIterator[System]:
    if request.param == "in-process":
        yield InProcess(twin, WAIT)
        return
    async with serve(twin, WAIT) as server:
        yield HttpSystem(NAME, server.base, SecretStr("rahasia-bank"), WAIT)


async def deeds(app: AsyncEngine, case: str, system: System, attempts: int = 2) -> Deeds:
    await opened(app, case)
    return Deeds(app, case, {"ask_system": Apart(Asking(Systems({NAME: system}, twins=False, patience=Patience(attempts, 0.01, 0.05))))})


async def order(deeds: Deeds, number: int, key: str = "1/SP2D/2026/ralat-0", **body: Json) -> dict[str, Json]:
    """One round of the act that orders the payment."""
    asked = {"system": NAME, "operation": "bayar", "outcome": "diterima", "key": key, "baris": LIST, **ORDER, **body}
    return (await deeds.do("ask_system", number=number, gives=GIVES, doubt="empty", **asked)).gives


@pytest.mark.parametrize("fault", ["", "slow", "late", "lost", "garbage", "noise", "other-key", "twice", "down", "error"])
async def test_an_order_given_again_in_a_later_round_pays_nothing_more(
    app: AsyncEngine, system: System, twin: Twin, bank: Bank, fault: Fault
) -> None:
    """Whatever became of the first answer: the key is that of the order, not of the round."""
    twin.will(fault)
    case = await deeds(app, f"p-{fault or 'baik'}-{system.is_twin}", system)
    for number in (1, 2, 3):
        assert (await order(case, number))["hasil_bank"] == "dibayar"
    assert bank.spent == 5 * 950_000
    assert list(twin.times.values()) == [1]


async def test_after_a_doubt_that_lasted_the_next_round_asks_before_it_sends(app: AsyncEngine, system: System, twin: Twin, bank: Bank) -> None:
    twin.will("late", asking=("down", "late"))
    case = await deeds(app, f"p-ragu-{system.is_twin}", system)
    with pytest.raises(ApplicationError) as met:
        await order(case, 1)
    assert (met.value.type, met.value.non_retryable, len(twin.heard)) == ("ragu", True, 1)
    assert (await order(case, 2))["hasil_bank"] == "dibayar"
    assert (len(twin.heard), bank.spent) == (1, 5 * 950_000)


async def test_a_worker_killed_while_the_bank_pays_leaves_the_order_to_be_asked_for(app: AsyncEngine, system: System, twin: Twin, bank: Bank) -> None:
    twin.will("late")
    case = await deeds(app, f"p-mati-{system.is_twin}", system)
    running = asyncio.create_task(order(case, 1))
    for _ in range(200):
        if twin.heard:
            break
        await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert (await order(case, 2))["hasil_bank"] == "dibayar"
    assert (len(twin.heard), bank.spent) == (1, 5 * 950_000)


async def test_the_same_order_of_another_case_or_for_another_amount_is_refused(app: AsyncEngine, system: System, bank: Bank) -> None:
    one, other = [await deeds(app, f"p-{name}-{system.is_twin}", system) for name in ("satu", "lain")]
    await order(one, 1)
    with pytest.raises(ApplicationError, match="permintaan lain"):
        await order(one, 2, baris=LIST[:2])
    changed = [{**row, "neto": 1} for row in LIST]
    assert (await order(other, 1, baris=changed))["hasil_bank"] == "sebagian"
    assert bank.spent == 5 * 950_000


async def test_an_order_without_its_number_is_not_sent(app: AsyncEngine, system: System, twin: Twin) -> None:
    case = await deeds(app, f"p-kosong-{system.is_twin}", system)
    with pytest.raises(ApplicationError, match="isi argumen key"):
        await order(case, 1, key="")
    assert twin.heard == []
