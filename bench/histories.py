"""Events that Temporal keeps for a decision: whole finished cases, played through the pages. Exact counts."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass

from temporalio.client import Client

from bench.table import Line
from embedded.demo import INCOMING, OUTGOING, tell
from embedded.stack import DATABASE, Stack


@dataclass(frozen=True, slots=True)
class History:
    events: int
    size: int
    decisions: int


def _case(stack: Stack, number: int) -> str:
    import psycopg

    assert stack.database is not None
    base = stack.database
    with psycopg.connect(host="127.0.0.1", port=base.port, user="postgres", password=base.password, dbname=DATABASE) as connection:
        row = connection.execute('SELECT id FROM "case" WHERE no = %s', (number,)).fetchone()
    assert row is not None
    return str(row[0])


async def history(client: Client, workflow_id: str) -> History:
    """Of the run that stands last under this id."""
    found = await client.get_workflow_handle(workflow_id).fetch_history()
    asked = [event.workflow_execution_update_accepted_event_attributes.accepted_request.input.name for event in found.events]
    return History(len(found.events), sum(event.ByteSize() for event in found.events), asked.count("decide"))


async def measure(stack: Stack) -> list[Line]:
    """Plays both demo cases to their end. ``stack``: up."""
    import asyncio

    assert stack.server is not None
    with contextlib.redirect_stdout(io.StringIO()):
        numbers = await asyncio.to_thread(tell, stack, stack.state)
    client = await Client.connect(stack.server.address)
    lines = []
    for process in (INCOMING, OUTGOING):
        one = await history(client, f"case/{_case(stack, numbers[process])}")
        assert one.decisions > 0
        counts = f"{one.events / one.decisions:.1f}; {one.events} events, {one.size / 1000:.0f} kB, {one.decisions} decisions"
        lines.append(Line(f"history events per decision, {process}", None, None, counts, "whole case, opening, machine acts and timers included"))
    return lines
