"""``/perkara``: what I asked for or took part in. ``/perkara/{no}``: where one case stands, what it holds, what comes next."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response
from ulid import ULID

from db.read import holders
from db.read.mine import mine, waiting
from engine.errors import InProgress, NotFound, Refusal
from engine.events import Actor
from engine.trail import actor_to_json
from web import answers
from web.access import SignedIn
from web.case_words import WORDS, status_of
from web.context import Context, context_of
from web.language import said
from web.pages import go, pages_of
from web.policy import Viewer
from web.showing_case import Shown, shown
from workflows.contracts import Withdrawal

router = APIRouter()
No = Annotated[int, Path(ge=1, le=2**62)]


@router.get("/perkara")
async def mine_page(request: Request, viewer: SignedIn, setelah: str = "") -> Response:
    """Open first, newest first, page by page."""
    context = context_of(request)
    now = context.clock()
    async with context.pages.connect() as connection:
        lines, after = await mine(connection, viewer.person.id, now, setelah)
        waits = await waiting(connection, [one.id for one in lines if one.status == "open"])
    rows = [(one, status_of(one.status, one.result, one.ended_at, waits.get(one.id, []), now)) for one in lines]
    return pages_of(request).page(request, "perkara_saya.html", rows=rows, after=after, first=not setelah)


@router.get("/perkara/{no}")
async def show(request: Request, no: No, viewer: SignedIn, dicabut: str = "") -> Response:
    """The case. Whoever may not read it gets the page of a case that does not exist."""
    context = context_of(request)
    return _page(request, await _load(context, no, viewer), withdrawn=bool(dicabut))


@router.post("/perkara/{no}/tarik")
async def withdraw(request: Request, no: No, viewer: SignedIn) -> Response:
    """The applicant takes the case back, with a reason. A refusal comes back to the page with what was typed."""
    context = context_of(request)
    sent = await answers.read(request)
    one = await _load(context, no, viewer)
    reason = sent.one("reason").strip()
    actor = await _actor(context, one, viewer)
    try:
        await context.cases.withdraw(one.case.id, Withdrawal(sent.one("request_id")[:64] or str(ULID()), actor_to_json(actor), reason))
    except (InProgress, NotFound):
        raise
    except Refusal as refused:
        fresh = await _load(context, no, viewer)
        return _page(
            request, fresh, reason=reason, errors={"reason": said(refused.message)}, status=refused.status, request_id=sent.one("request_id")
        )
    return go(request, f"/perkara/{no}?dicabut=ya")


async def _load(context: Context, no: int, viewer: Viewer) -> Shown:
    async with context.pages.connect() as connection:
        return await shown(connection, no, viewer, context.clock())


async def _actor(context: Context, one: Shown, viewer: Viewer) -> Actor:
    """In the office he opened it with where he still holds it, else in the one he uses now."""
    async with context.pages.connect() as connection:
        held = await holders.capacities(connection, viewer.person.id, context.clock())
    chosen = next((seat for seat in held if seat.position == one.case.starter_position), None)
    chosen = chosen or next((seat for seat in held if viewer.acting and seat.position == viewer.acting.position), held[0] if held else None)
    return chosen.actor(viewer.person.id) if chosen else Actor(viewer.person.id, name=viewer.person.name)


def _page(
    request: Request, one: Shown, *, withdrawn: bool = False, reason: str = "", errors: dict[str, str] | None = None, status: int = 200,
    request_id: str = "",
) -> Response:  # fmt: skip
    return pages_of(request).page(
        request, "perkara.html", status=status, one=one, withdrawn=withdrawn, reason=reason, errors=errors or {}, request_id=request_id or str(ULID()),
        words=WORDS,
    )  # fmt: skip
