"""``/cari``: cases by number, subject or person, narrowed to what one may read; also the list of one's newest cases when nothing is asked."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from db.read import cases, organisation
from forms.text import tidy
from web.access import SignedIn
from web.context import context_of
from web.pages import pages_of, wants_fragment

router = APIRouter()
PAGE = 30
RECENT = 10
STATUSES = ("", "open", "ended")


@router.get("/cari")
async def search(
    request: Request, viewer: SignedIn, cari: str = "", proses: str = "", keadaan: str = "", sebelum: Annotated[int, Query(ge=0)] = 0
) -> Response:
    """A GET form: every result is an address. Words shorter than what can be found are told, not refused."""
    context = context_of(request)
    words, proses = tidy(cari)[:200], tidy(proses)[:100]
    status = keadaan if keadaan in STATUSES else ""
    asked = bool(words or proses or status)
    wanted = cases.Query(words, status, proses)
    most = PAGE if asked else RECENT
    async with context.pages.connect() as connection:
        found = await cases.search(connection, viewer.person.id, context.clock(), wanted, sebelum, most + 1)
        units = {one.code: one.name for one in await organisation.units(connection)}
    shown = found[:most]
    after = shown[-1].no if asked and len(found) > most else 0
    query = {"cari": words, "proses": proses, "keadaan": status, "sebelum": after}
    return pages_of(request).page(
        request, "cari.html", "daftar", found=shown, words=words, proses=proses, state=status, asked=asked, older=bool(sebelum), units=units,
        after=f"/cari?{urlencode({name: value for name, value in query.items() if value})}" if after else "", partial=wants_fragment(request.headers),
        processes=[(one.code, one.process.title.id) for one in context.processes.processes.values()],
    )  # fmt: skip
