"""``/pemberitahuan``: what a person was told, newest first; each leads to the task that can be done now, to the letter, or to the case."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from db.desk import notices as marks
from db.read import access, notices
from db.read.notices import Notice
from engine.errors import NotFound
from web import answers
from web.access import SignedIn
from web.context import context_of
from web.language import _
from web.pages import go, pages_of

router = APIRouter()
PAGE = 50
LARGEST = 2**62


def sentence(kind: str) -> str:
    """What happened, without what the letter is about."""
    told = {
        "tugas-baru": _("Ada tugas baru untuk Anda"), "disposisi-baru": _("Ada disposisi untuk Anda"), "eskalasi": _("Tugas yang terlambat naik kepada Anda"),
        "dialihkan": _("Tugas dialihkan kepada Anda"), "diingatkan": _("Anda diingatkan atas sebuah tugas"), "ditanya": _("Penerima disposisi meminta penjelasan"),
        "dijawab": _("Penjelasan atas disposisi Anda sudah ada"), "disposisi-ditolak": _("Disposisi ditolak penerimanya"),
        "disposisi-ditarik": _("Disposisi ditarik kembali"), "terlambat": _("Tugas Anda melewati tenggat"), "tanda-tangan-gagal": _("Tanda tangan belum berhasil"),
        "berakhir": _("Perkara Anda selesai"), "tembusan": _("Ada tembusan naskah untuk Anda"),
        "mandat": _("Ada mandat yang menyangkut Anda"),
    }  # fmt: skip
    return told.get(kind, _("Pemberitahuan"))


def told(one: Notice) -> str:
    """What it says itself, else the sentence of the kind."""
    return one.text if one.kind in ("kabar", "mandat") and one.text else sentence(one.kind)


@router.get("/pemberitahuan")
async def show(request: Request, viewer: SignedIn, sebelum: Annotated[int, Query(ge=0, le=LARGEST)] = 0) -> Response:
    context = context_of(request)
    async with context.pages.connect() as connection:
        found = await notices.notices(connection, viewer.person.id, sebelum, PAGE + 1)
        shown = found[:PAGE]
        cases = sorted({one.case_id for one in shown if one.case_id})
        tasks = await notices.open_tasks(connection, cases, viewer.person.id, context.clock())
        open_ = await access.readable(connection, cases, viewer.person.id, context.clock())
        unread = await notices.unread(connection, viewer.person.id)
    lines = [(one, told(one), _where(one, tasks.get((one.case_id, one.instance), 0), one.case_id in open_)) for one in shown]
    after = shown[-1].id if len(found) > PAGE else 0
    return pages_of(request).page(
        request, "pemberitahuan.html", lines=lines, after=after, unread=unread, newest=shown[0].id if shown else 0, older=bool(sebelum),
        mails=context.mail is not None, read="dibaca" in request.query_params,
    )  # fmt: skip


def _where(one: Notice, task: int, readable: bool) -> str:
    """The task that can be done; the mandate; the case where he may read it; else the letters he was given, which is why he was told."""
    if task:
        return f"/tugas/{task}"
    if one.kind == "mandat":
        return f"/mandat/{one.instance}"
    return "/tembusan" if one.kind == "tembusan" or not readable else f"/perkara/{one.case_no}"


@router.post("/pemberitahuan/baca")
async def read_all(request: Request, viewer: SignedIn) -> Response:
    """All up to the newest that the page showed; what came in since stays unread."""
    context = context_of(request)
    typed = (await answers.read(request)).one("sampai")
    upto = int(typed) if typed.isdecimal() and len(typed) < 19 else 0
    async with context.desk.begin() as connection:
        await marks.mark_all_read(connection, viewer.person.id, upto, context.clock())
    return go(request, "/pemberitahuan?dibaca=1")


@router.post("/pemberitahuan/{notice}/baca")
async def read_one(request: Request, viewer: SignedIn, notice: Annotated[int, Path(ge=1, le=LARGEST)]) -> Response:
    """Refuses another's notice with NotFound."""
    context = context_of(request)
    async with context.desk.begin() as connection:
        mine = await marks.mark_read(connection, viewer.person.id, notice, context.clock())
    if not mine:
        raise NotFound
    return go(request, "/pemberitahuan?dibaca=1")
