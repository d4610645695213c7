"""Seeded random walks over a process: people decide, machines finish or fail, time passes, until the case ends. Same seed, same trail.

Used to show that every process ends, every step is reached and both sides of every condition are met (``manage.py process walk``, CI).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import cast

from engine import acts, disposition, separation, timers
from engine.decide import PASS, RETRY, Act, decide, repair_outcomes
from engine.errors import FieldsInvalid, OwnRequest
from engine.evaluate import is_empty
from engine.events import Actor, Event, Json
from engine.index import split
from engine.nodes import Call, Dispose, Each, Node, Outcome, Sign, Step, When
from engine.process import Process
from engine.rehearsal import Rehearsal
from engine.row_form import makes_rows
from engine.scope import case_scope
from engine.state import State, StepState
from engine.walk_values import Values

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
STARTER: dict[str, Json] = {"person": "p-pembuka", "position": "j-pembuka", "unit": "dinkes"}

PATIENCE = 250
"""After so many acts a walk only goes forward."""
TRIES = 20
"""Draws of values that break an outcome's rules before another outcome is taken."""
LIMIT = 2500
"""A walk that has not ended by then never will."""


@dataclass(slots=True)
class Coverage:
    """What walks have met. Shared between walks, it draws them to what was met least."""

    steps: dict[str, int] = field(default_factory=dict)
    sides: dict[tuple[str, bool], int] = field(default_factory=dict)
    outcomes: dict[tuple[str, str], int] = field(default_factory=dict)
    results: dict[str, int] = field(default_factory=dict)

    def note(self, event: Event) -> None:
        if event.kind == "condition":
            side = (event.data["name"], bool(event.data["value"]))
            self.sides[side] = self.sides.get(side, 0) + 1
        elif event.kind in ("task-opened", "act-started") and not event.step.endswith("!"):
            name = split(event.step)[0]
            self.steps[name] = self.steps.get(name, 0) + 1
        elif event.kind == "decided":
            taken = (split(event.step)[0], event.data["outcome"])
            self.outcomes[taken] = self.outcomes.get(taken, 0) + 1
        elif event.kind == "ended":
            self.results[event.data["result"]] = self.results.get(event.data["result"], 0) + 1

    def unmet(self, process: Process) -> tuple[str, ...]:
        """Steps never reached and sides of conditions never met."""
        lines = [f"langkah {n} tidak pernah dicapai" for n in (leaf.name for leaf in process.tree.leaves()) if n not in self.steps]
        for name, node in process.tree.nodes.items():
            if isinstance(node, When):
                lines += [
                    f"syarat {name} tidak pernah {'terpenuhi' if side else 'gugur'}" for side in (True, False) if (name, side) not in self.sides
                ]
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class Walk:
    trail: tuple[Event, ...]
    state: State
    acts: int


def walk(process: Process, seed: int, coverage: Coverage | None = None) -> Walk:
    """One case from its opening to its end. RuntimeError when it does not end, or nothing is open before the end."""
    walker = Walker(process, seed, coverage or Coverage())
    walker.begin()
    while not walker.state.over:
        walker.step()
    return Walk(tuple(walker.trail), walker.state, walker.taken)


