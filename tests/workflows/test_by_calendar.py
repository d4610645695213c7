"""The calendar opens cases on a real server: on the planned day, one for each agency, after a missed week, after a kill between two writes, never twice."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from sqlalchemy import text
from temporalio.client import ScheduleActionExecutionStartWorkflow

from activities.by_calendar import ByTimetable, keep_schedule, worth
from db.connect import transaction
from db.office import timetable
from embedded.temporal import Temporal
from engine.canonical import from_text
from engine.timetable import Timetable
from tests.workflows.running import CITY, City, city
from workflows.by_calendar import SCHEDULE

MONTHLY = """
from engine.expr import field, month, months, today
from engine.fields import Field
from engine.nodes import Argument, Seq, Task, Within, end
from engine.pin import pinned
from engine.process import Archive, Process, Sla, Starts, Title
from engine.timetable import Timetable

PROCESS = pinned(Process(
    code="uji-{code}", title=Title("Uji jadwal {code}", "Timetable"), family="ketatausahaan", owner="kepala-bagian-umum", summary="Dibuka kalender.",
    starts=Starts("sistem", opens=Timetable({table}), values=(Argument("bulan", month(months(today(), 3))), Argument("unit", field("unit")))),
    sla=Sla(5, "working"), archive=Archive("000", 1, 1, "musnah"), legal_basis=("UU 30/2014",),
    form=(Field("bulan", "Bulan", "month"), Field("unit", "Unit", "unit")),
    flow=Seq((Task("susun", ("kepala-opd",), "record", (end("susun", "selesai"),), "Susun", ("bulan",), Within(2)),)),
))
"""
pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="module")]


def at(day: int, month: int = 12, hour: int = 5) -> datetime:
    """An hour of that day of 2026 in Jakarta."""
    return datetime(2026, month, day, hour, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(database: str, temporal_server: Temporal, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    folder = tmp_path_factory.mktemp("kota-uji")
    shutil.copytree(CITY, folder, dirs_exist_ok=True)
    for code, table in (("sekota", "day=10"), ("tiap-opd", 'each="organisation", months=(1,)')):
        own = folder / "workflows" / "ketatausahaan" / f"uji_{code.replace('-', '_')}"
        own.mkdir(parents=True)
        (own / "process.py").write_text(MONTHLY.format(code=code, table=table))
    async with city(database, temporal_server.address, tmp_path_factory.mktemp("kota"), folder=folder) as made:
        yield made


async def opened(here: City, process: str) -> list[Any]:
    async with here.database.connect() as connection:
        rows = await connection.execute(
            text(
                'SELECT o.planned, o.unit, c.form, c.unit AS of FROM timetable_opening o JOIN "case" c ON c.id = o.case_id WHERE o.process = :p ORDER BY 1, 2'
            ),
            {"p": process},
        )
        return list(rows)


async def settled(here: City, process: str, many: int) -> list[Any]:
    for _ in range(600):
        if len(rows := await opened(here, process)) >= many:
            return rows
        await asyncio.sleep(0.05)
    return await opened(here, process)


def table(here: City) -> ByTimetable:
    return here.parts.by_timetable


async def due(here: City, month: str) -> int:
    """Agencies of the sample city in which somebody's salary rises in that month."""
    query = text(
        "SELECT count(DISTINCT u.organisation) FROM registry r JOIN person o ON o.nip = r.key JOIN incumbency i ON i.person = o.id JOIN position p ON p.code = i.position "
        "JOIN unit u ON u.code = p.unit WHERE r.kind = 'gaji-berkala' AND r.attributes->>'berikutnya' LIKE :month"
    )  # fmt: skip
    async with here.database.connect() as connection:
        return int((await connection.execute(query, {"month": f"{month}-%"})).scalar_one())


async def test_a_case_is_opened_only_where_its_list_finds_somebody(here: City) -> None:
    """The sample city's increments of March 2027 are due in some agencies; those of April not in this one. A book that cannot be read opens the case."""
    code = "kenaikan-gaji-berkala"
    assert await table(here).round(at(20, 11)) == 0
    many = await due(here, "2027-03")
    assert await table(here).round(at(1)) == many
    rows = await settled(here, code, many)
    assert (len(rows), {row.planned for row in rows}) == (many, {date(2026, 12, 1)})
    assert {"dinkes", "setda", "bkpsdm"} <= {row.unit for row in rows}
    assert all(row.form["bulan"] == "2027-03" and row.form["unit"] == row.unit for row in rows)
    listed = here.processes[code]
    async with here.database.connect() as connection:
        asked = [await worth(connection, listed, day, "dinkes", at(1), table(here).zone) for day in (date(2026, 12, 1), date(2027, 1, 4))]
        assert asked == [True, False]
        nobody = replace(listed, process=from_text(listed.text.replace('"gaji-berkala"', '"tidak-ada"')))
        assert await worth(connection, nobody, date(2027, 1, 4), "dinkes", at(1), table(here).zone)


