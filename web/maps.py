"""``/peta.svg``: a square of the city's map with what was marked on it. Open to everybody, as a map on a wall: boundaries, zones and roads are no secret."""

from __future__ import annotations

import time
from collections.abc import Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from db.read.books import places
from engine.errors import NotFound
from engine.fields import Field
from forms import on_map, tables
from forms.on_map import Frame, at, points
from web.access import Public
from web.context import Context, context_of
from web.mapping import MOST_MARKS, NEAR, Atlas, atlas, drawing, middle

router = APIRouter()
KEPT = 60.0
"""Seconds an atlas is kept: a new shape is seen a minute later, and a press on a map reads no thousand outlines."""
_kept: dict[str, tuple[float, Atlas]] = {}


async def current(context: Context) -> Atlas:
    key = str(context.pages.url)
    kept = _kept.get(key)
    if kept is None or time.monotonic() - kept[0] > KEPT:
        async with context.pages.connect() as connection:
            kept = (time.monotonic(), atlas(await places.drawn(connection)))
        _kept[key] = kept
    return kept[1]


async def frame(context: Context, fields: Sequence[Field]) -> Frame | None:
    """What the maps of this form show; None where it asks for no place, or the city has given no shapes."""
    asked = any(one.type in on_map.MAPPED for table in fields for one in (table, *table.columns))
    return (await current(context)).frame if asked else None


async def edited(context: Context, fields: Sequence[Field], texts: dict[str, list[str]]) -> dict[str, list[str]] | None:
    """The answers after a button that changes the form itself was pressed: of a map, or one that adds or removes a row; None when none was."""
    of = await frame(context, fields)
    found = on_map.edited(fields, texts, of) if of is not None else None
    if found is None and (found := tables.edited(fields, texts)) is not None:
        found.pop(on_map.VIEW, None)  # the rows have other numbers now
    return found


@router.get("/peta.svg")
async def picture(request: Request, _viewer: Public, di: str = "", dekat: int = 0, tanda: str = "", bidik: str = "") -> Response:
    """``di`` and ``tanda``: ``lat,lon``, of ``tanda`` many apart by ``|``; without ``di`` the picture looks at what is marked.

    Refuses (NotFound) where there is nothing to draw: no shape, no mark."""
    found = await current(context_of(request))
    marks = points(tanda[: (MOST_MARKS + 2) * 24].replace(",", "; "))
    told = points(di.replace(",", "; "))
    about = told[0] if told else middle(marks) if marks else None
    of = found.frame or (Frame(about[0] - 0.01, about[1] - 0.01, about[0] + 0.01, about[1] + 0.01) if about else None)
    if of is None:
        raise NotFound
    view = at(of, *(about or (0.0, 0.0)), dekat if told else NEAR if about else 0)
    headers = {"Cache-Control": f"public, max-age={int(KEPT)}", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(drawing(found, view, marks, aim=bool(bidik)), media_type="image/svg+xml", headers=headers)
