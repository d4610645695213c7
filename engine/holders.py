"""Who a role is in a case, resolved as far as pure: every field replaced by its values, the applicant by what is known of him.

``address`` gives a list of ``{"role": word, "expr": expression}``; the database turns it into position codes. Expressions:

- ``{"is": "values", "type": field type, "values": […]}``: people (ids or NIP), positions, units or names, as the type says;
- ``{"is": "person", "person": id, "position": code, "unit": code}``: the applicant or starter (a public one has no position);
- ``{"is": "positions", "positions": […]}``: these seats;
- ``{"is": "unit", "code": …}``, ``{"is": "unit_of", "of": …}``, ``{"is": "unit_of_letter", "letter": …}``;
  An outsider or a public applicant holds a task under a position code of its own, made by the database (``luar:<party>``,
  ``orang:<person>``); the engine only asks whether the actor's position is among those of the step;
- ``{"is": "first", "of": […]}``: the first of these that resolves to anything;
- ``head_of``, ``secretary_of``, ``superior_of`` (``of``), ``desk`` (``function``, ``of``), ``post`` (``code``), ``committee`` (``name``),
  ``authority`` (``matter``, ``of``, and for camat and lurah ``unit`` and ``location`` of the case), ``outside`` (``party``; ``desk``: who acts for an
  applicant, ``starter``: for a party the case has not written down), ``system``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import cast

from engine.evaluate import is_empty, part
from engine.events import Json
from engine.fields import Field
from engine.nodes import SUPERIOR, Dispose, Each, Node, Sign, Task, Wait
from engine.outsiders import is_outsider, outsiders, party_fact
from engine.positions import (
    Applicant,
    Authority,
    Committee,
    Desk,
    FieldOf,
    HeadOf,
    Outside,
    Position,
    Post,
    SecretaryOf,
    SuperiorOf,
    System,
    Unit,
    UnitOf,
)
from engine.process import Fact, Process, Role
from engine.scope import CaseScope, case_scope
from engine.state import State
from engine.words import PEOPLE

OPERATOR = {"is": "desk", "function": "operator-alur", "of": {"is": "unit", "code": "diskominfo"}}
"""Who repairs a failed act."""

_NOW = datetime(2000, 1, 1, tzinfo=UTC)
"""Addresses read no clock; a scope wants one."""


def address(process: Process, state: State, roles: tuple[str, ...], rows: tuple[str, ...] = (), at: str = "") -> Json:
    """The address of these roles for the node ``at`` in these rows. A word that is no role of the process is left out."""
    who = _Who(process, state, rows, at or next(iter(process.tree.nodes)))
    return [{"role": word, "expr": expr} for word in roles if word in process.role for expr in who.each(process.role[word])]


def address_of(process: Process, state: State, node: Node, rows: tuple[str, ...]) -> Json:
    """The address of a step. The first person's step is the starter's own; a wait goes to its recorder."""
    if isinstance(node, Wait):
        return address(process, state, recorders(process, node), rows, node.name)
    assert isinstance(node, (Task, Sign, Dispose))
    person = state.starter.get("person")
    if is_outsider(person):
        return address(process, state, node.by, rows, node.name)
    if node.name == first_step(process) and person and person != "sistem" and not state.parent:
        return [{"role": node.by[0], "expr": {"is": "person", **state.starter}}]
    return address(process, state, node.by, rows, node.name)


def first_step(process: Process) -> str:
    """Name of the first step at which a person acts."""
    return next((n for n, node in process.tree.nodes.items() if isinstance(node, (Task, Sign, Dispose))), "")


def recorders(process: Process, wait: Wait) -> tuple[str, ...]:
    """Named, else those of the last officials' step before it in the flow, else the owner: nobody waits in silence."""
    if wait.recorded_by:
        return wait.recorded_by
    before: tuple[str, ...] = (process.owner,)
    for name, node in process.tree.nodes.items():
        if name == wait.name:
            break
        if isinstance(node, (Task, Sign, Dispose)) and not any(_outsider(process.role.get(r)) for r in node.by):
            before = node.by
    return before


