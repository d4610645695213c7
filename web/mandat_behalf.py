"""``/mandat/atas-nama``: the register of a.n. and u.b., which every signature block in another's name is made from."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from db.office import holding
from db.read import behalf, mandate_desk
from engine.errors import ActingForbidden, FieldsInvalid, NotFound, ReasonMissing
from engine.fields import Field
from engine.words import DOCUMENT_KINDS
from forms.reading import parse
from web import answers
from web.access import Fresh, SignedIn
from web.books import context_for
from web.context import Context, context_of
from web.drawing import draw
from web.language import _, said
from web.mandat_rights import capacity_for, rights_of
from web.mandat_words import until
from web.pages import go, pages_of
from web.policy import Viewer

router = APIRouter()


def fields() -> tuple[Field, ...]:
    return (
        Field("dari", _("Atas nama jabatan"), "position", required=True),
        Field(
            "bentuk",
            _("Bentuk"),
            "choice",
            required=True,
            choices=("an", "ub"),
            hint=_("a.n. satu tingkat di bawahnya; u.b. dua tingkat di bawahnya"),
        ),
        Field("kepada", _("Ditandatangani oleh jabatan"), "position", required=True),
        Field("naskah", _("Jenis naskah"), "multichoice", required=True, choices=tuple(sorted(DOCUMENT_KINDS))),
        Field("mulai", _("Mulai tanggal"), "date", required=True),
        Field("sampai", _("Sampai dengan tanggal"), "date", hint=_("Kosongkan bila sampai dicabut")),
        Field("keputusan", _("Dasar keputusan"), "text", required=True, max_length=160),
        Field("alasan", _("Alasan pencatatan"), "longtext", required=True, max_length=500),
    )


@router.get("/mandat/atas-nama")
async def show(request: Request, viewer: SignedIn, cari: str = "", lampau: str = "") -> Response:
    """Every a.n. and u.b. in force or to come, by the post that gives; ``lampau=ya``: also those that ended."""
    return await _page(request, context_of(request), viewer, {}, {}, cari[:100], lampau == "ya")


async def _page(
    request: Request, context: Context, viewer: Viewer, sent: Any, errors: dict[str, str], words: str = "", over: bool = False, status: int = 200
) -> Response:
    zone = context.city.zone
    async with context.pages.connect() as connection:
        held = await rights_of(connection, viewer)
        rows = await behalf.behalves(connection, context.clock(), words, over)
        posts = await mandate_desk.posts(connection) if held.desk else []
    drawn = draw(fields(), sent, errors, {"dari": posts, "kepada": posts}) if held.desk else []
    return pages_of(request).page(
        request, "mandat_atas_nama.html", status=status, rows=rows, held=held, drawn=drawn, errors=errors, cari=words, lampau=over,
        done=request.query_params.get("sudah", ""), until=lambda ends: until(ends, zone),
    )  # fmt: skip


@router.post("/mandat/atas-nama")
async def give(request: Request, viewer: Fresh) -> Response:
    """The personnel desk writes one down, with reason and decree. Refuses a post that a Plt or Plh holds: he gives nothing on."""
    context = context_of(request)
    posted = await answers.read(request)
    async with context.pages.connect() as connection:
        actor = capacity_for("atas-nama", await rights_of(connection, viewer), viewer).actor(viewer.person)
        sent = posted.without("aksi")
        around = await context_for(connection, fields(), sent, viewer, context.clock(), {}, context.city.zone, {})
    parsed = parse(fields(), sent, around)
    errors, known = dict(parsed.errors), parsed.values
    zone, now = context.city.zone, context.clock()
    if not errors:
        starts = max(datetime.combine(datetime.fromisoformat(known["mulai"]).date(), time(), zone), now)
        last = known.get("sampai")
        ends = datetime.combine(datetime.fromisoformat(last).date(), time(), zone) + timedelta(days=1) if last else None
        if ends is not None and ends <= starts:
            errors["sampai"] = _("Tanggal akhir sebelum tanggal awal.")
        if known["dari"] == known["kepada"]:
            errors["kepada"] = _("Pilih jabatan lain: tidak ada yang menandatangani atas nama dirinya sendiri.")
    if errors:
        return await _page(request, context, viewer, sent, errors, status=FieldsInvalid.status)
    try:
        async with context.desk.begin() as connection:
            await holding.give_mandate(
                connection,
                actor,
                known["bentuk"],
                known["dari"],
                known["kepada"],
                known["naskah"],
                starts,
                ends,
                known["keputusan"],
                known["alasan"],
                now,
            )
    except ActingForbidden as refused:
        return await _page(request, context, viewer, sent, {"dari": said(refused.message)}, status=refused.status)
    return go(request, "/mandat/atas-nama?sudah=catat")


@router.post("/mandat/atas-nama/{mandate_id}/akhiri")
async def end(request: Request, mandate_id: str, viewer: Fresh) -> Response:
    """Ends one this instant; what was signed under it stands. NotFound for an unknown one or one that is over."""
    context = context_of(request)
    posted = await answers.read(request)
    now = context.clock()
    async with context.pages.connect() as connection:
        actor = capacity_for("atas-nama", await rights_of(connection, viewer), viewer).actor(viewer.person)
        found = next((one for one in await behalf.behalves(connection, now) if one.id == mandate_id), None)
    if found is None:
        raise NotFound(_("Catatan ini tidak ada atau sudah berakhir."))
    reason = posted.one("alasan").strip()[:500]
    if not reason:
        raise ReasonMissing(_("Isi alasan pencatatan."))
    async with context.desk.begin() as connection:
        await holding.end_mandate(connection, actor, mandate_id, max(now, found.starts + timedelta(seconds=1)), reason, now)
    return go(request, "/mandat/atas-nama?sudah=akhiri")
