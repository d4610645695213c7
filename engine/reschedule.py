"""Running deadlines after the calendar changed: what each open step was promised, asked again, and the events that record what moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from engine.advance import opening
from engine.calendar import Calendar
from engine.deadlines import schedule
from engine.events import SYSTEM, Event, Json
from engine.frontier import frontier
from engine.nodes import Dispose, Sign, Task, Wait
from engine.process import Process
from engine.state import State, Timer
from engine.trail import instant, moment

TERMS = ("within", "on_late", "anchors", "until", "reached")
CASE = ""
"""Instance of the promise of the case itself (its sla)."""


def asked(process: Process, state: State) -> list[Json]:
    """The terms of every open step that has a deadline, as when it opened, with what holds now; and of the promise of the case. [] for a case that is over.

    Fields that a rung counts from are read as they stand: a value given since the step opened counts too."""
    if state.over or state.ending is not None:
        return []
    found: list[Json] = []
    if process.sla.n is not None and process.sla.kind == "working":
        found.append({"step": CASE, "opened": state.opened, "within": {"n": process.sla.n, "kind": process.sla.kind}})
    for reached in frontier(process, state).open:
        step = state.steps[reached.instance]
        timed = isinstance(reached.node, (Task, Sign, Dispose, Wait)) and step.status in ("open", "acting") and (step.due or step.timers)
        if timed:
            terms = opening(process, state, reached, moment(step.opened))
            was = {"due": step.due or None, "rungs": [_rung(timer) for timer in step.timers]}
            found.append(
                {"step": reached.instance, "round": step.round, "opened": step.opened, "was": was} | {k: terms[k] for k in TERMS if k in terms}
            )
    return found


def reckon(one: Mapping[str, Json], calendar: Calendar, now: datetime) -> dict[str, Json]:
    """``due`` and ``rungs`` of these terms by this calendar. What lay ahead never falls into the past by it: it comes at the next close of office."""
    made = schedule(one, moment(one["opened"]), calendar)
    was = one.get("was") or {}
    made["due"] = _ahead(made["due"], was.get("due"), calendar, now)
    standing = list(was.get("rungs") or ())
    for rung in made["rungs"]:
        before = next((old for old in standing if _same(old, rung)), None)
        if before is not None:
            standing.remove(before)
            rung["at"] = before["at"] if before.get("fired") else _ahead(rung["at"], before["at"], calendar, now)
    return made


def moved(state: State, terms: Sequence[Json], answers: Sequence[Json], cause: Mapping[str, Json], request_id: str, now: datetime) -> list[Event]:
    """One ``rescheduled`` event for each whose due date or rungs differ; [] when nothing moved. ``cause``: decree and order, kept in each."""
    out: list[Event] = []
    for one, answer in zip(terms, answers, strict=True):
        was = one.get("was") or {"due": answer.get("was"), "rungs": []}
        before = [{k: v for k, v in rung.items() if k != "fired"} for rung in was["rungs"]]
        if answer["due"] == was["due"] and answer["rungs"] == before:
            continue
        data: dict[str, Json] = {**cause, "due": answer["due"], "was_due": was["due"]}
        if one["step"] != CASE:
            data |= {"rungs": answer["rungs"], "was_rungs": before}
        request = request_id if not out else ""
        out.append(Event(state.seq + 1 + len(out), now, "rescheduled", one["step"], one.get("round", 0), SYSTEM, request, data))
    return out


def _same(one: Mapping[str, Json], other: Mapping[str, Json]) -> bool:
    return all((one.get(name) or "") == (other.get(name) or "") for name in ("do", "to", "outcome", "result"))


def _rung(timer: Timer) -> dict[str, Json]:
    return {name: part for name, part in asdict(timer).items() if part}


def _ahead(new: str | None, old: str | None, calendar: Calendar, now: datetime) -> str | None:
    """A decree that takes a holiday away may not make somebody late, or a silence into a grant, without an office hour left to act in."""
    if new is None or old is None or moment(old) <= now or moment(new) > now:
        return new
    day = calendar.local(now).date()
    while not calendar.works(day) or calendar.closes(day) <= now:
        day += timedelta(days=1)
    return instant(min(calendar.closes(day), moment(old)))
