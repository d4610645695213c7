"""``/perkara``: what I asked for or took part in. ``/perkara/{no}``: where one case stands, what it holds, what comes next."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response
from ulid import ULID

from db.read.mine import mine, waiting
from web.access import SignedIn
from web.case_words import WORDS, status_of
from web.context import Context, context_of
from web.pages import pages_of
from web.policy import Viewer
from web.showing_case import Shown, shown

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
async def show(request: Request, no: No, viewer: SignedIn, sudah: str = "") -> Response:
    """The case. Whoever may not read it gets the page of a case that does not exist."""
    context = context_of(request)
    return page(request, await load(context, no, viewer), done=sudah)


async def load(context: Context, no: int, viewer: Viewer) -> Shown:
    async with context.pages.connect() as connection:
        return await shown(connection, no, viewer, context.clock())


def page(
    request: Request,
    one: Shown,
    *,
    done: str = "",
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
    request_id: str = "",
) -> Response:
    """``done``: tarik, ingatkan, alihkan or tarik-disposisi, just carried out. ``typed`` and ``errors`` by the id of the question, after a refusal."""
    return pages_of(request).page(
        request, "perkara.html", status=status, one=one, done=done, typed=typed or {}, errors=errors or {}, request_id=request_id or str(ULID()),
        words=WORDS,
    )  # fmt: skip
