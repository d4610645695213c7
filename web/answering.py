"""``/jawab``: an outsider answers the one task his link opens. No account, no other page; his act stands in the trail as his own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response
from ulid import ULID

from db.desk import answer_links, drafts
from db.desk.answer_links import Link
from db.read.cases import trail
from engine.errors import FieldsInvalid, LinkClosed, ReasonMissing, UnknownOutcome
from engine.positions import Outside
from forms.reading import judged
from web import answers, maps, pictures, remarks, signing_acts
from web.access import Public
from web.acting import Asked, answers_of, asked
from web.answers import Answers
from web.books import context_for, options_for
from web.checking import rows
from web.context import Context, context_of
from web.deciding import Sent, checked, decide, sent_from, verdict_of
from web.drawing import Maps, draw, marked
from web.language import _, said
from web.linked import brought, cookie, find_link, moved
from web.pages import pages_of
from web.policy import Viewer
from web.ports import Capacity, Person
from web.sections import PAGE, WHOLE, arrange
from web.showing_task import labels_of, papers
from web.told_outside import told_to
from web.uploads.taking import take_all

router = APIRouter()
HERE, AT = "jawab", "/jawab/gambar"


@dataclass(frozen=True, slots=True)
class Guest:
    """Who answers, by which link, on which task."""

    token: str
    link: Link
    viewer: Viewer
    one: Asked


@router.get("/jawab/{token}")
async def arrive(request: Request, token: str, _viewer: Public) -> Response:
    """A dead link arrives too: the page says why nothing can be answered any more."""
    context = context_of(request)
    await find_link(request, context, token, answer_links.find)
    return moved(context, HERE, token, answer_links.LIVES)


async def _guest(request: Request, context: Context) -> Guest:
    """Refuses: NotFound without a link, LinkClosed when it expired, was taken back or used, or the task was closed meanwhile."""
    token = brought(request, context, HERE)
    link = await find_link(request, context, token, answer_links.find)
    if not link.alive:
        raise LinkClosed
    person = Person(link.party, link.name)
    seat = Capacity(link.party, _("Pemohon"), "pihak-luar")
    viewer = Viewer(person, "", context.clock(), (seat,), seat)
    async with context.pages.connect() as connection:
        one = await asked(connection, link.task, viewer, context.clock())
    seat = replace(seat, title=called(one))
    return Guest(token, link, replace(viewer, capacities=(seat,), acting=seat), replace(one, actor=seat.actor(person)))


def called(one: Asked) -> str:
    """What he is in the case, as the trail says it: the applicant, or the party his step is for (a vendor)."""
    roles = [one.process.role[word] for word in getattr(one.node, "by", ()) if word in one.process.role]
    return next((role.title for role in roles if isinstance(role.resolves, Outside)), _("Pemohon"))


@router.get("/jawab")
async def show(request: Request, _viewer: Public, bagian: str = "") -> Response:
    context = context_of(request)
    guest = await _guest(request, context)
    async with context.desk.begin() as connection:
        await answer_links.seen(connection, guest.token, context.clock())
        draft = await drafts.start(connection, guest.link.party, f"tugas:{guest.link.task}", answers_of(guest.one), context.clock())
    return await _page(request, context, guest, Sent("", "", "", 0, "", draft.answers), page=bagian)


async def _page(
    request: Request, context: Context, guest: Guest, sent: Sent, *, errors: dict[str, str] | None = None, status: int = 200, page: str = ""
) -> Response:
    one, viewer = guest.one, guest.viewer
    typed = dict(sent.answers)
    async with context.pages.connect() as connection:
        lines = await trail(connection, one.case.id)
        options = (
            await options_for(connection, one.fields, one.actor, one.case.unit, viewer, context.clock().astimezone(context.city.zone))
            if one.actor
            else {}
        )
        known = await context_for(connection, one.fields, typed, viewer, context.clock(), one.case.form, context.city.zone, one.state.applicant)
    parsed = judged(one.fields, typed, known)
    frame = await maps.frame(context, one.fields)
    here = {asked_.name for asked_ in one.fields}
    arranged = arrange(one.fields, typed, parsed, WHOLE if errors and any(at.partition("-")[0] in here for at in errors) else page)
    returned = next((line.event for line in reversed(lines) if line.event.kind == "decided" and line.event.data.get("effect") == "return"), None)
    shown = await papers(context, one, viewer, AT) if one.attested else []
    told = await told_to(context, one, viewer, AT)
    return pages_of(request).page(
        request, "jawab.html", status=status, one=one, guest=guest, errors=errors or {}, arranged=arranged, returned=returned, reason=sent.reason, told=told,
        papers=[one_paper for one_paper in shown if one_paper.letter_sha or one_paper.failed], agreed=sent.read,
        shown=next((one_paper.letter_sha for one_paper in shown if one_paper.letter_sha), ""),
        drawn=marked(draw(arranged.fields, typed, errors, options, known.uploads, parsed.values, live=False, maps=Maps(frame, sent.looking) if frame else None), remarks.standing(one, lines)), chosen=sent.outcome,
        request_id=sent.request_id or str(ULID()),
    )  # fmt: skip


@router.get(AT + "/{sha}/{mark}")
async def picture(request: Request, sha: str, mark: str, _viewer: Public) -> Response:
    """A page of the letter he is asked to sign, by the same link and to him alone."""
    context = context_of(request)
    guest = await _guest(request, context)
    return await pictures.shown(context, guest.viewer.person.id, sha, mark)


@router.post("/jawab")
async def act(request: Request, _viewer: Public) -> Response:
    """A row more or less, another topic, check, or the answer itself. Whatever is refused comes back with everything typed."""
    context = context_of(request)
    guest = await _guest(request, context)
    posted = await answers.read(request)
    one, page = guest.one, posted.one(PAGE)
    taken = await take_all(context, guest.link.party, one.fields, posted)
    posted = Answers(taken.answers, {})
    edited = await maps.edited(context, one.fields, posted.texts)
    sent = sent_from(edited if edited is not None else posted.texts)
    async with context.desk.begin() as connection:
        await drafts.keep(connection, guest.link.party, f"tugas:{one.task.id}", posted.one("_jendela")[:40], dict(sent.answers), context.clock())
    if taken.errors:
        return await _page(request, context, guest, sent, errors={at: said(text) for at, text in taken.errors.items()}, status=422, page=page)
    if edited is not None:
        return await _page(request, context, guest, sent, page=page)
    todo = posted.one("aksi")
    if todo == "lanjut":
        number = int(page) + 1 if page.isdecimal() and len(page) < 4 else 1
        return RedirectResponse(f"/jawab?{PAGE}={number}", 303)
    if todo == "periksa":
        return await _check(request, context, guest, sent)
    return await _decide(request, context, guest, sent)


async def _check(request: Request, context: Context, guest: Guest, sent: Sent) -> Response:
    one = guest.one
    verdict = next((found for found in one.verdicts if found.name == sent.outcome), None)
    errors: dict[str, str] = {}
    summary = []
    if verdict is None:
        errors["outcome"] = _("Pilih jawaban Anda.")
    elif verdict.reason and not sent.reason.strip():
        errors["reason"] = said(ReasonMissing().message)
    if verdict is not None and verdict.signs:
        errors |= signing_acts.undeclared(sent)
    if verdict is None or verdict.fills:
        parsed = await checked(context, one, sent, guest.viewer)
        errors = {**parsed.errors, **errors}
        async with context.pages.connect() as connection:
            names = await labels_of(connection, one.fields, parsed.values)
        summary = rows(one.fields, parsed.values, shown=parsed.shown, labels=names)
    if errors:
        return await _page(request, context, guest, sent, errors=errors, status=422)
    return pages_of(request).page(
        request, "jawab_periksa.html", one=one, guest=guest, summary=summary, verdict=verdict, sent=sent, request_id=sent.request_id
    )


async def _decide(request: Request, context: Context, guest: Guest, sent: Sent) -> Response:
    try:
        if verdict_of(guest.one, sent.outcome).signs:
            await signing_acts.seal_one(context, guest.one, sent, guest.viewer)
        await decide(context, guest.one, sent, guest.viewer)
    except FieldsInvalid as invalid:
        return await _page(request, context, guest, sent, errors=invalid.errors, status=422)
    except (ReasonMissing, UnknownOutcome) as refused:
        where = "reason" if isinstance(refused, ReasonMissing) else "outcome"
        return await _page(request, context, guest, sent, errors={where: said(refused.message)}, status=refused.status)
    async with context.desk.begin() as connection:
        await answer_links.used(connection, guest.token, context.clock())
    response = pages_of(request).page(request, "jawab_selesai.html", one=guest.one, guest=guest)
    response.delete_cookie(cookie(HERE, context.secure), path="/jawab", secure=context.secure, httponly=True, samesite="lax")
    return response
