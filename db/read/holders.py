"""Who may act for what at an instant: the capacities of a person, the holders of positions. While somebody acts, the definitive holder does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.events import CapacityKind

PREFIX = {"plt": "Plt. ", "plh": "Plh. ", "pj": "Pj. ", "pjs": "Pjs. "}
"""As printed before the office; naskah-dinas.md §5.3."""

_KNOWN = text("""
    SELECT h.seat, h.capacity, h.mandate, h.until, p.title, p.unit, u.organisation, o.name, o.front_degrees, o.back_degrees, o.nip,
           ARRAY(SELECT f.function FROM function_post f WHERE f.position = h.seat) AS functions
    FROM person o LEFT JOIN (held_at(:now) h JOIN position p ON p.code = h.seat JOIN unit u ON u.code = p.unit) ON h.person = :person
    WHERE o.id = :person AND o.active ORDER BY h.capacity <> 'definitif', p.echelon = '', p.echelon, h.seat
""")
_HOLDERS = text("""
    SELECT h.seat, h.person, h.capacity, h.mandate, h.until, p.title, o.name, o.front_degrees, o.back_degrees, o.nip, o.rank, o.grade, o.kind
    FROM held_at(:now) h JOIN position p ON p.code = h.seat JOIN person o ON o.id = h.person WHERE h.seat = ANY(:seats) ORDER BY h.seat
""")
_ENDED = text("""
    SELECT EXISTS (SELECT 1 FROM acting a WHERE a.person = :person AND a.position = ANY(:seats) AND a.ends > :since AND a.ends <= :now
      AND a.cancelled_at IS NULL)
""")


@dataclass(frozen=True, slots=True)
class Capacity:
    """One position a person may act for now."""

    position: str
    title: str
    """With Plt./Plh./Pj. as printed."""
    unit: str
    organisation: str
    kind: CapacityKind
    mandate: str
    until: datetime | None
    functions: frozenset[str] = frozenset()
    """Desks of the post: ``auditor``, ``operator-alur``, ``persuratan`` …"""


@dataclass(frozen=True, slots=True)
class Known:
    """An active person with everything he may act for."""

    name: str
    """With degrees."""
    nip: str
    capacities: tuple[Capacity, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    position: str
    person: str
    name: str
    nip: str
    rank: str
    kind: CapacityKind
    mandate: str
    title: str
    until: datetime | None


def printed_name(front: str, name: str, back: str) -> str:
    """With degrees: ``Drs. Nama, M.Si.``."""
    return f"{front} {name}".strip() + (f", {back}" if back else "")


async def known(connection: AsyncConnection, person: str, now: datetime) -> Known | None:
    """Definitive posts first, none for who holds nothing now; None when there is no such active person. One statement."""
    rows = (await connection.execute(_KNOWN, {"person": person, "now": now})).all()
    if not rows:
        return None
    name = printed_name(rows[0].front_degrees, rows[0].name, rows[0].back_degrees)
    held = tuple(
        Capacity(
            r.seat, PREFIX.get(r.capacity, "") + r.title, r.unit, r.organisation, cast(CapacityKind, r.capacity), r.mandate, r.until,
            frozenset(r.functions),
        )
        for r in rows if r.seat is not None
    )  # fmt: skip
    return Known(name, rows[0].nip or "", held)


async def stood_in(connection: AsyncConnection, person: str, positions: Sequence[str], since: datetime, now: datetime) -> bool:
    """Whether the person acted for one of ``positions`` until some time after ``since`` and does so no longer. One statement."""
    return bool((await connection.execute(_ENDED, {"person": person, "seats": list(positions), "since": since, "now": now})).scalar_one())


async def holders(connection: AsyncConnection, positions: Sequence[str], now: datetime) -> dict[str, Holder]:
    """Who acts for each position now; a vacant one is missing. One statement."""
    rows = await connection.execute(_HOLDERS, {"seats": list(positions), "now": now})
    return {
        r.seat: Holder(
            r.seat, r.person, printed_name(r.front_degrees, r.name, r.back_degrees), r.nip or "",
            f"{r.rank} ({r.grade})" if r.rank else (f"Golongan {r.grade}" if r.grade else ""), cast(CapacityKind, r.capacity), r.mandate,
            PREFIX.get(r.capacity, "") + r.title, r.until,
        )
        for r in rows
    }  # fmt: skip
