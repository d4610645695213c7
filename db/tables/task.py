"""Human work: tasks, to whom they are offered now (the inbox), disposition branches."""

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
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from db.tables.base import metadata

task = Table(
    "task",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("case_id", Text, ForeignKey("case.id"), nullable=False),
    Column("instance", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("ask", Text, nullable=False, server_default=""),
    Column("title", Text, nullable=False, server_default=""),
    Column("roles", ARRAY(Text), nullable=False, server_default="{}"),
    Column("positions", ARRAY(Text), nullable=False, server_default="{}"),
    Column("needs", ARRAY(Text), nullable=False, server_default="{}"),
    Column("excludes", ARRAY(Text), nullable=False, server_default="{}"),
    Column("barred_persons", ARRAY(Text), nullable=False, server_default="{}"),
    Column("barred_positions", ARRAY(Text), nullable=False, server_default="{}"),
    Column("status", Text, nullable=False, server_default="offered"),
    Column("claimed_by", Text),
    Column("due", DateTime(timezone=True)),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("opened_seq", Integer, nullable=False),
    Column("closed_at", DateTime(timezone=True)),
    Column("closed_seq", Integer),
    Column("outcome", Text),
    Column("person", Text),
    Column("position", Text),
    Column("capacity", Text),
    UniqueConstraint("case_id", "instance", "round"),
    CheckConstraint("kind IN ('task', 'sign', 'dispose', 'wait', 'branch', 'repair')", name="kind"),
    CheckConstraint("status IN ('offered', 'claimed', 'done', 'gone')", name="status"),
    CheckConstraint("(status IN ('done', 'gone')) = (closed_at IS NOT NULL)", name="closed_when_closed"),
    CheckConstraint("status <> 'done' OR (person IS NOT NULL AND outcome IS NOT NULL)", name="done_by_somebody"),
    postgresql_with={"fillfactor": 80},
)
"""``needs``: what the acting person's mandate must allow (kinds of document to sign, ``proses:<code>``). ``excludes``: steps whose doer may not
close this task; ``barred_…``: who else may not, as known when it opened. ``claimed``: decided, the signature is being made."""
Index("ix_task_person", task.c.person, task.c.closed_at.desc(), task.c.id.desc(), postgresql_where=task.c.person.is_not(None))

task_position = Table(
    "task_position",
    metadata,
    Column("position", Text, nullable=False),
    Column("task_id", BigInteger, ForeignKey("task.id"), nullable=False),
    Column("due", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("task_id", "position"),
)
"""Open tasks only: a row goes when its task closes. ``due`` is ``infinity`` where no deadline runs, so that keyset paging has one order."""
Index("ix_task_position_inbox", task_position.c.position, task_position.c.due, task_position.c.task_id)

disposition_branch = Table(
    "disposition_branch",
    metadata,
    Column("case_id", Text, ForeignKey("case.id"), nullable=False),
    Column("instance", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("branch", Integer, nullable=False),
    Column("parent", Integer, nullable=False),
    Column("position", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("instructions", JSONB, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("due", DateTime(timezone=True)),
    Column("status", Text, nullable=False, server_default="sent"),
    Column("given_at", DateTime(timezone=True), nullable=False),
    Column("given_by", Text, nullable=False, server_default=""),
    Column("read_at", DateTime(timezone=True)),
    Column("read_by", Text),
    Column("closed_at", DateTime(timezone=True)),
    Column("report", Text),
    Column("attachments", JSONB, nullable=False, server_default="[]"),
    Column("question", Text),
    Column("answer", Text),
    PrimaryKeyConstraint("case_id", "instance", "round", "branch"),
    CheckConstraint("role IN ('utama', 'pendukung', 'tembusan')", name="role"),
    CheckConstraint("status IN ('sent', 'read', 'asked', 'passed', 'reported', 'refused', 'withdrawn', 'gone')", name="status"),
    CheckConstraint("parent < branch", name="parent_first"),
)
"""``instance`` is the Dispose step's; the branch's own task has instance ``<instance>#<branch>``; parent 0 is the root."""
