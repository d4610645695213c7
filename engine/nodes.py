"""The tree of a process: a small closed set of nodes. Block-structured, so it cannot deadlock. All frozen, all serialisable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.expr import Expr, Value
from engine.fields import Rule
from engine.words import FINAL_ACTS, NEGATIVE

EffectWord = Literal["next", "return", "end", "again", "pause", "skip"]
DeadlineKind = Literal["working", "calendar", "hours"]
Doubt = Literal["retry", "empty", "block"]

SUPERIOR = "atasan"
"""Not a role: in a rung, the superior of the positions that hold the task."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What an outcome does: go on, back to an earlier step, end with a result, once more, stop the clock, ahead to a later step."""

    word: EffectWord
    target: str = ""
    """The step (return, skip), the result (end), the cause (pause)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verb offered on a task."""

    name: str
    effect: Effect = Effect("next")
    label: str = ""
    """As people read it; "" = made from the name."""
    reason: bool = False
    """A reason must be given."""
    performs: bool = False
    """On ``Sign``: this outcome signs. On ``Dispose``: this outcome gives instructions."""
    needs: tuple[str, ...] = ()
    """Facts and fields that must be filled in, now or before, for this outcome to be taken."""
    silent: bool = False
    """Taken by the machine alone, when the time is up: nobody says of himself that he kept silent."""
    rules: tuple[Rule, ...] = ()
    """What must hold for it to be taken, read with what is filled in now; the message stands beside the field or table the condition names first."""

    @property
    def text(self) -> str:
        return self.label or self.name.replace("-", " ").capitalize()


def go(
    name: str,
    label: str = "",
    *,
    reason: bool = False,
    performs: bool = False,
    needs: tuple[str, ...] = (),
    silent: bool = False,
    rules: tuple[Rule, ...] = (),
) -> Outcome:
    """Go on."""
    return Outcome(name, Effect("next"), label, reason, performs, needs, silent, rules)


def back(name: str, step: str, label: str = "", *, reason: bool = True, needs: tuple[str, ...] = ()) -> Outcome:
    """Back to an earlier step, in a new round. Needs a reason."""
    return Outcome(name, Effect("return", step), label, reason, needs=needs)


def end(name: str, result: str, label: str = "", *, reason: bool | None = None, performs: bool = False, needs: tuple[str, ...] = ()) -> Outcome:
    """The case ends with ``result``. A negative result needs a reason unless ``reason`` says otherwise."""
    because = result in NEGATIVE if reason is None else reason
    return Outcome(name, Effect("end", result), label, because, performs, needs)


def again(name: str, label: str = "", *, reason: bool = False, needs: tuple[str, ...] = ()) -> Outcome:
    """Once more: a new round of the same step."""
    return Outcome(name, Effect("again"), label, reason, needs=needs)


def pause(name: str, cause: str, label: str = "", *, reason: bool = False) -> Outcome:
    """The step stays open and the case's statutory clock stops until the next act on it."""
    return Outcome(name, Effect("pause", cause), label, reason)


def skip(name: str, step: str, label: str = "", *, reason: bool = False, performs: bool = False, needs: tuple[str, ...] = ()) -> Outcome:
    """Ahead to a later step of the same sequence."""
    return Outcome(name, Effect("skip", step), label, reason, performs, needs)


@dataclass(frozen=True, slots=True)
class Within:
    """A limit: ``n`` days (or hours) after opening; day 0 does not count."""

    n: int
    kind: DeadlineKind = "working"


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder of a late step."""

    do: Literal["remind", "escalate", "deemed", "end"]
    after: int | None = None
    """Days (hours) after the step is late, in the step's own kind. None: at that moment, or one after the rung before it."""
    to: str = ""
    """``escalate``: a role, or SUPERIOR."""
    outcome: str = ""
    """``deemed``: taken as decided by the machine."""
    result: str = ""
    """``end``: of the case."""
    anchor: str = ""
    """A date field or fact the days are counted from instead of the step's due date."""
    before: bool = False
    """With ``anchor``: that many days before it."""


def remind(after: int, anchor: str = "", *, before: bool = False) -> Rung:
    return Rung("remind", after, anchor=anchor, before=before)


def escalate(to: str, after: int, anchor: str = "") -> Rung:
    return Rung("escalate", after, to, anchor=anchor)


def deemed(outcome: str, after: int | None = None) -> Rung:
    return Rung("deemed", after, outcome=outcome)


def lapse(result: str, after: int | None = None) -> Rung:
    return Rung("end", after, result=result)


@dataclass(frozen=True, slots=True)
class Node:
    """Base of the tree. Every node but ``Seq`` and ``Par`` has a name, unique in the process."""


