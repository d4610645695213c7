"""Fields made ready for the templates: which control, which texts, which error. Templates only write them down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from engine.events import Json
from engine.expr import Expr
from engine.fields import Field, FieldType
from forms import conditions, identity, on_map, tables
from forms.known import Upload
from forms.on_map import MAPPED, Frame
from forms.reading import element
from forms.showing import evidence, show, word
from web.language import _, said
from web.long_tables import Summary
from web.mapping import address

Widget = Literal["output", "text", "textarea", "radio", "checkbox", "select", "list", "range", "moment", "file", "table"]
Options = Mapping[str, Sequence[tuple[str, str]]]
"""Field name (``table.column`` for columns) → (code, label) pairs to choose from."""
Uploads = Mapping[str, Upload]
SHORT_LIST = 12
LARGEST = 20
"""Megabytes that any upload may have (web.uploads.kinds)."""
WIDGETS: Final[dict[FieldType, Widget]] = {
    "longtext": "textarea", "area": "textarea", "boolean": "radio", "multichoice": "checkbox", "daterange": "range", "datetime": "moment",
    "employees": "list", "positions": "list", "units": "list", "file": "file", "files": "file", "table": "table",
}  # fmt: skip
NUMERIC: Final[frozenset[FieldType]] = frozenset({"integer", "nip", "nik", "kk", "npwp", "bank_account", "nib", "year"})
HINTS: Final[dict[FieldType, str]] = {
    "date": "hh-bb-tttt, misalnya 23-11-2026", "daterange": "hh-bb-tttt sampai hh-bb-tttt", "datetime": "hh-bb-tttt dan jam, misalnya 23-11-2026 14.05",
    "time": "misalnya 14.05", "month": "misalnya 11-2026", "year": "misalnya 2026", "rupiah": "misalnya 15.250.000", "percent": "misalnya 12,5",
    "nip": "18 angka", "nik": "16 angka", "kk": "16 angka", "bank_account": "8 sampai 20 angka", "npwp": "15 atau 16 angka", "phone": "misalnya 0812-3456-7890", "location": "lintang; bujur, misalnya -6,178306; 106,631889",
    "nib": "13 angka", "plate": "misalnya B 1234 XYZ", "area": "luas dalam meter persegi, atau titik lintang; bujur, satu tiap baris",
}  # fmt: skip
WIDTHS: Final[dict[FieldType, str]] = {
    "date": "sempit", "time": "sempit", "month": "sempit", "year": "sempit", "integer": "sempit", "percent": "sempit", "plate": "sempit",
    "rupiah": "sedang", "decimal": "sedang", "nip": "sedang", "nik": "sedang", "kk": "sedang", "bank_account": "sedang", "id_number": "sedang", "npwp": "sedang", "phone": "sedang", "nib": "sedang",
    "archive_code": "sedang", "budget_code": "sedang",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OnMap:
    """``picture`` is the address of the open map, "" while it is closed; ``view`` what the page sends back of it."""

    picture: str = ""
    view: str = ""
    closest: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Maps:
    """The city's map and the one view of it that is open (forms.on_map)."""

    frame: Frame
    looking: str = ""

    def of(self, name: str, text: str) -> OnMap:
        view = on_map.read({on_map.VIEW: [self.looking]}, self.frame)
        if view is None or view.name != name:
            return OnMap()
        return OnMap(address(view, on_map.points(text), aim=True), view.text, view.level == on_map.CLOSEST, view.level == 0)


