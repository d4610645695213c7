"""``/serah-terima`` of a mandate or of a post: what waits there when its holder changes, on the page and as a sealed paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response
from ulid import ULID

from db.read import access, handover
from db.read import mandates as known
from db.read.handover import Turn
from engine.errors import NotFound, Unavailable
from web import answers
from web.access import SignedIn
from web.context import Context, context_of
from web.language import _
from web.mandat import pdf
from web.mandat_rights import Rights, rights_of
from web.pages import go, pages_of
from web.policy import Viewer
from workflows.handover import HandoverInput

router = APIRouter()
SIDES = ("mulai", "akhir")
NEVER = 9999
"""Year in which an order without an end (Pj.) is read as ending."""


@dataclass(frozen=True, slots=True)
class About:
    """The change of holder a page is about, and the instant whose list it shows. ``mandate``: whose beginning or end it is, "" for the post's own."""

    turn: Turn
    stand: datetime
    path: str
    side: str
    mandate: str = ""


def may_see(viewer: Viewer, held: Rights, turn: Turn) -> bool:
    """Who hands over, who takes over, whoever acts for the post now, and the personnel desk."""
    parties = {one.person for one in (turn.giver, turn.taker) if one is not None}
    return held.desk is not None or viewer.person.id in parties or any(one.position == turn.position for one in viewer.capacities)


async def _of_mandate(connection: AsyncConnection, context: Context, viewer: Viewer, mandate_id: str, side: str) -> About:
    """At its beginning or its end; unasked, what is over hands back, everything else takes over. NotFound for strangers and for a cancelled one."""
    one = await known.one(connection, mandate_id, context.clock())
    if one.state == "dibatalkan":
        raise NotFound(_("Mandat ini dibatalkan sebelum mulai; tidak ada yang diserahterimakan."))
    side = side if side in SIDES else "akhir" if one.state == "lampau" else "mulai"
    if one.mandate.ends.year >= NEVER:
        side = "mulai"
    turn = await handover.turn(connection, one.mandate.position, one.mandate.starts if side == "mulai" else one.mandate.ends)
    return await _allowed(connection, viewer, About(turn, min(turn.at, context.clock()), f"/mandat/{mandate_id}", side, mandate_id))


async def _of_post(connection: AsyncConnection, context: Context, viewer: Viewer, code: str, side: str) -> About:
    """``sekarang``: what would be handed over now, to whom is ordered next; ``terakhir``: the change that came last. Whoever left the post sees
    the list of his leaving and nothing that came later. NotFound for strangers and for an unknown post."""
    now = context.clock()
    held = await rights_of(connection, viewer)
    last, coming = await handover.latest(connection, code, now), await handover.coming(connection, code, now)
    path = f"/jabatan/{last.position}"
    both = (About(coming, now, path, "sekarang"), About(last, last.at, path, "terakhir"))
    seen = {one.side: one for one in both if may_see(viewer, held, one.turn)}
    if not seen:
        raise NotFound
    return seen.get(side) or next(iter(seen.values()))


async def _allowed(connection: AsyncConnection, viewer: Viewer, about: About) -> About:
    if not may_see(viewer, await rights_of(connection, viewer), about.turn):
        raise NotFound
    return about


async def _page(request: Request, connection: AsyncConnection, context: Context, viewer: Viewer, about: About) -> Response:
    now = context.clock()
    found = await handover.matters(connection, about.turn.position, about.stand, now)
    may = await access.readable(connection, list({one.case_id for one in found}), viewer.person.id, now)
    papers = await handover.papers(connection, about.turn.position)
    sections = [(kind, words, [one for one in found if one.kind == kind]) for kind, words in _kinds().items()]
    return pages_of(request).page(
        request, "serah_terima.html", about=about, turn=about.turn, sections=sections, may=may, papers=papers, sides=_sides(about),
        most=handover.MOST, request_id=str(ULID()), ready=context.handovers is not None,
    )  # fmt: skip


def _sides(about: About) -> dict[str, str]:
    if about.mandate:
        return {"mulai": _("Saat mandat mulai"), "akhir": _("Saat mandat berakhir")}
    return {"sekarang": _("Keadaan sekarang"), "terakhir": _("Peralihan terakhir")}


def _kinds() -> dict[str, str]:
    return {"tugas": _("Tugas yang terbuka"), "disposisi": _("Disposisi yang belum dibaca"), "konsep": _("Naskah dalam konsep")}


@router.get("/mandat/{mandate_id}/serah-terima")
async def of_mandate(request: Request, mandate_id: str, viewer: SignedIn, saat: str = "") -> Response:
    """``saat``: ``mulai`` or ``akhir`` of the mandate."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        return await _page(request, connection, context, viewer, await _of_mandate(connection, context, viewer, mandate_id, saat))


@router.get("/jabatan/{code}/serah-terima")
async def of_post(request: Request, code: str, viewer: SignedIn, saat: str = "") -> Response:
    """``saat``: ``sekarang`` (what would be handed over now) or ``terakhir`` (the last change of holder)."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        return await _page(request, connection, context, viewer, await _of_post(connection, context, viewer, code, saat))


@router.post("/mandat/{mandate_id}/serah-terima")
async def seal_of_mandate(request: Request, mandate_id: str, viewer: SignedIn, saat: str = "") -> Response:
    context = context_of(request)
    async with context.pages.connect() as connection:
        about = await _of_mandate(connection, context, viewer, mandate_id, saat)
    return await _sealed(request, context, viewer, about)


@router.post("/jabatan/{code}/serah-terima")
async def seal_of_post(request: Request, code: str, viewer: SignedIn, saat: str = "") -> Response:
    context = context_of(request)
    async with context.pages.connect() as connection:
        about = await _of_post(connection, context, viewer, code, saat)
    return await _sealed(request, context, viewer, about)


async def _sealed(request: Request, context: Context, viewer: Viewer, about: About) -> Response:
    """Asks a worker for the sealed paper and leads to it. Pressing twice makes one. Unavailable where no worker answers."""
    posted = await answers.read(request)
    if context.handovers is None:
        raise Unavailable
    key = f"{about.turn.position}/{viewer.person.id}/{posted.one('request_id')[:40] or ULID()}"
    paper = await context.handovers.seal(
        HandoverInput(
            key,
            about.turn.position,
            "" if about.side == "sekarang" else about.turn.at.isoformat(),
            about.stand.isoformat(),
            context.clock().isoformat(),
            viewer.person.id,
            about.mandate,
        )
    )
    return go(request, f"/jabatan/{about.turn.position}/serah-terima/{paper.id}")


@router.get("/jabatan/{code}/serah-terima/{paper_id}")
async def paper(request: Request, code: str, paper_id: str, viewer: SignedIn) -> Response:
    """The sealed PDF, for who is named on it, whoever acts for the post, and the personnel desk."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        found = next((one for one in await handover.papers(connection, code) if one.id == paper_id), None)
        held = await rights_of(connection, viewer)
    mine = found is not None and (viewer.person.id in found.parties or any(one.position == code for one in viewer.capacities))
    if found is None or not (mine or held.desk is not None):
        raise NotFound
    return await pdf(context, found.sha, f"serah-terima-{code}-{found.verify_code}.pdf")
