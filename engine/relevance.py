"""Which form values the engine needs (conditions, ``each``, who acts, ladders): the rest stays with the form and never enters the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from engine.events import Json
from engine.expr import Expr, Name, used
from engine.holders import recorders
from engine.nodes import Argument, Call, Dispose, Each, Notify, Open, Sign, Task, Wait, When
from engine.positions import Position, fields_of
from engine.process import Process
from engine.rows import with_ids
from engine.words import PEOPLE

Needs = dict[str, tuple[str, ...] | None]
"""Field or fact → None, or for a table the columns."""


def relevant(process: Process) -> Needs:
    """Fields and facts the engine reads, tables with the columns it reads. Facts are always needed."""
    known = process.__dict__.get("_relevant")
    if known is None:
        known = process.__dict__["_relevant"] = _Needs(process).found()
    return dict(known)


def asked_of_applicant(process: Process) -> frozenset[str]:
    """Attributes of the applicant that a condition of the flow or the form reads: no other is recorded (UU 27/2022 art. 16: only what the purpose needs)."""
    known = process.__dict__.get("_asked_of_applicant")
    if known is None:
        known = process.__dict__["_asked_of_applicant"] = frozenset(_attributes(process))
    return frozenset(known)


def _attributes(value: object) -> Iterator[str]:
    if isinstance(value, Name) and value.name == "applicant":
        yield value.column
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from _attributes(getattr(value, part.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _attributes(part)


class _Needs:
    def __init__(self, process: Process) -> None:
        self.process = process
        self.names: dict[str, set[str]] = {}

    def found(self) -> Needs:
        for node in self.process.tree.nodes.values():
            self.node(node)
        for fact in self.process.facts:
            self.add(fact.name)
            if fact.value is not None:
                self.expr(fact.value)
        self.people()
        return {
            name: tuple(sorted(self.names[name])) if declared.type == "table" else None
            for name in sorted(self.names)
            if (declared := self.process.declared(name)) is not None
        }

    def node(self, node: object) -> None:
        if isinstance(node, When):
            self.expr(node.test)
        if isinstance(node, Sign) and isinstance(node.definitive, Expr):
            self.expr(node.definitive)
        for outcome in getattr(node, "outcomes", ()):
            for name in outcome.needs:
                self.add(name)
            for rule in outcome.rules:
                self.expr(rule.test)
        if isinstance(node, Each):
            self.add(node.over)
            self.people_of(node.over)
        if isinstance(node, Call):
            self.arguments(node.args)
        if isinstance(node, Open):
            self.arguments(node.hands)
        if isinstance(node, Wait) and node.until is not None:
            self.expr(node.until)
        if isinstance(node, Dispose) and node.recipients:
            self.add(node.recipients, "pejabat", "peran", "instruksi", "batas_waktu", "catatan")
            self.add("isi_instruksi")
        for role in _roles(self.process, node):
            self.role(role)
        for rung in getattr(node, "on_late", ()):
            if rung.anchor:
                self.named(rung.anchor)

    def add(self, name: str, *columns: str) -> None:
        self.names.setdefault(name, set()).update(columns)

    def expr(self, expr: Expr) -> None:
        for name in used(expr):
            if name.name != "applicant":
                self.add(name.name, *([name.column] if name.column else []))

    def arguments(self, given: tuple[Argument, ...]) -> None:
        """A table handed over whole is handed over with every column; ``column(…)`` hands over one."""
        for argument in given:
            self.expr(argument.value)
            if isinstance(argument.value, Name) and not argument.value.column:
                declared = self.process.declared(argument.value.name)
                self.add(argument.value.name, *(column.name for column in (declared.columns if declared is not None else ())))

    def role(self, role: str) -> None:
        known = self.process.role.get(role)
        if known is None:
            return
        self.named(role.replace("-", "_"))
        self.position(known.resolves)
        for declared in self.process.declarations:
            if any(c.name == "peran" for c in declared.columns):
                self.add(declared.name, "peran")
                self.people_of(declared.name)

    def position(self, position: Position) -> None:
        for name in fields_of(position):
            self.named(name)

    def named(self, name: str) -> None:
        """A field or fact of that name, and every column of that name."""
        if self.process.declared(name) is not None:
            self.add(name)
            self.people_of(name)
        for declared in self.process.declarations:
            if any(c.name == name for c in declared.columns):
                self.add(declared.name, name)

    def people_of(self, name: str) -> None:
        declared = self.process.declared(name)
        for column in declared.columns if declared is not None else ():
            if column.type in PEOPLE or column.type == "unit":
                self.add(name, column.name)

    def people(self) -> None:
        """What says who the applicant is and which unit he belongs to."""
        for f in self.process.form:
            if f.type in ("unit", "units", "letter_ref", "location") or (
                f.type in ("employee", "nip") and (f.name in ("pegawai", "nip") or f.name.startswith("nip_"))
            ):
                self.add(f.name)


def _roles(process: Process, node: object) -> tuple[str, ...]:
    roles: tuple[str, ...] = ()
    if isinstance(node, (Task, Sign, Dispose)):
        roles = (*node.by, *node.excludes)
    elif isinstance(node, Notify):
        roles = node.to
    elif isinstance(node, Wait):
        roles = recorders(process, node)
    return (*roles, *(r.to for r in getattr(node, "on_late", ()) if r.to))


def trim(process: Process, values: dict[str, Json]) -> dict[str, Json]:
    """Only what the engine needs: tables keep ``_id`` and the needed columns; rows without an id get one by position."""
    needs = relevant(process)
    out: dict[str, Json] = {}
    for name, value in values.items():
        if name in ("applicant", "branches"):
            out[name] = value
        elif name in needs:
            out[name] = _columns(with_ids(value), needs[name])
    return out


def _columns(value: Json, columns: tuple[str, ...] | None) -> Json:
    if columns is None or not isinstance(value, list):
        return value
    return [{k: v for k, v in row.items() if k == "_id" or k in columns} if isinstance(row, dict) else row for row in value]
