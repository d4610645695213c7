"""The city's days and dated values: holidays, office hours (with Ramadan's), parameters with their decree."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, PrimaryKeyConstraint, SmallInteger, Table, Text, Time

from db.tables.base import metadata

holiday = Table(
    "holiday",
    metadata,
    Column("day", Date, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("source", Text, nullable=False),
    CheckConstraint("kind IN ('libur', 'cuti_bersama', 'lokal')", name="kind"),
)

office_hours = Table(
    "office_hours",
    metadata,
    Column("starts", Date, nullable=False),
    Column("ends", Date),
    Column("weekday", SmallInteger, nullable=False),
    Column("opens", Time, nullable=False),
    Column("closes", Time, nullable=False),
    Column("name", Text, nullable=False),
    Column("source", Text, nullable=False),
    PrimaryKeyConstraint("starts", "weekday"),
    CheckConstraint("weekday BETWEEN 1 AND 7", name="iso_weekday"),
    CheckConstraint("closes > opens", name="closes_after_opening"),
)
"""Rows without ``ends`` are the ordinary hours; a row with an end (Ramadan) wins inside its days."""

parameter = Table(
    "parameter",
    metadata,
    Column("name", Text, nullable=False),
    Column("starts", Date, nullable=False),
    Column("ends", Date),
    Column("value", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("decree", Text, nullable=False),
    PrimaryKeyConstraint("name", "starts"),
    CheckConstraint("ends IS NULL OR ends > starts", name="ends_after_start"),
)

classification = Table(
    "classification",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("parent", Text),
    CheckConstraint(r"code ~ '^[0-9]{3}(\.[0-9]{1,2}){0,5}$'", name="code"),
)
