"""The one validation: raw answers in, values and messages out. Page and API both pass here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.errors import FieldsInvalid
from engine.evaluate import is_empty, truth
from engine.events import Json
from engine.expr import Expr
from engine.fields import Field
from engine.rows import ids as row_ids
from forms import conditions, scalars, tables
from forms.known import Context
from forms.messages import BadValue, Message, say
from forms.numbers import grouped

Raw = Mapping[str, Sequence[str]]
LISTED = frozenset({"choice", "multichoice", "boolean", "employee", "position", "unit", "employees", "positions", "units"})


@dataclass(slots=True)
class Parsed:
    """``values``: canonical JSON of what is asked and filled. ``errors``: element id → Indonesian message. ``shown``: fields asked."""

    values: dict[str, Json] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()

    def accepted(self) -> dict[str, Json]:
        """The values; refuses with :class:`engine.errors.FieldsInvalid` while an error stands."""
        if self.errors:
            raise FieldsInvalid(dict(self.errors))
        return self.values


def element(name: str) -> str:
    """Element id of a field name: ``barang.0.harga`` → ``barang-0-harga``."""
    return name.replace(".", "-")


def parse(fields: Sequence[Field], raw: Raw, context: Context) -> Parsed:
    """Read, hide, require and check, all messages at once.

    Hidden fields are dropped here whatever the browser sent. Refuses names the form does not have with ``FieldsInvalid``
    (they mean an old page or a forged request; nothing of it is taken).
    """
    refuse_unknown(fields, raw, context)
    values: dict[str, Json] = {}
    errors: dict[str, str] = {}
    for asked in fields:
        if asked.computed is not None:
            continue
        is_table = asked.type == "table"
        found = _table(asked, raw, context, errors) if is_table else _single(asked, asked.name, raw.get(asked.name, ()), context, errors)
        if found is not None:
            values[asked.name] = found
    _compute(fields, values, context)
    shown = conditions.shown(fields, values, context)
    hidden = {asked.name for asked in fields} - shown
    values = {name: value for name, value in values.items() if name not in hidden}
    errors = {at: message for at, message in errors.items() if at.split("-")[0] not in hidden}
    asked_now = [asked for asked in fields if asked.name in shown]
    _compute(asked_now, values, context)
    for asked in asked_now:
        if asked.computed is not None:
            continue  # what it is made of says what is missing
        _require(asked, asked.name, values.get(asked.name), errors)
    checks = _Checks(values, context, errors, conditions.scope(values, context))
    for asked in asked_now:
        if asked.type == "table" and not _read_before(asked, context):
            checks.rows(asked)
        checks.rules(asked, asked.name, values)
    _leave_out(asked_now, values)
    place = _Places(fields)
    ordered = {at: errors[at] for at in sorted(errors, key=place.of)}
    return Parsed(values, ordered, frozenset(shown))


def _leave_out(fields: Sequence[Field], values: Mapping[str, Json]) -> None:
    """Facts shown beside a row were there for its rules; they stay where they are kept."""
    for asked in fields:
        for column in asked.columns:
            if tables.of_fact(column):
                for row in values.get(asked.name) or []:
                    row.pop(column.name, None)


def _compute(fields: Sequence[Field], values: dict[str, Json], context: Context) -> None:
    """Works out the computed fields in the order of the form; one whose parts are missing stays empty."""
    for asked in fields:
        if asked.computed is not None:
            values.pop(asked.name, None)
            found = conditions.worth(asked.computed, values, context)
            if not is_empty(found):
                values[asked.name] = found


def judged(fields: Sequence[Field], raw: Raw, context: Context) -> Parsed:
    """What has been typed so far, half a form included: names the form does not have are passed over, nothing is refused."""
    known = {asked.name for asked in fields if asked.computed is None}
    return parse(fields, {name: texts for name, texts in raw.items() if name.partition(".")[0] in known}, context)


def refuse_unknown(fields: Sequence[Field], raw: Raw, context: Context) -> None:
    """Refuses with ``FieldsInvalid`` every name that is neither a field, a column, one of the two buttons nor passed over by the page."""
    plain = {asked.name for asked in fields if asked.type != "table" and asked.computed is None}
    columns = {(table.name, column.name) for table in fields for column in table.columns}
    unknown: dict[str, str] = {}
    for name in raw:
        if name in plain or name in context.passed_over or name in (tables.ADD, tables.REMOVE):
            continue
        part = tables.ROW.fullmatch(name)
        if part is not None and part["table"] in context.sheets:
            continue
        if part is None or not ((part["table"], part["column"]) in columns or (part["column"] == "_id" and _is_table(fields, part["table"]))):
            unknown[element(name[:60])] = say("tak-dikenal", typed=name[:60])
    if unknown:
        raise FieldsInvalid(unknown)


def _is_table(fields: Sequence[Field], name: str) -> bool:
    return any(asked.name == name and asked.type == "table" for asked in fields)


def _single(asked: Field, name: str, texts: Sequence[str], context: Context, errors: dict[str, str]) -> Json:
    try:
        return scalars.read(asked, texts, context)
    except BadValue as bad:
        errors[element(name)] = said(asked, bad)
        return None


def said(asked: Field, bad: BadValue) -> Message:
    """The message of ``bad`` with the field's label in it."""
    return say(bad.code, **{"label": asked.label, **bad.parts})


