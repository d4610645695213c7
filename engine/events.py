"""The closed list of things that can happen to a case. An event is one appended line of the trail, the legal record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = Any
"""str, int, bool, None, or lists and string-keyed dicts of these. No floats: money is whole rupiah, decimals are strings."""

CapacityKind = Literal["definitif", "plt", "plh", "pj", "pjs", "fungsi", "pihak-luar", "sistem"]

Kind = Literal[
    "case-opened",  # data: case (its id), zone | None, process, sha, title, unit, starter {..}, applicant {attributes}, parent {case, step} | None, values {}
    "condition",  # data: name, value: bool, facts: {name: value used}
    "rows",  # an Each reached: data: name, rows: [row ids]
    "task-opened",  # data: by, within, on_late, anchors, excludes, definitive, until, reached (engine.advance); positions: [codes], due: iso | None, rungs: [Rung as json with at], kind: task|sign|dispose|wait|branch|repair
    "decided",  # data: outcome, effect, target, reason, values {} (fields and facts), filled {id, sha} | None, shown: sha, envelope: id,
    #            deemed: bool, cleared: [instance/round] of a return (their holds and bookings are freed),
    #            marks {field: what must be mended} of a return, for: party the desk acted for
    "voided",  # an open task closed without a decision: data: cause
    "act-started",  # a machine act became due: data: act, key
    "act-done",  # data: key, gives {}, documents [{code, sha, number, ...}], detail {}
    "act-failed",  # data: key, cause, message, attempts; a repair task opens for the operator
    "sign-refused",  # the signer must act again: data: cause (bad_secret, not_enrolled, revoked, envelope_gone), message
    "reminded",  # data: rung: int
    "escalated",  # data: rung: int, to: role, by: address, positions: [codes]
    "disposed",  # data: parent: branch | 0, branches: [{id, position, role, instructions: [..], due, due_at (filled in), note}], replaces: branch | absent
    "branch-read",
    "branch-reported",  # data: text, attachments [ids], kept: bool (a refused branch that its giver settled himself)
    "branch-asked",  # data: question, turn: [position whose move it is now]
    "branch-answered",  # data: answer, turn
    "branch-refused",  # data: reason, turn
    "branch-withdrawn",  # data: reason
    "clock-stopped",  # data: cause
    "clock-started",
    "rescheduled",  # the calendar changed: data: cause (the decree), order (id of the recount), due, was_due, rungs, was_rungs; step "": the promise of the case
    "reassigned",  # data: positions, was: [positions], reason, aside: true where the holder declared a conflict of interest
    "nudged",  # data: to: [positions]
    "refused",  # the database refused what the shell had accepted: data: code, outcome; changes nothing in the state
    "withdrawn",  # the applicant took the case back: data: reason
    "noted",  # data: kind, text and whatever an auditor should see; changes nothing in the state
    "ended",  # data: result, step, outcome
]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it and in which capacity, as it was at that instant."""

    person: str
    """Person id (ULID), ``sistem`` for the machine, or ``luar:<party>``."""
    position: str = ""
    """Code of the position acted for."""
    capacity: CapacityKind = "definitif"
    mandate: str = ""
    """Id of the acting appointment or mandate, empty for the holder."""
    name: str = ""
    """Name as printed at that time; the trail must be readable without the directory."""
    title: str = ""
    """Position title with prefix (Plt., Plh.) as printed at that time."""


SYSTEM = Actor(person="sistem", capacity="sistem", name="Sistem", title="Sistem")


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the trail. ``(case_id, seq)`` is its identity; ``seq`` starts at 1 and has no gap."""

    seq: int
    at: datetime
    """UTC, aware."""
    kind: Kind
    step: str = ""
    """Instance: step name, ``@row`` per Each around it, ``#n`` for a disposition branch: ``paraf-koordinasi@bappeda``, ``disposisi-pimpinan#2``."""
    round: int = 0
    """1 at the first entry; a return starts the next."""
    actor: Actor = SYSTEM
    request_id: str = ""
    """Of the decision that caused it; unique per case."""
    data: dict[str, Json] = field(default_factory=dict)
