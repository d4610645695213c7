"""``/proses/{kode}/sop.pdf``: the process as a standard operating procedure in the national form, made from the definition that runs."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from db.read import durations, organisation
from db.read.processes import kept_since
from engine.errors import NotFound, Unavailable
from engine.nodes import Open
from engine.positions import HeadOf, Unit
from engine.process import Process
from web.access import SignedIn
from web.context import Context, context_of
from web.mandat import pdf
from workflows.catalogue import Listed
from workflows.sop import SopInput

router = APIRouter()


@router.get("/proses/{code}/sop.pdf")
async def sop(request: Request, code: str, _viewer: SignedIn) -> Response:
    """NotFound for a code that no process of this city has; Unavailable where no worker answers."""
    context = context_of(request)
    listed = context.processes.processes.get(code)
    if listed is None:
        raise NotFound
    if context.sops is None:
        raise Unavailable
    async with context.pages.connect() as connection:
        asked = await _asked(connection, context, listed, context.clock())
    paper = await context.sops.paper(asked)
    return await pdf(context, paper.sha, f"sop-{code}-{listed.sha[:12]}.pdf")


async def _asked(connection: AsyncConnection, context: Context, listed: Listed, now: datetime) -> SopInput:
    """What the paper says. A definition that no case and no start-up kept yet is dated today."""
    process, known = listed.process, context.processes.processes
    opened = [node.process for node in process.tree.nodes.values() if isinstance(node, Open)]
    classes = await organisation.pick_classifications(connection, process.archive.code, 1)
    took = await durations.steps_took(connection, process.code, now)
    kept = await kept_since(connection, listed.sha)
    return SopInput(
        listed.sha, listed.text, (kept or now).astimezone(context.city.zone).date().isoformat(), unit_of(process),
        {code: known[code].process.title.id for code in sorted(opened) if code in known},
        next((name for code, name in classes if code == process.archive.code), ""), {step: hours(days) for step, days in sorted(took.items())},
    )  # fmt: skip


def unit_of(process: Process) -> str:
    """The unit whose head owns it; "" where the owner follows from each case."""
    owner = process.role[process.owner].resolves if process.owner in process.role else None
    return owner.of.code if isinstance(owner, HeadOf) and isinstance(owner.of, Unit) else ""


def hours(days: float) -> int:
    """As coarse as it is printed, so that a few minutes make no other paper: hours below a day, days from there on."""
    return round(days) * 24 if days >= 1 else min(round(days * 24), 23)
