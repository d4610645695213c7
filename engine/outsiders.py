"""People without an account or a seat: applicants and other parties of a case, known to it by an id of their own."""

from __future__ import annotations

from collections.abc import Iterable

MARK = "luar:"
"""Begins the id of a party. It stands where a person's id stands (starter, applicant, actor) and, for a task of his, among its positions."""


def party_fact(word: str) -> str:
    """Name of the fact that holds the id of the party a role means by ``outside('word')``, once the act ``introduce`` wrote him down."""
    return f"pihak_{word.replace('-', '_')}"


def is_outsider(person: object) -> bool:
    return isinstance(person, str) and person.startswith(MARK)


def outsiders(positions: Iterable[str]) -> tuple[str, ...]:
    """The parties among the positions of a task; () where only officials hold it."""
    return tuple(one for one in positions if is_outsider(one))
