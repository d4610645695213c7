"""A decree changes the days off while cases run: real Temporal, real PostgreSQL, the page's own writer, a kill in the middle, each case once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from activities.rescheduling import Rescheduler
from db.connect import transaction
from db.office.holidays import Change, Day, change
from db.read import holidays as read
from db.read.calendar import calendar
from db.read.trail_check import verify
from embedded.temporal import Temporal
from engine.calendar import Calendar
from tests.workflows.running import City, city
from workflows.ketatausahaan.surat_keluar_tte.scenarios import KONSEP

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="module")]
DRAFTER, LETTER = "konseptor-diskominfo", "surat-keluar-tte"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(database: str, temporal_server: Temporal, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    async with city(database, temporal_server.address, tmp_path_factory.mktemp("kota")) as made:
        yield made


def soon(here: City) -> Rescheduler:
    return replace(here.parts.rescheduler, settle=timedelta(0))


async def days_of(here: City) -> Calendar:
    async with here.database.connect() as connection:
        return await calendar(connection)


async def next_office_day(here: City) -> date:
    days = await days_of(here)
    return days.add(days.local(datetime.now(UTC)).date(), 1)


async def decree(here: City, *changes: Change, source: str = "Keputusan Wali Kota 100/2026") -> str:
    who = await here.actor("operator-alur")
    async with transaction(here.database) as connection:
        return await change(connection, who, changes, "Hari libur kota ditetapkan", datetime.now(UTC), source)


async def off(here: City, day: date) -> str:
    return await decree(here, Change(None, Day(day, "Hari jadi kota", "lokal", "Keputusan Wali Kota 100/2026")))


async def finish(here: City, rescheduler: Rescheduler, order: str) -> read.Recount:
    for _ in range(200):
        await rescheduler.round()
        async with here.database.connect() as connection:
            found = next(one for one in await read.recounts(connection, 50) if one.id == order)
        if found.done_at is not None:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(found)


async def moved_events(here: City, case: str, order: str) -> list[Any]:
    query = text("SELECT step, request_id, body::jsonb -> 'data' AS data FROM trail WHERE case_id = :c AND kind = 'rescheduled' "
                 "AND body::jsonb -> 'data' ->> 'order' = :o ORDER BY seq")  # fmt: skip
    async with here.database.connect() as connection:
        return list((await connection.execute(query, {"c": case, "o": order})).all())


async def waiting_for_initial(here: City) -> str:
    case = await here.open(LETTER, DRAFTER)
    await here.do(case, "konsep", "kirim", values=KONSEP)
    await here.wait_open(case, "paraf-ketua-tim")
    return case


async def test_open_cases_move_and_say_from_when_to_when(here: City) -> None:
    cases = [await waiting_for_initial(here) for _ in range(3)]
    before = {case: await here.task(case, "paraf-ketua-tim") for case in cases}
    promised = {case: (await here.case(case)).due_at for case in cases}
    day = await next_office_day(here)
    order = await off(here, day)
    done = await finish(here, soon(here), order)
    assert (done.total, done.done, done.failed) == (3, 3, 0)
    assert done.moved >= 3
    days = await days_of(here)
    for case in cases:
        events = await moved_events(here, case, order)
        assert [one.step for one in events] == ["", "paraf-ketua-tim"]
        assert [one.request_id for one in events] == [f"hitung-ulang/{order}", ""]
        assert events[1].data["cause"] == "Keputusan Wali Kota 100/2026"
        task = await here.task(case, "paraf-ketua-tim")
        assert task.due > before[case].due
        assert (await here.case(case)).due_at > promised[case]
        assert datetime.fromisoformat(events[1].data["was_due"]) == before[case].due
        assert datetime.fromisoformat(events[1].data["due"]) == task.due
        async with here.database.connect() as connection:
            rows = await connection.execute(text("SELECT due FROM task_position WHERE task_id = :t"), {"t": task.id})
            assert set(rows.scalars()) == {task.due}
            assert (await verify(connection, case)).sound
        snapshot = await here.temporal.get_workflow_handle(f"case/{case}").query("snapshot")
        step = snapshot["steps"]["paraf-ketua-tim"]
        assert datetime.fromisoformat(step["due"]) == task.due
        assert day not in [days.local(datetime.fromisoformat(one["at"])).date() for one in step["timers"]]
    async with here.database.connect() as connection:
        told = await read.moved(connection, order)
    assert len(told) == done.moved
    assert {one.step for one in told} == {"", "paraf-ketua-tim"}


async def test_the_case_goes_on_and_its_next_task_counts_by_the_new_calendar(here: City) -> None:
    case = await waiting_for_initial(here)
    await finish(here, soon(here), await decree(here, Change(await first_local(here), None)))
    await here.do(case, "paraf-ketua-tim", "paraf")
    task = await here.wait_open(case, "paraf-kepala-bidang")
    assert task.due is not None
    async with here.database.connect() as connection:
        assert (await verify(connection, case)).sound


async def first_local(here: City) -> date:
    async with here.database.connect() as connection:
        return next(one.day for one in await read.days(connection) if one.kind == "lokal")


async def test_killed_in_the_middle_it_goes_on_and_does_each_case_once(here: City) -> None:
    """The update was answered, the tick was not written: the same question again changes nothing, and the count is right."""
    cases = [await waiting_for_initial(here) for _ in range(4)]
    order = await off(here, await next_office_day(here))
    killed = soon(here)
    from db.office import rescheduling

    async with transaction(here.database) as connection:
        await rescheduling.enlist(connection, datetime.now(UTC), timedelta(0))
    async with here.database.connect() as connection:
        waiting = [one for one in await rescheduling.take(connection, 50) if one.order == order]
    assert len(waiting) >= 4
    for one in waiting[:3]:
        assert (await killed._ask(one)) == ("", True)
    done = await finish(here, soon(here), order)
    assert done.done == done.total == len(waiting)
    for case in cases:
        events = await moved_events(here, case, order)
        assert [one.step for one in events] == ["", "paraf-ketua-tim"], case
    assert done.moved == sum([len(await moved_events(here, one.case_id, order)) for one in waiting])
    await finish(here, soon(here), await decree(here, Change(await first_local(here), None)))


async def test_a_day_far_away_moves_nothing_and_leaves_no_line(here: City) -> None:
    case = await waiting_for_initial(here)
    order = await off(here, date(2031, 7, 1))
    done = await finish(here, soon(here), order)
    assert (done.moved, done.failed) == (0, 0)
    assert await moved_events(here, case, order) == []


async def test_a_case_that_ended_meanwhile_is_done_with_and_a_lost_one_is_named(here: City) -> None:
    order = await off(here, date(2031, 7, 2))
    async with transaction(here.database) as connection:
        await connection.execute(text(
            'INSERT INTO "case" (id, process, sha, title, unit, opened_at, due_at) SELECT \'hilang\', process, sha, title, unit, now(), now() FROM "case" LIMIT 1'
        ))  # fmt: skip
    done = await finish(here, soon(here), order)
    assert done.failed == 1
    async with here.database.connect() as connection:
        assert [no for no, _why in await read.failed(connection, order)] == [(await here.case("hilang")).no]


async def test_changes_one_after_another_end_where_the_last_calendar_says(here: City) -> None:
    case = await waiting_for_initial(here)
    first = (await here.task(case, "paraf-ketua-tim")).due
    day = await next_office_day(here)
    orders = [await off(here, day), await decree(here, Change(day, None))]
    rescheduler = soon(here)
    for order in orders:
        await finish(here, rescheduler, order)
    assert (await here.task(case, "paraf-ketua-tim")).due == first
