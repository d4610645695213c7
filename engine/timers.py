"""What lateness does: rungs of the ladders of open steps, in order of their instants, each once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.events import SYSTEM, Event, Json, Kind
from engine.fold import apply
from engine.holders import address, superior
from engine.index import split
from engine.nodes import SUPERIOR
from engine.process import Process
from engine.state import State, StepState, Timer
from engine.trail import moment

LATE = "lewat-waktu"
"""Outcome word of the machine's act where lateness itself ends the case."""


@dataclass(frozen=True, slots=True)
class _Due:
    at: datetime
    step: str
    rung: int
    """Of the ladder; -1 for a disposition branch."""


def next_due(state: State) -> datetime | None:
    """The earliest instant at which something fires; None when nothing will."""
    return min((due.at for due in _dues(state)), default=None)


def _dues(state: State) -> Iterator[_Due]:
    if state.over or state.ending is not None:
        return
    for name, step in state.steps.items():
        if step.status == "open" and not step.paused:
            for n, timer in enumerate(step.timers):
                if timer.at and not timer.fired:
                    yield _Due(moment(timer.at), name, n)
        for branch in step.branches:
            if branch.due_at and branch.turn == "receiver" and branch.role != "tembusan" and not branch.reminded and step.status != "gone":
                yield _Due(moment(branch.due_at), f"{name}#{branch.id}", -1)


def fire(process: Process, state: State, now: datetime) -> list[Event]:
    """The events of the rungs due by now, in order, up to and with the first decision of the machine: fold, ``advance``, and call again
    (``next_due`` then lies in the past), because what that decision leaves open is not known before.
    """
    order = process.tree.places
    out: list[Event] = []
    while True:
        due = [d for d in _dues(state) if d.at <= now]
        if not due:
            return out
        first = min(due, key=lambda d: (d.at, order[split(d.step)[0]].order, d.step, d.rung))
        event = _event(process, state, first, now)
        out.append(event)
        if event.kind == "decided":
            return out
        state = apply(process, state, event)


def _event(process: Process, state: State, due: _Due, now: datetime) -> Event:
    origin = due.step.partition("#")[0]
    step = state.steps[origin]

    def made(kind: Kind, data: dict[str, Json]) -> Event:
        return Event(state.seq + 1, now, kind, due.step, step.round, SYSTEM, data=data)

    if due.rung < 0:
        return made("reminded", {"rung": -1})
    timer = step.timers[due.rung]
    if timer.do == "remind":
        return made("reminded", {"rung": due.rung})
    if timer.do == "escalate":
        return made("escalated", {"rung": due.rung, "to": timer.to, "by": _whom(process, state, step, timer, due.step)})
    if timer.do == "deemed":
        return made("decided", _deemed(process, due.step, timer))
    return made("decided", {"outcome": LATE, "effect": "end", "target": timer.result, "deemed": True})


def _whom(process: Process, state: State, step: StepState, timer: Timer, instance: str) -> Json:
    if timer.to == SUPERIOR:
        return superior(step.positions)
    name, rows = split(instance)
    return address(process, state, (timer.to,), rows, name)


def _deemed(process: Process, instance: str, timer: Timer) -> dict[str, Json]:
    node = process.find(split(instance)[0])
    outcome = next(o for o in getattr(node, "outcomes", ()) if o.name == timer.outcome)
    return {"outcome": outcome.name, "effect": outcome.effect.word, "target": outcome.effect.target, "deemed": True}
