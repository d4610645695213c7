"""The pages as a process: engines, running cases, directory and city put together, served by uvicorn."""

from __future__ import annotations

import base64
import gc
import hmac
import tomllib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import uvicorn
from fastapi import APIRouter, FastAPI, Request
from sqlalchemy import text
from starlette.responses import PlainTextResponse

from db.connect import connect
from web.access import Public
from web.app import create_app
from web.cases import TemporalCases
from web.context import City, Context, context_of
from web.directory import Tables
from web.handovers import TemporalHandovers
from web.previews import TemporalPreviews
from web.routes import ROUTERS
from web.sops import TemporalSops
from workflows.catalogue import catalogue
from workflows.client import PATIENCE
from workflows.client import connect as reach

if TYPE_CHECKING:
    from settings import Settings

router = APIRouter()


@router.get("/siap")
async def ready(request: Request, _viewer: Public) -> PlainTextResponse:
    """For the starter and a load balancer: the database answers. Says nothing about anybody."""
    async with context_of(request).pages.connect() as connection:
        await connection.execute(text("SELECT 1"))
    return PlainTextResponse("siap")


def city_of(given: Settings) -> City:
    """What the layout says, out of the city's own file."""
    told = tomllib.loads((given.city_dir / "city.toml").read_text())
    name = str(told["name"])
    return City(name, str(told.get("government", f"Pemerintah {name}")), given.zone, str(told.get("zone_name", "WIB")),
                str(told.get("help_line", "")), given.sample_accounts)  # fmt: skip


async def build(given: Settings) -> FastAPI:
    """The app. Raises RuntimeError when Temporal cannot be reached at start."""
    temporal = await reach(
        given.temporal_address, given.temporal_namespace, given.codec_keys, given.temporal_tls_cert, given.temporal_tls_key, PATIENCE
    )
    url = given.database_url.get_secret_value()
    pages = connect(url, pages=True)
    processes = catalogue(given.city_dir)
    context = Context(
        pages=pages, desk=connect(url), cases=TemporalCases(temporal, processes), directory=Tables(pages), files=given.files_dir,
        city=city_of(given), clock=lambda: datetime.now(UTC), secure=given.base_url.startswith("https"),
        processes=processes, previews=TemporalPreviews(temporal), handovers=TemporalHandovers(temporal), sops=TemporalSops(temporal),
        base_url=given.base_url,
        link_key=hmac.digest(base64.b64decode(given.codec_key.get_secret_value()), b"alur-tautan", "sha256"), mail=given.mail_dir if given.mail == "folder" else None,
    )  # fmt: skip
    return create_app(context, (router, *ROUTERS))


async def serve(given: Settings) -> None:
    """Until stopped. An open stream holds a restart for a second at most."""
    app = await build(given)
    gc.freeze()  # as the worker does: what was loaded stays
    await uvicorn.Server(configured(given, app)).serve()


def configured(given: Settings, app: FastAPI) -> uvicorn.Config:
    """The server for these settings; who visits is read off the connection, or off the header of a trusted proxy."""
    host, _, port = given.listen.rpartition(":")
    return uvicorn.Config(
        app, host=host, port=int(port), log_level="warning", timeout_graceful_shutdown=1, server_header=False,
        proxy_headers=bool(given.trusted_proxies), forwarded_allow_ips=given.trusted_proxies,
    )  # fmt: skip
