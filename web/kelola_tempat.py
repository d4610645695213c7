"""``/kelola/tempat``: kecamatan, kelurahan, zones and roads: a new one, a new name, a new shape."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response
from ulid import ULID

from db.office import places
from db.read.books import keeping, keeping_lines
from db.read.books.keeping_lines import Place
from engine.errors import FieldsInvalid, NotFound, ReasonMissing
from engine.fields import Field
from forms.text import tidy
from web import answers
from web.context import context_of
from web.kelola_form import Form, reason_field, recent, show, take
from web.kelola_rights import actor_of, admitted, entering
from web.kelola_words import said
from web.language import _
from web.pages import go, pages_of
from web.policy import Viewer

router = APIRouter()
Maps = Annotated[Viewer, Depends(entering("tempat"))]


@router.get("/kelola/tempat")
async def listed(request: Request, viewer: Maps, cari: str = "", setelah: str = "", sudah: str = "") -> Response:
    """By code; searched by name, code or kind."""
    words = tidy(cari)[:100]
    async with context_of(request).pages.connect() as connection:
        standing = await admitted(connection, viewer, "tempat")
        found = await keeping_lines.places(connection, words, after=setelah[:100], limit=keeping.PAGE + 1)
    return pages_of(request).page(
        request, "kelola_tempat.html", standing=standing, found=found[: keeping.PAGE], words=words, more=len(found) > keeping.PAGE, first=not setelah,
        done=said().get(sudah, ""),
    )  # fmt: skip


async def _place(connection: AsyncConnection, code: str) -> Place:
    found = await keeping_lines.places(connection, code=code, limit=1)
    if not found or not code:
        raise NotFound
    return found[0]


def _form(one: Place | None) -> Form:
    new = (Field("kode", _("Kode"), "text", required=True, max_length=60, hint=_("Kode wilayah nasional, atau kode kota sendiri seperti zona-r1")),)
    fields = (
        *(new if one is None else ()), Field("nama", _("Nama"), "text", required=True, max_length=200),
        Field("jenis", _("Jenis"), "text", required=True, max_length=40, hint=_("kecamatan, kelurahan, zona, jalan …")),
        Field("induk", _("Kode tempat di atasnya"), "text", max_length=60), reason_field(),
    )  # fmt: skip
    if one is None:
        return Form(_("Tambah tempat"), fields, "/kelola/tempat", _("Tambah"), mend="kode")
    return Form(_("Ubah tempat %(kode)s") % {"kode": one.code}, fields, f"/kelola/tempat/{one.code}", _("Simpan"))


@router.get("/kelola/tempat/tambah")
async def ask_new(request: Request, viewer: Maps) -> Response:
    async with context_of(request).pages.connect() as connection:
        await admitted(connection, viewer, "tempat", keep=True)
    return show(request, _form(None))


@router.post("/kelola/tempat/tambah")
async def add(request: Request, viewer: Maps) -> Response:
    """Refuses a code that is taken: an existing place is changed on its own page."""
    actor, now = actor_of(viewer), context_of(request).clock()
    async with context_of(request).pages.connect() as connection:
        await admitted(connection, viewer, "tempat", keep=True)

    async def write(connection: AsyncConnection, values: dict[str, Any], _request_id: str) -> None:
        await admitted(connection, viewer, "tempat", keep=True)
        if await keeping_lines.places(connection, code=str(values["kode"]), limit=1):
            raise FieldsInvalid({"kode": _("Kode ini sudah dipakai. Buka tempat itu untuk mengubahnya.")})
        await places.put(connection, actor, _row(str(values["kode"]), values), str(values["alasan"]), now)

    return await take(request, _form(None), write, "catat")


def _row(code: str, values: dict[str, Any]) -> dict[str, Any]:
    return {"code": code, "kind": str(values["jenis"]).lower(), "name": values["nama"], "parent": values.get("induk") or None}


@router.get("/kelola/tempat/{code}")
async def one_place(request: Request, code: str, viewer: Maps, sudah: str = "") -> Response:
    return await _page(request, viewer, code, said().get(sudah, ""))


async def _page(request: Request, viewer: Viewer, code: str, done: str = "", typed: dict[str, str] | None = None,
                errors: dict[str, str] | None = None) -> Response:  # fmt: skip
    context = context_of(request)
    async with context.pages.connect() as connection:
        standing = await admitted(connection, viewer, "tempat")
        one = await _place(connection, code)
        geometry = await keeping_lines.geometry(connection, code)
    return pages_of(request).page(
        request, "kelola_satu_tempat.html", status=FieldsInvalid.status if errors else 200, standing=standing, one=one, done=done, errors=errors or {},
        geometry=json.dumps(geometry) if geometry is not None else "", typed=typed or {}, request_id=str(ULID()),
        changes=await recent(context, "place", code),
    )  # fmt: skip


@router.get("/kelola/tempat/{code}/ubah")
async def ask_change(request: Request, code: str, viewer: Maps) -> Response:
    async with context_of(request).pages.connect() as connection:
        await admitted(connection, viewer, "tempat", keep=True)
        one = await _place(connection, code)
    return show(request, _form(one), {"nama": [one.name], "jenis": [one.kind], "induk": [one.parent] if one.parent else []})


@router.post("/kelola/tempat/{code}/ubah")
async def change(request: Request, code: str, viewer: Maps) -> Response:
    actor, now = actor_of(viewer), context_of(request).clock()
    async with context_of(request).pages.connect() as connection:
        await admitted(connection, viewer, "tempat", keep=True)
        one = await _place(connection, code)

    async def write(connection: AsyncConnection, values: dict[str, Any], _request_id: str) -> None:
        await admitted(connection, viewer, "tempat", keep=True)
        await places.put(connection, actor, _row(code, values), str(values["alasan"]), now)

    return await take(request, _form(one), write, "catat")


@router.post("/kelola/tempat/{code}/geometri")
async def reshape(request: Request, code: str, viewer: Maps) -> Response:
    """The shape as GeoJSON text; empty takes it away."""
    context = context_of(request)
    posted = await answers.read(request)
    typed = {"geometri": posted.one("geometri").strip(), "alasan": tidy(posted.one("alasan"), lines=True)[:1000]}
    try:
        shape = places.shape(typed["geometri"]) if typed["geometri"] else None
        async with context.desk.begin() as connection:
            await admitted(connection, viewer, "tempat", keep=True)
            one = await _place(connection, code)
            values = {"code": code, "kind": one.kind, "name": one.name, "parent": one.parent or None, "geometry": shape}
            await places.put(connection, actor_of(viewer), values, typed["alasan"], context.clock())
    except FieldsInvalid as invalid:
        return await _page(request, viewer, code, typed=typed, errors=invalid.errors)
    except ReasonMissing as refused:
        return await _page(request, viewer, code, typed=typed, errors={"alasan": refused.message})
    return go(request, f"/kelola/tempat/{code}?sudah=catat")
