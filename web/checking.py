"""Check answers: the rows of a summary list out of fields and stored values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.events import Json
from engine.fields import Field
from forms.on_map import MAPPED
from forms.reading import element
from forms.showing import Labels, show
from web.long_tables import LONG, said_sums
from web.long_tables import sums as table_sums
from web.mapping import pointing


@dataclass(frozen=True, slots=True)
class Checked:
    """One line. ``html`` is rich text (the template cleans it again), ``table`` the rows of a table; else ``text``."""

    id: str
    label: str
    text: str = ""
    html: str = ""
    heads: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = field(default=())
    place: str = ""
    """Address of the map of a place."""
    total: int = 0
    """Of a table: how many rows it has; ``table`` are the first."""
    sums: tuple[tuple[str, str], ...] = ()
    """Of a table that is not shown whole: (column, sum)."""
    every: str = ""
    """Address of the page of all rows, "" where they are all here or there is none."""


def rows(
    fields: Sequence[Field], values: Mapping[str, Json], shown: frozenset[str] | None = None, labels: Labels | None = None, every: str = ""
) -> list[Checked]:
    """One line per asked field, in the order of the form; fields not asked (``shown``) are left out. Of a long table the first rows; ``every``: how the
    address of the page of all of them begins."""
    return [_row(asked, values.get(asked.name), labels, every) for asked in fields if shown is None or asked.name in shown]


def _row(asked: Field, value: Json, labels: Labels | None, every: str) -> Checked:
    at = element(asked.name)
    if asked.type == "table" and value:
        lines = tuple(tuple(show(column, row.get(column.name), labels) for column in asked.columns) for row in value[:LONG])
        heads = tuple(column.label for column in asked.columns)
        if len(value) <= LONG:
            return Checked(at, asked.label, heads=heads, table=lines, total=len(value))
        sums = said_sums(asked, table_sums(asked, value))
        return Checked(at, asked.label, heads=heads, table=lines, total=len(value), sums=sums, every=f"{every}{asked.name}" if every else "")
    if asked.type == "longtext" and asked.rich and value:
        return Checked(at, asked.label, html=str(value))
    place = pointing(value) if asked.type in MAPPED else ""
    return Checked(at, asked.label, text=show(asked, value, labels), place=place)