RICH = "Baris kosong memulai alinea baru; - membuat daftar, 1. daftar bernomor, | a | b | baris tabel, **tebal**, *miring*."


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(slots=True)
class Drawn:
    """One control with everything beside it."""

    name: str
    id: str
    type: FieldType
    widget: Widget
    label: str
    hint: str = ""
    error: str = ""
    mark: str = ""
    """What a checker wants mended here."""
    optional: bool = False
    texts: list[str] = field(default_factory=list)
    """What was typed, unchanged."""
    choices: list[Choice] = field(default_factory=list)
    suggestions: Sequence[tuple[str, str]] = ()
    width: str = ""
    numeric: bool = False
    rich: bool = False
    fixed: bool = False
    """Of a table: no row is added or taken away."""
    limit: int | None = None
    accept: str = ""
    megabytes: int = LARGEST
    """The largest a file may be."""
    files: list[tuple[str, str, str]] = field(default_factory=list)
    """(upload id, name, where and when it was taken) already stored."""
    evidence: bool = False
    when: str = ""
    """Name of the field that decides whether this one is asked; empty when always or when only the server can tell."""
    words: str = ""
    """Its words, joined by ``|``."""
    sometimes: bool = False
    section: str = ""
    live: bool = True
    map: OnMap | None = None
    """The place may be put on a map."""
    rows: list[Row] = field(default_factory=list)
    long: Summary | None = None
    """Of a table whose rows are kept apart from the answers."""
    sheet: str = ""
    """Address of the table's own page, "" where there is none."""

    @property
    def described(self) -> str:
        """Value of ``aria-describedby``; empty text when there is nothing."""
        parts = [f"h-{self.id}" if self.hint else "", f"c-{self.id}" if self.mark else "", f"e-{self.id}" if self.error else ""]
        return " ".join(part for part in parts if part)

    @property
    def text(self) -> str:
        return self.texts[0] if self.texts else ""


@dataclass(slots=True)
class Row:
    """One row of a table; ``number`` counts from 1 as people do."""

    number: int
    id: str
    id_name: str
    remove: str
    fields: list[Drawn]


def draw(
    fields: Sequence[Field],
    answers: Mapping[str, Sequence[str]],
    errors: Mapping[str, str] | None = None,
    options: Options | None = None,
    uploads: Uploads | None = None,
    computed: Mapping[str, Json] | None = None,
    live: bool = True,
    maps: Maps | None = None,
    long: Mapping[str, Summary] | None = None,
    sheets: str = "",
) -> list[Drawn]:
    """The controls of a form with what was typed and what is wrong, in the order of the form. ``computed``: what is shown instead of asked.

    ``live``: files may be sent one by one while the form is open; only for who is signed in. ``maps``: places may be put on the city's map.
    ``long``: tables whose rows are kept apart; ``sheets``: how the addresses of the tables' own pages begin."""
    pen = _Pen(answers, errors or {}, options or {}, uploads or {}, computed or {}, live, maps, long or {}, sheets)
    return [pen.table(asked) if asked.type == "table" else pen.control(asked, asked.name, asked.name) for asked in fields]


def how(asked: Field) -> str:
    """How this kind of answer is typed, "" where that needs no words."""
    return _(HINTS[asked.type]) if asked.type in HINTS else ""


def _hint(asked: Field) -> str:
    """The process's own words, else how this kind of answer is typed; a letter's body always says how it is marked."""
    how = RICH if asked.rich else "" if asked.hint else HINTS.get(asked.type, "")
    return f"{asked.hint.rstrip('.')}. {_(how)}" if asked.hint and how else asked.hint or (_(how) if how else "")


