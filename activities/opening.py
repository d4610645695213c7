"""The act ``open``: another case, linked both ways. Its values come over by field names; its unit is whom the letter goes to.

The child's id follows from the key, so a retry or a second worker finds the case that is there already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError

from activities.clock import time_of
from db.connect import transaction
from db.desk import submissions
from db.read import dossier as read
from db.read import parties
from db.read.dispositions import dispositions
from db.read.dossier import Dossier, Office
from db.read.positions import resolve
from engine.events import SYSTEM, Json
from engine.opening import Parent, case_opened, child_id
from engine.process import Process
from engine.relevance import trim
from engine.trail import event_to_json
from workflows.catalogue import Catalogue, Listed
from workflows.contracts import QUEUE_CASE, ActInput, ActResult, CaseInput

INTERNAL = "internal"
COPIED = ("sifat", "urgensi", "kode_klasifikasi")
"""Fields that mean the same wherever they occur."""

_UNITS = text("""
    SELECT wanted, coalesce(
      (SELECT u.organisation FROM position p JOIN unit u ON u.code = p.unit WHERE lower(p.title) = lower(wanted) LIMIT 1),
      (SELECT u.organisation FROM unit u WHERE lower(u.name) = lower(wanted) OR u.code = lower(wanted) LIMIT 1)) AS unit
    FROM unnest(CAST(:names AS text[])) wanted
""")
_SIGNED = text(
    "SELECT number, signed_at, signed_sha FROM document WHERE case_id = :case AND status = 'ditandatangani' ORDER BY signed_at DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a child case begins."""

    unit: str
    position: str
    person: str = ""


@dataclass(frozen=True)
class Opening:
    database: AsyncEngine
    temporal: Client
    processes: Catalogue
    zone: ZoneInfo
    """The city's."""

    async def open(self, given: ActInput) -> ActResult:
        code = str(given.data["process"])
        if code not in self.processes.processes:
            raise ApplicationError(f"proses {code} belum dipasang di kota ini", type="proses-tidak-ada", non_retryable=True)
        listed = self.processes[code]
        now = time_of(given)
        async with transaction(self.database) as connection:
            parent = await read.dossier(connection, given.case_id)
            if "values" in given.data:
                unknown: list[str] = []
                targets = [Target((await read.head_office(connection, parent.unit)).organisation, parent.starter_position)]
                values = {name: value for name, value in given.data["values"].items() if name in listed.process.fields}
            else:
                targets, unknown = await self._targets(connection, parent, listed.process, now)
                values = await self._values(connection, parent, listed.process)
        opened = []
        for target in targets:
            case_id = child_id(given.key, target.unit)
            await self._start(listed, case_id, target, parent, given, values, now)
            opened.append({"case": case_id, "unit": target.unit})
        return ActResult(detail={"dibuka": opened, "tidak_ditemukan": unknown, "proses": code})

    async def _targets(self, connection: AsyncConnection, parent: Dossier, child: Process, now: datetime) -> tuple[list[Target], list[str]]:
        """Internal addressees each get their own case at their registry; without addressees the last official who decided goes on."""
        names = [str(row["jabatan"]) for table in ("kepada", "tembusan") for row in parent.form.get(table) or [] if row.get("jalur") == INTERNAL]
        if parent.form.get("unit_pengalihan"):
            names.append(str(parent.form["unit_pengalihan"]))
        if not names or child.starts.by == "konseptor":
            return [await self._drafter(connection, parent)], []
        found = {row.wanted: row.unit for row in (await connection.execute(_UNITS, {"names": names})).all()}
        units = list(dict.fromkeys(unit for unit in found.values() if unit))
        targets = []
        for unit in units:
            desk = [{"role": child.starts.by, "expr": {"is": "desk", "function": "persuratan", "of": {"is": "unit", "code": unit}}}]
            position = (await resolve(connection, [desk], now))[0].positions[0]
            targets.append(Target(unit, position))
        return targets, [name for name, unit in found.items() if not unit]

    async def _drafter(self, connection: AsyncConnection, parent: Dossier) -> Target:
        """Who did the work drafts the answer: the main receiver at the bottom of the disposition, else the last official who decided."""
        branches = [one for one in await dispositions(connection, parent.case_id) if one.role == "utama" and one.status == "reported"]
        handed_on = {(one.instance, one.round, one.parent) for one in branches}
        workers = [one for one in branches if (one.instance, one.round, one.branch) not in handed_on]
        if not workers:
            return await self._last_actor(connection, parent)
        chosen = max(workers, key=lambda one: (one.round, one.branch))
        step = f"{chosen.instance}#{chosen.branch}"
        told = [act for act in await read.acts(connection, parent.case_id, ("branch-reported",)) if act.step == step and act.round == chosen.round]
        office = await read.office(connection, chosen.position)
        return Target(office.organisation, chosen.position, told[-1].person if told else "")

    async def _last_actor(self, connection: AsyncConnection, parent: Dossier) -> Target:
        decided = [act for act in await read.acts(connection, parent.case_id, ("decided",)) if act.position]
        position = decided[-1].position if decided else parent.starter_position
        office = await read.office(connection, position)
        return Target(office.organisation, position, decided[-1].person if decided else parent.starter)

    async def _values(self, connection: AsyncConnection, parent: Dossier, child: Process) -> dict[str, Json]:
        """What the parent knows of the child's questions."""
        fields = child.fields
        values: dict[str, Any] = {name: parent.form[name] for name in COPIED if name in fields and name in parent.form}
        values |= {one.name: parent.case_id for one in child.form if one.type == "letter_ref" and one.name == "menjawab"}
        signed = (await connection.execute(_SIGNED, {"case": parent.case_id})).one_or_none()
        letter = {"nomor_surat", "pengirim", "perihal", "tanggal_surat"} & set(fields)
        if letter and signed is not None:
            office: Office = await read.head_office(connection, parent.unit)
            values |= {"nomor_surat": signed.number, "tanggal_surat": signed.signed_at.date().isoformat(), "pengirim": office.organisation_name,
                       "perihal": parent.form.get("hal", ""), "tanggal_terima": signed.signed_at.date().isoformat()}  # fmt: skip
        elif letter:
            values |= {name: parent.form[name] for name in letter if name in parent.form}
        return {name: value for name, value in values.items() if name in fields}

    async def _start(
        self, listed: Listed, case_id: str, target: Target, parent: Dossier, given: ActInput, values: dict[str, Json], now: datetime
    ) -> None:
        async with transaction(self.database) as connection:
            starter = await parties.party(connection, target.person or "sistem", target.position, now.astimezone(self.zone).date())
        event = case_opened(
            listed.process,
            listed.sha,
            case_id,
            SYSTEM,
            starter,
            now,
            parent=Parent(parent.case_id, given.step, parent.unit),
            values=trim(listed.process, values),
            zone=self.zone.key,
        )
        opened = event_to_json(event)
        async with transaction(self.database) as connection:
            opened["data"]["filled"] = await submissions.put(connection, "sistem", values, now)
        try:
            await self.temporal.start_workflow(
                listed.code, CaseInput(case_id, listed.text, listed.sha, opened), id=f"case/{case_id}", task_queue=QUEUE_CASE,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE, id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            )  # fmt: skip
        except WorkflowAlreadyStartedError:
            return
