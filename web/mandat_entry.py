"""``/mandat/baru``: the personnel desk writes a mandate down, or a secretary prepares one; checked rule by rule before it is confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from db.office import mandate_papers, mandates
from db.read import mandate_desk, organisation
from db.read import mandates as known
from db.read.mandate_desk import Draft, Post
from engine.errors import ActingForbidden, FieldsInvalid, NotAllowed, NotFound, PeriodOverlaps
from forms.known import typed as code_typed
from forms.reading import parse
from web import answers, mandat_form
from web.access import Fresh
from web.answers import Answers
from web.books import context_for
from web.checking import rows
from web.context import Context, context_of
from web.language import _, said
from web.mandat_form import OWN, Read
from web.mandat_rights import Rights, capacity_for, rights_of
from web.mandat_words import causes, kinds, limits_in_words, rules_in_words
from web.pages import go, pages_of
from web.policy import Viewer
from web.uploads.taking import take_all

router = APIRouter()


@dataclass(slots=True)
class Asked:
    """Whose mandate the form is about, and what the viewer may do with it."""

    post: Post
    held: Rights
    seat: organisation.Seat
    draft: Draft | None = None

    @property
    def recording(self) -> bool:
        return self.held.desk is not None

    @property
    def letter_there(self) -> bool:
        return bool(self.draft and self.draft.letter_sha)


async def _ask(connection: AsyncConnection, context: Context, viewer: Viewer, typed: str, draft_id: str) -> Asked | None:
    """None while no post is named. NotFound for a proposal that is not open; NotAllowed for who may neither record nor prepare here."""
    held = await rights_of(connection, viewer)
    draft = await mandate_desk.draft(connection, draft_id) if draft_id else None
    if draft_id and (draft is None or draft.status != "diajukan" or held.desk is None):
        raise NotFound(_("Usul ini tidak ada, sudah diputuskan, atau bukan untuk Anda."))
    code = draft.position if draft else code_typed(typed)
    post = await mandate_desk.post(connection, code) if code else None
    if post is None:
        if held.desk is None and not held.prepares:
            raise NotAllowed(_("Mandat dicatat oleh meja kepegawaian. Sekretaris perangkat daerah dapat menyiapkan usulnya."))
        return None
    capacity_for("usulkan", held, viewer, [post.organisation])
    seat = (await organisation.seats(connection, [post.code], context.clock()))[0]
    return Asked(post, held, seat, draft)


@router.get("/mandat/baru")
async def form(request: Request, viewer: Fresh, jabatan: str = "", usul: str = "") -> Response:
    """First the post, then the form for it: with who holds it, who is fit, and the rules. ``usul``: a proposal to go on with."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        one = await _ask(connection, context, viewer, jabatan[:200], usul[:40])
        if one is None:
            held = await rights_of(connection, viewer)
            posts = await mandate_desk.posts(connection, () if held.desk else held.organisations)
            errors = {"jabatan": _("Pilih jabatan dari daftar.")} if jabatan else {}
            return pages_of(request).page(
                request,
                "mandat_jabatan.html",
                status=422 if errors else 200,
                posts=posts,
                typed=jabatan,
                errors=errors,
                recording=held.desk is not None,
            )
    sent = mandat_form.typed(one.draft, context.city.zone) if one.draft else {}
    return await _page(request, context, one, sent, {})


async def _page(
    request: Request, context: Context, one: Asked, sent: Mapping[str, Sequence[str]], errors: dict[str, str], uploads: Any = None, status: int = 200
) -> Response:
    now = context.clock()
    async with context.pages.connect() as connection:
        bounds = await known.bounds(connection, now.astimezone(context.city.zone))
        fit = await mandate_desk.fit(connection, one.post, bounds.steps_below, bounds.same_unit, now)
        open_ones = await known.mandates(connection, now, ("berjalan", "mendatang"), position=one.post.code)
    asked = mandat_form.fields(one.recording, one.letter_there)
    drawn = mandat_form.drawn(asked, sent, errors, fit, uploads or {})
    return pages_of(request).page(
        request, "mandat_baru.html", status=status, one=one, drawn=drawn, errors=errors, rules=rules_in_words(bounds), others=open_ones,
    )  # fmt: skip


