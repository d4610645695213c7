"""One reader per field type: typed texts → canonical JSON value. Ints, strings, booleans, lists and dicts only; decimals are strings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from engine.events import Json
from engine.fields import Field, FieldType
from forms import dates, identity, numbers, places, rich, text
from forms.known import BOOKS, Book, Context, typed
from forms.messages import BadValue

MEGABYTE = 1_000_000
Reader = Callable[[Field, Sequence[str], Context], Json]
"""Gets the non-empty texts sent for one field. Raises :class:`forms.messages.BadValue`."""


def _one(read: Callable[[str], Json]) -> Reader:
    def reader(_asked: Field, texts: Sequence[str], _context: Context) -> Json:
        if len(texts) != 1:
            raise BadValue("satu")
        return read(texts[0])

    return reader


def _text(asked: Field, texts: Sequence[str], _context: Context) -> Json:
    if len(texts) != 1:
        raise BadValue("satu")
    return text.capped(text.tidy(texts[0]), asked.max_length, asked.label)


def _longtext(asked: Field, texts: Sequence[str], _context: Context) -> Json:
    if len(texts) != 1:
        raise BadValue("satu")
    if asked.rich:
        html = rich.clean(texts[0])
        text.capped(rich.words(html), asked.max_length, asked.label)
        if len(html.encode()) > text.MOST_BYTES:
            raise BadValue("besar")
        return html
    return text.capped(text.tidy(texts[0], lines=True), asked.max_length, asked.label)


def _choice(asked: Field, texts: Sequence[str], _context: Context) -> Json:
    if len(texts) != 1:
        raise BadValue("satu")
    if texts[0] not in asked.choices:
        raise BadValue("pilihan", typed=texts[0][:60])
    return texts[0]


def _multichoice(asked: Field, texts: Sequence[str], _context: Context) -> Json:
    for chosen in texts:
        if chosen not in asked.choices:
            raise BadValue("pilihan", typed=chosen[:60])
    return [choice for choice in asked.choices if choice in texts]


def _boolean(_asked: Field, texts: Sequence[str], _context: Context) -> Json:
    if len(texts) != 1 or texts[0] not in ("ya", "tidak"):
        raise BadValue("ya-tidak")
    return texts[0] == "ya"


_MISSING: Final[Mapping[Book, str]] = {
    "employee": "pegawai", "position": "jabatan", "unit": "unit", "archive_code": "klasifikasi-tiada", "budget_code": "rekening-tiada",
}  # fmt: skip


def _found(asked: Field, wanted: str, context: Context) -> str:
    book = BOOKS[asked.type]
    hit = context.books.get(book, {}).get(typed(wanted))
    if hit is None:
        raise BadValue(_MISSING[book], typed=text.tidy(wanted)[:60])
    return hit.code


def _person(asked: Field, texts: Sequence[str], context: Context) -> Json:
    if len(texts) != 1:
        raise BadValue("satu")
    return _found(asked, texts[0], context)


def _people(asked: Field, texts: Sequence[str], context: Context) -> Json:
    return list(dict.fromkeys(_found(asked, wanted, context) for wanted in texts))


def _coded(shape: Callable[[str], str]) -> Reader:
    """A code whose shape is always checked and whose existence is checked when the page brought the book."""

    def reader(asked: Field, texts: Sequence[str], context: Context) -> Json:
        if len(texts) != 1:
            raise BadValue("satu")
        code = shape(typed(texts[0]))
        return _found(asked, code, context) if BOOKS[asked.type] in context.books else code

    return reader


def _letter(asked: Field, texts: Sequence[str], context: Context) -> Json:
    """A letter of our own registers gives its case id; any other letter's number stands as typed."""
    if len(texts) != 1:
        raise BadValue("satu")
    hit = context.books.get("letter", {}).get(typed(texts[0]))
    return hit.code if hit else text.capped(text.tidy(texts[0]), asked.max_length or 200, asked.label)


