"""The files of a case: what its form, its facts and its dispositions name. A hash opens a file only through the case that holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.read.dispositions import Branch
from db.read.documents import Attachment
from engine.events import Json
from engine.fields import Field
from engine.process import Process
from forms.showing import word
from web.language import _
from web.long_tables import LONG


@dataclass(frozen=True, slots=True)
class CaseFile:
    """``number`` counts from 1 in the order of the form; file names given to people are made of it."""

    number: int
    label: str
    name: str
    """As it was called where it came from: a secret case shows it to its readers only, as all the rest."""
    sha: str


def files_of(process: Process, form: Mapping[str, Json], branches: Sequence[Branch] = (), kept: Sequence[Attachment] = ()) -> list[CaseFile]:
    """Each file once, in the order of the form, then of the reports, then what a later round replaced (``kept``: all the case ever held)."""
    labels = {one.name: one.label for one in process.form} | {one.name: one.label for one in process.attachments}
    order = {name: number for number, name in enumerate([*labels, *process.fact])}
    found: dict[str, tuple[str, str]] = {}
    for name in sorted(form, key=lambda one: (order.get(one, len(order)), one)):
        for file in _files(form[name]):
            found.setdefault(_sha(file), (labels.get(name) or word(name), str(file.get("name", ""))))
    for branch in branches:
        for file in _files(list(branch.attachments)):
            found.setdefault(_sha(file), (_("Lampiran laporan %(jabatan)s") % {"jabatan": branch.title}, str(file.get("name", ""))))
    for former in kept:
        label = labels.get(former.field) or word(former.field)
        found.setdefault(former.sha, (_("%(lampiran)s, sebelum diganti") % {"lampiran": label}, former.name))
    return [CaseFile(number, label, name, sha) for number, (sha, (label, name)) in enumerate(found.items(), 1)]


def _files(value: Json) -> Iterator[Mapping[str, Json]]:
    if isinstance(value, dict):
        if "name" in value and _sha(value):
            yield value
        else:
            for inner in value.values():
                yield from _files(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _files(inner)


def _sha(file: Mapping[str, Json]) -> str:
    return str(file.get("sha256") or file.get("sha") or "")


def codes_in(fields: Sequence[Field], values: Mapping[str, Json], most: int = LONG) -> set[str]:
    """Codes of people, positions, units, files of the archive and other cases among the values, for their labels; of tables the first ``most`` rows."""
    found: set[str] = set()
    for asked in fields:
        value = values.get(asked.name)
        if not value:
            continue
        if asked.type in ("position", "positions", "unit", "units", "employee", "employees", "letter_ref", "archive_code"):
            found.update([value] if isinstance(value, str) else [str(part) for part in value])
        elif asked.type == "table":
            for row in value[:most]:
                found |= codes_in(asked.columns, row)
    return found
