"""The statutory clock of a case: a ledger of stops and starts over the trail, and what is left of the promised time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.calendar import Calendar
from engine.deadlines import add_days
from engine.events import Event
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
    still = 0
    for since, until in spans:
        first, last = calendar.local(since).date(), calendar.local(until).date()
        # The day on which it stopped still counted; the day on which it started again does not.
        still += calendar.between(first + timedelta(days=1), last) if sla.kind == "working" else (last - first).days
    return calendar.closes(add_days(calendar.local(opened).date(), sla.n + still, sla.kind, calendar))
