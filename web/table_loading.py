"""``…/muat``: rows pasted or sent as CSV or XLSX. First a preview that counts what would change and names each bad cell; nothing is written before consent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from db.desk import draft_tables, drafts
from engine.errors import DraftStale, FieldsInvalid, StaleVersion, UploadRefused
from forms import sheets, spreadsheets
from forms.sheets import Grid, Mode, Plan
from forms.spreadsheets import Fault, Unreadable
from web import answers, kept, table_rows
from web.access import SignedIn
from web.context import Context, context_of
from web.language import _, said
from web.pages import go, pages_of
from web.policy import Viewer
from web.table_rows import Opened, opened
from web.uploads.kinds import kind_of, safe_name
from web.uploads.taking import cells_of

router = APIRouter()
MOST_BYTES = 10 * 1024 * 1024
MOST_PASTED = 3 * 1024 * 1024
SHOWN = 300
"""Bad cells that are drawn; the count tells of all."""
GIVEN_BACK = 200_000
"""Letters of a pasted text that stand in the box again, to be mended there."""
_OLD = b"\xd0\xcf\x11\xe0"


@dataclass(slots=True)
class Preview:
    """``bad``: (line of the file or "", row of the table, column, message)."""

    plan: Plan
    mode: Mode
    digest: str = ""
    title: str = ""
    bad: list[tuple[str, int, str, str]] = field(default_factory=list)


@router.get("/isian/{draft_id}/tabel/{name}/muat")
async def ask(request: Request, draft_id: str, name: str, viewer: SignedIn) -> Response:
    """How rows are pasted or sent, and which columns there are; what was pasted when the sign-in ended stands in the box again."""
    context = context_of(request)
    found = await opened(context, viewer, draft_id, name)
    async with context.desk.connect() as connection:
        back = await kept.returned(connection, viewer.person.id, f"{found.address}/muat")
    return _page(request, found, typed="".join(back.answers.get("tempel", [])) if back else "")


def _page(
    request: Request, found: Opened, made: Preview | None = None, errors: dict[str, str] | None = None, typed: str = "", status: int = 200
) -> Response:
    heads = sheets.headings(found.table)
    hints = [(heads[column.name], column) for column in sheets.typable(found.table)]
    return pages_of(request).page(
        request, "tabel_muat.html", status=status, found=found, made=made, errors=errors or {}, typed=typed if len(typed) <= GIVEN_BACK else "", hints=hints,
        shown=made.bad[:SHOWN] if made else [], most=SHOWN, back=found.address,
    )  # fmt: skip


@router.post("/isian/{draft_id}/tabel/{name}/muat")
async def preview(request: Request, draft_id: str, name: str, viewer: SignedIn) -> Response:
    """Reads what was pasted or sent and shows what it would change. Nothing is written but the cells themselves, kept for their owner until he consents.

    Refuses on the page (422): nothing given, a file that cannot be read (UploadRefused, Unreadable), and every fault of its lines."""
    context = context_of(request)
    posted = await answers.read(request, MOST_PASTED)
    found = await opened(context, viewer, draft_id, name)
    typed = posted.one("tempel")
    mode: Mode = "ganti" if posted.one("cara") == "ganti" else "tambah"
    try:
        title, grid = await _grid(posted.files.get("berkas", []), typed)
    except (UploadRefused, Unreadable) as refused:
        at = "berkas" if posted.files.get("berkas") else "tempel"
        told = (
            said(refused.message)
            if isinstance(refused, UploadRefused)
            else _("Baris %(n)s: %(sebab)s") % {"n": refused.line, "sebab": said(refused.mend)}
        )
        return _page(request, found, errors={at: told}, typed=typed, status=FieldsInvalid.status)
    if not grid:
        return _page(request, found, errors={"tempel": _("Tempel barisnya atau pilih berkasnya lebih dahulu.")}, status=FieldsInvalid.status)
    made = await _made(context, viewer, found, grid, mode, title)
    if not made.plan.faults:
        async with context.desk.begin() as connection:
            cells: dict[str, list[str]] = {"isi": [json.dumps(grid, ensure_ascii=False)], "cara": [mode], "judul": [title]}
            await drafts.keep_page(connection, viewer.person.id, f"{found.address}/muat", cells, context.clock())
    return _page(request, found, made, typed=typed, status=FieldsInvalid.status if made.plan.faults or made.bad else 200)


async def _grid(files: list[UploadFile], typed: str) -> tuple[str, Grid]:
    """(name of a workbook's sheet, lines with something in them)."""
    if not files:
        return "", [(line, [("", cell) for cell in cells]) for line, cells in spreadsheets.pasted(typed) if any(cell.strip() for cell in cells)]
    name, content = safe_name(files[0].filename or ""), await files[0].read(MOST_BYTES + 1)
    ending = PurePath(name).suffix.lower()
    if len(content) > MOST_BYTES:
        raise UploadRefused(_("Berkas %(nama)s lebih dari 10 MB. Bagi menjadi beberapa berkas.") % {"nama": name})
    if ending in (".xlsm", ".xlsb", ".xls", ".ods") or content.startswith(_OLD):
        raise UploadRefused(
            _(
                "Berkas %(nama)s berformat lama, bermakro, atau terkunci kata sandi. Simpan sebagai XLSX tanpa makro dan tanpa kata sandi, atau sebagai CSV."
            )
            % {"nama": name}
        )
    if ending == ".xlsx":
        kind_of(name, content)
        return await cells_of(name, content)
    return "", [
        (line, [("", cell) for cell in cells])
        for line, cells in spreadsheets.lines(spreadsheets.decoded(content))
        if any(cell.strip() for cell in cells)
    ]


async def _made(context: Context, viewer: Viewer, found: Opened, grid: Grid, mode: Mode, title: str) -> Preview:
    made = Preview(sheets.plan(found.table, grid, found.rows, mode, found.most), mode, title=title)
    if table_rows.weight(made.plan.rows) > table_rows.MOST_BYTES:
        made.plan.faults.append(Fault(grid[-1][0], "", table_rows.HEAVY % {"tabel": found.table.label}))
    if made.plan.faults:
        return made
    readings = await table_rows.judged(context, viewer, found, made.plan.rows)
    labels = {column.name: column.label for column in found.table.columns}
    for at, message in readings.faults.items():
        _table, _dash, rest = at.partition("-")
        number, _dash, column = rest.partition("-")
        if not number.isdecimal():
            made.bad.append(("", 0, "", said(message)))
            continue
        line = made.plan.lines.get(made.plan.rows[int(number)][sheets.ID][0])
        made.bad.append((str(line) if line else "", int(number) + 1, labels.get(column, column), said(message)))
    # What would be saved hangs on the cells, on how they are taken, and on the rows they are laid over; ids made anew are not part of it.
    parts = [grid, mode, draft_tables.sha_of(found.rows)]
    made.digest = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
    return made


@router.post("/isian/{draft_id}/tabel/{name}/muat/simpan")
async def consent(request: Request, draft_id: str, name: str, viewer: SignedIn) -> Response:
    """Writes what the preview showed, and no more. Again changes nothing. Refuses with StaleVersion when the cells are no longer kept; the preview comes
    back as it is now (409) when the rows changed meanwhile."""
    context = context_of(request)
    posted = await answers.read(request)
    found = await opened(context, viewer, draft_id, name)
    place = f"{found.address}/muat"
    async with context.desk.connect() as connection:
        waiting = await drafts.page_of(connection, viewer.person.id, place)
    if waiting is not None and waiting.answers.get("tersimpan") == [posted.one("sidik")]:
        return go(request, found.address)
    grid = _kept(waiting.answers if waiting else {})
    if not grid or waiting is None:
        raise StaleVersion(_("Barisnya sudah tidak tersimpan. Tempel atau unggah sekali lagi, lalu periksa perubahannya."))
    mode: Mode = "ganti" if waiting.answers.get("cara") == ["ganti"] else "tambah"
    made = await _made(context, viewer, found, grid, mode, "".join(waiting.answers.get("judul", [])))
    fresh = not made.plan.faults and made.digest == posted.one("sidik")
    if not fresh or not await table_rows.saved(context, viewer, found, made.plan.rows, found.draft.version):
        told = _("Tabel atau barisnya berubah sejak diperiksa. Periksa sekali lagi perubahan di bawah ini, lalu simpan.")
        return _page(request, found, made, {"berkas": told}, status=DraftStale.status)
    async with context.desk.begin() as connection:
        await drafts.keep_page(connection, viewer.person.id, place, {"tersimpan": [posted.one("sidik")]}, context.clock())
    return go(request, f"{found.address}{'?saring=salah' if made.bad else ''}")


def _kept(answers_: Mapping[str, list[str]]) -> Grid:
    return [(line, [(kind, text) for kind, text in cells]) for line, cells in json.loads("".join(answers_.get("isi", [])) or "[]")]
