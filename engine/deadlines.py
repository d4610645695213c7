"""From a limit and a ladder to instants, fixed when the task opens. Day 0 is excluded; a term ends at close of office on its last day.

Rungs count in the step's own kind: ``remind 1`` of a working-day step is one office day after it is late. ``deemed`` and ``end`` without
a number come at the moment of lateness itself, or one day (hour) after the rung they stand behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from engine.calendar import Calendar
from engine.evaluate import ends
from engine.events import Json
from engine.nodes import DeadlineKind, Rung, Within
from engine.trail import instant


def instants(
    within: Within | None, on_late: Sequence[Rung], opened_at: datetime, calendar: Calendar, anchors: Mapping[str, Json] | None = None
) -> tuple[datetime | None, list[datetime | None]]:
    """When the step is due and when each rung fires; None for a rung whose anchor is empty or that has no limit to count from."""
    kind: DeadlineKind = within.kind if within else "working"
    due = _after(opened_at, within.n, kind, calendar) if within else None
    fires: list[datetime | None] = []
    behind: datetime | None = None
    for rung in on_late:
        at = _rung(rung, due, behind, kind, calendar, (anchors or {}).get(rung.anchor))
        fires.append(at)
        behind = at or behind
    return due, fires


def _rung(rung: Rung, due: datetime | None, behind: datetime | None, kind: DeadlineKind, calendar: Calendar, anchor: Json) -> datetime | None:
    base = due
    if rung.anchor:
        both = ends(anchor)
        if both is None:
            return None
        base = calendar.closes(both[1])
    if base is None:
        return None
    if rung.after is None:
        return base if behind is None else _after(behind, 1, kind, calendar)
    return _before(base, rung.after, kind, calendar) if rung.before else _after(base, rung.after, kind, calendar)


def _after(at: datetime, n: int, kind: DeadlineKind, calendar: Calendar) -> datetime:
    if kind == "hours":
        return at + timedelta(hours=n)
    day = calendar.local(at).date()
    return calendar.closes(calendar.add(day, n) if kind == "working" else day + timedelta(days=n))


def _before(at: datetime, n: int, kind: DeadlineKind, calendar: Calendar) -> datetime:
    """A reminder before the due date comes when the office opens that day."""
    if kind == "hours":
        return at - timedelta(hours=n)
    day = calendar.local(at).date()
    return calendar.opens(calendar.add(day, -n) if kind == "working" else day - timedelta(days=n))


def until(value: Json, calendar: Calendar) -> datetime | None:
    """When a wait until a date is over: an instant as it is; a date when the office opens; a range at close of office on its last day."""
    if isinstance(value, dict):
        both = ends(value)
        return calendar.closes(both[1]) if both else None
    if isinstance(value, str) and "T" in value:
        at = datetime.fromisoformat(value)
        return at if at.tzinfo else at.replace(tzinfo=calendar.local(calendar.opens(at.date())).tzinfo)
    both = ends(value)
    return calendar.opens(both[0]) if both else None


def schedule(data: Mapping[str, Json], opened_at: datetime, calendar: Calendar) -> dict[str, Json]:
    """``due`` and ``rungs`` for the data of a ``task-opened`` event (its ``within``, ``on_late``, ``anchors``, ``until``, ``reached``).

    A rung that already lies in the past when the task opens fires at once, save a reminder, which is left out.
    """
    within = Within(data["within"]["n"], data["within"]["kind"]) if data.get("within") else None
    ladder = [Rung(**r) for r in data.get("on_late") or ()]
    due, fires = instants(within, ladder, opened_at, calendar, data.get("anchors"))
    rungs: list[dict[str, Json]] = []
    for rung, at in zip(ladder, fires, strict=True):
        if at is None or (rung.do == "remind" and at <= opened_at):
            continue
        rungs.append(_json(rung.do, at, rung.to, rung.outcome, rung.result))
    reached = until(data.get("until"), calendar)
    if reached is not None and data.get("reached"):
        rungs.append(_json("deemed", reached, "", str(data["reached"]), ""))
        due = reached if due is None else min(due, reached)
    return {"due": instant(due) if due else None, "rungs": rungs}


def _json(do: str, at: datetime, to: str, outcome: str, result: str) -> dict[str, Json]:
    parts = {"do": do, "at": instant(at), "to": to, "outcome": outcome, "result": result}
    return {name: part for name, part in parts.items() if part}


def branch_due(due: str, calendar: Calendar) -> str:
    """Instant of a disposition branch's due date: close of office that day; "" for none."""
    both = ends(due)
    return instant(calendar.closes(both[1])) if both else ""


def add_days(day: date, n: int, kind: DeadlineKind, calendar: Calendar) -> date:
    """The date n days after, in that kind; hours do not move a date."""
    if kind == "working":
        return calendar.add(day, n)
    return day + timedelta(days=n) if kind == "calendar" else day
