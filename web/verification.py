"""``/v/{code}``: anybody holds a letter against what is filed here, by its code or by the file itself. Shows no content and keeps nothing."""

from __future__ import annotations

import asyncio
import hashlib
import re
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from db import files
from db.desk import tries
from db.read import documents, organisation
from db.read.documents import PublicDocument
from engine.errors import NotFound, TooManyTries, UploadRefused
from engine.events import Json
from web import answers
from web.access import Public
from web.agents import address_of
from web.context import Context, context_of
from web.language import _
from web.pages import pages_of
from web.uploads.kinds import MOST_BYTES, kind_of, safe_name

router = APIRouter()
SHORT, LONG = 10, 20
_END = re.compile(rb"%%EOF(\r\n|\n|\r)?")
MOST_REVISIONS = 64
_CROCKFORD = str.maketrans("OIL", "011")
Likeness = Literal["sama", "berubah", "terpotong", "lain", "tidak-dikenal"]


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature as the page tells it."""

    name: str
    office: str
    capacity: str
    at: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A document of ours with today's look at its stored file."""

    document: PublicDocument
    standing: Literal["berlaku", "dicabut", "tidak-sah"]
    reason: str
    signers: tuple[Signer, ...]
    certificates: tuple[Json, ...]
    """What the check at signing said of each signature and seal."""


@dataclass(frozen=True, slots=True)
class Compared:
    """``likeness`` of the file sent; ``name`` as its sender calls it."""

    likeness: Likeness
    name: str
    sha: str


def code_of(typed: str) -> str:
    """What was meant by a typed or scanned code: capitals, without spaces and hyphens; in a token O, I and L are read as 0 and 1."""
    bare = re.sub(r"[\s\-–]+", "", typed).upper()[:64]
    return bare.translate(_CROCKFORD) if len(bare) == LONG else bare


async def find(context: Context, code: str) -> PublicDocument:
    """By the short code (10) or the token of the QR (20). Refuses anything else and the unknown with NotFound."""
    async with context.pages.connect() as connection:
        if len(code) == SHORT and code.isalnum():
            return await documents.public_document(connection, code)
        if len(code) == LONG and code.isalnum():
            return await documents.public_document_by_token(connection, code)
    raise NotFound


async def look(context: Context, document: PublicDocument) -> tuple[Checked, bytes]:
    """The stored verdict and a new hash of the stored bytes; a file that changed or is gone is not valid, whatever was said before."""
    verdict = document.verdict or {}
    reason = "" if verdict.get("valid") else str(verdict.get("reason") or _("Tidak ada hasil pemeriksaan tanda tangan yang tersimpan."))
    try:
        stored = await asyncio.to_thread(files.read, context.files, document.signed_sha)
    except NotFound:
        stored = b""
        reason = _("Berkas yang tersimpan pada kami hilang atau berubah sejak ditandatangani.")
    standing: Literal["berlaku", "dicabut", "tidak-sah"] = "tidak-sah" if reason else "dicabut" if document.status == "dicabut" else "berlaku"
    signers = tuple(_signer(one) for one in document.signers)
    return Checked(document, standing, reason, signers, tuple(verdict.get("signatures") or ())), stored


def _signer(row: Json) -> Signer:
    words = {"plt": _("Pelaksana Tugas"), "plh": _("Pelaksana Harian"), "pj": _("Penjabat"), "pjs": _("Penjabat Sementara")}
    prefix, title = str(row.get("prefix") or ""), str(row.get("title") or "")
    office = title if not prefix or title.startswith(prefix) else f"{prefix} {title}"
    return Signer(str(row.get("name") or ""), office, words.get(str(row.get("capacity")), ""), str(row.get("at") or ""))


def revisions(content: bytes) -> tuple[str, list[str]]:
    """SHA-256 of the whole, and of every beginning that is a PDF of its own: a file changed after signing still begins with the signed one."""
    running, at, found = hashlib.sha256(), 0, []
    for mark in islice(_END.finditer(content), MOST_REVISIONS):
        for end in range(mark.start() + 5, mark.end() + 1):
            running.update(content[at:end])
            at = end
            found.append(running.hexdigest())
    running.update(content[at:])
    return running.hexdigest(), found


async def receive(parts: list[UploadFile]) -> tuple[str, bytes]:
    """(name, bytes) of one PDF within the size. Refuses with ``UploadRefused``; nothing is written anywhere of ours."""
    if len(parts) != 1:
        raise UploadRefused(_("Pilih satu berkas PDF."))
    upload = parts[0]
    name = safe_name(upload.filename or "")
    content = await upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES or not content.startswith(b"%PDF-"):
        kind_of(name, content)
        raise UploadRefused(f"Berkas {name} bukan PDF. Naskah dinas yang dapat diperiksa hanya PDF.")
    return name, content


