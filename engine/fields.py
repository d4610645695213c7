"""What a form may ask. A field is data inside the process value; ``forms`` parses and validates it, ``web`` draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from engine.expr import Expr

FieldType = Literal[
    "text", "longtext", "integer", "decimal", "rupiah", "date", "daterange", "datetime", "time", "choice", "multichoice", "boolean",
    "employee", "employees", "position", "positions", "unit", "units", "nip", "nik", "npwp", "phone", "email", "url", "archive_code",
    "budget_code", "file", "files", "table", "location", "area", "percent", "year", "month", "nib", "plate", "letter_ref",
    "kk", "bank_account", "id_number",
]  # fmt: skip
IDENTITY: Final[frozenset[FieldType]] = frozenset({"nik", "kk", "npwp", "bank_account", "id_number"})
"""Numbers that name one person, family, taxpayer or account: masked wherever people read, whole only where somebody asks for them (UU 27/2022).
``id_number`` is one that may be of several kinds (NIP or NIK, NIK or NIM, a tax number of the city)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One validation of a field. ``test`` must hold when the field is filled; else ``message`` (Indonesian) stands beside it."""

    test: Expr
    message: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form, or one column of a table."""

    name: str
    """snake_case, unique in its process (or in its table)."""
    label: str
    """Indonesian, as people read it."""
    type: FieldType
    required: bool | Expr = False
    """True, False, or a condition: asked (and shown) only when it holds."""
    choices: tuple[str, ...] = ()
    columns: tuple[Field, ...] = ()
    """Of a table."""
    rules: tuple[Rule, ...] = ()
    hint: str = ""
    """Shown under the label; the source's rule in prose where it helps a person to fill the field."""
    max_length: int | None = None
    file_types: tuple[str, ...] = ()
    """Accepted kinds for ``file``/``files``: pdf, jpg, png, docx, xlsx."""
    most_megabytes: int | None = None
    """Of ``file``/``files``: the largest one file may be, where that is less than any upload may."""
    evidence: bool = False
    """Of photographs: where and when each was taken is kept with it and shown; else both are taken away."""
    computed: Expr | None = None
    """Worked out from other answers and shown, never typed; what a browser sends under its name is refused."""
    initial: Expr | None = None
    """What stands in the control before anybody has typed: from the applicant's record or an earlier answer."""
    section: str = ""
    """The topic it belongs to; a form with more than one topic is asked a section a page."""
    fixed: bool = False
    """Of a table: its rows stand; people fill them in, and neither add nor take away."""
    most_rows: int | None = None
    """Of a table: where fewer rows fit than into any table (each is work of its own in an ``Each``)."""
    registry: str = ""
    """Of a ``text``: the kind of registry whose lines are offered by key and name; what is typed is looked up by the flow."""
    rich: bool = False
    """Of a ``longtext``: paragraphs, lists, tables, bold and italic are kept (a letter's body); else plain text."""