def _table(table: Field, raw: Raw, context: Context, errors: dict[str, str]) -> Json:
    kept = context.sheets.get(table.name)
    if kept is not None and kept.read is not None:
        errors.update(kept.read[1])
        return list(kept.read[0]) or None
    sent = tables.rows(table, raw) if kept is None else [row for row in kept.rows if table.fixed or not tables.blank(row)]
    if len(sent) > tables.most(table):
        errors[element(table.name)] = say("baris-banyak", label=table.label, limit=grouped(tables.most(table)), length=grouped(len(sent)))
        return None
    ids = [row["_id"][0] for row in sent]
    if len(set(ids)) != len(ids):
        errors[element(table.name)] = say("baris-ganda", label=table.label)
        return None
    if table.fixed and set(ids) != set(row_ids(context.values.get(table.name))):
        errors[element(table.name)] = say("baris-tetap", label=table.label)
        return None
    return _rows(table, sent, context, errors) or None


def _read_before(table: Field, context: Context) -> bool:
    kept = context.sheets.get(table.name)
    return kept is not None and kept.read is not None


def _rows(table: Field, sent: Sequence[Mapping[str, Sequence[str]]], context: Context, errors: dict[str, str]) -> list[dict[str, Json]]:
    found: list[dict[str, Json]] = []
    known = tables.recorded_rows(table, context.values)
    for number, row in enumerate(sent):
        values: dict[str, Json] = {"_id": row["_id"][0]}
        for column in table.columns:
            if column.computed is not None:  # shown as recorded, whatever a browser sends
                value = known.get(row["_id"][0], {}).get(column.name)
                value = conditions.stands(column.computed, table, context) if value is None else value
                values |= {column.name: value} if value is not None else {}
                continue
            value = _single(column, f"{table.name}.{number}.{column.name}", row.get(column.name, ()), context, errors)
            if value is not None:
                values[column.name] = value
        found.append(values)
    return found


def _require(asked: Field, name: str, value: Json, errors: dict[str, str]) -> None:
    """A shown field must be filled unless it is plainly optional: a condition shows *and* requires."""
    at = element(name)
    if asked.required is False or value is not None or any(key == at or key.startswith(at + "-") for key in errors):
        return
    errors[at] = missing(asked)


def missing(asked: Field) -> Message:
    """What is said of a field that must be filled and is not."""
    if asked.type == "table":
        return say("tabel-kosong", label=asked.label)
    if asked.type in ("file", "files"):
        return say("berkas", label=asked.label)
    return say("pilih" if asked.type in LISTED else "kosong", label=asked.label)


@dataclass(slots=True)
class _Checks:
    """The second pass: conditions of columns and the rules of the process, beside the errors of the first pass."""

    values: dict[str, Json]
    context: Context
    errors: dict[str, str]
    around: conditions.FormScope

    def rows(self, table: Field) -> None:
        """Of each row which columns are asked, which are missing, and their rules. In a table of thousands every look beyond the row counts."""
        always = frozenset(column.name for column in table.columns)
        conditional = any(isinstance(column.required, Expr) for column in table.columns)
        ruled = [column for column in table.columns if column.rules]
        for number, row in enumerate(self.values.get(table.name) or []):
            prefix = f"{table.name}-{number}-"
            shown = conditions.shown(table.columns, row, self.context, self.values, table.name, self.around) if conditional else always
            for column in table.columns:
                if column.name not in shown:
                    row.pop(column.name, None)
                    self.errors.pop(prefix + column.name, None)
                elif column.required is not False and column.name not in row and prefix + column.name not in self.errors:
                    self.errors[prefix + column.name] = missing(column)
            for column in ruled:
                self.rules(column, f"{table.name}.{number}.{column.name}", row, table.name)

    def rules(self, asked: Field, name: str, holder: Mapping[str, Any], table: str = "") -> None:
        """The first rule that fails speaks. One that reads a field which is itself wrong waits for that to be mended."""
        at = element(name)
        if asked.name not in holder or at in self.errors:
            return
        prefix = at.removesuffix(asked.name)
        for rule in asked.rules:
            others = conditions.depends(rule.test, asked.name)
            if any(other in self.errors or (table and prefix + other in self.errors) for other in others):
                continue
            if not truth(rule.test, conditions.of_row(self.around, table, holder) if table else self.around):
                self.errors[at] = say("syarat", text=rule.message)
                return


class _Places:
    """Where an element stands in the order of the form."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self.fields = {asked.name: number for number, asked in enumerate(fields)}
        self.columns = {table.name: {column.name: number for number, column in enumerate(table.columns)} for table in fields}

    def of(self, at: str) -> tuple[int, list[tuple[int, str]]]:
        head, *rest = at.split("-")
        columns = self.columns.get(head, {})
        deeper = [(int(part), "") if part.isdecimal() else (columns.get(part, 0), part) for part in rest]
        return (self.fields.get(head, len(self.fields)), deeper)
