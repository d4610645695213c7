"""``/sandi-ulang``: the password once more, before mandates and exports. What was typed comes along and goes on where it was going."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from engine.errors import FactorStale, UploadRefused
from web import access, answers
from web.access import SignedIn
from web.context import context_of
from web.pages import came_from, go, local_path, own, pages_of
from web.policy import Viewer
from web.security import SAFE
from web.uploads.taking import take

router = APIRouter()
PLACE: Final = "/sandi-ulang"
FILES: Final = ("/csv", ".csv", "/unduh")
"""Addresses that give a file: the browser stays where it is, so the page that asked must lead on."""


async def ask(request: Request, stale: FactorStale) -> Response:
    """The page that asks, with everything typed hidden in it. A form goes back to its own address, a page by ``PLACE``.

    Files that came with the form are taken in, and their ids sent again in their place; one that cannot be taken is asked for again there."""
    posted = request.method not in SAFE
    sent = await answers.read(request) if posted else answers.Answers()
    texts = dict(sent.texts)
    parts = [(name, part) for name, found in sent.files.items() for part in found]
    for name, part in parts[: answers.MOST_SENT]:
        texts[name] = [*texts.get(name, []), *([one] if (one := await _kept(request, part)) else [])]
    return _page(request, stale, to=request.url.path if posted else PLACE, texts=texts, on="" if posted else own(request))


async def _kept(request: Request, part: UploadFile) -> str:
    viewer: Viewer = request.state.viewer
    try:
        return (await take(context_of(request), viewer.person.id, part)).id
    except UploadRefused:
        return ""


def _page(request: Request, stale: FactorStale, to: str, texts: dict[str, list[str]], on: str) -> Response:
    """``to``: where the form goes; ``on``: the page it leads on to, "" for a form that is sent again."""
    status = stale.details.get("status", stale.status)
    assert isinstance(status, int)
    return pages_of(request).page(
        request, "sandi_ulang.html", status=status, ready="", before=came_from(request), message=stale.message, failed=status != stale.status,
        to=to, texts=texts, on=on, again=answers.AGAIN,
    )  # fmt: skip


@router.post(PLACE)
async def prove(request: Request, viewer: SignedIn) -> Response:
    """Leads on to ``lanjut``; where that is a file, to a page from which it is downloaded. A wrong password comes back here."""
    sent = await answers.read(request)
    on = local_path(sent.one("lanjut"))
    try:
        await access.proven(request, context_of(request), viewer, await answers.secret(request) or "")
    except FactorStale as refused:
        return _page(request, refused, PLACE, {}, on)
    if not on.partition("?")[0].endswith(FILES):
        return go(request, on)
    return pages_of(request).page(request, "sandi_ulang.html", ready=on, before=local_path(sent.one("dari")))
