"""What pages need from elsewhere, as protocols: the running cases and the directory of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.events import Actor, CapacityKind, Json
from workflows.contracts import Decision, Reassignment, Receipt, Reminder, Withdrawal


@dataclass(frozen=True, slots=True)
class Person:
    """A civil servant or official as the directory knows him."""

    id: str
    name: str
    """With degrees, as printed."""
    nip: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Capacity:
    """One position a person may act for now, and by what."""

    position: str
    title: str
    """With its prefix: ``Plt. Kepala Dinas …``."""
    kind: CapacityKind = "definitif"
    mandate: str = ""
    """Id of the acting appointment or mandate, empty for the holder."""
    unit: str = ""
    until: datetime | None = None
    organisation: str = ""

    def actor(self, person: Person) -> Actor:
        """The actor of a decision that ``person`` takes in this capacity."""
        return Actor(person.id, self.position, self.kind, self.mandate, person.name, self.title)


@dataclass(frozen=True, slots=True)
class Known:
    """A person as a page must know him."""

    person: Person
    capacities: tuple[Capacity, ...] = ()
    """Everything he may act for, his own post first."""
    functions: frozenset[str] = frozenset()
    """Desks he holds (``auditor``, ``operator-alur``, …), for pages that only a desk may open."""


class Directory(Protocol):
    """People and the positions they hold."""

    async def person_by_nip(self, nip: str) -> Person | None:
        """By 18 digits; an official without a NIP by his official mail address. None when nobody has it."""
        ...

    async def known(self, person: str, now: datetime) -> Known | None:
        """By id, with everything he may act for at this instant; None when there is nobody. Every page asks this."""
        ...


class Cases(Protocol):
    """The running cases. Every call refuses by a named error of ``engine.errors``; ``InProgress`` when the answer is late, ``Unavailable`` when nobody answers."""

    async def open_case(self, case_id: str, process: str, sha: str, opened: Json) -> Receipt:
        """Start a case from its pinned process text; the same ``case_id`` twice is one case."""
        ...

    async def decide(self, case_id: str, decision: Decision) -> Receipt:
        """Idempotent by ``decision.request_id``; returns after the act stands in the trail."""
        ...

    async def withdraw(self, case_id: str, withdrawal: Withdrawal) -> Receipt: ...

    async def reassign(self, case_id: str, reassignment: Reassignment) -> Receipt: ...

    async def remind(self, case_id: str, reminder: Reminder) -> Receipt: ...

    async def ring(self) -> None:
        """What is claimed of the timetable is opened now. Silent when nobody answers: the next morning opens it."""
        ...
