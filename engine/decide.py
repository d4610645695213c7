"""One act of a person on a task, a wait, a disposition or a failed act: the events it causes, or the refusal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine import disposition, separation
from engine.errors import CaseClosed, FieldsInvalid, ReasonMissing, StaleVersion, TaskClosed, UnknownOutcome, WrongCapacity
from engine.evaluate import is_empty, truth
from engine.events import Actor, Event, Json, Kind
from engine.expr import used
from engine.fold import apply
from engine.index import split
from engine.nodes import Dispose, Node, Outcome, Sign, Step, Task, Wait
from engine.outsiders import is_outsider, outsiders
from engine.process import Process
from engine.relevance import trim
from engine.scope import case_scope
from engine.state import State, StepState

RETRY, PASS = "coba-lagi", "lewati"
"""Outcomes of the repair of a failed act."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody wants to do. Mirrors workflows.contracts.Decision, with the actor as a value."""

    request_id: str
    task: str
    round: int
    outcome: str
    actor: Actor
    reason: str = ""
    values: dict[str, Json] = field(default_factory=dict)
    """Form values and facts; ``applicant`` may carry the attributes of an applicant the form just named."""
    filled: Json = None
    version: int = 0
    shown: str = ""
    envelope: str = ""
    marks: dict[str, str] = field(default_factory=dict)
    """Field → what must be mended there; kept only with an outcome that goes back."""


def decide(process: Process, state: State, act: Act, now: datetime) -> list[Event]:
    """The events of the act alone (fold them, then ``advance``).

    Refuses: CaseClosed, TaskClosed (unknown, done or another round), UnknownOutcome, WrongCapacity, OwnRequest, ReasonMissing, StaleVersion,
    FieldsInvalid (a value the step does not ask for, one the outcome needs and nobody gave, a rule of the outcome that does not hold); for dispositions also RecipientInvalid, BranchesOpen, AlreadyRead.
    """
    if state.over or state.ending is not None:
        raise CaseClosed
    if "#" in act.task:
        return disposition.on_branch(process, state, act, now)
    step = state.steps.get(act.task)
    if step is None or step.round != act.round:
        raise TaskClosed
    if step.kind == "repair":
        return _repair(process, state, step, act, now)
    node = process.find(split(act.task)[0])
    if step.status == "disposed" and isinstance(node, Dispose):
        return disposition.add(state, node, step, act, now)
    if step.status != "open" or not isinstance(node, (Task, Sign, Dispose, Wait)):
        raise TaskClosed
    outcome = _permitted(process, state, node, step, act)
    values = trim(process, act.values)
    data = _body(act, outcome, values)
    party = outsiders(step.positions)
    if party and not is_outsider(act.actor.person):
        data["for"] = party[0]
    events: list[tuple[Kind, str, dict[str, Json]]] = []
    if step.paused:
        events.append(("clock-started", act.task, {"cause": step.paused}))
    events.append(("decided", act.task, data))
    if outcome.effect.word == "pause":
        events.append(("clock-stopped", act.task, {"cause": outcome.effect.target}))
    if isinstance(node, Dispose) and outcome.performs:
        branches = disposition.branches_of(node, act)
        events.append(("disposed", act.task, {"parent": 0, "branches": disposition.checked(step, 0, branches, state, now)}))
    if outcome.effect.word == "return":
        data["cleared"] = cleared(process, state, act.task, outcome.effect.target)
        marks = {name: text for name, text in act.marks.items() if name in process.fields or any(name == one.name for one in process.attachments)}
        if marks:
            data["marks"] = marks
    made = [
        Event(state.seq + n, now, kind, task, act.round, act.actor, act.request_id if kind == "decided" else "", body)
        for n, (kind, task, body) in enumerate(events, 1)
    ]
    _ruled(process, state, outcome, made, act.task, now)
    return made


