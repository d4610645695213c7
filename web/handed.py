"""``/naskah``: the letters of a case that were given to somebody without an account, by his link. No other page, no sign-in, nothing to send.

The token arrives once in the address and is moved at once into a cookie that only these addresses get, as that of an answer (web.answering).
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from db.desk import letter_links, received, tries
from db.desk.letter_links import LetterLink
from engine.errors import LinkClosed, NotFound, TooManyTries
from web.access import Public
from web.agents import address_of
from web.context import Context, context_of
from web.files import letter_name, sent
from web.language import _
from web.pages import pages_of

router = APIRouter()
LIVES = int(letter_links.LIVES.total_seconds())


def cookie(secure: bool) -> str:
    return "__Secure-alur-naskah" if secure else "alur-naskah-lokal"


@router.get("/naskah/{token}")
async def arrive(request: Request, token: str, _viewer: Public) -> Response:
    """Moves the token into the cookie. Refuses (NotFound) a token nobody was given, and counts it against the address."""
    context = context_of(request)
    await _link(request, context, token)
    response = RedirectResponse("/naskah", 303)
    response.set_cookie(cookie(context.secure), token, max_age=LIVES, secure=context.secure, httponly=True, samesite="lax", path="/naskah")
    return response


async def _link(request: Request, context: Context, token: str) -> LetterLink:
    """Refuses: NotFound (unknown), TooManyTries (an address that tried many), LinkClosed (expired or taken back)."""
    now, counted = context.clock(), tries.check_keys(address_of(request), "periksa-salah")
    async with context.desk.begin() as connection:
        locked = await tries.locked_until(connection, counted, now)
        found = None if locked else await letter_links.find(connection, token[:100], now)
        if found is None and not locked:
            await tries.failed(connection, counted, now)
    if locked:
        raise TooManyTries
    if found is None:
        raise NotFound(_("Tautan ini tidak dikenal. Mintalah tautan baru kepada petugas."))
    if not found.alive:
        raise LinkClosed(_("Tautan ini tidak berlaku lagi: ditarik, atau lewat waktunya. Mintalah tautan baru kepada petugas."))
    return found


async def _arrived(request: Request, context: Context) -> tuple[str, LetterLink]:
    token = request.cookies.get(cookie(context.secure), "")
    if not token:
        raise NotFound(_("Buka halaman ini dari tautan yang Anda terima."))
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
