"""What an expression is worth. Empty equals nothing: it compares false with everything, ``not`` turns that round, its count is 0.

A table column outside its ``Each``, and a fact that rows gave when asked from outside, is worth *many*: a comparison holds when some
one of them satisfies it. ``any``/``all`` bind one row at a time.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Protocol
from zoneinfo import ZoneInfo

from engine.events import Json
from engine.expr import And, Arith, Compare, Expr, Function, Has, In, Name, Not, Or, Value, used


class Many(list[Json]):
    """Values of several rows."""


class Counting(Protocol):
    """What ``working_days`` needs of a calendar (engine.calendar.Calendar is one)."""

    def between(self, first: date, last: date) -> int:
        """Office days from the first to the last, both counted."""
        ...


@dataclass(slots=True)
class Scope:
    """Where names get their values. ``facts`` collects every value that was read, for the record."""

    values: Mapping[str, Json]
    """Fields and facts; a table is a list of rows (dicts)."""
    today: str = ""
    """ISO date in the city's zone."""
    row: dict[str, Json] = field(default_factory=dict)
    """Table → the current row."""
    calendar: Counting | None = None
    facts: dict[str, Json] = field(default_factory=dict)
    now: str = field(default="", kw_only=True)
    """The minute in the city's zone, ``2026-12-01T08:00``."""

    def get(self, name: str) -> Json:
        return self.values.get(name)

    def read(self, name: Name) -> Json:
        """The value of a name, noted among the facts used."""
        value = self.look(name)
        self.facts[f"{name.name}.{name.column}" if name.column else name.name] = list(value) if isinstance(value, Many) else value
        return value

    def look(self, name: Name) -> Json:
        if not name.column:
            return self.row[name.name] if name.name in self.row else self.get(name.name)
        if name.name in self.row:
            return part(self.row[name.name], name.column)
        whole = self.get(name.name)
        return Many(part(row, name.column) for row in whole) if isinstance(whole, list) else part(whole, name.column)

    def rows(self, name: str) -> list[Json]:
        whole = self.get(name)
        return whole if isinstance(whole, list) else []

    def bind(self, name: str, row: Json) -> Scope:
        return Scope(self.values, self.today, {**self.row, name: row}, self.calendar, self.facts, now=self.now)


def part(row: Json, column: str) -> Json:
    return row.get(column) if isinstance(row, dict) else None


def is_empty(value: Json) -> bool:
    return value is None or value in ("", [], {})


