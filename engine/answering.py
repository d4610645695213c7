"""A wait that another case answers: what it waited for has happened there, so nobody has to enter it."""

from __future__ import annotations

from datetime import datetime

from engine.errors import CaseClosed, TaskClosed, UnknownOutcome
from engine.events import SYSTEM, Event
from engine.index import split
from engine.nodes import Wait
from engine.process import Process
from engine.state import State

FORWARD = frozenset({"next", "skip", "end"})
"""Another case never sends this one back: that is a judgement, and a person's."""


def answered(process: Process, state: State, step: str, outcome: str, source: str, request_id: str, now: datetime) -> list[Event]:
    """The machine takes the outcome of an open wait; ``source``: id of the case that answers, kept in the trail.

    Refuses: CaseClosed, TaskClosed (not waiting there, or not any more), UnknownOutcome (none of it, only by silence, or not forward)."""
    if state.over or state.ending is not None:
        raise CaseClosed
    one = state.steps.get(step)
    if one is None or one.status != "open" or one.kind != "wait":
        raise TaskClosed
    node = process.find(split(step)[0])
    found = next((o for o in node.outcomes if o.name == outcome), None) if isinstance(node, Wait) else None
    if found is None or found.silent or found.effect.word not in FORWARD:
        raise UnknownOutcome
    data = {"outcome": found.name, "effect": found.effect.word, "target": found.effect.target, "source": source}
    return [Event(state.seq + 1, now, "decided", step, one.round, SYSTEM, request_id, data)]
