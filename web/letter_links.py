"""A link to the letters of a case for a party without an account, made at the desk: shown once, to be passed on; and taken back."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from db.desk import letter_links
from db.read import access
from engine.errors import NotAllowed, NotFound
from web import answers
from web.access import SignedIn
from web.case_page import No
from web.context import context_of
from web.language import _
from web.pages import go, pages_of
from web.showing_case import readable

router = APIRouter()


@router.post("/perkara/{no}/tautan-naskah")
async def link(request: Request, no: No, viewer: SignedIn) -> Response:
    """``aksi``: ``buat`` (a new link for the party ``untuk``) or ``tarik`` (all links of the case). Refuses: NotFound a case the viewer may not read or a
    party that was given nothing, NotAllowed whoever takes no part in the case."""
    context = context_of(request)
    sent = await answers.read(request)
    async with context.pages.connect() as connection:
        case = await readable(connection, no, viewer, context.clock())
        if not await access.concerned(connection, case.id, viewer.person.id, context.clock()):
            raise NotAllowed(_("Hanya yang ikut menangani perkara ini yang dapat membuat atau menarik tautannya."))
        known = dict(await letter_links.outside(connection, case.id))
    if sent.one("aksi") == "tarik":
        async with context.desk.begin() as connection:
            await letter_links.revoke(connection, case.id, viewer.person.id, context.clock())
        return go(request, f"/perkara/{no}?sudah=tautan-ditarik")
    party = sent.one("untuk")
    if party not in known:
        raise NotFound
    now = context.clock()
    async with context.desk.begin() as connection:
        token = await letter_links.make(connection, case.id, party, viewer.person.id, now)
    address = f"{context.base_url.rstrip('/')}/naskah/{token}"
    return pages_of(request).page(request, "tautan_naskah.html", no=no, name=known[party], address=address, until=now + letter_links.LIVES)