def number(value: Json) -> Decimal | None:
    """A number out of an int or a text such as ``"12.5"``; None when it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, str):
        try:
            found = Decimal(value)
        except InvalidOperation:
            return None
        return found if found.is_finite() else None
    return None


def day(value: Json) -> date | None:
    """A date out of an ISO date or instant; None when it is none."""
    if isinstance(value, str) and len(value) >= 10 and value[4:5] == "-":
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return None
    return None


def ends(value: Json) -> tuple[date, date] | None:
    """Both ends of a date range (``{"from": …, "to": …}``), or of a single date."""
    if isinstance(value, dict):
        first, last = day(value.get("from")), day(value.get("to"))
        return (first, last) if first and last else None
    one = day(value)
    return (one, one) if one else None


def evaluate(expr: Expr, scope: Scope) -> Json:
    """The value; a test gives True or False. TypeError for an expression of no known kind."""
    match expr:
        case Value(value):
            return value
        case Name():
            return scope.read(expr)
        case Compare(op, left, right):
            return compare(op, evaluate(left, scope), evaluate(right, scope))
        case In(inner, words):
            value = evaluate(inner, scope)
            return any(same(one, word) for one in _each(value) for word in words)
        case Has(inner, word):
            held, wanted = evaluate(inner, scope), evaluate(word, scope) if isinstance(word, Expr) else word
            return any(same(one, wanted) for many in _each(held) for one in (many if isinstance(many, list) else [many]))
        case And(parts):
            # Every part is read, so the record shows all the values the condition stands on.
            return all([truth(p, scope) for p in parts])  # noqa: C419 - see above
        case Or(parts):
            return any([truth(p, scope) for p in parts])  # noqa: C419 - same
        case Not(inner):
            return not truth(inner, scope)
        case Arith(op, left, right):
            return arithmetic(op, evaluate(left, scope), evaluate(right, scope))
        case Function(name, args):
            return _function(name, args, scope)
    raise TypeError(f"no value for {type(expr).__name__}")


def truth(expr: Expr, scope: Scope) -> bool:
    """Whether the test holds; a bare yes/no field holds when it is yes."""
    return evaluate(expr, scope) is True


def _each(value: Json) -> list[Json]:
    return list(value) if isinstance(value, Many) else [value]


def same(left: Json, right: Json) -> bool:
    if is_empty(left) or is_empty(right):
        return False
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if type(left) is type(right):
        return bool(left == right)
    one, other = number(left), number(right)
    return one is not None and one == other


def compare(op: str, left: Json, right: Json) -> bool:
    """False when a side is empty, whatever the operator; with many values, true when some pair satisfies it."""
    return any(_pair(op, a, b) for a in _each(left) for b in _each(right))


def _pair(op: str, left: Json, right: Json) -> bool:
    if is_empty(left) or is_empty(right):
        return False
    if op == "=":
        return same(left, right)
    if op == "!=":
        return not same(left, right)
    a: Decimal | str | None = number(left)
    b: Decimal | str | None = number(right)
    if a is None or b is None:
        if not (isinstance(left, str) and isinstance(right, str)):
            return False
        # ISO dates, times and months order as text.
        a, b = left, right
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op]  # type: ignore[operator]


def arithmetic(op: str, left: Json, right: Json) -> Json:
    """Numbers; a date plus or minus days is a date; a date minus a date is days. None when a side is empty or does not fit."""
    first, second = day(left), day(right)
    a, b = number(left), number(right)
    if first and second and op == "-":
        return (first - second).days
    if first and b is not None and op in "+-" and b == int(b):
        return (first + timedelta(days=int(b) if op == "+" else -int(b))).isoformat()
    if a is None or b is None or (op == "/" and b == 0):
        return None
    return plain({"+": a + b, "-": a - b, "*": a * b}[op] if op != "/" else a / b)


def plain(value: Decimal) -> int | str:
    """A whole number as int, else as text: the trail holds no floats."""
    return int(value) if value == value.to_integral_value() else format(value.normalize(), "f")


def _function(name: str, args: tuple[Expr, ...], scope: Scope) -> Json:
    if name in ("today", "now"):
        return scope.today if name == "today" else scope.now
    if name in ("any", "all"):
        return _rows(name, args[0], scope)
    if name == "count" and isinstance(args[0], (Compare, In, Has, And, Or, Not)):
        return sum(1 for bound in _bindings(args[0], scope) if truth(args[0], bound))
    if name == "sum" and isinstance(args[0], (Arith, Function)):
        return plain(sum((number(evaluate(args[0], one)) or Decimal(0) for one in _bindings(args[0], scope)), Decimal(0)))
    values = [evaluate(a, scope) for a in args]
    if name == "empty":
        return all(is_empty(v) for v in _each(values[0]))
    if name == "count":
        return _count(values[0])
    if name == "placed":
        return sum(1 for file in (values[0] if isinstance(values[0], list) else [values[0]]) if isinstance(file, dict) and file.get("place"))
    if name == "sum":
        return plain(sum((number(v) or Decimal(0) for v in (values[0] if isinstance(values[0], list) else [values[0]])), Decimal(0)))
    if name in ("days", "working_days"):
        return _days(name, values, scope)
    if name in ("min", "max"):
        return _extreme(name, values)
    if name in ("start", "end", "months"):
        return _calendar_day(name, values)
    if name == "pick":
        return _picked(values)
    if name == "span":
        return _span(day(values[0]), day(values[1]))
    if name == "at":
        return _at(day(values[0]), values[1])
    if name == "after":
        when, later = day(values[0]), number(values[1])
        return (when + timedelta(days=int(later))).isoformat() if when and later is not None else None
    if name == "ends_with":
        return not is_empty(values[0]) and str(values[0]).strip().casefold().endswith(str(values[1]).casefold())
    if name == "starts_with":
        return not is_empty(values[0]) and str(values[0]).strip().casefold().startswith(str(values[1]).casefold())
    if name == "join":
        return None if any(is_empty(v) for v in values) else "".join(str(v) for v in values)
    if name == "distinct":
        listed = values[0] if isinstance(values[0], list) else [values[0]]
        return len({str(v).strip().casefold() for v in listed if not is_empty(v)})
    if name in ("length", "digits", "leading"):
        return _letters(name, values[0].strip() if isinstance(values[0], str) else "", values[1:])
    if name in ("year", "month", "age"):
        return _of_day(name, day(values[0]), scope)
    raise TypeError(f"no function {name}")


def _of_day(name: str, when: date | None, scope: Scope) -> Json:
    if name == "age":
        return _age(when, day(scope.today))
    if when is None:
        return None
    return when.year if name == "year" else f"{when:%Y-%m}"


def _letters(name: str, text: str, more: list[Json]) -> Json:
    if name == "leading":
        wanted = number(more[0])
        return text[: int(wanted)] or None if wanted is not None else None
    return len(text) if name == "length" else sum(letter.isdecimal() for letter in text)


def _count(value: Json) -> int:
    if isinstance(value, list):
        return sum(1 for v in value if not is_empty(v))
    return 0 if is_empty(value) else 1


def _bindings(test: Expr, scope: Scope) -> list[Scope]:
    """One scope per row of the tables the test names (those not already bound); the test's own scope when there is none."""
    tables = list(dict.fromkeys(n.name for n in used(test) if n.column and n.name != "applicant" and n.name not in scope.row))
    bound = [scope]
    for table in tables:
        for name in used(test):
            if name.name == table:
                scope.read(name)
        bound = [one.bind(table, row) for one in bound for row in scope.rows(table)]
    # Facts were read whole above; what single rows read must not overwrite that.
    return [replace(one, facts={}) if tables else one for one in bound]


