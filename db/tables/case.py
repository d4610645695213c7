"""Cases, the pinned text of their processes, who may read them, and the forms sent with decisions."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    false,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

from db.tables.base import metadata

WORDS = """CASE WHEN secrecy IN ('rahasia', 'sangat-rahasia') THEN to_tsvector('simple'::regconfig, title)
  ELSE to_tsvector('simple'::regconfig, title || ' ' || subject) || jsonb_to_tsvector('simple'::regconfig, form, '["string"]') END"""
"""What search finds: title, subject and every text of the form; of a secret case the title of its process alone, for nobody more."""

process_version = Table(
    "process_version",
    metadata,
    Column("sha", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("kept_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

case = Table(
    "case",
    metadata,
    Column("id", Text, primary_key=True),
    Column("no", BigInteger, Identity(always=True), nullable=False, unique=True),
    Column("process", Text, nullable=False),
    Column("sha", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("subject", Text, nullable=False, server_default=""),
    Column("secrecy", Text, nullable=False, server_default="biasa"),
    Column("unit", Text, nullable=False, server_default=""),
    Column("starter", Text, nullable=False, server_default=""),
    Column("starter_position", Text, nullable=False, server_default=""),
    Column("status", Text, nullable=False, server_default="open"),
    Column("result", Text),
    Column("form", JSONB, nullable=False, server_default="{}"),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("due_at", DateTime(timezone=True)),
    Column("last_seq", Integer, nullable=False, server_default="0"),
    Column("head", Text, nullable=False, server_default=""),
    Column("form_seq", Integer, nullable=False, server_default="0"),
    Column("parent_case", Text),
    Column("parent_step", Text),
    Column("words", TSVECTOR, Computed(WORDS, persisted=True)),
    CheckConstraint("status IN ('open', 'ended')", name="status"),
    CheckConstraint("(status = 'ended') = (result IS NOT NULL)", name="ended_has_result"),
    CheckConstraint("secrecy IN ('biasa', 'terbatas', 'rahasia', 'sangat-rahasia')", name="secrecy"),
    postgresql_with={"fillfactor": 70},
)
Index("ix_case_parent", case.c.parent_case, postgresql_where=case.c.parent_case.is_not(None))
Index("ix_case_starter", case.c.starter, case.c.opened_at.desc(), case.c.no.desc())
Index("ix_case_unit", case.c.unit, case.c.opened_at.desc(), case.c.no.desc())
Index("ix_case_ended", case.c.process, case.c.ended_at.desc(), postgresql_where=case.c.status == "ended")
Index("ix_case_words", case.c.words, postgresql_using="gin")

case_reader = Table(
    "case_reader",
    metadata,
    Column("case_id", Text, ForeignKey("case.id"), nullable=False),
    Column("position", Text, nullable=False),
    PrimaryKeyConstraint("case_id", "position"),
)
Index("ix_case_reader_position", case_reader.c.position, case_reader.c.case_id)

case_key = Table(
    "case_key",
    metadata,
    Column("case_id", Text, ForeignKey("case.id"), primary_key=True),
    Column("process", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("released", Boolean, nullable=False, server_default=false()),
)
"""``key``: SHA-256 of the fields that make a case the same as another (``Process.unique``); ``released``: the case came to nothing."""
Index("uq_case_key_held", case_key.c.process, case_key.c.unit, case_key.c.key, unique=True, postgresql_where=~case_key.c.released)
