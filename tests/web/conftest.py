"""Pages as a browser over TLS meets them, on a database built by the migrations and used by the role that pages have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.engine import make_url

from tests.web.cast import BUDI, LAMA, SARI, Clock, Staff, app_for, context_for, enrol
from web.context import Context


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def staff() -> Staff:
    return Staff()


@pytest.fixture
def context(app_url: str, tmp_path: Path, clock: Clock, staff: Staff) -> Context:
    return context_for(app_url, tmp_path / "berkas", clock, staff)


@pytest.fixture
def client(context: Context, app_url: str) -> Iterator[TestClient]:
    parts = make_url(app_url)
    with psycopg.connect(host=parts.host, port=parts.port, user=parts.username, password=parts.password, dbname=parts.database) as connection:
        connection.execute("DELETE FROM sign_in; DELETE FROM sign_in_try; DELETE FROM draft; DELETE FROM preference")
    with TestClient(app_for(context), base_url="https://kota.test") as client:
        assert client.portal is not None
        client.portal.call(enrol, context, BUDI, SARI, LAMA)
        yield client
        client.portal.call(context.pages.dispose)
        client.portal.call(context.desk.dispose)
