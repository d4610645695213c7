"""Databases as the migrations make them: each a copy of one that they made once on that server."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.engine import make_url

from db.migrate import upgrade
from embedded.postgres import Postgres

PASSWORD = "uji"
"""Of the role the product signs in with."""
FIRST = "t_first"


def as_app(owner_url: str) -> str:
    """The same database as the role that the product has."""
    return make_url(owner_url).set(username="alur_app", password=PASSWORD).render_as_string(hide_password=False)


@contextmanager
def new_database(server: Postgres) -> Iterator[str]:
    """SQLAlchemy URL (superuser) of a new migrated database, which goes when it is left."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    admin = psycopg.connect(host="127.0.0.1", port=server.port, user="postgres", password=server.password, autocommit=True)
    if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (FIRST,)).fetchone() is None:
        admin.execute(f'CREATE DATABASE "{FIRST}"')
        upgrade(server.url(FIRST), app_password=PASSWORD)
    admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{FIRST}"')
    yield server.url(name)
    admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    admin.close()
