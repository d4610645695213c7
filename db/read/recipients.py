"""Names on a distribution list as the organisation knows them: seats, units (their head), people; and groups as the units in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

OFFICES = ("dinas", "badan", "inspektorat", "satuan", "setwan", "sekretariat-daerah")
GROUPS = {"semua-perangkat-daerah": OFFICES, "semua-kecamatan": ("kecamatan",), "semua-kelurahan": ("kelurahan",), "upt": ("upt",)}
"""Group word → kinds of unit."""

_FIND = text("""
    SELECT w.name, coalesce(p.code, h.code, '') AS position, coalesce(u.code, pu.organisation, '') AS unit, coalesce(o.id, '') AS person,
      coalesce(p.title, u.name, o.name, '') AS label
    FROM unnest(CAST(:names AS text[])) w(name)
    LEFT JOIN LATERAL (SELECT * FROM position p WHERE p.active AND (p.code = w.name OR lower(p.title) = lower(w.name)) ORDER BY p.code <> w.name LIMIT 1) p
      ON true
    LEFT JOIN unit pu ON pu.code = p.unit
    LEFT JOIN LATERAL (SELECT * FROM unit u WHERE p.code IS NULL AND u.active AND (u.code = w.name OR lower(u.name) = lower(w.name))
      ORDER BY u.code <> w.name LIMIT 1) u ON true
    LEFT JOIN LATERAL head_of(u.code) AS h(code) ON u.code IS NOT NULL
    LEFT JOIN LATERAL (SELECT * FROM person o WHERE p.code IS NULL AND u.code IS NULL AND o.active AND (o.id = w.name OR o.nip = w.name) LIMIT 1) o ON true
""")
_GROUP = text("SELECT code FROM unit WHERE active AND kind = ANY(:kinds) ORDER BY code")


@dataclass(frozen=True, slots=True)
class Known:
    """``position``: seat, or head of the unit; ``person`` only where a person is named. ``label``: as people read it."""

    position: str
    unit: str
    person: str
    label: str

    @property
    def recipient(self) -> str:
        """As the outbox writes it; "" when nobody is meant."""
        if self.position:
            return f"jabatan:{self.position}"
        return f"orang:{self.person}" if self.person else ""


async def known(connection: AsyncConnection, names: Iterable[str]) -> dict[str, Known]:
    """By the name as written: code or title of a seat, code or name of a unit, id or NIP of a person; what is none of these is missing."""
    rows = await connection.execute(_FIND, {"names": list(dict.fromkeys(names))})
    return {row.name: Known(row.position, row.unit, row.person, row.label) for row in rows if row.position or row.person}


async def units_of(connection: AsyncConnection, group: str) -> list[str]:
    """The active units of a group, by code; [] for a word that is no group."""
    return list((await connection.execute(_GROUP, {"kinds": list(GROUPS.get(group, ()))})).scalars())
