"""A book as a spreadsheet: out; in with a preview that names each bad line and shows what would change; written only on consent, with a reason."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from db.desk import drafts
from db.office import plans
from db.office.changes import note_change
from db.office.plans import Plan
from db.office.sheets import MOST_BYTES
from db.read.books import keeping
from engine.errors import FieldsInvalid, ReasonMissing, StaleVersion, TooLarge
from forms.spreadsheets import sheet
from forms.text import tidy
from web import answers
from web.context import context_of
from web.kelola_lembar_isi import MOST, Target, lines_of, target
from web.kelola_rights import actor_of, entering
from web.kelola_words import differences
from web.language import _, said
from web.pages import go, pages_of
from web.policy import Viewer

router = APIRouter()
Anyone = Annotated[Viewer, Depends(entering())]
Taker = Annotated[Viewer, Depends(entering(need="fresh_factor"))]
TAKEN = "Registri diunduh sebagai lembar kerja; nomor identitas yang ada di dalamnya tidak disamarkan"
SHOWN = 300
"""Rows of a preview that are drawn; the count tells of all."""


@router.get("/kelola/lembar/{what}/unduh")
async def give(request: Request, what: str, viewer: Taker, periode: str = "") -> Response:
    """The book as it stands: UTF-8 with mark, semicolons, no cell can be a formula; goes back in unchanged. ``periode``: only that, of a ledger.

    A registry may hold identities, which a file cannot mask and still go back in: that it was taken goes into the office trail first.
    Refuses what the page would refuse, and a file that would be cut short (TooLarge)."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        one = await target(connection, context, viewer, what)
        heads, rows = await lines_of(connection, context, one, tidy(periode)[:40])
    if len(rows) > MOST:
        raise TooLarge(_("Lebih dari 20.000 baris. Saring menurut periode, lalu unduh lagi."))
    if one.area == "registri":
        async with context.desk.begin() as connection:
            await note_change(connection, actor_of(viewer), "unduh", "registry", one.code, TAKEN, None, None, context.clock())
    headers = {"Content-Disposition": f'attachment; filename="{what.replace(".", "-")}.csv"', "Cache-Control": "no-store"}
    return Response(sheet(heads, rows), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/kelola/lembar/{what}")
async def ask(request: Request, what: str, viewer: Anyone) -> Response:
    """Which columns a file has, and where to choose one."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        one = await target(connection, context, viewer, what, keep=True)
    return await _page(request, one)


async def _page(
    request: Request,
    one: Target,
    plan: Plan | None = None,
    errors: dict[str, str] | None = None,
    reason: str = "",
    status: int = FieldsInvalid.status,
) -> Response:
    context = context_of(request)
    steps = plan.steps[:SHOWN] if plan is not None else []
    async with context.pages.connect() as connection:
        names = await keeping.names(connection, [part for step in steps for part in (*step.key.split("/"), str(step.after.get("dipesan")))])
    shown = [
        ("/".join(names.get(part, part) for part in step.key.split("/")), step, differences(step.before, step.after, context.city.zone, names))
        for step in steps
    ]
    bad = errors or (plan is not None and plan.faults)
    return pages_of(request).page(
        request, "kelola_lembar.html", status=status if bad else 200, one=one, plan=plan, shown=shown, errors=errors or {}, reason=reason, most=SHOWN,
        acts={"tambah": _("baru"), "ubah": _("berubah"), "tutup": _("ditutup")},
    )  # fmt: skip


def _place(one: Target) -> str:
    return f"/kelola/lembar/{one.what}#berkas"


@router.post("/kelola/lembar/{what}")
async def preview(request: Request, what: str, viewer: Anyone) -> Response:
    """Reads the file and shows what it would change. Nothing is written but the file itself, kept for its owner until he consents."""
    context = context_of(request)
    posted = await answers.read(request)
    async with context.pages.connect() as connection:
        one = await target(connection, context, viewer, what, keep=True)
    sent = posted.files.get("berkas") or []
    if not sent:
        return await _page(request, one, errors={"berkas": _("Pilih berkas CSV lebih dahulu.")})
    content = await sent[0].read(MOST_BYTES + 1)
    async with context.pages.connect() as connection:
        plan = await plans.preview(connection, one.book, content, actor_of(viewer))
    if len(content) <= MOST_BYTES:
        async with context.desk.begin() as connection:
            kept = {"isi": [base64.b64encode(content).decode()]}
            await drafts.keep_page(connection, viewer.person.id, _place(one), kept, context.clock())
    return await _page(request, one, plan)


@router.post("/kelola/lembar/{what}/simpan")
async def save(request: Request, what: str, viewer: Anyone) -> Response:
    """Writes what the preview showed, in one transaction. Again changes nothing.

    Without a reason the preview comes back; so it does, as it is now, when another file was chosen meanwhile or the book changed (StaleVersion)."""
    context = context_of(request)
    posted = await answers.read(request)
    digest, reason = posted.one("sidik"), tidy(posted.one("alasan"), lines=True)[:1000]
    async with context.desk.begin() as connection:
        one = await target(connection, context, viewer, what, keep=True)
        kept = await drafts.page_of(connection, viewer.person.id, _place(one))
        if kept is None:
            raise StaleVersion(_("Berkasnya sudah tidak tersimpan. Unggah sekali lagi, lalu periksa perubahannya."))
        if digest and kept.answers.get("tersimpan") == [digest]:
            return go(request, f"{one.back}?sudah=muat")
        content = _content(kept.answers.get("isi", [""])[0])
        try:
            await plans.write(connection, one.book, content, digest, actor_of(viewer), reason, context.clock())
        except (ReasonMissing, StaleVersion) as refused:
            plan = await plans.preview(connection, one.book, content, actor_of(viewer))
            stale = isinstance(refused, StaleVersion) or plan.digest != digest
            beside = {"berkas": said(StaleVersion(plans.CHANGED).message)} if stale else {"alasan": said(refused.message)}
            return await _page(request, one, plan, beside, reason, StaleVersion.status if stale else refused.status)
        await drafts.keep_page(connection, viewer.person.id, _place(one), {"tersimpan": [digest]}, context.clock())
    return go(request, f"{one.back}?sudah=muat")


def _content(kept: str) -> bytes:
    try:
        return base64.b64decode(kept, validate=True)
    except binascii.Error:
        return b""
