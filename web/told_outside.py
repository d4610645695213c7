"""What a party outside reads beside his answer: the answers, findings, photographs and letters that the step names (``Task.shows``), and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.read.documents import documents
from engine.fields import Field
from engine.nodes import Task
from engine.process import Fact
from web.acting import Asked, as_told
from web.checking import Checked, rows
from web.context import Context
from web.pictures import pictures
from web.policy import Viewer
from web.showing_task import Paper, labels_of

DRAWN = ("jpg", "jpeg", "png")


@dataclass(slots=True)
class Told:
    """``photos``: (label, address)."""

    rows: list[Checked] = field(default_factory=list)
    photos: list[tuple[str, str]] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)


async def told_to(context: Context, one: Asked, viewer: Viewer, at: str) -> Told:
    """``at``: where he gets pictures from, by his link alone. What is not there yet is left out."""
    made = Told()
    names = one.node.shows if isinstance(one.node, Task) else ()
    for name in names:
        declared = one.process.declared(name)
        value = one.case.form.get(name)
        if declared is None or value in (None, "", []):
            continue
        asked = as_told(declared) if isinstance(declared, Fact) else declared
        if asked.type in ("file", "files"):
            await _files(context, made, asked, value if isinstance(value, list) else [value], viewer, at)
            continue
        async with context.pages.connect() as connection:
            labels = await labels_of(connection, [asked], one.case.form)
        made.rows += rows([asked], one.case.form, labels=labels)
    await _letters(context, made, one, viewer, at)
    return made


async def _files(context: Context, made: Told, asked: Field, files: list[dict[str, str]], viewer: Viewer, at: str) -> None:
    for file in files:
        sha = str(file.get("sha256") or "")
        if str(file.get("kind") or file.get("name", "").rpartition(".")[2]).lower() in DRAWN:
            made.photos += [(asked.label, picture.address) for picture in pictures(context, viewer.person.id, [sha], at)]
        else:
            made.papers.append(await _paper(context, asked.label, sha, viewer, at))


async def _letters(context: Context, made: Told, one: Asked, viewer: Viewer, at: str) -> None:
    if not isinstance(one.node, Task) or not set(one.node.shows) & set(one.process.document):
        return
    async with context.pages.connect() as connection:
        issued = await documents(connection, one.case.id)
    for letter in issued:
        if letter.code in one.node.shows and letter.signed_sha:
            made.papers.append(await _paper(context, letter.title, letter.signed_sha, viewer, at))


async def _paper(context: Context, title: str, sha: str, viewer: Viewer, at: str) -> Paper:
    drawn = await context.previews.pages(sha) if context.previews is not None else None
    return Paper(title, pictures(context, viewer.person.id, drawn.images, at), drawn.total) if drawn else Paper(title, failed="lambat")
