"""What only the database knows of an event: to which positions it goes, when it is due, when its rungs fire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.calendar import calendar
from db.read.positions import resolve
from engine.deadlines import branch_due, schedule
from engine.errors import RecipientInvalid
from engine.events import Event, Json
from engine.holders import OPERATOR
from engine.outsiders import outsiders

FILLED = ("task-opened", "escalated", "disposed")
ASKED = ("by", "within", "on_late", "anchors", "until", "reached")
"""What ``task-opened`` came with and what positions, due and rungs replace."""
TO_OPERATOR = [{"role": "operator-alur", "expr": OPERATOR}]


async def fill(connection: AsyncConnection, events: Sequence[Event], zone: str) -> list[Event]:
    """The events with positions, due instants and rungs: two or three statements for the whole batch, none when nothing is asked.

    Refuses a disposition or reassignment to a position that does not exist or is closed (RecipientInvalid)."""
    for event in events:
        if event.kind == "reassigned":
            await _known(connection, event.data["positions"])
    asked = [event for event in events if event.kind in FILLED]
    if not asked:
        return list(events)
    addressed = [event for event in asked if "by" in event.data or _excluded_roles(event)]
    barring = [event for event in addressed if _excluded_roles(event)]
    addresses = [*(event.data.get("by") or TO_OPERATOR for event in addressed), *(_excluded_roles(event) for event in barring)]
    found = await resolve(connection, addresses, asked[0].at, exact=range(len(addressed), len(addresses)))
    barred = {event.seq: one.positions for event, one in zip(barring, found[len(addressed) :], strict=True)}
    filled = {
        event.seq: _addressed(event, (*one.positions, *outsiders(one.outside)), one.vacant, barred.get(event.seq, ()))
        for event, one in zip(addressed, found, strict=False)
    }  # fmt: skip
    days = await calendar(connection, zone) if any(event.kind != "escalated" for event in asked) else None
    out = []
    for event in events:
        data = filled.get(event.seq, event.data)
        if event.kind == "task-opened" and days is not None:
            data = {**{k: v for k, v in data.items() if k not in ASKED}, **schedule(event.data, event.at, days)}
        elif event.kind == "disposed" and days is not None:
            await _known(connection, [b["position"] for b in data["branches"]])
            data = {**data, "branches": [{**b, "due_at": branch_due(b.get("due") or "", days)} for b in data["branches"]]}
        out.append(replace(event, data=data) if data is not event.data else event)
    return out


def _excluded_roles(event: Event) -> Json:
    return (event.data.get("excludes") or {}).get("roles") or []


def _addressed(event: Event, positions: tuple[str, ...], vacant: bool, barred: tuple[str, ...]) -> dict[str, Json]:
    data = dict(event.data)
    data["roles"] = [entry["role"] for entry in data.pop("by", None) or TO_OPERATOR]
    data["positions"] = list(positions)
    if vacant:
        data["vacant"] = True
    if barred:
        data["excludes"] = {**{k: v for k, v in data["excludes"].items() if k != "roles"}, "positions": list(barred)}
    return data


async def _known(connection: AsyncConnection, codes: Sequence[str]) -> None:
    rows = await connection.execute(text("SELECT code FROM position WHERE code = ANY(:codes) AND active"), {"codes": list(codes)})
    missing = sorted(set(codes) - set(rows.scalars()))
    if missing:
        raise RecipientInvalid(f"Jabatan {', '.join(missing)} tidak ada atau sudah ditutup. Pilih penerima dari daftar jabatan.")
