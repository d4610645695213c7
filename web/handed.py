"""``/naskah``: the letters of a case that were given to somebody without an account, by his link (web.linked). No other page, no sign-in, nothing to send."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from db.desk import letter_links, received
from db.desk.letter_links import LetterLink
from engine.errors import LinkClosed, NotFound
from web.access import Public
from web.context import Context, context_of
from web.files import letter_name, sent
from web.language import _
from web.linked import brought, find_link, moved
from web.pages import pages_of

router = APIRouter()
PAGE = "naskah"


@router.get("/naskah/{token}")
async def arrive(request: Request, token: str, _viewer: Public) -> Response:
    context = context_of(request)
    await _link(request, context, token)
    return moved(context, PAGE, token, letter_links.LIVES)


async def _link(request: Request, context: Context, token: str) -> LetterLink:
    """Refuses what web.linked refuses, and LinkClosed what expired or was taken back."""
    found = await find_link(request, context, token, letter_links.find)
    if not found.alive:
        raise LinkClosed(_("Tautan ini tidak berlaku lagi: ditarik, atau lewat waktunya. Mintalah tautan baru kepada petugas."))
    return found


async def _arrived(request: Request, context: Context) -> tuple[str, LetterLink]:
    token = brought(request, context, PAGE)
    return token, await _link(request, context, token)


@router.get("/naskah")
async def show(request: Request, _viewer: Public) -> Response:
    context = context_of(request)
    token, link = await _arrived(request, context)
    async with context.desk.begin() as connection:
        await letter_links.seen(connection, token, context.clock())
        letters = await letter_links.letters(connection, link)
    return pages_of(request).page(request, "naskah.html", link=link, letters=letters)


@router.get("/naskah/unduh/{document}")
async def letter(request: Request, document: str, _viewer: Public) -> Response:
    """The signed PDF as it stands now. Refuses by NotFound what was not given to him."""
    context = context_of(request)
    _token, link = await _arrived(request, context)
    async with context.desk.begin() as connection:
        found = next((one for one in await letter_links.letters(connection, link) if one.id == document), None)
        if found is None:
            raise NotFound
        await received.mark_read(connection, document, "", context.clock(), recipient=link.recipient)
    return await sent(context, found.sha, letter_name(found.number, f"naskah-{link.case_no}"), "application/pdf")
