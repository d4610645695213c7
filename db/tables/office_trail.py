"""The record of administration: units, holders, mandates, holidays … One chain for the city; append-only like a case's trail."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Index, Table, Text, UniqueConstraint

from db.tables.base import metadata

office_trail = Table(
    "office_trail",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("person", Text, nullable=False),
    Column("position", Text, nullable=False),
    Column("capacity", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("prev_hash"),
)
Index("ix_office_trail_subject", office_trail.c.subject, office_trail.c.key, office_trail.c.seq)
