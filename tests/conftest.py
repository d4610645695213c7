"""Real parts for every test: one PostgreSQL for the run, one database per test module, built by the migrations."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from embedded import postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Postgres]:
    """A throw-away cluster (fsync off: these tests are about rules; the fault tests start their own with fsync on)."""
    folder = Path(tempfile.mkdtemp(prefix="alur-pg-"))
    server = postgres.start(folder, fsync=False)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def empty_database(postgres_server: postgres.Postgres) -> Iterator[str]:
    """SQLAlchemy URL (superuser) of a new empty database."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    admin = psycopg.connect(host="127.0.0.1", port=postgres_server.port, user="postgres", password=postgres_server.password, autocommit=True)
    admin.execute(f'CREATE DATABASE "{name}"')
    yield postgres_server.url(name)
    admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    admin.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first: a file stays in one process, and none should begin when the others are done."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