def _rows(name: str, test: Expr, scope: Scope) -> bool:
    results = [truth(test, bound) for bound in _bindings(test, scope)]
    return any(results) if name == "any" else all(results)


def _days(name: str, values: list[Json], scope: Scope) -> int | None:
    if len(values) == 2:
        first, last = day(values[0]), day(values[1])
        if not first or not last:
            return None
        if name == "days":
            return (last - first).days
    else:
        both = ends(values[0])
        if both is None:
            return None
        first, last = both
        if name == "days":
            return (last - first).days + 1
    if scope.calendar is None:
        raise ValueError("working_days needs a calendar; let an act give it as a fact")
    return scope.calendar.between(first, last)


def _calendar_day(name: str, values: list[Json]) -> str | None:
    both = ends(values[0])
    if both is None:
        return None
    if name != "months":
        return both[name == "end"].isoformat()
    number_ = number(values[1])
    return None if number_ is None else later(both[0], int(number_)).isoformat()


def later(when: date, months: int) -> date:
    """The same day ``months`` later, the month's last day where there is no such day: 31 January + 1 is 28 or 29 February."""
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    return date(year, month + 1, min(when.day, monthrange(year, month + 1)[1]))


def _span(first: date | None, last: date | None) -> dict[str, Json] | None:
    return {"from": first.isoformat(), "to": last.isoformat()} if first and last and first <= last else None


def _at(when: date | None, clock: Json) -> str | None:
    return f"{when.isoformat()}T{clock}" if when and isinstance(clock, str) and clock else None


def _picked(values: list[Json]) -> Json:
    subject, *cases = values
    for case, value in zip(cases[::2], cases[1::2], strict=False):
        if same(subject, case):
            return value
    return cases[-1] if len(cases) % 2 else None


def _extreme(name: str, values: list[Json]) -> Json:
    flat = [v for value in values for v in (value if isinstance(value, list) else [value]) if not is_empty(v)]
    if not flat:
        return None
    numbers = [number(v) for v in flat]
    pick = min if name == "min" else max
    if all(n is not None for n in numbers):
        return plain(pick(n for n in numbers if n is not None))
    return pick(str(v) for v in flat)


def _age(born: date | None, now: date | None) -> int | None:
    if not born or not now:
        return None
    return now.year - born.year - ((now.month, now.day) < (born.month, born.day))


def local_minute(now: datetime, zone: str) -> str:
    """The minute of an instant in a zone, as ``at`` writes one."""
    return now.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def local_date(now: datetime, zone: str) -> str:
    """ISO date of an instant in the city's zone."""
    return now.astimezone(ZoneInfo(zone)).date().isoformat()
