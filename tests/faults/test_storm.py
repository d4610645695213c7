"""SIGKILL to worker, Temporal and PostgreSQL in turn while every process of the catalogue is under way: each case ends as its story says, nothing that was
acknowledged is lost or doubled, every register is whole, every account follows from the trails, and the bank paid each line once.

No process has a line of its own here: a process that is added is in the storm.
"""

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
from engine.scenario import Do, Scenario, play
from tests.faults.ledger import Ledger, violations
from tests.faults.storm import PARTS, Gate, Storm, city_of
from tests.workflows.judged_accounts import Accounts
from tests.workflows.running import CITY
from workflows.catalogue import Listed, catalogue

pytestmark = [pytest.mark.server, pytest.mark.slow]
WAIT = 2.0
"""Seconds the city grants its bank."""
MOST = 12
"""Acts of a story: there are as many kills as the longest one has."""
LONGEST = 100
"""Lines of its trail: a list of many rows repeats one act, and only takes time."""
EVERY_PART = ("surat-masuk-disposisi", "surat-keluar-tte")
"""Told three times, a round apart, so that each of their acts meets the death of each part."""


def story_of(listed: Listed) -> Scenario:
    """Of those that need nothing but people's acts the one in which most happens, the machine's acts and letters among it."""
    plain = (
        one
        for one in listed.scenarios
        if not one.timed and not one.beside and all(isinstance(part, Do) for part in one.acts) and len(one.acts) <= MOST
    )
    lines = {len(play(listed.process, one).trail): one for one in plain}
    return lines[max(number for number in lines if number <= LONGEST)]


def standing(state: Path, city: Path) -> Stack:
    """Everything but the pages, as separate processes, with fsync on."""
    made = Stack(state, city, port=0, show=False)
    made.servers_up()
    made.prepare()
    made.start_worker()
    made.wait_worker()
    return made


async def test_every_process_survives_a_kill_at_every_act(tmp_path: Path) -> None:
    bank, city = Bank(), tmp_path / "kota"
    twin = Twin(NAME, bank.answers())
    shutil.copytree(CITY, city)
    told = [
        (listed.code, story_of(listed), late) for listed in catalogue().processes.values() for late in range(3 if listed.code in EVERY_PART else 1)
    ]
    async with serve(twin, WAIT) as server:
        with (city / "city.toml").open("a", encoding="utf-8") as more:
            more.write(f'\n[sistem.{NAME}]\nalamat = "{server.base}"\nbatas = {WAIT}\n')
        stack = await asyncio.to_thread(standing, tmp_path / "keadaan", city)
        try:
            here = await city_of(stack)
            here.told, here.bank = [(code, story) for code, story, _late in told], bank
            storm = Storm(here, Ledger(tmp_path / "ledger.jsonl"), Gate(stack, len(told)))
            twin.will("", "late", "lost")
            ended = await asyncio.gather(*(storm.tell(*one) for one in told), return_exceptions=True)
            assert [one for one in ended if isinstance(one, BaseException)] == []
            async with here.database.connect() as connection:
                assert await violations(connection, storm.ledger) == []
                assert [*await recount.from_rows(connection), *await recount.from_trails(connection)] == []
            assert all([await here.agrees(str(case)) for case in ended])
            await Accounts().test_what_left_the_bank_is_what_was_booked_and_taken_off_the_budget(here)
            await here.database.dispose()
            assert stack.children["worker"].poll() is None, "worker berhenti sendiri"
        finally:
            await asyncio.to_thread(stack.down)
    assert set(twin.times.values()) == {1}
    for code in EVERY_PART:
        steps = {step for process, step, _part in storm.met if process == code}
        assert {(step, part) for process, step, part in storm.met if process == code} == {(step, part) for step in steps for part in PARTS}
