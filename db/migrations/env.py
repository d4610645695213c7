"""Alembic's entry point. Everything is made as ``alur_owner``, so that no sign-in role owns a table."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

import db.tables  # noqa: F401  completes the metadata
from db.migrations.plain_sql import send
from db.roles import CREATE_ROLES
from db.tables.base import metadata

LOCK_TIMEOUT = "SET lock_timeout = '5s'"
AS_OWNER = "SET ROLE alur_owner"


def _offline() -> None:
    """Prints the SQL for a database administrator; nothing is connected."""
    context.configure(dialect_name="postgresql", target_metadata=metadata, literal_binds=True, transaction_per_migration=True)
    for statement in (LOCK_TIMEOUT, CREATE_ROLES, AS_OWNER):
        context.execute(statement)
    with context.begin_transaction():
        context.run_migrations()


def _migrate(connection: Connection) -> None:
    connection.execute(text(LOCK_TIMEOUT))
    send(connection, CREATE_ROLES)
    connection.execute(text(AS_OWNER))
    connection.commit()
    context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


def _online() -> None:
    url = context.config.get_main_option("sqlalchemy.url")
    engine = create_engine(url or "", poolclass=NullPool)
    with engine.connect() as connection:
        _migrate(connection)
    engine.dispose()


if context.is_offline_mode():
    _offline()
else:
    _online()
