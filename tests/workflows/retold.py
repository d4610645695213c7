"""A trail of the real server told again by the pure engine: behind each thing that happened, exactly what the engine says must follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import unified_diff

from engine.advance import advance
from engine.events import Event
from engine.fold import apply, fold
from engine.process import Process
from engine.scenario import told
from engine.state import State, empty

FOLLOWS = frozenset({"condition", "rows", "task-opened", "act-started", "voided", "ended"})
"""What nobody does: it follows. A repair is opened by the failed act itself."""


def retold(process: Process, trail: Sequence[Event]) -> State:
    """The state at its end. AssertionError at the first thing behind which something else stands than the engine says."""
    state, at = empty(), 0
    while at < len(trail):
        causes = 1
        while at + causes < len(trail) and _together(trail[at + causes - 1], trail[at + causes]):
            causes += 1
        for event in trail[at : at + causes]:
            state = apply(process, state, event)
        wanted = _following(process, state, trail[at + causes - 1])
        found = list(trail[at + causes : at + causes + len(wanted)])
        after = trail[at + causes + len(wanted)] if at + causes + len(wanted) < len(trail) else None
        lines = [told(event) for event in wanted], [told(event) for event in found]
        assert lines[0] == lines[1], "\n".join((f"setelah {told(trail[at])}", *unified_diff(*lines, "murni", "sungguhan", lineterm="")))
        assert after is None or not _follows(after), f"setelah {told(trail[at])} tidak seharusnya ada {told(after)}"
        state = fold(process, found, state)
        at += causes + len(found)
    return state


def _together(before: Event, after: Event) -> bool:
    """Whether the second was recorded with the first and is no consequence the engine draws."""
    return after.at == before.at and not _follows(after)


def _follows(event: Event) -> bool:
    return event.kind in FOLLOWS and not event.step.endswith("!")


def _following(process: Process, state: State, last: Event) -> list[Event]:
    return [replace(event, at=last.at) for event in advance(process, state, last.at)]
