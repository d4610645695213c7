"""Files of a case: opened through the case that holds them, never by hash alone; always an attachment, under a name that tells nothing."""

from __future__ import annotations

import asyncio
import re
from typing import Annotated

from fastapi import APIRouter, Path, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from db import files
from db.read.cases import Case
from db.read.dispositions import dispositions
from db.read.documents import attachments, documents
from db.read.processes import pinned_process
from db.read.stored import stored
from engine.errors import NotFound
from engine.process import Process
from forms.identities import held
from web.access import SignedIn
from web.case_files import files_of
from web.case_page import No
from web.context import Context, context_of
from web.reading_log import log_reading
from web.showing_case import readable

router = APIRouter()
Sha = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
ENDINGS = {
    "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}  # fmt: skip
"""What may be uploaded; anything else leaves as plain octets."""


@router.get("/perkara/{no}/berkas/{sha}")
async def attachment(request: Request, no: No, sha: Sha, viewer: SignedIn) -> Response:
    """An attachment of this case. Refuses by NotFound a case the viewer may not read, and a file the case does not hold."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        case = await readable(connection, no, viewer, context.clock())
        process = await pinned_process(connection, case.sha)
        number, mime = await _attachment(connection, process, case, sha)
    await log_reading(request, context, case, viewer, "berkas", identified=bool(held(process, case.form)))
    return await sent(context, sha, f"perkara-{no}-lampiran-{number}.{ENDINGS.get(mime, 'bin')}", mime)


async def _attachment(connection: AsyncConnection, process: Process, case: Case, sha: str) -> tuple[int, str]:
    """(its number in the case, its kind)."""
    inside = files_of(process, case.form, await dispositions(connection, case.id), await attachments(connection, case.id))
    found = next((one for one in inside if one.sha == sha), None)
    if found is None:
        raise NotFound
    known = (await stored(connection, [sha])).get(sha)
    return found.number, known.mime if known and known.mime in ENDINGS else "application/octet-stream"


@router.get("/perkara/{no}/naskah/{code}")
async def letter(request: Request, no: No, code: str, viewer: SignedIn) -> Response:
    """The signed or sealed PDF of a document of this case; NotFound while it is a draft."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        case = await readable(connection, no, viewer, context.clock())
        found = next((one for one in await documents(connection, case.id) if one.code == code and one.signed_sha), None)
        identified = bool(held(await pinned_process(connection, case.sha), case.form))
    if found is None:
        raise NotFound
    await log_reading(request, context, case, viewer, "naskah", identified=identified)
    return await sent(context, found.signed_sha, letter_name(found.number, f"perkara-{no}-{code}"), "application/pdf")


def letter_name(number: str, otherwise: str) -> str:
    """By its number, which tells nothing of what it is about."""
    plain = (re.sub(r"[^0-9A-Za-z]+", "-", one).strip("-") for one in (number, otherwise))
    return f"{next(one for one in plain if one)}.pdf"


async def sent(context: Context, sha: str, name: str, mime: str) -> Response:
    """The bytes, checked against their hash. The reading was written down first."""
    body = await asyncio.to_thread(files.read, context.files, sha)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(body, media_type=mime, headers=headers)
