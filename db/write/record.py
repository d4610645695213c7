"""``record``: one transaction that appends events to the trail and applies them to everything people read. Idempotent on (case, seq)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.read.access import SECRET
from db.read.calendar import calendar
from db.read.processes import pinned_process
from db.write import attachments, numbers, read_model, rights, unique
from db.write.books import freeing
from db.write.changes import Changes, changes_of
from db.write.filling import FILLED, fill
from db.write.trail import append, stored
from engine.deadlines import instants
from engine.errors import AlreadyRecorded, FieldsInvalid, Known, OwnRequest, Refusal, RequestConflict
from engine.events import Event, Json
from engine.nodes import Within
from engine.outsiders import is_outsider
from engine.process import Process
from engine.row_form import row_of
from engine.rows import inside, laid, merge
from engine.trail import event_from_json, event_to_json
from engine.words import NEGATIVE
from forms import canonical

SUBJECTS = ("perihal", "hal", "judul", "tentang", "nama_kegiatan", "maksud", "keperluan")
"""Fields whose text stands for the case in lists, in this order."""
SECRECY = ("biasa", "terbatas", "rahasia", "sangat-rahasia")
ZONE = "Asia/Jakarta"

_OPEN_CASE = text("""
    INSERT INTO "case" (id, process, sha, title, unit, starter, starter_position, opened_at, due_at, parent_case, parent_step)
    VALUES (:id, :process, :sha, :title, :unit, :starter, :position, :at, :due, :parent_case, :parent_step) ON CONFLICT (id) DO NOTHING
""")
_LOCK = text('SELECT sha, last_seq, head, status, starter, form FROM "case" WHERE id = :case FOR UPDATE')
_MOVE_CASE = text("""
    UPDATE "case" SET last_seq = :seq, head = :head, form_seq = greatest(form_seq, :form_seq), form = coalesce(CAST(:form AS jsonb), form),
      subject = coalesce(:subject, subject), secrecy = coalesce(:secrecy, secrecy), status = CASE WHEN :result = '' THEN status ELSE 'ended' END,
      result = CASE WHEN :result = '' THEN result ELSE :result END, ended_at = coalesce(:ended, ended_at)
    WHERE id = :case
""")
_SUBMISSION = text("SELECT values, sha FROM submission WHERE id = :id")


class RecordGap(Exception):
    """Events before these are not there yet (or the case is not): try again; the missing ones are on their way."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """``events``: the stored form of each event that the database filled in. ``refused``: nothing of the batch was stored."""

    events: tuple[Json, ...] = ()
    refused: Known | None = None


async def record(engine: AsyncEngine, case_id: str, events: Sequence[Json], sha: str = "", zone: str = ZONE) -> Recorded:
    """Appends in one transaction of its own. A refusal (capacity ended, separation of duties …) is a value and leaves nothing behind.

    Raises RecordGap (retry) when earlier events are missing, TrailForked when other events stand under these numbers."""
    try:
        async with engine.begin() as connection:
            filled = await append_events(connection, case_id, [event_from_json(event) for event in events], sha, zone)
    except Refusal as refused:
        return Recorded(refused=Known.of(refused))
    except IntegrityError as error:
        known = _refusal_of(error)
        if known is None:
            raise
        return Recorded(refused=Known.of(known))
    return Recorded(tuple(event_to_json(event) for event in filled if event.kind in FILLED))


def _refusal_of(error: IntegrityError) -> Refusal | None:
    """The refusal behind a constraint, by the constraint's name."""
    name = getattr(getattr(error.orig, "diag", None), "constraint_name", None) or ""
    if name == "ck_task_separation_of_duties":
        return OwnRequest()
    if name == "uq_case_key_held":
        return AlreadyRecorded()
    return RequestConflict() if name == "uq_trail_request" else None


async def append_events(connection: AsyncConnection, case_id: str, events: Sequence[Event], sha: str, zone: str) -> list[Event]:
    """The work of ``record`` inside the caller's transaction; gives every event as it is stored."""
    if not events:
        return []
    if events[0].kind == "case-opened":
        await _open_case(connection, case_id, events[0], sha, zone)
    head = (await connection.execute(_LOCK, {"case": case_id})).one_or_none()
    if head is None:
        raise RecordGap(f"{case_id} is not open yet")
    known = await stored(connection, case_id, [event for event in events if event.seq <= head.last_seq])
    fresh = [event for event in events if event.seq > head.last_seq]
    if not fresh:
        return known
    if [event.seq for event in fresh] != list(range(head.last_seq + 1, head.last_seq + 1 + len(fresh))):
        raise RecordGap(f"{case_id} stands at {head.last_seq}; {fresh[0].seq} does not follow")
    process = await pinned_process(connection, head.sha)
    for event in fresh:
        await rights.check(connection, case_id, event)
    filled = await fill(connection, fresh, zone)
    chain = await append(connection, case_id, filled, head.head)
    changes = changes_of(process, filled)
    if changes.result and head.starter and not head.starter.startswith("sistem"):
        changes.outbox += _ended_notice(filled[-1], head.starter)
    form = await _merged(connection, head.form, changes.values) if changes.values else None
    _name_rows(process, changes, head.form if form is None else form)
    await read_model.apply(connection, case_id, changes)
    await _move_case(connection, case_id, filled[-1].seq, chain, changes, form)
    await _follow(connection, case_id, process, filled, form, changes)
    await freeing.follow(connection, case_id, process, filled, zone)
    return [*known, *filled]


