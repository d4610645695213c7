"""What a letter may say of the people of a case and of what was decided in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.pdf.html import clock_time, long_date
from db.read.cards import Card, cards
from db.read.dossier import Act, Dossier
from engine.evaluate import Scope
from engine.process import Process
from engine.row_form import Row
from forms import showing

PEOPLE = frozenset({"employee", "employees", "nip"})
LIMITS = frozenset({"task-opened", "rescheduled"})
"""Events that say until when a step has time."""
NOBODY = Card("", "", "", "", "", "", "", "")


def opened(acts: Sequence[Act]) -> Mapping[str, Any]:
    """The data of the opening event: starter, applicant with the attributes conditions know."""
    return next((act.body for act in acts if act.kind == "case-opened"), {})


def scope(case: Dossier, acts: Sequence[Act], today: str = "") -> Scope:
    """Names of a document's own expressions: form, facts and the applicant."""
    return Scope({**case.form, "applicant": dict(opened(acts).get("applicant") or {})}, today)


async def people(connection: AsyncConnection, case: Dossier, process: Process, acts: Sequence[Act], at: datetime, row: Row) -> dict[str, Any]:
    """``pemohon``: who the case is for; ``pegawai``: of each field (and column of the own row) that names one, the card; ``kartu``: by person,
    those in tables too. Nobody known gives an empty card."""
    applicant = opened(acts).get("applicant") or {}
    person, seat = str(applicant.get("person") or case.starter), str(applicant.get("position") or case.starter_position)
    named = {one.name: case.form.get(one.name) for one in process.declarations if one.type in PEOPLE}
    named |= {one.name: row.values.get(one.name) for one in row.columns if one.type in PEOPLE}
    listed = [line.get(column.name) for one in process.declarations for column in one.columns if column.type in PEOPLE
              for line in case.form.get(one.name) or [] if isinstance(line, dict)]  # fmt: skip
    codes = {code for value in (*named.values(), *listed) for code in (value if isinstance(value, list) else [value]) if isinstance(code, str)}
    found = await cards(connection, {person, *codes}, at, [seat])
    return {
        "pemohon": found.get(person, NOBODY),
        "kartu": defaultdict(lambda: NOBODY, found),
        "pegawai": {name: found.get(value, NOBODY) if isinstance(value, str) else NOBODY for name, value in named.items()},
    }


def decisions(acts: Sequence[Act], zone: ZoneInfo) -> dict[str, dict[str, str]]:
    """Step, and for each row ``step@row`` → the newest decision taken there, as a letter quotes it; ``terlambat`` only where it came after its due time."""
    made: dict[str, dict[str, str]] = {}
    due: dict[tuple[str, int], str] = {}
    for act in acts:
        if act.kind in LIMITS:
            due[act.step, act.round] = str(act.body.get("due") or "")
        if act.kind == "decided":
            local, limit = act.at.astimezone(zone), due.get((act.step, act.round))
            late = bool(limit) and act.at > datetime.fromisoformat(str(limit))
            made[act.step] = made[act.step.partition("@")[0]] = {
                "kata": str(act.body.get("outcome", "")), "hasil": showing.word(str(act.body.get("outcome", ""))), "alasan": str(act.body.get("reason", "")),
                "nama": act.name, "jabatan": act.title, "orang": act.person, "tanggal": long_date(local.date()), "hari": local.date().isoformat(), "waktu": clock_time(local),
                "terlambat": "ya" if late else "",
            }  # fmt: skip
    return made
