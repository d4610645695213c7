"""A process as a standard operating procedure: rows of activities in the order of the flow, who takes each, and to which rows it goes.

The form is that of PermenPANRB 35/2012 (SOP administrasi pemerintahan): one row per activity, capsules for start and end, boxes, diamonds for
decisions. Pure; what the model does not know is left out here, so that nobody invents it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from engine.nodes import Call, Dispose, Each, Issue, MachineAct, Node, Open, Outcome, Par, Rung, Seq, Sign, Step, Task, Wait, When, Within
from engine.process import Process
from engine.words import DRAFTING, NEGATIVE

MACHINE = "sistem"
"""Actor of what the machine does, and of what the calendar starts."""
ASKING = DRAFTING | {"register"}
"""Asks whose form takes the attachments of the process."""
UNNUMBERED = ("", "none")

Symbol = Literal["capsule", "box", "diamond"]
Kind = Literal["start", "people", "machine", "branch", "end"]
Way = Literal["next", "yes", "no", "skip", "end", "late", "return"]
"""``late``: nobody chose it, the time was up. Only ``return`` leads to an earlier row or to the row itself."""


@dataclass(frozen=True, slots=True)
class Exit:
    """One way on. ``label``: the outcome in the model's words, "" where nothing is chosen."""

    to: int
    way: Way
    label: str = ""


@dataclass(frozen=True, slots=True)
class Under:
    """What a row stands under: a condition that held or did not, a walk over rows, or branches at the same time."""

    name: str
    word: Literal["if", "unless", "each", "beside"]


@dataclass(frozen=True, slots=True)
class Row:
    """One activity. ``name``: of the node, of an end its result, "" of the start."""

    number: int
    name: str
    kind: Kind
    actor: str
    symbol: Symbol
    node: Node | None = None
    others: tuple[str, ...] = ()
    """Roles that may act in the actor's place."""
    needs: tuple[str, ...] = ()
    """Form fields asked, then attachments, by name."""
    time: Within | None = None
    makes: tuple[str, ...] = ()
    """Documents, by code."""
    records: tuple[str, ...] = ()
    """Facts that are known afterwards, by name."""
    under: tuple[Under, ...] = ()
    """Outermost first."""
    late: tuple[Rung, ...] = ()
    pauses: tuple[str, ...] = ()
    """Outcomes that keep it open with the clock stopped, in words."""
    goes: tuple[Exit, ...] = ()

    @property
    def targets(self) -> tuple[int, ...]:
        """Each row it goes to, once."""
        return tuple(dict.fromkeys(one.to for one in self.goes))


@dataclass(frozen=True, slots=True)
class Sop:
    """``actors``: role words, in order of first use."""

    rows: tuple[Row, ...]
    actors: tuple[str, ...]
    opens: tuple[str, ...]
    """Codes of the processes it opens."""
    registers: tuple[str, ...]
    """Registers that number its documents, and registries and books it writes."""
    systems: tuple[str, ...]
    """Systems outside that it asks."""
    longest: tuple[Within, ...]
    """Planned time of the longest way to an end that is no refusal, without returns, by kind."""


@dataclass(slots=True)
class _Draft:
    row: Row
    ways: list[tuple[Way, str, int | str]] = field(default_factory=list)
    """(way, label, target): a row's number, or ``=result`` or a node's name that is not placed yet."""


Loose = tuple[_Draft, Way, str]


def sop(process: Process) -> Sop:
    """The procedure of a process. Every process that ``engine.check`` passes has one."""
    made = _Builder(process)
    starts = process.starts
    start = made.add("", "start", (starts.by or MACHINE, *((starts.desk,) if starts.desk else ())), [])
    made.ending(made.walk(process.flow, [(start, "next", "")], ()))
    rows = tuple(made.resolved(draft) for draft in made.drafts)
    nodes = process.tree.nodes.values()
    return Sop(
        rows, tuple(dict.fromkeys(row.actor for row in rows)), tuple(dict.fromkeys(node.process for node in nodes if isinstance(node, Open))),
        _registers(process), tuple(dict.fromkeys(name for node in nodes for name in _given(node, "system"))), _longest(rows),
    )  # fmt: skip


