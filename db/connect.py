"""The engines. Roles: ``alur_owner`` owns the tables (migrations), ``alur_app`` writes what it may, pages use ``alur_app`` too."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

RESTED = 1.0
"""Seconds after which a pooled connection is asked whether it lives. Within a request it was used a moment ago: the question was every third trip."""


def connect(url: str, pool: int = 10, pages: bool = False) -> AsyncEngine:
    """An async engine (psycopg 3). ``pages=True`` is for reads: no transaction around them (READ COMMITTED looks anew at each statement
    anyway, and BEGIN and ROLLBACK were half of the trips), and custom plans (the generic plan of a skewed inbox query is 40× slower)."""
    options = "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000"
    if pages:
        options += " -c plan_cache_mode=force_custom_plan"
    more: dict[str, str] = {"isolation_level": "AUTOCOMMIT"} if pages else {}
    made = create_async_engine(url, pool_size=pool, max_overflow=pool, connect_args={"options": options}, **more)
    _ask_the_rested(made)
    return made


def _ask_the_rested(engine: AsyncEngine) -> None:
    """A connection that lay idle is pinged before use and replaced when it is dead, as ``pool_pre_ping`` does for every one."""
    inner = engine.sync_engine

    @event.listens_for(inner, "checkin")
    def rests(_connection: Any, record: Any) -> None:
        record.info["rests"] = time.monotonic()

    @event.listens_for(inner, "checkout")
    def asked(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("rests", time.monotonic()) < RESTED:
            return
        try:
            inner.dialect.do_ping(connection)
        except inner.dialect.loaded_dbapi.Error as dead:
            raise DisconnectionError from dead


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One unit of work: commits when the block ends, rolls back when it raises. Nobody else calls commit."""
    async with engine.begin() as connection:
        yield connection
