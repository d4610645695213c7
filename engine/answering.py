"""A wait that another case answers: what it waited for has happened there, so nobody has to enter it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine.events import SYSTEM, Event, Json
from engine.index import split
from engine.nodes import Wait
from engine.process import Process
from engine.state import State

FORWARD = frozenset({"next", "skip", "end"})
"""Effects another case may bring about. What takes back work of this case is a judgement, and its own people's."""


def answered(
    process: Process, state: State, steps: Sequence[str], outcome: str, source: str, reason: str, request_id: str, now: datetime
) -> list[Event]:
    """The machine's decision on the first of these waits that is open and knows the outcome; [] when none is, or the case is over. Never one that only
    silence takes. ``source``: id of the case that answers, kept in the trail."""
    if state.over or state.ending is not None:
        return []
    for name in steps:
        node, step = process.tree.nodes.get(split(name)[0]), state.steps.get(name)
        if not isinstance(node, Wait) or step is None or step.status != "open":
            continue
        found = next((one for one in node.outcomes if one.name == outcome and not one.silent and one.effect.word in FORWARD), None)
        if found is not None:
            data: dict[str, Json] = {"outcome": found.name, "effect": found.effect.word, "target": found.effect.target, "source": source}
            return [Event(state.seq + 1, now, "decided", name, step.round, SYSTEM, request_id, {**data, **({"reason": reason} if reason else {})})]
    return []
