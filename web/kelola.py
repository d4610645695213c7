"""``/kelola``: what the desk in use may look after; ``/kelola/buku``: the ledgers of the city, with how much is in them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from db.read.books import keeping
from web.context import Context, context_of
from web.kelola_rights import admitted, entering
from web.pages import pages_of
from web.policy import Viewer

router = APIRouter()
Anyone = Annotated[Viewer, Depends(entering())]
Ledgers = Annotated[Viewer, Depends(entering("saldo"))]


@router.get("/kelola")
async def index(request: Request, viewer: Anyone) -> Response:
    """Every book and table the capacity in use may open, with what is in it."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        standing = await admitted(connection, viewer)
        books = [one for one in await keeping.books(connection) if standing.opens(of_people=one.of_people)]
        kinds = await keeping.kinds(connection, today(context)) if "registri" in standing.rights else []
    return pages_of(request).page(request, "kelola.html", standing=standing, books=books, kinds=kinds)


@router.get("/kelola/buku")
async def ledgers(request: Request, viewer: Ledgers) -> Response:
    context = context_of(request)
    async with context.pages.connect() as connection:
        standing = await admitted(connection, viewer, "saldo")
        books = [one for one in await keeping.books(connection) if standing.opens(of_people=one.of_people)]
    return pages_of(request).page(request, "kelola_buku_daftar.html", standing=standing, books=books)


def today(context: Context) -> date:
    """The city's date."""
    return context.clock().astimezone(context.city.zone).date()
