"""A payment while worker, Temporal and PostgreSQL are killed in turn at every act: the bank, which lives on, has paid each line once."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from activities.systems.bank import NAME, Bank
from activities.systems.serving import serve
from activities.systems.twin import Twin
from db.read.books import recount
from embedded.stack import Stack
from tests.faults.ledger import Ledger, violations
from tests.faults.storm import Storm, city_of
from tests.workflows.running import CITY
from workflows.catalogue import catalogue

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("faults")]
WAIT = 2.0


def standing(state: Path, city: Path) -> Stack:
    made = Stack(state, city, port=0, show=False)
    made.servers_up()
    made.prepare()
    made.start_worker()
    made.wait_worker()
    return made


async def test_each_line_is_paid_once_whatever_dies_and_however_the_bank_answers(tmp_path: Path) -> None:
    bank = Bank()
    twin = Twin(NAME, bank.answers())
    city = tmp_path / "kota"
    shutil.copytree(CITY, city)
    async with serve(twin, WAIT) as server:
        with (city / "city.toml").open("a", encoding="utf-8") as told:
            told.write(f'\n[sistem.{NAME}]\nalamat = "{server.base}"\nbatas = {WAIT}\n')
        stack = await asyncio.to_thread(standing, tmp_path / "keadaan", city)
        try:
            here = await city_of(stack)
            story = next(one for one in catalogue()["pembayaran-ls"].scenarios if one.name == "baris-disetor-kembali")
            storm = Storm(stack, here, Ledger(tmp_path / "ledger.jsonl"))
            twin.will("", "late", "lost")
            case = await storm.tell("pembayaran-ls", story)
            assert await here.ended(case, 90) == story.ends
            async with here.database.connect() as connection:
                assert await violations(connection, storm.ledger) == []
                assert [*await recount.from_rows(connection), *await recount.from_trails(connection)] == []
            await here.database.dispose()
        finally:
            await asyncio.to_thread(stack.down)
    assert set(twin.times.values()) == {1}
    assert bank.spent == 4 * 3_000_000
