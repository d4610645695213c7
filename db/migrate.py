"""Brings a database to this version of the product. Called by ``manage.py``, by the tests and by a city's migrate step."""

from __future__ import annotations

import io
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

FOLDER = Path(__file__).parent / "migrations"


def _config(url: str = "", out: io.StringIO | None = None) -> Config:
    config = Config(output_buffer=out) if out is not None else Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(url: str, app_password: str = "", to: str = "head") -> None:
    """Runs every migration not yet run, each in its own transaction, as ``alur_owner``. ``url`` needs a role that may create roles.

    ``app_password`` is set for the sign-in role ``alur_app`` when given; without it the role keeps the one it has."""
    command.upgrade(_config(url), to)
    if app_password:
        _set_password(url, app_password)


def _set_password(url: str, password: str) -> None:
    parts = make_url(url)
    with psycopg.connect(
        host=parts.host, port=parts.port, user=parts.username, password=parts.password, dbname=parts.database, autocommit=True
    ) as connection:
        connection.execute(sql.SQL("ALTER ROLE alur_app LOGIN PASSWORD {}").format(sql.Literal(password)))


def statements(to: str = "head") -> str:
    """The SQL of all migrations up to ``to`` for a database administrator to read and run; needs no database."""
    out = io.StringIO()
    command.upgrade(_config("postgresql+psycopg://", out), to, sql=True)
    return out.getvalue()


def head() -> str:
    """The newest revision in this checkout."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current(url: str) -> str:
    """The revision the database is at; empty for a new one."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision() or ""
    engine.dispose()
    return found
