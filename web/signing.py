"""``/tanda-tangan``, phone first: letters that wait for this person's signature, read first or routine; one passphrase for up to 25."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response
from ulid import ULID

from db.read import inbox
from db.read.documents import Document, documents
from db.read.inbox import Entry, Filters
from engine.errors import BadSecret, BatchTooLarge, NotFound, Refusal
from engine.fields import Field
from engine.index import split
from engine.nodes import Sign
from engine.outsiders import MARK
from web import answers, signing_acts
from web.access import SignedIn
from web.acting import Asked, asked, ready
from web.checking import rows
from web.context import Context, context_of
from web.deciding import Sent, decide
from web.language import _, said
from web.pages import go, pages_of
from web.policy import Viewer
from web.showing_task import Paper, labels_of, papers

router = APIRouter()
MOST = 25
FEW = 6


@dataclass(frozen=True, slots=True)
class Waiting:
    """One letter to sign. ``why``: what makes it one to read first; empty = routine. ``chooses``: more than one decision signs it (grant, defer,
    refuse), or something is filled in with it: only its own page can ask."""

    entry: Entry
    why: tuple[str, ...]
    chooses: bool = False


@dataclass(frozen=True, slots=True)
class Reviewed:
    one: Asked
    verdict: str
    paper: Paper | None
    facts: list[object]
    why: tuple[str, ...]
    request_id: str


@dataclass(frozen=True, slots=True)
class Told:
    """How one letter of a batch stands. ``state``: menunggu, ditandatangani, gagal."""

    task: int
    subject: str
    state: str
    number: str = ""
    message: str = ""
    document: Document | None = None
    case_no: int = 0


def reasons(entry: Entry, late: bool) -> tuple[str, ...]:
    """Why a letter is read before it may be signed."""
    found = []
    if entry.secrecy != "biasa":
        found.append(_("terbatas atau rahasia"))
    if entry.round > 1:
        found.append(_("berubah setelah dikembalikan"))
    if late:
        found.append(_("lewat tenggat"))
    if entry.capacity != "definitif":
        found.append(_("Anda mewakili jabatan lain"))
    return tuple(found)


async def waiting(context: Context, viewer: Viewer) -> list[Waiting]:
    now = context.clock()
    async with context.pages.connect() as connection:
        page = await inbox.inbox(connection, viewer.person.id, now, Filters(kinds=("sign",)), page=100)
        of_parties = await _of_parties(connection, [entry.task for entry in page.entries])
    return [
        Waiting(entry, reasons(entry, entry.due is not None and entry.due < now), entry.task in of_parties or _chooses(context, entry))
        for entry in page.entries
    ]


async def _of_parties(connection: AsyncConnection, tasks: Sequence[int]) -> frozenset[int]:
    """Those a party outside is asked to sign: the desk enters what he declares on the task's own page, no passphrase signs for him."""
    if not tasks:
        return frozenset()
    query = text("SELECT t.id FROM task t WHERE t.id = ANY(:ids) AND EXISTS (SELECT 1 FROM unnest(t.positions) p WHERE starts_with(p, :mark))")
    return frozenset((await connection.execute(query, {"ids": list(tasks), "mark": MARK})).scalars())


def _chooses(context: Context, entry: Entry) -> bool:
    """By the process as it is listed; the review reads the case's own and leaves out what it finds to be so."""
    listed = context.processes.processes.get(entry.process)
    node = listed.process.tree.nodes.get(split(entry.instance)[0]) if listed else None
    return isinstance(node, Sign) and (bool(node.fills) or sum(one.performs for one in node.outcomes) > 1)


def _verdict(one: Asked) -> str:
    """The only outcome that signs; empty when there is none, or a choice, or a form to fill in first."""
    found = [] if one.fields else [verdict.name for verdict in one.verdicts if verdict.signs]
    return found[0] if len(found) == 1 else ""


@router.get("/tanda-tangan")
async def show(request: Request, viewer: SignedIn) -> Response:
    """Three groups; nothing is pre-ticked."""
    return await _show(request, viewer)


async def _show(request: Request, viewer: Viewer, ticked: Sequence[int] = (), refused: Refusal | None = None) -> Response:
    every = await waiting(context_of(request), viewer)
    listed = [one for one in every if not one.chooses]
    return pages_of(request).page(
        request, "tanda_tangan.html", "daftar", status=refused.status if refused else 200, first=[one for one in listed if one.why],
        routine=[one for one in listed if not one.why], choosing=[one for one in every if one.chooses], most=MOST,
        ticked=frozenset(ticked), errors={"daftar": said(refused.message)} if refused else {},
    )  # fmt: skip


@router.get("/tanda-tangan/tinjau")
async def review(request: Request, viewer: SignedIn, t: Annotated[list[int] | None, Query()] = None) -> Response:
    """Check-answers of the batch: every letter, what it says and to whom; remove one; then the passphrase once. Too many: the list again, ticked as sent."""
    chosen = list(dict.fromkeys(t or []))
    if len(chosen) > MOST:
        return await _show(request, viewer, chosen, BatchTooLarge())
    return await _review(request, viewer, chosen)


async def _review(request: Request, viewer: Viewer, chosen: Sequence[int], errors: dict[str, str] | None = None, status: int = 200) -> Response:
    context = context_of(request)
    ids = list(dict.fromkeys(chosen))
    if len(ids) > MOST:
        raise BatchTooLarge
    letters = [await _reviewed(context, viewer, task, with_picture=len(ids) <= 5) for task in ids]
    left = [one for one in letters if one]
    return pages_of(request).page(request, "tanda_tangan_tinjau.html", status=status, letters=left, errors=errors or {}, dropped=len(ids) - len(left))


