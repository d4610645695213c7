"""Everything that follows by itself: conditions decided, rows frozen, tasks opened, acts started, what is gone voided, the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import cast

from engine import separation
from engine.evaluate import evaluate, truth
from engine.events import Event, Json, Kind
from engine.expr import Expr
from engine.fold import apply
from engine.frontier import Frontier, Reached, frontier
from engine.holders import address_of
from engine.index import split
from engine.nodes import Call, Dispose, Each, Issue, Notify, Open, Rung, Sign, Task, Wait, When
from engine.process import Process
from engine.rows import ids
from engine.scope import case_scope
from engine.state import State

ENDED = "perkara-berakhir"
"""Cause of what the end of the case voids."""
PASSED = "tidak-diperlukan-lagi"
"""Cause of what a return, a met quorum or a skip voids."""


@dataclass(frozen=True, slots=True)
class _Next:
    kind: Kind
    step: str
    round: int
    data: dict[str, Json]


def advance(process: Process, state: State, now: datetime) -> list[Event]:
    """The events that follow without anybody acting, to the fixpoint; [] when the case waits. ``task-opened`` comes with ``by``,
    ``within`` and ``on_late``: positions, due and rungs are the database's to fill in.
    """
    return follow(process, state, (), now)[1]


def follow(process: Process, state: State, events: Iterable[Event], now: datetime) -> tuple[State, list[Event]]:
    """Fold these events, then everything that follows by itself: the state after, and all the events in order."""
    out: list[Event] = []
    for event in events:
        state = apply(process, state, event)
        out.append(event)
    while state.seq and not state.over:
        batch = _next(process, state, now)
        if not batch:
            break
        for one in batch:
            event = Event(state.seq + 1, now, one.kind, one.step, one.round, data=one.data)
            state = apply(process, state, event)
            out.append(event)
    return state, out


def _next(process: Process, state: State, now: datetime) -> list[_Next]:
    """One batch. Values are decided before anything opens, what is gone is voided before its instance may open anew."""
    if state.ending is not None:
        result, step, outcome = state.ending
        return [*_voids(process, state, frozenset(), ENDED), _Next("ended", "", 0, {"result": result, "step": step, "outcome": outcome})]
    found = frontier(process, state)
    if found.undecided or found.unfrozen:
        return [
            *(_condition(process, state, r, now) for r in found.undecided),
            *(_rows(process, state, r, now) for r in found.unfrozen),
        ]
    voids = _voids(process, state, found.instances(), PASSED)
    if voids:
        return voids
    opened = [_open(process, state, r, now) for r in found.new] + _signatures(state, found)
    if opened:
        return opened
    return [_Next("ended", "", 0, {"result": "selesai", "step": "", "outcome": ""})] if found.done else []


def _voids(process: Process, state: State, needed: frozenset[str], cause: str) -> list[_Next]:
    """What is open and not needed. A disposition's branches go first, each by itself; copies outlive their step until it is cleared."""
    out: list[_Next] = []
    order = process.tree.places
    for name in sorted(state.steps, key=lambda n: (order[split(n)[0]].order, n)):
        step = state.steps[name]
        ended = cause == ENDED
        stays = step.status not in ("gone", "done") and name.removesuffix("!") in needed and not ended
        if stays or (step.status == "done" and not ended):
            continue
        out += [_Next("voided", f"{name}#{b.id}", step.round, {"cause": cause}) for b in step.branches if b.turn != "over"]
        if step.status != "done":
            out.append(_Next("voided", name, step.round, {"cause": cause}))
    return out


def _condition(process: Process, state: State, reached: Reached, now: datetime) -> _Next:
    node = cast(When, reached.node)
    scope = case_scope(process, state, node.name, reached.rows, now)
    value = truth(node.test, scope)
    return _Next("condition", reached.instance, reached.round, {"name": node.name, "value": value, "facts": scope.facts})


def _rows(process: Process, state: State, reached: Reached, now: datetime) -> _Next:
    node = cast(Each, reached.node)
    over = case_scope(process, state, node.name, reached.rows, now).get(node.over)
    return _Next("rows", reached.instance, reached.round, {"name": node.name, "rows": list(ids(over))})


def _open(process: Process, state: State, reached: Reached, now: datetime) -> _Next:
    node = reached.node
    if isinstance(node, (Task, Sign, Dispose, Wait)):
        return _Next("task-opened", reached.instance, reached.round, opening(process, state, reached, now))
    act = {Issue: "issue", Notify: "notify", Open: "open", Call: "call"}.get(type(node), "supply")
    return _Next("act-started", reached.instance, reached.round, {"act": act, "key": key(state, reached.instance, reached.round)})


def key(state: State, instance: str, number: int) -> str:
    """Of an act: makes each of its effects happen once, however often it is tried."""
    return f"{state.case}/{instance}/{number}"


def _signatures(state: State, found: Frontier) -> list[_Next]:
    """Acts decided on and not yet started: a signature, or one an operator lets try again."""
    out = []
    for reached in found.open:
        step = state.steps[reached.instance]
        if step.status == "acting" and step.tries == 0:
            act = step.kind
            out.append(_Next("act-started", reached.instance, step.round, {"act": act, "key": key(state, reached.instance, step.round)}))
    return out


def opening(process: Process, state: State, reached: Reached, now: datetime) -> dict[str, Json]:
    """Data of a ``task-opened`` event before the database has filled it in."""
    node = cast("Task | Sign | Dispose | Wait", reached.node)
    kind = {Task: "task", Sign: "sign", Dispose: "dispose", Wait: "wait"}[type(node)]
    data: dict[str, Json] = {"kind": kind, "by": address_of(process, state, node, reached.rows)}
    if isinstance(node, Wait):
        return data | _waiting(process, state, node, reached, now)
    within = node.within
    data["within"] = {"n": within.n, "kind": within.kind} if within else None
    data["on_late"] = [_rung(r) for r in node.on_late] if within or any(r.anchor for r in node.on_late) else []
    anchors = {r.anchor: _anchor(process, state, reached, r.anchor, now) for r in node.on_late if r.anchor}
    if anchors:
        data["anchors"] = anchors
    excludes = separation.excluded(process, state, node, reached.rows)
    if excludes:
        data["excludes"] = excludes
    definitive = getattr(node, "definitive", False)
    if definitive is True or (isinstance(definitive, Expr) and truth(definitive, case_scope(process, state, node.name, reached.rows, now))):
        data["definitive"] = True
    return data


def _waiting(process: Process, state: State, node: Wait, reached: Reached, now: datetime) -> dict[str, Json]:
    data: dict[str, Json] = {"within": {"n": node.at_most.n, "kind": node.at_most.kind} if node.at_most else None, "on_late": []}
    if node.silent:
        data["on_late"] = [_rung(Rung("deemed", outcome=node.silent))]
    if node.until is not None:
        scope = case_scope(process, state, node.name, reached.rows, now)
        data["until"] = evaluate(node.until, scope)
        data["reached"] = node.reached
    return data


def _rung(rung: Rung) -> Json:
    return {f.name: part for f in fields(Rung) if (part := getattr(rung, f.name)) != f.default}


def _anchor(process: Process, state: State, reached: Reached, name: str, now: datetime) -> Json:
    """The value of the field, fact, or column of the current row, that a rung counts from."""
    scope = case_scope(process, state, cast(Task, reached.node).name, reached.rows, now)
    for row in scope.row.values():
        if isinstance(row, dict) and row.get(name) is not None:
            return row[name]
    return scope.get(name)