def _files(asked: Field, texts: Sequence[str], context: Context) -> Json:
    if asked.type == "file" and len(texts) > 1:
        raise BadValue("berkas-banyak")
    kept = []
    for upload_id in dict.fromkeys(texts):
        upload = context.uploads.get(upload_id)
        if upload is None:
            raise BadValue("berkas-hilang")
        if asked.file_types and upload.kind not in asked.file_types:
            raise BadValue("berkas-jenis", typed=text.tidy(upload.name)[:60], kinds=", ".join(asked.file_types))
        if asked.most_megabytes and upload.size > asked.most_megabytes * MEGABYTE:
            raise BadValue("berkas-besar", typed=text.tidy(upload.name)[:60], most=str(asked.most_megabytes))
        evidence = upload.taken or {} if asked.evidence else {}
        kept.append({"id": upload.id, "name": text.tidy(upload.name), "sha256": upload.sha256, **evidence})
    return kept[0] if asked.type == "file" else kept


def _nik(_asked: Field, texts: Sequence[str], context: Context) -> Json:
    if len(texts) != 1:
        raise BadValue("satu")
    return identity.nik(texts[0], context.today)


def _id_number(asked: Field, texts: Sequence[str], context: Context) -> Json:
    said: str = _text(asked, texts, context)
    if not any(mark.isdigit() for mark in said):
        raise BadValue("nomor-identitas")
    return said


def _range(_asked: Field, texts: Sequence[str], _context: Context) -> Json:
    if len(texts) > 2:
        raise BadValue("satu")
    return dates.span(texts[0], texts[1] if len(texts) == 2 else "")


def _moment(_asked: Field, texts: Sequence[str], context: Context) -> Json:
    if len(texts) > 2:
        raise BadValue("satu")
    return dates.moment(" ".join(texts), context.zone)


READERS: Final[dict[FieldType, Reader]] = {
    "text": _text, "longtext": _longtext, "choice": _choice, "multichoice": _multichoice, "boolean": _boolean,
    "integer": _one(numbers.integer), "decimal": _one(numbers.decimal), "rupiah": _one(numbers.rupiah), "percent": _one(numbers.percent),
    "date": _one(dates.single), "time": _one(dates.clock), "year": _one(dates.year), "month": _one(dates.month),
    "daterange": _range, "datetime": _moment,
    "employee": _person, "position": _person, "unit": _person, "employees": _people, "positions": _people, "units": _people,
    "nip": _one(identity.nip), "nik": _nik, "npwp": _one(identity.npwp), "phone": _one(identity.phone), "email": _one(identity.email),
    "kk": _one(identity.kk), "bank_account": _one(identity.bank_account), "id_number": _id_number,
    "url": _one(identity.url), "nib": _one(identity.nib), "plate": _one(identity.plate),
    "archive_code": _coded(identity.archive_code), "budget_code": _coded(identity.budget_code), "letter_ref": _letter,
    "location": _one(places.location), "area": _one(places.area), "file": _files, "files": _files,
}  # fmt: skip
"""Every field type but ``table``, which :mod:`forms.tables` takes apart into its rows."""


ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+(?:1[2-9]|[2-9]\d)")
BROKEN = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")
COUNTED: Final = frozenset({"integer", "decimal", "rupiah", "percent"})


def read(asked: Field, texts: Sequence[str], context: Context) -> Json:
    """The value of one field, ``None`` when nothing was typed. Refuses what a spreadsheet spoilt: a long number it rounded, a formula that failed."""
    filled = [one for one in texts if one.strip()]
    for one in filled:
        if "E+" in one and asked.type not in COUNTED and ROUNDED.fullmatch(one.strip()):
            raise BadValue("dibulatkan", typed=one.strip())
        if one[0] == "#" and BROKEN.fullmatch(one.strip()):
            raise BadValue("galat-lembar", typed=one.strip())
    return READERS[asked.type](asked, filled, context) if filled else None
