"""What a form needs to know of the city: codes that were typed looked up in one go, and lists to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk import uploads
from db.read import calendar, cases, organisation
from engine.events import Actor, Json
from engine.fields import Field
from forms.known import Book, Context, Found, Upload, wanted
from web.policy import Viewer

Options = dict[str, list[tuple[str, str]]]
PASSED_OVER = frozenset({
    "request_id", "version", "outcome", "reason", "shown", "aksi", "frasa", "setuju", "jabatan_dipakai", "_versi", "_jendela", "_tambah", "_hapus", "kembali", "putaran",
})  # fmt: skip

_POSITIONS = text("SELECT code, title FROM position WHERE active AND (code = ANY(:codes) OR lower(title) = ANY(:words))")
_UNITS = text("SELECT code, name FROM unit WHERE active AND (code = ANY(:codes) OR lower(name) = ANY(:words))")
_PEOPLE = text("SELECT id, nip, name FROM person WHERE active AND (id = ANY(:codes) OR nip = ANY(:codes))")
_CLASSES = text("SELECT code, name FROM classification WHERE code = ANY(:codes)")
_ALL_CLASSES = text("SELECT code, name FROM classification ORDER BY code")
_AGENCIES = text("SELECT code, name FROM unit WHERE active AND code = organisation AND kind NOT IN ('kelurahan') ORDER BY name")
_SIGNERS = text("""
    SELECT DISTINCT p.code, p.title, p.echelon FROM position p JOIN unit u ON u.code = p.unit
    WHERE p.active AND ((p.is_head AND u.code = :organisation) OR p.code IN ('sekda', 'wali-kota', 'wakil-wali-kota') OR p.code LIKE 'asisten-%')
    ORDER BY p.echelon DESC, p.title
""")


async def context_for(
    connection: AsyncConnection, fields: Sequence[Field], raw: Mapping[str, Sequence[str]], viewer: Viewer, now: datetime, values: Mapping[str, Json],
    zone: ZoneInfo,
) -> Context:  # fmt: skip
    """Everything forms.parse may know. ``values``: the case's form, for conditions over earlier answers; ``zone``: the city's."""
    asked = wanted(fields, raw)
    books: dict[Book, dict[str, Found]] = {}
    for book, codes in asked.items():
        books[book] = await _book(connection, book, sorted(codes), viewer, now)
    ids = asked.get("upload", frozenset())
    found = await uploads.find(connection, viewer.person.id, sorted(ids))
    found |= _already(fields, values, ids - set(found))
    return Context(
        now, zone, books=books, uploads=found, values=values, calendar=await calendar.calendar(connection, zone.key), passed_over=PASSED_OVER
    )


def _already(fields: Sequence[Field], values: Mapping[str, Json], ids: frozenset[str] | set[str]) -> dict[str, Upload]:
    """Files the case holds already, whoever uploaded them: a returned form keeps its attachments."""
    kept: dict[str, Upload] = {}
    for one in fields:
        for file in values.get(one.name) or [] if one.type in ("file", "files") else []:
            if isinstance(file, dict) and file.get("id") in ids:
                kept[file["id"]] = Upload(
                    file["id"], file.get("name", ""), str(file.get("sha256") or file.get("sha") or ""), file.get("kind", "pdf"), file.get("size", 0)
                )
    return kept


async def _book(connection: AsyncConnection, book: Book, codes: list[str], viewer: Viewer, now: datetime) -> dict[str, Found]:
    words = {"codes": codes, "words": [code.lower() for code in codes]}
    found: dict[str, Found] = {}
    if book in ("position", "unit"):
        for row in await connection.execute(_POSITIONS if book == "position" else _UNITS, words):
            label = row[1]
            found[row.code] = Found(row.code, label)
            found |= {code: found[row.code] for code in codes if code.lower() == label.lower()}
    elif book == "employee":
        for row in await connection.execute(_PEOPLE, {"codes": codes}):
            found[row.id] = Found(row.id, row.name)
            if row.nip:
                found[row.nip] = found[row.id]
    elif book == "archive_code":
        found = {row.code: Found(row.code, row.name) for row in await connection.execute(_CLASSES, {"codes": codes})}
    elif book == "letter":
        for code in codes:
            hits = await cases.search(connection, viewer.person.id, now, cases.Query(words=code), limit=20)
            for one in hits:
                if code in (one.id, str(one.no)):
                    found[code] = Found(one.id, one.subject or one.title)
    return found


async def options_for(
    connection: AsyncConnection, fields: Sequence[Field], actor: Actor, organisation_code: str, viewer: Viewer, now: datetime
) -> Options:
    """Field (``table.column``) → choices, for what has a short natural list: own line, agencies, classification, signers, letters."""
    made: Options = {}
    for one in fields:
        for name, asked in [(one.name, one), *((f"{one.name}.{column.name}", column) for column in one.columns)]:
            listed = await _list(connection, asked, bool(one.columns) and asked is not one, actor, organisation_code, viewer, now)
            if listed:
                made[name] = listed
    return made


async def _list(
    connection: AsyncConnection, asked: Field, in_table: bool, actor: Actor, organisation_code: str, viewer: Viewer, now: datetime
) -> list[tuple[str, str]]:
    if asked.type == "position" and in_table:
        return [
            (seat.code, f"{seat.title} – {seat.holder}" if seat.holder else seat.title)
            for seat in await organisation.subordinates(connection, actor.position, now)
        ]
    if asked.type in ("position", "positions"):
        return [(row.code, row.title) for row in await connection.execute(_SIGNERS, {"organisation": organisation_code})]
    if asked.type in ("unit", "units"):
        return [(row.code, row.name) for row in await connection.execute(_AGENCIES) if row.code != organisation_code]
    if asked.type == "archive_code":
        return [(row.code, row.name) for row in await connection.execute(_ALL_CLASSES)]
    if asked.type == "letter_ref":
        hits = await cases.search(connection, viewer.person.id, now, cases.Query(), limit=30)
        return [(str(one.no), one.subject or one.title) for one in hits]
    return []
