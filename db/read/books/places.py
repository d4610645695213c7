"""The city's places: by code, up their line, and those of a kind that have a shape."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.events import Json

_LINE = text("""
    WITH RECURSIVE line AS (
      SELECT p.*, 0 AS depth FROM place p WHERE p.code = :code
      UNION ALL SELECT p.*, l.depth + 1 FROM line l JOIN place p ON p.code = l.parent WHERE l.depth < 10
    ) SELECT code, kind, name, parent FROM line ORDER BY depth
""")
_BELOW = text(
    "SELECT code, kind, name, parent FROM place WHERE (CAST(:parent AS text) IS NULL AND parent IS NULL) OR parent = :parent ORDER BY name, code"
)
_TREE = text("SELECT code, kind, name, parent FROM place WHERE kind IN ('kota', 'kecamatan', 'kelurahan') ORDER BY code")
_SHAPES = text("SELECT code, kind, name, parent, geometry FROM place WHERE kind = :kind AND geometry IS NOT NULL ORDER BY code")
_DRAWN = text("""
    SELECT p.code, p.kind, p.name, p.parent, p.geometry, COALESCE(u.name, '') AS within FROM place p LEFT JOIN place u ON u.code = p.parent
    WHERE p.geometry IS NOT NULL ORDER BY p.kind = 'kota' DESC, p.kind = 'kecamatan' DESC, p.kind = 'kelurahan' DESC, p.kind, p.code
""")


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    kind: str
    name: str
    parent: str


@dataclass(frozen=True, slots=True)
class Shape:
    """``geometry``: GeoJSON, WGS 84, longitude before latitude."""

    place: Place
    geometry: Json
    within: str = ""
    """Name of the place above it."""


async def line(connection: AsyncConnection, code: str) -> list[Place]:
    """The place and all above it, nearest first; [] for a code nobody knows."""
    return [Place(r.code, r.kind, r.name, r.parent or "") for r in await connection.execute(_LINE, {"code": code})]


async def below(connection: AsyncConnection, parent: str | None) -> list[Place]:
    """Directly below, by name; None: what has nothing above it."""
    return [Place(r.code, r.kind, r.name, r.parent or "") for r in await connection.execute(_BELOW, {"parent": parent})]


async def tree(connection: AsyncConnection) -> list[Place]:
    """City, kecamatan, kelurahan, in the order of their codes (each before what lies in it)."""
    return [Place(r.code, r.kind, r.name, r.parent or "") for r in await connection.execute(_TREE)]


async def shapes(connection: AsyncConnection, kind: str) -> list[Shape]:
    return [Shape(Place(r.code, r.kind, r.name, r.parent or ""), r.geometry) for r in await connection.execute(_SHAPES, {"kind": kind})]


async def drawn(connection: AsyncConnection) -> list[Shape]:
    """Everything that has a shape, the ground first: city, kecamatan, kelurahan, then zones, roads and whatever else the city gave."""
    return [Shape(Place(r.code, r.kind, r.name, r.parent or ""), r.geometry, r.within) for r in await connection.execute(_DRAWN)]
