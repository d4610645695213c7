"""A process is one value: form, facts, documents, flow, deadlines, archive class, legal basis. Pinned by SHA-256 into each case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from engine.expr import Expr
from engine.fields import Field, FieldType
from engine.index import Index, index
from engine.nodes import Argument, DeadlineKind, Node, Seq
from engine.positions import Position
from engine.timetable import Timetable

SCHEMA = 1
"""Of the JSON form. Raised only when an old text could no longer be read as before."""


@dataclass(frozen=True, slots=True)
class Title:
    id: str
    en: str


@dataclass(frozen=True, slots=True)
class Starts:
    """Who may open a case: a role, a timetable, another process."""

    by: str
    schedule: str = ""
    """In words, as the source says it."""
    cases: tuple[str, ...] = ()
    desk: str = ""
    """Role that opens it for an outsider (beside ``by``, where that is a role of employees) and acts for him where he has no answer link."""
    opens: Timetable | None = None
    """When the calendar opens cases of it; ``by`` is then ``sistem``."""
    values: tuple[Argument, ...] = ()
    """What a case opened by the calendar begins with: fields by name, out of ``today`` (the planned day)."""
    only: str = ""
    """Name of a ``look_up`` of the flow: the calendar opens a case only for an agency where it finds something, or cannot tell."""
    also: tuple[str, ...] = ()
    """Roles that may open one too: each level of a forum its own, officials where the calendar missed one."""

    @property
    def openers(self) -> tuple[str, ...]:
        """Every role that may open a case, ``by`` first."""
        return (self.by, *self.also)


@dataclass(frozen=True, slots=True)
class Sla:
    """The promise to the applicant."""

    n: int | None
    """None: the source promises no time."""
    kind: DeadlineKind
    source: str = ""


@dataclass(frozen=True, slots=True)
class Archive:
    code: str
    active_years: int
    inactive_years: int
    then: str
    """musnah, permanen, or dinilai kembali."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    label: str
    required: bool | Expr = False
    types: tuple[str, ...] = ()


FactSource = Literal["step", "act", "parameter", "computed", "looked-up"]


@dataclass(frozen=True, slots=True)
class Fact:
    """What a step or the machine gives and later conditions use."""

    name: str
    type: FieldType
    meaning: str = ""
    choices: tuple[str, ...] = ()
    columns: tuple[Field, ...] = ()
    takes: tuple[str, ...] = ()
    """Steps whose outcome word becomes the value, where it is one of the choices and nobody gave another value."""
    source: FactSource = "step"
    """``parameter`` and ``looked-up`` are supplied by the machine when a condition first needs them (act ``supply``)."""
    value: Expr | None = None
    """``computed``: read anew each time from fields and facts."""
    evidence: bool = False
    """Of photographs that a step asks for, as of a field."""
    key: str = ""
    """``parameter``: its key in the city's table; "" = the name of the fact."""


@dataclass(frozen=True, slots=True)
class Document:
    code: str
    title: str
    kind: str
    signer: tuple[str, ...] = ()
    """Roles, or ``segel`` for the electronic seal."""
    register: str = ""
    number: str = ""
    copies_to: tuple[str, ...] = ()
    classification: Expr | None = None
    """Archive code in its number where it follows from the case; else the form's ``kode_klasifikasi``, else the process's."""
    by_mandate: bool = False
    """Signed a.n. or u.b. where the city's register of mandates says so for the signer's post and ``<process>/<document>``, never by the bare kind."""
    key: Expr | None = None
    """What ``{kunci}`` in its number is worth where the number is no serial of a register: ``3671…/2026/1`` of a corrected tax bill."""
    house: str = ""
    """Role on whose agency's letterhead and in whose register a document of several parties stands; "" = the owner of the process."""


@dataclass(frozen=True, slots=True)
class Role:
    """A word of a process for somebody; ``resolves`` says who that is, as positions."""

    role: str
    kind: str
    """office-holder, person-or-function, unit, committee, external, public, system."""
    title: str
    resolves: Position


@dataclass(frozen=True)
class Process:
    """A declared way of handling one kind of matter."""

    code: str
    title: Title
    family: str
    owner: str
    """Role."""
    summary: str
    starts: Starts
    sla: Sla
    archive: Archive
    legal_basis: tuple[str, ...]
    form: tuple[Field, ...]
    flow: Seq
    attachments: tuple[Attachment, ...] = ()
    facts: tuple[Fact, ...] = ()
    documents: tuple[Document, ...] = ()
    roles: tuple[Role, ...] = ()
    """Those it uses, as they were when the process was made: a later change of the table does not touch a running case."""
    unique: tuple[str, ...] = ()
    """Form fields that together make a case the same as another of its organisation: the second is refused (AlreadyRecorded)."""
    schema: int = SCHEMA

    @cached_property
    def tree(self) -> Index:
        """The flow, looked up in O(1)."""
        return index(self.flow)

    @cached_property
    def fields(self) -> dict[str, Field]:
        return {f.name: f for f in self.form}

    @cached_property
    def fact(self) -> dict[str, Fact]:
        return {f.name: f for f in self.facts}

    @cached_property
    def takers(self) -> dict[str, tuple[Fact, ...]]:
        """Step → the facts that take the word of its outcome."""
        steps = dict.fromkeys(step for f in self.facts for step in f.takes)
        return {step: tuple(f for f in self.facts if step in f.takes) for step in steps}

    @cached_property
    def declarations(self) -> tuple[Field | Fact, ...]:
        """Form fields, then facts."""
        return (*self.form, *self.facts)

    def declared(self, name: str) -> Field | Fact | None:
        """The form field or the fact of that name."""
        return self.fields.get(name) or self.fact.get(name)

    @cached_property
    def document(self) -> dict[str, Document]:
        return {d.code: d for d in self.documents}

    @cached_property
    def role(self) -> dict[str, Role]:
        return {r.role: r for r in self.roles}

    def find(self, name: str) -> Node:
        """The named node. KeyError when there is none."""
        return self.tree.nodes[name]

    def steps(self) -> tuple[Node, ...]:
        """Every named node, in the order of the flow."""
        return tuple(self.tree.nodes.values())
