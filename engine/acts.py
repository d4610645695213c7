"""Machine acts: what an act is asked to do, and what follows when it is finished, has failed, or a signature was refused.

A result of a round that is no longer current is dropped: the events are [].
"""

# ruff: noqa: A002 - ``round`` is the word of the contracts

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.advance import key as key_of
from engine.evaluate import evaluate, is_empty
from engine.events import SYSTEM, Event, Json, Kind
from engine.expr import Value, names
from engine.holders import OPERATOR, address
from engine.index import instance as joined
from engine.index import split
from engine.nodes import Call, Each, Issue, Node, Notify, Open, Sign, When
from engine.outsiders import outsiders
from engine.process import Process
from engine.scope import case_scope, missing
from engine.state import State, StepState


@dataclass(frozen=True, slots=True)
class Order:
    """One act to be done. ``act``: issue, sign, notify, open, supply, or a verb of words.ACTS ("" = not settled: the activity refuses)."""

    act: str
    key: str
    step: str
    round: int
    data: dict[str, Json]
    envelope: str = ""
    actor: Json = None
    """Who decided, for ``sign``."""


def pending(process: Process, state: State) -> tuple[tuple[str, int], ...]:
    """Instances with their round at which an act is running: started and without a result yet."""
    order = process.tree.places
    found = [(name, step.round) for name, step in state.steps.items() if step.status == "acting" and step.tries > 0]
    return tuple(sorted(found, key=lambda one: (order[split(one[0])[0]].order, one[0])))


def order(process: Process, state: State, instance: str, number: int, now: datetime) -> Order | None:
    """What the running act at this instance is asked to do; None when that round is no longer current."""
    step = _current(state, instance, number)
    if step is None:
        return None
    name, rows = split(instance)
    node = process.find(name)
    made = _Ordering(process, state, name, rows, now)
    act = step.kind
    data: dict[str, Json] = {}
    if isinstance(node, Sign):
        party = outsiders(step.positions)
        act, data = "sign", {**made.sheets(node.documents), "outcome": step.outcome, **({"party": party[0]} if party else {})}
    elif isinstance(node, Issue):
        data = made.sheets(node.documents)
    elif isinstance(node, Notify):
        data = {"to": address(process, state, node.to, rows, name), "about": node.about}
        data |= {"letters": list(node.letters)} if node.letters else {}
    elif isinstance(node, Open):
        data = {"process": node.process, **({"values": made.handed(node)} if node.hands else {})}
    elif isinstance(node, Call):
        act, data = node.act, made.call(node)
    else:
        data = {"facts": made.supplies(node)}
    return Order(act, key_of(state, instance, number), instance, number, data, step.envelope, step.actor)


class _Ordering:
    def __init__(self, process: Process, state: State, name: str, rows: tuple[str, ...], now: datetime) -> None:
        self.process, self.state, self.name, self.rows = process, state, name, rows
        self.scope = case_scope(process, state, name, rows, now)

    def sheets(self, documents: tuple[str, ...]) -> dict[str, Json]:
        """The documents, and to whom a copy of each goes (tembusan). Inside ``Each`` a document is one per row, and named as the step is: ``surat-kgb@r1``."""
        names = {code: joined(code, self.rows) for code in documents}
        copies = {code: address(self.process, self.state, self.process.document[code].copies_to, self.rows, self.name) for code in documents}
        told = {names[code]: to for code, to in copies.items() if to}
        return {"documents": list(names.values()), **({"copies": told} if told else {})}

    def call(self, node: Call) -> dict[str, Json]:
        return {
            "name": node.name, "args": {a.name: evaluate(a.value, self.scope) for a in node.args}, "gives": list(node.gives),
            "doubt": node.doubt, "note": node.note,
        }  # fmt: skip

    def handed(self, node: Open) -> dict[str, Json]:
        values = {a.name: evaluate(a.value, self.scope) for a in node.hands}
        return {name: value for name, value in values.items() if not is_empty(value)}

    def supplies(self, node: object) -> list[Json]:
        """The facts a condition or an ``Each`` needs: name, source (parameter, looked-up), key and the value to begin with."""
        used = names(node.test) if isinstance(node, When) else frozenset({node.over}) if isinstance(node, Each) else frozenset()
        out: list[Any] = []
        for name in missing(self.process, self.state, used, self.rows):
            fact = self.process.fact[name]
            initial = evaluate(fact.value, self.scope) if fact.value is not None else None
            out.append({"name": name, "source": fact.source, "key": fact.key or name, "type": fact.type, "initial": initial})
        return out


