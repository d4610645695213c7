"""What passes between a case and others: rows taken from or handed to another case, each once, and what other systems were asked."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from db.tables.base import metadata

passed_row = Table(
    "passed_row",
    metadata,
    Column("from_case", Text, ForeignKey("case.id"), nullable=False),
    Column("field", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("to_case", Text, ForeignKey("case.id"), nullable=False),
    Column("to_step", Text, nullable=False, server_default=""),
    Column("row", JSONB, nullable=False),
    Column("passed_at", DateTime(timezone=True), nullable=False),
    Column("key", Text, nullable=False),
    PrimaryKeyConstraint("from_case", "field", "row_id"),
)
"""A row of a table goes to one case, whoever moves it: the primary key. ``to_step``: the step that gathered it, "" while it was only handed
over. ``row``: as it stood then. ``key``: of the act that moved it."""
Index("ix_passed_row_to_case", passed_row.c.to_case, passed_row.c.field)

system_call = Table(
    "system_call",
    metadata,
    Column("key", Text, primary_key=True),
    Column("system", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("request_hash", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="sent"),
    Column("answer", JSONB),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("error", Text, nullable=False, server_default=""),
    Column("sent_at", DateTime(timezone=True), nullable=False),
    Column("answered_at", DateTime(timezone=True)),
    CheckConstraint("state IN ('sent', 'answered', 'unknown')", name="state"),
    CheckConstraint("(state = 'answered') = (answer IS NOT NULL)", name="answered_has_answer"),
)
"""Written and committed before anything is sent: after a time-out the system is asked what became of ``key`` before it is sent again.
``request_hash``: SHA-256 of what was asked; the request itself is not kept. ``unknown``: no answer that could be read, yet."""
