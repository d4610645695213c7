"""The web app: routes under their policies, refusals under one mapping, everything inside the guard."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response

from engine.errors import Broken, FactorStale, Malformed, NotFound, NotSignedIn, Refusal, TooManyTries
from web import access, answers, assets, catalogue, drafting, fresh, help_pages, kept, language, own_page, signing_in
from web.access import Public
from web.context import Context
from web.pages import Pages
from web.security import SAFE, Guard, route_of
from web.uploads import routes as uploads

log = logging.getLogger("alur.web")
BASE = (signing_in.router, fresh.router, help_pages.router, own_page.router, drafting.router, uploads.router)


def create_app(context: Context, routers: Sequence[APIRouter] = ()) -> FastAPI:
    """The app with the base pages and ``routers``. Refuses to start (ValueError) when a route declares no policy."""
    catalogue.compile_all()
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, title="Alur")
    app.state.context = context
    app.state.assets = assets.load()
    app.state.pages = Pages(context, app.state.assets)
    for router in (*BASE, _static(), *routers):
        app.include_router(router)
    open_routes = access.undeclared(app)
    if open_routes:
        raise ValueError(f"routes without a policy: {', '.join(open_routes)}")
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_middleware(GZipMiddleware, minimum_size=800)
    app.add_middleware(Guard, answer=_at_the_door, secure=context.secure)
    return app


def _static() -> APIRouter:
    router = APIRouter()

    @router.get("/aset/{digest}/{name:path}")
    async def give(request: Request, digest: str, name: str, _viewer: Public) -> Response:
        return assets.respond(request.app.state.assets, digest, name)

    return router


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    pages: Pages = request.app.state.pages
    if isinstance(error, NotSignedIn) and request.method not in SAFE and request.headers.get("hx-request") != "true":
        sent = await answers.read(request)
        on_server, carried = await kept.keep(request, pages.context, sent)
        clock = f"{pages.context.clock().astimezone(pages.context.city.zone):%H.%M}" if on_server else ""
        return pages.refusal(request, error, kept=clock, answers=carried)
    if isinstance(error, FactorStale) and getattr(request.state, "viewer", None) is not None:
        return await fresh.ask(request, error)
    return pages.refusal(request, error)


async def _http(request: Request, error: Exception) -> Response:
    """What the framework refuses by itself, in our words: no English sentence of it reaches a page."""
    assert isinstance(error, HTTPException)
    refusal: Refusal
    if error.status_code in (404, 405):
        refusal = NotFound()
    elif error.status_code == TooManyTries.status:
        refusal = TooManyTries()
    else:
        refusal = Malformed() if error.status_code < Broken.status else Broken()
    pages: Pages = request.app.state.pages
    await _know(request)
    return pages.refusal(request, refusal)


async def _at_the_door(request: Request, refusal: Refusal) -> Response:
    """What the guard refuses before a route, or after one broke: the page still knows who is there, where that can be told."""
    pages: Pages = request.app.state.pages
    try:
        await _know(request)
    except Exception:
        log.exception("nobody can be told apart at %s", route_of(request.scope))
    return pages.refusal(request, refusal)


async def _know(request: Request) -> None:
    """An address that no route serves asked nobody who is there; its page still greets the person who is signed in."""
    if not hasattr(request.state, "viewer"):
        viewer = await access.viewer_of(request, request.app.state.context)
        request.state.viewer = viewer
        if viewer is not None:
            language.use(viewer.language)


async def _malformed(request: Request, error: Exception) -> Response:
    """A number in an address that is none names nothing; anything else unreadable is said to be so."""
    assert isinstance(error, RequestValidationError)
    pages: Pages = request.app.state.pages
    await _know(request)
    return pages.refusal(request, NotFound() if any(one["loc"][0] == "path" for one in error.errors()) else Malformed())
