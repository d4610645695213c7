"""``POST /perkara/{no}/identitas``: the identities of a case whole, for whoever it concerns, once he asks; who read them is on record."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from db.read import access
from db.read.processes import pinned_process
from engine.errors import NotAllowed, NotFound
from forms.identities import held
from web.access import SignedIn
from web.case_page import No
from web.context import context_of
from web.language import _
from web.pages import pages_of
from web.reading_log import log_reading
from web.showing_case import readable

router = APIRouter()


@router.post("/perkara/{no}/identitas")
async def show(request: Request, no: No, viewer: SignedIn) -> Response:
    """Refuses: NotFound whoever may not read the case, and where it holds none; NotAllowed a reader whom it does not concern."""
    context = context_of(request)
    now = context.clock()
    async with context.pages.connect() as connection:
        case = await readable(connection, no, viewer, now)
        found = held(await pinned_process(connection, case.sha), case.form)
        concerned = await access.concerned(connection, case.id, viewer.person.id, now)
    if not found:
        raise NotFound(_("Perkara ini tidak memuat nomor identitas."))
    if not concerned:
        raise NotAllowed(_("Nomor identitas hanya dibuka bagi yang menangani perkara ini. Mintalah kepada pemegang tugasnya."))
    await log_reading(request, context, case, viewer, "identitas")
    return pages_of(request).page(request, "identitas.html", case=case, found=found)