async def _reviewed(context: Context, viewer: Viewer, task: int, *, with_picture: bool) -> Reviewed | None:
    async with context.pages.connect() as connection:
        try:
            one = await asked(connection, task, viewer, context.clock())
        except NotFound:
            return None
    verdict = _verdict(one)
    if not one.open or one.actor is None or not verdict or one.attested:
        return None
    late = one.task.due is not None and one.task.due < context.clock()
    why = tuple(filter(None, (_("terbatas atau rahasia") if one.case.secrecy != "biasa" else "", _("berubah setelah dikembalikan") if one.task.round > 1 else "",
                              _("lewat tenggat") if late else "", _("Anda mewakili jabatan lain") if one.actor.capacity != "definitif" else "")))  # fmt: skip
    drawn = await papers(context, one, viewer) if with_picture or why else []
    fields = _telling(one)
    async with context.pages.connect() as connection:
        facts: list[object] = list(rows(fields, one.case.form, labels=await labels_of(connection, fields, one.case.form)))
    return Reviewed(one, verdict, drawn[0] if drawn else None, facts, why, str(ULID()))


def _telling(one: Asked) -> list[Field]:
    """What says in a few lines which letter this is: to whom and what about; else the first answers of its form."""
    named = [field for field in one.process.form if field.name in ("kepada", "hal", "perihal", "jenis_naskah", "sifat")]
    filled = [field for field in one.process.form if not field.rich and field.type != "table" and one.case.form.get(field.name) not in (None, "", [])]
    return named or filled[:FEW]


@router.post("/tanda-tangan")
async def sign(request: Request, viewer: SignedIn) -> Response:
    """Seals the passphrase once per letter and sends each decision. A letter that changed meanwhile is named and left out."""
    context = context_of(request)
    posted = await answers.read(request)
    ids = [int(text_) for text_ in posted.texts.get("t", []) if text_.isdecimal()]
    passphrase = posted.one("frasa")
    if len(ids) > MOST:
        raise BatchTooLarge
    errors: dict[str, str] = {}
    if not ids:
        return go(request, "/tanda-tangan")
    if not posted.one("setuju"):
        errors["setuju"] = _("Centang pernyataan bahwa Anda sudah membaca surat-surat ini.")
    if not passphrase:
        errors["frasa"] = said(BadSecret(_("Isi frasa sandi tanda tangan Anda.")).message)
    unread = [task for task in ids if posted.one(f"wajib-{task}") and not posted.one(f"baca-{task}")]
    errors |= {f"baca-{task}": _("Surat ini harus dibaca dulu: buka, baca, lalu centang.") for task in unread}
    if errors:
        return await _review(request, viewer, ids, errors, 422)
    refused = {task: message for task in ids if (message := await _sign_one(context, viewer, task, posted, passphrase))}
    query = "&".join(f"t={task}" for task in ids)
    if len(refused) == len(ids):
        return await _review(request, viewer, ids, {f"surat-{task}": message for task, message in refused.items()}, 409)
    return go(request, f"/tanda-tangan/hasil?{query}")


async def _sign_one(context: Context, viewer: Viewer, task: int, posted: answers.Answers, passphrase: str) -> str:
    """Empty when sent; else why not."""
    try:
        async with context.pages.connect() as connection:
            one = await asked(connection, task, viewer, context.clock())
        ready(one)
        version = posted.one(f"versi-{task}")
        outcome = _verdict(one)
        envelope = await signing_acts.seal(context, viewer.person.id, one.case.id, passphrase)
        sent = Sent(outcome, "", posted.one(f"permintaan-{task}"), int(version) if version.isdecimal() else 0, posted.one(f"sidik-{task}"), {})
        await decide(context, one, sent, viewer, envelope)
    except Refusal as refusal:
        return said(refusal.message)
    return ""


_RESULTS = text("""
    SELECT t.id, t.status, t.instance, t.round, t.case_id, c.no, c.subject, c.title,
      (SELECT r.body FROM trail r WHERE r.case_id = t.case_id AND r.step = t.instance AND r.kind = 'sign-refused' ORDER BY r.seq DESC LIMIT 1) AS refused,
      (SELECT r.body FROM trail r WHERE r.case_id = t.case_id AND r.step = t.instance AND r.round = t.round AND r.kind = 'act-done') AS made
    FROM task t JOIN "case" c ON c.id = t.case_id
    WHERE t.id = ANY(:ids) AND EXISTS (SELECT 1 FROM trail d WHERE d.case_id = t.case_id AND d.step = t.instance AND d.kind = 'decided' AND d.person = :person)
""")


@router.get("/tanda-tangan/hasil")
async def result(request: Request, viewer: SignedIn, t: Annotated[list[int] | None, Query()] = None) -> Response:
    """Per letter: waiting, signed with its number, or failed with the reason. Nothing is called signed before its file verified."""
    context = context_of(request)
    told = []
    async with context.pages.connect() as connection:
        for row in (await connection.execute(_RESULTS, {"ids": (t or [])[:MOST], "person": viewer.person.id})).all():
            subject = row.subject or row.title
            if row.status == "claimed":
                told.append(Told(row.id, subject, "menunggu", case_no=row.no))
            elif row.status == "done":
                made = {one["code"] for one in json.loads(row.made)["data"].get("documents") or ()} if row.made else set()
                last = next((one for one in await documents(connection, row.case_id) if one.code in made), None)
                told.append(Told(row.id, subject, "ditandatangani", last.number if last else "", document=last, case_no=row.no))
            else:
                why = json.loads(row.refused)["data"].get("message", "") if row.refused else ""
                told.append(Told(row.id, subject, "gagal", message=why, case_no=row.no))
    waiting_still = any(one.state == "menunggu" for one in told)
    return pages_of(request).page(request, "tanda_tangan_hasil.html", "hasil", told=told, waiting=waiting_still)
