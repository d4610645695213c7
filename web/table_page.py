"""``/isian/{draf}/tabel/{isian}``: the rows of one table of a form, fifty a page: found, edited, added, taken away, filled column by column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from db.desk import drafts, uploads
from db.desk.draft_tables import Row
from engine.errors import DraftStale, FieldsInvalid
from engine.fields import Field
from forms import sheets, tables
from forms.known import Upload
from forms.numbers import grouped
from forms.showing import evidence, word
from forms.text import tidy
from web import answers, kept, table_rows
from web.access import SignedIn
from web.answers import Answers
from web.books import options_for
from web.context import Context, context_of
from web.language import _, said
from web.pages import go, pages_of
from web.policy import Viewer
from web.table_rows import Opened, Said, opened
from web.uploads.taking import take_all

router = APIRouter()
PAGE = 50
NARROW = frozenset({"integer", "decimal", "rupiah", "percent", "date", "time", "month", "year", "boolean", "plate"})
"""Columns of short answers."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One control. ``choices``: (value, label); ``suggested``: id of the list it is suggested from; ``fixed``: shown, not asked; ``files``: those
    kept, as (id, name, place and time of a photograph that is evidence)."""

    name: str
    column: Field
    text: str
    error: str = ""
    choices: Sequence[tuple[str, str]] = ()
    suggested: str = ""
    fixed: bool = False
    files: Sequence[tuple[str, str, str]] = ()

    @property
    def accept(self) -> str:
        return ",".join(f".{kind}" for kind in self.column.file_types)

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    id: str
    id_name: str
    cells: Sequence[Cell]
    error: bool


@dataclass(slots=True)
class View:
    """What of the table is looked at: ``words`` in any cell, only rows that are wrong, and which page of them."""

    words: str = ""
    wrong: bool = False
    page: int = 1
    picked: frozenset[str] = field(default_factory=frozenset)

    def query(self, page: int = 0) -> str:
        parts = {"cari": self.words, "saring": "salah" if self.wrong else "", "hal": str(page or self.page) if (page or self.page) > 1 else ""}
        found = urlencode({name: text for name, text in parts.items() if text})
        return f"?{found}" if found else ""


def _view(one: Callable[[str], str], picked: Sequence[str] = ()) -> View:
    page = one("hal")
    return View(tidy(one("cari"))[:100], one("saring") == "salah", int(page) if page.isdecimal() and 0 < len(page) < 4 else 1, frozenset(picked))


def _found(rows: Sequence[Row], table: Field, faults: Mapping[str, str], looking: View) -> list[int]:
    """Numbers of the rows that are looked at."""
    wrong = {int(part) for at in faults if (part := at.split("-")[1] if at.count("-") > 1 else "").isdecimal()}
    words = looking.words.casefold()
    numbers = [n for n in range(len(rows)) if n in wrong] if looking.wrong else list(range(len(rows)))
    if words:
        numbers = [n for n in numbers if any(words in sheets.said(column, rows[n].get(column.name, ())).casefold() for column in table.columns)]
    return numbers


@router.get("/isian/{draft_id}/tabel/{name}")
async def show(request: Request, draft_id: str, name: str, viewer: SignedIn) -> Response:
    """A page of the rows; once with what was typed on it when the sign-in ended. Refuses what ``web.table_rows.opened`` refuses."""
    context = context_of(request)
    found = await opened(context, viewer, draft_id, name)
    looking = _view(lambda key: request.query_params.get(key, ""))
    async with context.desk.begin() as connection:
        back = await kept.returned(connection, viewer.person.id, found.address)
        if back is not None:
            await drafts.sent(connection, viewer.person.id, back.id, back.version, context.clock())
    if back is not None:
        found.rows = table_rows.edited(found, back.answers)
        told = {"tabel": _("Yang Anda ketik saat masa masuk habis ada di bawah ini dan belum disimpan. Periksa, lalu simpan.")}
        page = _view(lambda key: "".join(back.answers.get(key, [])))
        return await _page(request, context, viewer, found, page, told)
    return await _page(request, context, viewer, found, looking)


async def _page(
    request: Request, context: Context, viewer: Viewer, found: Opened, looking: View, errors: dict[str, str] | None = None, status: int = 200,
    version: int | None = None, typed: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    numbers = _found(found.rows, found.table, found.faults, looking)
    pages = max(1, -(-len(numbers) // PAGE))
    looking.page = min(looking.page, pages)
    one = found.one
    assert one.actor is not None
    async with context.pages.connect() as connection:
        now = context.clock().astimezone(context.city.zone)
        options = await options_for(connection, [found.table], one.actor, one.case.unit, viewer, now)
    here = numbers[(looking.page - 1) * PAGE : looking.page * PAGE]
    known = await _uploads(context, viewer, found, here)
    naming = await table_rows.naming(context, found.table, [found.rows[number] for number in here])
    drawn = [_line(found, number, options, naming, known, errors or {}) for number in here]
    suggested = {
        column.name: list(options[f"{found.table.name}.{column.name}"])
        for column in found.table.columns
        if options.get(f"{found.table.name}.{column.name}")
    }
    return pages_of(request).page(
        request, "tabel_isian.html", status=status, found=found, lines=drawn, looking=looking, pages=pages, matching=len(numbers), errors=errors or {},
        wrong=len(found.faults), columns=found.table.columns, fillable=sheets.typable(found.table), suggested=suggested, typed={"kolom": "", "nilai": "", "untuk": "", **(typed or {})},
        version=found.draft.version if version is None else version, narrow=NARROW, back=f"/tugas/{one.task.id}#{found.table.name}", most=grouped(found.most),
    )  # fmt: skip


async def _uploads(context: Context, viewer: Viewer, found: Opened, numbers: Sequence[int]) -> Mapping[str, Upload]:
    """Files of these rows, by id."""
    columns = [column.name for column in found.table.columns if column.type in sheets.FILES]
    named = [text for number in numbers for name in columns for text in found.rows[number].get(name, ()) if text.strip()]
    async with context.desk.connect() as connection:
        return await uploads.find(connection, viewer.person.id, named) if named else {}


def _line(
    found: Opened, number: int, options: Mapping[str, Sequence[tuple[str, str]]], naming: Said, known: Mapping[str, Upload], errors: Mapping[str, str],
) -> Line:  # fmt: skip
    row, table = found.rows[number], found.table
    prefix = f"{table.name}.{number}"
    cells = []
    for column in table.columns:
        at = f"{table.name}-{number}-{column.name}"
        texts = row.get(column.name, ())
        pairs = (
            [("ya", _("Ya")), ("tidak", _("Tidak"))]
            if column.type == "boolean"
            else [(one, word(one)) for one in column.choices]
            if column.type == "choice"
            else []
        )
        if pairs and texts and texts[0] not in dict(pairs):
            pairs = [*pairs, (texts[0], texts[0])]
        cells.append(
            Cell(
                f"{prefix}.{column.name}", column, texts[0] if pairs and texts else naming(column, texts), errors.get(at) or said(found.faults.get(at, "")), pairs,
                f"s-{column.name}" if options.get(f"{table.name}.{column.name}") else "", column.computed is not None,
                [(text, known[text].name, evidence(known[text].taken or {}) if column.evidence else "") for text in texts if text in known]
                if column.type in sheets.FILES
                else (),
            )
        )  # fmt: skip
    return Line(number + 1, row[sheets.ID][0], f"{prefix}.{sheets.ID}", cells, any(cell.error for cell in cells))


@router.post("/isian/{draft_id}/tabel/{name}")
async def act(request: Request, draft_id: str, name: str, viewer: SignedIn) -> Response:
    """Saves the page of rows, whatever was pressed, then does that: a row more, rows away, one value into a column of many, another page.

    Refuses with DraftStale (409), everything typed still on the page, what was saved elsewhere meanwhile; with FieldsInvalid (422) rows beyond the cap
    and a column without a choice."""
    context = context_of(request)
    posted = await answers.read(request)
    found = await opened(context, viewer, draft_id, name)
    taken = await take_all(context, viewer.person.id, [found.table], posted)
    rows = table_rows.edited(found, taken.answers)
    looking = _view(posted.one, posted.texts.get("pilih", ()))
    version = int(posted.one("_versi")) if posted.one("_versi").isdecimal() and len(posted.one("_versi")) < 10 else 0
    errors = {at: said(text) for at, text in taken.errors.items()}
    to = looking.query()
    if not errors:
        changed, errors, to = _done(found, rows, looking, posted)
        rows = changed if not errors else rows
    typed = {key: posted.one(key) for key in ("kolom", "nilai", "untuk")}
    if errors:
        found.rows = rows
        return await _page(request, context, viewer, found, looking, errors, FieldsInvalid.status, version, typed)
    if rows != found.rows and not await table_rows.saved(context, viewer, found, rows, version):
        found.rows = rows
        told = {"tabel": _("Draf ini disimpan lebih baru di jendela lain. Yang Anda ketik masih ada di bawah ini; periksa, lalu simpan sekali lagi.")}
        return await _page(request, context, viewer, found, looking, told, DraftStale.status, typed=typed)
    return go(request, f"/tugas/{found.one.task.id}" if posted.one("aksi") == "kembali" else f"{found.address}{to}")


def _done(found: Opened, rows: list[Row], looking: View, posted: Answers) -> tuple[list[Row], dict[str, str], str]:
    """(rows, faults, query of the page that follows) after the button that was pressed."""
    todo, gone = posted.one("aksi"), posted.one("_hapus")
    to = looking.query()
    if todo == "isi":
        errors = _fill(found, rows, looking, posted)
        return rows, errors, to
    if (cell := _cell_of(found, gone)) is not None:
        number, column, index = cell
        rows[number] = {**rows[number], column: [text for at, text in enumerate(rows[number].get(column, ())) if at != index]}
    elif (gone or todo == "hapus-terpilih") and not found.table.fixed:
        away = {gone} if gone else set(looking.picked)
        if not away:
            return rows, {"pilih": _("Centang baris yang hendak dihapus lebih dahulu.")}, to
        rows = [row for row in rows if row[sheets.ID][0] not in away]
    rows = table_rows.filled(found, rows)
    page = posted.one("ke")
    if page.isdecimal() and 0 < len(page) < 4:
        return rows, {}, looking.query(int(page))
    if todo == "tambah" and not found.table.fixed:
        if len(rows) >= found.most:
            return (
                rows,
                {
                    "tabel": _("%(tabel)s paling banyak %(n)s baris. Bagi menjadi beberapa berkas perkara.")
                    % {"tabel": found.table.label, "n": grouped(found.most)}
                },
                to,
            )
        rows = [*rows, {sheets.ID: [tables.new_id()]}]
        return rows, {}, View(page=-(-len(rows) // PAGE)).query() + f"#{found.table.name}-{len(rows) - 1}-{sheets.asked(found.table)[0].name}"
    return rows, {}, to


def _cell_of(found: Opened, gone: str) -> tuple[int, str, int] | None:
    """(row, column, which of its files) of a file that is taken out: ``rincian.3.foto.0``; None for the id of a row."""
    table, *at = gone.split(".")
    if table != found.table.name or len(at) != 3 or not (at[0].isdecimal() and at[2].isdecimal()) or len(at[0] + at[2]) > 8:
        return None
    files = {column.name for column in sheets.asked(found.table) if column.type in sheets.FILES}
    return (int(at[0]), at[1], int(at[2])) if at[1] in files and int(at[0]) < len(found.rows) else None


def _fill(found: Opened, rows: list[Row], looking: View, posted: Answers) -> dict[str, str]:
    """One value into a column of the rows ticked, or of all that are looked at."""
    whom = posted.one("untuk")
    if posted.one("kolom") not in {column.name for column in sheets.typable(found.table)}:
        return {"kolom": _("Pilih kolom yang hendak diisi.")}
    if whom not in ("terpilih", "tersaring") or (whom == "terpilih" and not looking.picked):
        return {"untuk": _("Centang baris yang hendak diisi, atau pilih semua baris yang tersaring.")}
    numbers = _found(found.rows, found.table, found.faults, looking) if whom == "tersaring" else []
    ids = frozenset(found.rows[number][sheets.ID][0] for number in numbers) if whom == "tersaring" else looking.picked
    sheets.fill(found.table, rows, posted.one("kolom"), posted.one("nilai"), ids)
    return {}
