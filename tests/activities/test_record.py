"""The activity ``record`` as Temporal meets it: killed on either side of the commit, sent twice, refused as a value, and what it costs."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.record import Records
from engine.advance import follow
from engine.events import Event, Json
from engine.trail import event_to_json
from tests.db.play import Played, actor, city
from tests.db.processes import LETTER
from workflows.contracts import RecordInput, RecordResult

ROOT = Path(__file__).parents[2]
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

KILLED = """
import asyncio, json, os, signal, sys
from sqlalchemy import event
from db.connect import connect
from db.write.record import record
given = json.load(sys.stdin)
engine = connect(given["url"])
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
async def main():
    if given["when"] == "before":
        event.listen(engine.sync_engine, "commit", die)
    await record(engine, given["case"], given["events"])
    die()
asyncio.run(main())
"""
"""A worker that dies by SIGKILL: just before its commit reaches the server, or after it, before it could answer."""


async def opened(app: AsyncEngine, case: str) -> Played:
    await city(app, MONDAY, LETTER)
    played = Played(app, LETTER, case, MONDAY)
    await played.open(await actor(app, "konseptor-diskominfo", MONDAY), "diskominfo")
    return played


async def batch(played: Played, position: str, task: str, outcome: str) -> list[Json]:
    who = await actor(played.engine, position, MONDAY)
    reason = "Perbaiki" if outcome == "kembalikan" else ""
    return [event_to_json(one) for one in follow(LETTER, played.state, played.act(who, task, outcome, reason), MONDAY)[1]]


async def perform(app: AsyncEngine, case: str, events: list[Json]) -> RecordResult:
    """As a worker runs it, through Temporal's own activity environment."""
    result: RecordResult = await ActivityEnvironment().run(Records(app).record, RecordInput(case, events))
    return result


def _run(given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", KILLED], input=given, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)


async def rows(app: AsyncEngine, query: str, **values: object) -> list[tuple[object, ...]]:
    async with app.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(query), values)]


@pytest.mark.parametrize(("when", "kept"), [("before", False), ("after", True)])
async def test_a_worker_killed_around_its_commit_changes_nothing_in_the_end(app: AsyncEngine, app_url: str, when: str, kept: bool) -> None:
    case = f"r-mati-{when}"
    played = await opened(app, case)
    events = await batch(played, "konseptor-diskominfo", "konsep", "kirim")
    given = json.dumps({"url": app_url, "case": case, "events": events, "when": when})
    died = await asyncio.to_thread(_run, given)
    assert died.returncode == -9
    after_the_kill = await rows(app, "SELECT count(*) FROM trail WHERE case_id = :case AND kind = 'decided'", case=case)
    assert after_the_kill == [(1 if kept else 0,)]
    again = await perform(app, case, events)
    assert (again.refused_code, [one["data"]["positions"] for one in again.events]) == ("", [["ketua-tim-diskominfo"]])
    assert await perform(app, case, events) == again
    counted = "SELECT (SELECT count(*) FROM trail WHERE case_id = :case), (SELECT count(*) FROM task WHERE case_id = :case)"
    assert await rows(app, counted, case=case) == [(len(played.events) + len(events), 2)]


async def test_a_refusal_is_a_value_and_a_fork_stops_the_retries(app: AsyncEngine) -> None:
    played = await opened(app, "r-tolak")
    events = await batch(played, "konseptor-diskominfo", "konsep", "kirim")
    stranger = await actor(app, "konseptor-dinkes", MONDAY)
    forged = dict(events[0])
    forged["actor"] = {**forged["actor"], "person": stranger.person}
    refused = await perform(app, "r-tolak", [forged, *events[1:]])
    assert (refused.refused_code, refused.events) == ("bukan-kewenangan", [])
    assert await rows(app, "SELECT last_seq FROM \"case\" WHERE id = 'r-tolak'") == [(played.state.seq,)]
    with pytest.raises(ApplicationError) as forked:
        await perform(app, "r-tolak", [event_to_json(Event(1, MONDAY, "noted", data={"text": "lain"}))])
    assert forked.value.non_retryable


class Watch:
    """Statements and commits of one engine."""

    def __init__(self, app: AsyncEngine) -> None:
        self.seen: Counter[str] = Counter()
        event.listen(app.sync_engine, "before_cursor_execute", lambda _c, _cur, statement, *_: self._note(statement))
        event.listen(app.sync_engine, "begin", lambda _c: self._note("BEGIN"))
        event.listen(app.sync_engine, "commit", lambda _c: self._note("COMMIT"))

    def _note(self, statement: str) -> None:
        self.seen["commits" if statement == "COMMIT" else "statements"] += 1
        self.seen["statements"] += statement == "COMMIT"


async def test_a_decision_costs_one_transaction_of_few_statements_however_long_the_trail(app: AsyncEngine) -> None:
    """M1 of the performance page: at most 68 statements for a five-step case, flat in the number of steps."""
    played = await opened(app, "r-biaya")
    watch = Watch(app)
    costs: list[Counter[str]] = []
    for number in range(30):
        events = await batch(played, "konseptor-diskominfo", "konsep", "kirim")
        watch.seen.clear()
        await perform(app, "r-biaya", events)
        costs.append(Counter(watch.seen))
        await _fold(played, app, events)
        events = await batch(played, "ketua-tim-diskominfo", "paraf", "kembalikan") if number < 29 else []
        if events:
            await perform(app, "r-biaya", events)
            await _fold(played, app, events)
    first, last = costs[1], costs[-1]
    assert (first["commits"], last["commits"]) == (1, 1)
    assert last["statements"] == first["statements"] <= 13


async def _fold(played: Played, app: AsyncEngine, events: list[Json]) -> None:
    """Brings the played state up to what was recorded."""
    from db.write.trail import event_of
    from engine.fold import apply

    stored: list[Any] = await rows(
        app, "SELECT body FROM trail WHERE case_id = :case AND seq >= :first ORDER BY seq", case=played.case, first=events[0]["seq"]
    )
    for (body,) in stored:
        played.state = apply(LETTER, played.state, event_of(body))
