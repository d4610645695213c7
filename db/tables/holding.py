"""Who may act for a position: definitive holders, acting officials (Plt, Plh, Pj, Pjs), mandates (a.n., u.b.), functions, matters, committees.

Periods are instants, closed at the start and open at the end: a mandate that ends at 16.00 is over at 16.00.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, ForeignKey, Identity, Index, PrimaryKeyConstraint, Table, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint

from db.tables.base import metadata

PERIOD = text("tstzrange(starts, ends)")
SEAT = text("seat(position)")
PERSON = text("seat(person)")
STANDS = text("cancelled_at IS NULL")
"""A position's code as a one-point range: lets an exclusion constraint say "same position" without the btree_gist extension."""


def _instants() -> tuple[Column[object], Column[object]]:
    return Column("starts", DateTime(timezone=True), nullable=False), Column("ends", DateTime(timezone=True))


incumbency = Table(
    "incumbency",
    metadata,
    Column("id", Text, primary_key=True),
    Column("position", Text, ForeignKey("position.code"), nullable=False),
    Column("person", Text, ForeignKey("person.id"), nullable=False),
    *_instants(),
    Column("decree", Text, nullable=False, server_default=""),
    CheckConstraint("ends IS NULL OR ends > starts", name="ends_after_start"),
    ExcludeConstraint((SEAT, "&&"), (PERIOD, "&&"), name="one_holder_at_a_time", using="gist"),
)
Index("ix_incumbency_person", incumbency.c.person)
Index("ix_incumbency_position", incumbency.c.position)

acting = Table(
    "acting",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("position", Text, ForeignKey("position.code"), nullable=False),
    Column("person", Text, ForeignKey("person.id"), nullable=False),
    *_instants(),
    Column("order_number", Text, nullable=False),
    Column("forbids", ARRAY(Text), nullable=False, server_default="{}"),
    Column("cause", Text, nullable=False, server_default=""),
    Column("case_id", Text, nullable=False, server_default=""),
    Column("document", Text, nullable=False, server_default=""),
    Column("extends", Text, ForeignKey("acting.id")),
    Column("cancelled_at", DateTime(timezone=True)),
    CheckConstraint("kind IN ('plt', 'plh', 'pj', 'pjs')", name="kind"),
    CheckConstraint("ends IS NULL OR ends > starts", name="ends_after_start"),
    ExcludeConstraint((SEAT, "&&"), (PERIOD, "&&"), name="one_acting_at_a_time", using="gist", where=STANDS),
    ExcludeConstraint(
        (PERSON, "&&"), (PERIOD, "&&"), name="one_post_to_act_for", using="gist", where=text("cancelled_at IS NULL AND kind IN ('plt', 'plh')")
    ),
)
"""``case_id`` and ``document``: where the order was signed, "" when a page took it down. ``extends``: the order this one prolongs, once. An order
cancelled before it began stays, with ``cancelled_at``, and binds nobody."""
Index("uq_acting_extends", acting.c.extends, unique=True, postgresql_where=STANDS)
Index("ix_acting_case", acting.c.case_id, postgresql_where=acting.c.case_id != "")
Index("ix_acting_person", acting.c.person)
Index("ix_acting_position", acting.c.position)

mandate = Table(
    "mandate",
    metadata,
    Column("id", Text, primary_key=True),
    Column("form", Text, nullable=False),
    Column("from_position", Text, ForeignKey("position.code"), nullable=False),
    Column("to_position", Text, ForeignKey("position.code"), nullable=False),
    Column("document_kinds", ARRAY(Text), nullable=False, server_default="{}"),
    Column("decree", Text, nullable=False),
    *_instants(),
    CheckConstraint("form IN ('an', 'ub')", name="form"),
    CheckConstraint("from_position <> to_position", name="two_positions"),
)
Index("ix_mandate_to_position", mandate.c.to_position)

function_post = Table(
    "function_post",
    metadata,
    Column("function", Text, nullable=False),
    Column("unit", Text, ForeignKey("unit.code"), nullable=False),
    Column("position", Text, ForeignKey("position.code"), nullable=False),
    PrimaryKeyConstraint("function", "unit", "position"),
)
Index("ix_function_post_position", function_post.c.position)

matter_post = Table(
    "matter_post",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("matter", Text, nullable=False),
    Column("selector_kind", Text, nullable=False),
    Column("selector", Text, nullable=False, server_default=""),
    Column("position", Text, ForeignKey("position.code"), nullable=False),
    *_instants(),
    Column("decree", Text, nullable=False, server_default=""),
    CheckConstraint("selector_kind IN ('position', 'unit', 'area', 'any')", name="selector_kind"),
    CheckConstraint("(selector_kind = 'any') = (selector = '')", name="selector_present"),
)
Index("ix_matter_post_matter", matter_post.c.matter, matter_post.c.selector_kind, matter_post.c.selector)

committee_member = Table(
    "committee_member",
    metadata,
    Column("committee", Text, nullable=False),
    Column("position", Text, ForeignKey("position.code"), nullable=False),
    *_instants(),
    Column("part", Text, nullable=False, server_default="anggota"),
    Column("decree", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("committee", "position", "starts"),
    CheckConstraint("part IN ('ketua', 'sekretaris', 'anggota')", name="part"),
)
