"""Runs a block of SQL as it stands: several statements, function bodies, percent signs."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Connection


def send(connection: Connection, block: str) -> None:
    """Straight to the driver without parameters, so that nothing in ``block`` is taken for a placeholder."""
    cursor = connection.connection.cursor()
    cursor.execute(block)
    cursor.close()


def run(block: str) -> None:
    """Inside a migration: to the database, or to the printed script when offline."""
    if op.get_context().as_sql:
        op.execute(block)
    else:
        send(op.get_bind(), block)
