"""Everything a letter is drawn from: the case, its form and facts, its trail, its dispositions, and the organisation around the signer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from db.tables.calendar import classification
from db.tables.case import case
from db.tables.holding import mandate
from db.tables.organisation import person, position, unit
from db.tables.party import party
from db.tables.task import disposition_branch
from db.tables.trail import trail
from engine.errors import NotFound

LEVELS = {"wali-kota": "kepala-daerah", "wakil-wali-kota": "wakil", "sekda": "sekda"}
"""Position codes whose holders sign by rules of their own; everybody else is ``lain``."""


@dataclass(frozen=True, slots=True)
class Dossier:
    case_id: str
    no: int
    process_sha: str
    """Of the text of the pinned process."""
    title: str
    unit: str
    secrecy: str
    form: dict[str, Any]
    """Values and facts, by name."""
    form_seq: int
    starter: str
    starter_position: str
    parent_case: str | None
    parent_step: str | None


@dataclass(frozen=True, slots=True)
class BranchRow:
    branch: int
    parent: int
    position: str
    title: str
    role: str
    instructions: list[str]
    note: str
    due: datetime | None
    status: str
    given_at: datetime
    given_by: str
    read_at: datetime | None
    report: str | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Office:
    """A position with the organisation whose letterhead it signs on."""

    position: str
    title: str
    title_caps: str
    level: str
    unit: str
    unit_name: str
    organisation: str
    organisation_name: str
    letter_code: str
    letterhead: str
    address: str
    postcode: str
    phone: str
    email: str
    site: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    id: str
    name: str
    front: str
    back: str
    nip: str
    rank: str
    grade: str
    email: str


async def dossier(connection: AsyncConnection, case_id: str) -> Dossier:
    """Raises NotFound."""
    statement = select(
        case.c.id, case.c.no, case.c.sha, case.c.title, case.c.unit, case.c.secrecy, case.c.form, case.c.form_seq, case.c.starter,
        case.c.starter_position, case.c.parent_case, case.c.parent_step,
    ).where(case.c.id == case_id)  # fmt: skip
    row = (await connection.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    return Dossier(*tuple[Any, ...](row))


async def branches(connection: AsyncConnection, case_id: str) -> list[BranchRow]:
    """All disposition branches of the newest round, parents before children."""
    d = disposition_branch
    statement = (
        select(d.c.branch, d.c.parent, d.c.position, position.c.title, d.c.role, d.c.instructions, d.c.note, d.c.due, d.c.status, d.c.given_at,
               d.c.given_by, d.c.read_at, d.c.report, d.c.closed_at, d.c.round)
        .join(position, position.c.code == d.c.position).where(d.c.case_id == case_id).order_by(d.c.round.desc(), d.c.branch)
    )  # fmt: skip
    rows = (await connection.execute(statement)).all()
    newest = rows[0].round if rows else 0
    return [BranchRow(*tuple[Any, ...](row[:-1])) for row in rows if row.round == newest]


async def office(connection: AsyncConnection, code: str) -> Office:
    """The position and its organisation. Raises NotFound for an unknown code."""
    own, whole = unit.alias("own"), unit.alias("whole")
    statement = (
        select(position.c.code, position.c.title, position.c.title_caps, own.c.code, own.c.name, whole.c.code, whole.c.name, whole.c.letter_code,
               whole.c.letterhead, whole.c.address, whole.c.postcode, whole.c.phone, whole.c.email, whole.c.site)
        .join(own, own.c.code == position.c.unit).join(whole, whole.c.code == own.c.organisation).where(position.c.code == code)
    )  # fmt: skip
    row = (await connection.execute(statement)).one_or_none()
    if row is None:
        raise NotFound(f"Jabatan {code} tidak ada.")
    return Office(row[0], row[1], row[2], LEVELS.get(row[0], "lain"), *tuple[Any, ...](row[3:]))


async def head_office(connection: AsyncConnection, unit_code: str) -> Office:
    """The head of the organisation that a unit belongs to. Raises NotFound."""
    own = unit.alias("own")
    statement = select(position.c.code).join(own, own.c.organisation == position.c.unit).where(own.c.code == unit_code, position.c.is_head)
    code = (await connection.execute(statement)).scalar_one_or_none()
    if code is None:
        raise NotFound(f"Unit {unit_code} tidak punya kepala.")
    return await office(connection, code)


async def person_row(connection: AsyncConnection, person_id: str) -> PersonRow:
    """Raises NotFound."""
    statement = select(
        person.c.id, person.c.name, person.c.front_degrees, person.c.back_degrees, person.c.nip, person.c.rank, person.c.grade, person.c.email
    ).where(person.c.id == person_id)
    row = (await connection.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    return PersonRow(row[0], row[1], row[2], row[3], row[4] or "", row[5], row[6], row[7])


async def mandators(connection: AsyncConnection, to_position: str, kind: str, at: datetime) -> list[str]:
    """Offices in capitals for whom ``to_position`` may sign this kind at ``at``: the mandator of a.n. first, then (for u.b.) the one between."""
    statement = (
        select(mandate.c.form, mandate.c.from_position, mandate.c.document_kinds, position.c.title_caps).join(position, position.c.code == mandate.c.from_position)
        .where(mandate.c.to_position == to_position, mandate.c.starts <= at, (mandate.c.ends.is_(None)) | (mandate.c.ends > at))
    )  # fmt: skip
    rows = [row for row in (await connection.execute(statement)).all() if not row.document_kinds or kind in row.document_kinds]
    by_form = {row.form: row for row in rows}
    if "ub" in by_form:
        between = by_form["ub"]
        above = await mandators(connection, between.from_position, kind, at)
        return [*above[:1], between.title_caps]
    return [by_form["an"].title_caps] if "an" in by_form else []


@dataclass(frozen=True, slots=True)
class Act:
    """One recorded act, for the tables of letters."""

    seq: int
    at: datetime
    kind: str
    step: str
    round: int
    person: str
    position: str
    name: str
    title: str
    body: dict[str, Any]
    """The event's data."""


async def acts(connection: AsyncConnection, case_id: str, kinds: tuple[str, ...]) -> list[Act]:
    """Events of the given kinds in order."""
    t = trail
    statement = (
        select(t.c.seq, t.c.at, t.c.kind, t.c.step, t.c.round, t.c.person, t.c.position, t.c.name, t.c.title, t.c.body)
        .where(t.c.case_id == case_id, t.c.kind.in_(kinds)).order_by(t.c.seq)
    )  # fmt: skip
    rows = (await connection.execute(statement)).all()
    return [Act(*row[:9], body=json.loads(row.body).get("data", {})) for row in rows]


async def labels(connection: AsyncConnection, codes: set[str]) -> dict[str, str]:
    """What people read for codes of positions, units, people, outsiders, archive classes and cases, in one statement. A case is named by its number: its subject may be secret."""
    if not codes:
        return {}
    wanted = list(codes)
    statement = union_all(
        select(position.c.code, position.c.title).where(position.c.code.in_(wanted)),
        select(unit.c.code, unit.c.name).where(unit.c.code.in_(wanted)),
        select(person.c.id, person.c.name).where(person.c.id.in_(wanted)),
        select(party.c.id, party.c.name).where(party.c.id.in_(wanted)),
        select(classification.c.code, classification.c.code + literal(" – ") + classification.c.name).where(classification.c.code.in_(wanted)),
        select(case.c.id, literal("Perkara ") + cast(case.c.no, Text)).where(case.c.id.in_(wanted)),
    )
    return {row[0]: row[1] for row in (await connection.execute(statement)).all()}
