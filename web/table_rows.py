"""The rows of one table of a draft: found for whoever may fill it in, and saved with it; short ones among its answers, long ones apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from db.desk import draft_tables, drafts
from db.desk.draft_tables import Row
from db.read import parties
from engine.errors import NotFound, TooLarge
from engine.fields import Field
from forms import identity, sheets, tables
from forms.known import typed
from web import long_tables
from web.acting import Asked, asked, ready
from web.context import Context
from web.language import _
from web.long_tables import LONG, Readings
from web.policy import Viewer

MOST_BYTES = 8_000_000
"""Of all rows of a table as typed: they are read and judged together."""
Said = Callable[[Field, Sequence[str]], str]
HEAVY = "Isi tabel %(tabel)s terlalu besar. Pindahkan teks panjang ke lampiran, atau bagi menjadi beberapa berkas perkara."


@dataclass(slots=True)
class Opened:
    """``rows``: as typed, with the elements' faults beside them (``readings``). ``others``: the answers without this table."""

    one: Asked
    draft: drafts.Draft
    table: Field
    rows: list[Row]
    others: dict[str, list[str]]
    faults: Mapping[str, str]

    @property
    def address(self) -> str:
        return f"/isian/{self.draft.id}/tabel/{self.table.name}"

    @property
    def most(self) -> int:
        return tables.most(self.table)


async def opened(context: Context, viewer: Viewer, draft_id: str, name: str) -> Opened:
    """Refuses: NotFound (a draft that is not the viewer's, was sent or is of no task; no such table), TaskClosed, WrongCapacity, MandateEnded."""
    async with context.desk.connect() as connection:
        draft = await drafts.find(connection, viewer.person.id, draft_id)
        number = draft.subject.removeprefix("tugas:") if draft else ""
        if draft is None or draft.sent_at is not None or not number.isdecimal():
            raise NotFound(_("Draf ini tidak ditemukan atau sudah dikirim."))
        kept = (await draft_tables.of_draft(connection, draft_id, rows=True)).get(name)
    async with context.pages.connect() as connection:
        one = await asked(connection, int(number), viewer, context.clock())
    ready(one)
    table = next((each for each in one.fields if each.name == name and each.type == "table"), None)
    if table is None:
        raise NotFound
    others, inline = tables.apart(name, draft.answers)
    if kept is not None:
        return Opened(one, draft, table, kept.rows, others, kept.faults)
    faults = (await long_tables.read(context, one, viewer, others, {name: inline}))[name].faults if inline else {}
    return Opened(one, draft, table, inline, others, faults)


def weight(rows: Sequence[Row]) -> int:
    """Letters of all cells."""
    return sum(len(text) for row in rows for texts in row.values() for text in texts)


async def judged(context: Context, viewer: Viewer, found: Opened, rows: Sequence[Row]) -> Readings:
    """What these rows would be, read with the rest of the form."""
    return (await long_tables.read(context, found.one, viewer, found.others, {found.table.name: rows}))[found.table.name]


async def saved(context: Context, viewer: Viewer, found: Opened, rows: Sequence[Row], version: int) -> bool:
    """Puts the rows in place of those there were. False, writing nothing, when the draft was saved elsewhere since ``version``. Refuses with TooLarge
    rows that hold too much."""
    name = found.table.name
    if weight(rows) > MOST_BYTES:
        raise TooLarge(HEAVY % {"tabel": found.table.label})
    if version != found.draft.version:
        return False
    long = len(rows) > LONG
    readings = await judged(context, viewer, found, rows) if long else None
    answers = found.others if long else {**found.others, **tables.together(name, rows)}
    async with context.desk.begin() as connection:
        kept = await drafts.save(connection, viewer.person.id, found.draft.id, version, "", answers, context.clock())
        if not isinstance(kept, drafts.Draft):
            return False
        if readings is not None:
            await long_tables.store(connection, found.draft.id, {name: rows}, {name: readings})
        else:
            await draft_tables.drop(connection, found.draft.id, name)
    return True


async def naming(context: Context, table: Field, rows: Sequence[Mapping[str, Sequence[str]]]) -> Said:
    """How a cell of these rows reads: people as suggestions name them (``198… — Nama``), which is read back as the same person;
    a NIK that the case knows is masked as everywhere."""
    people = [column.name for column in table.columns if column.type in ("employee", "employees")]
    codes = {typed(text) for row in rows for name in people for text in row.get(name, ()) if text.strip()}
    names: dict[str, str] = {}
    if codes:
        async with context.pages.connect() as connection:
            for who in await parties.people(connection, sorted(codes), context.clock().astimezone(context.city.zone)):
                named = f"{who.nip} — {who.label}" if who.nip else who.code
                names |= {who.code: named, who.nip or who.code: named}

    def said(column: Field, texts: Sequence[str]) -> str:
        if column.type == "nik" and column.computed is not None:  # known from the case, not typed here
            return " ".join(identity.masked(text) for text in texts)
        return sheets.said(column, [names.get(typed(text), text) for text in texts] if column.name in people else texts)

    return said


def edited(found: Opened, texts: Mapping[str, Sequence[str]]) -> list[Row]:
    """The rows after what a page of them sent: one text a cell, as a spreadsheet has it. A row or column that is not there is passed over."""
    columns = {column.name: column for column in sheets.asked(found.table)}
    by_id = {row[sheets.ID][0]: {name: list(cell) for name, cell in row.items()} for row in found.rows}
    _others, sent = tables.apart(found.table.name, texts)
    for row in sent:
        known = by_id.get(row[sheets.ID][0])
        for name, cell in row.items() if known is not None else ():
            if known is None or name not in columns:
                continue
            column = columns[name]
            known[name] = [one for one in cell if one.strip()] if column.type in sheets.FILES else sheets.typed(column, ("", (cell or [""])[0]))
    return list(by_id.values())


def filled(found: Opened, rows: Sequence[Row]) -> list[Row]:
    """Without rows in which nothing is typed; those of a fixed table stand."""
    return [row for row in rows if found.table.fixed or not tables.blank(row)]
