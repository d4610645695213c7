"""A migrated database for each test module; ``owner`` may do everything (superuser), ``app`` is the role the product signs in with."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from db.connect import connect
from db.migrate import upgrade

APP_PASSWORD = "uji-saja"


@pytest.fixture(scope="module")
def database(empty_database: str) -> str:
    upgrade(empty_database, app_password=APP_PASSWORD)
    return empty_database


@pytest.fixture(scope="module")
def owner(database: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    parts = make_url(database)
    with psycopg.connect(
        host=parts.host, port=parts.port, user=parts.username, password=parts.password, dbname=parts.database, autocommit=True
    ) as connection:
        yield connection


@pytest.fixture(scope="module")
def app_url(database: str) -> str:
    return make_url(database).set(username="alur_app", password=APP_PASSWORD).render_as_string(hide_password=False)


@pytest_asyncio.fixture
async def app(app_url: str) -> AsyncIterator[AsyncEngine]:
    engine = connect(app_url)
    yield engine
    await engine.dispose()
