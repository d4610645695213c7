"""Conditions and other expressions as values: built with operators, sent as JSON, never code, never ``eval``.

``field("nilai") > rupiah(200_000_000)``, ``field("jenis").eq("tolak") & ~applicant("kepala_unit").eq(True)``,
``any_(column("ruas", "pengelola").eq("kota"))``. ``==`` stays the equality of two expressions, so that processes can be compared.
Evaluation is in ``engine.evaluate``, the text form of the sources in ``engine.parse``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Scalar = str | int | bool

Comparison = Literal["=", "!=", "<", "<=", ">", ">="]
Operation = Literal["+", "-", "*", "/"]

FUNCTIONS = (
    "count",
    "sum",
    "any",
    "all",
    "days",
    "working_days",
    "today",
    "now",
    "year",
    "min",
    "max",
    "age",
    "empty",
    "start",
    "end",
    "months",
    "month",
    "pick",
    "span",
    "length",
    "at",
    "join",
    "distinct",
    "after",
    "ends_with",
    "digits",
    "leading",
    "starts_with",
    "placed",
)
"""What a ``Function`` may be called. ``today`` and ``now`` take nothing; ``min``, ``max``, ``days``, ``working_days`` take one or two; ``months``, ``after``,
``ends_with``, ``starts_with``, ``leading``, ``span`` and ``at`` two, ``pick`` and ``join`` any; the others one."""


@dataclass(frozen=True, slots=True)
class Expr:
    """Base of every expression."""

    def eq(self, other: Expr | Scalar) -> Expr:
        return Compare("=", self, lift(other))

    def ne(self, other: Expr | Scalar) -> Expr:
        """Empty compares false with everything, so an empty value is not ``ne`` either; negate ``eq`` to let it in."""
        return Compare("!=", self, lift(other))

    def __lt__(self, other: Expr | Scalar) -> Expr:
        return Compare("<", self, lift(other))

    def __le__(self, other: Expr | Scalar) -> Expr:
        return Compare("<=", self, lift(other))

    def __gt__(self, other: Expr | Scalar) -> Expr:
        return Compare(">", self, lift(other))

    def __ge__(self, other: Expr | Scalar) -> Expr:
        return Compare(">=", self, lift(other))

    def one_of(self, *words: Scalar) -> Expr:
        return In(self, tuple(words))

    def has(self, word: Expr | Scalar) -> Expr:
        """A list (multichoice, units, people) holds this word."""
        return Has(self, word)

    def __and__(self, other: Expr) -> Expr:
        return And((*(self.parts if isinstance(self, And) else (self,)), other))

    def __or__(self, other: Expr) -> Expr:
        return Or((*(self.parts if isinstance(self, Or) else (self,)), other))

    def __invert__(self) -> Expr:
        return Not(self)

    def __add__(self, other: Expr | Scalar) -> Expr:
        return Arith("+", self, lift(other))

    def __sub__(self, other: Expr | Scalar) -> Expr:
        return Arith("-", self, lift(other))

    def __mul__(self, other: Expr | Scalar) -> Expr:
        return Arith("*", self, lift(other))

    def __truediv__(self, other: Expr | Scalar) -> Expr:
        return Arith("/", self, lift(other))


@dataclass(frozen=True, slots=True)
class Value(Expr):
    """A literal: text, whole number, yes/no. A decimal is written as text (``"0.5"``); comparison reads numbers out of text."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class Name(Expr):
    """A field, a fact, or ``applicant``; ``column`` is the column of a table, or the attribute of the applicant."""

    name: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Compare(Expr):
    op: Comparison
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class In(Expr):
    value: Expr
    words: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Has(Expr):
    value: Expr
    word: Expr | Scalar


@dataclass(frozen=True, slots=True)
class And(Expr):
    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or(Expr):
    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Not(Expr):
    part: Expr


@dataclass(frozen=True, slots=True)
class Arith(Expr):
    op: Operation
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Function(Expr):
    name: str
    args: tuple[Expr, ...] = ()


def lift(value: Expr | Scalar) -> Expr:
    return value if isinstance(value, Expr) else Value(value)


def field(name: str) -> Name:
    """A form field (inside ``Each``: of the current row, when the row has it)."""
    return Name(name)


def fact(name: str) -> Name:
    """A fact that a step or an act gave."""
    return Name(name)


def column(table: str, name: str) -> Name:
    """A column: of the current row inside ``Each`` over that table, else of every row."""
    return Name(table, name)


def attribute(seat: str, name: str) -> Name:
    """What a field of type ``position`` or ``employee`` points at is like (engine.ranks.ATTRIBUTES). Only in rules of a form, where books are at hand."""
    return Name(seat, name)


NUMBER_OF = "nomor:"
"""Begins the name under which a case knows the number of one of its documents."""


def number_of(document: str) -> Name:
    """The number of a document of this process once it is issued or signed; empty before. Inside ``Each`` that of the row's own one."""
    return Name(NUMBER_OF + document)


TIMES = "kali:"
"""Begins the name under which a case knows how often an outcome was taken."""


def times(step: str, outcome: str) -> Name:
    """How often this outcome was taken at this step, in all rounds and rows, by people or the machine; a return does not take it back."""
    return Name(f"{TIMES}{step}:{outcome}")


def applicant(attribute: str) -> Name:
    """An attribute of who the case is for, as known when the case opened or the applicant was last named."""
    return Name("applicant", attribute)


