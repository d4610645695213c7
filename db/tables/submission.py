"""The forms sent with decisions: pages write a row before the decision goes out, ``record`` merges it into the case."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Table, Text, func
from sqlalchemy.dialects.postgresql import JSONB

from db.tables.base import metadata

submission = Table(
    "submission",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("values", JSONB, nullable=False),
    Column("sha", Text, nullable=False),
    Column("created", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
"""A filled form as the page stored it before the decision was sent; ``record`` merges it into ``case.form``."""
