"""The statutory clock on the page of a case: how far the promised time has run, and a ledger of what started, stopped and moved it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.calendar import calendar
from engine import clock
from engine.clock import Count, Mark
from engine.events import Event
from engine.index import split
from engine.process import Process
from engine.trail import moment
from forms.showing import word
from web.case_words import result_word, step_title
from web.language import _, ngettext


@dataclass(frozen=True, slots=True)
class Line:
    """``who`` and ``title`` "" for the machine. ``was``, ``due``: of a recount. ``silent``: decided because nobody did."""

    at: datetime
    text: str
    who: str = ""
    title: str = ""
    reason: str = ""
    was: datetime | None = None
    due: datetime | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """``text``: how it stands, in one sentence. ``due`` None where no time is promised. ``late``: it ran beyond."""

    text: str = ""
    due: datetime | None = None
    late: bool = False
    lines: list[Line] = field(default_factory=list)


async def clock_of(
    connection: AsyncConnection, process: Process, events: Sequence[Event], zone: str, now: datetime, ended_at: datetime | None
) -> Clock | None:
    """None where the process promises nothing and nothing ever stopped or moved the clock. One statement."""
    found = clock.marks(events)
    if not events or (process.sla.n is None and all(one.what in ("start", "end") for one in found)):
        return None
    days = await calendar(connection, zone)
    stops = clock.ledger(events)
    counted = clock.count(process, events[0].at, stops, days, ended_at or now)
    standing = stops[-1].cause if stops and stops[-1].until is None and ended_at is None else ""
    causes = list(dict.fromkeys(one.cause for one in stops))
    lines = [_line(process, one) for one in found]
    if counted is None:
        return Clock(_stopped(standing) if standing else _("Tidak dijanjikan waktu tertentu"), lines=lines)
    late = (ended_at or now) > counted.due
    return Clock(_sentence(counted, causes, standing, over=ended_at is not None), counted.due, late, lines)


def _stopped(cause: str) -> str:
    return _("sedang berhenti: %(sebab)s") % {"sebab": word(cause).lower()}


def _sentence(one: Count, causes: Sequence[str], standing: str, *, over: bool) -> str:
    """``hari kerja ke-7 dari 14, berhenti 3 hari: menunggu berkas pemohon``."""
    numbers = {"ke": one.day, "dari": one.of}
    if one.kind == "hours":
        parts = [_("jam ke-%(ke)d dari %(dari)d") % numbers]
    elif one.day == 0:
        parts = [_("hari pembukaan; %(dari)d hari dihitung mulai hari berikutnya") % numbers]
    elif one.kind == "working":
        parts = [_("hari kerja ke-%(ke)d dari %(dari)d") % numbers]
    else:
        parts = [_("hari ke-%(ke)d dari %(dari)d") % numbers]
    if over:
        parts = [_("selesai pada %(bagian)s") % {"bagian": parts[0]}]
    if one.still:
        unit = ngettext("%(num)d jam", "%(num)d jam", one.still) if one.kind == "hours" else ngettext("%(num)d hari", "%(num)d hari", one.still)
        told = {"lama": unit % {"num": one.still}, "sebab": ", ".join(word(cause).lower() for cause in causes)}
        parts.append(_("berhenti %(lama)s: %(sebab)s") % told)
    if standing:
        parts.append(_stopped(standing) if not one.still else _("masih berhenti"))
    return ", ".join(parts)


def _line(process: Process, one: Mark) -> Line:
    step = step_title(process, one.step) if one.step else ""
    texts = {
        "start": _("Mulai berjalan: perkara dibuka"), "stop": _("Berhenti: %(sebab)s") % {"sebab": word(one.cause).lower()},
        "resume": _("Berjalan lagi: %(tindakan)s") % {"tindakan": _act(process, one)},
        "recount": _("Tenggat dihitung ulang: %(sebab)s") % {"sebab": one.cause},
        "deemed": _("Diputus karena diam: %(tindakan)s") % {"tindakan": _act(process, one)}, "end": _("Berakhir: %(hasil)s") % {"hasil": result_word(one.cause)},
    }  # fmt: skip
    text = texts[one.what] + (f" ({step or _('janji selesai')})" if one.what in ("stop", "resume", "recount", "deemed") else "")
    machine = one.actor.capacity == "sistem"
    return Line(
        one.at, text, "" if machine else one.actor.name or one.actor.person, "" if machine else one.actor.title, one.reason,
        moment(one.was) if one.was else None, moment(one.due) if one.due else None, one.what == "deemed",
    )  # fmt: skip


def _act(process: Process, one: Mark) -> str:
    """The outcome as its button says it."""
    node = process.tree.nodes.get(split(one.step)[0])
    outcome = next((found for found in getattr(node, "outcomes", ()) if found.name == one.act), None)
    return str(outcome.text) if outcome is not None else word(one.act)