@dataclass(frozen=True, slots=True)
class Seq(Node):
    """In this order."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Par(Node):
    """At the same time. Done when ``need`` branches are; the others are void then."""

    branches: tuple[Seq, ...]
    need: Literal["all", "any"] | int = "all"


@dataclass(frozen=True, slots=True)
class When(Node):
    """A condition, decided once when first reached and recorded with the values it used."""

    name: str
    test: Expr
    then: Seq
    otherwise: Seq = Seq()


@dataclass(frozen=True, slots=True)
class Each(Node):
    """Once per row of a list field or fact; the rows are frozen when first reached."""

    name: str
    over: str
    do: Seq


@dataclass(frozen=True, slots=True)
class Task(Node):
    """A person acts."""

    name: str
    by: tuple[str, ...]
    """Roles; any of them."""
    ask: str
    outcomes: tuple[Outcome, ...]
    title: str = ""
    fills: tuple[str, ...] = ()
    """Fields and facts."""
    within: Within | None = None
    on_late: tuple[Rung, ...] = ()
    excludes: tuple[str, ...] = ()
    """Steps whose actor, or roles that, may not act here."""
    note: str = ""
    shows: tuple[str, ...] = ()
    """Fields, facts and documents that a party outside reads beside his answer; of the case he is shown nothing else."""


@dataclass(frozen=True, slots=True)
class Sign(Node):
    """The authorised position reads and signs; number, PDF and signature follow as the act ``sign``."""

    name: str
    by: tuple[str, ...]
    documents: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    title: str = ""
    fills: tuple[str, ...] = ()
    within: Within | None = None
    on_late: tuple[Rung, ...] = ()
    excludes: tuple[str, ...] = ()
    note: str = ""
    definitive: bool | Expr = False
    """Closed to Plt. and Plh., always or where the condition holds when the step opens (SE BKN 1/SE/I/2021)."""


@dataclass(frozen=True, slots=True)
class Dispose(Node):
    """The disposition tree: instructions to several positions, each reports, passes on, asks or refuses."""

    name: str
    by: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    title: str = ""
    fills: tuple[str, ...] = ()
    recipients: str = ""
    """Table field of the receivers (columns pejabat, peran, instruksi, batas_waktu); "" = they come as ``branches``."""
    within: Within | None = None
    on_late: tuple[Rung, ...] = ()
    excludes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Issue(Node):
    """The machine issues documents under the electronic seal."""

    name: str
    documents: tuple[str, ...]
    doubt: Doubt = "retry"


@dataclass(frozen=True, slots=True)
class Notify(Node):
    """The machine tells somebody."""

    name: str
    to: tuple[str, ...]
    about: str = ""
    doubt: Doubt = "empty"
    letters: tuple[str, ...] = ()
    """Documents that are handed over with it: those that were signed or sealed by then."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A named argument of an act; the value is read when the act starts."""

    name: str
    value: Expr


@dataclass(frozen=True, slots=True)
class Call(Node):
    """One of the general acts of engine.words.ACTS."""

    name: str
    act: str = ""
    args: tuple[Argument, ...] = ()
    gives: tuple[str, ...] = ()
    """Facts or fields its result fills."""
    doubt: Doubt = "retry"
    reverses: str = ""
    """Name of the final act it takes back, where a return may cross that one."""
    note: str = ""


def is_final(node: Node) -> bool:
    """What this act does cannot be taken back. A registry line that goes with the case (``with_case``) is taken back by a return and by every end."""
    if not isinstance(node, Call) or node.act not in FINAL_ACTS:
        return False
    args = {one.name: one.value for one in node.args}
    return "registry" not in args or args.get("with_case") != Value(value=True)


@dataclass(frozen=True, slots=True)
class Open(Node):
    """Another case is opened; this one goes on."""

    name: str
    process: str
    note: str = ""
    doubt: Doubt = "retry"
    hands: tuple[Argument, ...] = ()
    """Values for fields of the other form, by their names there; with them one case is opened, in this case's own unit."""


@dataclass(frozen=True, slots=True)
class Wait(Node):
    """An outside answer or a date. Until a date it is a timer; an answer is entered by the recorder."""

    name: str
    what: str
    """For people: what is waited for."""
    outcomes: tuple[Outcome, ...]
    until: Expr | None = None
    """A date, date range or time out of fields and facts."""
    reached: str = ""
    """With ``until``: the outcome that the date brings."""
    recorded_by: tuple[str, ...] = ()
    """Roles; () = those of the last person's step before it."""
    fills: tuple[str, ...] = ()
    at_most: Within | None = None
    silent: str = ""
    """With ``at_most``: the outcome of no answer."""


Step = Task | Sign | Dispose | Wait
"""Where a person (or an outsider's recorder) acts."""

MachineAct = Issue | Notify | Call | Open
"""What the machine does."""

Leaf = Task | Sign | Dispose | Wait | Issue | Notify | Call | Open
