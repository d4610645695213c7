"""The first event of a case. Everything later conditions may ask about the starter and the applicant is fixed here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from engine.events import Actor, Event, Json
from engine.process import Process
from engine.relevance import asked_of_applicant

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Party:
    """A starter or an applicant: who, on which seat, in which organisation (never a bureau inside one), and attributes (``engine.ranks``)."""

    person: str
    position: str = ""
    unit: str = ""
    attributes: dict[str, Json] = field(default_factory=dict)

    def to_json(self, asked: frozenset[str]) -> dict[str, Json]:
        """With those attributes that are asked for."""
        known = {name: value for name, value in self.attributes.items() if name in asked}
        return {"person": self.person, "position": self.position, "unit": self.unit, **known}


@dataclass(frozen=True, slots=True)
class Parent:
    """The case and step that opened this one."""

    case: str
    step: str
    unit: str = ""


def case_opened(
    process: Process, sha: str, case_id: str, actor: Actor, starter: Party, now: datetime, *, applicant: Party | None = None,
    parent: Parent | None = None, values: dict[str, Json] | None = None, title: str = "", zone: str = "Asia/Jakarta", unit: str = "",
) -> Event:  # fmt: skip
    """``values``: what the opening case hands over (engine.relevance.trim'd by the caller). The unit is the applicant's, else the starter's;
    for an outsider, who has none, ``unit`` (the organisation that handles it).
    ``zone``: the city's; ``today`` in conditions is its date."""
    who, asked = applicant or starter, asked_of_applicant(process)
    return Event(1, now, "case-opened", actor=actor, data={
        "case": case_id, "process": process.code, "sha": sha, "title": title or process.title.id, "unit": who.unit or starter.unit or unit,
        "starter": starter.to_json(asked), "applicant": who.to_json(asked),
        "parent": {"case": parent.case, "step": parent.step, "unit": parent.unit} if parent else None, "values": values or {}, "zone": zone,
    })  # fmt: skip


def child_id(key: str, unit: str) -> str:
    """26 characters in the alphabet of a ULID, the same for the same key and unit."""
    number = int.from_bytes(hashlib.sha256(f"{key}/{unit}".encode()).digest()[:16], "big")
    out = ""
    for _ in range(26):
        number, rest = divmod(number, 32)
        out = CROCKFORD[rest] + out
    return out
