"""The counter: an official opens a case for somebody without an account, and gives him a link to answer by."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response
from ulid import ULID

from db.desk import answer_links, parties
from engine.errors import FieldsInvalid, InProgress, NotAllowed, NotFound, TaskClosed
from engine.fields import Field
from engine.outsiders import outsiders
from forms.known import Context as Known
from forms.reading import parse
from web import answers
from web.access import SignedIn
from web.acting import asked, ready
from web.context import context_of
from web.drawing import draw
from web.language import _
from web.pages import go, pages_of
from web.starting import start_case
from web.task_page import Id

router = APIRouter()
OWN = frozenset({"request_id"})


def fields() -> tuple[Field, ...]:
    """What the counter asks before the form itself: whom the case is for, and where a link reaches him."""
    return (
        Field("nama", _("Nama pemohon"), "text", required=True, max_length=120),
        Field("surel", _("Alamat surel"), "email", hint=_("Tautan untuk mengisi dan melengkapi dikirim ke alamat ini")),
        Field("telepon", _("Telepon"), "phone"),
    )


@router.get("/proses/{code}/pemohon")
async def ask(request: Request, code: str, _viewer: SignedIn) -> Response:
    """NotFound for a process that no outsider asks for."""
    listed = context_of(request).processes.processes.get(code)
    if listed is None or not listed.process.starts.desk:
        raise NotFound
    return pages_of(request).page(request, "pemohon.html", process=listed.process, drawn=draw(fields(), {}), request_id=str(ULID()))


@router.post("/proses/{code}/pemohon")
async def open_for(request: Request, code: str, viewer: SignedIn) -> Response:
    """Writes the outsider down, opens his case and leads to its first step. Pressing twice opens one case."""
    context = context_of(request)
    listed = context.processes.processes.get(code)
    if listed is None or not listed.process.starts.desk:
        raise NotFound
    posted = await answers.read(request)
    given = posted.without(*OWN)
    request_id = posted.one("request_id")
    try:
        known = parse(fields(), given, Known(context.clock(), context.city.zone)).accepted()
    except FieldsInvalid as invalid:
        drawn = draw(fields(), given, invalid.errors)
        return pages_of(request).page(
            request, "pemohon.html", status=422, process=listed.process, drawn=drawn, errors=invalid.errors, request_id=request_id or str(ULID())
        )
    async with context.desk.begin() as connection:
        party = await parties.write_down(
            connection, str(known["nama"]), str(known.get("surel", "")), str(known.get("telepon", "")), viewer.person.id, context.clock()
        )
    task = await start_case(context, viewer, code, request_id, party)
    if task is None:
        raise InProgress(_("Perkara sedang dibuka. Buka Kotak tugas sebentar lagi."))
    return go(request, f"/tugas/{task}")


@router.post("/tugas/{task_id}/tautan")
async def link(request: Request, task_id: Id, viewer: SignedIn) -> Response:
    """``aksi=buat``: a new link, shown once on the answering page; ``aksi=cabut``: every live link to the task is taken back.

    Refuses: NotAllowed where no outsider is asked or the viewer does not hold the task, TaskClosed."""
    context = context_of(request)
    posted = await answers.read(request)
    async with context.pages.connect() as connection:
        one = await asked(connection, task_id, viewer, context.clock())
    party = outsiders(one.task.positions)
    if not one.open:
        raise TaskClosed
    actor = ready(one)
    if not party:
        raise NotAllowed(_("Tugas ini tidak menunggu orang luar."))
    task, now = one.task, context.clock()
    async with context.desk.begin() as connection:
        if posted.one("aksi") == "cabut":
            await answer_links.revoke(connection, task.case_id, task.instance, task.round, now)
            return go(request, f"/tugas/{task_id}")
        token = await answer_links.make(connection, party[0], task.case_id, task.instance, task.round, actor.person, now)
        who = await parties.outsider(connection, party[0])
    return pages_of(request).page(
        request, "tautan.html", one=one, who=who, address=f"{context.base_url.rstrip('/')}/jawab/{token}", until=now + answer_links.LIVES
    )  # fmt: skip
