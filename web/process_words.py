"""A process in words: its promise, its steps, what it asks and makes, how long its papers are kept."""

from __future__ import annotations

from dataclasses import dataclass

from engine.expr import Expr
from engine.nodes import Dispose, Each, Node, Outcome, Par, Seq, Sign, Task, Wait, When, Within
from engine.process import Archive, Attachment, Document, Process, Sla
from forms.showing import word
from web.language import _, ngettext


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table of steps. ``condition``: said when it is only taken under one."""

    number: int
    title: str
    who: str
    within: str
    outcomes: tuple[str, ...]
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    label: str
    must: str
    hint: str = ""


def length(n: int, kind: str) -> str:
    """``5 hari kerja``."""
    if kind == "hours":
        return ngettext("%(num)d jam", "%(num)d jam", n) % {"num": n}
    if kind == "calendar":
        return ngettext("%(num)d hari kalender", "%(num)d hari kalender", n) % {"num": n}
    return ngettext("%(num)d hari kerja", "%(num)d hari kerja", n) % {"num": n}


def promise(sla: Sla) -> str:
    return _("Tidak dijanjikan waktu tertentu") if sla.n is None else length(sla.n, sla.kind)


def kept(archive: Archive, name: str) -> str:
    """How long the papers are kept and what becomes of them then."""
    then = {"musnah": _("dimusnahkan"), "permanen": _("disimpan tetap")}.get(archive.then, _("dinilai kembali"))
    # A draft out of a source whose retention was not found carries no years.
    years: tuple[int | None, int | None] = (archive.active_years, archive.inactive_years)
    if None in years:
        text = _("masa simpan belum ditetapkan; %(lalu)s") % {"lalu": then}
    else:
        text = _("aktif %(aktif)d tahun, inaktif %(inaktif)d tahun, lalu %(lalu)s") % {"aktif": years[0], "inaktif": years[1], "lalu": then}
    return f"{archive.code}{f' ({name})' if name else ''}: {text}"


def who(process: Process, roles: tuple[str, ...]) -> str:
    titles = [process.role[role].title if role in process.role else word(role) for role in roles]
    return _(" atau ").join(titles) or _("Pihak luar")


def starters(process: Process) -> str:
    """Who may open a case."""
    by = tuple(word for word in process.starts.openers if word not in ("sistem", ""))
    if process.starts.by in ("sistem", ""):
        return _("Dimulai oleh sistem") + (f" / {who(process, by)}" if by else "")
    return who(process, by)


def fields_of(process: Process) -> list[Asked]:
    return [Asked(one.label, must(one.required), one.hint) for one in process.form]


def attachments_of(process: Process) -> list[Asked]:
    return [Asked(one.label, must(one.required), _kinds(one)) for one in process.attachments]


def _kinds(one: Attachment) -> str:
    return ", ".join(kind.upper() for kind in one.types)


def must(required: bool | Expr) -> str:
    if required is True:
        return _("wajib")
    return _("tidak wajib") if required is False else _("wajib bila keadaannya menuntut")


def signers(process: Process, one: Document) -> str:
    if one.signer == ("segel",):
        return _("segel elektronik")
    return who(process, one.signer) if one.signer else _("tanpa tanda tangan")


def steps(process: Process) -> list[Step]:
    """Every step of people in the order of the flow, with the condition it stands under."""
    found: list[Step] = []
    _collect(process, process.flow, "", found)
    return found


def _collect(process: Process, node: Node, condition: str, found: list[Step]) -> None:
    if isinstance(node, Seq):
        for inner in node.nodes:
            _collect(process, inner, condition, found)
    elif isinstance(node, Par):
        for branch in node.branches:
            _collect(process, branch, condition, found)
    elif isinstance(node, When):
        name = word(node.name)
        _collect(process, node.then, name, found)
        _collect(process, node.otherwise, _("Selain: %(syarat)s") % {"syarat": name}, found)
    elif isinstance(node, Each):
        _collect(process, node.do, word(node.name), found)
    elif isinstance(node, (Task, Sign, Dispose, Wait)):
        found.append(_step(process, node, condition, len(found) + 1))


def _step(process: Process, node: Task | Sign | Dispose | Wait, condition: str, number: int) -> Step:
    title = node.what if isinstance(node, Wait) else node.title
    roles = node.recorded_by if isinstance(node, Wait) else node.by
    limit: Within | None = node.at_most if isinstance(node, Wait) else node.within
    if not title and isinstance(node, Sign):
        title = _("Tanda tangani %(naskah)s") % {"naskah": ", ".join(process.document[code].title for code in node.documents)}
    outcomes = tuple(_outcome(one) for one in node.outcomes)
    return Step(number, title or word(node.name), who(process, roles), length(limit.n, limit.kind) if limit else "", outcomes, condition)


def _outcome(one: Outcome) -> str:
    if one.effect.word == "return":
        return _("%(tindakan)s: kembali ke %(langkah)s") % {"tindakan": one.text, "langkah": word(one.effect.target)}
    if one.effect.word == "end":
        return _("%(tindakan)s: perkara berakhir") % {"tindakan": one.text}
    if one.effect.word == "skip":
        return _("%(tindakan)s: langsung ke %(langkah)s") % {"tindakan": one.text, "langkah": word(one.effect.target)}
    return one.text
