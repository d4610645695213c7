"""The rows of a procedure as an official reads them: activity, completeness, time, output, note. Everything out of the model, nothing made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.nodes import SUPERIOR, Dispose, Issue, Notify, Open, Rung, Sign, Task, Wait, Within
from engine.process import Process
from engine.sop import MACHINE, Exit, Row, Sop
from engine.words import RESULTS
from forms.numbers import grouped
from forms.showing import word

UNITS = {"working": "hari kerja", "calendar": "hari kalender", "hours": "jam"}
NONE = "–"
WAYS = {"return": "kembali ke no.", "skip": "langsung ke no."}


@dataclass(frozen=True, slots=True)
class Cells:
    """One row in words. Lists stand one below the other; no list is empty."""

    number: int
    activity: str
    needs: tuple[str, ...]
    time: str
    real: str
    output: tuple[str, ...]
    note: tuple[str, ...]


def length(limit: Within) -> str:
    return f"{limit.n} {UNITS[limit.kind]}"


def hours(count: int) -> str:
    """``nyatanya 2 hari``."""
    if count < 1:
        return "nyatanya kurang dari 1 jam"
    return f"nyatanya {count} jam" if count < 24 else f"nyatanya {grouped(round(count / 24))} hari"


@dataclass(frozen=True, slots=True)
class Wording:
    """``titles``: of the processes it opens; ``measured``: step → hours it really takes."""

    process: Process
    sop: Sop
    titles: Mapping[str, str]
    measured: Mapping[str, int]

    def cells(self) -> list[Cells]:
        return [self.row(row) for row in self.sop.rows]

    def row(self, row: Row) -> Cells:
        real = hours(self.measured[row.name]) if row.kind == "people" and row.name in self.measured else ""
        return Cells(row.number, self.activity(row), self.needs(row) or (NONE,), self.time(row), real, self.output(row), self.note(row) or (NONE,))

    def role(self, code: str) -> str:
        if code == MACHINE:
            return "Sistem"
        return self.process.role[code].title if code in self.process.role else word(code)

    def label(self, name: str) -> str:
        """Of a form field, an attachment or a fact."""
        known = {one.name: one.label for one in self.process.form} | {one.name: one.label for one in self.process.attachments}
        known |= {one.name: one.meaning for one in self.process.facts if one.meaning}
        return known.get(name) or word(name)

    def papers(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.process.document[code].title for code in codes)

    def activity(self, row: Row) -> str:
        match row.node:
            case Task(title=title) | Sign(title=title) | Dispose(title=title) if title:
                return title
            case Sign(documents=codes):
                return f"Menandatangani {', '.join(self.papers(codes))}"
            case Wait(what=what):
                return f"Menunggu: {what[:1].lower()}{what[1:]}"
            case Issue(documents=codes):
                return f"Menerbitkan {', '.join(self.papers(codes))} dengan segel elektronik"
            case Notify(to=to):
                return f"Memberitahu {', '.join(self.role(one) for one in to)}"
            case Open(process=code):
                return f"Membuka perkara {self.title(code)}"
        if row.kind == "branch":
            return f"Memeriksa: {condition(row.name)}?"
        if row.kind == "end":
            return f"Perkara berakhir: {RESULTS.get(row.name, word(row.name)).lower()}"
        return "Memulai perkara" if row.kind == "start" else word(row.name)

    def register(self, name: str) -> str:
        """A register of one kind of document is called by that document; the names of the others are words."""
        titles = [one.title for one in self.process.documents if one.register == name]
        return f"Register {titles[0]}" if len(titles) == 1 else word(name)

    def title(self, code: str) -> str:
        return self.titles.get(code) or word(code)

    def needs(self, row: Row) -> tuple[str, ...]:
        found = tuple(self.label(name) for name in row.needs)
        if isinstance(row.node, Sign):
            found = (*(f"Konsep {title}" for title in self.papers(row.makes)), *found)
        return found or (("Berkas perkara",) if isinstance(row.node, (Task, Dispose)) else ())

    def time(self, row: Row) -> str:
        if row.time is not None:
            return length(row.time)
        return {"people": "tidak ditetapkan", "machine": "otomatis", "branch": "otomatis"}.get(row.kind, NONE)

    def output(self, row: Row) -> tuple[str, ...]:
        """The documents made, else what is known afterwards, else the word that the trail keeps."""
        found = (*self.papers(row.makes), *(self.label(name) for name in row.records))
        match row.node:
            case Dispose():
                return ("Instruksi disposisi", *found)
            case Task(outcomes=outcomes) | Sign(outcomes=outcomes) | Wait(outcomes=outcomes) if not found:
                return (f"Tercatat: {' / '.join(dict.fromkeys(one.text for one in outcomes))}",)
            case Notify():
                return ("Pemberitahuan",)
            case Open(process=code):
                return (f"Perkara {self.title(code)}",)
        if row.kind in ("start", "end"):
            return ("Perkara tercatat" if row.kind == "start" else f"Berkas perkara, arsip {self.process.archive.code}",)
        return found or ("Jawaban ya atau tidak" if row.kind == "branch" else "Tercatat pada riwayat perkara",)

    def note(self, row: Row) -> tuple[str, ...]:
        own = {"start": self.process.starts.schedule}.get(row.kind, "") or getattr(row.node, "note", "") or getattr(row.node, "about", "")
        other = f"Dapat juga oleh {', '.join(self.role(one) for one in row.others)}" if row.others else ""
        parts = [*self.under(row), own, other, *(self.way(row, one) for one in row.goes)]
        parts += [f"{text}: jam layanan berhenti" for text in row.pauses]
        parts += [self.rung(row, one) for one in row.late if one.do != "end"]
        return tuple(dict.fromkeys(part for part in parts if part))

    def under(self, row: Row) -> list[str]:
        """The innermost condition, and whether it is taken for each row of a table or beside others."""
        ways = [one for one in row.under if one.word in ("if", "unless")]
        said = [f"{'Bila' if ways[-1].word == 'if' else 'Selain bila'} {condition(ways[-1].name)}"] if ways else []
        said += [f"Untuk tiap baris {self.label(one.name).lower()}" for one in row.under if one.word == "each"][-1:]
        return said + ["Bersamaan dengan langkah lain"] * any(one.word == "beside" for one in row.under)

    def way(self, row: Row, one: Exit) -> str:
        if one.way == "next":
            return "" if one.to == row.number + 1 else f"{one.label or 'Lanjut'}: ke no. {one.to}"
        told = {"yes": "Ya", "no": "Tidak", "late": "Lewat waktu"}.get(one.way, one.label)
        return f"{told}: diulang" if one.to == row.number else f"{told}: {WAYS.get(one.way, 'ke no.')} {one.to}"

    def rung(self, row: Row, one: Rung) -> str:
        unit = UNITS[row.time.kind] if row.time is not None else "hari"
        when = f"Lewat {one.after} {unit}" if one.after else "Lewat waktu"
        if one.anchor:
            when = f"{one.after or 0} {unit} {'sebelum' if one.before else 'sesudah'} {self.label(one.anchor)}"
        if one.do == "remind":
            return f"{when}: diingatkan"
        if one.do == "escalate":
            return f"{when}: dinaikkan ke {'atasannya' if one.to == SUPERIOR else self.role(one.to)}"
        outcomes = {outcome.name: outcome.text for outcome in getattr(row.node, "outcomes", ())}
        return f"{when}: dianggap {outcomes.get(one.outcome, word(one.outcome)).lower()}"


def condition(name: str) -> str:
    """``bila-perlu-surat`` → ``perlu surat``."""
    text = word(name.removeprefix("bila-"))
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
