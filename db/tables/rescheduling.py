"""Recounts of running deadlines: ordered with a change of the calendar, done case by case in the background, each case once."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from db.tables.base import metadata

rescheduling = Table(
    "rescheduling",
    metadata,
    Column("id", Text, primary_key=True),
    Column("cause", Text, nullable=False),
    Column("change", BigInteger, nullable=False),
    Column("ordered_at", DateTime(timezone=True), nullable=False),
    Column("listed_at", DateTime(timezone=True)),
    Column("done_at", DateTime(timezone=True)),
    CheckConstraint("cause <> ''", name="cause"),
    CheckConstraint("done_at IS NULL OR listed_at IS NOT NULL", name="listed_before_done"),
)
"""``cause``: the decree; ``change``: number of the last entry of the office trail that brought it."""
Index("ix_rescheduling_open", rescheduling.c.ordered_at, postgresql_where=rescheduling.c.done_at.is_(None))

rescheduling_case = Table(
    "rescheduling_case",
    metadata,
    Column("rescheduling", Text, ForeignKey("rescheduling.id"), nullable=False),
    Column("case_id", Text, ForeignKey("case.id"), nullable=False),
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("moved", Integer, nullable=False, server_default="0"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("message", Text, nullable=False, server_default=""),
    Column("at", DateTime(timezone=True)),
    PrimaryKeyConstraint("rescheduling", "case_id"),
    CheckConstraint("state IN ('waiting', 'done', 'failed')", name="state"),
)
"""``moved``: deadlines of the case that have another date by it."""
Index(
    "ix_rescheduling_case_waiting",
    rescheduling_case.c.rescheduling,
    rescheduling_case.c.case_id,
    postgresql_where=rescheduling_case.c.state == "waiting",
)