def rupiah(amount: int) -> Value:
    return Value(amount)


def today() -> Expr:
    return Function("today")


def now() -> Expr:
    """This minute in the city, as ``at`` writes a time: what is said to have happened is not later than it."""
    return Function("now")


def count(of: Expr) -> Expr:
    return Function("count", (of,))


def total(of: Expr) -> Expr:
    """Sum of a column, or of what is worked out row by row: ``total(pick(column(t, "status"), "diteruskan", column(t, "biaya"), 0))``."""
    return Function("sum", (of,))


def any_(test: Expr) -> Expr:
    """Some row of the tables named in ``test`` satisfies it."""
    return Function("any", (test,))


def all_(test: Expr) -> Expr:
    """Every row satisfies it (also when there is none)."""
    return Function("all", (test,))


def days(*of: Expr) -> Expr:
    """Calendar days of a date range, both ends counted; or from the first date to the second."""
    return Function("days", of)


def working_days(*of: Expr) -> Expr:
    """As ``days``, counting office days; only where a calendar is at hand (forms, ``compute``), never in a condition of the flow."""
    return Function("working_days", of)


def year(of: Expr) -> Expr:
    return Function("year", (of,))


def age(of: Expr) -> Expr:
    """Whole years from a date to today."""
    return Function("age", (of,))


def first_day(of: Expr) -> Expr:
    """First day of a date range; of a date, the date."""
    return Function("start", (of,))


def last_day(of: Expr) -> Expr:
    """Last day of a date range; of a date, the date."""
    return Function("end", (of,))


def month(of: Expr) -> Expr:
    """The month of a date as a form keeps it: ``2027-02``."""
    return Function("month", (of,))


def months(of: Expr, number: Expr | Scalar) -> Expr:
    """The same day that many months later, or the last day of that month where it has no such day (PP 11/2017 counts leave in months)."""
    return Function("months", (of, lift(number)))


def after(of: Expr, number: Expr | Scalar) -> Expr:
    """The date so many calendar days later, earlier when the number is below nought."""
    return Function("after", (of, lift(number)))


def ends_with(of: Expr, ending: Expr | Scalar) -> Expr:
    """Whether a text ends so, whatever its capitals: the domain of an address."""
    return Function("ends_with", (of, lift(ending)))


def starts_with(of: Expr, beginning: Expr | Scalar) -> Expr:
    """Whether a text begins so, whatever its capitals: the group of an account code (``5.2.`` is capital expenditure)."""
    return Function("starts_with", (of, lift(beginning)))


def span(first: Expr, last: Expr) -> Expr:
    """A date range out of two dates; empty when one is, or when they are the wrong way round."""
    return Function("span", (first, last))


def at(day: Expr, clock: Expr | Scalar) -> Expr:
    """A time of that day in the city, ``2026-12-01T08:00``; empty where either is: when a room is taken."""
    return Function("at", (day, lift(clock)))


def length(of: Expr) -> Expr:
    """Letters of a text, blanks at its ends left out."""
    return Function("length", (of,))


def digits(of: Expr) -> Expr:
    """How many digits a text has: a number written with its points has more letters than digits."""
    return Function("digits", (of,))


def leading(of: Expr, number: Expr | Scalar) -> Expr:
    """The first so many letters of a text, blanks at its ends left out: the place a tax object's number begins with; empty where the text is."""
    return Function("leading", (of, lift(number)))


def placed(of: Expr) -> Expr:
    """How many photographs of a field that keeps their evidence say where and when they were taken."""
    return Function("placed", (of,))


def pick(of: Expr, *cases: Expr | Scalar) -> Expr:
    """``pick(x, "a", 1, "b", 2, 0)``: 1 when x is a, 2 when b, else 0; without a last single value, else empty."""
    return Function("pick", (of, *map(lift, cases)))


def joined(*of: Expr | Scalar) -> Expr:
    """Texts one after the other, ``joined(field("unit"), ":", column("barang", "kode"))``: the key of an account; empty where one of them is."""
    return Function("join", tuple(map(lift, of)))


def distinct(of: Expr) -> Expr:
    """How many different values a column holds, the empty ones left out, capitals and outer blanks as nothing: equal to ``count`` where none comes twice."""
    return Function("distinct", (of,))


def smallest(*of: Expr) -> Expr:
    return Function("min", of)


def largest(*of: Expr) -> Expr:
    return Function("max", of)


def empty(of: Expr) -> Expr:
    return Function("empty", (of,))


def children(expr: Expr) -> tuple[Expr, ...]:
    match expr:
        case And(parts) | Or(parts):
            return parts
        case Compare(_, left, right) | Arith(_, left, right):
            return (left, right)
        case Not(part):
            return (part,)
        case Has(value, Expr() as word):
            return (value, word)
        case In(value, _) | Has(value, _):
            return (value,)
        case Function(_, args):
            return args
        case _:
            return ()


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression and everything inside it, outermost first."""
    yield expr
    for inner in children(expr):
        yield from walk(inner)


def used(expr: Expr) -> tuple[Name, ...]:
    """The names in it, in order of first use, each once."""
    return tuple(dict.fromkeys(part for part in walk(expr) if isinstance(part, Name)))


def names(expr: Expr) -> frozenset[str]:
    """Fields and facts the expression reads, without columns; ``applicant`` where it reads an attribute of the applicant."""
    return frozenset(name.name for name in used(expr))
