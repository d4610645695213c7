"""The legal record of a case: append-only by grant and by trigger, one hash chain per case over the stored bytes."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text, UniqueConstraint, text

from db.tables.base import metadata

trail = Table(
    "trail",
    metadata,
    Column("case_id", Text, ForeignKey("case.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("kind", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("person", Text, nullable=False),
    Column("position", Text, nullable=False),
    Column("capacity", Text, nullable=False),
    Column("mandate", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("case_id", "seq"),
    UniqueConstraint("case_id", "prev_hash"),
    CheckConstraint("seq > 0", name="seq"),
)
Index("uq_trail_request", trail.c.case_id, trail.c.request_id, unique=True, postgresql_where=text("request_id <> '' AND kind = 'decided'"))
