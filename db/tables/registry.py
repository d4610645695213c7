"""The registry: lines of any kind with a key, attributes and days of validity (letters issued, licences, frozen lines, reports still owed)."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint

from db.tables.base import metadata

registry_kind = Table(
    "registry_kind",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("single", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("kind", "single"),
)
"""``single``: of one key at most one line is valid at a time."""

registry = Table(
    "registry",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("mark", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("single", Boolean, nullable=False),
    Column("key", Text, nullable=False),
    Column("attributes", JSONB, nullable=False, server_default="{}"),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("with_case", Boolean, nullable=False, server_default=false()),
    Column("case_id", Text, ForeignKey("case.id")),
    Column("step", Text, nullable=False, server_default=""),
    Column("round", Integer, nullable=False, server_default="0"),
    Column("source", Text, nullable=False, server_default=""),
    Column("closed_by", Text, nullable=False, server_default=""),
    Column("at", DateTime(timezone=True), nullable=False),
    ForeignKeyConstraint(["kind", "single"], ["registry_kind.kind", "registry_kind.single"]),
    CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="ends_after_start"),
    CheckConstraint("case_id IS NOT NULL OR source <> ''", name="has_a_cause"),
    ExcludeConstraint(
        (text("seat(kind || '/' || key)"), "&&"), (text("daterange(valid_from, valid_to)"), "&&"), name="one_valid_line_at_a_time", using="gist",
        where=text("single"),
    ),
)  # fmt: skip
"""Valid from ``valid_from`` until the day before ``valid_to``; the two equal: never valid (taken back on its day). ``mark``: the act's key or the
file's line. ``single`` is the kind's own word (the foreign key holds it). ``with_case``: closes when its case ends. Only ``valid_to`` may change."""
Index("ix_registry_key", registry.c.kind, registry.c.key, registry.c.valid_from)
Index("ix_registry_case", registry.c.case_id, postgresql_where=registry.c.case_id.is_not(None))
