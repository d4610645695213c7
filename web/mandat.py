"""``/mandat``: who acts for which post, as what, from when to when, on which order; one mandate whole; and one's own."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from db import files
from db.read import access, mandate_acts, mandate_desk, office_trail
from db.read import mandates as known
from db.read.mandates import Order, When
from engine.errors import NotFound
from forms.text import tidy
from web import mandat_form
from web.access import SignedIn
from web.context import Context, context_of
from web.drawing import draw
from web.language import _
from web.mandat_rights import Rights, rights_of
from web.mandat_words import KINDS, causes, kinds, limits_in_words, states, until
from web.pages import pages_of
from web.policy import Viewer

router = APIRouter()
PAGE = 50
STATES: dict[str, tuple[When, ...]] = {
    "": ("berjalan", "mendatang"), "berjalan": ("berjalan",), "mendatang": ("mendatang",), "lampau": ("lampau",), "dibatalkan": ("dibatalkan",), "semua": (),
}  # fmt: skip


def words_of(context: Context) -> dict[str, Any]:
    """What every page of mandates says by word."""
    zone = context.city.zone
    return {"states": states(), "kinds": kinds(), "causes": causes(), "until": lambda ends: until(ends, zone)}


@router.get("/mandat")
async def every(request: Request, viewer: SignedIn) -> Response:
    """Newest first; by state, post, person and kind. Every view is an address. Proposals that wait for the viewer stand above."""
    context = context_of(request)
    given = request.query_params
    asked = {name: tidy(given.get(name, ""))[:100] for name in ("keadaan", "jabatan", "pegawai", "jenis", "sebelum")}
    state = asked["keadaan"] if asked["keadaan"] in STATES else ""
    kind = asked["jenis"] if asked["jenis"] in KINDS else ""
    now = context.clock()
    async with context.pages.connect() as connection:
        held = await rights_of(connection, viewer)
        last = await known.one(connection, asked["sebelum"], now) if asked["sebelum"] else None
        rows = await known.mandates(
            connection, now, STATES[state], limit=PAGE + 1, before=last, kind=kind, seat=asked["jabatan"], who=asked["pegawai"]
        )
        waiting = await mandate_desk.waiting(connection, held.organisations, held.desk is not None) if held.desk or held.prepares else []
    after = rows[PAGE - 1].mandate.id if len(rows) > PAGE else ""
    return pages_of(request).page(
        request, "mandat.html", "daftar", rows=rows[:PAGE], after=after, asked={**asked, "keadaan": state, "jenis": kind}, held=held, waiting=waiting,
        done=given.get("sudah", ""), **words_of(context),
    )  # fmt: skip


@router.get("/mandat/saya")
async def mine(request: Request, viewer: SignedIn) -> Response:
    """What the viewer acts for, and who acts for the posts that are his own."""
    context = context_of(request)
    now = context.clock()
    async with context.pages.connect() as connection:
        acts = await known.mandates(connection, now, person=viewer.person.id, limit=PAGE)
        for_me = [
            one
            for position in await mandate_desk.own_posts(connection, viewer.person.id, now)
            for one in await known.mandates(connection, now, position=position, limit=PAGE)
            if one.mandate.person != viewer.person.id
        ]
    return pages_of(request).page(request, "mandat_saya.html", acts=acts, for_me=for_me, **words_of(context))


async def view(
    request: Request, context: Context, mandate_id: str, viewer: Viewer, errors: dict[str, str] | None = None, status: int = 200, **values: Any
) -> Response:
    """One mandate whole: chain, order, limits, what was done under it, how it was changed. NotFound for an unknown one."""
    now = context.clock()
    async with context.pages.connect() as connection:
        one = await known.one(connection, mandate_id, now)
        held = await rights_of(connection, viewer)
        issued = await mandate_acts.issued(connection, one.document)
        letter = await mandate_acts.letter(connection, mandate_id)
        acts = await mandate_acts.acts(connection, mandate_id)
        may = await access.readable(connection, [*(act.case_id for act in acts), *([issued.case_id] if issued else [])], viewer.person.id, now)
        shown: dict[str, Any] = {
            "chain": await mandate_acts.chain(connection, mandate_id), "counted": await mandate_acts.counted(connection, mandate_id),
            "changes": await office_trail.changes(connection, "acting", mandate_id), "letter_open": await _may_letter(connection, held, viewer, one),
        }  # fmt: skip
    sent = {"typed": {}, "uploads": {}, "done": request.query_params.get("sudah", "")} | values
    file = draw(mandat_form.letter(), {"surat": [sent["typed"].get("surat", "")]}, errors, uploads=sent["uploads"])
    return pages_of(request).page(
        request, "mandat_satu.html", status=status, one=one, held=held, issued=issued, letter=letter, acts=acts, may=may, most=mandate_acts.MOST,
        limits=limits_in_words(one.mandate.kind, one.mandate.forbids), errors=errors or {}, file=file[0],
        **shown, **sent, **words_of(context),
    )  # fmt: skip


@router.get("/mandat/{mandate_id}")
async def one_mandate(request: Request, mandate_id: str, viewer: SignedIn) -> Response:
    return await view(request, context_of(request), mandate_id, viewer)


async def _may_letter(connection: AsyncConnection, held: Rights, viewer: Viewer, one: Order) -> bool:
    """The personnel desk, the official himself, and the agency of the post: to them also why he stands in, which may be an illness."""
    if held.desk is not None or one.mandate.person == viewer.person.id:
        return True
    post = await mandate_desk.post(connection, one.mandate.position)
    return post is not None and any(capacity.organisation == post.organisation for capacity in viewer.capacities)


@router.get("/mandat/{mandate_id}/surat")
async def order_letter(request: Request, mandate_id: str, viewer: SignedIn) -> Response:
    """The order letter that was handed in, as an attachment. NotFound when there is none, or for a stranger to it."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        one = await known.one(connection, mandate_id, context.clock())
        letter = await mandate_acts.letter(connection, mandate_id)
        if letter is None or not await _may_letter(connection, await rights_of(connection, viewer), viewer, one):
            raise NotFound(_("Surat perintah ini tidak ada, atau Anda tidak berhak membukanya."))
    return await pdf(context, letter[0], letter[1])


async def pdf(context: Context, sha: str, name: str) -> Response:
    """Stored bytes, checked against their hash, always as an attachment."""
    content = await asyncio.to_thread(files.read, context.files, sha)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "private, no-store",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }  # fmt: skip
    return Response(content, media_type="application/pdf", headers=headers)
