"""Around a mandate: the order letter as it was handed in, proposals not yet confirmed, and sealed papers of the office that belong to no case."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Index, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from db.tables.base import metadata
from db.tables.trail import trail

acting_letter = Table(
    "acting_letter",
    metadata,
    Column("acting", Text, ForeignKey("acting.id"), primary_key=True),
    Column("sha", Text, ForeignKey("stored_file.sha"), nullable=False),
    Column("name", Text, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
)
"""The order letter of a mandate that a page took down; a mandate made by a case has its letter in the case."""

mandate_draft = Table(
    "mandate_draft",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("position", Text, ForeignKey("position.code"), nullable=False),
    Column("person", Text, ForeignKey("person.id"), nullable=False),
    Column("starts", DateTime(timezone=True), nullable=False),
    Column("ends", DateTime(timezone=True), nullable=False),
    Column("cause", Text, nullable=False, server_default=""),
    Column("order_number", Text, nullable=False, server_default=""),
    Column("limits", ARRAY(Text), nullable=False, server_default="{}"),
    Column("letter_sha", Text, ForeignKey("stored_file.sha")),
    Column("letter_name", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False),
    Column("made_by", Text, ForeignKey("person.id"), nullable=False),
    Column("made_position", Text, ForeignKey("position.code"), nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("status", Text, nullable=False, server_default="diajukan"),
    Column("settled_by", Text),
    Column("settled_at", DateTime(timezone=True)),
    Column("settled_reason", Text, nullable=False, server_default=""),
    Column("acting", Text, ForeignKey("acting.id")),
    CheckConstraint("kind IN ('plt', 'plh', 'pj', 'pjs')", name="kind"),
    CheckConstraint("ends > starts", name="ends_after_start"),
    CheckConstraint("status IN ('diajukan', 'dicatat', 'ditolak', 'ditarik')", name="status"),
    CheckConstraint("(status = 'diajukan') = (settled_at IS NULL)", name="settled"),
    CheckConstraint("(status = 'dicatat') = (acting IS NOT NULL)", name="recorded_has_mandate"),
)
"""Binds nobody: nobody acts on a proposal. ``acting``: the mandate it became."""
Index("ix_mandate_draft_open", mandate_draft.c.made_at, postgresql_where=mandate_draft.c.status == "diajukan")

office_document = Table(
    "office_document",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("position", Text, ForeignKey("position.code"), nullable=False),
    Column("mandate", Text, nullable=False, server_default=""),
    Column("content", JSONB, nullable=False),
    Column("verify_code", Text, nullable=False, unique=True),
    Column("verify_token_hash", Text, nullable=False),
    Column("base_sha", Text, ForeignKey("stored_file.sha")),
    Column("signed_sha", Text, ForeignKey("stored_file.sha")),
    Column("verdict", JSONB),
    Column("made_by", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("signed_at", DateTime(timezone=True)),
    CheckConstraint("(signed_sha IS NULL) = (signed_at IS NULL)", name="signed_when_signed"),
    CheckConstraint("signed_sha IS NULL OR verdict IS NOT NULL", name="signed_is_verified"),
)
"""``key``: what was asked, so that asking twice makes one paper. ``content``: what it says, fixed when it was asked for: a retry draws the same."""
Index("ix_office_document_position", office_document.c.position, office_document.c.made_at)
Index("ix_office_document_signed_sha", office_document.c.signed_sha)

Index("ix_trail_mandate", trail.c.mandate, trail.c.at, postgresql_where=trail.c.mandate != "")
"""What was done under a mandate, without reading the whole trail."""
