"""``look_up`` with ``what: daftar`` and ``baris``: the people of an agency of whom the registry says something, and the lines themselves, a row each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from activities.verbs.asked import Asked
from db.read import parties
from db.read.books import registry
from db.read.books.registry import Line
from db.read.parties import Known
from engine.evaluate import is_empty
from engine.events import Json
from engine.ranks import ATTRIBUTES
from workflows.contracts import ActResult

COLUMN = "row_"
"""Begins the argument that says out of what a column of the table is filled."""
WORDS = ("nama", *ATTRIBUTES["employee"])
_STAFF = text("""
    SELECT DISTINCT o.nip FROM incumbency i JOIN position p ON p.code = i.position JOIN unit u ON u.code = p.unit JOIN person o ON o.id = i.person
    WHERE u.organisation = :unit AND o.active AND o.nip <> '' AND i.starts <= :now AND (i.ends IS NULL OR i.ends > :now) ORDER BY o.nip
""")
Lines = dict[str, dict[str, Line]]
"""Kind of registry → NIP → the newest line valid on the day."""


async def listed(connection: AsyncConnection, asked: Asked) -> ActResult:
    """Arguments: ``unit`` (the agency whose people are meant, by the first post each holds); ``kind`` of registry, its lines keyed by NIP and valid on
    ``day`` (today); ``attribute`` and ``month``: only those whose line has there a date in that month (``2027-03``). A column ``x`` of the table is
    ``row_x``: a word of ``WORDS``; ``kind:attribute``, of a line of that or any other registry; ``kind?``, whether the registry has such a line.
    ``mark``: a yes/no column that says which rows lack something.

    Facts: the rows in the order of the NIP, which is the ``_id`` of each; an agency without any gives an empty list. One statement for the people
    and one for each registry, however many they are. A kind the city has not declared is doubt."""
    sources = {name.removeprefix(COLUMN): str(value) for name, value in asked.args.items() if name.startswith(COLUMN)}
    people = await _staff(connection, asked)
    kinds = dict.fromkeys([asked.word("kind"), *(kind for source in sources.values() if (kind := _kind(source)))])
    lines: Lines = {kind: await _newest(connection, kind, [one.nip for one in people], asked.day("day") or asked.today) for kind in kinds}
    due = [one for one in people if _due(asked, lines[asked.word("kind")].get(one.nip))]
    rows = [_row(asked, sources, one, lines) for one in due]
    return asked.give([rows], {"dibaca": {"registri": list(kinds), "pegawai": len(people), "baris": len(rows)}})


async def lines(connection: AsyncConnection, asked: Asked) -> ActResult:
    """``what: baris``. Arguments: ``kind`` of registry and the ``key`` its lines stand under, valid on ``day`` (today); a column ``x`` of the table is
    ``row_x``: an attribute; ``id``: the attribute that is the ``_id`` of a row, by which they are ordered.

    Facts: the rows; none where nothing stands under the key. A kind the city has not declared is doubt."""
    sources = {name.removeprefix(COLUMN): str(value) for name, value in asked.args.items() if name.startswith(COLUMN)}
    found = await registry.lines(connection, asked.word("kind"), asked.words("key") or [""], asked.day("day") or asked.today)
    newest = {str(line.attributes.get(asked.word("id")) or line.id): line for line in reversed(found)}
    rows = [
        {"_id": key, **{column: value for column, name in sources.items() if not is_empty(value := line.attributes.get(name))}}
        for key, line in sorted(newest.items())
    ]
    return asked.give([rows], {"dibaca": {"registri": asked.word("kind"), "baris": len(rows)}})


async def _staff(connection: AsyncConnection, asked: Asked) -> list[Known]:
    now, unit = asked.now.astimezone(asked.zone), asked.word("unit")
    found = [row.nip for row in await connection.execute(_STAFF, {"unit": unit, "now": now})]
    return sorted((one for one in await parties.people(connection, found, now) if one.attributes.get("unit") == unit), key=lambda one: one.nip)


async def _newest(connection: AsyncConnection, kind: str, keys: Sequence[str], day: date) -> dict[str, Line]:
    # Read even without a key: a kind that is not declared is doubt, whoever works there.
    found = await registry.lines(connection, kind, keys or [""], day, limit=max(1, 4 * len(keys)))
    return {line.key: line for line in reversed(found)}


def _due(asked: Asked, line: Line | None) -> bool:
    return line is not None and str(line.attributes.get(asked.word("attribute"), "")).startswith(f"{asked.word('month')}-")


def _kind(source: str) -> str:
    """The registry a source names; "" for a word of the person."""
    return source.removesuffix("?").partition(":")[0] if source.endswith("?") or ":" in source else ""


def _row(asked: Asked, sources: dict[str, str], who: Known, lines: Lines) -> dict[str, Json]:
    found = {column: _cell(asked, f"{COLUMN}{column}", source, who, lines) for column, source in sources.items()}
    known = {column: value for column, value in found.items() if not is_empty(value)}
    mark = asked.word("mark", "")
    return {"_id": who.nip, **known, **({mark: _lacking(found.values())} if mark else {})}


def _lacking(values: Iterable[Json]) -> bool:
    return any(is_empty(value) for value in values)


def _cell(asked: Asked, argument: str, source: str, who: Known, lines: Lines) -> Json:
    kind = _kind(source)
    if not kind:
        if source not in WORDS:
            raise asked.wrong(argument, f"{source} tidak dikenal; pilih dari {', '.join(WORDS)}, registri:atribut, atau registri?")
        return who.label if source == "nama" else who.attributes.get(source)
    line = lines[kind].get(who.nip)
    if source.endswith("?"):
        return line is not None
    return line.attributes.get(source.partition(":")[2]) if line is not None else None