class _Builder:
    def __init__(self, process: Process) -> None:
        self.process = process
        self.drafts: list[_Draft] = []
        self.first: dict[str, int] = {}
        self.skips: dict[str, list[Loose]] = {}
        self.before: tuple[str, ...] = ()
        """Roles of the last step of people: who records an answer from outside when nobody is named."""
        self.attached = False

    def walk(self, node: Node, loose: list[Loose], under: tuple[Under, ...]) -> list[Loose]:
        """Places the node after what still has to be followed; gives what its follower follows."""
        match node:
            case Seq():
                for one in node.nodes:
                    loose = self.walk(one, loose, under)
                return loose
            case Par():
                beside = (*under, Under("", "beside"))
                return [one for branch in node.branches for one in self.walk(branch, list(loose), beside)]
            case Each():
                loose = [*loose, *self.skips.pop(node.name, [])]
                self.first[node.name] = len(self.drafts) + 1
                return self.walk(node.do, loose, (*under, Under(node.over, "each")))
            case When():
                made = self.add(node.name, "branch", (MACHINE,), loose, node, under)
                then = self.walk(node.then, [(made, "yes", "")], (*under, Under(node.name, "if")))
                return then + self.walk(node.otherwise, [(made, "no", "")], (*under, Under(node.name, "unless")))
        if isinstance(node, Step):
            return self.step(node, loose, under)
        assert isinstance(node, MachineAct)
        return [(self.add(node.name, "machine", (MACHINE,), loose, node, under), "next", "")]

    def step(self, node: Task | Sign | Dispose | Wait, loose: list[Loose], under: tuple[Under, ...]) -> list[Loose]:
        roles = node.recorded_by or self.before if isinstance(node, Wait) else node.by
        made = self.add(node.name, "people", roles or (MACHINE,), loose, node, under)
        self.before = roles
        on: list[Loose] = []
        for outcome in node.outcomes:
            self.outcome(made, outcome, on)
        made.ways += [("late", "", f"={rung.result}") for rung in made.row.late if rung.do == "end"]
        return on

    def outcome(self, made: _Draft, outcome: Outcome, on: list[Loose]) -> None:
        word, target, label = outcome.effect.word, outcome.effect.target, outcome.text
        if word == "next":
            on.append((made, "next", label))
        elif word == "skip":
            self.skips.setdefault(target, []).append((made, "skip", label))
        elif word == "end":
            made.ways.append(("end", label, f"={target}"))
        elif word in ("return", "again"):
            made.ways.append(("return", label, target or made.row.number))

    def add(self, name: str, kind: Kind, roles: Sequence[str], loose: list[Loose], node: Node | None = None, under: tuple[Under, ...] = ()) -> _Draft:
        number = len(self.drafts) + 1
        symbol: Symbol = "diamond" if kind == "branch" else "capsule" if kind in ("start", "end") else "box"
        row = Row(
            number, name, kind, roles[0], symbol, node, tuple(roles[1:]), self.needs(node), _within(node), _makes(node), self.records(node), under,
            getattr(node, "on_late", ()), tuple(one.text for one in getattr(node, "outcomes", ()) if one.effect.word == "pause"),
        )  # fmt: skip
        made = _Draft(row)
        self.drafts.append(made)
        self.first.setdefault(name, number)
        for source, way, label in [*loose, *self.skips.pop(name, [])]:
            source.ways.append((way, label, number))
        return made

    def needs(self, node: Node | None) -> tuple[str, ...]:
        names = [name.partition(".")[0] for name in getattr(node, "fills", ())]
        found = [name for name in names if name in self.process.fields]
        if isinstance(node, Task) and node.ask in ASKING and not self.attached:
            self.attached = True
            found += [one.name for one in self.process.attachments]
        return tuple(dict.fromkeys(found))

    def records(self, node: Node | None) -> tuple[str, ...]:
        names = [name.partition(".")[0] for name in (*getattr(node, "fills", ()), *getattr(node, "gives", ()))]
        facts = [name for name in names if name in self.process.fact or isinstance(node, Call)]
        return tuple(dict.fromkeys(facts))

    def ending(self, loose: list[Loose]) -> None:
        """A capsule for each result, first the one that the last activity leads to."""
        last = self.drafts[-1]
        found = [target for _way, _label, target in last.ways if isinstance(target, str) and target.startswith("=")]
        results = ["=selesai"] * bool(loose) + found + [one for draft in self.drafts for _w, _l, one in draft.ways if str(one).startswith("=")]
        for source, way, label in loose:
            source.ways.append((way, label, "=selesai"))
        for result in dict.fromkeys(str(one) for one in results):
            self.first[result] = len(self.drafts) + 1
            self.add(result.removeprefix("="), "end", (MACHINE,), [])

    def resolved(self, draft: _Draft) -> Row:
        goes = tuple(Exit(target if isinstance(target, int) else self.first[target], way, label) for way, label, target in draft.ways)
        row = draft.row
        symbol: Symbol = "diamond" if row.symbol == "box" and len({one.to for one in goes}) > 1 and not _forks(goes) else row.symbol
        return Row(
            row.number, row.name, row.kind, row.actor, symbol, row.node, row.others, row.needs, row.time, row.makes, row.records, row.under,
            row.late, row.pauses, tuple(dict.fromkeys(goes)),
        )  # fmt: skip


