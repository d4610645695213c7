"""A pooled connection that died while it rested is replaced without anybody noticing; one used a moment ago is not asked."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from db import connect as module
from db.connect import connect


@pytest.mark.parametrize("pages", [False, True], ids=["work", "pages"])
async def test_a_dead_connection_is_replaced_after_a_rest(database: str, pages: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = connect(database, pages=pages)
    async with engine.connect() as connection:
        first = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    with psycopg.connect(database.replace("+psycopg", ""), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", (first,))
    monkeypatch.setattr(module, "RESTED", 0.0)
    async with engine.connect() as connection:
        second = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    assert second != first
    await engine.dispose()


async def test_a_connection_in_use_is_not_asked_again(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = connect(database)
    asked: list[int] = []
    ping = engine.sync_engine.dialect.do_ping

    def counted(one: Any) -> bool:
        asked.append(1)
        return bool(ping(one))

    monkeypatch.setattr(engine.sync_engine.dialect, "do_ping", counted)
    for _ in range(3):
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
    assert asked == []
    monkeypatch.setattr(module, "RESTED", 0.0)
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
    assert asked == [1]
    await engine.dispose()


async def test_reads_of_pages_open_no_transaction(database: str) -> None:
    engine = connect(database, pages=True)
    begun: list[Any] = []
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
        raw: Any = await connection.get_raw_connection()
        begun.append(raw.driver_connection.info.transaction_status.name)
    assert begun == ["IDLE"]
    await engine.dispose()
