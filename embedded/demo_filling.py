"""The values of a story as somebody types them into the form of a page: texts by name, and the files that lie behind its file questions."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from embedded.visitor import Form
from engine.events import Json
from engine.fields import Field
from forms.showing import raw
from forms.tables import ROW

Texts = dict[str, list[str]]
FILES = ("file", "files")
ZONE = ZoneInfo("Asia/Jakarta")
_OPEN_XML = "http://schemas.openxmlformats.org"
DOCX = {
    "[Content_Types].xml": f'<Types xmlns="{_OPEN_XML}/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_OPEN_XML}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{_OPEN_XML}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": f'<w:document xmlns:w="{_OPEN_XML}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Naskah contoh.</w:t></w:r></w:p></w:body>'
    "</w:document>",
}
"""The least that a word processor opens."""


@dataclass(frozen=True, slots=True)
class Filling:
    """``nips``: person → what stands for him in a form. ``papers``: a file of each kind that a form may ask for."""

    nips: Mapping[str, str]
    papers: Mapping[str, Path]

    def of(self, fields: Sequence[Field], values: Mapping[str, Json], form: Form) -> tuple[Texts, dict[str, list[Path]]]:
        """What is typed over ``form`` as the page gave it, and what is uploaded. Of a required file that the story passes over one is made."""
        asked = [one for one in fields if one.computed is None]
        given = {one.name: self.typable(one, values[one.name]) for one in asked if one.name in values}
        for table in asked:
            if table.fixed and table.name in given:
                given[table.name] = [row for row in given[table.name] if row.get("_id") in _rows(table.name, form.texts)]
        plain = [replace(one, columns=tuple(c for c in one.columns if _typed(c))) for one in asked if _typed(one)]
        texts = raw(plain, given)
        for table in asked:
            if table.type == "table" and table.name in given:
                texts = _beside(table.name, form.texts, texts)
        return texts, self.files(asked, given)

    def typable(self, asked: Field, value: Json) -> Json:
        """The value with every person's id as his NIP."""
        if asked.type == "table":
            columns = {column.name: column for column in asked.columns}
            return [{name: self.typable(columns[name], one) if name in columns else one for name, one in row.items()} for row in value]
        if asked.type in ("employee", "employees"):
            return [self.nips.get(one, one) for one in value] if isinstance(value, list) else self.nips.get(value, value)
        return value

    def files(self, fields: Sequence[Field], values: Mapping[str, Json]) -> dict[str, list[Path]]:
        found: dict[str, list[Path]] = {}
        for asked in fields:
            if asked.type in FILES:
                found[asked.name] = self.behind(asked, values.get(asked.name))
            for column in asked.columns:
                for number, row in enumerate(values.get(asked.name) or []):
                    if column.type in FILES:
                        found[f"{asked.name}.{number}.{column.name}"] = self.behind(column, row.get(column.name))
        return {name: paths for name, paths in found.items() if paths}

    def behind(self, asked: Field, value: Json) -> list[Path]:
        """One file for each that the story names, of its kind where the question takes that kind."""
        told = value if isinstance(value, list) else [value] if value else [{}] if asked.required is not False else []
        taken = [kind for kind in self.papers if not asked.file_types or kind in asked.file_types]
        return [self.papers[kind if (kind := str(one.get("kind", ""))) in taken else taken[0]] for one in told]


def papers(scanned: Path) -> dict[str, Path]:
    """The scanned PDF, and beside it a drawn photograph (taken here and now, as its camera says) and a written text, by kind."""
    from PIL import Image, ImageDraw

    photo, written = scanned.with_name("foto.jpg"), scanned.with_name("naskah.docx")
    picture = Image.new("RGB", (320, 240), "lightsteelblue")
    ImageDraw.Draw(picture).rectangle((60, 90, 260, 200), outline="black", fill="white")
    exif, now = Image.Exif(), datetime.now(ZONE)
    exif.get_ifd(0x8825).update({1: "S", 2: (6.0, 10.0, 42.0), 3: "E", 4: (106.0, 37.0, 54.8)})
    exif.get_ifd(0x8769)[0x9003] = f"{now:%Y:%m:%d %H:%M:%S}"
    picture.save(photo, "JPEG", exif=exif)
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in DOCX.items():
            archive.writestr(name, content)
    return {"pdf": scanned, "jpg": photo, "docx": written}


def _typed(asked: Field) -> bool:
    return asked.type not in FILES and asked.computed is None


def _rows(table: str, texts: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Row id → its number in a form."""
    found = {}
    for name, values in texts.items():
        part = ROW.fullmatch(name)
        if part and part["table"] == table and part["column"] == "_id" and values:
            found[values[0]] = int(part["row"])
    return found


def _beside(table: str, page: Mapping[str, Sequence[str]], texts: Texts) -> Texts:
    """``texts`` with what the page has in the other columns of the same rows; the rows of the page that the story does not have are taken away."""
    known, told = _rows(table, page), _rows(table, texts)
    at = {known[row]: number for row, number in told.items() if row in known}
    kept: Texts = {}
    gone: Texts = {}
    for name, values in page.items():
        part = ROW.fullmatch(name)
        if part and part["table"] == table:
            gone[name] = []
            if int(part["row"]) in at:
                kept[f"{table}.{at[int(part['row'])]}.{part['column']}"] = list(values)
    return {**gone, **kept, **texts}
