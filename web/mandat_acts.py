"""What the personnel desk does to a mandate that stands: prolong it by a new order, end it now, take back one that has not begun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from db.office import mandate_papers, mandates
from db.read import mandates as known
from engine.errors import FieldsInvalid, MandateEnded, OwnRequest, PeriodOverlaps, ReasonMissing, Refusal
from engine.events import Actor
from forms import dates
from forms.messages import BadValue
from web import answers, mandat_form
from web.access import Fresh
from web.context import Context, context_of
from web.language import _, said
from web.mandat import view
from web.mandat_form import BESIDE
from web.mandat_rights import Act, capacity_for, rights_of
from web.pages import go
from web.policy import Viewer
from web.uploads.taking import Taken, take_all

router = APIRouter()


async def _actor(context: Context, viewer: Viewer, act: Act, mandate_id: str) -> Actor:
    """NotFound for an unknown mandate; NotAllowed, OwnRequest by the one policy."""
    async with context.pages.connect() as connection:
        one = await known.one(connection, mandate_id, context.clock())
        held = await rights_of(connection, viewer)
    return capacity_for(act, held, viewer, person=one.mandate.person).actor(viewer.person)


async def _done(request: Request, context: Context, mandate_id: str, viewer: Viewer, refused: Refusal, taken: Taken) -> Response:
    """The page again, with the refusal beside its field, what was typed and the letter that was sent."""
    errors = {"sampai": said(refused.message)}
    if isinstance(refused, FieldsInvalid):
        where = {"nomor": "nomor", "sampai": "sampai"}
        errors = {where.get(BESIDE.get(at, at), "sampai"): said(text) for at, text in refused.errors.items()}
    return await view(request, context, mandate_id, viewer, errors, refused.status, typed=_typed(taken.answers), uploads=taken.uploads)


def _typed(sent: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {name: texts[0] for name, texts in sent.items() if texts and not (name == "surat" and "_hapus" in sent)}


@router.post("/mandat/{mandate_id}/perpanjang")
async def prolong(request: Request, mandate_id: str, viewer: Fresh) -> Response:
    """A new order that goes on where this one ends. ``sampai`` (the last day counts), ``nomor``, ``surat``, ``alasan_perpanjang``."""
    context = context_of(request)
    posted = await answers.read(request)
    taken = await take_all(context, viewer.person.id, mandat_form.letter(), posted)
    try:
        actor = await _actor(context, viewer, "perpanjang", mandate_id)
    except OwnRequest as own:
        errors = {"alasan_perpanjang": said(own.message)}
        return await view(request, context, mandate_id, viewer, errors, own.status, typed=_typed(taken.answers), uploads=taken.uploads)
    if "_hapus" in taken.answers:
        return await view(request, context, mandate_id, viewer, typed=_typed(taken.answers))
    errors = {at: said(text) for at, text in taken.errors.items()}
    letter = next(iter(taken.uploads.values()), None)
    if letter is None and not errors:
        errors["surat"] = _("Pilih surat perintah perpanjangan yang sudah ditandatangani (PDF).")
    reason = posted.one("alasan_perpanjang").strip()[:500]
    if not reason:
        errors["alasan_perpanjang"] = _("Isi alasan pencatatan.")
    try:
        last = dates.day(posted.one("sampai"))
    except BadValue:
        errors["sampai"] = _("Tulis tanggal sebagai hh-bb-tttt, misalnya 23-11-2026.")
    if errors or letter is None:
        return await view(request, context, mandate_id, viewer, errors, FieldsInvalid.status, typed=_typed(taken.answers), uploads=taken.uploads)
    zone, now = context.city.zone, context.clock()
    ends = _midnight(last, zone) + timedelta(days=1)
    try:
        async with context.desk.begin() as connection:
            made = await mandates.extend(connection, actor, mandate_id, ends, posted.one("nomor").strip()[:120], reason, now, zone)
            await mandate_papers.keep_letter(connection, actor, made.id, letter.sha256, letter.name, reason, now)
    except (FieldsInvalid, PeriodOverlaps, MandateEnded) as refused:
        return await _done(request, context, mandate_id, viewer, refused, taken)
    return go(request, f"/mandat/{made.id}?sudah=perpanjang")


@router.post("/mandat/{mandate_id}/akhiri")
async def end(request: Request, mandate_id: str, viewer: Fresh) -> Response:
    """Ends it this instant, with what prolongs it: what was done under it stands, its tasks are the holder's again."""
    return await _closed(request, mandate_id, viewer, "akhiri", "alasan_akhiri")


@router.post("/mandat/{mandate_id}/batalkan")
async def cancel(request: Request, mandate_id: str, viewer: Fresh) -> Response:
    """Takes back an order that has not begun."""
    return await _closed(request, mandate_id, viewer, "batalkan", "alasan_batalkan")


async def _closed(request: Request, mandate_id: str, viewer: Viewer, act: Act, field: str) -> Response:
    context = context_of(request)
    posted = await answers.read(request)
    reason, now = posted.one(field).strip()[:500], context.clock()
    actor = await _actor(context, viewer, act, mandate_id)
    if not reason:
        return await view(request, context, mandate_id, viewer, {field: _("Isi alasan pencatatan.")}, ReasonMissing.status)
    try:
        async with context.desk.begin() as connection:
            await _close(connection, actor, mandate_id, act, reason, now)
    except FieldsInvalid as refused:
        return await view(request, context, mandate_id, viewer, {field: said(refused.message)}, refused.status, typed={field: reason})
    return go(request, f"/mandat/{mandate_id}?sudah={act}")


async def _close(connection: AsyncConnection, actor: Actor, mandate_id: str, act: Act, reason: str, now: datetime) -> None:
    if act == "batalkan":
        await mandates.cancel(connection, actor, mandate_id, reason, now)
    else:
        await mandates.end(connection, actor, mandate_id, now, reason, now)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
