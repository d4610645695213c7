"""One task drawn: the letter and the facts beside the form, the form by its topics, the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import Request
from starlette.responses import Response
from ulid import ULID

from db.desk import answer_links, drafts, parties
from db.desk.answer_links import Standing
from db.desk.parties import Outsider
from db.read import access
from db.read.cases import Line, trail
from engine.events import Event
from engine.outsiders import outsiders
from forms.identities import held
from forms.reading import judged
from web import long_tables, maps, remarks
from web.acting import Asked, answers_of
from web.books import as_read, context_for, options_for
from web.checking import Checked, rows
from web.context import Context
from web.deciding import Sent
from web.drawing import Maps, draw, marked
from web.pages import pages_of
from web.policy import Viewer
from web.sections import WHOLE, arrange
from web.showing_task import beside, labels_of


async def view(
    request: Request, context: Context, one: Asked, viewer: Viewer, *, draft: drafts.Draft | None = None, sent: Sent | None = None,
    errors: dict[str, str] | None = None, status: int = 200, template: str = "tugas_kerja.html", picked: str = "", page: str = "", **more: Any,
) -> Response:  # fmt: skip
    """The page of the task with what was typed (``sent``, else the draft, else the case's values), its faults and the topic asked for."""
    typed: dict[str, Any] = dict(sent.answers) if sent else (draft.answers if draft else answers_of(one))
    kept = draft.answers if draft and not sent else {}
    long = await long_tables.of_draft(context, draft)
    sheets = long_tables.as_sheets(long)
    errors = long_tables.gathered(one.fields, errors or {}, long)
    async with context.pages.connect() as connection:
        lines = await trail(connection, one.case.id)
        side = await beside(context, connection, one, lines, viewer)
        # Whoever mends a machine act need not be a reader of its case: no link of his may lead to a page that is not his.
        leads = one.task.kind != "repair" or await access.may_read(connection, one.case.id, viewer.person.id, context.clock())
        options = (
            await options_for(connection, one.fields, one.actor, one.case.unit, viewer, context.clock().astimezone(context.city.zone))
            if one.actor
            else {}
        )
        known = await context_for(
            connection, one.fields, typed, viewer, context.clock(), one.case.form, context.city.zone, one.state.applicant, sheets=sheets
        )
    typed = {**typed, **as_read(one.fields, typed, known)}
    outsider, links = await _outside(context, one)
    marks = remarks.standing(one, lines)
    parsed = judged(one.fields, typed, known)
    arranged = arrange(one.fields, typed, parsed, _page_of(one, page, errors), long)
    summary: list[Checked] = []
    every = f"/isian/{draft.id}/tabel/" if draft else ""
    async with context.pages.connect() as connection:
        if arranged.current > len(arranged.sections):
            labels = await labels_of(connection, one.fields, parsed.values)
            summary = rows(one.fields, parsed.values, shown=parsed.shown, labels=labels, every=every)
        told = {asked.name: long_tables.summary(asked, long[asked.name], await labels_of(connection, [asked], {asked.name: long[asked.name].values[: long_tables.FIRST]}))
                for asked in arranged.fields if asked.name in long}  # fmt: skip
    frame = await maps.frame(context, one.fields)
    on_map = Maps(frame, sent.looking if sent else "") if frame else None
    decided = _decided(one, lines)
    refused = _last(lines, "sign-refused", one.task.instance)
    stopped = _last(lines, "act-failed", one.task.instance.removesuffix("!")) if one.task.kind == "repair" else None
    return pages_of(request).page(
        request, template, status=status, one=one, side=side, errors=errors, long={name: kept_.sha for name, kept_ in long.items()}, arranged=arranged, typed=summary, outsider=outsider, links=links,
        drawn=marked(draw(arranged.fields, typed, errors, options, known.uploads, parsed.values, maps=on_map, long=told, sheets=every if one.task.kind != "branch" else ""), marks), remarkable=remarks.remarkable(one), sent_marks=sent.marks if sent else {},
        request_id=sent.request_id if sent and sent.request_id else str(ULID()), sent=sent, draft=draft, decided=decided,
        refused=refused if one.open else None, stopped=stopped if one.open else None, leads=leads, masked=bool(leads and held(one.process, one.case.form)), shown=side.shown, chosen=sent.outcome if sent else picked or (kept.get("outcome") or [""])[0],
        reason=sent.reason if sent else (kept.get("reason") or [""])[0], **more,
    )  # fmt: skip


async def _outside(context: Context, one: Asked) -> tuple[Outsider | None, list[Standing]]:
    """The outsider a task waits for, with his live links."""
    party = outsiders(one.task.positions)
    if not party or not one.open:
        return None, []
    async with context.desk.connect() as connection:
        who = await parties.outsider(connection, party[0])
        return who, await answer_links.standing(connection, one.case.id, one.task.instance, one.task.round, context.clock())


def _last(lines: Sequence[Line], kind: str, step: str) -> Event | None:
    return next((line.event for line in reversed(lines) if line.event.kind == kind and line.event.step == step), None)


def _decided(one: Asked, lines: Sequence[Line]) -> Event | None:
    """The decision that closed this round."""
    mine = (line.event for line in reversed(lines) if line.event.step == one.task.instance and line.event.round == one.task.round)
    return next((event for event in mine if event.kind == "decided"), None)


def _page_of(one: Asked, page: str, errors: dict[str, str]) -> str:
    """Faults of other pages are shown where all of them can be mended: on the whole form."""
    here = {asked.name for asked in one.fields}
    return WHOLE if errors and any(at.partition("-")[0] in here for at in errors) else page
