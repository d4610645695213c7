"""A table of a form as a spreadsheet: its columns by their headings, cells that people type there, and what a file would change. Nothing is judged here:
the cells become the raw texts that :func:`forms.reading.parse` reads, the same as those of a form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, Literal

from engine.fields import Field
from forms import dates, numbers
from forms.messages import BadValue
from forms.showing import word
from forms.spreadsheets import Fault, bare
from forms.tables import ROW_ID, blank, new_id

ID = "_id"
Cell = tuple[str, str]
"""(kind, text). Kinds: "" typed text, ``n`` number, ``p`` number shown as percent, ``d`` date or moment (ISO), ``t`` time (ISO), ``b`` 1 or 0."""
Grid = Sequence[tuple[int, Sequence[Cell]]]
"""(line in the file, cells)."""
Row = dict[str, list[str]]
Mode = Literal["tambah", "ganti"]
"""Rows the file does not name stay, or go."""
SEPARATED: Final = frozenset({"employees", "positions", "units", "multichoice"})
FILES: Final = frozenset({"file", "files"})
LONGEST_EXACT = 15
"""Digits a spreadsheet keeps of a number."""
_PARTS = re.compile(r"\s*[;\n]\s*")
_YES_NO = {"ya": "ya", "y": "ya", "yes": "ya", "true": "ya", "benar": "ya", "1": "ya", "tidak": "tidak", "t": "tidak", "no": "tidak", "false": "tidak",
           "salah": "tidak", "0": "tidak"}  # fmt: skip


def asked(table: Field) -> tuple[Field, ...]:
    """The columns a person fills in."""
    return tuple(column for column in table.columns if column.computed is None)


def typable(table: Field) -> tuple[Field, ...]:
    """Those a spreadsheet can hold: all that are asked but files."""
    return tuple(column for column in asked(table) if column.type not in FILES)


def headings(table: Field) -> dict[str, str]:
    """Column → its heading in a file out: the label, with the name where two columns have one label."""
    labels = [column.label for column in table.columns]
    return {one.name: one.label if labels.count(one.label) == 1 else f"{one.label} ({one.name})" for one in table.columns}


def _key(heading: str) -> str:
    return re.sub(r"[\s_]+", " ", heading.strip().strip("*").casefold()).strip()


# -- one cell ---------------------------------------------------------------------------------------------------------


def said(column: Field, texts: Sequence[str]) -> str:
    """The one text of a cell in a file out; :func:`typed` leads back."""
    filled = [text for text in texts if text.strip()]
    if column.type == "boolean":
        return {"ya": "Ya", "tidak": "Tidak"}.get("".join(filled), "; ".join(filled))
    if column.type in ("choice", "multichoice"):
        return "; ".join(word(one) if one in column.choices else one for one in filled)
    if column.type == "daterange":
        return " sampai ".join(filled)
    return ("; " if column.type in SEPARATED else " ").join(filled)


@lru_cache(maxsize=512)
def _words(choices: tuple[str, ...]) -> Mapping[str, str]:
    """Code and label of each choice → its code."""
    return {_key(one): one for one in choices} | {_key(word(one)): one for one in choices}


def typed(column: Field, cell: Cell) -> list[str]:
    """The raw texts of a cell, as a form would send them; what cannot be read stays as it is, for the field's own rule to refuse."""
    text = _text(column, cell)
    if not text:
        return []
    if column.type == "boolean":
        return [_YES_NO.get(text.casefold(), text)]
    if column.type in ("choice", "multichoice"):
        known = _words(column.choices)
        parts = [text] if column.type == "choice" or _key(text) in known else re.split(r"\s*[;,\n]\s*", text)
        return [known.get(_key(part), part) for part in parts if part]
    if column.type in SEPARATED:
        return [part for part in _PARTS.split(text) if part]
    return [text]


def _text(column: Field, cell: Cell) -> str:
    kind, text = cell
    if not kind:
        return bare(text)
    if kind in "np":
        return _number(column, kind, text)
    if kind == "d":
        moment = text.replace("T", " ")
        if column.type == "datetime":
            return f"{dates.short(text[:10])} {moment[11:16].replace(':', '.') or '00.00'}"
        return {"month": f"{text[5:7]}-{text[:4]}", "year": text[:4]}.get(column.type, dates.short(text[:10]))
    if kind == "t":
        return text[:5].replace(":", ".")
    return {"1": "ya", "0": "tidak"}.get(text, text)


