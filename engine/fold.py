"""``apply`` one event, ``fold`` a trail, ``complete`` an event the database filled in. Pure; nothing legally recorded is refused."""

# ruff: noqa: ARG001 - every kind of event has the same signature

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import cast

from engine import disposed
from engine.events import Event, Json
from engine.index import split
from engine.nodes import Dispose, Each, Effect, Outcome, Sign
from engine.process import Process
from engine.rows import inside, merge, with_ids
from engine.state import ClockStop, Given, State, StepState, Timer, with_step
from engine.trail import actor_to_json, instant, moment


def fold(process: Process, events: Iterable[Event], state: State | None = None) -> State:
    """The state after these events, from nothing or from ``state``. ValueError on a gap in ``seq``."""
    folded = state or State()
    for event in events:
        folded = apply(process, folded, event)
    return folded


def apply(process: Process, state: State, event: Event) -> State:
    """The state after one event. ValueError on a gap in ``seq``, or when anything follows the end of the case."""
    if event.seq != state.seq + 1:
        raise ValueError(f"event {event.seq} does not follow {state.seq}")
    if state.over and event.kind not in ("noted", "refused"):
        raise ValueError(f"{event.kind} after the end of the case")
    return replace(_KINDS.get(event.kind, _nothing)(process, state, event), seq=event.seq)


def complete(state: State, event: Event) -> State:
    """The state with what the database filled into an event already applied (positions, due, rungs); equals folding the completed event."""
    step = state.steps.get(event.step.partition("#")[0])
    if step is None:
        return state
    if event.kind == "task-opened" and step.round == event.round:
        return with_step(state, event.step, _addressed(step, event.data))
    if event.kind == "escalated" and step.round == event.round:
        return with_step(state, event.step, replace(step, positions=_more(step.positions, event.data.get("positions", ()))))
    if event.kind == "disposed":
        return with_step(state, event.step.partition("#")[0], disposed.filled(step, event))
    return state


def _nothing(process: Process, state: State, event: Event) -> State:
    return state


def _case_opened(process: Process, state: State, event: Event) -> State:
    data = event.data
    starter = data.get("starter") or {}
    opened = replace(
        state, case=str(data.get("case", "")), process=str(data.get("process", process.code)), sha=str(data.get("sha", "")),
        opened=instant(event.at), zone=str(data.get("zone") or state.zone), unit=str(data.get("unit") or ""), starter=starter,
        applicant=data.get("applicant") or starter, parent=data.get("parent") or {}, version=event.seq,
    )  # fmt: skip
    return store(process, opened, data.get("values") or {}, event.step, (), event.seq)


def _condition(process: Process, state: State, event: Event) -> State:
    return replace(state, conditions={**state.conditions, event.step: bool(event.data["value"])}, rounds={**state.rounds, event.step: event.round})


def _rows(process: Process, state: State, event: Event) -> State:
    return replace(state, rows={**state.rows, event.step: tuple(event.data["rows"])}, rounds={**state.rounds, event.step: event.round})


def _timers(data: Json) -> tuple[Timer, ...]:
    return tuple(Timer(r["do"], r.get("at", ""), r.get("to", ""), r.get("outcome", ""), r.get("result", "")) for r in data.get("rungs", ()))


def _addressed(step: StepState, data: Json) -> StepState:
    if "positions" not in data:
        return step
    return replace(step, status="open", positions=tuple(data["positions"]), due=data.get("due") or "", timers=_timers(data))


def _task_opened(process: Process, state: State, event: Event) -> State:
    fresh = StepState(event.data["kind"], event.round, "opening", opened=instant(event.at))
    opened = with_step(state, event.step, _addressed(fresh, event.data))
    return replace(opened, rounds={**state.rounds, event.step: event.round})


