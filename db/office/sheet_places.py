"""Places and bookings by file. Places: a known code is renamed or moved, a new one added; shapes stay. Bookings: rows that stand there already change nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.office import bookings, places
from db.office.city_cells import place, place_or_none
from db.office.plans import Plan, Rows, Step, once
from db.office.sheets import Cell, maybe, moment, words
from engine.events import Actor
from forms.spreadsheets import Fault

_PLACES = text("SELECT code, kind, name, parent FROM place WHERE code = ANY(:codes) ORDER BY code")
_PLACES_LOCKED = text(f"{_PLACES.text} FOR UPDATE")
_BUSY = text("""
    SELECT b.kind, b.resource, b.starts, b.ends, b.purpose, b.source FROM booking b
    WHERE b.state = 'active' AND b.resource = ANY(:resources) AND b.ends > :starts AND b.starts < :ends ORDER BY b.key
""")
_PEOPLE = text("SELECT id, nip FROM person WHERE id = ANY(:words) OR nip = ANY(:words)")
PERSON = "orang"


@dataclass(frozen=True, slots=True)
class Places:
    columns: Mapping[str, Cell] = field(default_factory=lambda: {"kode": place, "jenis": words, "nama": words, "induk": place_or_none})
    passed_over: tuple[str, ...] = ("geometri",)

    async def plan(self, connection: AsyncConnection, rows: Rows, actor: Actor, *, lock: bool) -> Plan:  # noqa: ARG002 every book is asked alike
        plan = Plan()
        once(plan, rows, ("kode",))
        codes = sorted({str(row[name]) for _, row in rows for name in ("kode", "induk") if row[name]})
        found = {one.code: one for one in await connection.execute(_PLACES_LOCKED if lock else _PLACES, {"codes": codes})}
        known = set(found)
        for line, row in rows:
            if row["induk"] and row["induk"] not in known:
                plan.faults.append(Fault(line, "induk", f"“{row['induk']}” tidak ada; perbaiki, atau taruh barisnya lebih dahulu."))
            elif row["induk"] == row["kode"]:
                plan.faults.append(Fault(line, "induk", "Tempat tidak dapat menjadi induknya sendiri."))
            known.add(str(row["kode"]))
            there = found.get(str(row["kode"]))
            before = {"kode": there.code, "jenis": there.kind, "nama": there.name, "induk": there.parent} if there is not None else None
            if before == row:
                plan.same += 1
            else:
                plan.steps.append(Step(line, str(row["kode"]), "ubah" if before else "tambah", before, dict(row)))
        return plan

    async def write(self, connection: AsyncConnection, actor: Actor, steps: list[Step], mark: str, reason: str, at: datetime) -> None:  # noqa: ARG002 a code is its own mark
        for one in (step.after for step in steps):
            values = {"code": one["kode"], "kind": one["jenis"], "name": one["nama"], "parent": one["induk"]}
            await places.put(connection, actor, values, reason, at)


@dataclass(frozen=True, slots=True)
class Bookings:
    """``akhir`` as people write it: a day alone counts whole."""

    zone: ZoneInfo
    passed_over: tuple[str, ...] = ("nama", "perkara", "keadaan")

    @property
    def columns(self) -> Mapping[str, Cell]:
        starts, ends = moment(self.zone), moment(self.zone, end=True)
        return {"jenis": words, "dipesan": words, "mulai": starts, "akhir": ends, "keperluan": words, "sumber": maybe}

    async def plan(self, connection: AsyncConnection, rows: Rows, actor: Actor, *, lock: bool) -> Plan:  # noqa: ARG002 the table itself refuses an overlap
        plan = Plan()
        people = {one.nip: one.id for one in await connection.execute(_PEOPLE, {"words": sorted({str(row["dipesan"]) for _, row in rows})})}
        ids = set(people.values())
        for line, row in rows:
            row["dipesan"] = people.get(row["dipesan"], row["dipesan"]) if row["jenis"] == PERSON else row["dipesan"]
            if row["jenis"] == PERSON and row["dipesan"] not in ids:
                plan.faults.append(Fault(line, "dipesan", f"“{row['dipesan']}” bukan NIP pegawai kota; perbaiki tulisannya."))
            if row["akhir"] <= row["mulai"]:
                plan.faults.append(Fault(line, "akhir", "Akhir harus sesudah mulai."))
        if plan.faults:
            return plan
        span = {"starts": min(_at(row["mulai"]) for _, row in rows), "ends": max(_at(row["akhir"]) for _, row in rows)}
        asked = await connection.execute(_BUSY, {"resources": sorted({str(row["dipesan"]) for _, row in rows}), **span})
        busy = [(one.kind, one.resource, one.starts, one.ends, one.purpose) for one in asked]
        for line, row in rows:
            this = (row["jenis"], row["dipesan"], _at(row["mulai"]), _at(row["akhir"]), row["keperluan"])
            if this in busy:
                plan.same += 1
            elif any(one[:2] == this[:2] and one[2] < this[3] and this[2] < one[3] for one in busy):
                plan.faults.append(Fault(line, "mulai", "Waktu ini sudah terpakai; pilih waktu lain atau lepaskan yang bertumpuk."))
            elif not row["sumber"]:
                plan.faults.append(Fault(line, "sumber", "Isi surat atau keputusan yang menjadi dasar."))
            else:
                busy.append(this)
                plan.steps.append(Step(line, f"{row['jenis']}/{row['dipesan']}", "tambah", None, dict(row)))
        return plan

    async def write(self, connection: AsyncConnection, actor: Actor, steps: list[Step], mark: str, reason: str, at: datetime) -> None:
        for step in steps:
            kind, resource, purpose, source = (str(step.after[name]) for name in ("jenis", "dipesan", "keperluan", "sumber"))
            starts, ends = _at(step.after["mulai"]), _at(step.after["akhir"])
            await bookings.book(connection, actor, bookings.Booking(kind, resource, starts, ends, purpose, source, f"{mark}/{step.line}"), reason, at)


def _at(iso: object) -> datetime:
    return datetime.fromisoformat(str(iso))
