"""Look-ups of the organisation: units, positions with their holders, who stands below whom, people by NIP."""

# ruff: noqa: S608
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.holders import PREFIX, printed_name
from engine.errors import NotFound

_SEAT = """
    SELECT p.code, p.unit, u.name AS unit_name, u.organisation, p.title, p.echelon, p.superior, p.is_head, p.is_secretary, h.person, h.capacity,
      o.name, o.front_degrees, o.back_degrees
    FROM position p JOIN unit u ON u.code = p.unit LEFT JOIN held_at(:now) h ON h.seat = p.code LEFT JOIN person o ON o.id = h.person
"""
_BELOW = """
    WITH RECURSIVE below AS (
      SELECT code, 0 AS depth FROM position WHERE code = :top
      UNION SELECT p.code, b.depth + 1 FROM position p JOIN below b ON p.superior = b.code WHERE b.depth < 20
    )
"""
_SUBORDINATES = text(
    f"{_BELOW}{_SEAT} JOIN below b ON b.code = p.code WHERE b.depth > 0 AND p.active ORDER BY b.depth, p.echelon = '', p.echelon, p.code"
)
_PICK = text(f"""{_SEAT} WHERE p.active AND (:unit = '' OR u.organisation = :unit OR p.unit = :unit)
    AND (:words = '' OR p.title ILIKE '%' || :words || '%' OR o.name ILIKE '%' || :words || '%' OR p.code = :words)
    ORDER BY p.echelon = '', p.echelon, p.title, p.code LIMIT :limit""")
_ONE = text(f"{_SEAT} WHERE p.code = ANY(:codes) ORDER BY p.code")
_PHONES = text("SELECT name, phone FROM unit WHERE active AND code = organisation AND phone <> '' AND kind <> 'kelurahan' ORDER BY name")
_UNITS = text("SELECT * FROM unit WHERE active AND (:kind = '' OR kind = :kind) ORDER BY name")
_UNIT = text("SELECT * FROM unit WHERE code = :code")
_PERSON = "SELECT * FROM person WHERE {by} = :value AND active"
_IS_BELOW = text(f"{_BELOW} SELECT EXISTS (SELECT 1 FROM below WHERE code = :code AND depth > 0)")
_CLASSES = text("""
    SELECT code, name FROM classification WHERE :words = '' OR code LIKE :words || '%' OR name ILIKE '%' || :words || '%' ORDER BY code LIMIT :limit
""")
_PARAMETER = text("""
    SELECT value, unit, decree FROM parameter WHERE name = :name AND starts <= :day AND (ends IS NULL OR ends > :day) ORDER BY starts DESC LIMIT 1
""")
_MANDATES = text("""
    SELECT id, form, from_position, to_position, document_kinds, decree FROM mandate
    WHERE to_position = :to AND starts <= :now AND (ends IS NULL OR ends > :now) ORDER BY form, from_position
""")


@dataclass(frozen=True, slots=True)
class Unit:
    code: str
    name: str
    kind: str
    parent: str
    organisation: str
    letter_code: str
    letterhead: str
    address: str
    postcode: str
    phone: str
    email: str
    site: str
    area: str
    is_setda: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A position and who acts for it now; ``person`` and ``holder`` are empty when it is vacant."""

    code: str
    unit: str
    unit_name: str
    organisation: str
    title: str
    echelon: str
    superior: str
    is_head: bool
    is_secretary: bool
    person: str
    holder: str
    capacity: str


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    printed: str
    nip: str
    kind: str
    rank: str
    grade: str
    email: str


@dataclass(frozen=True, slots=True)
class Mandate:
    id: str
    form: str
    from_position: str
    to_position: str
    document_kinds: tuple[str, ...]
    decree: str


@dataclass(frozen=True, slots=True)
class Parameter:
    value: str
    unit: str
    decree: str


async def units(connection: AsyncConnection, kind: str = "") -> list[Unit]:
    """All, by name; with ``parent`` they make the tree."""
    return [_unit(row) for row in await connection.execute(_UNITS, {"kind": kind})]


async def unit(connection: AsyncConnection, code: str) -> Unit:
    """NotFound when there is none."""
    row = (await connection.execute(_UNIT, {"code": code})).one_or_none()
    if row is None:
        raise NotFound(f"Unit {code} tidak ada.")
    return _unit(row)


async def seats(connection: AsyncConnection, codes: list[str], now: datetime) -> list[Seat]:
    return [_seat(row) for row in await connection.execute(_ONE, {"codes": codes, "now": now})]


async def subordinates(connection: AsyncConnection, position: str, now: datetime) -> list[Seat]:
    """Everybody below in the position's own line, nearest first: to whom it may dispose (naskah-dinas.md §6.3)."""
    return [_seat(row) for row in await connection.execute(_SUBORDINATES, {"top": position, "now": now})]


