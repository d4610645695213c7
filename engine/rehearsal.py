"""A case in memory, without database or Temporal: what ``record`` would fill in is filled in here. For walks, scenarios and tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from engine import acts, timers
from engine.advance import follow
from engine.calendar import Calendar
from engine.deadlines import branch_due, schedule
from engine.decide import Act, decide
from engine.events import Actor, Event, Json
from engine.fold import complete
from engine.index import instance, split
from engine.outsiders import is_outsider
from engine.process import Process
from engine.state import State, empty

CALENDAR = Calendar(frozenset({date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1)}))


class Rehearsal:
    """One case. Positions are made up from roles: ``j-<role>``; a person known by position keeps it."""

    def __init__(self, process: Process, now: datetime, calendar: Calendar = CALENDAR) -> None:
        self.process, self.now, self.calendar = process, now, calendar
        self.state: State = empty()
        self.trail: list[Event] = []

    def open(self, starter: dict[str, Json], applicant: dict[str, Json] | None = None, values: dict[str, Json] | None = None, **more: Any) -> None:
        """The first event. ``more``: parent, unit, title."""
        data: dict[str, Json] = {
            "case": "k1", "process": self.process.code, "sha": "0" * 64, "title": self.process.title.id, "unit": starter.get("unit", "dinkes"),
            "starter": starter, "applicant": applicant or starter, "parent": None, "values": values or {}, **more,
        }  # fmt: skip
        machine = starter.get("person") in (None, "sistem")
        actor = Actor("sistem", capacity="sistem") if machine else Actor(starter["person"], starter.get("position", ""))
        self.take([Event(1, self.now, "case-opened", actor=actor, data=data)])

    def take(self, events: list[Event]) -> list[Event]:
        """Fold, let everything follow, fill in what the database would; the events as stored."""
        self.state, followed = follow(self.process, self.state, events, self.now)
        out = []
        for event in followed:
            stored = self.stored(event)
            if stored is not event:
                self.state = complete(self.state, stored)
            self.trail.append(stored)
            out.append(stored)
            self.noted(event)
        return out

    def noted(self, event: Event) -> None:
        """Called for each event, for those who count."""

    def stored(self, event: Event) -> Event:
        if event.kind == "task-opened":
            filled = {**event.data, "positions": self.resolve(event.data["by"]), **schedule(event.data, event.at, self.calendar)}
            return replace(event, data=filled)
        if event.kind == "escalated":
            return replace(event, data={**event.data, "positions": self.resolve(event.data["by"])})
        if event.kind == "disposed":
            branches = [{**b, "due_at": branch_due(b["due"], self.calendar)} for b in event.data["branches"]]
            return replace(event, data={**event.data, "branches": branches})
        return event

    def resolve(self, address: Json) -> list[str]:
        found: list[str] = []
        for entry in address:
            expr = entry["expr"]
            if expr["is"] == "values" and expr["type"] in ("position", "positions"):
                found += expr["values"]
            elif is_outsider(expr.get("party")):
                found += [f"j-meja-{entry['role']}", expr["party"]]
            else:
                found.append(expr.get("position") or f"j-{entry['role']}")
        return list(dict.fromkeys(found)) or ["j-pemilik"]

    def do(self, task: str, outcome: str, *, by: str = "", person: str = "", values: dict[str, Json] | None = None, **more: Any) -> list[Event]:
        """Somebody acts: the first position that holds the task, or ``by``. ``more``: the other parts of ``Act``."""
        step = self.state.steps.get(task.partition("#")[0])
        position = by or (step.positions[0] if step is not None and step.positions else "j-tidak-ada")
        number = step.round if step is not None else 1
        act = Act(
            request_id=more.pop("request_id", f"q{self.state.seq}"), task=task, round=more.pop("round", number), outcome=outcome,
            actor=Actor(person or f"p-{position.removeprefix('j-')}", position, more.pop("capacity", "definitif")), reason=more.pop("reason", "Alasan."), values=values or {}, **more,
        )  # fmt: skip
        return self.take(decide(self.process, self.state, act, self.now))

    def finish(self, step: str = "", **gives: Json) -> list[Event]:
        """The running act is done (of ``step``, or the only one)."""
        name, number = next(one for one in acts.pending(self.process, self.state) if not step or one[0] == step)
        key = f"{self.state.case}/{name}/{number}"
        documents: list[Json] = [{"code": instance(code, split(name)[1])} for code in getattr(self.process.find(split(name)[0]), "documents", ())]
        return self.take(acts.finished(self.process, self.state, name, number, key, gives, documents, {}, self.now))

    def finish_all(self, gives: dict[str, dict[str, Json]] | None = None) -> None:
        """Every running act is done, one after the other; ``gives`` by step name."""
        while running := acts.pending(self.process, self.state):
            name = running[0][0]
            self.finish(name, **(gives or {}).get(name.partition("@")[0], {}))

    def wait(self, until: datetime) -> list[Event]:
        """Time passes; every rung due by then fires at its own instant, and what it opens counts from there."""
        out: list[Event] = []
        while (due := timers.next_due(self.state)) is not None and due <= until:
            self.now = max(self.now, due)
            out += self.take(timers.fire(self.process, self.state, self.now))
            self.machines()
        self.now = max(self.now, until)
        return out

    def machines(self) -> None:
        """What the machine does by itself between two rungs; nothing here, where acts are finished by hand."""

    def open_tasks(self) -> tuple[str, ...]:
        """Instances somebody may act on now."""
        return tuple(name for name, step in self.state.steps.items() if step.status == "open")
