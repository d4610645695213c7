"""All rows of a table: of a sent form, fifty a page, for whoever may read its case; and as a file, of a case or of a draft."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from db.read import dossier
from db.read.cases import Case
from db.read.processes import pinned_process
from engine.errors import NotFound
from engine.events import Json
from engine.fields import Field
from forms import sheets
from forms.showing import show
from forms.showing import typed as typed_again
from forms.spreadsheets import sheet
from web import table_rows
from web.access import Fresh, SignedIn
from web.acting import told
from web.case_files import codes_in
from web.case_page import No
from web.context import Context, context_of
from web.long_tables import said_sums, sums
from web.pages import pages_of
from web.policy import Viewer
from web.reading_log import log_reading
from web.showing_case import readable
from web.table_rows import opened
from web.workbook import MIME, workbook

router = APIRouter()
PAGE = 50


@dataclass(frozen=True, slots=True)
class Table:
    """A filled table of a case that the viewer may read."""

    case: Case
    field: Field
    rows: Sequence[dict[str, Json]]


async def _table(connection: AsyncConnection, context: Context, no: int, name: str, viewer: Viewer) -> Table:
    """Refuses by NotFound what the viewer may not read, and a table that has no rows or is none."""
    case = await readable(connection, no, viewer, context.clock())
    process = await pinned_process(connection, case.sha)
    found = next((one for one in (*process.form, *told(process, case.form)) if one.name == name and one.type == "table"), None)
    rows = [row for row in case.form.get(name) or [] if isinstance(row, dict)]
    if found is None or not rows:
        raise NotFound
    return Table(case, found, rows)


@router.get("/perkara/{no}/tabel/{name}")
async def every(request: Request, no: No, name: str, viewer: SignedIn, hal: str = "") -> Response:
    """A page of the rows, as the case's page shows the first of them."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        one = await _table(connection, context, no, name, viewer)
        pages = -(-len(one.rows) // PAGE)
        page = min(max(int(hal), 1), pages) if hal.isdecimal() and len(hal) < 5 else 1
        here = one.rows[(page - 1) * PAGE : page * PAGE]
        labels = await dossier.labels(connection, codes_in([one.field], {name: here}))
    lines = [[show(column, row.get(column.name), labels) for column in one.field.columns] for row in here]
    return pages_of(request).page(
        request, "tabel_baca.html", one=one, lines=lines, page=page, pages=pages, first=(page - 1) * PAGE, sums=said_sums(one.field, sums(one.field, one.rows)),
        heads=[column.label for column in one.field.columns], address=f"/perkara/{no}/tabel/{name}",
    )  # fmt: skip


@router.get("/perkara/{no}/tabel/{name}/unduh")
async def give(request: Request, no: No, name: str, viewer: Fresh, jenis: str = "csv") -> Response:
    """All rows as they are read, identity numbers masked as on the page. The reading of a secret case is written down first."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        one = await _table(connection, context, no, name, viewer)
        labels = await dossier.labels(connection, codes_in([one.field], {name: one.rows}, most=len(one.rows)))

    def shown(column: Field, value: Json) -> str:
        counted = column.type in ("integer", "decimal", "rupiah", "date") and value is not None
        return typed_again(column, value)[0] if counted else show(column, value, labels)

    columns = [column for column in one.field.columns if column.type not in sheets.FILES]
    heads = sheets.headings(one.field)
    lines = [[*(shown(column, row.get(column.name)) for column in columns), str(row.get(sheets.ID, ""))] for row in one.rows]
    await log_reading(request, context, one.case, viewer, "ekspor")
    return await _file(f"perkara-{no}-{name.replace('_', '-')}", one.field, [*(heads[column.name] for column in columns), sheets.ID], lines, jenis)


@router.get("/isian/{draft_id}/tabel/{name}/unduh")
async def give_draft(request: Request, draft_id: str, name: str, viewer: Fresh, jenis: str = "csv") -> Response:
    """The rows as typed, ``_id`` last: goes back in unchanged. Refuses what ``web.table_rows.opened`` refuses."""
    context = context_of(request)
    found = await opened(context, viewer, draft_id, name)
    naming = await table_rows.naming(context, found.table, found.rows)
    heads, lines = sheets.out(found.table, found.rows, naming)
    return await _file(f"perkara-{found.one.case.no}-{name.replace('_', '-')}", found.table, heads, lines, jenis)


async def _file(name: str, table: Field, heads: Sequence[str], lines: Sequence[Sequence[str]], kind: str) -> Response:
    """XLSX is made beside the loop: thousands of rows take most of a second."""
    if kind == "xlsx":
        columns = [column for column in table.columns if column.type not in sheets.FILES]
        cells = [[*(sheets.cell(column, text) for column, text in zip(columns, line, strict=False)), ("", line[-1])] for line in lines]
        content, mime = await asyncio.to_thread(workbook, table.label, heads, cells), MIME
    else:
        kind, content, mime = "csv", sheet(heads, lines), "text/csv; charset=utf-8"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{kind}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=mime, headers=headers)