async def is_below(connection: AsyncConnection, position: str, top: str) -> bool:
    return bool((await connection.execute(_IS_BELOW, {"top": top, "code": position})).scalar_one())


async def pick_positions(connection: AsyncConnection, words: str, now: datetime, unit_code: str = "", limit: int = 20) -> list[Seat]:
    """For a picker: by words of the title or the holder's name, high posts first."""
    rows = await connection.execute(_PICK, {"words": words.strip(), "now": now, "unit": unit_code, "limit": limit})
    return [_seat(row) for row in rows]


async def person_by_nip(connection: AsyncConnection, nip: str) -> Person | None:
    row = (await connection.execute(text(_PERSON.format(by="nip")), {"value": nip})).one_or_none()
    return _person(row) if row is not None else None


async def person(connection: AsyncConnection, person_id: str) -> Person | None:
    row = (await connection.execute(text(_PERSON.format(by="id")), {"value": person_id})).one_or_none()
    return _person(row) if row is not None else None


async def pick_classifications(connection: AsyncConnection, words: str, limit: int = 30) -> list[tuple[str, str]]:
    """(code, name) by the beginning of the code or words of the name."""
    rows = await connection.execute(_CLASSES, {"words": words.strip(), "limit": limit})
    return [(row.code, row.name) for row in rows]


async def parameter(connection: AsyncConnection, name: str, at: datetime) -> Parameter | None:
    """The value in force on that day, with the decree it rests on."""
    row = (await connection.execute(_PARAMETER, {"name": name, "day": at.date()})).one_or_none()
    return Parameter(row.value, row.unit, row.decree) if row is not None else None


async def mandates_to(connection: AsyncConnection, position: str, now: datetime) -> list[Mandate]:
    """Mandates (a.n., u.b.) by which this position may sign for another now."""
    rows = await connection.execute(_MANDATES, {"to": position, "now": now})
    return [Mandate(r.id, r.form, r.from_position, r.to_position, tuple(r.document_kinds), r.decree) for r in rows]


def _unit(r: Row[Any]) -> Unit:
    return Unit(
        r.code, r.name, r.kind, r.parent or "", r.organisation, r.letter_code, r.letterhead, r.address, r.postcode, r.phone, r.email, r.site, r.area,
        r.is_setda,
    )  # fmt: skip


def _seat(r: Row[Any]) -> Seat:
    holder = printed_name(r.front_degrees, r.name, r.back_degrees) if r.person else ""
    return Seat(
        r.code, r.unit, r.unit_name, r.organisation, PREFIX.get(r.capacity or "", "") + r.title, r.echelon, r.superior or "", r.is_head,
        r.is_secretary, r.person or "", holder, r.capacity or "",
    )  # fmt: skip


def _person(r: Row[Any]) -> Person:
    return Person(r.id, r.name, printed_name(r.front_degrees, r.name, r.back_degrees), r.nip or "", r.kind, r.rank, r.grade, r.email)


async def phones(connection: AsyncConnection) -> list[tuple[str, str]]:
    """(agency, official telephone) of the city's organisations, for whoever doubts a letter. Public."""
    return [(row.name, row.phone) for row in await connection.execute(_PHONES)]
