"""Cases opened by the calendar: each process is looked after up to a day, each opening stands once by its day and unit."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, ForeignKey, Index, PrimaryKeyConstraint, Table, Text

from db.tables.base import metadata

timetable_watch = Table("timetable_watch", metadata, Column("process", Text, primary_key=True), Column("until", Date, nullable=False))
"""``until``: the last day whose openings are claimed; the day before a process was first seen, so that nothing is opened for the past."""

timetable_opening = Table(
    "timetable_opening",
    metadata,
    Column("process", Text, nullable=False),
    Column("planned", Date, nullable=False),
    Column("unit", Text, ForeignKey("unit.code"), nullable=False),
    Column("case_id", Text, nullable=False, unique=True),
    Column("claimed_at", DateTime(timezone=True), nullable=False),
    Column("opened_at", DateTime(timezone=True)),
    PrimaryKeyConstraint("process", "planned", "unit"),
)
"""Claimed before it is opened: a worker killed between the two leaves it to the next round, under the same case id."""
Index("ix_timetable_opening_waiting", timetable_opening.c.claimed_at, postgresql_where=timetable_opening.c.opened_at.is_(None))
