"""Rows of the trail: the canonical text that is hashed, chained per case; columns are copies for queries and are checked against the text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.chain import link
from engine.events import Event, Json
from engine.trail import actor_to_json, event_from_json, event_to_json, instant

_INSERT = text("""
    INSERT INTO trail (case_id, seq, at, kind, step, round, person, position, capacity, mandate, name, title, request_id, body, prev_hash, hash)
    SELECT :case, r.seq, r.at, r.kind, r.step, r.round, r.person, r.position, r.capacity, r.mandate, r.name, r.title, r.request_id, r.body,
           r.prev_hash, r.hash
    FROM jsonb_to_recordset(:rows) AS r (seq int, at timestamptz, kind text, step text, round int, person text, position text, capacity text,
         mandate text, name text, title text, request_id text, body text, prev_hash text, hash text)
    ON CONFLICT (case_id, seq) DO NOTHING
""")
_STORED = text("SELECT seq, body FROM trail WHERE case_id = :case AND seq BETWEEN :first AND :last ORDER BY seq")


class TrailForked(Exception):
    """What is to be recorded under a number differs from what already stands there. Never retried into success: an operator must look."""


def content(case_id: str, event: Event) -> dict[str, Json]:
    """What is hashed: the event as the engine writes it, the case, and the actor in full also where it is the machine."""
    return {**event_to_json(event), "case": case_id, "actor": actor_to_json(event.actor)}


def event_of(body: str) -> Event:
    """The event of a stored text."""
    stored = json.loads(body)
    return event_from_json({name: part for name, part in stored.items() if name not in ("case", "prev")})


def rows(case_id: str, events: Sequence[Event], head: str) -> tuple[list[dict[str, Any]], str]:
    """Rows to insert, each linked to the one before, and the new head of the chain."""
    out = []
    for event in events:
        body, digest = link(content(case_id, event), head)
        actor = event.actor
        out.append(
            {
                "seq": event.seq, "at": event.at.astimezone(UTC).isoformat(), "kind": event.kind, "step": event.step, "round": event.round,
                "person": actor.person, "position": actor.position, "capacity": actor.capacity, "mandate": actor.mandate, "name": actor.name,
                "title": actor.title, "request_id": event.request_id, "body": body, "prev_hash": head, "hash": digest,
            }
        )  # fmt: skip
        head = digest
    return out, head


async def append(connection: AsyncConnection, case_id: str, events: Sequence[Event], head: str) -> str:
    """Inserts in one statement; gives the new head. Raises TrailForked when a number was taken meanwhile (the caller holds the case's lock)."""
    new, head = rows(case_id, events, head)
    done = await connection.execute(_INSERT, {"case": case_id, "rows": json.dumps(new)})
    if done.rowcount != len(new):
        raise TrailForked(f"{case_id}: {len(new) - done.rowcount} of {len(new)} numbers were taken")
    return head


async def stored(connection: AsyncConnection, case_id: str, sent: Sequence[Event]) -> list[Event]:
    """What stands under the numbers of these events. Raises TrailForked when it is not the same."""
    if not sent:
        return []
    found = await connection.execute(_STORED, {"case": case_id, "first": sent[0].seq, "last": sent[-1].seq})
    events = [event_of(row.body) for row in found]
    same = len(events) == len(sent) and all(_names(one) == _names(other) for one, other in zip(events, sent, strict=True))
    if not same:
        raise TrailForked(f"{case_id}: events {sent[0].seq} to {sent[-1].seq} are not those already recorded")
    return events


def _names(event: Event) -> tuple[int, str, str, int, str, str, str]:
    return event.seq, event.kind, event.step, event.round, event.request_id, event.actor.person, instant(event.at)
