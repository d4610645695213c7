"""Around every request: whose form is it, how big is it, which headers go out, and what happens when something breaks."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engine.errors import Broken, ForeignOrigin, Malformed, Refusal, TooLarge
from web import language

log = logging.getLogger("alur.web")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self)",
}
MOST_UPLOADED = 21 * 1024 * 1024
MOST_TYPED = 3 * 1024 * 1024


def same_origin(headers: Headers) -> bool:
    """Whether a form comes from one of our own pages. Without a sign of it: no."""
    site = headers.get("sec-fetch-site")
    if site:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and origin.split("://", 1)[-1] == headers.get("host")


class Guard:
    """ASGI middleware. ``answer`` draws the page of a refusal."""

    def __init__(self, app: ASGIApp, answer: Callable[[Request, Refusal], Awaitable[Response]], secure: bool) -> None:
        self.app = app
        self.answer = answer
        self.headers = dict(HEADERS) | ({"Strict-Transport-Security": "max-age=31536000; includeSubDomains"} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        language.use(request.cookies.get(language.COOKIE, "id"))
        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refuse(scope, request.headers)
        if isinstance(refusal, Malformed):
            # The page offers to load its own address again; this one would only be refused again.
            request = Request({**scope, "path": "/tugas", "raw_path": b"/tugas", "query_string": b""}, receive)
        if refusal is not None:
            await (await self.answer(request, refusal))(scope, receive, dressed)
            return
        counted = _counted(receive, _limit(request.headers))
        try:
            await self.app(scope, counted, dressed)
        except Refusal as refused:
            if started:
                raise
            await (await self.answer(request, refused))(scope, receive, dressed)
        except Exception:
            if started:
                raise
            log.exception("failed %s %s", scope["method"], route_of(scope))
            await (await self.answer(request, Broken()))(scope, receive, dressed)

    @staticmethod
    def _refuse(scope: Scope, headers: Headers) -> Refusal | None:
        if _holds_nul(scope):
            return Malformed()
        if scope["method"] not in SAFE and not same_origin(headers):
            return ForeignOrigin()
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > _limit(headers):
            return TooLarge()
        return None


def route_of(scope: Scope) -> str:
    """The pattern of the address, for logs: the address itself may hold the token of a link. "-" where no page was reached."""
    return str(getattr(scope.get("route"), "path", "")) or "-"


def _holds_nul(scope: Scope) -> bool:
    """In the path or the query, written out or as ``%00``. PostgreSQL keeps no such text; forms are looked at where they are read."""
    query: bytes = scope["query_string"]
    return "\0" in scope["path"] or b"\0" in query or b"%00" in query


def _limit(headers: Headers) -> int:
    return MOST_UPLOADED if headers.get("content-type", "").startswith("multipart/form-data") else MOST_TYPED


def _counted(receive: Receive, limit: int) -> Receive:
    """Stops reading at the limit even when the sender named no length."""
    read = 0

    async def counting() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            raise TooLarge
        return message

    return counting
