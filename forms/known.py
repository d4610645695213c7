"""What a form needs to know of the world: people, positions, units, codes and uploads, looked up by the page in one go and handed in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from engine.evaluate import Counting
from engine.events import Json
from engine.fields import Field, FieldType

Book = Literal["employee", "position", "unit", "upload", "archive_code", "budget_code", "letter"]
BOOKS: dict[FieldType, Book] = {
    "employee": "employee", "employees": "employee", "position": "position", "positions": "position", "unit": "unit", "units": "unit",
    "file": "upload", "files": "upload", "archive_code": "archive_code", "budget_code": "budget_code", "letter_ref": "letter",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of a book."""

    code: str
    """What is stored: a person's, position's or unit's code, a letter's case id."""
    label: str
    """What people read."""
    attributes: Mapping[str, Json] = field(default_factory=dict)
    """Of a position or person (engine.ranks.ATTRIBUTES), for the rules of a form."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One stored upload of the person who fills the form."""

    id: str
    name: str
    sha256: str
    kind: str
    """pdf, jpg, png, docx, xlsx."""
    size: int = 0
    taken: Mapping[str, Json] | None = None
    """Of a photograph taken as evidence: ``taken_at`` (local time, minutes), ``place`` (lat, lon as texts), ``told_by``: ``foto``, or ``gawai`` that sent it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A long table, kept apart from the other answers of its form."""

    rows: Sequence[Mapping[str, Sequence[str]]]
    """As typed, each with its ``_id``."""
    read: tuple[Sequence[dict[str, Json]], Mapping[str, str]] | None = None
    """What :func:`forms.reading.parse` made of them when they were kept, values and messages; None: they are read anew."""


@dataclass(frozen=True, slots=True)
class Context:
    """Everything :func:`forms.reading.parse` may know beside the raw answers."""

    now: datetime
    """Aware; forms have no clock."""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Jakarta"))
    books: Mapping[Book, Mapping[str, Found]] = field(default_factory=dict)
    """Per book: what was typed → what it means. A book that is absent is not checked (codes) or finds nothing (people, positions, units)."""
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    values: Mapping[str, Json] = field(default_factory=dict)
    """Form values of earlier steps and facts: conditions may name them."""
    applicant: Mapping[str, Json] = field(default_factory=dict)
    """Attributes of the applicant for conditions."""
    calendar: Counting | None = None
    """Of the city, for rules that count working days."""
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    """Tables whose rows are not among the raw answers; what the answers hold of such a table is passed over."""
    passed_over: frozenset[str] = frozenset()
    """Names that belong to the page and not to the form (``request_id``, ``version``)."""

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


def typed(text: str) -> str:
    """The code in what a suggestion list fills in: ``198… — Nama`` → ``198…``."""
    return " ".join(re.split(r"\s+[—–]\s+", text, maxsplit=1)[0].split())


def wanted(fields: Sequence[Field], raw: Mapping[str, Sequence[str]], sheets: Mapping[str, Sheet] | None = None) -> dict[Book, frozenset[str]]:
    """Per book every code the answers name, so that the page asks the database once per book. Of sheets those not read yet."""
    asked: dict[Book, set[str]] = {}
    for table in fields:
        kept = (sheets or {}).get(table.name)
        for column in table.columns if kept is not None and kept.read is None else ():
            if kept is not None and (of := BOOKS.get(column.type)):
                asked.setdefault(of, set()).update(typed(text) for row in kept.rows for text in row.get(column.name, ()) if text.strip())
    columns = {f"{table.name}.{column.name}": column for table in fields for column in table.columns}
    plain = {asking.name: asking for asking in fields}
    for name, texts in raw.items():
        asking = plain.get(name) or columns.get(re.sub(r"\.\d+\.", ".", name))
        if asking is not None and (book := BOOKS.get(asking.type)):
            asked.setdefault(book, set()).update(typed(text) for text in texts if text.strip())
    return {book: frozenset(codes) for book, codes in asked.items()}