def _decided(process: Process, state: State, event: Event) -> State:
    data = event.data
    name, rows = split(event.step)
    if event.step.endswith("!"):
        return _repaired(state, event)
    counted = f"{name}:{data['outcome']}"
    state = replace(state, taken={**state.taken, counted: state.taken.get(counted, 0) + 1})
    state = store(process, _acted(state, name, event), {**data.get("values", {}), **data.get("facts", {})}, event.step, rows, event.seq)
    if data.get("values") or data.get("facts") or data.get("filled"):
        state = replace(state, version=event.seq)
    step = replace(state.steps[event.step], outcome=data["outcome"], person=event.actor.person, position=event.actor.position, paused="")
    node = process.find(name)
    outcome = outcome_of(node, data)
    if outcome.performs and not data.get("deemed"):
        state = _takes(process, state, name, rows, outcome, event)
        if isinstance(node, Sign):
            signing = replace(step, status="acting", tries=0, envelope=data.get("envelope", ""), actor=actor_to_json(event.actor))
            return with_step(state, event.step, signing)
        if isinstance(node, Dispose):
            return with_step(state, event.step, replace(step, status="disposed"))
    return _effect(process, with_step(state, event.step, step), event, outcome)


def outcome_of(node: object, data: Json) -> Outcome:
    """The outcome of a ``decided`` event: the node's own, or what the event says where the machine ended the case."""
    for outcome in getattr(node, "outcomes", ()):
        if outcome.name == data["outcome"]:
            return cast(Outcome, outcome)
    return Outcome(data["outcome"], Effect(data.get("effect", "next"), data.get("target", "")))


def _acted(state: State, name: str, event: Event) -> State:
    # What the desk entered for an outsider is the outsider's act: the desk may still judge it.
    person = event.data.get("for") or event.actor.person
    known = state.actors.get(name, ())
    if event.actor.capacity == "sistem" or person in known:
        return state
    return replace(state, actors={**state.actors, name: (*known, person)})


def store(process: Process, state: State, values: dict[str, Json], by: str, rows: tuple[str, ...], seq: int) -> State:
    """Keep values given at an instance. Inside ``Each`` they belong to the row; the table walked itself gets its row changed.

    ``applicant`` (attributes of who the case is for, as the web read them when the form named the person) replaces the applicant.
    """
    if not values:
        return state
    given = dict(state.given)
    offered = state.offered
    eaches = process.tree.places[split(by)[0]].eaches if by else ()
    depth = {cast(Each, process.tree.nodes[each]).over: n for n, each in enumerate(eaches)}
    for name, value in values.items():
        if name == "applicant":
            continue
        if name in depth and len(rows) > depth[name]:
            levels = ("@".join(rows[:n]) for n in range(depth[name], -1, -1))
            outer = next((level for level in levels if level in given.get(name, {})), None)
            if outer is not None:
                old = given[name][outer]
                given[name] = {**given[name], outer: Given(merge(old.value, value, rows[depth[name]]), old.by, seq)}
                continue
        given[name] = {**given.get(name, {}), "@".join(rows): Given(inside(with_ids(value), rows), by, seq)}
        if name in offered:
            offered = {k: v for k, v in offered.items() if k != name}
    return replace(state, given=given, offered=offered, applicant=values.get("applicant") or state.applicant)


def _takes(process: Process, state: State, name: str, rows: tuple[str, ...], outcome: Outcome, event: Event) -> State:
    """Facts that take the word of this outcome, unless the person gave another value."""
    given = event.data.get("facts", {}) | event.data.get("values", {})
    taken: dict[str, Json] = {f.name: outcome.name for f in process.takers.get(name, ()) if f.name not in given and outcome.name in f.choices}
    return store(process, state, taken, event.step, rows, event.seq)


def _effect(process: Process, state: State, event: Event, outcome: Outcome) -> State:
    """What the outcome of a person, the machine or a finished signature does to the case."""
    name, rows = split(event.step)
    step = state.steps[event.step]
    word, target = outcome.effect.word, outcome.effect.target
    if word in ("next", "skip", "end"):
        if event.kind == "decided":
            state = _takes(process, state, name, rows, outcome, event)
        state = with_step(state, event.step, replace(step, status="done", timers=(), positions=(), envelope="", actor=None))
    if word == "skip":
        return replace(state, jumps={**state.jumps, event.step: target})
    if word == "end":
        return replace(state, ending=(target, event.step, outcome.name))
    if word == "again":
        return replace(state, steps={k: v for k, v in state.steps.items() if k != event.step})
    if word == "pause":
        return with_step(state, event.step, replace(step, paused=target))
    if word == "return":
        return clear(process, state, event.step, target)
    return state


