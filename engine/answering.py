"""A wait of one case answered by another case: a permit extended by a newer one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine.events import SYSTEM, Event, Json
from engine.nodes import Wait
from engine.process import Process
from engine.state import State

ANSWERS = ("next", "end", "skip")
"""Effects another case may bring about. What takes back work of this case is for its own people."""


def answered(process: Process, state: State, steps: Sequence[str], outcome: str, reason: str, request_id: str, now: datetime) -> list[Event]:
    """The machine's decision on the first of these waits that is open and knows the outcome; [] when none is, or the case is over."""
    if state.over or state.ending is not None:
        return []
    for name in steps:
        node, step = process.tree.nodes.get(name), state.steps.get(name)
        if not isinstance(node, Wait) or step is None or step.status != "open":
            continue
        found = next((one for one in node.outcomes if one.name == outcome and one.effect.word in ANSWERS), None)
        if found is not None:
            data: dict[str, Json] = {"outcome": found.name, "effect": found.effect.word, "target": found.effect.target, "reason": reason}
            return [Event(state.seq + 1, now, "decided", name, step.round, SYSTEM, request_id, data)]
    return []
