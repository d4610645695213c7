"""Arriving by a link without an account: the token comes once in the address and is moved at once into a cookie that only the pages of this link get.
So it stays out of histories, logs and referrers. Guessing is counted against the address it comes from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import RedirectResponse, Response

from db.desk import tries
from engine.errors import NotFound, TooManyTries
from web.agents import address_of
from web.context import Context
from web.language import _

T = TypeVar("T")
Find = Callable[[AsyncConnection, str, datetime], Awaitable[T | None]]


def cookie(page: str, secure: bool) -> str:
    """``page``: the first word of the addresses that get it."""
    return f"__Secure-alur-{page}" if secure else f"alur-{page}-lokal"


def moved(context: Context, page: str, token: str, lives: timedelta) -> Response:
    """To the page itself, with the token in its cookie."""
    response = RedirectResponse(f"/{page}", 303)
    response.set_cookie(
        cookie(page, context.secure), token, max_age=int(lives.total_seconds()), secure=context.secure, httponly=True, samesite="lax", path=f"/{page}"
    )
    return response


def brought(request: Request, context: Context, page: str) -> str:
    """The token in the cookie. Refuses (NotFound) whoever came without a link."""
    token = request.cookies.get(cookie(page, context.secure), "")
    if not token:
        raise NotFound(_("Buka halaman ini dari tautan yang Anda terima."))
    return token


async def find_link(request: Request, context: Context, token: str, find: Find[T]) -> T:
    """What the token opens, dead or alive. Refuses: NotFound a token nobody was given, TooManyTries an address that tried many."""
    now, counted = context.clock(), tries.check_keys(address_of(request), "periksa-salah")
    async with context.desk.begin() as connection:
        locked = await tries.locked_until(connection, counted, now)
        found = None if locked else await find(connection, token[:100], now)
        if found is None and not locked:
            await tries.failed(connection, counted, now)
    if locked:
        raise TooManyTries
    if found is None:
        raise NotFound(_("Tautan ini tidak dikenal. Mintalah tautan baru kepada petugas."))
    return found
