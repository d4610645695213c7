"""The starter or applicant of a case, with what later conditions may ask of him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.errors import NotFound
from engine.events import Json
from engine.opening import Party
from engine.ranks import Seat, attributes, of_seat

_SEATS = text("""
    SELECT p.code, p.title, p.echelon, p.is_head, p.is_secretary, u.kind, u.organisation, p.code IN (
      SELECT a FROM position o, LATERAL authority_of('bidang', o.code, o.unit, '', :at) a WHERE o.code = :position
    ) AS competent
    FROM position p JOIN unit u ON u.code = p.unit
    WHERE p.code = :position OR p.code = (SELECT superior FROM position WHERE code = :position)
""")
_NOON = time(12)
_ANY_SEATS = text("""
    SELECT p.code, p.title, p.echelon, p.is_head, p.is_secretary, u.kind, u.organisation FROM position p JOIN unit u ON u.code = p.unit
    WHERE p.active AND (p.code = ANY(:codes) OR lower(p.title) = ANY(:words))
""")
_ANY_PEOPLE = text("""
    SELECT DISTINCT ON (o.id) o.id, coalesce(o.nip, '') AS nip, o.name, o.grade, o.kind AS person_kind, p.code, p.title, p.echelon, p.is_head, p.is_secretary, u.kind, u.organisation
    FROM person o LEFT JOIN incumbency i ON i.person = o.id AND i.starts <= :now AND (i.ends IS NULL OR i.ends > :now)
    LEFT JOIN position p ON p.code = i.position LEFT JOIN unit u ON u.code = p.unit
    WHERE o.active AND (o.id = ANY(:codes) OR o.nip = ANY(:codes)) ORDER BY o.id, i.starts, i.position
""")
_PERSON = text("SELECT grade, coalesce(nip, '') AS nip, kind FROM person WHERE id = :person")


@dataclass(frozen=True, slots=True)
class Known:
    """A position or person as a form may ask about it. ``attributes``: engine.ranks.ATTRIBUTES, without what is not known."""

    code: str
    label: str
    attributes: dict[str, Json]
    nip: str = ""


async def seats(connection: AsyncConnection, codes: list[str]) -> list[Known]:
    """Active positions by code, or by title in any case."""
    rows = await connection.execute(_ANY_SEATS, {"codes": codes, "words": [code.lower() for code in codes]})
    return [Known(row.code, row.title, {"unit": row.organisation, **of_seat(_seat(row))}) for row in rows]


async def people(connection: AsyncConnection, codes: list[str], now: datetime) -> list[Known]:
    """Active people by id or NIP, on the seat they held first of those they hold. ``now``: aware, in the city's zone."""
    rows = await connection.execute(_ANY_PEOPLE, {"codes": codes, "now": now})
    return [Known(row.id, row.name, _of_person(row, now.date()), row.nip) for row in rows]


def _of_person(row: Row[Any], day: date) -> dict[str, Json]:
    if row.code is None:
        return {}
    return {"unit": row.organisation, **attributes(_seat(row), None, row.grade, row.nip, day), **_record(row.nip, row.person_kind)}


def _record(nip: str, kind: str) -> dict[str, Json]:
    return {name: value for name, value in (("nip", nip), ("jenis_pegawai", kind)) if value}


async def party(connection: AsyncConnection, person: str, position: str, day: date) -> Party:
    """Who acts from this seat, in its organisation, ranked as on ``day`` (the city's date). Nobody known (``sistem``): the seat alone.

    NotFound for an unknown position."""
    rows = {row.code: row for row in await connection.execute(_SEATS, {"position": position, "at": datetime.combine(day, _NOON, UTC)})}
    own = rows.pop(position, None)
    if own is None:
        raise NotFound(f"Jabatan {position} tidak ada.")
    above = next(iter(rows.values()), None)
    who = (await connection.execute(_PERSON, {"person": person})).one_or_none()
    known = attributes(_seat(own), _seat(above) if above else None, who.grade if who else "", who.nip if who else "", day)
    of = _record(who.nip, who.kind) if who else {}
    return Party(
        person, position, own.organisation, {**known, **of, "membidangi": own.competent, "atasan_membidangi": bool(above and above.competent)}
    )


def _seat(row: Row[Any]) -> Seat:
    return Seat(row.code, row.title, row.echelon, row.kind, row.is_head, row.is_secretary)
