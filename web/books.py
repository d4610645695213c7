"""What a form needs to know of the city: codes that were typed looked up in one go, and lists to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk import uploads
from db.read import calendar, cases, organisation, parties
from db.read.books import registry
from engine.events import Actor, Json
from engine.fields import Field
from engine.outsiders import outsiders
from forms.known import Book, Context, Found, Sheet, Upload, wanted
from forms.on_map import NAMES
from web.policy import Viewer
from web.uploads.kinds import named_kind

Options = dict[str, list[tuple[str, str]]]
SIGNER = "jabatan_penandatangan"
"""The field whose position will sign; every other position is one of the agency's own posts."""
PASSED_OVER = frozenset({
    "request_id", "version", "outcome", "reason", "shown", "aksi", "frasa", "setuju", "jabatan_dipakai", "_versi", "_jendela", "_tambah", "_hapus", "kembali", "putaran", "bagian", "_lembar", "_ke_tabel",
    *NAMES,
})  # fmt: skip
UNKEPT = frozenset({"budget_code"})
"""Of these no list is kept: the form checks their shape, a book of the city (ceilings, funds released) whether there is money under them."""

_UNITS = text("SELECT code, name FROM unit WHERE active AND (code = ANY(:codes) OR lower(name) = ANY(:words))")
_CLASSES = text("SELECT code, name FROM classification WHERE code = ANY(:codes)")
_ALL_CLASSES = text("SELECT code, name FROM classification ORDER BY code")
_AGENCIES = text("SELECT code, name FROM unit WHERE active AND code = organisation ORDER BY kind = 'kelurahan', name")
_SIGNERS = text("""
    SELECT DISTINCT p.code, p.title, p.echelon FROM position p JOIN unit u ON u.code = p.unit
    WHERE p.active AND ((p.is_head AND u.code = :organisation) OR p.code IN ('sekda', 'wali-kota', 'wakil-wali-kota') OR p.code LIKE 'asisten-%')
    ORDER BY p.echelon DESC, p.title
""")

_POSTS = text("""
    SELECT p.code, p.title FROM position p JOIN unit u ON u.code = p.unit
    WHERE p.active AND u.organisation = :organisation AND (p.is_head OR p.echelon <> '') ORDER BY p.echelon = '', p.echelon, p.title
""")
_STAFF = text("""
    SELECT o.nip, o.name || ', ' || p.title AS label FROM incumbency i JOIN person o ON o.id = i.person JOIN position p ON p.code = i.position
    JOIN unit u ON u.code = p.unit
    WHERE i.starts <= :now AND (i.ends IS NULL OR i.ends > :now) AND o.active AND o.nip IS NOT NULL AND u.organisation = :organisation
    ORDER BY p.echelon = '', p.echelon, o.name LIMIT 200
""")


async def context_for(
    connection: AsyncConnection, fields: Sequence[Field], raw: Mapping[str, Sequence[str]], viewer: Viewer, now: datetime, values: Mapping[str, Json],
    zone: ZoneInfo, applicant: Mapping[str, Json], sheets: Mapping[str, Sheet] | None = None,
) -> Context:  # fmt: skip
    """Everything forms.parse may know. ``values``: the case's form, for conditions over earlier answers; ``zone``: the city's;
    ``applicant``: his attributes as the case knows them; ``sheets``: tables kept apart from the answers."""
    asked = wanted(fields, raw, sheets)
    books: dict[Book, dict[str, Found]] = {}
    for book, codes in asked.items():
        if book in UNKEPT:
            continue
        books[book] = await _book(connection, book, sorted(codes), viewer, now.astimezone(zone))
    ids = asked.get("upload", frozenset())
    found = await uploads.find(connection, viewer.person.id, sorted(ids))
    found |= _already(fields, values, ids - set(found))
    return Context(
        now, zone, books=books, uploads=found, values=values, applicant=applicant, calendar=await calendar.calendar(connection, zone.key),
        passed_over=PASSED_OVER, sheets=sheets or {},
    )  # fmt: skip


