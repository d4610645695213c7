"""Which identities a case holds, for the one page that shows them whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.events import Json
from engine.fields import IDENTITY, Field
from engine.process import Fact, Process
from forms.showing import whole, word


def held(process: Process, form: Mapping[str, Json]) -> list[tuple[str, str]]:
    """(label, number) in the order of the declarations; of a table each row by its own name or its place. What rows gave (``@row``) is looked through too."""
    found: list[tuple[str, str]] = []
    parts = [form, *(part for name, part in form.items() if name.startswith("@") and isinstance(part, dict))]
    for declared in process.declarations:
        for inside in parts:
            found += _of(declared, inside.get(declared.name))
    return found


def _of(declared: Field | Fact, value: Json) -> list[tuple[str, str]]:
    label = declared.label if isinstance(declared, Field) else declared.meaning or word(declared.name)
    if declared.type in IDENTITY:
        return [(label, whole(declared.type, value))] if value else []
    columns = [column for column in declared.columns if column.type in IDENTITY]
    rows = value if isinstance(value, list) else []
    return [
        (f"{_name(declared.columns, row) or f'{label} {number}'}: {column.label}", whole(column.type, row[column.name]))
        for number, row in enumerate(rows, 1) for column in columns if isinstance(row, dict) and row.get(column.name)
    ]  # fmt: skip


def _name(columns: Sequence[Field], row: Mapping[str, Json]) -> str:
    return next((str(row[one.name]) for one in columns if one.type == "text" and row.get(one.name)), "")
