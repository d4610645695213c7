"""``POST /unggah``: one file at a time, for the progress bar; ``GET /unggah/{id}`` gives the person's own file back."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from db import files
from db.desk import uploads
from engine.errors import NotFound, UploadRefused
from forms.showing import evidence
from web import answers
from web.access import SignedIn
from web.context import context_of
from web.language import _, said
from web.uploads.kinds import ACCEPTED
from web.uploads.taking import take

router = APIRouter()


@router.post("/unggah")
async def receive(request: Request, viewer: SignedIn) -> Response:
    """``berkas`` (the file), ``jenis`` (accepted kinds, comma-separated), ``bukti=ya`` when place and time of a photograph are evidence, ``tempat``
    (``lat; lon``) where the device is meanwhile.

    201 ``{"id", "nama", "ukuran"}``; 422 ``{"kesalahan"}`` with the reason.
    """
    sent = await answers.read(request)
    parts = sent.files.get("berkas", [])
    kinds = [kind for kind in sent.one("jenis").split(",") if kind in ACCEPTED]
    if len(parts) != 1:
        return JSONResponse({"kesalahan": _("Pilih satu berkas.")}, UploadRefused.status)
    try:
        stored = await take(
            context_of(request), viewer.person.id, parts[0], kinds, evidence=sent.one("bukti") == "ya", device=sent.one("tempat")[:60]
        )
    except UploadRefused as refusal:
        return JSONResponse({"kesalahan": said(refusal.message)}, refusal.status)
    told = evidence(stored.taken or {}) if sent.one("bukti") == "ya" else ""
    return JSONResponse({"id": stored.id, "nama": stored.name, "ukuran": stored.size, "bukti": told}, 201)


@router.get("/unggah/{upload_id}")
async def give(request: Request, upload_id: str, viewer: SignedIn) -> Response:
    """The bytes, always as an attachment: an upload is never shown as a page of this site. Refuses another's with ``NotFound``."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        found = (await uploads.find(connection, viewer.person.id, [upload_id])).get(upload_id)
    if found is None:
        raise NotFound
    content = await asyncio.to_thread(files.read, context.files, found.sha256)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(content, media_type=uploads.MIME[found.kind], headers=headers)
