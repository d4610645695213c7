"""``/tugas/{id}``: read, then decide. One page for every kind of task; the process says what is asked and what may be decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.background import BackgroundTask
from starlette.responses import Response

from db.desk import draft_tables, drafts
from db.read.cases import trail
from engine.errors import FieldsInvalid, InProgress, MandateEnded, NotFound, ReasonMissing, Refusal, RequestConflict, TaskClosed, WrongCapacity
from engine.trail import actor_to_json
from web import answers, drafting, kept, long_tables, maps, signing_acts
from web.access import SignedIn
from web.acting import Asked, answers_of, asked, ready
from web.answers import Answers
from web.checking import rows
from web.context import Context, context_of
from web.deciding import Sent, checked, decide, sent_from, verdict_of
from web.language import _, said
from web.pages import go
from web.policy import Viewer
from web.sections import PAGE
from web.showing_task import labels_of
from web.starting import for_outsiders, start_case
from web.task_view import view
from web.uploads.taking import take_all
from workflows.contracts import Decision

router = APIRouter()
Id = Annotated[int, Path(ge=1, le=2**62)]


@router.get("/tugas/{task_id}")
async def show(request: Request, task_id: Id, viewer: SignedIn, pilih: str = "", bagian: str = "") -> Response:
    """The task; a closed one says who decided and when. ``pilih``: the verdict marked beforehand; ``bagian``: the topic of a long form."""
    context = context_of(request)
    one = await _load(context, task_id, viewer)
    if await _mark_read(context, one):
        one = await _load(context, task_id, viewer)
    acts = one.open and one.actor is not None
    typed = await _given_back(context, one, viewer) if acts else None
    draft = await _draft(context, one, viewer) if acts and one.fields else None
    return await view(request, context, one, viewer, draft=draft, sent=typed, picked=pilih, page=bagian)


async def _given_back(context: Context, one: Asked, viewer: Viewer) -> Sent | None:
    """What was typed here when the sign-in ended, once: as the newest version of the draft, or itself where the task has no form."""
    async with context.desk.begin() as connection:
        back = await kept.returned(connection, viewer.person.id, f"/tugas/{one.task.id}")
        if back is None:
            return None
        await drafts.sent(connection, viewer.person.id, back.id, back.version, context.clock())
        if not one.fields:
            return sent_from(back.answers)
        typed = {name: texts for name, texts in back.answers.items() if name not in drafting.OWN}
        await drafts.keep(connection, viewer.person.id, f"tugas:{one.task.id}", "", typed, context.clock())
        return None


async def _load(context: Context, task_id: int, viewer: Viewer) -> Asked:
    async with context.pages.connect() as connection:
        return await asked(connection, task_id, viewer, context.clock())


async def _mark_read(context: Context, one: Asked) -> bool:
    """Opening a disposition is reading it: from then on it cannot be withdrawn. A copy is closed only by its own button. True when it was noted."""
    if one.task.kind != "branch" or one.actor is None or not one.open or "baca" not in {verdict.name for verdict in one.verdicts}:
        return False
    branch = next((found for step in one.state.steps.values() for found in step.branches if found.id == one.branch), None)
    if branch is None or branch.role == "tembusan":
        return False
    seen = Decision(f"baca-{one.case.id}-{one.task.instance}-{one.task.round}", one.task.instance, one.task.round, "baca", actor_to_json(one.actor))
    try:
        await context.cases.decide(one.case.id, seen)
    except Refusal:
        return False
    return True


async def _draft(context: Context, one: Asked, viewer: Viewer) -> drafts.Draft:
    async with context.desk.connect() as connection:
        found = await drafts.open_one(connection, viewer.person.id, f"tugas:{one.task.id}")
    return found or await long_tables.begin(context, one, viewer, answers_of(one))


@router.post("/tugas/{task_id}")
async def act(request: Request, task_id: Id, viewer: SignedIn) -> Response:
    """Add or remove a row, keep a draft, check the answers, or decide. A refusal comes back to this page with what was typed.

    Whoever may only read is refused before anything of his is kept: WrongCapacity, or MandateEnded when his term ended meanwhile.
    """
    context = context_of(request)
    posted = await answers.read(request)
    try:
        one = await _load(context, task_id, viewer)
        if one.actor is None and one.open:
            ready(one)
    except (WrongCapacity, MandateEnded) as refused:
        raise type(refused)(refused.message, typed=posted.one("reason")) from None
    taken = await take_all(context, viewer.person.id, one.fields, posted)
    posted = Answers(taken.answers, {})
    page = posted.one(PAGE)
    if taken.errors:
        sent = sent_from(posted.texts)
        draft = await _keep(context, one, sent, posted, viewer)
        if isinstance(draft, drafts.Conflict):
            return await drafting.conflict(request, draft.draft, _typed(sent), one.fields)
        return await view(
            request, context, one, viewer, draft=draft, sent=sent, errors={at: said(text) for at, text in taken.errors.items()}, status=422, page=page
        )
    edited = await maps.edited(context, one.fields, posted.texts)
    sent = sent_from(edited if edited is not None else posted.texts)
    draft = await _keep(context, one, sent, posted, viewer)
    if isinstance(draft, drafts.Conflict):
        return await drafting.conflict(request, draft.draft, _typed(sent), one.fields)
    if edited is not None:
        return await view(request, context, one, viewer, draft=draft, sent=sent, page=page)
    if draft is not None and posted.one("_ke_tabel") in {table.name for table in one.fields if table.type == "table"}:
        return go(request, f"/isian/{draft.id}/tabel/{posted.one('_ke_tabel')}")
    todo = posted.one("aksi")
    if todo in ("simpan", "lanjut"):
        number = int(page) + (todo == "lanjut") if page.isdecimal() and len(page) < 4 else 0
        return go(request, f"/tugas/{task_id}" + (f"?{PAGE}={number}" if number else ""))
    if todo == "periksa":
        return await _check(request, context, one, sent, viewer, draft)
    return await _decide(request, context, one, sent, viewer, draft, then=todo)


def _typed(sent: Sent) -> dict[str, Sequence[str]]:
    return {**sent.answers, "outcome": [sent.outcome], "reason": [sent.reason]}


async def _keep(context: Context, one: Asked, sent: Sent, posted: Answers, viewer: Viewer) -> drafts.Draft | drafts.Conflict | None:
    """What was typed is safe before anything is judged; a Conflict when another window saved since. A decision is never held up by one."""
    if not one.fields or one.actor is None or not one.open:
        return None
    typed, long = long_tables.split(one.fields, _typed(sent))
    readings = await long_tables.read(context, one, viewer, typed, long) if long else {}
    async with context.desk.begin() as connection:
        version = posted.one("_versi") if posted.one("aksi") not in ("kirim", "berikut") else ""
        seen = int(version) if version.isdecimal() and len(version) < 10 else None
        draft = await drafts.keep(connection, viewer.person.id, f"tugas:{one.task.id}", posted.one("_jendela")[:40], typed, context.clock(), seen)
        if isinstance(draft, drafts.Draft):
            await long_tables.store(connection, draft.id, long, readings)
        return draft


async def _check(
    request: Request, context: Context, one: Asked, sent: Sent, viewer: Viewer, draft: drafts.Draft | None, unsigned: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    """Check-answers, with every fault of the answers and of the verdict at once. A verdict that leaves the form aside goes at once, unless it signs:
    consent and passphrase are given here, and ``unsigned`` is what was missing of them."""
    ready(one)
    verdict = next((found for found in one.verdicts if found.name == sent.outcome), None)
    if verdict is not None and not verdict.fills and not verdict.signs:
        return await _decide(request, context, one, sent, viewer, draft, then="periksa")
    parsed = await checked(context, one, sent, viewer)
    errors = dict(parsed.errors) if verdict is None or verdict.fills else {}
    if verdict is None:
        errors["outcome"] = _("Pilih keputusan Anda.")
    elif verdict.reason and not sent.reason.strip():
        errors["reason"] = said(ReasonMissing().message)
    if errors:
        return await view(request, context, one, viewer, draft=draft, sent=sent, errors=errors, status=422)
    async with context.pages.connect() as connection:
        names = await labels_of(connection, one.fields, parsed.values)
    summary = rows(one.fields, parsed.values, shown=parsed.shown, labels=names, every=f"/isian/{draft.id}/tabel/" if draft else "")
    return await view(
        request, context, one, viewer, draft=draft, sent=sent, template="tugas_periksa.html", summary=summary, verdict=verdict,
        errors=unsigned or {}, status=422 if unsigned else 200,
    )  # fmt: skip


async def _decide(request: Request, context: Context, one: Asked, sent: Sent, viewer: Viewer, draft: drafts.Draft | None, then: str) -> Response:
    if not sent.outcome and one.open:
        return await view(request, context, one, viewer, draft=draft, sent=sent, errors={"outcome": _("Pilih keputusan Anda.")}, status=422)
    try:
        ready(one)
        verdict = verdict_of(one, sent.outcome)
        envelope = await signing_acts.seal_one(context, one, sent, viewer) if verdict.signs else ""
        await decide(context, one, sent, viewer, envelope)
    except FieldsInvalid as invalid:
        if one.fields and one.task.kind != "branch" and invalid.errors and set(invalid.errors) <= signing_acts.ASKED:
            return await _check(request, context, one, sent, viewer, draft, invalid.errors)
        return await view(request, context, one, viewer, draft=draft, sent=sent, errors=invalid.errors, status=422)
    except (InProgress, MandateEnded, NotFound):
        raise
    except TaskClosed as closed:
        # Pressed twice, or sent again after a lost answer: what this very request did is told as done, never as the other thing now asked.
        did = await _done_by(context, one, sent, viewer)
        if did != sent.outcome:
            return await _refused(request, context, one, sent, viewer, draft, RequestConflict() if did else closed)
    except Refusal as refused:
        return await _refused(request, context, one, sent, viewer, draft, refused)
    answer = go(request, f"/tugas?selesai={one.task.id}" if then != "berikut" else f"/tugas/berikut?selesai={one.task.id}")
    if draft is not None:  # after the answer: the act stands, and the draft of a closed task is shown nowhere
        answer.background = BackgroundTask(_close, context, viewer, draft)
    return answer


async def _close(context: Context, viewer: Viewer, draft: drafts.Draft) -> None:
    async with context.desk.begin() as connection:
        if await drafts.sent(connection, viewer.person.id, draft.id, draft.version, context.clock()):
            await draft_tables.drop(connection, draft.id)  # the rows were sent, or go with what was left aside


async def _done_by(context: Context, one: Asked, sent: Sent, viewer: Viewer) -> str:
    """The outcome that this request of the viewer recorded, "" for none. An act on a branch stands as what it did, not by its outcome's name."""
    async with context.pages.connect() as connection:
        lines = await trail(connection, one.case.id)
    mine = (
        line.event for line in lines if sent.request_id and line.event.request_id == sent.request_id and line.event.actor.person == viewer.person.id
    )
    return next((str(event.data.get("outcome") or sent.outcome) for event in mine), "")