class Walker(Rehearsal):
    """One case under way. ``step`` does one thing; ``state`` and ``trail`` are there to look at in between."""

    def __init__(self, process: Process, seed: int, coverage: Coverage) -> None:
        super().__init__(process, START)
        self.coverage = coverage
        self.random = Random(f"{process.code}/{seed}")  # noqa: S311 - a walk is no secret
        self.values = Values(process, self.random)
        self.aside = Random(f"{process.code}/{seed}/luar")  # noqa: S311 - whether a book has what is looked for, and a wait is waited for
        self.taken = 0

    def begin(self) -> None:
        if self.process.starts.by == "sistem":
            drawn = {one.name: self.values.draw(one.name, self.now.date()) for one in self.process.starts.values}
            self.open({"person": "sistem"}, self.values.applicant(), {name: value for name, value in drawn.items() if value is not None})
        else:
            self.open(STARTER, {**STARTER, **self.values.applicant()})

    def noted(self, event: Event) -> None:
        self.coverage.note(event)

    def step(self) -> None:
        """One thing happens: the machine finishes, somebody acts, or time passes."""
        self.taken += 1
        if self.taken > LIMIT:
            raise RuntimeError(f"{self.process.code}: the walk does not end")
        self.now += timedelta(minutes=self.random.randint(1, 90))
        running = acts.pending(self.process, self.state)
        if running and self.random.random() < 0.8:
            self.machine(*self.random.choice(running))
            return
        moves = self.moves()
        stuck = not (moves or running)
        waiting = bool(moves) and all(m.at.kind == "wait" for m in moves) and self.aside.random() < 0.4
        if (stuck or self.random.random() < 0.08 or waiting) and (self.late() or stuck):
            return
        if moves:
            self.random.choices(moves, [m.weight() for m in moves])[0]()
        elif running:
            self.machine(*running[0])

    def late(self) -> bool:
        """Time passes to the next rung."""
        due = timers.next_due(self.state)
        if due is None:
            if not self.moves() and not acts.pending(self.process, self.state):
                raise RuntimeError(f"{self.process.code}: nothing is open and nothing is due")
            return False
        self.now = max(self.now, due)
        self.take(timers.fire(self.process, self.state, self.now))
        return True

    def machine(self, instance: str, number: int) -> None:
        order = acts.order(self.process, self.state, instance, number, self.now)
        assert order is not None
        chance, node = self.random.random(), self.process.find(split(instance)[0])
        if chance < 0.03 and self.taken < PATIENCE:
            self.take(acts.failed(self.process, self.state, instance, number, order.key, "timeout", "Sistem tidak menjawab.", 5, self.now))
        elif chance < 0.07 and isinstance(node, Sign):
            self.take(acts.sign_refused(self.process, self.state, instance, number, "bad_secret", "Frasa sandi salah.", self.now))
        else:
            gives = {name: self.values.draw(name, self.now.date()) for name in self.given(node, order)}
            nothing = isinstance(node, Call) and node.act == "look_up" and self.aside.random() < 0.25
            kept = {name: value for name, value in gives.items() if value is not None and not nothing}
            self.take(acts.finished(self.process, self.state, instance, number, order.key, kept, [], {}, self.now))

    def given(self, node: Node, order: acts.Order) -> tuple[str, ...]:
        return node.gives if isinstance(node, Call) else tuple(f["name"] for f in order.data.get("facts", ()))

    def moves(self) -> list[Move]:
        found: list[Move] = []
        for name, step in self.state.steps.items():
            if step.status == "open":
                found.append(Move(self, name, step))
            found += [
                Move(self, f"{name}#{b.id}", step)
                for b in step.branches
                if step.status in ("disposed", "done") and disposition.holder(self.state, f"{name}#{b.id}")
            ]
        # A copy still unread holds nothing up: it is read now and then.
        busy = [m for m in found if not m.idle()]
        return busy or found


