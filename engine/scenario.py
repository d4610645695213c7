"""A short story that must stay true of a process: played on the pure engine here, and on the real server by the tests of workflows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from engine.events import Json
from engine.process import Process
from engine.rehearsal import Rehearsal

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday 23 November 2026, 09.00 in Jakarta."""


@dataclass(frozen=True, slots=True)
class Do:
    """Somebody acts on a task (a step, ``step@row``, or a branch ``step#2``)."""

    task: str
    outcome: str
    values: dict[str, Json] = field(default_factory=dict)
    reason: str = ""
    by: str = ""
    """Role or position it is done from; "" = whoever holds it."""


@dataclass(frozen=True, slots=True)
class Later:
    """Nobody acts for so many days; reminders, escalations and deemed outcomes happen."""

    days: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """``gives``: what each act answers, by its name; an act not named gives nothing. ``ends``: the result, "" = still open."""

    name: str
    story: str
    ends: str
    acts: tuple[Do | Later, ...]
    applicant: dict[str, Json] = field(default_factory=dict)
    values: dict[str, Json] = field(default_factory=dict)
    gives: dict[str, dict[str, Json]] = field(default_factory=dict)


def play(process: Process, scenario: Scenario, now: datetime = START) -> Rehearsal:
    """Play the story on the pure engine; a refusal of engine.errors where it does not hold. The case is returned to look at."""
    case = Rehearsal(process, now)
    starter: dict[str, Json] = {"person": "p-pembuka", "position": "j-pembuka", "unit": "dinkes"}
    if process.starts.by == "sistem":
        starter = {"person": "sistem"}
    case.open(starter, {**starter, **scenario.applicant}, scenario.values)
    case.finish_all(scenario.gives)
    for act in scenario.acts:
        if isinstance(act, Later):
            case.wait(case.now + timedelta(days=act.days))
        else:
            case.now += timedelta(minutes=10)
            by = f"j-{act.by}" if act.by in process.role else act.by
            case.do(act.task, act.outcome, values=dict(act.values), reason=act.reason, by=by)
        case.finish_all(scenario.gives)
    return case


def holds(process: Process, scenario: Scenario) -> str:
    """ "" when the story is true; else one line that says where it went instead."""
    case = play(process, scenario)
    if case.state.result == scenario.ends:
        return ""
    where = case.state.result or f"terbuka pada {', '.join(case.open_tasks())}"
    return f"{process.code}, skenario {scenario.name}: seharusnya {scenario.ends or 'masih terbuka'}, nyatanya {where}"
