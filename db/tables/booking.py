"""Bookings: a resource (person, room, vehicle) taken for a period. The database refuses two at one time, whatever was read before.

Periods are instants, closed at the start and open at the end: leave until the 4th ends at midnight of the 5th in the city's zone.
"""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, DateTime, ForeignKey, Index, Integer, Table, Text, false, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from db.tables.base import metadata

RESOURCE = text("seat(kind || '/' || resource)")
"""As in ``db.tables.holding``: a one-point range stands in for btree_gist, which the bundled server does not have."""
PERIOD = text("tstzrange(starts, ends)")

booking = Table(
    "booking",
    metadata,
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("resource", Text, nullable=False),
    Column("starts", DateTime(timezone=True), nullable=False),
    Column("ends", DateTime(timezone=True), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("lasting", Boolean, nullable=False, server_default=false()),
    Column("case_id", Text, ForeignKey("case.id")),
    Column("step", Text, nullable=False, server_default=""),
    Column("round", Integer, nullable=False, server_default="0"),
    Column("source", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("state", Text, nullable=False, server_default="active"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("freed_at", DateTime(timezone=True)),
    CheckConstraint("ends > starts", name="ends_after_start"),
    CheckConstraint("state IN ('active', 'freed')", name="state"),
    CheckConstraint("(state = 'freed') = (freed_at IS NOT NULL)", name="freed_when_freed"),
    CheckConstraint("case_id IS NOT NULL OR source <> ''", name="has_a_cause"),
    ExcludeConstraint((RESOURCE, "&&"), (PERIOD, "&&"), name="one_booking_at_a_time", using="gist", where=text("state = 'active'")),
)
"""``kind``: orang, ruang, kendaraan … within which a resource is taken once at a time. ``lasting``: a granted one, which survives the end of its
case; any other is freed then. The period of a row never changes: a shorter one is a new row."""
Index("ix_booking_case", booking.c.case_id, postgresql_where=booking.c.state == "active")
Index("ix_booking_resource", booking.c.kind, booking.c.resource, booking.c.starts)
