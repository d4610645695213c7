"""Proposals of mandates answered: refused by the personnel desk, or taken back by the agency that made them."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from db.office import mandate_papers
from db.read import mandate_desk
from engine.errors import NotAllowed, NotFound, ReasonMissing
from web import answers
from web.access import Fresh
from web.context import context_of
from web.mandat_rights import capacity_for, rights_of
from web.pages import go

router = APIRouter()


@router.post("/mandat/usul/{draft_id}/{answer}")
async def settle(request: Request, draft_id: str, answer: str, viewer: Fresh) -> Response:
    """``tolak`` by the personnel desk, ``tarik`` by who prepared it or that agency's secretary; both with a reason."""
    context = context_of(request)
    posted = await answers.read(request)
    async with context.pages.connect() as connection:
        held, draft = await rights_of(connection, viewer), await mandate_desk.draft(connection, draft_id)
    if draft is None or answer not in ("tolak", "tarik"):
        raise NotFound
    if answer == "tolak":
        capacity = capacity_for("putuskan", held, viewer)
    elif draft.organisation in held.organisations:
        capacity = capacity_for("usulkan", held, viewer, [draft.organisation])
    else:
        raise NotAllowed
    reason = posted.one("alasan").strip()[:500]
    if not reason:
        raise ReasonMissing
    async with context.desk.begin() as connection:
        status = "ditolak" if answer == "tolak" else "ditarik"
        await mandate_papers.settle(connection, capacity.actor(viewer.person), draft_id, status, reason, context.clock())
    return go(request, f"/mandat?sudah={answer}")
