"""May this person act in this capacity on this task now? Asked again under the case's lock, whatever the page and the shell thought."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.access import may_read
from db.read.handing import handers
from engine.errors import ActingForbidden, MandateEnded, NotAllowed, TaskClosed, WrongCapacity
from engine.events import Event

PERSONAL = frozenset(
    {
        "decided", "disposed", "branch-read", "branch-reported", "branch-asked", "branch-answered", "branch-refused", "branch-withdrawn",
        "reassigned", "nudged",
    }
)  # fmt: skip
"""Kinds that are somebody's act when their actor is a person."""
HOLDER = {"definitif": "definitif", "fungsi": "definitif"}

_RIGHT = text("""
    SELECT (SELECT to_jsonb(h) FROM held_at(:at) h WHERE h.seat = :position AND h.person = :person AND h.capacity = :capacity
              AND (:mandate = '' OR h.mandate = :mandate) LIMIT 1) AS held,
           (SELECT a.ends FROM acting a WHERE a.id = :mandate AND a.person = :person AND a.position = :position) AS mandate_ends,
           (SELECT c.starter FROM "case" c WHERE c.id = :case) AS starter,
           (SELECT jsonb_build_object('status', t.status, 'needs', t.needs, 'mine', EXISTS (
                SELECT 1 FROM task_position p WHERE p.task_id = t.id AND p.position = :position), 'positions', t.positions)
              FROM task t WHERE t.case_id = :case AND t.instance = :instance AND t.round = :round) AS task
""")


async def check(connection: AsyncConnection, case_id: str, event: Event) -> None:
    """One statement. Refuses: WrongCapacity, MandateEnded, ActingForbidden, TaskClosed, NotAllowed (an outsider on a case that is not his and on no task given to him)."""
    actor = event.actor
    if event.kind not in PERSONAL or actor.person == "sistem":
        return
    asked = {
        "at": event.at, "person": actor.person, "position": actor.position, "capacity": HOLDER.get(actor.capacity, actor.capacity),
        "mandate": actor.mandate, "case": case_id, "instance": event.step, "round": event.round,
    }  # fmt: skip
    row = (await connection.execute(_RIGHT, asked)).one()
    if actor.capacity == "pihak-luar":
        if actor.person != row.starter and not (row.task is not None and row.task["mine"] and actor.position == actor.person):
            raise NotAllowed
    elif row.held is None:
        raise _no_longer(row, event.at)
    if event.kind in ("nudged", "reassigned"):
        await _may_reach(connection, case_id, event, row)
    _on_task(event, row)


async def _may_reach(connection: AsyncConnection, case_id: str, event: Event, row: Row[Any]) -> None:
    """To hand a task over is for whoever stands above one of its seats, and for the operator; to remind, for whoever may read the case."""
    actor = event.actor
    if event.kind == "nudged":
        if not await may_read(connection, case_id, actor.person, event.at):
            raise NotAllowed
    elif event.data.get("aside"):
        if row.task is None or not row.task["mine"]:
            raise WrongCapacity
    elif row.task is None or not await handers(connection, [actor.position], row.task["positions"]):
        raise NotAllowed("Hanya atasan pemegang tugas ini yang dapat mengalihkannya. Mintalah kepadanya, atau ingatkan pemegangnya.")


def _no_longer(row: Row[Any], at: datetime) -> Exception:
    if row.mandate_ends is not None and row.mandate_ends <= at:
        return MandateEnded()
    return WrongCapacity("Anda tidak memegang jabatan ini sekarang. Pilih jabatan lain, atau minta tugas ini dialihkan.")


def _on_task(event: Event, row: Row[Any]) -> None:
    """``decided`` is on a task of its own. An act on a branch may be its giver's, who is checked by the engine's turn rule."""
    task = row.task
    if task is None:
        if event.kind == "decided":
            raise TaskClosed
        return
    forbidden = set(task["needs"]) & set(row.held["forbids"]) if row.held else set()
    if forbidden and event.kind in ("decided", "branch-reported"):
        raise ActingForbidden
    if event.kind != "decided":
        return
    if task["status"] not in ("offered", "claimed"):
        raise TaskClosed
    if not task["mine"] and event.actor.capacity != "pihak-luar":
        raise WrongCapacity
