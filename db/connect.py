"""The engines. Roles: ``alur_owner`` owns the tables (migrations), ``alur_app`` writes what it may, pages use ``alur_app`` too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine


def connect(url: str, pool: int = 10, pages: bool = False) -> AsyncEngine:
    """An async engine (psycopg 3). ``pages=True`` is for reads: no transaction around them (READ COMMITTED looks anew at each statement
    anyway, and BEGIN and ROLLBACK were half of the trips), and custom plans (the generic plan of a skewed inbox query is 40× slower)."""
    options = "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000"
    if pages:
        options += " -c plan_cache_mode=force_custom_plan"
    more: dict[str, str] = {"isolation_level": "AUTOCOMMIT"} if pages else {}
    return create_async_engine(url, pool_size=pool, max_overflow=pool, pool_pre_ping=True, connect_args={"options": options}, **more)


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One unit of work: commits when the block ends, rolls back when it raises. Nobody else calls commit."""
    async with engine.begin() as connection:
        yield connection