def _permitted(process: Process, state: State, node: Step, step: StepState, act: Act) -> Outcome:
    """The outcome, when this actor may take it now."""
    outcome = next((o for o in node.outcomes if o.name == act.outcome), None)
    if outcome is None or outcome.silent:
        raise UnknownOutcome
    capacity(step, act.actor)
    separation.check(process, state, node, split(act.task)[1], act.actor)
    if outcome.reason and not act.reason.strip():
        raise ReasonMissing(f"Isi alasan: tindakan \u201c{outcome.text}\u201d harus beralasan.")
    if act.version and act.version < state.version:
        raise StaleVersion
    allowed = {*(name.partition(".")[0] for name in node.fills), "applicant", *(("branches",) if isinstance(node, Dispose) else ())}
    wrong = {name: "Isian ini tidak diminta pada langkah ini." for name in act.values if name not in allowed}
    if wrong:
        raise FieldsInvalid(wrong, f"Isian {', '.join(sorted(wrong))} tidak diminta pada langkah {node.name}.")
    _needed(process, state, outcome, split(act.task)[1], act.values)
    return outcome


def _needed(process: Process, state: State, outcome: Outcome, rows: tuple[str, ...], values: dict[str, Json]) -> None:
    """Raises FieldsInvalid, naming each, when something the outcome needs is filled in neither now nor before."""
    missing = [name for name in outcome.needs if is_empty(values[name] if name in values else state.value(name, rows))]
    if missing:
        labels = {name: _label(process, name) for name in missing}
        errors = {name: f"Isi {label}: tindakan \u201c{outcome.text}\u201d memerlukannya." for name, label in labels.items()}
        raise FieldsInvalid(errors, f"Tindakan \u201c{outcome.text}\u201d memerlukan {', '.join(labels.values())}. Isi dahulu.")


def _ruled(process: Process, state: State, outcome: Outcome, made: list[Event], task: str, now: datetime) -> None:
    """Raises FieldsInvalid with the messages of the outcome's rules that do not hold once the act is taken."""
    if not outcome.rules:
        return
    for event in made:
        state = apply(process, state, event)
    name, rows = split(task)
    scope = case_scope(process, state, name, rows, now)
    broken = [rule for rule in outcome.rules if not truth(rule.test, scope)]
    if broken:
        errors = {used(rule.test)[0].name: rule.message for rule in reversed(broken)}
        raise FieldsInvalid(errors, " ".join(rule.message for rule in broken))


def _label(process: Process, name: str) -> str:
    declared = process.declared(name)
    return str(getattr(declared, "label", "")) or name.replace("_", " ")


def capacity(step: StepState, actor: Actor) -> None:
    """Raises WrongCapacity unless the actor acts for one of the positions that hold the step."""
    if actor.position not in step.positions:
        raise WrongCapacity


def _body(act: Act, outcome: Outcome, values: dict[str, Json]) -> dict[str, Json]:
    data: dict[str, Json] = {"outcome": outcome.name, "effect": outcome.effect.word, "target": outcome.effect.target}
    if act.reason.strip():
        data["reason"] = act.reason.strip()
    kept = {name: value for name, value in values.items() if name != "branches"}
    if kept:
        data["values"] = kept
    if act.filled is not None:
        data["filled"] = act.filled
    if act.shown:
        data["shown"] = act.shown
    if outcome.performs and act.envelope:
        data["envelope"] = act.envelope
    return data


def cleared(process: Process, state: State, step: str, target: str) -> list[str]:
    """Instances (with ``/round``) that a return takes back: their holds and bookings are freed in the same transaction."""
    name, rows = split(step)
    names, depth = process.tree.cleared(name, target)
    found = []
    for instance, one in state.steps.items():
        base, at = split(instance)
        if base in names and at[:depth] == rows[:depth]:
            found.append(f"{instance}/{one.round}")
    return sorted(found)


def _repair(process: Process, state: State, step: StepState, act: Act, now: datetime) -> list[Event]:
    """An operator lets a failed act try again, or pass where its result may stay empty."""
    origin = process.find(split(act.task)[0])
    if act.outcome not in repair_outcomes(origin):
        raise UnknownOutcome
    if step.status != "open":
        raise TaskClosed
    capacity(step, act.actor)
    if act.outcome == PASS and not act.reason.strip():
        raise ReasonMissing
    data: dict[str, Json] = {"outcome": act.outcome, "effect": "next", "target": ""}
    if act.reason.strip():
        data["reason"] = act.reason.strip()
    return [Event(state.seq + 1, now, "decided", act.task, act.round, act.actor, act.request_id, data)]


def repair_outcomes(node: Node) -> tuple[str, ...]:
    """What the operator may choose for a failed act of this node."""
    return (RETRY, PASS) if getattr(node, "doubt", "retry") == "empty" else (RETRY,)