async def _refused(
    request: Request, context: Context, one: Asked, sent: Sent, viewer: Viewer, draft: drafts.Draft | None, refused: Refusal
) -> Response:
    """On this page, beside the control it is about, with everything typed still there."""
    where = {"alasan-kosong": "reason", "frasa-sandi-salah": "frasa", "tindakan-tidak-dikenal": "outcome"}.get(refused.code, "putusan")
    fresh = await _load(context, one.task.id, viewer)
    return await view(
        request,
        context,
        fresh,
        viewer,
        draft=draft,
        sent=sent,
        errors={where: said(refused.message)},
        status=refused.status if refused.status >= 400 else 409,
    )


@router.post("/proses/{code}/mulai")
async def start(request: Request, code: str, viewer: SignedIn) -> Response:
    """Opens a case for the capacity in use and leads to its first step. Pressing twice opens one case (the form carries the id)."""
    context = context_of(request)
    posted = await answers.read(request)
    listed = context.processes.processes.get(code)
    if listed is not None and for_outsiders(listed.process):
        return go(request, f"/proses/{code}/pemohon")
    task_id = await start_case(context, viewer, code, posted.one("request_id"))
    if task_id is None:
        raise InProgress(_("Perkara sedang dibuka. Buka Kotak tugas sebentar lagi."))
    return go(request, f"/tugas/{task_id}")
