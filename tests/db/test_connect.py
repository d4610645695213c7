"""A pooled connection that died is replaced without anybody noticing; reads open no transaction."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from db.connect import connect


@pytest.mark.parametrize("pages", [False, True], ids=["work", "pages"])
async def test_a_dead_connection_is_replaced(database: str, pages: bool) -> None:
    engine = connect(database, pages=pages)
    async with engine.connect() as connection:
        first = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    with psycopg.connect(database.replace("+psycopg", ""), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", (first,))
    async with engine.connect() as connection:
        second = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    assert second != first
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
