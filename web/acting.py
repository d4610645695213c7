"""What a person is asked on a task, and how his answer becomes a decision. Shared by the task page, the inbox and the signing page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from db.read import access, holders, organisation, tasks
from db.read.cases import Case, trail
from db.read.cases import case as case_row
from db.read.processes import pinned_process
from db.read.tasks import Task
from engine import disposition
from engine.decide import repair_outcomes
from engine.errors import MandateEnded, NotFound, TaskClosed, WrongCapacity
from engine.evaluate import Scope, evaluate
from engine.events import Actor, Json
from engine.fields import Field
from engine.fold import fold
from engine.index import split
from engine.nodes import Dispose, Each, Node, Outcome, Sign, Wait
from engine.nodes import Task as TaskNode
from engine.outsiders import is_outsider, outsiders
from engine.process import Fact, Process
from engine.row_form import given_of_rows, makes_rows, seen_from, walked
from engine.state import State
from forms.showing import raw, word
from forms.tables import MOST_WALKED, narrowed, recorded_rows
from web.language import _
from web.policy import Viewer

FIRST = frozenset({"register", "draft", "fill", "correct"})
"""Asks whose form takes the process's attachments."""
_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
NEEDS_RECEIVERS = frozenset({"teruskan", "tunjuk-lain"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """One outcome as a person reads it."""

    name: str
    text: str
    says: str
    """What it does: "maju", "kembali kepada …", "perkara berakhir"."""
    reason: bool = False
    signs: bool = False
    fills: bool = False
    """The form belongs to this outcome: without it (return, refuse) nothing needs to be filled."""
    keeps: bool = False
    """An end that does not need the form still records what was filled in rightly: the sender of a letter that goes back."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One task before one person."""

    task: Task
    case: Case
    process: Process
    node: Node
    state: State
    actor: Actor | None
    """Who would act and in which capacity; None when the viewer may only look."""
    fields: tuple[Field, ...]
    verdicts: tuple[Verdict, ...]
    stood_in: bool = False
    """The viewer acted for this task's position while it was open, and his term is over."""

    @property
    def branch(self) -> int:
        return int(self.task.instance.partition("#")[2] or 0)

    @property
    def attested(self) -> str:
        """The party outside whose signature this task asks for: he has no certificate, so the city's seal attests what he declares. "" for officials."""
        party = outsiders(self.task.positions) if isinstance(self.node, Sign) else ()
        return party[0] if party else ""

    @property
    def open(self) -> bool:
        return self.task.status == "offered" and self.case.status == "open"


async def asked(connection: AsyncConnection, task_id: int, viewer: Viewer, now: datetime) -> Asked:
    """Refuses by NotFound what the viewer may not see: whoever may not read does not learn that there is something."""
    task = await tasks.task(connection, task_id)
    mine = [one for one in viewer.capacities if one.position in task.positions]
    if not mine and not await access.may_read(connection, task.case_id, viewer.person.id, now):
        # He held it himself until his mandate ended: that is what he is told, and it tells him nothing he did not know.
        raise MandateEnded if await holders.stood_in(connection, viewer.person.id, task.positions, task.opened_at, now) else NotFound
    case = await case_row(connection, task.case_id)
    process = await pinned_process(connection, case.sha)
    case = replace(case, form=seen_from(process, case.form, task.instance))
    state = fold(process, [line.event for line in await trail(connection, case.id)])
    case = replace(case, form={**case.form, **taken(process, state, task.instance)})
    chosen = next((one for one in mine if viewer.acting and one.position == viewer.acting.position), mine[0] if mine else None)
    actor = chosen.actor(viewer.person) if chosen else None
    node = process.find(split(task.instance.removesuffix("!"))[0])
    ended = not mine and await holders.stood_in(connection, viewer.person.id, task.positions, task.opened_at, now)
    return Asked(task, case, process, node, state, actor, fields_of(process, node, task), verdicts(process, node, task, state, actor), ended)


def taken(process: Process, state: State, instance: str) -> dict[str, Json]:
    """Facts that took the word of an outcome, as this step sees them: conditions of a form ask for them, and nobody ever typed them."""
    rows = split(instance.removesuffix("!"))[1]
    return {one.name: value for one in process.facts if one.takes and (value := state.value(one.name, rows)) is not None}


def ready(one: Asked) -> Actor:
    """The actor, or the refusal that says why not: closed, another's, or a mandate that ended while the page was open."""
    if not one.open:
        raise TaskClosed
    if one.actor is None:
        raise MandateEnded if one.stood_in else WrongCapacity
    return one.actor


def as_field(fact: Fact) -> Field:
    """A fact is asked like a field; its meaning is the hint."""
    return Field(fact.name, word(fact.name), fact.type, choices=fact.choices, columns=fact.columns, hint=fact.meaning, evidence=fact.evidence)


def opaque(value: object) -> bool:
    """An id of ours: it tells nobody anything and is not shown."""
    return is_outsider(value) or (isinstance(value, str) and _ID.fullmatch(value) is not None)


def told(process: Process, form: Mapping[str, Json]) -> list[Field]:
    """What steps and machine acts found out so far and people can read, in the order of the process."""
    known = [as_told(fact) for fact in process.facts if fact.source in ("step", "act")]
    return [one for one in known if form.get(one.name) not in (None, "", []) and not (one.type == "text" and opaque(form[one.name]))]


def as_told(fact: Fact) -> Field:
    """A fact as it is read afterwards: its meaning is the label."""
    return Field(fact.name, fact.meaning or word(fact.name), fact.type, choices=fact.choices, columns=fact.columns, evidence=fact.evidence)


def fields_of(process: Process, node: Node, task: Task) -> tuple[Field, ...]:
    """Questions of the step: its fields and facts in order, then the attachments of the process where the step makes the case: not those of a row, whose party
    (a chief of a ward, by his link) has no business with the papers of the whole case."""
    if task.kind == "repair":
        return ()
    if task.kind == "branch":
        assert isinstance(node, Dispose)
        return tuple(_bounded(process, process.fields[name]) for name in node.fills if name in process.fields)
    names: Sequence[str] = getattr(node, "fills", ())
    found = [_question(process, node, name, names) for name in dict.fromkeys(name.partition(".")[0] for name in names)]
    if isinstance(node, Dispose):
        found = [_receivers_required(one) if one.name == node.recipients else one for one in found]
    if isinstance(node, TaskNode) and node.ask in FIRST and not split(task.instance)[1]:
        topic = "Lampiran" if any(one.section for one in found) else ""
        found += [Field(one.name, one.label, "files", one.required, file_types=one.types, section=topic) for one in process.attachments]
    lists = {over for over, _rows in walked(process, task.instance)}
    bounded = [_bounded(process, one) for one in found]
    return tuple(replace(one, fixed=True) if one.name in lists else one for one in bounded)


def _bounded(process: Process, asked: Field) -> Field:
    """A table whose rows are each work of their own (an ``Each``, a disposition) holds fewer."""
    nodes = process.tree.nodes.values()
    walked_ = any(
        (isinstance(node, Each) and node.over == asked.name) or (isinstance(node, Dispose) and node.recipients == asked.name) for node in nodes
    )
    return replace(asked, most_rows=MOST_WALKED) if walked_ and asked.type == "table" else asked


def _question(process: Process, node: Node, name: str, fills: Sequence[str]) -> Field:
    """A field, a fact, or the columns of a table that the step fills (``barang.jumlah``)."""
    asked = process.fields[name] if name in process.fields else as_field(process.fact[name])
    picked = [filled.partition(".")[2] for filled in fills if filled.startswith(f"{name}.")]
    if not picked:
        return asked
    facts = [as_told(process.fact[given]) for given in given_of_rows(process, name, node.name) if given in process.fact]  # type: ignore[attr-defined]
    return narrowed(asked, picked, facts, adding=makes_rows(process, node, name))


def _receivers_required(one: Field) -> Field:
    return replace(one, required=True)


def verdicts(process: Process, node: Node, task: Task, state: State, actor: Actor | None) -> tuple[Verdict, ...]:
    """What may be decided here, in the order of the process."""
    if actor is None:
        return ()
    if task.kind == "repair":
        return tuple(
            Verdict(name, word(name), _("langkah mesin ini dicoba lagi") if name == "coba-lagi" else _("langkah mesin ini dilewati"))
            for name in repair_outcomes(node)
        )
    if task.kind == "branch":
        return tuple(branch_verdict(name) for name in disposition.outcomes(state, task.instance, actor.position))
    if isinstance(node, (TaskNode, Sign, Dispose, Wait)):
        return tuple(_verdict(process, node, outcome) for outcome in node.outcomes if not outcome.silent)
    return ()


BRANCH_WORDS = {
    "baca": ("Sudah dibaca", "tembusan selesai"), "lapor": ("Lapor selesai", "laporan naik kepada pemberi disposisi"),
    "teruskan": ("Teruskan ke bawahan", "bawahan mendapat tugas; Anda melapor setelah mereka"),
    "minta-penjelasan": ("Minta penjelasan", "kembali sebentar kepada pemberi disposisi"), "tolak": ("Tolak", "kembali kepada pemberi disposisi"),
    "jawab": ("Jawab", "tugas kembali kepada penerima"), "tarik": ("Tarik disposisi", "penerima tidak lagi mendapat tugas"),
    "tunjuk-lain": ("Tunjuk pejabat lain", "penerima baru mendapat tugas"), "ambil-alih": ("Ambil alih", "Anda sendiri yang menyelesaikan"),
}  # fmt: skip
REASONED = frozenset({"lapor", "minta-penjelasan", "tolak", "jawab", "ambil-alih"})


def branch_verdict(name: str) -> Verdict:
    text, says = BRANCH_WORDS[name]
    return Verdict(name, _(text), _(says), reason=name in REASONED, fills=name in NEEDS_RECEIVERS)


def _verdict(process: Process, node: TaskNode | Sign | Dispose | Wait, outcome: Outcome) -> Verdict:
    effect = outcome.effect
    target = getattr(process.tree.nodes.get(effect.target), "title", "") or word(effect.target)
    says = {
        "next": _("maju ke langkah berikutnya"), "return": _("kembali ke: %(langkah)s") % {"langkah": target},
        "end": _("perkara berakhir: %(hasil)s") % {"hasil": word(effect.target)}, "again": _("langkah ini diulang"),
        "pause": _("tenggat dihentikan sementara"), "skip": _("langsung ke: %(langkah)s") % {"langkah": target},
    }[effect.word]  # fmt: skip
    signs = isinstance(node, Sign) and (outcome.performs or (effect.word in ("next", "skip") and not any(o.performs for o in node.outcomes)))
    if isinstance(node, Dispose):
        fills = outcome.performs
    else:
        fills = effect.word in ("next", "again", "skip") or bool(outcome.needs) or (effect.word == "end" and len(node.outcomes) == 1)
    return Verdict(outcome.name, outcome.text, says, outcome.reason, signs, fills, keeps=effect.word == "end" and not fills)


def answers_of(one: Asked) -> dict[str, list[str]]:
    """What the form shows at first: the case's values as they would be typed, the old value of an emptied fact offered.

    A receiver who disposes further starts on an empty table: the rows of the case are those of whoever disposed to him.
    """
    if one.task.kind == "branch":
        return {}
    known = {**one.state.offered, **one.case.form}
    typed = {name: value for name, value in known.items() if value is not None}
    typed |= {asked.name: rows for asked in one.fields if partly(asked) and (rows := _rows(asked, one, typed))}
    about = Scope({**typed, "applicant": one.state.applicant})
    begun = {asked.name: evaluate(asked.initial, about) for asked in one.fields if asked.initial is not None}
    return raw(one.fields, {**{name: value for name, value in begun.items() if value is not None}, **typed})


def partly(table: Field) -> bool:
    """Whether more is known of its rows than a step asks, or something stands in an empty column to begin with."""
    return any(column.computed is not None or column.initial is not None for column in table.columns)


def _rows(table: Field, one: Asked, typed: Mapping[str, Json]) -> list[Json]:
    """Rows with what is known of each and what stands in its empty columns to begin with."""
    rows = []
    for row in recorded_rows(table, typed).values():
        about = Scope({**typed, **row, "applicant": one.state.applicant}, row={table.name: row})
        begun = {column.name: evaluate(column.initial, about) for column in table.columns if column.initial is not None and column.name not in row}
        rows.append({**row, **{name: value for name, value in begun.items() if value is not None}})
    return rows


async def labels_for(connection: AsyncConnection, positions: Sequence[str], now: datetime) -> Mapping[str, str]:
    """Titles with the holder's name: ``Kepala Dinas … (Nama)``."""
    return {
        seat.code: f"{seat.title} ({seat.holder})" if seat.holder else f"{seat.title} ({_('lowong')})"
        for seat in await organisation.seats(connection, list(positions), now)
    }
