"""Places: the city, its kecamatan and kelurahan by national code, and zones, roads and other shapes a city gives."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from db.tables.base import metadata

place = Table(
    "place",
    metadata,
    Column("code", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("parent", Text, ForeignKey("place.code")),
    Column("geometry", JSONB),
    CheckConstraint("parent IS DISTINCT FROM code", name="not_its_own_parent"),
)
"""``geometry``: a GeoJSON geometry in WGS 84 degrees (longitude, latitude), or NULL where the city has given none."""
Index("ix_place_parent", place.c.parent)
Index("ix_place_kind", place.c.kind)