def _number(column: Field, kind: str, text: str) -> str:
    """A number as people write it. One longer than a spreadsheet can hold is written as the spreadsheet has it, rounded, so that it is refused."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if kind == "p":
        value *= 100
    if column.type == "boolean":
        return numbers.plain(value)
    if len(value.as_tuple().digits) + max(int(value.as_tuple().exponent), 0) > LONGEST_EXACT and value == value.to_integral_value():
        return f"{value:.14E}"
    shown = numbers.plain(value).replace(".", ",")
    return f"{shown} %" if kind == "p" and column.type not in ("percent", "decimal", "integer", "rupiah") else shown


# -- the columns of a file --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Plan:
    """What a file would change. ``rows``: the table afterwards, as typed. ``lines``: row id → line of the file. With a fault nothing may be written."""

    rows: list[Row] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    new: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0
    faults: list[Fault] = field(default_factory=list)


def _columns(table: Field, first: Sequence[Cell]) -> tuple[list[str], list[str]] | None:
    """Column names by place ("" is passed over) and headings nobody knows; None when the line is no heading."""
    heads = headings(table)
    known = {_key(name): name for name in heads} | {_key(label): name for name, label in heads.items()} | {_key(ID): ID}
    skipped = {_key("No"), _key("Nomor baris"), ""}
    cells = [_key(bare(text)) for _kind, text in first]
    found = [known.get(cell, "") for cell in cells]
    if not any(found) or sum(map(bool, found)) * 2 < sum(cell not in skipped for cell in cells):
        return None
    return found, [text for (_kind, text), name, cell in zip(first, found, cells, strict=True) if not name and cell not in skipped]


def plan(table: Field, grid: Grid, before: Sequence[Mapping[str, Sequence[str]]], mode: Mode, most: int) -> Plan:
    """The table after the file. Rows are known by ``_id`` and by nothing else: an ``_id`` the table does not have makes a new row with a new one.

    A fixed table takes only its own rows and the columns asked; ``ganti`` there is ``tambah``. Faults: a heading nobody knows or that stands twice,
    no column at all, more cells than columns, an ``_id`` twice or missing, more than ``most`` rows."""
    made = Plan()
    lines = [(line, cells) for line, cells in grid if any(text.strip() for _kind, text in cells)]
    if not lines:
        made.faults.append(Fault(1, "", "Tidak ada baris di dalamnya. Salin barisnya dari lembar kerja, lalu coba lagi."))
        return made
    wanted = [column.name for column in typable(table)]
    headed = _columns(table, lines[0][1])
    names = headed[0] if headed else [*wanted, ID]
    if headed:
        _heading(made, table, lines[0][0], headed)
        lines = lines[1:]
    if made.faults:
        return made
    _Laying(table, names, before, made).lay(lines, "tambah" if table.fixed else mode, most)
    return made


def _heading(made: Plan, table: Field, line: int, headed: tuple[list[str], list[str]]) -> None:
    found, unknown = headed
    heads = headings(table) | {ID: ID}
    wrong = [f"kolom “{name}” tidak dikenal" for name in unknown]
    wrong += [f"kolom “{heads[name]}” tertulis dua kali" for name in sorted({one for one in found if one and found.count(one) > 1})]
    if wrong:
        known = ", ".join(heads[column.name] for column in typable(table))
        made.faults.append(Fault(line, "", f"Perbaiki judul kolom: {'; '.join(wrong)}. Kolom yang dikenal: {known}."))


@dataclass(slots=True)
class _Laying:
    """Lines laid over the rows there are."""

    table: Field
    names: Sequence[str]
    before: Sequence[Mapping[str, Sequence[str]]]
    made: Plan
    seen: set[str] = field(default_factory=set)

    def lay(self, lines: Grid, mode: Mode, most: int) -> None:
        known = {row[ID][0]: {name: list(texts) for name, texts in row.items()} for row in self.before if not blank(row) or self.table.fixed}
        columns = {column.name: column for column in typable(self.table)}
        order: list[str] = []
        for line, cells in lines:
            row_id = self._row(line, cells, known, columns)
            order += [row_id] if row_id else []
            if len(self.made.faults) > most:
                return
        if mode == "ganti":
            self.made.removed = len(known.keys() - set(order))
        else:
            order = list(known)  # as they stood; new ones came to the end
        self.made.rows = [known[row_id] for row_id in order]
        if len(self.made.rows) > most:
            mend = f"Tabel menjadi {numbers.grouped(len(self.made.rows))} baris; paling banyak {numbers.grouped(most)}. Bagi menjadi beberapa berkas perkara."
            self.made.faults.append(Fault(lines[-1][0], "", mend))

    def _row(self, line: int, cells: Sequence[Cell], known: dict[str, Row], columns: Mapping[str, Field]) -> str:
        """The id of the row the line is about, "" with a fault."""
        if any(text.strip() for _kind, text in cells[len(self.names) :]):
            self.made.faults.append(Fault(line, "", f"Ada {len(cells)} kolom, paling banyak {len(self.names)}. Periksa pemisah kolomnya."))
            return ""
        by_name = {name: cell for name, cell in zip(self.names, cells, strict=False) if name}
        row_id = bare(by_name.get(ID, ("", ""))[1])
        if row_id and row_id in self.seen:
            self.made.faults.append(Fault(line, ID, f"_id {row_id[:32]} tertulis dua kali. Hapus salah satu barisnya."))
            return ""
        if self.table.fixed and row_id not in known:
            mend = f"_id {row_id[:32]} tidak ada pada tabel ini" if row_id else "_id kosong"
            self.made.faults.append(Fault(line, ID, f"{mend}; barisnya sudah ditentukan. Mulailah dari berkas unduhan, dan biarkan kolom _id-nya."))
            return ""
        given = {name: typed(columns[name], cell) for name, cell in by_name.items() if name in columns}
        own = row_id if row_id in known and ROW_ID.fullmatch(row_id) else new_id()
        self.seen.add(row_id or own)
        old = known.get(own)
        after = {**(old or {}), **given, ID: [own]}
        if old is None:
            self.made.new += 1
        elif any(not alike(columns[name], old.get(name, ()), texts) for name, texts in given.items()):
            self.made.changed += 1
        else:
            self.made.same += 1
            after = old
        known[own] = after
        self.made.lines[own] = line
        return own


def out(
    table: Field, rows: Sequence[Mapping[str, Sequence[str]]], shown: Callable[[Field, Sequence[str]], str] = said
) -> tuple[list[str], list[list[str]]]:
    """Headings and lines of a file that goes back in: every column, ``_id`` last."""
    columns = [column for column in table.columns if column.type not in FILES]
    heads = headings(table)
    lines = [[shown(column, row.get(column.name, ())) for column in columns] + [row[ID][0]] for row in rows]
    return [*(heads[column.name] for column in columns), ID], lines


def cell(column: Field, text: str) -> Cell:
    """What a workbook shows for the text of a cell: amounts and days as such, where they can be read; all else is text and never a formula."""
    try:
        if column.type in ("integer", "decimal"):
            return "n", numbers.decimal(text)
        if column.type == "rupiah":
            return "n", str(numbers.rupiah(text))
        if column.type == "date":
            return "d", dates.single(text)
    except BadValue:
        pass
    return "", text


def alike(column: Field, one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two cells say the same, however an amount or a day was written."""
    return said(column, one) == said(column, other) or cell(column, said(column, one)) == cell(column, said(column, other))


def fill(table: Field, rows: Sequence[Row], column: str, text: str, ids: frozenset[str] | None) -> int:
    """Puts one value into a column of the rows named (None: of all); gives how many. A column that is not asked is passed over: 0."""
    found = next((one for one in typable(table) if one.name == column), None)
    if found is None:
        return 0
    texts = typed(found, ("", text))
    chosen = [row for row in rows if ids is None or row[ID][0] in ids]
    for row in chosen:
        row[column] = list(texts)
    return len(chosen)