async def test_it_may_open_for_some_kinds_of_agency_and_the_owner(here: City) -> None:
    process = here.processes["uji-tiap-opd"].process

    async def opens_for(*kinds: str) -> list[str]:
        chosen = replace(process, starts=replace(process.starts, opens=Timetable(each="organisation", kinds=kinds)))
        async with here.database.connect() as connection:
            return await timetable.units(connection, chosen, at(1))

    wards, with_owner = await opens_for("kelurahan"), await opens_for("kelurahan", "pemilik")
    assert wards
    assert all(unit.startswith("kelurahan-") for unit in wards)
    assert set(with_owner) - set(wards) == {"bagian-umum"}
    assert {"dinkes", *wards} < set(await opens_for())


async def test_nothing_is_opened_for_the_past_and_each_planned_day_once(here: City) -> None:
    assert await table(here).round(at(20, 11)) == 0, "a process seen for the first time owes nothing"
    assert await table(here).round(at(9)) == 0
    assert await table(here).round(at(10)) == 1
    assert await table(here).round(at(10, hour=12)) == 0
    (row,) = await settled(here, "uji-sekota", 1)
    assert (row.planned, row.of) == (date(2026, 12, 10), "bagian-umum"), "the owner's agency"
    assert row.form == {"bulan": "2027-03", "unit": row.unit}


async def test_a_city_that_stood_still_catches_up_for_each_agency(here: City) -> None:
    """The first office day of January passed while nothing ran."""
    now = datetime(2027, 1, 12, 1, 0, tzinfo=UTC)
    async with here.database.connect() as connection:
        many = (
            await connection.execute(
                text(
                    "SELECT count(*) FROM unit u WHERE u.active AND u.organisation = u.code AND EXISTS (SELECT 1 FROM position p WHERE p.unit = u.code AND p.is_head AND p.active)"
                )
            )
        ).scalar_one()
        forums = len(await timetable.units(connection, here.processes["usulan-musrenbang"].process, now))
    assert await table(here).round(now) == many + forums + await due(here, "2027-04") + 1, (
        "and the tenth of January for the other process, a Sunday, on the eleventh"
    )
    rows = await settled(here, "uji-tiap-opd", many)
    assert {row.planned for row in rows} == {date(2027, 1, 4)}
    assert len({row.unit for row in rows}) == many
    assert all(row.form["unit"] == row.unit == row.of for row in rows)
    assert [row.planned for row in await settled(here, "uji-sekota", 2)] == [date(2026, 12, 10), date(2027, 1, 11)]
    opened_forums = await settled(here, "usulan-musrenbang", forums)
    assert {"bappeda", "kecamatan-tangerang", "kelurahan-sukarasa"} < {row.unit for row in opened_forums}, "wards, districts, and the owner's own"
    assert all(row.form["tahun_rencana"] == 2028 and row.form["wilayah"] == row.unit for row in opened_forums)


async def test_a_worker_killed_after_the_claim_opens_it_in_the_next_round(here: City) -> None:
    now = datetime(2027, 2, 10, 1, 0, tzinfo=UTC)
    async with transaction(here.database) as connection:
        await table(here)._claim(connection, here.processes["uji-sekota"], now)
    assert len(await opened(here, "uji-sekota")) == 2, "claimed, not opened"
    assert await table(here).round(now) == 1 + await due(here, "2027-05")
    assert [row.planned for row in await settled(here, "uji-sekota", 3)][2] == date(2027, 2, 10)


async def test_the_schedule_is_made_once_and_rings_the_workflow(here: City) -> None:
    zone = table(here).zone
    await keep_schedule(here.temporal, zone)
    await keep_schedule(here.temporal, zone)
    handle = here.temporal.get_schedule_handle(SCHEDULE)
    described = await handle.describe()
    assert described.schedule.spec.time_zone_name == "Asia/Jakarta"
    local = described.info.next_action_times[0].astimezone(zone)
    assert (local.hour, local.minute) == (5, 10)
    await handle.trigger()
    for _ in range(200):
        if (described := await handle.describe()).info.recent_actions:
            break
        await asyncio.sleep(0.1)
    action = described.info.recent_actions[0].action
    assert isinstance(action, ScheduleActionExecutionStartWorkflow)
    assert await here.temporal.get_workflow_handle(action.workflow_id).result() == 0, "what was due is open already"
