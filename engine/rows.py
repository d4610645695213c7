"""Rows of an ``Each`` and of a table: stable ids, never positions in the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.events import Json
from engine.fields import Field

NAMING = frozenset({"text", "employee", "nip", "unit", "position", "choice"})
"""Types of a column by which people tell rows apart."""
_MARKS = str.maketrans({"@": "%40", "#": "%23", "!": "%21", "%": "%25"})


def row_id(row: Json) -> str:
    """``_id`` of a table row; the value itself for a list of words, people or units (marks of an instance are escaped)."""
    if isinstance(row, dict):
        return str(row.get("_id", ""))
    return str(row).translate(_MARKS)


def with_ids(rows: Json) -> Json:
    """Table rows with an ``_id`` each: kept where present and unique, else ``r1``, ``r2`` … by position. Other values as they are."""
    if not isinstance(rows, list) or not any(isinstance(row, dict) for row in rows):
        return rows
    kept = [row.get("_id") for row in rows if isinstance(row, dict)]
    taken = {one for one in kept if one}
    out: list[Json] = []
    seen: set[Any] = set()
    for n, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            continue
        own = row.get("_id")
        if not own or own in seen:
            own = _free(n, taken | seen)
        seen.add(own)
        out.append({"_id": own, **{k: v for k, v in row.items() if k != "_id"}})
    return out


def inside(value: Json, rows: Sequence[str]) -> Json:
    """A table given in a row of an ``Each``: ids that no other row gives, ``r2-t1`` for what row ``r2`` calls ``t1``. Other values as they are."""
    head = own("-".join(rows))
    if not rows or not isinstance(value, list) or not any(isinstance(row, dict) for row in value):
        return value
    return [row if row_id(row).startswith(head) else {**row, "_id": f"{head}{row_id(row)}"} for row in value if isinstance(row, dict)]


def own(row: str) -> str:
    """How the ids of what a row gave begin."""
    return f"{row}-"


def laid(whole: Json, value: Json, rows: Sequence[str]) -> Json:
    """The table of all rows after one of them gave its part anew: what it gave before makes place for it."""
    head = own("-".join(rows))
    kept = [row for row in whole if not row_id(row).startswith(head)] if isinstance(whole, list) else []
    return [*kept, *value]


def _free(n: int, taken: set[Any]) -> str:
    while f"r{n}" in taken:
        n += 1
    return f"r{n}"


def ids(rows: Json) -> tuple[str, ...]:
    """Row ids in order, each once; () for what is no list. A single word counts as a list of one."""
    if rows is None or rows == "":
        return ()
    listed = rows if isinstance(rows, list) else [rows]
    return tuple(dict.fromkeys(found for row in with_ids(listed) if (found := row_id(row))))


def find(rows: Json, wanted: str) -> Json:
    """The row with that id; None when it is gone."""
    listed = rows if isinstance(rows, list) else [rows]
    return next((row for row in listed if row_id(row) == wanted), None)


def caption(columns: Sequence[Field], row: Json) -> str:
    """What people call a row: the first of its columns that holds words, a person, a unit or a post (the code then); the word itself of a list of words."""
    if not isinstance(row, dict):
        return "" if row is None else str(row)
    called = (str(row[one.name]) for one in columns if one.type in NAMING and row.get(one.name))
    return next(called, "")


def merge(rows: Json, given: Json, wanted: str) -> Json:
    """The table with the columns of one row changed by what an ``Each`` step over it gave for that row."""
    if not isinstance(rows, list):
        return rows
    change = find(given, wanted) if isinstance(given, list) else given
    if not isinstance(change, dict):
        return rows
    return [{**row, **change, "_id": wanted} if isinstance(row, dict) and row_id(row) == wanted else row for row in rows]
