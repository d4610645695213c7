"""What is open now: a pure walk of the tree over the state. Conditions not yet decided and rows not yet frozen are named, not guessed."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.expr import names
from engine.index import Index
from engine.nodes import Each, Leaf, Node, Par, Seq, When
from engine.process import Process
from engine.scope import missing
from engine.state import State


@dataclass(frozen=True, slots=True)
class Reached:
    """A node the case stands at."""

    node: Node
    instance: str
    round: int
    """Of what is open; of what is new, the round it will have."""
    rows: tuple[str, ...] = ()
    supplies: tuple[str, ...] = ()
    """Facts the machine must give before a condition or an ``Each`` can be decided."""


@dataclass(slots=True)
class Frontier:
    """In document order; rows of an ``Each`` in their frozen order."""

    open: list[Reached] = field(default_factory=list)
    """Leaves at which somebody or the machine is busy."""
    new: list[Reached] = field(default_factory=list)
    """Leaves reached and not yet opened or started; conditions and ``Each`` that need facts from the machine first."""
    undecided: list[Reached] = field(default_factory=list)
    unfrozen: list[Reached] = field(default_factory=list)
    done: bool = False
    """The flow has run off its end, or the case is over."""

    def instances(self) -> frozenset[str]:
        return frozenset(r.instance for r in self.open)


def frontier(process: Process, state: State) -> Frontier:
    """Where the case stands. Empty and done once the case is over or its end is decided."""
    found = Frontier()
    if state.over or state.ending is not None:
        found.done = True
        return found
    if state.seq:
        found.done = _Walk(process, state, found).seq(process.flow, ()) is not None
    return found


class _Walk:
    """None = blocked, "" = complete, a name = complete and ahead to that step."""

    __slots__ = ("found", "process", "state", "tree")

    def __init__(self, process: Process, state: State, found: Frontier) -> None:
        self.process, self.state, self.found = process, state, found
        self.tree: Index = process.tree

    def seq(self, seq: Seq, rows: tuple[str, ...]) -> str | None:
        at, nodes = 0, seq.nodes
        while at < len(nodes):
            node = nodes[at]
            ahead = self.leaf(node, rows) if isinstance(node, Leaf) else self.block(node, rows)
            if ahead is None:
                return None
            at += 1
            if ahead:
                later = self.tree.direct(seq, ahead)
                if later is None or later < at:
                    return ahead
                at = later
        return ""

    def leaf(self, node: Leaf, rows: tuple[str, ...]) -> str | None:
        instance = "@".join((node.name, *rows)) if rows else node.name
        step = self.state.steps.get(instance)
        if step is None or step.status == "gone":
            self.found.new.append(Reached(node, instance, self.state.rounds.get(instance, 0) + 1, rows))
            return None
        if step.status == "done":
            return self.state.jumps.get(instance, "")
        self.found.open.append(Reached(node, instance, step.round, rows))
        return None

    def block(self, node: Node, rows: tuple[str, ...]) -> str | None:
        if isinstance(node, When):
            return self.when(node, rows)
        if isinstance(node, Each):
            return self.each(node, rows)
        if isinstance(node, Par):
            return self.par(node, rows)
        assert isinstance(node, Seq)
        return self.seq(node, rows)

    def when(self, node: When, rows: tuple[str, ...]) -> str | None:
        instance = "@".join((node.name, *rows))
        decided = self.state.conditions.get(instance)
        if decided is None:
            if self.supplied(node, instance, rows, names(node.test)):
                self.found.undecided.append(Reached(node, instance, self.round(instance), rows))
            return None
        return self.seq(node.then if decided else node.otherwise, rows)

    def each(self, node: Each, rows: tuple[str, ...]) -> str | None:
        instance = "@".join((node.name, *rows))
        frozen = self.state.rows.get(instance)
        if frozen is None:
            if self.supplied(node, instance, rows, frozenset({node.over})):
                self.found.unfrozen.append(Reached(node, instance, self.round(instance), rows))
            return None
        results = [self.seq(node.do, (*rows, row)) for row in frozen]
        return None if None in results else ""

    def round(self, instance: str) -> int:
        """Of a condition or ``Each``: that of the supply that went before it, else the next."""
        step = self.state.steps.get(instance)
        return step.round if step is not None and step.status == "done" else self.state.rounds.get(instance, 0) + 1

    def supplied(self, node: Node, instance: str, rows: tuple[str, ...], used: frozenset[str]) -> bool:
        """Whether the machine has given what the node needs; if not, that is what is new or open here."""
        step = self.state.steps.get(instance)
        if step is not None and step.status not in ("done", "gone"):
            self.found.open.append(Reached(node, instance, step.round, rows))
            return False
        if step is None or step.status == "gone":
            needs = missing(self.process, self.state, used, rows)
            if needs:
                self.found.new.append(Reached(node, instance, self.state.rounds.get(instance, 0) + 1, rows, needs))
                return False
        return True

    def par(self, node: Par, rows: tuple[str, ...]) -> str | None:
        found = self.found
        marks = len(found.open), len(found.new), len(found.undecided), len(found.unfrozen)
        complete = sum(1 for branch in node.branches if self.seq(branch, rows) is not None)
        need = len(node.branches) if node.need == "all" else 1 if node.need == "any" else node.need
        if complete < need:
            return None
        # What the other branches had open is needed no more.
        for listed, mark in zip((found.open, found.new, found.undecided, found.unfrozen), marks, strict=True):
            del listed[mark:]
        return ""