def clear(process: Process, state: State, step: str, target: str) -> State:
    """A return: everything from the target's branch to the end of the lowest sequence that holds both is as if not yet reached.

    Steps still open there are ``gone`` until ``advance`` voids them; facts given there are emptied and offered again.
    """
    name, rows = split(step)
    cleared, depth = process.tree.cleared(name, target)
    own = rows[:depth]

    def hit(instance: str) -> bool:
        base, at = split(instance)
        return base in cleared and at[:depth] == own

    steps: dict[str, StepState] = {}
    for k, v in state.steps.items():
        if not hit(k):
            steps[k] = v
        elif k != step and (v.active or any(b.turn != "over" for b in v.branches)):
            steps[k] = replace(v, status="gone")
    given, offered = dict(state.given), dict(state.offered)
    for fact in process.fact:
        for at, one in state.given.get(fact, {}).items():
            if hit(one.by):
                offered[fact] = one.value
                given[fact] = {k: v for k, v in given[fact].items() if k != at}
    return replace(
        state, steps=steps, given={k: v for k, v in given.items() if v}, offered=offered, version=state.seq + 1,
        conditions={k: v for k, v in state.conditions.items() if not hit(k)}, rows={k: v for k, v in state.rows.items() if not hit(k)},
        jumps={k: v for k, v in state.jumps.items() if not hit(k)},
    )  # fmt: skip


def _repaired(state: State, event: Event) -> State:
    """An operator decided on a failed act: try again, or go on without what it would have given."""
    origin = event.step.removesuffix("!")
    steps = {k: v for k, v in state.steps.items() if k != event.step}
    if origin in steps:
        skipped = event.data["outcome"] == "lewati"
        steps[origin] = replace(steps[origin], status="done" if skipped else "acting", tries=steps[origin].tries if skipped else 0)
    return replace(state, steps=steps)


def _voided(process: Process, state: State, event: Event) -> State:
    if "#" in event.step:
        return disposed.voided(state, event)
    return replace(state, steps={k: v for k, v in state.steps.items() if k != event.step})


def _act_started(process: Process, state: State, event: Event) -> State:
    step = state.steps.get(event.step)
    if step is not None and step.round == event.round and step.status == "acting":
        return with_step(state, event.step, replace(step, tries=step.tries + 1))
    fresh = StepState(event.data["act"], event.round, "acting", opened=instant(event.at), tries=1)
    return replace(with_step(state, event.step, fresh), rounds={**state.rounds, event.step: event.round})


def _act_done(process: Process, state: State, event: Event) -> State:
    step = state.steps.get(event.step)
    if step is None or step.round != event.round:
        return state
    name, rows = split(event.step)
    state = store(process, state, event.data.get("gives") or {}, event.step, rows, event.seq)
    if event.data.get("gives") or event.data.get("documents"):
        state = replace(state, version=event.seq)
    numbers = {str(one["code"]): str(one["number"]) for one in event.data.get("documents") or () if one.get("number")}
    if numbers:
        state = replace(state, numbers={**state.numbers, **numbers})
    node = process.find(name)
    if isinstance(node, Sign):
        return _effect(process, state, event, outcome_of(node, {"outcome": step.outcome}))
    return with_step(state, event.step, replace(step, status="done"))


def _act_failed(process: Process, state: State, event: Event) -> State:
    step = state.steps.get(event.step)
    return state if step is None else with_step(state, event.step, replace(step, status="failed"))


def _sign_refused(process: Process, state: State, event: Event) -> State:
    """The signer must act again, in the same round; facts the outcome had given are taken back."""
    step = state.steps.get(event.step)
    if step is None:
        return state
    given = {n: {at: g for at, g in by.items() if g.by != event.step or n not in process.fact} for n, by in state.given.items()}
    again = replace(step, status="open", outcome="", person="", position="", envelope="", actor=None, tries=0)
    return replace(with_step(state, event.step, again), given={n: by for n, by in given.items() if by})