@dataclass(slots=True)
class Move:
    """Somebody acts on one open task or branch."""

    walker: Walker
    task: str
    at: StepState

    def idle(self) -> bool:
        return "#" in self.task and self.at.status == "done"

    def weight(self) -> float:
        """What waits for the outside is slow."""
        return 0.15 if self.at.kind == "wait" else 1.0

    def __call__(self) -> None:
        if "#" in self.task:
            self.branch()
        elif self.task.endswith("!"):
            self.repair()
        else:
            self.decide()

    def do(self, outcome: str, actor: Actor, values: dict[str, Json]) -> None:
        w = self.walker
        reason = "Karena perlu diperbaiki."
        act = Act(f"q{w.state.seq}", self.task, self.at.round, outcome, actor, reason, values)
        w.take(decide(w.process, w.state, act, w.now))

    def repair(self) -> None:
        w = self.walker
        offered = repair_outcomes(w.process.find(split(self.task)[0]))
        self.do(PASS if PASS in offered and w.random.random() < 0.3 else RETRY, Actor("p-operator", self.at.positions[0]), {})

    def decide(self) -> None:
        w = self.walker
        node = cast(Step, w.process.find(split(self.task)[0]))
        rows = split(self.task)[1]
        broken: dict[str, int] = {}
        while True:
            outcome = self.outcome(node, rows, [name for name, times in broken.items() if times >= TRIES])
            values = self.fill(node, rows)
            self.need(outcome, rows, values)
            if isinstance(node, Dispose) and outcome.performs:
                values["branches"] = self.receivers(3)
            try:
                return self.do(outcome.name, self.actor(node, rows), values)
            except FieldsInvalid:
                if not outcome.rules:
                    raise
                broken[outcome.name] = broken.get(outcome.name, 0) + 1

    def actor(self, node: Node, rows: tuple[str, ...]) -> Actor:
        """Somebody who may act: the usual holder of the position, else a colleague."""
        w = self.walker
        position = w.random.choice(self.at.positions)
        people = [*(["p-pembuka"] if position == "j-pembuka" else []), *(f"p-{position}-{n}" for n in range(30))]
        for person in people:
            actor = Actor(person, position)
            try:
                separation.check(w.process, w.state, node, rows, actor)
            except OwnRequest:
                continue
            return actor
        raise RuntimeError(f"{w.process.code}: nobody may act on {self.task}")

    def outcome(self, node: Step, rows: tuple[str, ...], without: list[str]) -> Outcome:
        """Weighted to go deep, and towards what was taken least. What needs an answer that only a machine gives, and that it did not give, is not offered.

        RuntimeError when only outcomes ``without`` are left."""
        w = self.walker
        patient = w.taken < PATIENCE
        weights = {"next": 12.0, "skip": 8.0, "return": 1.2 if patient else 0.05, "again": 0.8 if patient else 0.05, "pause": 0.8, "end": 0.6}
        if not patient:
            weights["end"], weights["pause"] = 6.0, 0.05
        scores = []
        asked = {filled.partition(".")[0] for filled in node.fills}
        own = [
            outcome
            for outcome in node.outcomes
            if not outcome.silent
            and outcome.name not in without
            and all(name in asked or not is_empty(w.state.value(name, rows)) for name in outcome.needs)
        ]
        if not own:
            raise RuntimeError(f"{w.process.code}: no outcome of {self.task} is within its rules")
        for outcome in own:
            met = w.coverage.outcomes.get((node.name, outcome.name), 0)
            score = weights[outcome.effect.word] * (3.0 if patient and not met else 1.0)
            scores.append(score / self.at.round if outcome.effect.word in ("return", "again") else score)
        return w.random.choices(own, scores)[0]

    def fill(self, node: Step, rows: tuple[str, ...]) -> dict[str, Json]:
        w, today = self.walker, self.walker.now.date()
        eaches = w.process.tree.places[node.name].eaches
        walked = {cast(Each, w.process.tree.nodes[e]).over: row for e, row in zip(eaches, rows, strict=False)}
        out: dict[str, Json] = {}
        for filled in node.fills:
            name, _, column = filled.partition(".")
            declared = w.process.declared(name)
            rows_there = out.get(name) or case_scope(w.process, w.state, node.name, rows, w.now).get(name)
            if column and declared is not None and not makes_rows(w.process, node, name) and rows_there:
                out[name] = w.values.filled(declared, rows_there, column, today)
                continue
            if name in walked and declared is not None and declared.type == "table":
                out[name] = w.values.row(declared, walked[name], today)
                continue
            value = w.values.draw(name, today)
            if value is not None:
                out[name] = value
        return out

    def need(self, outcome: Outcome, rows: tuple[str, ...], values: dict[str, Json]) -> None:
        """What the outcome asks for is filled in, however often the draw leaves it empty."""
        w = self.walker
        for name in outcome.needs:
            while is_empty(values[name] if name in values else w.state.value(name, rows)):
                values[name] = w.values.draw(name, w.now.date())

    def receivers(self, most: int) -> list[Json]:
        w = self.walker
        seats = [f"{w.state.seq}-{n}" for n in range(w.random.randint(1, most))]
        due = (w.now + timedelta(days=3)).date().isoformat()
        roles = ["utama", *w.random.choices(("pendukung", "tembusan"), k=len(seats) - 1)]
        return [{"position": f"jab-{s}", "role": r, "instructions": ["tindak-lanjuti"], "due": due} for s, r in zip(seats, roles, strict=True)]

    def branch(self) -> None:
        w = self.walker
        position = disposition.holder(w.state, self.task)
        offered = disposition.outcomes(w.state, self.task, position)
        deep = self.at.branches and len(self.at.branches) > 6
        chosen = w.random.choice([o for o in offered if not (deep and o in (disposition.PASS_ON, disposition.NAME_ANOTHER))] or offered)
        values: dict[str, Json] = {}
        if chosen == disposition.PASS_ON:
            values["branches"] = [{**b, "due": ""} for b in self.children()]
        if chosen == disposition.NAME_ANOTHER:
            origin = next(b for b in self.at.branches if b.id == int(self.task.rpartition("#")[2]))
            values["branches"] = [{"position": f"jab-{w.state.seq}", "role": origin.role, "instructions": [], "due": ""}]
        self.do(chosen, Actor(f"p-{position}", position), values)

    def children(self) -> list[Json]:
        """To pass on: a lead only where the branch has none yet."""
        number = int(self.task.rpartition("#")[2])
        led = any(b.parent == number and b.role == "utama" and b.status not in ("withdrawn", "replaced", "gone") for b in self.at.branches)
        fresh = self.receivers(2)
        return fresh[1:] or [{**fresh[0], "role": "pendukung"}] if led else fresh


@dataclass(frozen=True, slots=True)
class Survey:
    """What many walks over one process showed."""

    process: str
    walks: int
    longest: int
    """Events of the longest trail."""
    results: dict[str, int]
    unmet: tuple[str, ...]
    """Steps never reached and sides of conditions never met; () when the walks met everything."""


def survey(process: Process, walks: int, first: int = 0) -> Survey:
    """Walk so many cases, each drawn to what was met least. RuntimeError when one does not end."""
    coverage, longest = Coverage(), 0
    for seed in range(first, first + walks):
        longest = max(longest, len(walk(process, seed, coverage).trail))
    return Survey(process.code, walks, longest, dict(sorted(coverage.results.items())), coverage.unmet(process))
