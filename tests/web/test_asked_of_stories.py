"""What a story fills in must be asked on the page: a field hidden by its condition can be told, but no official could type it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from db.read.tasks import Task
from engine.index import split
from engine.process import Process
from engine.rehearsal import CALENDAR
from engine.scenario import START, Do, Player, Scenario, dated
from engine.state import State
from forms.conditions import shown
from forms.known import Context
from web.acting import fields_of, taken
from workflows.catalogue import catalogue

STORIES = [
    pytest.param(listed.process, story, id=f"{listed.code}-{story.name}") for listed in catalogue().processes.values() for story in listed.scenarios
]


def hidden(process: Process, state: State, act: Do, known: dict[str, Any], now: Any) -> list[str]:
    """Fields with a value that the page would not show at this step."""
    node = process.find(split(act.task)[0])
    task = cast(Task, SimpleNamespace(kind=state.steps[act.task].kind, instance=act.task))
    values = dated(act.values, now, state.zone)
    fields = [one for one in fields_of(process, node, task) if one.computed is None]
    context = Context(now, values={**known, **taken(process, state, act.task)}, applicant=state.applicant)
    seen = shown(fields, values, context)
    return [one.name for one in fields if values.get(one.name) and one.name not in seen]


@pytest.mark.parametrize(("process", "story"), STORIES)
def test_the_page_asks_what_the_story_fills_in(process: Process, story: Scenario) -> None:
    case = Player(process, story, START, CALENDAR)
    known: dict[str, Any] = dict(story.values)
    found = []
    case.begin()
    for part in story.acts:
        if isinstance(part, Do) and part.task in case.state.steps and "#" not in part.task and part.values and not part.refused:
            rows = split(part.task)[1]
            facts = {one.name: case.state.value(one.name, rows) for one in process.declarations if not getattr(one, "takes", ())}
            found += [f"{part.task}: {name}" for name in hidden(process, case.state, part, {**facts, **known}, case.now)]
            known |= dated(part.values, case.now, case.state.zone)
        case.part(part)
    assert found == []
