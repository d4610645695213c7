"""What changed between two fillings of one form, field by field, rows matched by their id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.events import Json
from engine.fields import Field
from forms.showing import Labels, show


@dataclass(frozen=True, slots=True)
class Difference:
    """One changed place. ``row`` is the row's id in a table, empty elsewhere."""

    field: str
    label: str
    kind: Literal["diisi", "diubah", "dihapus"]
    old: str
    new: str
    row: str = ""


def diff(fields: Sequence[Field], old: Mapping[str, Json], new: Mapping[str, Json], labels: Labels | None = None) -> tuple[Difference, ...]:
    """Differences in the order of the form; equal values give none. A moved row is no difference."""
    found: list[Difference] = []
    for asked in fields:
        before, after = old.get(asked.name), new.get(asked.name)
        if asked.type == "table":
            found.extend(_rows(asked, before or [], after or [], labels))
        elif (one := _one(asked, before, after, labels)) is not None:
            found.append(one)
    return tuple(found)


def _one(asked: Field, before: Json, after: Json, labels: Labels | None, prefix: str = "", row: str = "") -> Difference | None:
    if before == after and type(before) is type(after):
        return None
    kind: Literal["diisi", "diubah", "dihapus"] = "diisi" if before is None else "dihapus" if after is None else "diubah"
    return Difference(asked.name, prefix + asked.label, kind, show(asked, before, labels), show(asked, after, labels), row)


def _rows(table: Field, before: Sequence[Mapping[str, Json]], after: Sequence[Mapping[str, Json]], labels: Labels | None) -> list[Difference]:
    old = {str(row.get("_id")): row for row in before}
    new = {str(row.get("_id")): row for row in after}
    found = []
    for row_id in dict.fromkeys([*new, *old]):
        numbered = (list(new) if row_id in new else list(old)).index(row_id) + 1
        for column in table.columns:
            one = _one(
                column, old.get(row_id, {}).get(column.name), new.get(row_id, {}).get(column.name), labels, f"{table.label} {numbered}: ", row_id
            )
            if one is not None:
                found.append(one)
    return found
