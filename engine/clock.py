"""The statutory clock of a case: a ledger of stops and starts over the trail, and what is left of the promised time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from engine.calendar import Calendar
from engine.deadlines import add_days
from engine.events import SYSTEM, Actor, Event
from engine.nodes import DeadlineKind
from engine.process import Process
from engine.state import State
from engine.trail import moment


@dataclass(frozen=True, slots=True)
class Stop:
    """One span in which the clock stood still; ``until`` None = it still does."""

    since: datetime
    until: datetime | None
    cause: str
    step: str


def ledger(events: Iterable[Event]) -> tuple[Stop, ...]:
    """Every stop of the trail, in order. What still stands when the case ends is closed by its end."""
    found: list[Stop] = []
    for event in events:
        if event.kind == "clock-stopped":
            found.append(Stop(event.at, None, event.data["cause"], event.step))
        elif event.kind in ("clock-started", "ended") and found and found[-1].until is None:
            found[-1] = Stop(found[-1].since, event.at, found[-1].cause, found[-1].step)
    return tuple(found)


def running(state: State, now: datetime) -> timedelta:
    """How long the clock has run since the case opened."""
    still = timedelta(seconds=state.stopped)
    if state.stop is not None:
        still += now - moment(state.stop.at)
    return (now - moment(state.opened)) - still


def due(process: Process, opened: datetime, stops: Iterable[Stop], calendar: Calendar, now: datetime) -> datetime | None:
    """When the promised time is over, None where none is promised: each stop moves it on by the days it stood still, in the promise's own kind."""
    sla = process.sla
    if sla.n is None:
        return None
    spans = [(s.since, s.until or now) for s in stops]
    if sla.kind == "hours":
        return opened + timedelta(hours=sla.n) + sum((b - a for a, b in spans), timedelta())
    still = sum(_days(since, until, sla.kind, calendar) for since, until in spans)
    return calendar.closes(add_days(calendar.local(opened).date(), sla.n + still, sla.kind, calendar))


def _days(since: datetime, until: datetime, kind: DeadlineKind, calendar: Calendar) -> int:
    """Days of that kind from one instant to another: the day of the first does not count, that of the last does. So the day on which the clock
    stopped still counted, and the day on which it started again does not."""
    first, last = calendar.local(since).date(), calendar.local(until).date()
    return calendar.between(first + timedelta(days=1), last) if kind == "working" else (last - first).days


@dataclass(frozen=True, slots=True)
class Count:
    """``day`` of ``of`` in the promise's own kind (days, or whole hours); ``still``: how many of them it stood still, which are not in ``day``."""

    day: int
    of: int
    still: int
    kind: DeadlineKind
    due: datetime


def count(process: Process, opened: datetime, stops: Iterable[Stop], calendar: Calendar, now: datetime) -> Count | None:
    """How far the promised time has run at ``now`` (the end of a case that is over); None where none is promised. On the day of ``due`` day is of."""
    sla, stopped = process.sla, tuple(stops)
    until = due(process, opened, stopped, calendar, now)
    if sla.n is None or until is None:
        return None
    spans = [(one.since, one.until or now) for one in stopped]
    if sla.kind == "hours":
        rest = sum((b - a for a, b in spans), timedelta())
        hour = timedelta(hours=1)
        return Count((now - opened - rest) // hour, sla.n, rest // hour, sla.kind, until)
    still = sum(_days(a, b, sla.kind, calendar) for a, b in spans)
    return Count(_days(opened, now, sla.kind, calendar) - still, sla.n, still, sla.kind, until)


What = Literal["start", "stop", "resume", "recount", "deemed", "end"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the ledger: what happened to the clock, by whom, why. ``act``: the outcome that did it; ``was`` and ``due`` of a recount, ISO."""

    at: datetime
    what: What
    step: str = ""
    cause: str = ""
    act: str = ""
    actor: Actor = SYSTEM
    reason: str = ""
    was: str = ""
    due: str = ""


def marks(events: Iterable[Event]) -> tuple[Mark, ...]:
    """Every start, stop, resumption, recount and silent decision of the trail, and its end, in order.

    A stop is recorded behind the decision that made it, a resumption before the one: the reason is that decision's."""
    trail = tuple(events)
    found: list[Mark] = []
    for n, event in enumerate(trail):
        data = event.data
        if event.kind == "case-opened":
            found.append(Mark(event.at, "start", actor=event.actor))
        elif event.kind in ("clock-stopped", "clock-started"):
            near = trail[n - 1] if event.kind == "clock-stopped" else next(iter(trail[n + 1 : n + 2]), event)
            same = near.kind == "decided" and near.step == event.step
            act, reason = (str(near.data.get("outcome", "")), str(near.data.get("reason", ""))) if same else ("", "")
            what: What = "stop" if event.kind == "clock-stopped" else "resume"
            found.append(Mark(event.at, what, event.step, str(data.get("cause", "")), act, event.actor, reason))
        elif event.kind == "rescheduled":
            found.append(Mark(event.at, "recount", event.step, str(data.get("cause", "")), was=data.get("was_due") or "", due=data.get("due") or ""))
        elif event.kind == "decided" and data.get("deemed"):
            found.append(Mark(event.at, "deemed", event.step, act=str(data.get("outcome", ""))))
        elif event.kind == "ended":
            found.append(Mark(event.at, "end", cause=str(data.get("result", ""))))
    return tuple(found)
