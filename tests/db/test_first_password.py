"""The operator gives a first password; the person signs in with it, and whoever was in on the old one is out."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
from sqlalchemy.ext.asyncio import AsyncEngine

from db.desk import credentials, sign_ins
from embedded.first_password import give
from web.passwords import Passwords


async def test_a_first_password_opens_and_closes_old_devices(app: AsyncEngine, owner: psycopg.Connection[tuple[object, ...]]) -> None:
    person, nip = "01KDVDNA00K6654P0VJ3J2VN7N", "199005122015122935"
    owner.execute("INSERT INTO person (id, name, nip, kind) VALUES (%s, 'Rina Contoh', %s, 'PNS')", (person, nip))
    async with app.begin() as connection:
        token = await sign_ins.start(connection, person, "127.0.0.1", "uji", datetime.now(UTC))
    made = await give(app, nip)
    assert made is not None
    async with app.connect() as connection:
        assert await Passwords().matches(await credentials.hash_of(connection, person), made[1])
        assert await sign_ins.find(connection, token, datetime.now(UTC)) is None


async def test_nobody_gets_one_for_an_unknown_number(app: AsyncEngine) -> None:
    assert await give(app, "000000000000000000") is None
