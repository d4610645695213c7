"""The city's clockwork: one Schedule that starts this workflow each morning; the workflow has the due cases opened.

What is due and what was opened stands in PostgreSQL (db.write.timetable), so that a missed morning is caught up and none opens a case twice.
"""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

OPEN_DUE = "buka-menurut-jadwal"
"""The activity on the io queue; gives how many cases it opened."""
WORKFLOW = "Jadwal"
SCHEDULE = "alur-jadwal"


@workflow.defn(name=WORKFLOW)
class ByCalendar:
    @workflow.run
    async def run(self) -> int:
        opened: int = await workflow.execute_activity(
            OPEN_DUE, result_type=int, task_queue="io", start_to_close_timeout=timedelta(minutes=30), heartbeat_timeout=timedelta(minutes=1),
            retry_policy=RetryPolicy(initial_interval=timedelta(seconds=10), maximum_interval=timedelta(minutes=10)),
        )  # fmt: skip
        return opened