def _forks(goes: Sequence[Exit]) -> bool:
    """Whether it goes to several rows at once instead of to one of them: the same words lead to each."""
    return len({(one.way, one.label) for one in goes}) == 1


def _within(node: Node | None) -> Within | None:
    return node.at_most if isinstance(node, Wait) else getattr(node, "within", None)


def _makes(node: Node | None) -> tuple[str, ...]:
    return node.documents if isinstance(node, (Sign, Issue)) else ()


def _given(node: Node, *names: str) -> list[str]:
    """Plain words given to an act under these names; what is worked out per case is no word."""
    if not isinstance(node, Call):
        return []
    return [str(one.value.value) for one in node.args if one.name in names and isinstance(getattr(one.value, "value", None), str)]  # type: ignore[attr-defined]


def _registers(process: Process) -> tuple[str, ...]:
    numbered = [one.register for one in process.documents if one.register not in UNNUMBERED]
    nodes = [node for node in process.tree.nodes.values() if isinstance(node, Call) and node.act in ("post", "hold", "release", "book")]
    return tuple(dict.fromkeys([*numbered, *(name for node in nodes for name in _given(node, "registry", "book"))]))


HOURS = {"hours": 1.0, "working": 8.0, "calendar": 8.0 * 5 / 7}
"""Only to tell which of two ways is longer: a sum never mixes kinds."""


def _longest(rows: Sequence[Row]) -> tuple[Within, ...]:
    """Backwards over the ways forward, which all lead to later rows."""
    best: dict[int, tuple[float, dict[str, int]]] = {}
    for row in reversed(rows):
        if row.kind == "end":
            if row.name not in NEGATIVE:
                best[row.number] = (0.0, {})
            continue
        on = [best[one.to] for one in row.goes if one.way not in ("return", "late") and one.to in best]
        if not on:
            continue
        hours, sums = max(on, key=lambda one: one[0])
        if row.time is not None:
            hours, sums = hours + row.time.n * HOURS[row.time.kind], {**sums, row.time.kind: sums.get(row.time.kind, 0) + row.time.n}
        best[row.number] = (hours, sums)
    total = best.get(1, (0.0, {}))[1]
    return tuple(Within(total[kind], kind) for kind in ("working", "calendar", "hours") if total.get(kind))