@dataclass(frozen=True, slots=True)
class _Pen:
    answers: Mapping[str, Sequence[str]]
    errors: Mapping[str, str]
    options: Options
    uploads: Uploads
    computed: Mapping[str, Json]
    live: bool
    maps: Maps | None
    long: Mapping[str, Summary]
    sheets: str

    def control(self, asked: Field, name: str, key: str) -> Drawn:
        at = element(name)
        options = list(self.options.get(key, ()))
        drawn = Drawn(
            name=name,
            id=at,
            type=asked.type,
            widget=self._widget(asked, options),
            label=asked.label,
            hint=_hint(asked),
            error=said(self.errors.get(at, "")),
            optional=asked.required is False and asked.computed is None,
            texts=list(self.answers.get(name, ())),
            width=WIDTHS.get(asked.type, ""),
            numeric=asked.type in NUMERIC,
            rich=asked.rich,
            limit=asked.max_length,
            accept=",".join(f".{kind}" for kind in asked.file_types),
            section=asked.section,
            megabytes=asked.most_megabytes or LARGEST,
            live=self.live,
        )
        if drawn.widget == "output":
            worth = self.computed.get(asked.name)
            if "." not in name:
                drawn.texts = [show(asked, worth)] if worth is not None else []
            elif asked.type == "nik":
                drawn.texts = [identity.masked(text) for text in drawn.texts]
        if self.maps is not None and asked.type in MAPPED and drawn.widget != "output":
            drawn.map = self.maps.of(name, drawn.text)
        self._condition(asked, drawn, key.rpartition(".")[0])
        self._choices(asked, drawn, options)
        return drawn

    def _widget(self, asked: Field, options: list[tuple[str, str]]) -> Widget:
        if asked.computed is not None:
            return "output"
        if asked.type == "choice":
            return "radio" if len(asked.choices) <= 6 else "select"
        if asked.type in ("position", "unit", "archive_code", "budget_code") and 0 < len(options) <= SHORT_LIST:
            return "select"
        return WIDGETS.get(asked.type, "text")

    def _condition(self, asked: Field, drawn: Drawn, table: str = "") -> None:
        if not isinstance(asked.required, Expr):
            return
        plain = conditions.simple(asked.required, table)
        drawn.sometimes = plain is None
        if plain is not None:
            drawn.when, drawn.words = plain[0], "|".join(plain[1])

    def _choices(self, asked: Field, drawn: Drawn, options: list[tuple[str, str]]) -> None:
        if asked.type == "boolean":
            pairs = [("ya", _("Ya")), ("tidak", _("Tidak"))]
        elif asked.choices:
            pairs = [(choice, word(choice)) for choice in asked.choices]
        elif drawn.widget == "select":
            pairs = options
        else:
            pairs = []
        drawn.choices = [Choice(value, label, value in drawn.texts) for value, label in pairs]
        if drawn.widget in ("text", "list"):
            drawn.suggestions = options
        if drawn.widget == "list":
            drawn.texts = drawn.texts or [""]
        if drawn.widget == "file":
            drawn.evidence = asked.evidence
            kept = [self.uploads[one] for one in drawn.texts if one in self.uploads]
            drawn.files = [(one.id, one.name, evidence(one.taken or {}) if asked.evidence else "") for one in kept]

    def table(self, asked: Field) -> Drawn:
        drawn = Drawn(
            asked.name,
            element(asked.name),
            "table",
            "table",
            asked.label,
            asked.hint,
            said(self.errors.get(element(asked.name), "")),
            optional=asked.required is False,
            fixed=asked.fixed,
            section=asked.section,
            long=self.long.get(asked.name),
            sheet=f"{self.sheets}{asked.name}" if self.sheets else "",
        )
        self._condition(asked, drawn)
        if drawn.long is not None:
            return drawn
        numbers = sorted({int(part["row"]) for name in self.answers if (part := tables.ROW.fullmatch(name)) and part["table"] == asked.name}) or [0]
        for place, number in enumerate(numbers, 1):
            prefix = f"{asked.name}.{number}"
            row_id = next(iter(self.answers.get(f"{prefix}._id", ())), "") or tables.new_id()
            cells = [self.control(column, f"{prefix}.{column.name}", f"{asked.name}.{column.name}") for column in asked.columns]
            for cell, column in zip(cells, asked.columns, strict=True):
                if cell.when and any(other.name == cell.when for other in asked.columns):
                    cell.when = f"{prefix}.{cell.when}"
                cell.optional = column.required is False
            told = [cell for cell in cells if cell.widget != "output" or cell.text]  # what nobody knows yet of a row is left out
            drawn.rows.append(Row(place, row_id, f"{prefix}._id", prefix, told))
        return drawn


def marked(drawn: list[Drawn], marks: Mapping[str, str]) -> list[Drawn]:
    """The same controls, each with what a checker wants mended there."""
    for one in drawn:
        one.mark = marks.get(one.name, "")
    return drawn
