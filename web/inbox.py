"""``/tugas``: one queue for everything a person may do now, grouped by lateness; quick verdicts where nothing has to be filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response
from ulid import ULID

from db.read import inbox, tasks
from db.read.dispositions import Standing, standings
from db.read.inbox import Entry, Filters
from engine.index import split
from engine.nodes import Task as TaskNode
from web.access import SignedIn
from web.context import Context, context_of
from web.language import _
from web.pages import pages_of
from web.starting import may_start

router = APIRouter()
GROUPS = ("lewat", "hari-ini", "minggu-ini", "nanti", "tanpa-batas")


@dataclass(frozen=True, slots=True)
class Line:
    """One row. ``quick``: (outcome, words) of the verdict that needs no form and no reason."""

    entry: Entry
    group: str
    quick: tuple[str, str] | None
    branch: Standing | None
    """The disposition behind the line; its receiver answers without leaving the list."""
    request_id: str

    @property
    def answers(self) -> bool:
        """The branch waits for its receiver, not for whoever gave it."""
        return (
            self.branch is not None and self.branch.status in ("sent", "read", "answered", "passed") and self.branch.position == self.entry.position
        )


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    title: str
    lines: tuple[Line, ...]


def _titles() -> dict[str, str]:
    return {
        "lewat": _("Lewat tenggat"),
        "hari-ini": _("Hari ini"),
        "minggu-ini": _("Tujuh hari ke depan"),
        "nanti": _("Nanti"),
        "tanpa-batas": _("Tanpa tenggat"),
    }


def quick_of(context: Context, entry: Entry) -> tuple[str, str] | None:
    """Only initials, checks and receipts: what is signed, disposed or filled is read first."""
    listed = context.processes.processes.get(entry.process)
    if listed is None or entry.kind != "task" or entry.ask not in ("initial", "acknowledge", "receive"):
        return None
    node = listed.process.tree.nodes.get(split(entry.instance)[0])
    if not isinstance(node, TaskNode) or node.fills:
        return None
    going = [one for one in node.outcomes if one.effect.word == "next" and not one.reason]
    return (going[0].name, going[0].text) if going else None


def lines_of(context: Context, entries: Sequence[Entry], branches: Mapping[int, Standing]) -> tuple[Group, ...]:
    """Rows under their headings; a heading without rows is left out."""
    now = context.clock()
    by_group: dict[str, list[Line]] = {}
    for entry in entries:
        group = entry.lateness(now, str(context.city.zone))
        by_group.setdefault(group, []).append(Line(entry, group, quick_of(context, entry), branches.get(entry.task), str(ULID())))
    titles = _titles()
    return tuple(Group(key, titles[key], tuple(by_group[key])) for key in GROUPS if key in by_group)


@router.get("/tugas")
async def show(
    request: Request,
    viewer: SignedIn,
    proses: str = "",
    jabatan: str = "",
    lewat: str = "",
    setelah: str = "",
    selesai: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """The queue. Filters are a GET form: every view is an address that can be kept."""
    context = context_of(request)
    filters = Filters(position=jabatan, process=proses, late=bool(lewat))
    async with context.pages.connect() as connection:
        page = await inbox.inbox(connection, viewer.person.id, context.clock(), filters, setelah)
        branches = await standings(connection, [one.task for one in page.entries if one.kind == "branch"])
        counts = await inbox.counts(connection, viewer.person.id, context.clock())
        done = await tasks.task(connection, selesai) if selesai else None
    mine = done if done is not None and done.person == viewer.person.id else None
    return pages_of(request).page(
        request, "tugas.html", "daftar", groups=lines_of(context, page.entries, branches), after=page.after, filters=filters, proses=proses, jabatan=jabatan,
        lewat=lewat, open=sum(one.open for one in counts), late=sum(one.late for one in counts), done=mine, most=inbox.COUNT_LIMIT,
        processes=[(one.code, one.process.title.id) for one in context.processes.processes.values()], positions={one.position: one.title for one in viewer.capacities},
    )  # fmt: skip


@router.get("/tugas/berikut")
async def following(request: Request, viewer: SignedIn, selesai: Annotated[int, Query(ge=0)] = 0) -> Response:
    """The most urgent task left, or the empty inbox."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        page = await inbox.inbox(connection, viewer.person.id, context.clock(), page=2)
    left = [entry for entry in page.entries if entry.task != selesai]
    return RedirectResponse(f"/tugas/{left[0].task}" if left else f"/tugas?selesai={selesai}", 303)


@router.get("/mulai")
async def start_list(request: Request, viewer: SignedIn) -> Response:
    """Processes this person may start now, with one button each."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        processes = [listed.process for listed in context.processes.processes.values()]
        offered = [(one, str(ULID())) for one in processes if await may_start(connection, one, viewer, context.clock())]
    return pages_of(request).page(request, "mulai.html", offered=offered)
