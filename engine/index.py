"""The flow of a process, looked up in constant time: nodes by name, where each stands, what a return clears."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from engine.nodes import Each, Leaf, Node, Par, Seq, When


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands: each sequence above it (outermost first) with the node's branch in it and the depth of ``Each``."""

    seqs: tuple[tuple[int, int, int], ...]
    """(number of the sequence, branch, Each around the sequence)."""
    eaches: tuple[str, ...]
    """Names of the ``Each`` around the node, outermost first."""
    order: int
    """Position in document order."""
    pars: int
    """How many ``Par`` are around the node."""


@dataclass(slots=True)
class Index:
    """Built once per process value. ``nodes`` keeps document order; names are unique (engine.check says so)."""

    nodes: dict[str, Node] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    duplicates: list[str] = field(default_factory=list)
    inside: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    """(sequence, branch) → names below it."""
    seqs: dict[int, Seq] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    _tails: dict[tuple[int, int], frozenset[str]] = field(default_factory=dict)

    def tail(self, seq: int, branch: int) -> frozenset[str]:
        """Names in the sequence from this branch to its end."""
        found = self._tails.get((seq, branch))
        if found is None:
            found = frozenset(n for i in range(branch, len(self.seqs[seq].nodes)) for n in self.inside.get((seq, i), ()))
            self._tails[seq, branch] = found
        return found

    def cleared(self, step: str, target: str) -> tuple[frozenset[str], int]:
        """What a return from ``step`` to ``target`` clears: names, and how many rows of ``Each`` must be the step's own."""
        here, there = self.places[step].seqs, self.places[target].seqs
        common = (0, 0, 0)
        for (seq, _, _), (other, branch, depth) in zip(here, there, strict=False):
            if seq != other:
                break
            common = (seq, branch, depth)
        return self.tail(common[0], common[1]), common[2]

    def apart(self, one: str, other: str) -> bool:
        """Whether a case passes at most one of the two: their ways part at a ``When``."""
        above = None
        for here, there in zip(self.places[one].seqs, self.places[other].seqs, strict=False):
            if here[0] != there[0]:
                return above is not None and isinstance(self.seqs[above[0]].nodes[above[1]], When)
            if here[1] != there[1]:
                return False
            above = here
        return False

    def direct(self, seq: Seq, name: str) -> int | None:
        """Where the named node stands in this very sequence; None when it is elsewhere or deeper."""
        place = self.places.get(name)
        if place is None or place.seqs[-1][0] != self.numbers[id(seq)]:
            return None
        return place.seqs[-1][1]

    def leaves(self) -> tuple[Leaf, ...]:
        return tuple(n for n in self.nodes.values() if isinstance(n, Leaf))


def name_of(node: Node) -> str:
    return "" if isinstance(node, (Seq, Par)) else node.name  # type: ignore[attr-defined]


class _Builder:
    def __init__(self) -> None:
        self.index = Index()

    def add(self, node: Node, seqs: tuple[tuple[int, int, int], ...], eaches: tuple[str, ...], pars: int) -> None:
        name = name_of(node)
        if name:
            if name in self.index.nodes:
                self.index.duplicates.append(name)
            self.index.nodes[name] = node
            self.index.places[name] = Place(seqs, eaches, len(self.index.places), pars)
            for number, branch, _ in seqs:
                self.index.inside.setdefault((number, branch), []).append(name)
        if isinstance(node, Par):
            for inner in node.branches:
                self.seq(inner, seqs, eaches, pars + 1)
        elif isinstance(node, When):
            self.seq(node.then, seqs, eaches, pars)
            self.seq(node.otherwise, seqs, eaches, pars)
        elif isinstance(node, Each):
            self.seq(node.do, seqs, (*eaches, node.name), pars)

    def seq(self, seq: Seq, seqs: tuple[tuple[int, int, int], ...], eaches: tuple[str, ...], pars: int) -> None:
        number = len(self.index.seqs)
        self.index.seqs[number] = seq
        self.index.numbers[id(seq)] = number
        for branch, node in enumerate(seq.nodes):
            self.add(node, (*seqs, (number, branch, len(eaches))), eaches, pars)


def index(flow: Seq) -> Index:
    """Index a flow. The caller keeps the flow alive as long as the index (Process.tree does)."""
    builder = _Builder()
    builder.seq(flow, (), (), 0)
    return builder.index


@lru_cache(maxsize=4096)
def split(instance: str) -> tuple[str, tuple[str, ...]]:
    """Step name and rows of an instance: ``paraf@bappeda`` → (``paraf``, (``bappeda``,)). A branch or repair mark is dropped."""
    name, *rows = instance.partition("#")[0].removesuffix("!").split("@")
    return name, tuple(rows)


def instance(name: str, rows: tuple[str, ...]) -> str:
    return "@".join((name, *rows))
