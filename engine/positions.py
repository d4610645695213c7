"""Who acts, as an expression over positions, never persons. ``parse("head_of(unit_of(applicant))")`` gives the value."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Position:
    """Base of every position expression."""


@dataclass(frozen=True, slots=True)
class Applicant(Position):
    """Who the case is for."""


@dataclass(frozen=True, slots=True)
class System(Position):
    """The machine."""


@dataclass(frozen=True, slots=True)
class SuperiorOf(Position):
    of: Position


@dataclass(frozen=True, slots=True)
class HeadOf(Position):
    of: Position


@dataclass(frozen=True, slots=True)
class SecretaryOf(Position):
    of: Position


@dataclass(frozen=True, slots=True)
class UnitOf(Position):
    """The organisation of a position; a unit is its own."""

    of: Position


@dataclass(frozen=True, slots=True)
class Unit(Position):
    code: str


@dataclass(frozen=True, slots=True)
class Desk(Position):
    """Whoever holds the function in the unit, else up the tree."""

    function: str
    of: Position


@dataclass(frozen=True, slots=True)
class Post(Position):
    code: str


@dataclass(frozen=True, slots=True)
class Authority(Position):
    """The city's dated table of mandates: who is competent in the matter for x."""

    matter: str
    of: Position


@dataclass(frozen=True, slots=True)
class Committee(Position):
    name: str


@dataclass(frozen=True, slots=True)
class FieldOf(Position):
    """The people, positions or units a field, fact or column names."""

    name: str


@dataclass(frozen=True, slots=True)
class Outside(Position):
    """A party with no position; reached by its contact, the starter if it started the case."""

    party: str


def inner(position: Position) -> Position | None:
    """What the expression is built on, if anything."""
    return position.of if isinstance(position, (SuperiorOf, HeadOf, SecretaryOf, UnitOf, Desk, Authority)) else None


def fields_of(position: Position) -> frozenset[str]:
    """Names of fields and facts the expression reads."""
    if isinstance(position, FieldOf):
        return frozenset({position.name})
    deeper = inner(position)
    return fields_of(deeper) if deeper else frozenset()


def needs_applicant(position: Position) -> bool:
    deeper = inner(position)
    return isinstance(position, Applicant) or (deeper is not None and needs_applicant(deeper))


_TOKEN = re.compile(r"\s*(?:'([^']*)'|([a-z_]+)|([(),]))")
_UNARY = {"superior_of": SuperiorOf, "head_of": HeadOf, "secretary_of": SecretaryOf, "unit_of": UnitOf}
_NAMED = {"post": Post, "committee": Committee, "field": FieldOf, "outside": Outside}
_PAIRED = {"desk": Desk, "authority": Authority}


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.tokens, at = text, [], 0
        while at < len(text.rstrip()):
            match = _TOKEN.match(text, at)
            if match is None:
                raise ValueError(f"cannot read {text!r} at {text[at:]!r}")
            quoted, word, mark = match.groups()
            self.tokens.append(("quoted", quoted) if quoted is not None else ("word", word) if word else ("mark", mark))
            at = match.end()
        self.at = 0

    def take(self, kind: str, value: str = "") -> str:
        if self.at >= len(self.tokens) or self.tokens[self.at][0] != kind or (value and self.tokens[self.at][1] != value):
            raise ValueError(f"expected {value or kind} in {self.text!r}")
        self.at += 1
        return self.tokens[self.at - 1][1]

    def position(self) -> Position:
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "quoted":
            return Unit(self.take("quoted"))
        word = self.take("word")
        if word == "applicant":
            return Applicant()
        if word == "system":
            return System()
        self.take("mark", "(")
        found: Position
        if word in _UNARY:
            found = _UNARY[word](self.position())
        elif word in _NAMED:
            found = _NAMED[word](self.take("quoted"))
        elif word in _PAIRED:
            name = self.take("quoted")
            self.take("mark", ",")
            found = _PAIRED[word](name, self.position())
        else:
            raise ValueError(f"unknown word {word!r} in {self.text!r}")
        self.take("mark", ")")
        return found


def parse(text: str) -> Position:
    """The position expression of a ``resolves`` text. ValueError with the text on anything it cannot read."""
    reader = _Reader(text)
    found = reader.position()
    if reader.at != len(reader.tokens):
        raise ValueError(f"more than one expression in {text!r}")
    return found


def show(position: Position) -> str:
    """The text ``parse`` reads."""
    match position:
        case Unit(code):
            return f"'{code}'"
        case Desk(function, of):
            return f"desk('{function}', {show(of)})"
        case Authority(matter, of):
            return f"authority('{matter}', {show(of)})"
        case Post(name):
            return f"post('{name}')"
        case Committee(name):
            return f"committee('{name}')"
        case FieldOf(name):
            return f"field('{name}')"
        case Outside(name):
            return f"outside('{name}')"
        case Applicant():
            return "applicant"
        case System():
            return "system"
    word = {cls: word for word, cls in _UNARY.items()}[type(position)]
    return f"{word}({show(inner(position))})"  # type: ignore[arg-type]
