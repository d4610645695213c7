"""What stands beside a decision: the letter as pictures, the facts, what others said, the thread of a disposition."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from db.read import access, dossier
from db.read.cases import Line
from db.read.dispositions import Branch, dispositions
from engine.errors import Refusal
from engine.events import Json
from engine.fields import Field
from engine.index import instance as joined
from engine.index import split
from engine.nodes import Sign, Task
from engine.trail import actor_to_json
from forms.showing import word
from web.acting import Asked, told
from web.case_files import codes_in
from web.checking import Checked, rows
from web.context import Context
from web.language import said
from web.pictures import GALLERY, Picture, pictures
from web.policy import Viewer
from workflows.contracts import PreviewInput

LOOKED_AT = frozenset({"initial", "approve", "check", "verify", "decide", "sign"})
"""Asks that read a letter before they answer."""


@dataclass(slots=True)
class Opinion:
    name: str
    title: str
    step: str
    outcome: str
    reason: str
    at: datetime


@dataclass(slots=True)
class Paper:
    """One document to read. ``failed``: why there is no picture; the form's values still stand beside it."""

    title: str
    pictures: list[Picture] = field(default_factory=list)
    total: int = 0
    failed: str = ""
    letter_sha: str = ""


@dataclass(slots=True)
class Beside:
    papers: list[Paper] = field(default_factory=list)
    facts: list[Checked] = field(default_factory=list)
    found: list[Checked] = field(default_factory=list)
    """What machine acts and earlier steps found out: why a request came back."""
    opinions: list[Opinion] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)
    branch: Branch | None = None
    requester: str = ""
    """Whose matter it is, with his post; empty on his own task."""

    def counted(self, now: datetime) -> tuple[int, int, int]:
        """Branches that hold the disposition, how many of them are closed, how many are late; copies are not counted."""
        holding = [one for one in self.branches if one.role != "tembusan"]
        return len(holding), sum(one.closed_at is not None for one in holding), sum(one.late(now) for one in holding)

    @property
    def shown(self) -> str:
        """SHA-256 of the letter that the person reads here; goes back with the decision."""
        return next((paper.letter_sha for paper in self.papers if paper.letter_sha), "")


async def beside(context: Context, connection: AsyncConnection, one: Asked, lines: Sequence[Line], viewer: Viewer) -> Beside:
    made = Beside(opinions=opinions(one, lines))
    own = {asked.name for asked in one.fields}
    learnt = told(one.process, one.case.form)
    names = await labels_of(connection, (*one.process.form, *learnt), one.case.form)
    every = f"/perkara/{one.case.no}/tabel/" if await access.may_read(connection, one.case.id, viewer.person.id, context.clock()) else ""
    made.facts = rows(_filled(one, one.process.form, own), one.case.form, labels=names, every=every)
    made.found = rows(_filled(one, learnt, own), one.case.form, labels=names, every=every)
    made.requester = await _requester(connection, one, viewer)
    if "#" in one.task.instance or one.task.kind == "dispose":
        made.branches = await dispositions(connection, one.case.id)
        made.branch = (
            next((branch for branch in made.branches if branch.branch == one.branch and branch.round == one.task.round), None) if one.branch else None
        )
    made.papers = await papers(context, one, viewer)
    if any(paper.letter_sha for paper in made.papers):
        made.facts = [row for row in made.facts if not row.html]
    return made


async def _requester(connection: AsyncConnection, one: Asked, viewer: Viewer) -> str:
    person, seat = str(one.state.applicant.get("person") or ""), str(one.state.applicant.get("position") or "")
    if not person or person == viewer.person.id:
        return ""
    names = await dossier.labels(connection, {person, seat} - {""})
    return ", ".join(names[code] for code in (person, seat) if code in names)


def _filled(one: Asked, fields: Sequence[Field], own: Container[str]) -> list[Field]:
    """Those that hold something and are not asked here."""
    return [each for each in fields if each.name not in own and one.case.form.get(each.name) not in (None, "", [])]


def opinions(one: Asked, lines: Sequence[Line]) -> list[Opinion]:
    """Decisions of people so far, newest first."""
    found = []
    for line in lines:
        event = line.event
        if event.kind == "decided" and event.actor.person != "sistem":
            node = one.process.tree.nodes.get(split(event.step)[0])
            step = getattr(node, "title", "") or word(split(event.step)[0])
            found.append(
                Opinion(
                    event.actor.name, event.actor.title, step, word(str(event.data.get("outcome", ""))), str(event.data.get("reason", "")), event.at
                )
            )
    return found[::-1]


async def papers(context: Context, one: Asked, viewer: Viewer, at: str = GALLERY) -> list[Paper]:
    """The draft of the letter this step is about, then the files that came in. ``at``: where the viewer gets the pictures from."""
    found: list[Paper] = []
    if context.previews is None:
        return found
    found.extend([await _draft(context, one, code, viewer, at) for code in _letters(one)])
    for asked in one.process.attachments:
        for file in one.case.form.get(asked.name) or []:
            if isinstance(file, dict) and file.get("kind", "pdf") == "pdf":
                made = await context.previews.pages(str(file.get("sha256") or file.get("sha") or ""))
                title = f"{asked.label}: {file.get('name', '')}"
                found.append(
                    Paper(title, pictures(context, viewer.person.id, made.images, at), made.total) if made else Paper(title, failed="lambat")
                )
    return found


def _letters(one: Asked) -> tuple[str, ...]:
    """As the worker names them: a letter of a row of ``Each`` by ``code@row``. One that will be signed per row later has no page for the case yet."""
    rows = split(one.task.instance)[1]
    if isinstance(one.node, Sign):
        return tuple(joined(code, rows) for code in one.node.documents)
    if not isinstance(one.node, Task) or one.node.ask not in LOOKED_AT:
        return ()
    signed: list[str] = []
    for node in one.process.tree.nodes.values():
        if isinstance(node, Sign):
            signed += [code for code in node.documents if code not in signed]
    at = one.process.tree.places[one.node.name].order
    places = one.process.tree.places
    later = [
        joined(code, rows[: len(places[node.name].eaches)])
        for code in signed
        for node in one.process.tree.nodes.values()
        if isinstance(node, Sign) and code in node.documents and places[node.name].order > at and len(places[node.name].eaches) <= len(rows)
    ]
    return tuple(later[:1]) if one.node.ask == "initial" else ()


async def _draft(context: Context, one: Asked, code: str, viewer: Viewer, at: str) -> Paper:
    document = one.process.document[split(code)[0]]
    expected = str(one.case.form.get("jabatan_penandatangan") or "")
    actor = actor_to_json(one.actor) if one.actor and isinstance(one.node, Sign) else None
    assert context.previews is not None
    try:
        made = await context.previews.draft(PreviewInput(one.case.id, code, actor, expected, one.task.instance if actor else "", one.attested))
    except Refusal as refused:
        return Paper(document.title, failed=said(refused.message))
    if made is None:
        return Paper(document.title, failed="lambat")
    return Paper(document.title, pictures(context, viewer.person.id, made.images, at), made.total, letter_sha=made.letter_sha)


async def labels_of(connection: AsyncConnection, fields: Sequence[Field], values: Mapping[str, Json]) -> dict[str, str]:
    """Codes of positions, units and employees among the values → their names as people read them."""
    return await dossier.labels(connection, codes_in(fields, values))
