"""``/tembusan``: letters a position of the viewer was given a copy of. It opens the letter, and no more of the case it comes from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from db.desk import received
from db.read import cases
from db.read.processes import pinned_process
from engine.errors import NotFound
from forms.identities import held
from web.access import SignedIn
from web.context import context_of
from web.files import letter_name, sent
from web.pages import pages_of
from web.reading_log import log_reading

router = APIRouter()
PAGE = 50
FAR = 10_000


@router.get("/tembusan")
async def show(request: Request, viewer: SignedIn, lewati: Annotated[int, Query(ge=0, le=FAR)] = 0, baru: str = "") -> Response:
    """Newest first; ``baru=ya``: only those nobody on the position has opened."""
    context, fresh = context_of(request), baru == "ya"
    async with context.pages.connect() as connection:
        found = await received.mine(connection, viewer.person.id, context.clock(), fresh=fresh, skip=lewati, limit=PAGE + 1)
        unread = await received.unread(connection, viewer.person.id, context.clock())
    older = lewati + PAGE if len(found) > PAGE else 0
    return pages_of(request).page(
        request, "tembusan.html", letters=found[:PAGE], unread=unread, older=older, skipped=lewati, fresh=fresh, several=len(viewer.capacities) > 1
    )


@router.get("/tembusan/{document}")
async def letter(request: Request, document: str, viewer: SignedIn) -> Response:
    """The signed PDF as it stands now. The first reading is marked, and written down where the case is secret or holds identities. Refuses by NotFound
    whoever has no copy."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        found = await received.one(connection, document, viewer.person.id, context.clock())
        if found is None:
            raise NotFound
        case = await cases.case(connection, found.case_id)
        identified = bool(held(await pinned_process(connection, case.sha), case.form))
    await log_reading(request, context, case, viewer, "naskah", identified=identified)
    async with context.desk.begin() as connection:
        await received.mark_read(connection, document, viewer.person.id, context.clock())
    return await sent(context, found.sha, letter_name(found.number, f"tembusan-{found.case_no}-{found.code}"), "application/pdf")