def _already(fields: Sequence[Field], values: Mapping[str, Json], ids: frozenset[str] | set[str]) -> dict[str, Upload]:
    """Files the case holds already, whoever uploaded them: a returned form keeps its attachments."""
    kept: dict[str, Upload] = {}
    for one in fields:
        for row in values.get(one.name) or [] if one.type == "table" else []:
            kept |= _already(one.columns, row, ids) if isinstance(row, dict) else {}
        held = (values.get(one.name) or []) if one.type in ("file", "files") else []
        for file in held if isinstance(held, list) else [held]:
            if isinstance(file, dict) and file.get("id") in ids:
                kept[file["id"]] = Upload(
                    file["id"],
                    file.get("name", ""),
                    str(file.get("sha256") or file.get("sha") or ""),
                    file.get("kind") or named_kind(str(file.get("name", ""))),
                    file.get("size", 0),
                    {name: file[name] for name in ("taken_at", "place", "told_by")} if file.get("place") else None,
                )
    return kept


async def _book(connection: AsyncConnection, book: Book, codes: list[str], viewer: Viewer, now: datetime) -> dict[str, Found]:
    found: dict[str, Found] = {}
    if book == "unit":
        for row in await connection.execute(_UNITS, {"codes": codes, "words": [code.lower() for code in codes]}):
            found |= _named(Found(row.code, row.name), codes)
    elif book == "position":
        for seat in await parties.seats(connection, codes):
            found |= _named(Found(seat.code, seat.label, seat.attributes), codes)
    elif book == "employee":
        for who in await parties.people(connection, codes, now):
            found[who.code] = Found(who.code, who.label, who.attributes)
            if who.nip:
                found[who.nip] = found[who.code]
    elif book == "archive_code":
        found = {row.code: Found(row.code, row.name) for row in await connection.execute(_CLASSES, {"codes": codes})}
    elif book == "letter":
        for code in codes:
            hits = await cases.search(connection, viewer.person.id, now, cases.Query(words=code), limit=20)
            for one in hits:
                if code in (one.id, str(one.no)):
                    found[code] = Found(one.id, one.subject or one.title)
    return found


def as_read(fields: Sequence[Field], raw: Mapping[str, Sequence[str]], known: Context) -> dict[str, Sequence[str]]:
    """The answers with people as the suggestions name them (``198… — Nama``): a draft and a returned form hold their ids."""
    people = {asked.name for asked in fields if asked.type in ("employee", "employees")}
    names = {found.code: f"{nip} — {found.label}" for nip, found in known.books.get("employee", {}).items() if nip != found.code}
    return {name: [names.get(text_, text_) for text_ in texts] if name in people else texts for name, texts in raw.items()}


def _named(found: Found, codes: list[str]) -> dict[str, Found]:
    """By its code, and as it was typed where somebody typed the name."""
    return {found.code: found, **{code: found for code in codes if code.lower() == found.label.lower()}}


async def options_for(
    connection: AsyncConnection, fields: Sequence[Field], actor: Actor, organisation_code: str, viewer: Viewer, now: datetime
) -> Options:
    """Field (``table.column``) → choices, for what has a short natural list: own line, agencies, classification, signers, letters,
    lines of a registry. ``now``: in the city's zone."""
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
    if asked.registry:
        lines = await registry.lines(connection, asked.registry, (), now.date())
        return sorted((line.key, str(line.attributes.get("nama") or line.key)) for line in lines)
    if asked.type in ("position", "positions"):
        listed = _SIGNERS if asked.name == SIGNER else _POSTS
        return [(row.code, row.title) for row in await connection.execute(listed, {"organisation": organisation_code})]
    if asked.type in ("employee", "employees") and not outsiders((actor.position,)):
        return [(row.nip, row.label) for row in await connection.execute(_STAFF, {"organisation": organisation_code, "now": now})]
    if asked.type in ("unit", "units"):
        return [(row.code, row.name) for row in await connection.execute(_AGENCIES) if row.code != organisation_code]
    if asked.type == "archive_code":
        return [(row.code, row.name) for row in await connection.execute(_ALL_CLASSES)]
    if asked.type == "letter_ref":
        hits = await cases.search(connection, viewer.person.id, now, cases.Query(), limit=30)
        return [(str(one.no), one.subject or one.title) for one in hits]
    return []