def _current(state: State, instance: str, number: int) -> StepState | None:
    step = state.steps.get(instance)
    return step if step is not None and step.round == number and step.status == "acting" and not state.over else None


def finished(
    process: Process, state: State, step: str, round: int, key: str, gives: dict[str, Json], documents: list[Json], detail: dict[str, Json], now: datetime
) -> list[Event]:  # fmt: skip
    """The act is done. What it gives beyond what the node declares is left out. [] when the round is no longer current."""
    if _current(state, step, round) is None:
        return []
    node = process.find(split(step)[0])
    wanted: tuple[str, ...] = ()
    if isinstance(node, Call):
        wanted = node.gives
    elif isinstance(node, (When, Each)):
        used = names(node.test) if isinstance(node, When) else frozenset({node.over})
        wanted = missing(process, state, used, split(step)[1])
    data: dict[str, Json] = {"key": key}
    kept = {name: gives[name] for name in wanted if name in gives}
    if kept:
        data["gives"] = kept
    if documents:
        data["documents"] = documents
    if detail:
        data["detail"] = detail
    return [Event(state.seq + 1, now, "act-done", step, round, SYSTEM, data=data)]


def failed(process: Process, state: State, step: str, round: int, key: str, cause: str, message: str, attempts: int, now: datetime) -> list[Event]:
    """The act failed for good; what follows is the node's policy on doubt. [] when the round is no longer current.

    ``retry``: the case waits here and a repair task opens for the operator. ``empty``: the case goes on, the act's facts stay empty. ``block``: it goes
    on, and every yes-or-no fact of the act is no (counts as not allowed). The event of both is ``act-done`` whose detail names the doubt (``ragu``)."""
    if _current(state, step, round) is None:
        return []
    node = process.find(split(step)[0])
    told: dict[str, Json] = {"key": key, "cause": cause, "message": message, "attempts": attempts}
    if getattr(node, "doubt", "retry") != "retry":
        return [Event(state.seq + 1, now, "act-done", step, round, SYSTEM, data=_doubted(process, node, told))]
    repair: dict[str, Json] = {
        "kind": "repair",
        "by": [{"role": "operator-alur", "expr": OPERATOR}],
        "within": {"n": 1, "kind": "working"},
        "on_late": [],
    }
    batch: list[tuple[Kind, str, int, dict[str, Json]]] = [
        ("act-failed", step, round, told),
        ("task-opened", f"{step}!", state.rounds.get(f"{step}!", 0) + 1, repair),
    ]
    return [Event(state.seq + n, now, kind, at, number, SYSTEM, data=data) for n, (kind, at, number, data) in enumerate(batch, 1)]


def _doubted(process: Process, node: Node, told: dict[str, Json]) -> dict[str, Json]:
    """Data of the ``act-done`` of an act that could not be done: nothing given but the noes of ``block``."""
    data: dict[str, Json] = {"key": told["key"], "detail": {"ragu": told["message"], "sebab": told["cause"], "percobaan": told["attempts"]}}
    gives = node.gives if isinstance(node, Call) and node.doubt == "block" else ()
    noes: dict[str, Json] = {name: False for name in gives if getattr(process.declared(name), "type", "") == "boolean"}
    opposite = next((a.value.value for a in node.args if a.name == "no" and isinstance(a.value, Value)), None) if isinstance(node, Call) else None
    if opposite is not None and gives:
        # A fact that asks the opposite ("is there a hindrance?") says with ``no`` what counts as not allowed.
        noes[gives[0]] = opposite
    return data | ({"gives": noes} if noes else {})


def sign_refused(process: Process, state: State, step: str, round: int, cause: str, message: str, now: datetime) -> list[Event]:
    """Nothing was signed: the signer must act again, in the same round. [] when that round is no longer current.

    ``cause``: bad_secret, not_enrolled, revoked, envelope_gone.
    """
    if _current(state, step, round) is None or not isinstance(process.find(split(step)[0]), Sign):
        return []
    return [Event(state.seq + 1, now, "sign-refused", step, round, SYSTEM, data={"cause": cause, "message": message})]
