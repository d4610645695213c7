"""Tables of a form: names ``table.0.column``, a stable ``_id`` per row, rows added and removed without JavaScript."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.expr import Name, names
from engine.fields import Field
from engine.row_form import of_rows
from forms.conditions import OF_ROW

Raw = Mapping[str, Sequence[str]]
MOST_ROWS = 5_000
MOST_WALKED = 500
"""Of a table that an ``Each`` walks: every row is then tasks and machine acts of its own."""
ADD, REMOVE = "_tambah", "_hapus"
"""Names of the two buttons; their value is ``table`` and ``table.3`` (or ``people.0`` for a list field)."""
LISTS = frozenset({"employees", "positions", "units"})
ROW = re.compile(r"(?P<table>[a-z][a-z0-9_]*)\.(?P<row>\d{1,4})\.(?P<column>_id|[a-z][a-z0-9_]*)")
ROW_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


def narrowed(table: Field, picked: Sequence[str], facts: Sequence[Field], *, adding: bool) -> Field:
    """The table as a step asks it that fills only some of its columns. ``adding``: the step makes the rows, the other columns are not there yet, but for
    those to which the case or the row around gives an ``initial`` value: that stands in each new row, unasked. Else the rows stand, and what else is known of each (its other columns, the ``facts`` an ``Each`` gave for it) is shown beside what is asked. A fact called like
    a column is that column's value: a number the machine gives each row."""
    asked = tuple(column for column in table.columns if column.name in picked)
    if adding:
        known = {table.name, *(column.name for column in table.columns)}
        given = (column for column in table.columns if column.name not in picked and column.initial is not None and not names(column.initial) & known)
        return replace(table, columns=(*asked, *(replace(_recorded(column, table.name), computed=column.initial) for column in given)))
    shown = [_recorded(column, table.name) for column in table.columns if column.name not in picked]
    beside = (fact for fact in facts if all(fact.name != column.name for column in table.columns))
    return replace(table, fixed=True, columns=(*shown, *(_recorded(fact, OF_ROW) for fact in beside), *asked))


def _recorded(column: Field, of: str) -> Field:
    return replace(column, computed=Name(of, column.name), required=False, rules=(), hint="", initial=None)


def of_fact(column: Field) -> bool:
    """Shown beside a row, but no column of it."""
    return isinstance(column.computed, Name) and column.computed.name == OF_ROW


def recorded_rows(table: Field, values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What is known of each row, by its id: its columns, and the facts an ``Each`` gave for it."""
    listed = [row for row in values.get(table.name) or [] if isinstance(row, dict)]
    given = of_rows(values)
    return {str(row.get("_id", "")): {**given.get(str(row.get("_id", "")), {}), **row} for row in listed}


def most(table: Field) -> int:
    """How many rows the table may have."""
    return table.most_rows or MOST_ROWS


def new_id() -> str:
    """A row id never used before: a removed row's id must not come back for another row, facts of the case hang on it."""
    return f"r{secrets.token_hex(4)}"


def rows(table: Field, raw: Raw) -> list[dict[str, list[str]]]:
    """The rows sent for ``table`` in order of their numbers, gaps closed, wholly empty rows left out. ``_id`` is filled in."""
    found: dict[int, dict[str, list[str]]] = {}
    for name, texts in raw.items():
        part = ROW.fullmatch(name)
        if part and part["table"] == table.name:
            found.setdefault(int(part["row"]), {})[part["column"]] = list(texts)
    kept = []
    for number in sorted(found):
        row = found[number]
        if not blank(row):
            row_id = (row.get("_id") or [""])[0]
            row["_id"] = [row_id if ROW_ID.fullmatch(row_id) else new_id()]
            kept.append(row)
    return kept


def blank(row: Mapping[str, Sequence[str]]) -> bool:
    """Nothing is typed in it."""
    return not any(text.strip() for column, texts in row.items() if column != "_id" for text in texts)


def apart(table: str, answers: Raw) -> tuple[dict[str, list[str]], list[dict[str, list[str]]]]:
    """The answers without those of the table, and its rows as typed in order of their numbers, empty ones too."""
    others: dict[str, list[str]] = {}
    found: dict[int, dict[str, list[str]]] = {}
    for name, texts in answers.items():
        part = ROW.fullmatch(name)
        if part and part["table"] == table:
            found.setdefault(int(part["row"]), {})[part["column"]] = list(texts)
        else:
            others[name] = list(texts)
    rows_ = [found[number] for number in sorted(found)]
    for row in rows_:
        row["_id"] = [next(iter(row.get("_id", ())), "") or new_id()]
    return others, rows_


def together(table: str, listed: Sequence[Mapping[str, Sequence[str]]]) -> dict[str, list[str]]:
    """Rows as answers of the form: the way back of :func:`apart`."""
    return {f"{table}.{number}.{column}": list(texts) for number, row in enumerate(listed) for column, texts in row.items()}


def edited(fields: Sequence[Field], raw: Raw) -> dict[str, list[str]] | None:
    """The answers after "Tambah" or "Hapus" was pressed, ``None`` when neither was. A number that does not exist changes nothing."""
    adding, removing = (raw.get(ADD) or [""])[0], (raw.get(REMOVE) or [""])[0]
    if not adding and not removing:
        return None
    answers = {name: list(texts) for name, texts in raw.items() if name not in (ADD, REMOVE)}
    by_name = {asked.name: asked for asked in fields}
    name, _, number = removing.partition(".")
    asked = by_name.get(adding or name)
    if asked is None or asked.fixed:
        return answers
    if asked.type == "table":
        _edit_table(asked, answers, bool(adding), int(number) if number.isdecimal() else -1)
    elif asked.type in LISTS or asked.type == "files":
        texts = answers.setdefault(asked.name, [])
        if adding:
            texts.append("")
        elif number.isdecimal() and int(number) < len(texts):
            del texts[int(number)]
    elif asked.type == "file" and removing:
        answers.pop(asked.name, None)
    return answers


def _edit_table(table: Field, answers: dict[str, list[str]], adding: bool, removing: int) -> None:
    numbered: dict[int, dict[str, list[str]]] = {}
    for name in [name for name in answers if (part := ROW.fullmatch(name)) and part["table"] == table.name]:
        part = ROW.fullmatch(name)
        assert part is not None
        numbered.setdefault(int(part["row"]), {})[part["column"]] = answers.pop(name)
    numbered.pop(removing, None)
    listed = [numbered[number] for number in sorted(numbered)]
    if adding and len(listed) < most(table):
        listed.append({"_id": [new_id()]})
    for number, row in enumerate(listed):
        row.setdefault("_id", [new_id()])
        for column, texts in row.items():
            answers[f"{table.name}.{number}.{column}"] = texts
