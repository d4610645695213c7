"""A PostgreSQL cluster of its own, durable as in a city, with the migrated tables and the sample city."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from db.migrate import upgrade
from embedded import postgres
from tests.databases import PASSWORD

QUIET = {"autovacuum": "off", "max_wal_size": "4GB", "checkpoint_timeout": "1h"}
"""Nothing but the measured work writes to the log of the cluster."""


@dataclass(frozen=True, slots=True)
class Database:
    owner: str
    app: str
    """SQLAlchemy URL of the role the product signs in with."""

    def admin(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(plain(self.owner), autocommit=True)


def plain(url: str) -> str:
    """The same address for psycopg alone."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def database() -> Iterator[Database]:
    folder = Path(tempfile.mkdtemp(prefix="alur-bench-"))
    server = postgres.start(folder, extra=QUIET)
    try:
        with psycopg.connect(plain(server.url("postgres")), autocommit=True) as admin:
            admin.execute("CREATE DATABASE bench")
        owner = server.url("bench")
        upgrade(owner, app_password=PASSWORD)
        yield Database(owner, server.url("bench", "alur_app", PASSWORD))
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
