"""``owner`` may do everything (superuser)."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.engine import make_url


@pytest.fixture(scope="module")
def owner(database: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    parts = make_url(database)
    with psycopg.connect(
        host=parts.host, port=parts.port, user=parts.username, password=parts.password, dbname=parts.database, autocommit=True
    ) as connection:
        yield connection
