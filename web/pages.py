"""Templates to answers: one environment, one ``page`` for whole pages and fragments, one mapping from a refusal to its page."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2_fragments import render_block
from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response
from ulid import ULID

from engine.errors import FieldsInvalid, InProgress, NotSignedIn, Refusal
from forms import dates, identity, numbers, rich, showing
from web import language, words
from web.agents import device
from web.assets import Asset
from web.context import City, Context
from web.drawing import draw, how
from web.kelola_rights import seers
from web.policy import Viewer
from web.security import route_of

log = logging.getLogger("alur.web")
TEMPLATES = Path(__file__).parent / "templates"


def environment(assets: Mapping[str, Asset], city: City) -> Environment:
    """Autoescape, undefined names refused, translations by the request's language."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(language._, language.ngettext, newstyle=True)  # type: ignore[attr-defined]

    def static(name: str) -> str:
        return assets[name].address

    def moment(at: datetime) -> Markup:
        local = at.astimezone(city.zone)
        shown = f"{dates.long(local.date().isoformat())} {local:%H.%M} {city.zone_name}"
        return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), shown)

    def clock(at: datetime) -> str:
        return f"{at.astimezone(city.zone):%H.%M}"

    env.globals.update(static=static, city=city, languages=language.LANGUAGES, draw=draw, how=how, said=language.said, keepers=seers())
    env.filters.update(
        moment=moment,
        clock=clock,
        count=numbers.grouped,
        rupiah=showing.rupiah,
        date=dates.long,
        word=showing.word,
        body=_body,
        device=device,
        standing=words.standing,
        tersamar=identity.masked_within,
    )
    return env


def _body(html: str) -> Markup:
    """Rich text of a letter on a page: cleaned again, because what is marked safe must be safe by this line alone."""
    return Markup(rich.clean(html))  # noqa: S704 - the cleaner writes tags without attributes only


def wants_fragment(headers: Headers) -> bool:
    return headers.get("hx-request") == "true" and headers.get("hx-request-type") == "partial"


def local_path(text: str, otherwise: str = "/tugas") -> str:
    """A path of this site out of foreign text; ``otherwise`` when it leads anywhere else."""
    good = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable() and "\\" not in text and len(text) <= 2000
    return text if good else otherwise


def own(request: Request) -> str:
    """The request's own address."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def came_from(request: Request) -> str:
    """The page of ours that led here; without one the request's own address."""
    parts = request.headers.get("referer", "").split("/", 3)
    same = len(parts) == 4 and parts[2] == request.headers.get("host")
    return local_path(f"/{parts[3]}") if same else own(request)


class Pages:
    """The app's renderer, ``request.app.state.pages``."""

    def __init__(self, context: Context, assets: Mapping[str, Asset]) -> None:
        self.context = context
        self.env = environment(assets, context.city)

    def page(self, request: Request, template: str, block: str | None = None, status: int = 200, **values: Any) -> HTMLResponse:
        """The page, or only ``block`` of it for a request that wants a fragment. ``errors`` may be left out."""
        known = self._common(request) | {"errors": {}} | values
        partial = block is not None and wants_fragment(request.headers)
        html = render_block(self.env, template, block, **known) if partial and block else self.env.get_template(template).render(**known)
        headers = {"Vary": "HX-Request, HX-Request-Type, Cookie", "Cache-Control": "no-store"}
        return HTMLResponse(html, status, headers=headers)

    def _common(self, request: Request) -> dict[str, Any]:
        viewer: Viewer | None = getattr(request.state, "viewer", None)
        return {
            "viewer": viewer,
            "path": request.url.path,
            "here": own(request),
            "stay": self._before(request),
            "language": language.current.get(),
            "theme": viewer.theme if viewer else "",
            "shortcuts": viewer.shortcuts if viewer else True,
            "now": self.context.clock(),
        }

    def refusal(self, request: Request, refusal: Refusal, **values: Any) -> Response:
        """The one page of a refusal: what was refused, what mends it, what is safe, and a reference code."""
        if isinstance(refusal, NotSignedIn) and (away := self._to_sign_in(request)):
            return away
        reference = str(ULID())[-10:]
        if refusal.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            log.error("refused %s %s reference=%s", refusal.code, route_of(request.scope), reference)
        status = refusal.status
        response = self.page(
            request,
            "galat.html",
            status=status,
            code=refusal.code,
            number=status,
            message=language.said(refusal.message),
            fields=refusal.errors if isinstance(refusal, FieldsInvalid) else {},
            reference=reference,
            again=isinstance(refusal, InProgress),
            before=self._before(request),
            typed=refusal.details.get("typed", ""),
            **({"kept": "", "answers": ""} | values),
        )
        response.headers["X-Reference"] = reference
        return response

    @staticmethod
    def _before(request: Request) -> str:
        """The page of ours that the request came from: what was posted to may have no page of its own."""
        return own(request) if request.method in ("GET", "HEAD") else came_from(request)

    def _to_sign_in(self, request: Request) -> Response | None:
        """htmx is sent to the sign-in page; a plain GET too; a plain POST gets a page that keeps what was typed."""
        if request.headers.get("hx-request") == "true":
            current = request.headers.get("hx-current-url", "")
            return Response(
                status_code=401, headers={"HX-Redirect": sign_in_address("/" + current.split("/", 3)[3] if current.count("/") >= 3 else "/tugas")}
            )
        if request.method in ("GET", "HEAD"):
            return RedirectResponse(sign_in_address(own(request)), 303)
        return None


def sign_in_address(back: str) -> str:
    return f"/masuk?lanjut={quote(local_path(back), safe='/')}"


def go(request: Request, address: str) -> Response:
    """After an act: htmx gets ``HX-Location``, a plain form a 303."""
    if request.headers.get("hx-request") == "true":
        return Response(status_code=204, headers={"HX-Location": address})
    return RedirectResponse(address, 303)


def pages_of(request: Request) -> Pages:
    found = request.app.state.pages
    assert isinstance(found, Pages)
    return found
