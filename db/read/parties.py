"""The starter or applicant of a case, with what later conditions may ask of him."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.errors import NotFound
from engine.opening import Party
from engine.ranks import Seat, attributes

_SEATS = text("""
    SELECT p.code, p.title, p.echelon, p.is_head, p.is_secretary, u.kind, u.organisation
    FROM position p JOIN unit u ON u.code = p.unit
    WHERE p.code = :position OR p.code = (SELECT superior FROM position WHERE code = :position)
""")
_PERSON = text("SELECT grade, coalesce(nip, '') AS nip FROM person WHERE id = :person")


async def party(connection: AsyncConnection, person: str, position: str, day: date) -> Party:
    """Who acts from this seat, in its organisation, ranked as on ``day`` (the city's date). Nobody known (``sistem``): the seat alone.

    NotFound for an unknown position."""
    rows = {row.code: row for row in await connection.execute(_SEATS, {"position": position})}
    own = rows.pop(position, None)
    if own is None:
        raise NotFound(f"Jabatan {position} tidak ada.")
    above = next((_seat(row) for row in rows.values()), None)
    who = (await connection.execute(_PERSON, {"person": person})).one_or_none()
    return Party(person, position, own.organisation, attributes(_seat(own), above, who.grade if who else "", who.nip if who else "", day))


def _seat(row: Row[Any]) -> Seat:
    return Seat(row.code, row.title, row.echelon, row.kind, row.is_head, row.is_secretary)
