"""The ledger under hands that pull at once: the last day is given once, nothing is written twice, nothing is unwritten."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.connect import transaction
from db.read.books import ledger as read
from db.read.books import recount
from db.write.books import ledger
from db.write.books.accounts import Whose
from db.write.books.ledger import Carry
from engine.errors import BalanceShort, BookUnreadable, CaseClosed, TaskClosed
from tests.db.books.cases import DAY, cause, ended, open_account, open_case, returned, stands, told, write

Owner = psycopg.Connection[tuple[object, ...]]
ONE, TWO = Decimal(1), Decimal(2)


async def untrue(connection: AsyncConnection, subject: str) -> list[str]:
    """Where the trails and the accounts of this subject differ (other tests here move the books without a trail)."""
    return [line for line in await recount.from_trails(connection) if line.startswith(f"cuti/{subject}/")]


async def test_fifty_at_once_for_the_last_day_and_one_has_it(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        whose = await open_account(connection, "ramai", 1)
        for number in range(50):
            await open_case(connection, f"ramai-{number}")

    async def try_it(number: int) -> bool:
        try:
            async with transaction(app) as connection:
                await ledger.hold(connection, cause(f"ramai-{number}"), whose, ONE)
        except BalanceShort:
            return False
        return True

    won = await asyncio.gather(*(try_it(number) for number in range(50)))
    assert sum(won) == 1
    async with app.connect() as connection:
        assert await stands(connection, "cuti/ramai/2026") == (1, 1)
        assert await recount.from_rows(connection) == []


async def test_the_database_refuses_the_one_too_many_whoever_writes(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        await open_account(connection, "lurus", 1)
        await open_case(connection, "lurus-1")
    spend = "INSERT INTO ledger_entry (key, account, kind, amount, source) VALUES (:key, 'cuti/lurus/2026', 'correction', -1, 'uji')"

    async def spend_it(number: int) -> bool:
        try:
            async with transaction(app) as connection:
                await connection.execute(text(spend), {"key": f"lurus-{number}"})
        except IntegrityError as error:
            assert "never_below_floor" in str(error)  # noqa: PT017 - the constraint's name is the point
            return False
        return True

    assert sum(await asyncio.gather(*(spend_it(number) for number in range(20)))) == 1


async def test_days_come_from_the_oldest_year_first_and_go_back_to_the_newest(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        await open_account(connection, "tua", 6, "2025")
        whose = await open_account(connection, "tua", 12, "2026")
        await open_case(connection, "tua-1")
        first = cause("tua-1")
        await told(connection, first, await ledger.hold(connection, first, whose, Decimal(8)))
        assert (await stands(connection, "cuti/tua/2025"), await stands(connection, "cuti/tua/2026")) == ((6, 6), (12, 2))
        booked = cause("tua-1", "bukukan")
        await told(connection, booked, await ledger.post_held(connection, booked, "tahan", Decimal(8)))
        back = cause("tua-1", "kembalikan")
        await told(connection, back, await ledger.give_back(connection, back, "bukukan", Decimal(3)))
        assert (await stands(connection, "cuti/tua/2025"), await stands(connection, "cuti/tua/2026")) == ((1, 0), (12, 0))
        with pytest.raises(BalanceShort, match="Hanya 5 hari yang dibukukan"):
            await ledger.give_back(connection, cause("tua-1", "kembalikan", 2), "tahan", Decimal(6))
        assert await read.available(connection, "cuti", "tua", DAY) == 13
        await ended(connection, "tua-1")
        assert await untrue(connection, "tua") == []


async def test_refusals_name_the_rule_and_the_mend(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        whose = await open_account(connection, "kurang", 2)
        await open_case(connection, "kurang-1")
        with pytest.raises(BalanceShort, match=r"tersedia 2 hari, hendak ditahan 5 hari\. Kurangi"):
            await ledger.hold(connection, cause("kurang-1"), whose, Decimal(5))
        with pytest.raises(BookUnreadable, match="Buka akunnya"):
            await ledger.hold(connection, cause("kurang-1"), Whose("cuti", "tidak-ada", DAY), ONE)
        with pytest.raises(BookUnreadable, match="2025-06-01"):
            await ledger.hold(connection, cause("kurang-1"), Whose("cuti", "kurang", date(2025, 6, 1)), ONE)
        await ledger.hold(connection, cause("kurang-1"), whose, ONE)
        with pytest.raises(BalanceShort, match="Hanya 1 hari yang ditahan oleh tahan"):
            await ledger.post_held(connection, cause("kurang-1", "bukukan"), "tahan", TWO)
        with pytest.raises(IntegrityError):
            await ledger.hold(connection, cause("kurang-1"), whose, ONE)


async def test_part_of_a_hold_is_posted_and_the_rest_kept_or_freed(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        whose = await open_account(connection, "sebagian", 10)
        await open_case(connection, "sebagian-1")
        await ledger.hold(connection, cause("sebagian-1"), whose, Decimal(6))
        await ledger.post_held(connection, cause("sebagian-1", "kirim-1"), "tahan", TWO, keep=True)
        assert await stands(connection, "cuti/sebagian/2026") == (8, 4)
        await ledger.release(connection, cause("sebagian-1", "lepas"), "tahan", ONE)
        assert await stands(connection, "cuti/sebagian/2026") == (8, 3)
        await ledger.post_held(connection, cause("sebagian-1", "kirim-2"), "tahan", TWO)
        assert await stands(connection, "cuti/sebagian/2026") == (6, 0)
        assert (await read.holds(connection, case_id="sebagian-1"))[0].state == "posted"
        assert await ledger.post_held(connection, cause("sebagian-1", "kirim-3"), "tahan", None) == []
        await ledger.add(connection, cause("sebagian-1", "terima"), Whose("cuti", "sebagian", DAY, "gudang"), Decimal("2.5"))
        assert await stands(connection, "cuti/sebagian/gudang") == (Decimal("2.5"), 0)


async def test_deferred_days_go_to_an_account_of_their_own_once(app: AsyncEngine) -> None:
    carry = Carry("ditangguhkan", DAY, date(2028, 1, 1))
    async with transaction(app) as connection:
        whose = await open_account(connection, "tangguh", 12)
        await open_case(connection, "tangguh-1")
        first = cause("tangguh-1")
        await told(connection, first, await ledger.hold(connection, first, whose, Decimal(6)))
        keep = cause("tangguh-1", "simpan")
        await told(connection, keep, await ledger.post_held(connection, keep, "tahan", None, carry))
        assert await stands(connection, "cuti/tangguh/2026") == (6, 0)
        assert await stands(connection, "cuti/tangguh/2026-ditangguhkan") == (6, 0)
        assert await read.available(connection, "cuti", "tangguh", date(2027, 12, 31)) == 12
        later = Whose("cuti", "tangguh", date(2027, 3, 1), "2026-ditangguhkan")
        again = cause("tangguh-1", "tahan-lagi")
        await told(connection, again, await ledger.hold(connection, again, later, TWO))
        once = cause("tangguh-1", "simpan-lagi")
        await told(connection, once, await ledger.post_held(connection, once, "tahan-lagi", None, carry))
        assert await stands(connection, "cuti/tangguh/2026-ditangguhkan") == (6, 0), "not deferred twice"
        await ended(connection, "tangguh-1")
        assert await untrue(connection, "tangguh") == []


async def test_end_and_return_free_what_they_take_back_and_no_more(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        whose = await open_account(connection, "lepas", 12)
        await open_case(connection, "lepas-1")
        await open_case(connection, "lepas-2")
        for case, step in (("lepas-1", "tahan"), ("lepas-1", "tahan-lain"), ("lepas-2", "tahan")):
            one = cause(case, step)
            await told(connection, one, await ledger.hold(connection, one, whose, TWO))
        await returned(connection, "lepas-1", "tahan/1", "putuskan/1")
        assert await stands(connection, "cuti/lepas/2026") == (12, 4)
        with pytest.raises(TaskClosed, match="sudah dikembalikan"):
            await ledger.hold(connection, cause("lepas-1"), whose, ONE)
        second = cause("lepas-1", "tahan", 2)
        await told(connection, second, await ledger.hold(connection, second, whose, ONE))
        await ended(connection, "lepas-1")
        assert await stands(connection, "cuti/lepas/2026") == (12, 2)
        with pytest.raises(CaseClosed):
            await ledger.hold(connection, cause("lepas-1", "tahan", 3), whose, ONE)
        await ended(connection, "lepas-2")
        assert await stands(connection, "cuti/lepas/2026") == (12, 0)
        assert await untrue(connection, "lepas") == []


async def test_an_act_a_return_overtook_is_undone_and_its_hold_stands_again(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        whose = await open_account(connection, "salip", 12)
        await open_case(connection, "salip-1")
        first = cause("salip-1")
        await told(connection, first, await ledger.hold(connection, first, whose, Decimal(3)))
        await write(connection, "salip-1", "act-started", "bukukan", 1, {"key": "salip-1/bukukan/1"})
        late = cause("salip-1", "bukukan")
        moves = await ledger.post_held(connection, late, "tahan", TWO)
        result = '{"gives": {}, "documents": [], "detail": {"buku": ' + str([m.to_json() for m in moves]).replace("'", '"') + "}}"
        await connection.execute(
            text("INSERT INTO effect (key, case_id, act, state, result) VALUES (:key, 'salip-1', 'post', 'done', CAST(:result AS jsonb))"),
            {"key": late.key, "result": result},
        )
        assert await stands(connection, "cuti/salip/2026") == (10, 0)
        await returned(connection, "salip-1", "bukukan/1")
        assert await stands(connection, "cuti/salip/2026") == (12, 3)
        assert await untrue(connection, "salip") == []
        await ended(connection, "salip-1")
        assert await stands(connection, "cuti/salip/2026") == (12, 0)


async def test_the_record_cannot_be_unwritten(app: AsyncEngine, owner: Owner) -> None:
    async with transaction(app) as connection:
        whose = await open_account(connection, "tetap", 5)
        await open_case(connection, "tetap-1")
        await ledger.hold(connection, cause("tetap-1"), whose, TWO)
        await ledger.release(connection, cause("tetap-1", "lepas"), "tahan")
    for statement in (
        "UPDATE ledger_entry SET amount = 9", "DELETE FROM ledger_entry", "TRUNCATE ledger_entry CASCADE", "DELETE FROM ledger_account",
        "DELETE FROM ledger_hold",
        "UPDATE ledger_hold SET remaining = 2, state = 'held', settled_at = NULL WHERE case_id = 'tetap-1'",
    ):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute(statement)
    for statement in ("UPDATE ledger_account SET balance = 99", "UPDATE ledger_account SET held = 0", "UPDATE ledger_hold SET amount = 9"):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with transaction(app) as connection:
                await connection.execute(text(statement))
    async with transaction(app) as connection:
        made = "INSERT INTO ledger_account (id, book, subject, period, opens, balance) VALUES ('cuti/baru/2026', 'cuti', 'baru', '2026', :day, 500)"
        await connection.execute(text(made), {"day": DAY})
        assert await stands(connection, "cuti/baru/2026") == (0, 0), "an account is worth its entries, nothing else"
