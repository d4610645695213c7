"""Where the names of a condition get their values: the state of a case, seen from one instance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from engine.evaluate import Many, Scope, evaluate, is_empty, local_date, local_minute, part
from engine.events import Json
from engine.expr import NUMBER_OF, TIMES, Name
from engine.expr import names as used_in
from engine.index import instance, split
from engine.nodes import Each
from engine.process import Process
from engine.rows import find, laid, row_id
from engine.state import Given, State
from engine.words import LISTS


@dataclass(slots=True)
class CaseScope(Scope):
    """A scope over a case. Inside ``Each``, a fact and ``list.column`` mean the current row."""

    process: Process | None = None
    state: State | None = None
    at: tuple[str, ...] = ()

    def get(self, name: str) -> Json:
        process, state = cast(Process, self.process), cast(State, self.state)
        if name == "applicant":
            return state.applicant
        if name.startswith(NUMBER_OF):
            return self._number(name.removeprefix(NUMBER_OF))
        if name.startswith(TIMES):
            return state.taken.get(name.removeprefix(TIMES), 0)
        fact = process.fact.get(name)
        if fact is not None and fact.source == "computed" and fact.value is not None:
            return evaluate(fact.value, self)
        found = state.given.get(name)
        return None if found is None else _whole(process, found, name, self.at)

    def _number(self, document: str) -> Json:
        """That of the row this is seen from, else of the case; from outside an ``Each``, those of all its rows."""
        numbers = cast(State, self.state).numbers
        for depth in range(len(self.at), -1, -1):
            own = numbers.get(instance(document, self.at[:depth]))
            if own is not None:
                return own
        rows = [number for sheet, number in numbers.items() if split(sheet)[0] == document]
        return Many(rows) if rows else None

    def look(self, name: Name) -> Json:
        value = super(CaseScope, self).look(name)
        if not name.column or name.name == "applicant":
            return value
        if name.name in self.row:
            row = self.row[name.name]
            return self.of_row(row, name.column) if value is None else value
        rows = self.rows(name.name)
        return Many(self.of_row(row, name.column) if (one := part(row, name.column)) is None else one for row in rows) if rows else value

    def of_row(self, row: Json, fact: str) -> Json:
        """A fact that a step inside the ``Each`` gave for this row."""
        state = cast(State, self.state)
        wanted = row_id(row)
        return next((g.value for rows, g in state.given.get(fact, {}).items() if rows.rpartition("@")[2] == wanted), None)

    def bind(self, name: str, row: Json) -> Scope:
        return CaseScope({}, self.today, {**self.row, name: row}, self.calendar, self.facts, self.process, self.state, self.at, now=self.now)


def _whole(process: Process, found: dict[str, Given], name: str, at: tuple[str, ...]) -> Json:
    """A value seen from rows: their own, else of the rows around, else of the case; from outside, what all rows gave."""
    for depth in range(len(at), 0, -1):
        own = found.get("@".join(at[:depth]))
        if own is not None:
            return own.value
    case = found.get("")
    inner = sorted((g for rows, g in found.items() if rows), key=lambda g: g.at)
    if not inner:
        return case.value if case else None
    declared = process.declared(name)
    if declared is not None and declared.type in LISTS:
        return _joined(found)
    if case is not None and case.at > max(g.at for g in inner):
        return case.value
    return Many(g.value for g in inner)


def _joined(found: dict[str, Given]) -> list[Json]:
    """What all rows gave, as it came: each row's newest part, and from the day the whole was given for the case, that with what came after."""
    whole: Json = []
    for rows, one in sorted(found.items(), key=lambda given: given[1].at):
        part_ = one.value if isinstance(one.value, list) else []
        whole = part_ if not rows else laid(whole, part_, rows.split("@"))
    return cast(list[Json], whole)


def case_scope(process: Process, state: State, name: str, rows: tuple[str, ...], now: datetime) -> CaseScope:
    """The scope of the node ``name`` in these rows."""
    scope = CaseScope({}, local_date(now, state.zone), {}, None, {}, process, state, rows, now=local_minute(now, state.zone))
    for each, row in zip(process.tree.places[name].eaches, rows, strict=False):
        over = cast(Each, process.tree.nodes[each]).over
        scope.row[over] = find(scope.get(over), row)
    return scope


def missing(process: Process, state: State, names: frozenset[str], rows: tuple[str, ...]) -> tuple[str, ...]:
    """Of these names, the facts that the machine must supply first (parameters of the city, what a book holds)."""
    found: list[str] = []
    todo = sorted(names)
    while todo:
        name = todo.pop(0)
        fact = process.fact.get(name)
        if fact is None:
            continue
        if fact.source == "computed" and fact.value is not None:
            todo += sorted(used_in(fact.value) - {name})
        elif fact.source in ("parameter", "looked-up") and is_empty(state.value(name, rows)) and name not in found:
            found.append(name)
    return tuple(found)