def _outsider(role: Role | None) -> bool:
    return role is not None and role.kind in ("public", "external", "system")


def superior(positions: Iterable[str]) -> Json:
    """The address of ``atasan`` in a ladder: the superiors of the positions that hold the step."""
    return [{"role": SUPERIOR, "expr": {"is": "superior_of", "of": {"is": "positions", "positions": list(positions)}}}]


class _Who:
    def __init__(self, process: Process, state: State, rows: tuple[str, ...], at: str) -> None:
        self.process, self.state, self.rows, self.at = process, state, rows, at
        self.scope: CaseScope = case_scope(process, state, at, rows, _NOW)

    def around(self) -> list[tuple[Field | Fact | None, Json]]:
        """Rows of the ``Each`` around, innermost first, with the declaration of their list."""
        eaches = self.process.tree.places[self.at].eaches[: len(self.rows)]
        found: list[tuple[Field | Fact | None, Json]] = []
        for each in reversed(eaches):
            over = cast(Each, self.process.tree.nodes[each]).over
            found.append((self.process.declared(over), self.scope.row.get(over)))
        return found

    def role(self, role: Role) -> Json:
        """The holder the process names itself, else what the role resolves to. A party outside is never meant by a text that only says what he is called."""
        named = self.named(role.role.replace("-", "_"))
        if isinstance(role.resolves, Outside):
            named = named if named is not None and named["type"] in PEOPLE else None
        return named or self.by_part(role.role) or self.position(role.resolves)

    def each(self, role: Role) -> list[Json]:
        """The same; where the case wrote down several parties for the role, one in each row of an ``Each``, from outside the rows every one of them."""
        parties = self.parties(role.resolves.party) if isinstance(role.resolves, Outside) else ()
        return [{"is": "outside", "party": party} for party in parties] if len(parties) > 1 else [self.role(role)]

    def parties(self, party: str) -> tuple[str, ...]:
        known = self.scope.get(party_fact(party))
        return outsiders(known if isinstance(known, list) else [known])

    def named(self, name: str) -> Json:
        """A field, column or fact of that name that is filled in."""
        for declared, row in self.around():
            column = _column(declared, name)
            if column is not None and not is_empty(part(row, name)):
                return _values(column.type, part(row, name))
        declared = self.process.declared(name)
        if declared is not None:
            return self.of_declared(declared, name)
        for table in self.process.declarations:
            column = _column(table, name)
            if column is not None:
                values = [part(row, name) for row in self.scope.rows(table.name)]
                if any(not is_empty(v) for v in values):
                    return _values(column.type, values)
        return None

    def of_declared(self, declared: Field | Fact, name: str) -> Json:
        value = self.scope.get(name) if name not in self.scope.row else self.scope.row[name]
        if is_empty(value):
            return None
        if declared.type == "table":
            person = next((c for c in declared.columns if c.type in PEOPLE), None)
            return _values(person.type, [part(r, person.name) for r in (value if isinstance(value, list) else [value])]) if person else None
        return _values(declared.type, value)

    def by_part(self, role: str) -> Json:
        """Table rows whose ``peran`` is a word of the role's name; the current row alone when it is one of them."""
        words = {role, *role.split("-")}
        disposed = self.disposed(words)
        if disposed is not None:
            return disposed
        for table in self.process.declarations:
            person = next((c for c in table.columns if c.type in PEOPLE), None)
            if person is None or _column(table, "peran") is None:
                continue
            current = self.scope.row.get(table.name)
            rows = [current] if current is not None and part(current, "peran") in words else self.scope.rows(table.name)
            found = [part(r, person.name) for r in rows if part(r, "peran") in words]
            if any(not is_empty(v) for v in found):
                return _values(person.type, found)
        return None

    def disposed(self, words: set[str]) -> Json:
        """Those to whom a disposition went in that part, as it stands: a refused receiver gave way to another, or to the giver himself."""
        for name, node in self.process.tree.nodes.items():
            step = self.state.steps.get(name)
            if not isinstance(node, Dispose) or not node.recipients or step is None or not step.branches:
                continue
            first = [b for b in step.branches if b.parent == 0 and b.role in words and b.status not in ("withdrawn", "replaced", "gone")]
            if first:
                return _values("position", [step.position if b.status == "kept" else b.position for b in first])
        return None

    def position(self, position: Position) -> Json:
        match position:
            case Applicant():
                return self.applicant()
            case System():
                return {"is": "system"}
            case Unit(code):
                return {"is": "unit", "code": code}
            case UnitOf(Applicant()):
                return self.unit()
            case UnitOf(of):
                return self.unit_of(of)
            case SuperiorOf(of):
                return {"is": "superior_of", "of": self.position(of)}
            case HeadOf(of):
                return {"is": "head_of", "of": self.position(of)}
            case SecretaryOf(of):
                return {"is": "secretary_of", "of": self.position(of)}
            case Desk(function, of):
                return {"is": "desk", "function": function, "of": self.position(of)}
            case Post(code):
                return {"is": "post", "code": code}
            case Committee(name):
                return {"is": "committee", "name": name}
            case Outside(party):
                return self.outside(party)
            case Authority(matter, of):
                whom = self.position(of)
                if whom["is"] == "outside":
                    # Not the desk that acts for him: whoever handles his matter.
                    whom = self.unit()
                return {"is": "authority", "matter": matter, "of": whom, "unit": self.unit(), "location": self.location()}
            case FieldOf(name):
                return self.field(name)
        raise TypeError(f"no address for {type(position).__name__}")

    def outside(self, party: str) -> Json:
        """The party the case wrote down (``party_fact``), in the current row first; before that the starter answers for him."""
        known = self.parties(party)
        if known:
            return {"is": "outside", "party": known[0]}
        return {"is": "outside", "party": party, "starter": self.state.starter.get("person", "")}

    def unit_of(self, of: Position) -> Json:
        inner = self.position(of)
        if isinstance(inner, dict) and inner.get("is") == "values" and inner["type"] in ("unit", "units"):
            return inner
        return {"is": "unit_of", "of": inner}

    def field(self, name: str) -> Json:
        """Inside ``Each`` the current one (or its column); else that field or fact; else that column of every row."""
        for declared, row in self.around():
            if declared is not None and declared.name == name:
                return self.of_row(declared, row)
            column = _column(declared, name)
            if column is not None and not is_empty(part(row, name)):
                return _values(column.type, part(row, name))
            if declared is not None and declared.type == "units" and (name == "unit" or not self.declares(name)):
                return _values("unit", row)
        found = self.named(name)
        if found is not None:
            return found
        if name == "unit":
            units = [v for f in self.process.form if f.type in ("unit", "units") and not is_empty(v := self.scope.get(f.name))]
            units += [self.scope.get(f.name) for f in self.process.facts if f.type in ("unit", "units") and not is_empty(self.scope.get(f.name))]
            return _values("unit", units)
        return _values("text", [])

    def declares(self, name: str) -> bool:
        """Whether anything of the process is called so; what nothing is called means the unit of the row."""
        return self.process.declared(name) is not None or any(_column(table, name) is not None for table in self.process.declarations)

    def of_row(self, declared: Field | Fact, row: Json) -> Json:
        if declared.type != "table":
            return _values(declared.type, row)
        person = next((c for c in declared.columns if c.type in PEOPLE), None)
        return _values(person.type, part(row, person.name)) if person else _values("text", [])

    def applicant(self) -> Json:
        """The employee the current row or the form names (pegawai, nip, nip_…), else the applicant the case knows, else the starter."""
        for declared, row in self.around():
            if declared is not None and declared.type in ("employee", "employees"):
                return _values("employee", row)
            for column in declared.columns if declared is not None else ():
                if _names_employee(column) and not is_empty(part(row, column.name)):
                    return _values(column.type, part(row, column.name))
        for f in self.process.form:
            if _names_employee(f) and not is_empty(value := self.scope.get(f.name)):
                return _values(f.type, value)
        known = self.state.applicant if self.state.applicant.get("person") else self.state.starter
        if is_outsider(known.get("person")):
            return {"is": "outside", "party": known["person"], "desk": self.desk()}
        return {"is": "person", **{k: known.get(k, "") for k in ("person", "position", "unit")}}

    def desk(self) -> Json:
        """Who acts for an outsider: the desk the process names, else its owner. Never asked of a role that is the applicant himself."""
        for word in (self.process.starts.desk, self.process.owner):
            role = self.process.role.get(word)
            if role is not None and not _asks_unit(role.resolves):
                return self.position(role.resolves)
        return {"is": "system"}

    def unit(self) -> Json:
        """``unit_of(applicant)``: the candidates in the order of the domain, cut at the first that is certain."""
        for declared, row in self.around():
            if declared is not None and declared.type in ("unit", "units"):
                return {"is": "unit", "code": str(row)}
            for column in declared.columns if declared is not None else ():
                if column.type == "unit" and not is_empty(part(row, column.name)):
                    return {"is": "unit", "code": part(row, column.name)}
        for f in self.process.form:
            if f.type == "unit" and not is_empty(value := self.scope.get(f.name)):
                return {"is": "unit", "code": value}
        if self.state.parent.get("unit"):
            return {"is": "unit", "code": self.state.parent["unit"]}
        candidates = [
            {"is": "unit_of_letter", "letter": value}
            for f in self.process.form
            if f.type == "letter_ref" and not is_empty(value := self.scope.get(f.name))
        ]
        candidates += self.last_units()
        return candidates[0] if len(candidates) == 1 else {"is": "first", "of": candidates}

    def last_units(self) -> list[Json]:
        """The starter's; for a public or system start the employee's, the unit a fact named last, the owner's."""
        starter = self.state.starter
        if starter.get("unit"):
            return [{"is": "unit", "code": starter["unit"]}]
        found: list[Json] = []
        person = self.applicant()
        if person["is"] == "values" or person.get("position"):
            found.append({"is": "unit_of", "of": person})
        named = [(g.at, g.value) for f in self.process.facts if f.type == "unit" for g in self.state.given.get(f.name, {}).values()]
        if named:
            found.append({"is": "unit", "code": max(named, key=lambda one: one[0])[1]})
        owner = self.process.role.get(self.process.owner)
        if owner is not None:
            # An owner defined by the applicant's unit would ask for itself.
            of = {"is": "unit", "code": self.state.unit} if _asks_unit(owner.resolves) else {"is": "unit_of", "of": self.position(owner.resolves)}
            found.append(of)
        return found

    def location(self) -> Json:
        """The first place the case names, for camat and lurah."""
        for f in self.process.declarations:
            if f.type == "location" and not is_empty(value := self.scope.get(f.name)):
                return value
        return None


def _column(declared: Field | Fact | None, name: str) -> Field | None:
    return next((c for c in declared.columns if c.name == name), None) if declared is not None else None


def _names_employee(f: Field) -> bool:
    return f.type in ("employee", "nip") and (f.name in ("pegawai", "nip") or f.name.startswith("nip_"))


def _asks_unit(position: Position) -> bool:
    inner = getattr(position, "of", None)
    return isinstance(position, (Applicant, Authority)) or (inner is not None and _asks_unit(inner))


def _values(kind: str, value: Json) -> Json:
    """``values`` of a field type: flat, in order, each once, without what is empty."""
    listed = value if isinstance(value, list) else [value]
    flat = [v for one in listed for v in (one if isinstance(one, list) else [one]) if not is_empty(v)]
    return {"is": "values", "type": kind, "values": list(dict.fromkeys(str(v) for v in flat))}