@router.post("/mandat/baru")
async def enter(request: Request, viewer: Fresh) -> Response:
    """``aksi``: ``periksa`` shows every broken rule beside its field or the page to confirm; ``catat`` records, ``usulkan`` hands to the desk."""
    context = context_of(request)
    posted = await answers.read(request)
    async with context.pages.connect() as connection:
        one = await _ask(connection, context, viewer, posted.one("jabatan")[:200], posted.one("usul")[:40])
    if one is None:
        raise NotFound(_("Jabatan itu tidak ada. Mulai lagi dari daftar mandat."))
    asked = mandat_form.fields(one.recording, one.letter_there)
    taken = await take_all(context, viewer.person.id, asked, Answers(posted.without(*OWN), posted.files))
    sent = {name: texts for name, texts in taken.answers.items() if name not in ("_hapus", "_tambah")}
    if "_hapus" in taken.answers:
        sent.pop("surat", None)
    if taken.errors or "_hapus" in taken.answers or posted.one("aksi") == "ubah":
        return await _page(
            request, context, one, sent, {at: said(text) for at, text in taken.errors.items()}, taken.uploads, 422 if taken.errors else 200
        )
    async with context.pages.connect() as connection:
        around = await context_for(connection, asked, sent, viewer, context.clock(), {}, context.city.zone, {})
    parsed = parse(asked, sent, around)
    if parsed.errors:
        return await _page(request, context, one, sent, dict(parsed.errors), around.uploads, 422)
    given = mandat_form.read(parsed.values, one.post.code, context.city.zone)
    errors, made = await _judged(context, viewer, one, given)
    if errors and (same := await _already(context, given)):
        return go(request, f"/mandat/{same}?sudah=catat")
    if errors:
        return await _page(request, context, one, sent, errors, around.uploads, 422)
    if posted.one("aksi") in ("catat", "usulkan"):
        try:
            return await _done(request, context, viewer, one, given)
        except (ActingForbidden, FieldsInvalid, PeriodOverlaps) as refused:  # what changed since the look a moment ago, or the desk itself stands in
            return await _page(request, context, one, sent, {"jabatan": said(refused.message)}, around.uploads, refused.status)
    who = around.books["employee"][code_typed(sent["penerima"][0])]
    names = {str(parsed.values["penerima"]): f"{who.label}, NIP {who.attributes['nip']}" if who.attributes.get("nip") else who.label}
    words = {"jenis": kinds(), "sebab": causes()}
    shown = [
        replace(row, text=words[row.id].get(str(parsed.values[row.id]), row.text)) if row.id in words else row
        for row in rows(asked, parsed.values, labels=names)
        if row.text
    ]
    limits = limits_in_words(made.kind, made.forbids)
    return pages_of(request).page(request, "mandat_periksa.html", one=one, made=made, summary=shown, limits=limits, sent=sent)


async def _judged(context: Context, viewer: Viewer, one: Asked, given: Read) -> tuple[dict[str, str], Any]:
    """(element → faults, the mandate as it would stand). A proposal may come before the order is signed, so that rule waits."""
    async with context.pages.connect() as connection:
        try:
            made, broken = await mandates.examine(connection, given.mandate, context.clock(), context.city.zone, given.absence)
        except FieldsInvalid as unknown:
            return {mandat_form.BESIDE.get(at, at): said(text) for at, text in unknown.errors.items()}, given.mandate
    if not one.recording:
        broken = tuple(fault for fault in broken if fault.rule != "surat-perintah")
    errors = mandat_form.beside(broken)
    if one.recording and made.person == viewer.person.id:
        errors.setdefault("penerima", _("Anda tidak dapat mencatat penunjukan Anda sendiri. Mintakan kepada rekan di meja kepegawaian."))
    return errors, made


async def _already(context: Context, given: Read) -> str:
    """Pressed twice: the very same order recorded a moment ago. Its id, "" when there is none."""
    asked = given.mandate
    async with context.pages.connect() as connection:
        found = await known.mandates(connection, context.clock(), ("berjalan", "mendatang"), position=asked.position)
    same = [one.mandate for one in found if not one.case_id]
    return next(
        (one.id for one in same if (one.kind, one.person, one.order_number, one.ends) == (asked.kind, asked.person, asked.order_number, asked.ends)),
        "",
    )


async def _done(request: Request, context: Context, viewer: Viewer, one: Asked, given: Read) -> Response:
    now, zone = context.clock(), context.city.zone
    letter = given.letter if given.letter[0] else (one.draft.letter_sha, one.draft.letter_name) if one.draft else ("", "")
    if not one.recording:
        actor = capacity_for("usulkan", one.held, viewer, [one.post.organisation]).actor(viewer.person)
        async with context.desk.begin() as connection:
            await mandate_papers.propose(connection, actor, given.mandate, given.reason, letter, now)
        return go(request, "/mandat?sudah=usul")
    actor = capacity_for("catat", one.held, viewer, person=given.mandate.person).actor(viewer.person)
    async with context.desk.begin() as connection:
        made = await mandates.open_mandate(connection, actor, given.mandate, given.reason, now, zone, given.absence)
        if letter[0]:
            await mandate_papers.keep_letter(connection, actor, made.id, letter[0], letter[1], given.reason, now)
        if one.draft:
            await mandate_papers.settle(connection, actor, one.draft.id, "dicatat", given.reason, now, made.id)
    return go(request, f"/mandat/{made.id}?sudah=catat")
