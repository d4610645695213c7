"""The web's own tables: passwords, sign-ins, tries, settings of a person, uploads, drafts, sealed envelopes. Never case state."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from db.tables.base import metadata

credential = Table(
    "credential",
    metadata,
    Column("person", Text, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("hash LIKE '$argon2id$%'", name="argon2id"),
)

sign_in = Table(
    "sign_in",
    metadata,
    Column("token_sha", Text, primary_key=True),
    Column("ref", Text, nullable=False, unique=True),
    Column("person", Text, nullable=False),
    Column("factor", SmallInteger, nullable=False, server_default="1"),
    Column("factor_at", DateTime(timezone=True), nullable=False),
    Column("position", Text, nullable=False, server_default=""),
    Column("ip", Text, nullable=False, server_default=""),
    Column("agent", Text, nullable=False, server_default=""),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
    CheckConstraint("token_sha ~ '^[0-9a-f]{64}$'", name="token_sha"),
)
"""Only the SHA-256 of the cookie's random id is kept: a copy of the table signs nobody in. ``ref`` names it on the device list."""
Index("ix_sign_in_person", sign_in.c.person, sign_in.c.seen_at, postgresql_where=sign_in.c.revoked_at.is_(None))

sign_in_try = Table(
    "sign_in_try",
    metadata,
    Column("key", Text, primary_key=True),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("until", DateTime(timezone=True)),
    CheckConstraint("failures >= 0", name="failures"),
)
"""``key`` is the SHA-256 of ``nip|ip``, ``nip`` or ``ip`` with its kind: what people mistype (a password as NIP) is not kept in clear."""

preference = Table(
    "preference",
    metadata,
    Column("person", Text, primary_key=True),
    Column("theme", Text, nullable=False, server_default=""),
    Column("language", Text, nullable=False, server_default="id"),
    Column("shortcuts", Boolean, nullable=False, server_default="true"),
    Column("mail", Text, nullable=False, server_default="ringkas"),
    CheckConstraint("mail IN ('ringkas', 'pagi', 'siang', 'segera', 'tidak')", name="mail"),
    CheckConstraint("theme IN ('', 'terang', 'gelap')", name="theme"),
    CheckConstraint("language IN ('id', 'en')", name="language"),
)

upload = Table(
    "upload",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("sha", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("pages", Integer, nullable=False, server_default="0"),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("taken", JSONB),
    CheckConstraint("kind IN ('pdf', 'jpg', 'png', 'docx', 'xlsx')", name="kind"),
    CheckConstraint("size > 0", name="size"),
)
Index("ix_upload_person", upload.c.person, upload.c.created_at)

draft = Table(
    "draft",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("answers", JSONB, nullable=False, server_default="{}"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("tab", Text, nullable=False, server_default=""),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False),
    Column("sent_at", DateTime(timezone=True)),
    CheckConstraint("version >= 1", name="version"),
)
"""``subject`` says for what: ``proses:cuti-asn``, ``tugas:<case>/<instance>/<round>`` or ``halaman:<path>``. ``answers`` are raw texts, never checked."""
Index("ix_draft_person", draft.c.person, draft.c.saved_at, postgresql_where=draft.c.sent_at.is_(None))
Index(
    "uq_draft_open", draft.c.person, draft.c.subject, unique=True,
    postgresql_where=draft.c.sent_at.is_(None) & draft.c.subject.not_like("proses:%"),
)  # fmt: skip
"""One open draft per task and person; several for one process: two leave requests are two drafts."""

draft_table = Table(
    "draft_table",
    metadata,
    Column("draft", Text, ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("rows", JSON, nullable=False),
    Column("values", JSON, nullable=False),
    Column("faults", JSON, nullable=False),
    Column("totals", JSON, nullable=False),
    Column("total", Integer, nullable=False),
    Column("sha", Text, nullable=False),
    CheckConstraint("sha ~ '^[0-9a-f]{64}$'", name="sha"),
    CheckConstraint("total > 0", name="total"),
)
"""A table of the draft that is too long for its answers: rows as typed with their hash, and what was read in them when they were saved. JSON, not
JSONB: it is written and read whole."""

signing_worker = Table(
    "signing_worker",
    metadata,
    Column("id", Text, primary_key=True),
    Column("queue", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("octet_length(public_key) = 32", name="x25519"),
)

tte_envelope = Table(
    "tte_envelope",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("worker", Text, nullable=False),
    Column("ciphertext", LargeBinary),
    Column("documents", JSONB, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
    CheckConstraint("(used_at IS NULL) = (ciphertext IS NOT NULL)", name="emptied_when_used"),
    CheckConstraint("expires_at <= created_at + interval '10 minutes'", name="short_lived"),
)
"""A signing passphrase sealed to one worker's key in memory. Used or expired, the ciphertext is gone; the row stays for the count."""

reading = Table(
    "reading",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("position", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("ip", Text, nullable=False, server_default=""),
    Column("at", DateTime(timezone=True), nullable=False),
    CheckConstraint("what IN ('riwayat', 'ekspor', 'berkas', 'naskah', 'identitas')", name="what"),
)
"""Who read the trail or a file of a secret case, or an identity whole in any. Append-only by grant and by trigger."""
Index("ix_reading_case", reading.c.case_id, reading.c.at)