def _fired(state: State, event: Event) -> StepState | None:
    step = state.steps.get(event.step)
    if step is None or step.round != event.round:
        return None
    n = event.data["rung"]
    return replace(step, timers=tuple(replace(t, fired=True) if i == n else t for i, t in enumerate(step.timers)))


def _reminded(process: Process, state: State, event: Event) -> State:
    if "#" in event.step:
        return disposed.reminded(state, event)
    step = _fired(state, event)
    return state if step is None else with_step(state, event.step, step)


def _escalated(process: Process, state: State, event: Event) -> State:
    step = _fired(state, event)
    if step is None:
        return state
    return with_step(state, event.step, replace(step, positions=_more(step.positions, event.data.get("positions", ()))))


def _more(positions: tuple[str, ...], added: Iterable[str]) -> tuple[str, ...]:
    """The step keeps its holders; those it was escalated to may act too."""
    return tuple(dict.fromkeys((*positions, *added)))


def _disposition(process: Process, state: State, event: Event) -> State:
    after = disposed.apply(state, event)
    origin = event.step.partition("#")[0]
    step = after.steps.get(origin)
    if step is None or step.status != "disposed" or any(b.holds for b in step.branches if b.parent == 0):
        return after
    node = process.find(split(origin)[0])
    return _effect(process, after, replace(event, step=origin), outcome_of(node, {"outcome": step.outcome}))


def _clock_stopped(process: Process, state: State, event: Event) -> State:
    return replace(state, stop=ClockStop(instant(event.at), event.data["cause"], event.step))


def _clock_started(process: Process, state: State, event: Event) -> State:
    if state.stop is None:
        return state
    return replace(state, stop=None, stopped=state.stopped + int((event.at - moment(state.stop.at)).total_seconds()))


def still_fired(old: Iterable[Timer], new: Iterable[Timer]) -> tuple[Timer, ...]:
    """The new timers, each fired where the old one of its kind was, in their order: no rung fires twice."""
    left = list(old)
    out = []
    for timer in new:
        before = next((one for one in left if replace(one, at="", fired=False) == replace(timer, at="")), None)
        if before is not None:
            left.remove(before)
        out.append(replace(timer, fired=before is not None and before.fired))
    return tuple(out)


def _rescheduled(process: Process, state: State, event: Event) -> State:
    """Other instants for the same rungs; what fired has fired. A step that is no longer there, and the case's own promise, keep no timers."""
    step = state.steps.get(event.step)
    if step is None or step.round != event.round:
        return state
    return with_step(state, event.step, replace(step, due=event.data.get("due") or "", timers=still_fired(step.timers, _timers(event.data))))


def _reassigned(process: Process, state: State, event: Event) -> State:
    step = state.steps.get(event.step)
    if event.data.get("aside"):
        state = replace(state, aside=tuple(dict.fromkeys((*state.aside, event.actor.person))))
    return state if step is None else with_step(state, event.step, replace(step, positions=tuple(event.data["positions"])))


def _nudged(process: Process, state: State, event: Event) -> State:
    return replace(state, nudged={**state.nudged, event.step: instant(event.at)})


def _withdrawn(process: Process, state: State, event: Event) -> State:
    return replace(state, ending=("dicabut", "", ""))


def _ended(process: Process, state: State, event: Event) -> State:
    return replace(state, ending=None, result=event.data["result"], steps={}, stop=None)


_KINDS: dict[str, Callable[[Process, State, Event], State]] = {
    "case-opened": _case_opened, "condition": _condition, "rows": _rows, "task-opened": _task_opened, "decided": _decided,
    "voided": _voided, "act-started": _act_started, "act-done": _act_done, "act-failed": _act_failed, "sign-refused": _sign_refused,
    "reminded": _reminded, "escalated": _escalated, "disposed": _disposition, "branch-read": _disposition,
    "branch-reported": _disposition, "branch-asked": _disposition, "branch-answered": _disposition, "branch-refused": _disposition,
    "branch-withdrawn": _disposition, "clock-stopped": _clock_stopped, "clock-started": _clock_started, "rescheduled": _rescheduled, "reassigned": _reassigned,
    "nudged": _nudged, "withdrawn": _withdrawn, "ended": _ended,
}  # fmt: skip
