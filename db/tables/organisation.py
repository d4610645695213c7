"""The organisation chart: units, positions (seats) and people. Who sits where is in ``holding``."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Table, Text

from db.tables.base import metadata

INTERNAL = ("sekretariat", "bidang", "subbagian", "subbidang", "seksi", "tim")
"""Kinds of unit that are parts of an organisation; every other kind is an organisation of its own (its head signs for it)."""

unit = Table(
    "unit",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("parent", Text, ForeignKey("unit.code")),
    Column("organisation", Text, ForeignKey("unit.code"), nullable=False),
    Column("letter_code", Text, nullable=False, server_default=""),
    Column("letterhead", Text, nullable=False, server_default=""),
    Column("address", Text, nullable=False, server_default=""),
    Column("postcode", Text, nullable=False, server_default=""),
    Column("phone", Text, nullable=False, server_default=""),
    Column("email", Text, nullable=False, server_default=""),
    Column("site", Text, nullable=False, server_default=""),
    Column("area", Text, nullable=False, server_default=""),
    Column("is_setda", Boolean, nullable=False, server_default="false"),
    Column("active", Boolean, nullable=False, server_default="true"),
    CheckConstraint("parent IS DISTINCT FROM code", name="not_its_own_parent"),
)
Index("ix_unit_parent", unit.c.parent)
Index("ix_unit_area", unit.c.area, postgresql_where=unit.c.area != "")

position = Table(
    "position",
    metadata,
    Column("code", Text, primary_key=True),
    Column("unit", Text, ForeignKey("unit.code"), nullable=False),
    Column("title", Text, nullable=False),
    Column("title_caps", Text, nullable=False),
    Column("echelon", Text, nullable=False, server_default=""),
    Column("superior", Text, ForeignKey("position.code")),
    Column("is_head", Boolean, nullable=False, server_default="false"),
    Column("is_secretary", Boolean, nullable=False, server_default="false"),
    Column("active", Boolean, nullable=False, server_default="true"),
    CheckConstraint("superior IS DISTINCT FROM code", name="not_its_own_superior"),
)
Index("ix_position_unit", position.c.unit)
Index("ix_position_superior", position.c.superior)
Index("uq_position_head", position.c.unit, unique=True, postgresql_where=position.c.is_head & position.c.active)
Index("uq_position_secretary", position.c.unit, unique=True, postgresql_where=position.c.is_secretary & position.c.active)

person = Table(
    "person",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("front_degrees", Text, nullable=False, server_default=""),
    Column("back_degrees", Text, nullable=False, server_default=""),
    Column("nip", Text),
    Column("kind", Text, nullable=False),
    Column("rank", Text, nullable=False, server_default=""),
    Column("grade", Text, nullable=False, server_default=""),
    Column("email", Text, nullable=False, server_default=""),
    Column("active", Boolean, nullable=False, server_default="true"),
    CheckConstraint("kind IN ('PNS', 'PPPK', 'pejabat_negara', 'non_asn')", name="kind"),
    CheckConstraint("nip IS NULL OR nip ~ '^[0-9]{18}$'", name="nip"),
    CheckConstraint("(kind IN ('PNS', 'PPPK')) = (nip IS NOT NULL)", name="civil_servants_have_nip"),
)
Index("uq_person_nip", person.c.nip, unique=True)
