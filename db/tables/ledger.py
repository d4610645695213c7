"""The ledger: accounts of a book (leave days, budget lines, stock), their entries, and what cases hold of them. Amounts are signed decimals.

A balance is never below its floor because the *account's row* says so: ``balance`` and ``held`` are kept by triggers on entries and holds
(nobody may write them), every movement locks that one row, and a CHECK refuses the one too many. A sum over the entries would be right only
until two transactions read it at the same time; the row lock makes the second wait and then see the first.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Numeric,
    Table,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from db.tables.base import metadata

AMOUNT = Numeric(20, 4)

ledger_book = Table(
    "ledger_book",
    metadata,
    Column("code", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("rule", JSONB, nullable=False, server_default="{}"),
)
"""``unit``: hari, rupiah, buah … ``rule``: the yearly entitlement and what of it goes over (``db.office.ledger_year``)."""

ledger_account = Table(
    "ledger_account",
    metadata,
    Column("id", Text, primary_key=True),
    Column("book", Text, ForeignKey("ledger_book.code"), nullable=False),
    Column("subject", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("floor", AMOUNT, nullable=False, server_default="0"),
    Column("balance", AMOUNT, nullable=False, server_default="0"),
    Column("held", AMOUNT, nullable=False, server_default="0"),
    Column("opens", Date, nullable=False),
    Column("closes", Date),
    UniqueConstraint("book", "subject", "period"),
    CheckConstraint("id = book || '/' || subject || '/' || period", name="id"),
    CheckConstraint("held >= 0", name="held"),
    CheckConstraint("balance - held >= floor", name="never_below_floor"),
    CheckConstraint("closes IS NULL OR closes > opens", name="closes_after_opening"),
    postgresql_with={"fillfactor": 80},
)
"""``subject``: whose it is (person id, unit code, budget line). Usable from ``opens`` until the day before ``closes``."""

ledger_hold = Table(
    "ledger_hold",
    metadata,
    Column("key", Text, primary_key=True),
    Column("account", Text, ForeignKey("ledger_account.id"), nullable=False),
    Column("amount", AMOUNT, nullable=False),
    Column("remaining", AMOUNT, nullable=False),
    Column("case_id", Text, ForeignKey("case.id"), nullable=False),
    Column("step", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("state", Text, nullable=False, server_default="held"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("settled_at", DateTime(timezone=True)),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("remaining BETWEEN 0 AND amount", name="remaining"),
    CheckConstraint("state IN ('held', 'posted', 'freed')", name="state"),
    CheckConstraint("(state = 'held') = (remaining > 0)", name="held_while_something_remains"),
    CheckConstraint("(state = 'held') = (settled_at IS NULL)", name="settled_when_settled"),
)
"""``remaining``: what is still held. ``posted``: some of it was posted, the rest (if any) freed; ``freed``: none was."""
Index("ix_ledger_hold_case", ledger_hold.c.case_id, postgresql_where=ledger_hold.c.state == "held")
Index("ix_ledger_hold_account", ledger_hold.c.account)

ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("account", Text, ForeignKey("ledger_account.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("amount", AMOUNT, nullable=False),
    Column("case_id", Text, ForeignKey("case.id")),
    Column("step", Text, nullable=False, server_default=""),
    Column("round", Integer, nullable=False, server_default="0"),
    Column("hold", Text, ForeignKey("ledger_hold.key")),
    Column("undoes", Text, ForeignKey("ledger_entry.key")),
    Column("source", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("amount <> 0", name="amount"),
    CheckConstraint("kind IN ('opening', 'carried', 'post', 'given-back', 'reversal', 'correction', 'lapsed')", name="kind"),
    CheckConstraint("case_id IS NOT NULL OR source <> ''", name="has_a_cause"),
)
"""Append-only. ``source``: the decree or file an entry without a case rests on; ``undoes``: the posting that is given back or reversed."""
Index("ix_ledger_entry_account", ledger_entry.c.account, ledger_entry.c.id)
Index("ix_ledger_entry_case", ledger_entry.c.case_id, postgresql_where=ledger_entry.c.case_id.is_not(None))
Index("ix_ledger_entry_undoes", ledger_entry.c.undoes, postgresql_where=ledger_entry.c.undoes.is_not(None))
