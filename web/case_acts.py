"""What the people around a case do from its page: take it back, remind whoever holds a task, hand a task to others."""

from __future__ import annotations

from collections.abc import Awaitable

from fastapi import APIRouter, Request
from starlette.responses import Response
from ulid import ULID

from engine.disposition import WITHDRAW
from engine.errors import InProgress, NotFound, Refusal, TaskClosed
from engine.events import Actor
from engine.trail import actor_to_json
from web import answers
from web.access import SignedIn
from web.answers import Answers
from web.case_page import No, load, page
from web.context import context_of
from web.language import said
from web.pages import go
from web.policy import Viewer
from web.showing_case import Opened, Shown
from workflows.contracts import Decision, Reassignment, Receipt, Reminder, Withdrawal

router = APIRouter()


@router.post("/perkara/{no}/tarik")
async def withdraw(request: Request, no: No, viewer: SignedIn) -> Response:
    """The applicant takes the case back, with a reason. A refusal comes back to the page with what was typed."""
    context = context_of(request)
    sent = await answers.read(request)
    one = await load(context, no, viewer)
    actor = _actor(viewer, one.case.starter_position)
    asked = Withdrawal(_request_id(sent), actor_to_json(actor), sent.one("reason").strip())
    return await _told(request, no, viewer, sent, "tarik", "reason", context.cases.withdraw(one.case.id, asked))


@router.post("/perkara/{no}/ingatkan")
async def remind(request: Request, no: No, viewer: SignedIn) -> Response:
    """Whoever may read the case asks the holders of a task to act; once a day for each task."""
    context = context_of(request)
    sent = await answers.read(request)
    one = await load(context, no, viewer)
    opened = _named(one, sent)
    actor = _actor(viewer, one.case.starter_position)
    asked = Reminder(_request_id(sent), actor_to_json(actor), opened.waits.instance, opened.waits.round)
    return await _told(request, no, viewer, sent, "ingatkan", f"ingat-{opened.waits.task}", context.cases.remind(one.case.id, asked))


@router.post("/perkara/{no}/alihkan")
async def hand_over(request: Request, no: No, viewer: SignedIn) -> Response:
    """A superior of whoever holds a task gives it to others, with a reason; the operator where nobody stands above."""
    context = context_of(request)
    sent = await answers.read(request)
    one = await load(context, no, viewer)
    opened = _named(one, sent)
    actor = _actor(viewer, opened.hand_from)
    to = [code for code, _title in opened.hand_to if code == sent.one("to")]
    asked = Reassignment(_request_id(sent), actor_to_json(actor), opened.waits.instance, opened.waits.round, to, sent.one("reason").strip()[:1000])
    question = f"{'sebab' if to else 'ke'}-{opened.waits.task}"
    return await _told(request, no, viewer, sent, "alihkan", question, context.cases.reassign(one.case.id, asked))


@router.post("/perkara/{no}/tarik-disposisi")
async def take_back(request: Request, no: No, viewer: SignedIn) -> Response:
    """Whoever gave a disposition takes it back while nobody has read it; the case says why not when it was read meanwhile."""
    context = context_of(request)
    sent = await answers.read(request)
    one = await load(context, no, viewer)
    given = one.given.get(int(sent.one("task")) if sent.one("task").isdecimal() else 0)
    if given is None:
        raise NotFound
    actor = _actor(viewer, given.given_by)
    asked = Decision(_request_id(sent), f"{given.instance}#{given.branch}", given.round, WITHDRAW, actor_to_json(actor))
    return await _told(request, no, viewer, sent, "tarik-disposisi", f"cabang-{given.task}", context.cases.decide(one.case.id, asked))


def _named(one: Shown, sent: Answers) -> Opened:
    """The open task the button stood beside. TaskClosed when it is not open any more."""
    found = next((task for task in one.opened if str(task.waits.task) == sent.one("task") and str(task.waits.round) == sent.one("round")), None)
    if found is None:
        raise TaskClosed
    return found


def _request_id(sent: Answers) -> str:
    return sent.one("request_id")[:64] or str(ULID())


async def _told(request: Request, no: int, viewer: Viewer, sent: Answers, act: str, question: str, doing: Awaitable[Receipt]) -> Response:
    """Back to the page: with the word that it is done, or with the refusal beside ``question`` and what was typed."""
    try:
        await doing
    except (InProgress, NotFound):
        raise
    except Refusal as refused:
        fresh = await load(context_of(request), no, viewer)
        typed = {"reason": sent.one("reason"), "to": sent.one("to"), "task": sent.one("task")}
        return page(request, fresh, typed=typed, errors={question: said(refused.message)}, status=refused.status, request_id=sent.one("request_id"))
    return go(request, f"/perkara/{no}?sudah={act}")


def _actor(viewer: Viewer, wanted: str) -> Actor:
    """In the office the act belongs to where he still holds it, else in the one he uses now."""
    chosen = next((seat for seat in viewer.capacities if seat.position == wanted), viewer.acting)
    return chosen.actor(viewer.person) if chosen else Actor(viewer.person.id, name=viewer.person.name)
