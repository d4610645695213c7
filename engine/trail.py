"""Events to JSON and back: what the trail stores and what crosses into activities."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

from engine.events import SYSTEM, Actor, Event, Json


def actor_to_json(actor: Actor) -> Json:
    """Only what is set."""
    return {name: part for name, part in asdict(actor).items() if part != "" or name == "person"}


def actor_from_json(obj: Json) -> Actor:
    return Actor(**obj)


def instant(at: datetime) -> str:
    """ISO text in UTC. ValueError for a time without zone."""
    if at.tzinfo is None:
        raise ValueError("a time without zone has no place in the trail")
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def moment(text: str) -> datetime:
    """The instant of an ISO text; ``Z`` is read as UTC."""
    return datetime.fromisoformat(text)


def event_to_json(event: Event) -> Json:
    """``{seq, at, kind, step, round, actor, request_id, data}``; empty parts are left out."""
    out: dict[str, Json] = {"seq": event.seq, "at": instant(event.at), "kind": event.kind}
    if event.step:
        out["step"] = event.step
    if event.round:
        out["round"] = event.round
    if event.actor != SYSTEM:
        out["actor"] = actor_to_json(event.actor)
    if event.request_id:
        out["request_id"] = event.request_id
    if event.data:
        out["data"] = event.data
    return out


def event_from_json(obj: Json) -> Event:
    """The event ``event_to_json`` gave. KeyError when a part is missing."""
    actor = actor_from_json(obj["actor"]) if "actor" in obj else SYSTEM
    return Event(
        seq=obj["seq"], at=moment(obj["at"]), kind=obj["kind"], step=obj.get("step", ""), round=obj.get("round", 0),
        actor=actor, request_id=obj.get("request_id", ""), data=obj.get("data", {}),
    )  # fmt: skip