async def compare(context: Context, name: str, content: bytes, asked: PublicDocument | None) -> tuple[Compared, PublicDocument | None]:
    """Is it exactly ours, ours but changed, cut back to before the signature, another letter of ours, or unknown?"""
    whole, beginnings = await asyncio.to_thread(revisions, content)
    async with context.pages.connect() as connection:
        try:
            exact = await documents.public_document_of_file(connection, whole)
        except NotFound:
            exact = None
        origin = exact or await documents.public_document_of_revision(connection, beginnings)
    if exact is not None:
        other = asked is not None and asked.signed_sha != exact.signed_sha
        return Compared("lain" if other else "sama", name, whole), exact
    for document in (asked, origin):
        likeness = await _derived(context, document, content) if document is not None else "tidak-dikenal"
        if likeness != "tidak-dikenal":
            return Compared(likeness, name, whole), document
    return Compared("tidak-dikenal", name, whole), asked


async def _derived(context: Context, document: PublicDocument, content: bytes) -> Likeness:
    _checked, stored = await look(context, document)
    drawn = await asyncio.to_thread(_stored, context, document.base_sha)
    if stored.startswith(content) or (drawn and drawn.startswith(content)):
        return "terpotong"
    return "berubah" if (stored and stored in content) or (drawn and drawn in content) else "tidak-dikenal"


def _stored(context: Context, sha: str) -> bytes:
    try:
        return files.read(context.files, sha) if sha else b""
    except NotFound:
        return b""


async def _throttle(request: Request, *kinds: str) -> None:
    """Counts this request against its address. Refuses with ``TooManyTries`` while any count of the address is locked."""
    context = context_of(request)
    now, address = context.clock(), address_of(request)
    async with context.desk.begin() as connection:
        until = await tries.locked_until(connection, tries.check_keys(address), now)
        if until is None:
            await tries.failed(connection, tries.check_keys(address, *kinds), now)
    if until is not None:
        clock = f"{until.astimezone(context.city.zone):%H.%M}"
        raise TooManyTries(_("Terlalu banyak pemeriksaan dari alamat ini. Coba lagi setelah pukul %(jam)s.") % {"jam": clock})


async def _page(
    request: Request, status: int = 200, typed: str = "", checked: Checked | None = None, compared: Compared | None = None, refused: str = ""
) -> Response:
    context = context_of(request)
    unknown = bool(typed) and checked is None
    doubtful = unknown or (compared is not None and compared.likeness != "sama") or (checked is not None and checked.standing != "berlaku")
    async with context.pages.connect() as connection:
        phones = await organisation.phones(connection) if doubtful else []
    page = pages_of(request).page(
        request, "verifikasi.html", status=status, typed=typed, unknown=unknown, checked=checked, compared=compared, refused=refused, phones=phones
    )
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    return page


@router.get("/v")
async def box(request: Request, _viewer: Public, kode: str = "") -> Response:
    """A box for the code printed on a letter, and one for the file."""
    code = code_of(kode)
    if kode and code.isalnum():
        return RedirectResponse(f"/v/{code}", 303)
    return await _page(request)


@router.get("/v/{code}")
@router.get("/V/{code}")
async def check(request: Request, code: str, _viewer: Public) -> Response:
    """What is known of the letter with this code; an unknown code (404) gets a page that says how to ask by telephone."""
    await _throttle(request, "periksa")
    try:
        document = await find(context_of(request), code_of(code))
    except NotFound:
        await _miss(request)
        return await _page(request, NotFound.status, typed=code[:64])
    checked, _stored_bytes = await look(context_of(request), document)
    return await _page(request, checked=checked, typed=document.code)


async def _miss(request: Request) -> None:
    context = context_of(request)
    async with context.desk.begin() as connection:
        await tries.failed(connection, tries.check_keys(address_of(request), "periksa-salah"), context.clock())


@router.post("/v")
async def check_file(request: Request, _viewer: Public) -> Response:
    """A file without a code."""
    return await _compare(request, None)


@router.post("/v/{code}")
@router.post("/V/{code}")
async def check_file_of(request: Request, code: str, _viewer: Public) -> Response:
    """A file against the letter with this code. Refuses an unknown code with NotFound."""
    try:
        document = await find(context_of(request), code_of(code))
    except NotFound:
        await _miss(request)
        raise
    return await _compare(request, document)


async def _compare(request: Request, document: PublicDocument | None) -> Response:
    context = context_of(request)
    await _throttle(request, "periksa-berkas")
    sent = await answers.read(request)
    typed = document.code if document else ""
    try:
        name, content = await receive(sent.files.get("berkas", []))
    except UploadRefused as refusal:
        checked = (await look(context, document))[0] if document else None
        return await _page(request, refusal.status, typed=typed, checked=checked, refused=refusal.message)
    compared, about = await compare(context, name, content, document)
    checked = (await look(context, about))[0] if about else None
    return await _page(request, typed=about.code if about else typed, checked=checked, compared=compared)
