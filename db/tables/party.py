"""Outsiders of a case and the links by which they answer. Only what reaches them is kept; who they are stands in the form of the case."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Index, Integer, Table, Text

from db.tables.base import metadata

party = Table(
    "party",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False, server_default=""),
    Column("phone", Text, nullable=False, server_default=""),
    Column("made_by", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("id LIKE 'luar:%'", name="outside"),
    CheckConstraint("name <> ''", name="named"),
)

answer_link = Table(
    "answer_link",
    metadata,
    Column("token_sha", Text, primary_key=True),
    Column("party", Text, ForeignKey("party.id"), nullable=False),
    Column("case_id", Text, ForeignKey("case.id"), nullable=False),
    Column("instance", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
    Column("seen_at", DateTime(timezone=True)),
    Column("used_at", DateTime(timezone=True)),
    CheckConstraint("expires_at > made_at AND expires_at <= made_at + interval '31 days'", name="expires"),
)
"""One link opens one task of one round of one case, for one party, until it expires, is used, or is taken back. The table holds only the hash of its token."""
Index("ix_answer_link_task", answer_link.c.case_id, answer_link.c.instance, answer_link.c.round)
