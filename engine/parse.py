"""The conditions of the sources as text → expressions: ``nilai > 200000000 and jenis in ('a', 'b')``. A small descent, no ``eval``."""

from __future__ import annotations

import re

from engine.expr import FUNCTIONS, And, Arith, Compare, Comparison, Expr, Function, Has, In, Name, Not, Operation, Or, Scalar, Value

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|'([^']*)'|\"([^\"]*)\"|([A-Za-z_][A-Za-z0-9_.]*)|(!=|<=|>=|[=<>()+\-*/,]))")
_COMPARISONS: dict[str, Comparison] = {"=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_OPERATIONS: dict[str, Operation] = {"+": "+", "-": "-", "*": "*", "/": "/"}
_LITERALS = {"true": True, "false": False}


def condition(text: str) -> Expr:
    """The expression of a condition; a leading ``when`` is read over. ValueError with the text and the place it could not read."""
    reader = _Reader(re.sub(r"^\s*when\s+", "", text))
    found = reader.either()
    if reader.kind:
        raise reader.fault("something is left over")
    return found


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text.rstrip()):
            match = _TOKEN.match(text, at)
            if match is None:
                raise ValueError(f"cannot read {text!r} at {text[at:]!r}")
            digits, single, double, word, mark = match.groups()
            quoted = single if single is not None else double
            self.tokens.append(
                ("number", digits) if digits else ("text", quoted) if quoted is not None else ("word", word) if word else ("mark", mark)
            )
            at = match.end()
        self.at = 0

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    @property
    def value(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def fault(self, why: str) -> ValueError:
        return ValueError(f"{why} at {self.value!r} in {self.text!r}")

    def take(self, *values: str, kind: str = "") -> str:
        if not self.kind or (values and self.value not in values) or (kind and self.kind != kind):
            raise self.fault(f"expected {' or '.join(values) or kind}")
        self.at += 1
        return self.tokens[self.at - 1][1]

    def sees(self, *values: str) -> bool:
        return self.kind in ("word", "mark") and self.value in values

    def either(self) -> Expr:
        parts = [self.both()]
        while self.sees("or"):
            self.take("or")
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def both(self) -> Expr:
        parts = [self.negated()]
        while self.sees("and"):
            self.take("and")
            parts.append(self.negated())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def negated(self) -> Expr:
        if self.sees("not"):
            self.take("not")
            return Not(self.negated())
        return self.comparison()

    def comparison(self) -> Expr:
        left = self.sum()
        if self.sees(*_COMPARISONS):
            return Compare(_COMPARISONS[self.take()], left, self.sum())
        if self.sees("not"):
            self.take("not")
            return Not(self.member(left))
        if self.sees("in"):
            return self.member(left)
        if self.sees("is"):
            self.take("is")
            turned = self.sees("not")
            if turned:
                self.take("not")
            self.take("empty", "none")
            found = Function("empty", (left,))
            return Not(found) if turned else found
        if self.sees("between"):
            self.take("between")
            low = self.sum()
            self.take("and")
            return And((Compare(">=", left, low), Compare("<=", left, self.sum())))
        return left

    def member(self, left: Expr) -> Expr:
        self.take("in")
        if not self.sees("("):
            if not isinstance(left, Value):
                raise self.fault("expected a list in brackets")
            return Has(self.sum(), left.value)
        self.take("(")
        words: list[Scalar] = [self.scalar()]
        while self.sees(","):
            self.take(",")
            words.append(self.scalar())
        self.take(")")
        return In(left, tuple(words))

    def scalar(self) -> Scalar:
        found = self.atom()
        if not isinstance(found, Value):
            raise self.fault("expected a word or a number")
        return found.value

    def sum(self) -> Expr:
        found = self.product()
        while self.sees("+", "-"):
            found = Arith(_OPERATIONS[self.take()], found, self.product())
        return found

    def product(self) -> Expr:
        found = self.atom()
        while self.sees("*", "/"):
            found = Arith(_OPERATIONS[self.take()], found, self.atom())
        return found

    def atom(self) -> Expr:
        kind, value = self.kind, self.value
        if kind == "number":
            self.at += 1
            return Value(value if "." in value else int(value))
        if kind == "text":
            self.at += 1
            return Value(value)
        if self.sees("("):
            self.take("(")
            found = self.either()
            self.take(")")
            return found
        if kind != "word":
            raise self.fault("expected a name or a value")
        self.at += 1
        if value in _LITERALS:
            return Value(_LITERALS[value])
        if value == "today":
            return Function("today")
        if self.sees("("):
            return self.call(value)
        name, _, column = value.partition(".")
        return Name(name, column)

    def call(self, name: str) -> Expr:
        if name not in FUNCTIONS:
            raise self.fault(f"unknown function {name}")
        self.take("(")
        args = [self.either()]
        while self.sees(","):
            self.take(",")
            args.append(self.either())
        self.take(")")
        return Function(name, tuple(args))
