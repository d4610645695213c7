"""Stock under fifty hands: the last item is issued once, quota goes with it, and the card never falls below nought."""

from __future__ import annotations

import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db.connect import transaction
from db.read.books import recount
from engine.events import Json
from tests.activities.verbs.deeds import Deeds, opened

CARD = "diskominfo:toner-uji"
STOCK: dict[str, Json] = {"book": "persediaan", "subject": CARD}


async def one_left(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        await connection.execute(
            text("INSERT INTO ledger_account (id, book, subject, period, opens) VALUES (:id, 'persediaan', :card, 'gudang', '2026-01-01')"),
            {"id": f"persediaan/{CARD}/gudang", "card": CARD},
        )
        await connection.execute(
            text("INSERT INTO ledger_entry (key, account, kind, amount, source) VALUES ('awal/toner', :id, 'opening', 1, 'uji')"),
            {"id": f"persediaan/{CARD}/gudang"},
        )


async def card(app: AsyncEngine) -> tuple[int, int]:
    async with app.connect() as connection:
        statement = text("SELECT balance, held FROM ledger_account WHERE id = :id")
        row = (await connection.execute(statement, {"id": f"persediaan/{CARD}/gudang"})).one()
        return int(row.balance), int(row.held)


async def test_fifty_requests_for_the_last_item_and_one_has_it(app: AsyncEngine) -> None:
    for number in range(50):
        await opened(app, f"toner-{number}")
    await one_left(app)
    everyone = [Deeds(app, f"toner-{number}") for number in range(50)]
    answers = await asyncio.gather(*(one.do("hold", "pesan-barang@r1", gives=("terpesan",), amount=1, **STOCK) for one in everyone))
    got = [one for one, answer in zip(everyone, answers, strict=True) if answer.gives["terpesan"]]
    assert len(got) == 1
    assert await card(app) == (1, 1)
    seen = await asyncio.gather(*(one.do("look_up", "cek-stok@r1", gives=("stok_bebas",), what="saldo", **STOCK) for one in everyone))
    assert {answer.gives["stok_bebas"] for answer in seen} == {0}
    posted = await got[0].do("post", "kurangi-stok@r1", of="pesan-barang", amount=1)
    assert posted.detail["buku"]
    assert await card(app) == (0, 0)
    late = await asyncio.gather(*(one.do("hold", "pesan-barang@r2", gives=("terpesan",), amount=1, **STOCK) for one in everyone if one is not got[0]))
    assert not any(answer.gives["terpesan"] for answer in late)
    async with app.connect() as connection:
        assert await recount.from_rows(connection) == []
