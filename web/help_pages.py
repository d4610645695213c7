"""``/bantuan``, ``/pintasan``, ``/aksesibilitas``: open to everyone, also before signing in."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.access import Public
from web.pages import pages_of

router = APIRouter()


@router.get("/bantuan")
async def help_page(request: Request, _viewer: Public) -> Response:
    return pages_of(request).page(request, "bantuan.html")


@router.get("/pintasan")
async def shortcuts(request: Request, _viewer: Public) -> Response:
    return pages_of(request).page(request, "pintasan.html")


@router.get("/aksesibilitas")
async def accessibility(request: Request, _viewer: Public) -> Response:
    return pages_of(request).page(request, "aksesibilitas.html")