async def _open_case(connection: AsyncConnection, case_id: str, event: Event, sha: str, zone: str) -> None:
    data = event.data
    starter, parent = data.get("starter") or {}, data.get("parent") or {}
    process = await pinned_process(connection, str(data.get("sha") or sha))
    values = {
        "id": case_id, "process": str(data.get("process") or process.code), "sha": str(data.get("sha") or sha),
        "title": str(data.get("title") or process.title.id), "unit": str(data.get("unit") or starter.get("unit") or ""),
        "starter": str(starter.get("person") or event.actor.person), "position": str(starter.get("position") or ""), "at": event.at,
        "due": await _promised(connection, process, event, zone), "parent_case": parent.get("case"), "parent_step": parent.get("step"),
    }  # fmt: skip
    await connection.execute(_OPEN_CASE, values)


async def _promised(connection: AsyncConnection, process: Process, event: Event, zone: str) -> datetime | None:
    if process.sla.n is None:
        return None
    days = await calendar(connection, zone)
    return instants(Within(process.sla.n, process.sla.kind), (), event.at, days)[0]


async def _follow(
    connection: AsyncConnection, case_id: str, process: Process, events: Sequence[Event], form: dict[str, Json] | None, changes: Changes
) -> None:
    """What the filled form means beyond the case: its files, and the key by which the same matter is found again."""
    advanced = any(e.kind == "decided" and e.data.get("effect") in ("next", "skip") for e in events)
    if form is not None:
        await attachments.keep(connection, case_id, process, form, events[-1])
        if process.unique and advanced:
            await unique.hold(connection, case_id, process, form)
    if process.unique and changes.result in NEGATIVE:
        await unique.release(connection, case_id)


def _name_rows(process: Process, changes: Changes, form: dict[str, Json]) -> None:
    """A task inside ``Each`` is told from its neighbours by what its row is called; of a secret case the inbox says no more than before."""
    if form.get("sifat") in SECRET:
        return
    for (instance, _), row in changes.opened.items():
        if "@" in instance and row["ask"] != "repair" and "#" not in instance:
            row["row"] = row_of(process, form, instance).name[:120]


async def _move_case(connection: AsyncConnection, case_id: str, seq: int, chain: str, changes: Changes, form: dict[str, Json] | None) -> None:
    """The row of the case, with the form where this batch changed it."""
    subject = next((str(form[name]) for name in SUBJECTS if form.get(name)), None) if form is not None else None
    secrecy = form.get("sifat") if form is not None and form.get("sifat") in SECRECY else None
    values = {
        "case": case_id, "seq": seq, "head": chain, "form_seq": changes.form_seq, "form": json.dumps(form) if form is not None else None,
        "subject": subject, "secrecy": secrecy, "result": changes.result, "ended": changes.ended_at or None,
    }  # fmt: skip
    await connection.execute(_MOVE_CASE, values)
    if changes.result:
        await numbers.end_with_case(connection, case_id, datetime.fromisoformat(changes.ended_at))


async def _merged(connection: AsyncConnection, form: dict[str, Json], parts: list[dict[str, Json]]) -> dict[str, Json]:
    """The form with what the batch filled in. A submission must be there and be the one whose hash the decision names (FieldsInvalid)."""
    merged = dict(form)
    for part in parts:
        filled = part.get("@filled")
        given = await _submitted(connection, filled) if filled else {name: value for name, value in part.items() if not name.startswith("@")}
        merged |= _of_row(merged, given, part) if part.get("@of") else given
    return merged


def _of_row(form: dict[str, Json], given: dict[str, Json], part: dict[str, Json]) -> dict[str, Json]:
    """A row keeps its own values, and the case shows the newest answer, of a table what all rows gave; the list walked itself gets its row changed, as in
    the state (engine.fold.store, engine.scope)."""
    lists = {name: row for name, row in part["@rows"].items() if name in given and isinstance(form.get(name), list)}
    changed = {name: merge(form[name], given[name], row) for name, row in lists.items()}
    rows = str(part["@of"]).split("@")
    own = {name: inside(value, rows) if _is_table(value) else value for name, value in given.items() if name not in lists}
    whole = {name: laid(form.get(name), value, rows) if _is_table(value or form.get(name)) else value for name, value in own.items()}
    place = f"@{part['@of']}"
    return {**(whole if part.get("@filled") else {}), place: {**(form.get(place) or {}), **own}, **changed}


def _is_table(value: Json) -> bool:
    return isinstance(value, list) and any(isinstance(row, dict) and "_id" in row for row in value)


async def _submitted(connection: AsyncConnection, filled: Json) -> dict[str, Json]:
    row = (await connection.execute(_SUBMISSION, {"id": filled["id"]})).one_or_none()
    if row is None or row.sha != filled["sha"] or canonical.sha256(row.values) != filled["sha"]:
        raise FieldsInvalid({}, "Isian yang dikirim bersama keputusan ini tidak ditemukan atau berubah. Muat ulang halaman lalu kirim lagi.")
    return dict(row.values)


def _ended_notice(event: Event, starter: str) -> list[dict[str, Any]]:
    base = {
        "seq": event.seq,
        "recipient": starter if is_outsider(starter) else f"orang:{starter}",
        "kind": "berakhir",
        "instance": "",
        "text": "",
        "queued_at": event.at.isoformat(),
    }
    return [{**base, "channel": channel} for channel in ("aplikasi", "surel")]
