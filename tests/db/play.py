"""Plays a case through the engine and ``record`` as the shell does, without Temporal: one decision, one recorded batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db.connect import transaction
from db.office.load_city import load_city
from db.office.processes import keep_processes
from db.write.record import Recorded, record
from engine import acts, timers
from engine.advance import advance, follow
from engine.canonical import sha256, to_text
from engine.decide import Act, decide
from engine.errors import revive
from engine.events import Actor, Event, Json
from engine.fold import apply, complete
from engine.process import Process
from engine.state import State, empty
from engine.trail import event_from_json, event_to_json
from forms import canonical

KOTA = Path(__file__).parents[2] / "kota_contoh"


async def city(engine: AsyncEngine, now: datetime, *processes: Process) -> None:
    """The sample city and these processes, once."""
    async with transaction(engine) as connection:
        await load_city(connection, KOTA, now)
        await keep_processes(connection, processes)


async def actor(engine: AsyncEngine, position: str, at: datetime) -> Actor:
    """Whoever may act for the position at that instant, as the page would name him."""
    query = text("SELECT h.person, h.capacity, h.mandate, o.name FROM held_at(:at) h JOIN person o ON o.id = h.person WHERE h.seat = :seat")
    async with engine.connect() as connection:
        row = (await connection.execute(query, {"at": at, "seat": position})).one()
    return Actor(row.person, position, row.capacity, row.mandate, row.name, position)


@dataclass
class Played:
    """A case in memory beside the same case in the database."""

    engine: AsyncEngine
    process: Process
    case: str
    now: datetime
    state: State = field(default_factory=empty)
    events: list[Event] = field(default_factory=list)
    requests: int = 0

    async def open(self, starter: Actor, unit: str, values: dict[str, Json] | None = None) -> Recorded:
        data: dict[str, Json] = {
            "process": self.process.code, "sha": sha256(to_text(self.process)), "title": self.process.title.id, "unit": unit, "case": self.case,
            "starter": {"person": starter.person, "position": starter.position, "unit": unit}, "values": values or {},
        }  # fmt: skip
        first = Event(1, self.now, "case-opened", actor=starter, data=data)
        return await self.commit([first])

    async def commit(self, events: list[Event]) -> Recorded:
        """What the shell does under its lock; a refusal leaves the state as it was and is raised."""
        after, batch = follow(self.process, self.state, events, self.now)
        recorded = await record(self.engine, self.case, [event_to_json(event) for event in batch])
        if recorded.refused:
            raise revive(recorded.refused.code, recorded.refused.message)
        self.state = after
        stored = {event_from_json(one).seq: event_from_json(one) for one in recorded.events}
        for event in stored.values():
            self.state = complete(self.state, event)
        self.events += [stored.get(event.seq, event) for event in batch]
        return recorded

    def act(self, who: Actor, task: str, outcome: str, reason: str = "", filled: Json = None, **values: Json) -> list[Event]:
        """The events of a decision, refused by the engine or not."""
        self.requests += 1
        step = self.state.steps[task.partition("#")[0]]
        given = Act(f"{self.case}-r{self.requests}", task, step.round, outcome, who, reason, values, filled)
        return decide(self.process, self.state, given, self.now)

    async def decide(self, position: str, task: str, outcome: str, reason: str = "", filled: Json = None, **values: Json) -> Recorded:
        who = await actor(self.engine, position, self.now)
        if filled is None and values and "branches" not in values:
            filled = await self.send(who, values)
        return await self.commit(self.act(who, task, outcome, reason, filled, **values))

    async def send(self, who: Actor, values: dict[str, Json]) -> Json:
        """The filled form as the page stores it before the decision goes out."""
        row = {"id": f"{self.case}-s{self.requests}", "person": who.person, "values": canonical.text(values), "sha": canonical.sha256(values)}
        async with transaction(self.engine) as connection:
            await connection.execute(
                text("INSERT INTO submission (id, person, values, sha) VALUES (:id, :person, CAST(:values AS jsonb), :sha)"), row
            )
        return {"id": row["id"], "sha": row["sha"]}

    async def finish(self, instance: str) -> Recorded:
        """The machine act at this instance succeeds."""
        step = self.state.steps[instance]
        key = f"{self.case}/{instance}/{step.round}"
        return await self.commit(acts.finished(self.process, self.state, instance, step.round, key, {}, [], {}, self.now))

    async def late(self, **later: int) -> Recorded:
        self.now += timedelta(**later)
        return await self.commit(timers.fire(self.process, self.state, self.now))

    def folded(self) -> State:
        """The state folded anew from the stored events."""
        state = empty()
        for event in self.events:
            state = apply(self.process, state, event)
        assert advance(self.process, state, self.now) == []
        return state
