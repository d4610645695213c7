"""Tables too long for the page of their form: kept beside the draft, shown there as a summary, and read anew before they are sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk import draft_tables, drafts
from db.desk.draft_tables import Kept, Row
from engine.errors import DraftStale
from engine.events import Json
from engine.fields import Field
from forms import numbers, tables
from forms.known import Sheet
from forms.messages import Message
from forms.reading import element, parse
from forms.showing import Labels, rupiah, show
from web.acting import Asked
from web.books import context_for
from web.context import Context
from web.language import _, ngettext
from web.policy import Viewer

LONG = 50
"""Rows that a page still shows as controls, or whole in a summary."""
NAME = "_lembar"
"""Control of a form: ``table:sha`` of each long table that its page told of. Only what was told of is sent."""
FIRST = 5
SUMMED = frozenset({"integer", "decimal", "rupiah"})
Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Summary:
    """A long table as the page of its form tells of it."""

    total: int
    faulty: int
    sums: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    first: tuple[tuple[str, ...], ...]
    sha: str


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read in a table: values, messages by element, and sums of its number columns."""

    values: Sequence[dict[str, Json]]
    faults: Mapping[str, Message]
    totals: Mapping[str, str]


def split(fields: Sequence[Field], answers: Answers) -> tuple[dict[str, list[str]], dict[str, list[Row]]]:
    """The answers without the tables of more than ``LONG`` rows, and those."""
    others, long = {name: list(texts) for name, texts in answers.items()}, {}
    for table in fields:
        if table.type == "table" and sum(name.endswith("._id") and name.startswith(f"{table.name}.") for name in others) > LONG:
            rest, listed = tables.apart(table.name, others)
            if len(listed) > LONG:
                others, long[table.name] = rest, listed
    return others, long


async def read(context: Context, one: Asked, viewer: Viewer, answers: Answers, listed: Mapping[str, Sequence[Row]]) -> dict[str, Readings]:
    """Every table read with the rest of its form."""
    sheets = {name: Sheet(rows) for name, rows in listed.items()}
    async with context.pages.connect() as connection:
        known = await context_for(
            connection, one.fields, answers, viewer, context.clock(), one.case.form, context.city.zone, one.state.applicant, sheets=sheets
        )
    parsed = parse(one.fields, {name: texts for name, texts in answers.items() if name.partition(".")[0] in _asked(one)}, known)
    found = {}
    for table in one.fields:
        if table.name in listed:
            values = parsed.values.get(table.name) or []
            faults = {at: message for at, message in parsed.errors.items() if at.partition("-")[0] == table.name and isinstance(message, Message)}
            found[table.name] = Readings(values, faults, sums(table, values))
    return found


def _asked(one: Asked) -> frozenset[str]:
    return frozenset(asked.name for asked in one.fields if asked.computed is None)


def sums(table: Field, values: Sequence[Mapping[str, Json]]) -> dict[str, str]:
    """Number column → its sum as decimal text."""
    summed = [column.name for column in table.columns if column.type in SUMMED]
    return {name: numbers.plain(sum((Decimal(str(row[name])) for row in values if row.get(name) is not None), Decimal())) for name in summed}


def said_sums(table: Field, totals: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """(label, sum as people read it)."""
    return tuple(
        (column.label, rupiah(totals[column.name]) if column.type == "rupiah" else numbers.grouped(totals[column.name]))
        for column in table.columns
        if column.name in totals
    )


async def store(connection: AsyncConnection, draft_id: str, listed: Mapping[str, Sequence[Row]], readings: Mapping[str, Readings]) -> None:
    """Beside the draft, in the transaction that saves it."""
    for name, rows in listed.items():
        one = readings[name]
        await draft_tables.keep(connection, draft_id, name, rows, one.values, one.faults, one.totals)


async def begin(context: Context, one: Asked, viewer: Viewer, answers: Answers) -> drafts.Draft:
    """The open draft of the task, else a new one with these answers; its long tables apart."""
    rest, long = split(one.fields, answers)
    readings = await read(context, one, viewer, rest, long) if long else {}
    async with context.desk.begin() as connection:
        draft = await drafts.start(connection, viewer.person.id, f"tugas:{one.task.id}", rest, context.clock())
        if draft.version == 1:
            await store(connection, draft.id, long, readings)
        return draft


async def of_draft(context: Context, draft: drafts.Draft | None) -> dict[str, Kept]:
    """What the page of a form needs of its long tables."""
    if draft is None:
        return {}
    async with context.desk.connect() as connection:
        return await draft_tables.of_draft(connection, draft.id, values=True)


def as_sheets(kept: Mapping[str, Kept]) -> dict[str, Sheet]:
    """As read when they were saved: to show, never to send."""
    return {name: Sheet((), (one.values, one.faults)) for name, one in kept.items()}


async def shown_ones(context: Context, one: Asked, viewer: Viewer, told: Mapping[str, str]) -> dict[str, Sheet]:
    """The tables that the posted page told of, to be read anew. Refuses with DraftStale rows that changed since it was drawn."""
    if not told:
        return {}
    async with context.desk.connect() as connection:
        kept = await draft_tables.of_open(connection, viewer.person.id, f"tugas:{one.task.id}")
    names = {asked.name: asked.label for asked in one.fields}
    for name, sha in told.items():
        if name in names and (name not in kept or kept[name].sha != sha):
            raise DraftStale(
                _("Baris %(tabel)s berubah di jendela lain sejak halaman ini dibuka. Periksa isiannya sekali lagi, lalu kirim.")
                % {"tabel": names[name]}
            )
    return {name: Sheet(kept[name].rows) for name in told if name in kept}


def told(texts: Sequence[str]) -> dict[str, str]:
    """``table:sha`` of the hidden controls; what is not of that shape is passed over."""
    pairs = (text.partition(":") for text in texts)
    return {name: sha for name, _colon, sha in pairs if name and len(sha) == 64}


def summary(table: Field, kept: Kept, labels: Labels | None = None) -> Summary:
    lines = tuple(tuple(show(column, row.get(column.name), labels) for column in table.columns) for row in kept.values[:FIRST])
    return Summary(kept.total, len(kept.faults), said_sums(table, kept.totals), tuple(column.label for column in table.columns), lines, kept.sha)


def gathered(fields: Sequence[Field], errors: Mapping[str, str], long: Mapping[str, object]) -> dict[str, str]:
    """The faults as one page can tell them: those of a long table as one, which leads to its own page."""
    found: dict[str, str] = {}
    counted = {table.name: 0 for table in fields if table.name in long}
    for at, message in errors.items():
        name = at.partition("-")[0]
        if name in counted and at != element(name):
            counted[name] += 1
        else:
            found[at] = message
    for table in fields:
        if counted.get(table.name):
            many = ngettext(
                "%(num)d bagian %(tabel)s perlu diperbaiki. Buka tabelnya.",
                "%(num)d bagian %(tabel)s perlu diperbaiki. Buka tabelnya.",
                counted[table.name],
            )
            found.setdefault(element(table.name), many % {"num": counted[table.name], "tabel": table.label})
    return found
