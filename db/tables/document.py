"""Files by content, documents with their versions and signatures, attachments, and the registers that number them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from db.tables.base import metadata

stored_file = Table(
    "stored_file",
    metadata,
    Column("sha", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("mime", Text, nullable=False),
    Column("stored_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("sha ~ '^[0-9a-f]{64}$'", name="sha"),
    CheckConstraint("size >= 0", name="size"),
)
"""The path follows from the hash: ``<root>/ab/cd/<sha>``."""

counter = Table(
    "counter",
    metadata,
    Column("unit", Text, nullable=False),
    Column("register", Text, nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("last", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("unit", "register", "year"),
)

number = Table(
    "number",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("unit", Text, nullable=False),
    Column("register", Text, nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("suffix", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="DICADANGKAN"),
    Column("reason", Text),
    Column("case_id", Text),
    Column("document", Text),
    Column("reserved_at", DateTime(timezone=True), nullable=False),
    Column("settled_at", DateTime(timezone=True)),
    UniqueConstraint("unit", "register", "year", "serial", "suffix"),
    CheckConstraint("state IN ('DICADANGKAN', 'TERBIT', 'BATAL')", name="state"),
    CheckConstraint("(state = 'BATAL') = (reason IS NOT NULL)", name="void_has_reason"),
    CheckConstraint("(state = 'DICADANGKAN') = (settled_at IS NULL)", name="settled"),
)
Index("ix_number_case", number.c.case_id)

document = Table(
    "document",
    metadata,
    Column("id", Text, primary_key=True),
    Column("case_id", Text, ForeignKey("case.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("status", Text, nullable=False, server_default="konsep"),
    Column("secrecy", Text, nullable=False, server_default="biasa"),
    Column("number", Text, nullable=False, server_default=""),
    Column("verify_code", Text, nullable=False),
    Column("verify_token_hash", Text, nullable=False, server_default=""),
    Column("base_sha", Text, ForeignKey("stored_file.sha")),
    Column("signed_sha", Text, ForeignKey("stored_file.sha")),
    Column("signers", JSONB, nullable=False, server_default="[]"),
    Column("verdict", JSONB),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("signed_at", DateTime(timezone=True)),
    UniqueConstraint("case_id", "code"),
    UniqueConstraint("verify_code"),
    CheckConstraint("status IN ('konsep', 'dicadangkan', 'ditandatangani', 'disegel', 'batal', 'dicabut')", name="status"),
    CheckConstraint("status NOT IN ('ditandatangani', 'disegel') OR (signed_sha IS NOT NULL AND verdict IS NOT NULL)", name="signed_is_verified"),
)
Index("ix_document_signed_sha", document.c.signed_sha)

document_version = Table(
    "document_version",
    metadata,
    Column("document", Text, ForeignKey("document.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("sha", Text, ForeignKey("stored_file.sha"), nullable=False),
    Column("letter_sha", Text, nullable=False, server_default=""),
    Column("made_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("document", "version"),
)
"""``letter_sha``: SHA-256 of the letter's values from which this version was drawn (signed = shown)."""

attachment = Table(
    "attachment",
    metadata,
    Column("id", Text, primary_key=True),
    Column("case_id", Text, ForeignKey("case.id"), nullable=False),
    Column("field", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha", Text, ForeignKey("stored_file.sha"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
)
Index("ix_attachment_case", attachment.c.case_id)

document_replaced = Table(
    "document_replaced",
    metadata,
    Column("document", Text, ForeignKey("document.id"), nullable=False),
    Column("signed_sha", Text, ForeignKey("stored_file.sha"), nullable=False),
    Column("number", Text, nullable=False),
    Column("signed_at", DateTime(timezone=True), nullable=False),
    Column("replaced_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("document", "signed_sha"),
)
"""Sealed sheets that a newer one took the place of, after a return changed what they say."""
Index("ix_document_replaced_signed_sha", document_replaced.c.signed_sha)

document_copy = Table(
    "document_copy",
    metadata,
    Column("document", Text, ForeignKey("document.id"), nullable=False),
    Column("recipient", Text, nullable=False),
    Column("given_at", DateTime(timezone=True), nullable=False),
    Column("read_at", DateTime(timezone=True)),
    Column("read_by", Text),
    PrimaryKeyConstraint("document", "recipient"),
    CheckConstraint("(read_at IS NULL) = (read_by IS NULL)", name="read_by_somebody"),
)
"""Who may read this letter, and no more of its case: a position, a party outside (``luar:…``) or an address (``alamat:…``). ``read_by``: the person who opened
it first, "" of whoever came by a link."""
Index("ix_document_copy_recipient", document_copy.c.recipient, document_copy.c.given_at.desc())

letter_link = Table(
    "letter_link",
    metadata,
    Column("token_sha", Text, primary_key=True),
    Column("recipient", Text, nullable=False),
    Column("case_id", Text, ForeignKey("case.id"), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
    Column("revoked_by", Text),
    Column("seen_at", DateTime(timezone=True)),
    CheckConstraint("expires_at > made_at AND expires_at <= made_at + interval '93 days'", name="expires"),
    CheckConstraint("(revoked_at IS NULL) = (revoked_by IS NULL)", name="revoked_by_somebody"),
)
"""One link opens the letters of one case that were given to one recipient without an account. The table holds only the hash of its token."""
Index("ix_letter_link_recipient", letter_link.c.case_id, letter_link.c.recipient)
