"""``/masuk`` and ``/keluar``: NIP and password, one message for every failure, a lock that says until when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from db.desk import credentials, sign_ins, tries
from engine.errors import SignInFailed, TooManyTries
from forms import identity
from forms.messages import BadValue
from web import answers, kept
from web.access import Public, SignedIn, cookie_name
from web.agents import address_of
from web.context import Context, context_of
from web.language import _
from web.pages import go, local_path, pages_of
from web.ports import Person

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
    counted = tries.keys(name, address)
    now = context.clock()
    async with context.desk.connect() as connection:
        locked = await tries.locked_until(connection, counted, now)
        if locked is not None:
            raise TooManyTries(_locked(context, locked))
        person = await context.directory.person_by_nip(name)
        stored = await credentials.hash_of(connection, person.id if person else "")
    good = await context.passwords.matches(stored, secret)
    if good and person is not None and person.active:
        await _settle(context, person, stored or "", secret, counted)
        return person
    async with context.desk.begin() as connection:
        locked = await tries.failed(connection, counted, now)
    if locked is not None:
        raise TooManyTries(_locked(context, locked))
    raise SignInFailed


async def _settle(context: Context, person: Person, stored: str, secret: str, counted: dict[str, tries.Limit]) -> None:
    better = await context.passwords.hash(secret) if context.passwords.outdated(stored) else ""
    async with context.desk.begin() as connection:
        await tries.succeeded(connection, counted)
        if better:
            await credentials.put(connection, person.id, better, context.clock())


def _name(typed: str) -> str:
    """A NIP as bare digits; anything else as typed, in small letters."""
    try:
        return identity.nip(typed)
    except BadValue:
        return typed.lower()


def _locked(context: Context, until: datetime) -> str:
    clock = f"{until.astimezone(context.city.zone):%H.%M} {context.city.zone_name}"
    return _("Terlalu banyak percobaan. Masuk ditutup sampai pukul {clock}. Lupa kata sandi? Hubungi bantuan.").format(clock=clock)


@router.post("/keluar")
async def leave(request: Request, viewer: SignedIn) -> Response:
    """Ends this sign-in on the server and takes the cookie away."""
    context = context_of(request)
    async with context.desk.begin() as connection:
        await sign_ins.revoke(connection, viewer.person.id, viewer.device, context.clock())
    response = go(request, "/masuk?keluar=1")
    response.delete_cookie(cookie_name(context.secure), path="/", secure=context.secure, httponly=True, samesite="lax")
    return response
