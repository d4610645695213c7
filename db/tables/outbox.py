"""What must reach people: queued in the transaction that caused it, delivered by a relay; and effects that must happen once."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, ForeignKey, Identity, Index, Integer, Table, Text, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB

from db.tables.base import metadata

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("event", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("case_id", Text, ForeignKey("case.id")),
    Column("instance", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False, server_default=""),
    Column("queued_at", DateTime(timezone=True), nullable=False),
    Column("sent_at", DateTime(timezone=True)),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("error", Text, nullable=False, server_default=""),
    UniqueConstraint("event", "recipient", "channel"),
    CheckConstraint("channel IN ('aplikasi', 'surel')", name="channel"),
)
"""``event`` is ``case/seq``, or ``mandat/…`` without a case; ``recipient`` is ``jabatan:<position>`` or ``orang:<person>``. No subject is stored: a secret must not
leave by a notice."""
Index("ix_outbox_waiting", outbox.c.id, postgresql_where=outbox.c.sent_at.is_(None))

notice = Table(
    "notice",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("person", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("case_id", Text, ForeignKey("case.id")),
    Column("instance", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False, server_default=""),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("read_at", DateTime(timezone=True)),
    UniqueConstraint("event", "person"),
)
Index("ix_notice_person", notice.c.person, notice.c.id.desc())
Index("ix_notice_unread", notice.c.person, postgresql_where=notice.c.read_at.is_(None))

mail_later = Table(
    "mail_later",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("person", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("case_id", Text, ForeignKey("case.id")),
    Column("text", Text, nullable=False, server_default=""),
    Column("queued_at", DateTime(timezone=True), nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("sent_at", DateTime(timezone=True)),
    UniqueConstraint("event", "person"),
)
"""Put aside for whoever wants his mails gathered; one mail at ``due_at`` tells them all."""
Index("ix_mail_later_due", mail_later.c.due_at, postgresql_where=mail_later.c.sent_at.is_(None))

effect = Table(
    "effect",
    metadata,
    Column("key", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="claimed"),
    Column("attempts", Integer, nullable=False, server_default="1"),
    Column("result", JSONB),
    Column("claimed_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("done_at", DateTime(timezone=True)),
    CheckConstraint("state IN ('claimed', 'done')", name="state"),
    CheckConstraint("(state = 'done') = (result IS NOT NULL)", name="done_has_result"),
)
