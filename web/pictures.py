"""Page images by link: bound to the person and the day, so that a hash alone opens nothing."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from db import files
from engine.errors import NotFound
from web.access import SignedIn
from web.context import Context, context_of

router = APIRouter()
GALLERY = "/gambar"


@dataclass(frozen=True, slots=True)
class Picture:
    address: str
    number: int


def _mark(context: Context, person: str, sha: str) -> str:
    day = context.clock().astimezone(context.city.zone).date().isoformat()
    return hmac.new(context.link_key, f"{person}/{sha}/{day}".encode(), hashlib.sha256).hexdigest()[:32]


def pictures(context: Context, person: str, images: Sequence[str], at: str = GALLERY) -> list[Picture]:
    """Addresses under ``at`` that only this person can open, today."""
    return [Picture(f"{at}/{sha}/{_mark(context, person, sha)}", number) for number, sha in enumerate(images, 1)]


@router.get("/gambar/{sha}/{mark}")
async def picture(request: Request, sha: str, mark: str, viewer: SignedIn) -> Response:
    """Refuses by NotFound a link that is not this person's or not today's."""
    return await shown(context_of(request), viewer.person.id, sha, mark)


def _kind(body: bytes) -> str:
    """Pages are drawn as WebP; a photograph keeps the kind it came as."""
    return "image/jpeg" if body.startswith(b"\xff\xd8") else "image/png" if body.startswith(b"\x89PNG") else "image/webp"


async def shown(context: Context, person: str, sha: str, mark: str) -> Response:
    """Refuses by NotFound as ``picture`` does."""
    if not hmac.compare_digest(mark, _mark(context, person, sha)):
        raise NotFound
    body = await asyncio.to_thread(files.read, context.files, sha)
    return Response(body, media_type=_kind(body), headers={"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"})
