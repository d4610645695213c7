"""Whoever holds a task and has an interest in the matter steps aside: his superior gets it, and he acts on nothing of the case any more."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response
from ulid import ULID

from db.read.positions import resolve
from engine.errors import ReasonMissing, TaskClosed
from engine.holders import superior
from engine.trail import actor_to_json
from web import answers
from web.access import SignedIn
from web.acting import asked, ready
from web.context import context_of
from web.pages import go
from web.task_page import Id
from workflows.contracts import Reassignment

router = APIRouter()


@router.post("/tugas/{task_id}/menyingkir")
async def step_aside(request: Request, task_id: Id, viewer: SignedIn) -> Response:
    """UU 30/2014 art. 42-45: an official with a conflict of interest neither decides nor takes part; he reports it to his superior.

    Refuses: ReasonMissing, TaskClosed, WrongCapacity, and a branch of a disposition (it is refused or passed on instead)."""
    context = context_of(request)
    posted = await answers.read(request)
    now = context.clock()
    async with context.pages.connect() as connection:
        one = await asked(connection, task_id, viewer, now)
        if not one.open or one.task.kind not in ("task", "sign", "dispose", "wait"):
            raise TaskClosed
        actor = ready(one)
        above = (await resolve(connection, [superior([actor.position])], now))[0].positions
    reason = posted.one("reason").strip()[:1000]
    if not reason:
        raise ReasonMissing
    to = [code for code in above if code != actor.position]
    given = Reassignment(
        posted.one("request_id")[:64] or str(ULID()), actor_to_json(actor), one.task.instance, one.task.round, to, reason, aside=True
    )
    await context.cases.reassign(one.case.id, given)
    return go(request, f"/tugas?selesai={task_id}")
