"""Which fields are asked, and whether a rule holds: the process's own expressions over what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.evaluate import Scope, evaluate, local_minute, truth
from engine.events import Json
from engine.expr import Compare, Expr, Has, In, Name, Or, Value, names, used
from engine.fields import Field
from forms.known import Book, Context, Found

OF_ROW = "@"
"""Begins the key under which a case keeps the facts of one row of an ``Each``."""


@dataclass(slots=True)
class FormScope(Scope):
    """A scope that also knows what a chosen position or person is like, as the books told."""

    books: Mapping[Book, Mapping[str, Found]] = field(default_factory=dict)

    def look(self, name: Name) -> Json:
        # ``super()`` without arguments does not work in a dataclass with slots.
        whole = Scope.look(self, Name(name.name)) if name.column else None
        if not isinstance(whole, str):
            return Scope.look(self, name)
        found = self.books.get("position", {}).get(whole) or self.books.get("employee", {}).get(whole)
        return found.attributes.get(name.column) if found else None

    def bind(self, name: str, row: Json) -> Scope:
        return FormScope(self.values, self.today, {**self.row, name: row}, self.calendar, self.facts, self.books, now=self.now)


def scope(values: Mapping[str, Any], context: Context, row: Mapping[str, Any] | None = None) -> FormScope:
    """Earlier values and facts, then this form's. ``row``: table → its current row, whose columns may be named bare."""
    bound = dict(row or {})
    inner = {name: value for one in bound.values() for name, value in one.items()}
    known = {**context.values, "applicant": dict(context.applicant), **values, **inner}
    minute = local_minute(context.now, context.zone.key)
    return FormScope(known, today=context.today.isoformat(), row=bound, calendar=context.calendar, books=context.books, now=minute)


def of_row(around: FormScope, table: str, row: Mapping[str, Any]) -> Scope:
    """One row of a table within its form: its columns may be named bare. Made for thousands of rows, so nothing is worked out anew."""
    return FormScope(
        {**around.values, **row}, around.today, {table: row}, around.calendar, around.facts, around.books, now=around.now,
    )  # fmt: skip


def holds(test: Expr, values: Mapping[str, Any], context: Context, row: Mapping[str, Any] | None = None) -> bool:
    return truth(test, scope(values, context, row))


def worth(expr: Expr, values: Mapping[str, Any], context: Context) -> Json:
    """The value of a computed field."""
    return evaluate(expr, scope(values, context))


def stands(given: Expr, table: Field, context: Context) -> Json:
    """What a new row of the table begins with; None where its column is only shown as recorded. Of the row around it the one value."""
    if isinstance(given, Name) and given.name in (table.name, OF_ROW):
        return None
    found = worth(given, {}, context)
    return found[0] if isinstance(found, list) and len(found) == 1 else found


def shown(
    fields: Sequence[Field], values: Mapping[str, Any], context: Context, outer: Mapping[str, Any] | None = None, table: str = "",
    around: FormScope | None = None,
) -> frozenset[str]:  # fmt: skip
    """Names of the fields that are asked. A condition sees only answers that are asked themselves: a hidden answer counts as empty.

    With ``table`` the fields are its columns, ``values`` one row and ``outer`` the form around it; ``around``: the scope of ``outer``,
    where it was made for more rows than one.
    """
    asked = {one.name: one for one in fields}
    decided: dict[str, bool] = {}

    def visible(name: str) -> bool:
        if name not in decided:
            decided[name] = True  # a circle of conditions hides nothing
            condition = asked[name].required
            if isinstance(condition, Expr):
                kept = {other: value for other, value in values.items() if other not in asked or (other in names_of(condition) and visible(other))}
                whole = around or scope(outer or {}, context) if table else scope({**(outer or {}), **kept}, context)
                decided[name] = truth(condition, of_row(whole, table, kept) if table else whole)
        return decided[name]

    def names_of(condition: Expr) -> frozenset[str]:
        """Fields the condition reads; of a table's column also the columns it names through the table."""
        through = {part.column for part in used(condition) if part.name == table}
        return names(condition) | through

    return frozenset(name for name in asked if visible(name))


def depends(rule: Expr, own: str) -> frozenset[str]:
    """Other names a rule reads."""
    return names(rule) - {own, "applicant"}


def simple(condition: Expr, table: str = "") -> tuple[str, tuple[str, ...]] | None:
    """``(field, words)`` when the condition is "this field is one of these words": what a browser may decide by itself, else None.

    Words are as they are sent: ``ya`` and ``tidak`` for a yes/no field. In a column of ``table``, ``table.column`` is the row's own.
    """
    found: tuple[Name, tuple[str, ...]]
    match condition:
        case Compare("=", Name() as of, Value(value)):
            found = of, (_word(value),)
        case In(Name() as of, words):
            found = of, tuple(_word(word) for word in words)
        case Has(Name() as of, str() | int() as word):
            found = of, (_word(word),)
        case Or(parts):
            pairs = [pair for part in parts if (pair := simple(part, table)) is not None]
            alike = len(pairs) == len(parts) and len({pair[0] for pair in pairs}) == 1
            return (pairs[0][0], tuple(word for pair in pairs for word in pair[1])) if alike else None
        case _:
            return None
    name = found[0]
    if name.column and name.name != table:
        return None
    return (name.column or name.name), found[1]


def _word(value: str | int | bool) -> str:
    return ("ya" if value else "tidak") if isinstance(value, bool) else str(value)
