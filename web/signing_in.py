"""``/masuk`` and ``/keluar``: NIP and password, one message for every failure, a lock that says until when."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from db.desk import sign_ins
from engine.errors import SignInFailed, TooManyTries
from forms import identity
from forms.messages import BadValue
from web import answers, kept
from web.access import Public, SignedIn, cookie_name
from web.agents import address_of
from web.context import Context, context_of
from web.pages import go, local_path, pages_of
from web.ports import Person
from web.proving import prove

router = APIRouter()


@router.get("/masuk")
async def form(request: Request, viewer: Public) -> Response:
    """The sign-in page; a person already in goes where he wanted to."""
    back = local_path(request.query_params.get("lanjut", ""))
    if viewer is not None:
        return go(request, back)
    return _page(request, back=back)


def _page(request: Request, status: int = 200, **values: Any) -> Response:
    known: dict[str, Any] = {"back": "/tugas", "name": "", "failed": "", "carried": "", "out": "keluar" in request.query_params}
    return pages_of(request).page(request, "masuk.html", status=status, **(known | values))


@router.post("/masuk")
async def enter(request: Request, _viewer: Public) -> Response:
    """Signs in, or shows the page again with one message that does not say which of the two was wrong."""
    context = context_of(request)
    sent = await answers.read(request)
    typed = sent.one("nip").strip()[:254]
    back = local_path(sent.one("lanjut"))
    carried = sent.one(kept.CARRIED)
    try:
        person = await _check(context, typed, sent.one("sandi"), address_of(request))
    except (SignInFailed, TooManyTries) as refusal:
        return _page(request, refusal.status, back=back, name=typed, failed=refusal.message, carried=carried)
    now = context.clock()
    async with context.desk.begin() as connection:
        token = await sign_ins.start(connection, person.id, address_of(request), request.headers.get("user-agent", ""), now)
        await kept.settle(connection, person.id, carried, now)
    response = go(request, back)
    response.set_cookie(
        cookie_name(context.secure),
        token,
        secure=context.secure,
        httponly=True,
        samesite="lax",
        path="/",
        max_age=int(sign_ins.LONGEST.total_seconds()),
    )
    return response


async def _check(context: Context, typed: str, secret: str, address: str) -> Person:
    """The person of name and secret. Refuses with ``SignInFailed`` or ``TooManyTries``; the work is the same for a name nobody has."""
    name = _name(typed)
    return await prove(context, await context.directory.person_by_nip(name), name, secret, address)


def _name(typed: str) -> str:
    """A NIP as bare digits; anything else as typed, in small letters."""
    try:
        return identity.nip(typed)
    except BadValue:
        return typed.lower()


@router.post("/keluar")
async def leave(request: Request, viewer: SignedIn) -> Response:
    """Ends this sign-in on the server and takes the cookie away."""
    context = context_of(request)
    async with context.desk.begin() as connection:
        await sign_ins.revoke(connection, viewer.person.id, viewer.device, context.clock())
    response = go(request, "/masuk?keluar=1")
    response.delete_cookie(cookie_name(context.secure), path="/", secure=context.secure, httponly=True, samesite="lax")
    return response
