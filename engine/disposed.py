"""The branches of a disposition, as the events change them. What may be done on a branch is in ``engine.disposition``."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from engine.events import Event
from engine.state import Branch, State, StepState, with_step

BranchStatus = Literal["open", "asked", "passed", "reported", "refused", "withdrawn", "kept", "replaced", "gone"]

_STATUS: dict[str, BranchStatus] = {
    "branch-reported": "reported",
    "branch-asked": "asked",
    "branch-refused": "refused",
    "branch-withdrawn": "withdrawn",
}


def branch_id(instance: str) -> int:
    """2 of ``disposisi-pimpinan#2``; 0 for the step itself, the head who disposed first; -1 when the mark is no number."""
    _, marked, mark = instance.partition("#")
    return (int(mark) if mark.isdecimal() else -1) if marked else 0


def find(step: StepState, number: int) -> Branch | None:
    return next((b for b in step.branches if b.id == number), None)


def children(step: StepState, number: int) -> tuple[Branch, ...]:
    return tuple(b for b in step.branches if b.parent == number)


def apply(state: State, event: Event) -> State:
    """The state after a ``disposed`` or ``branch-…`` event."""
    origin = event.step.partition("#")[0]
    step = state.steps.get(origin)
    if step is None:
        return state
    if event.kind == "disposed":
        return with_step(state, origin, _grown(step, event))
    number = branch_id(event.step)
    branch = find(step, number)
    if branch is None:
        return state
    return with_step(state, origin, _changed(step, _after(step, branch, event)))


def _after(step: StepState, branch: Branch, event: Event) -> Branch:
    if event.kind == "branch-read":
        return replace(branch, read=True, person=event.actor.person)
    if event.kind == "branch-answered":
        return replace(branch, status="passed" if children(step, branch.id) else "open")
    if event.kind == "branch-reported" and event.data.get("kept"):
        return replace(branch, status="kept")
    status = _STATUS[event.kind]
    if event.kind == "branch-withdrawn":
        return replace(branch, status=status)
    return replace(branch, status=status, read=True, person=event.actor.person)


def _grown(step: StepState, event: Event) -> StepState:
    parent, replaced = int(event.data.get("parent", 0)), event.data.get("replaces")
    fresh = tuple(
        Branch(
            id=b["id"], parent=parent, position=b["position"], role=b["role"], instructions=tuple(b.get("instructions", ())),
            due=b.get("due") or "", due_at=b.get("due_at") or "", note=b.get("note", ""),
        )
        for b in event.data["branches"]
    )  # fmt: skip
    old = []
    for branch in step.branches:
        if branch.id == replaced:
            old.append(replace(branch, status="replaced"))
        elif branch.id == parent and branch.status == "open":
            old.append(replace(branch, status="passed", read=True, person=event.actor.person))
        else:
            old.append(branch)
    return replace(step, branches=(*old, *fresh))


def filled(step: StepState, event: Event) -> StepState:
    """The branches with the instants the database filled in."""
    due = {b["id"]: b.get("due_at") or "" for b in event.data["branches"]}
    return replace(step, branches=tuple(replace(b, due_at=due[b.id]) if due.get(b.id) else b for b in step.branches))


def voided(state: State, event: Event) -> State:
    """One branch closed without an act of its receiver."""
    origin = event.step.partition("#")[0]
    step = state.steps.get(origin)
    branch = find(step, branch_id(event.step)) if step else None
    if step is None or branch is None:
        return state
    return with_step(state, origin, _changed(step, replace(branch, status="gone")))


def reminded(state: State, event: Event) -> State:
    origin = event.step.partition("#")[0]
    step = state.steps.get(origin)
    branch = find(step, branch_id(event.step)) if step else None
    if step is None or branch is None:
        return state
    return with_step(state, origin, _changed(step, replace(branch, reminded=True)))


def _changed(step: StepState, branch: Branch) -> StepState:
    return replace(step, branches=tuple(branch if b.id == branch.id else b for b in step.branches))
