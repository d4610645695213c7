"""A process source of the domain (its YAML, parsed) → a draft: the process value and what a person must still settle.

The engine reads no YAML itself: ``manage.py process draft`` parses the file and calls ``from_source``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.expr import Value
from engine.fields import Field
from engine.parse import condition
from engine.pin import pinned_roles
from engine.process import Archive, Attachment, Document, Fact, Process, Role, Sla, Starts, Title
from engine.source_flow import Flow
from engine.source_words import Words, listed, sources_of
from engine.words import FIELD_TYPES

Source = Mapping[str, Any]

_LONGEST = re.compile(r"[Pp]aling panjang (\d+) huruf")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a source gives. ``open_points``: one line each, in Indonesian, naming the place and what to decide."""

    process: Process
    open_points: tuple[str, ...]


def from_source(source: Source, roles: Mapping[str, Role]) -> Draft:
    """The draft of one source. ValueError on a condition or deadline that cannot be read; KeyError on a missing part or role."""
    reader = _Source(source, roles)
    return Draft(reader.process(), tuple(reader.points))


class _Source:
    def __init__(self, source: Source, roles: Mapping[str, Role]) -> None:
        self.source, self.roles = source, roles
        self.points: list[str] = []

    def process(self) -> Process:
        source = self.source
        form = tuple(self.field(f) for f in source["form"])
        fields = {f.name: f for f in form}
        builder = Flow(source, fields, self.points)
        flow = builder.build()
        facts = self.facts(builder)
        starts = source["starts"]
        process = Process(
            code=source["code"], title=Title(source["title"]["id"], source["title"]["en"]), family=source["family"], owner=source["owner"],
            summary=_line(source["summary"]), starts=Starts(starts["by"], starts.get("schedule", ""), tuple(listed(starts.get("case")))),
            sla=Sla(source["sla"]["n"], source["sla"]["kind"], _line(source["sla"].get("source", ""))), archive=self.archive(),
            legal_basis=tuple(str(b) for b in source["legal_basis"]), form=form, flow=flow,
            attachments=tuple(self.attachment(a) for a in source.get("attachments") or ()), facts=facts,
            documents=tuple(self.document(d) for d in source.get("documents") or ()),
        )  # fmt: skip
        return replace(process, roles=pinned_roles(process, self.roles))

    def archive(self) -> Archive:
        a = self.source["archive"]
        return Archive(str(a["code"]), a["active_years"], a["inactive_years"], a["then"], _line(a.get("source", "")))

    def field(self, f: Source | str, table: str = "") -> Field:
        if isinstance(f, str):
            return Field(f, f.replace("_", " ").capitalize(), "text")
        name = f["name"]
        rule = _line(f.get("rule", ""))
        longest = _LONGEST.search(rule)
        rest = _LONGEST.sub("", rule).strip(" ;.,")
        if rest:
            self.points.append(f"aturan isian {table}{name}: \u201c{rest}\u201d masih berupa kalimat")
        required = f.get("required", False)
        return Field(
            name=name, label=f.get("label") or name.replace("_", " ").capitalize(), type=f["type"] if f["type"] in FIELD_TYPES else "text",
            required=condition(required) if isinstance(required, str) else bool(required), choices=tuple(str(c) for c in f.get("choices", ())),
            columns=tuple(self.field(c, f"{name}.") for c in f.get("columns", ())), hint=rule, max_length=int(longest[1]) if longest else None,
        )  # fmt: skip

    def attachment(self, a: Source) -> Attachment:
        required = a.get("required", False)
        types = tuple(a.get("types", ()))
        return Attachment(a["name"], a["label"], condition(required) if isinstance(required, str) else bool(required), types)

    def document(self, d: Source) -> Document:
        self.points.append(f"naskah {d['code']}: tulis templat suratnya")
        copies = tuple(d.get("copies_to") or ())
        return Document(d["code"], d["title"], d["kind"], tuple(listed(d.get("signer"))), d.get("register", ""), d.get("number", ""), copies)

    def facts(self, flow: Flow) -> tuple[Fact, ...]:
        given = {g for p in flow.parts for g in listed(p.get("gives"))}
        return tuple(self.fact(f, flow.words, given) for f in self.source.get("facts") or ())

    def fact(self, f: Source, words: Words, given: set[str]) -> Fact:
        name, meaning = f["name"], _line(f.get("meaning", ""))
        made = Fact(name, f["type"], meaning, columns=tuple(self.field(c, f"{name}.") for c in f.get("columns", ())))
        if name in given:
            made = replace(made, source="act")
        elif "sistem" in sources_of(f):
            made = self.supplied(made, f)
        if made.type == "choice":
            made = replace(made, choices=words.choices(f), takes=words.takes(f))
            if not made.choices:
                self.points.append(f"fakta {name}: pilihannya tidak terbaca dari kalimat; tulis pilihannya")
                return replace(made, type="text")
            if not f.get("choices"):
                self.points.append(f"fakta {name}: pilihan dibaca dari kalimat menjadi {', '.join(made.choices)}; periksa")
        return replace(made, choices=tuple(str(c) for c in f["choices"])) if f.get("choices") else made

    def supplied(self, fact: Fact, f: Source) -> Fact:
        start = f.get("value")
        city = start is not None or bool(re.search(r"ditetapkan kota|pengaturan kota|isian awal|^besaran|delegasi", fact.meaning, re.IGNORECASE))
        kind = "parameter kota" if city else "hasil hitungan atau bacaan buku"
        self.points.append(f"fakta {fact.name} dari sistem: dianggap {kind}; tetapkan rumus, kunci parameter, atau bukunya")
        return replace(fact, source="parameter" if city else "looked-up", value=Value(start) if start is not None else None)


def _line(text: object) -> str:
    return " ".join(str(text).split())
