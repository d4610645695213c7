"""People as a letter or a form names them: full name, NIP, rank, post and agency, as on the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.outsiders import outsiders

_CARDS = text("""
    SELECT DISTINCT ON (o.id) o.id, o.name, o.front_degrees, o.back_degrees, coalesce(o.nip, '') AS nip, o.rank, o.grade, o.kind,
      coalesce(p.code, '') AS position, coalesce(p.title, '') AS title, coalesce(u.name, '') AS unit, coalesce(w.name, '') AS organisation
    FROM person o
    LEFT JOIN incumbency i ON i.person = o.id AND i.starts <= :at AND (i.ends IS NULL OR i.ends > :at)
    LEFT JOIN position p ON p.code = i.position LEFT JOIN unit u ON u.code = p.unit LEFT JOIN unit w ON w.code = u.organisation
    WHERE o.id = ANY(:codes) OR o.nip = ANY(:codes)
    ORDER BY o.id, (p.code = ANY(:seats)) DESC NULLS LAST, i.starts, p.code
""")


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    nama: str
    """With degrees."""
    nip: str
    pangkat: str
    """``Penata (III/c)``; of a PPPK the grade alone."""
    jenis: str
    """PNS, PPPK, pejabat_negara, non_asn."""
    jabatan: str
    unit: str
    perangkat_daerah: str


async def cards(connection: AsyncConnection, codes: Iterable[str], at: datetime, seats: Iterable[str] = ()) -> dict[str, Card]:
    """By person id and by NIP. Of several posts the one among ``seats``, else the one held first. Unknown codes are left out."""
    wanted = sorted({code for code in codes if code})
    if not wanted:
        return {}
    found: dict[str, Card] = {}
    for row in await connection.execute(_CARDS, {"codes": wanted, "at": at, "seats": list(seats)}):
        name = " ".join(part for part in (row.front_degrees, row.name) if part) + (f", {row.back_degrees}" if row.back_degrees else "")
        rank = f"{row.rank} ({row.grade})" if row.rank and row.grade else row.rank or row.grade
        card = Card(row.id, name, row.nip, rank, row.kind, row.title, row.unit, row.organisation)
        found[card.id] = card
        if card.nip:
            found[card.nip] = card
    parties = list(outsiders(wanted))
    if parties:  # an applicant without an account: only what he is called
        rows = await connection.execute(text("SELECT id, name FROM party WHERE id = ANY(:codes)"), {"codes": parties})
        found |= {row.id: Card(row.id, row.name, "", "", "", "", "", "") for row in rows}
    return found
