"""Opens the cases that are due by the city's calendar: each once, on office days, catching up what a stopped city missed."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from temporalio import activity
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.verbs.looking_up import look_up
from db.connect import transaction
from db.desk import submissions
from db.office import timetable
from db.office.timetable import Opening
from db.read import parties
from db.read.calendar import calendar
from engine.errors import Refusal
from engine.evaluate import Scope, evaluate, is_empty
from engine.events import SYSTEM, Json
from engine.nodes import Call
from engine.opening import case_opened
from engine.relevance import trim
from engine.timetable import days
from engine.trail import event_to_json
from workflows.by_calendar import OPEN_DUE, SCHEDULE, WORKFLOW
from workflows.catalogue import Catalogue, Listed
from workflows.contracts import QUEUE_CASE, ActInput, CaseInput

CATCH_UP = timedelta(days=31)
"""What lies further back was not opened by a city that stood still for a month, and is not opened now."""
MORNING = 5
"""The hour, in the city, at which the day's cases are opened: before anybody comes to work."""


async def keep_schedule(temporal: Client, zone: ZoneInfo) -> None:
    """The city's one Schedule: each morning in its zone, never two at a time; made once, left as an operator may have set it (paused)."""
    schedule = Schedule(
        action=ScheduleActionStartWorkflow(WORKFLOW, id="jadwal", task_queue=QUEUE_CASE),
        spec=ScheduleSpec(calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(MORNING)], minute=[ScheduleRange(10)])], time_zone_name=zone.key),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=timedelta(days=1)),
    )
    try:
        await temporal.create_schedule(SCHEDULE, schedule)
    except ScheduleAlreadyRunningError:
        return


@dataclass(frozen=True)
class ByTimetable:
    database: AsyncEngine
    temporal: Client
    processes: Catalogue
    zone: ZoneInfo

    @activity.defn(name=OPEN_DUE)
    async def open_due(self) -> int:
        return await self.round(datetime.now(UTC))

    async def round(self, now: datetime) -> int:
        """Claims what is due, then opens what is claimed; gives how many it opened. Again changes nothing."""
        for listed in self.processes.processes.values():
            if listed.process.starts.opens is not None:
                async with transaction(self.database) as connection:
                    await self._claim(connection, listed, now)
        opened = 0
        while todo := await self._waiting():
            for one in todo:
                await self._open(self.processes[one.process], one, now)
                if activity.in_activity():
                    activity.heartbeat()
            opened += len(todo)
        return opened

    async def _waiting(self) -> list[Opening]:
        async with self.database.connect() as connection:
            return await timetable.waiting(connection, self.processes.processes)

    async def _claim(self, connection: AsyncConnection, listed: Listed, now: datetime) -> None:
        today, table = now.astimezone(self.zone).date(), listed.process.starts.opens
        assert table is not None
        first = max(await timetable.unseen(connection, listed.code, today), today - CATCH_UP)
        planned = days(table, first, today, await calendar(connection, self.zone.key))
        units = await timetable.units(connection, listed.process, now) if planned else []
        due = [
            timetable.opening(listed.code, day, unit)
            for day in planned
            for unit in units
            if await worth(connection, listed, day, unit, now, self.zone)
        ]
        await timetable.claim(connection, listed.code, due, today, now)

    async def _open(self, listed: Listed, one: Opening, now: datetime) -> None:
        values = beginning(listed, one.planned, one.unit)
        async with transaction(self.database) as connection:
            head = (await timetable.heads(connection))[one.unit]
            starter = await parties.party(connection, "sistem", head, now.astimezone(self.zone).date())
            event = event_to_json(
                case_opened(listed.process, listed.sha, one.case_id, SYSTEM, starter, now, values=trim(listed.process, values), zone=self.zone.key)
            )
            event["data"]["filled"] = await submissions.put(connection, "sistem", values, now)
        with contextlib.suppress(WorkflowAlreadyStartedError):
            await self.temporal.start_workflow(
                listed.code, CaseInput(one.case_id, listed.text, listed.sha, event), id=f"case/{one.case_id}", task_queue=QUEUE_CASE,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE, id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            )  # fmt: skip
        async with transaction(self.database) as connection:
            await timetable.opened(connection, one.case_id, now)


async def worth(connection: AsyncConnection, listed: Listed, planned: date, unit: str, now: datetime, zone: ZoneInfo) -> bool:
    """Whether there is anything to open a case for (``Starts.only``). A book that cannot be read is no answer: the case says so to the operator."""
    act = listed.process.tree.nodes.get(listed.process.starts.only)
    if not isinstance(act, Call):
        return True
    scope = Scope({**beginning(listed, planned, unit), "unit": unit}, planned.isoformat())
    data: dict[str, Json] = {"args": {one.name: evaluate(one.value, scope) for one in act.args}, "gives": list(act.gives)}
    try:
        found = await look_up(connection, ActInput("", act.name, 1, "", act.act, data), now, zone.key)
    except Refusal:
        return True
    return not is_empty(found.gives.get(act.gives[0]))


def beginning(listed: Listed, planned: date, unit: str) -> dict[str, Json]:
    """What the case begins with: the process's own values on the planned day; ``unit`` in them is the agency it is opened for."""
    scope = Scope({"unit": unit}, planned.isoformat())
    return {one.name: evaluate(one.value, scope) for one in listed.process.starts.values}
