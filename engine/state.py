"""The state of a case: the fold of its trail. Frozen; ``engine.fold`` makes the next one. Its size follows the process, not the trail."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Literal

from engine.events import Json

Status = Literal["opening", "open", "acting", "failed", "disposed", "done", "gone"]
"""``opening``: recorded, its positions not yet known. ``acting``: the machine is at work. ``disposed``: waits for its branches.
``gone``: cleared or no longer needed while open; ``advance`` voids it."""

ACTIVE: frozenset[str] = frozenset({"opening", "open", "acting", "failed", "disposed"})

Turn = Literal["receiver", "giver", "over"]


@dataclass(frozen=True, slots=True)
class Timer:
    """One rung of the ladder of an open step, with its instant."""

    do: str
    at: str
    """ISO instant, UTC; "" until the database has filled it in."""
    to: str = ""
    outcome: str = ""
    result: str = ""
    fired: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """One receiver of a disposition. ``parent`` 0 is the head who disposed first."""

    id: int
    parent: int
    position: str
    role: str
    """utama, pendukung, tembusan."""
    instructions: tuple[str, ...] = ()
    due: str = ""
    """Date (or instant) given by the giver."""
    due_at: str = ""
    """Instant, filled in by the database."""
    note: str = ""
    status: Literal["open", "asked", "passed", "reported", "refused", "withdrawn", "kept", "replaced", "gone"] = "open"
    read: bool = False
    person: str = ""
    """Who acted last on it as receiver."""
    reminded: bool = False

    @property
    def holds(self) -> bool:
        """It keeps its giver from going on: not a copy, and neither reported nor settled otherwise."""
        return self.role != "tembusan" and self.status in ("open", "asked", "passed", "refused")

    @property
    def turn(self) -> Turn:
        """Whose move it is. A copy is over once it is read."""
        if self.role == "tembusan" and self.read:
            return "over"
        if self.status in ("asked", "refused"):
            return "giver"
        return "receiver" if self.status in ("open", "passed") else "over"


@dataclass(frozen=True, slots=True)
class StepState:
    """One instance of a leaf in its current round."""

    kind: str
    """task, sign, dispose, wait, issue, notify, call, open, supply, repair."""
    round: int
    status: Status
    positions: tuple[str, ...] = ()
    due: str = ""
    timers: tuple[Timer, ...] = ()
    outcome: str = ""
    person: str = ""
    position: str = ""
    opened: str = ""
    """Instant at which it opened."""
    paused: str = ""
    """Cause, while the step has stopped the clock."""
    envelope: str = ""
    """Of a signature, only while acting."""
    actor: Json = None
    """Who decided, only while a signature is acting."""
    tries: int = 0
    """How often the act was started in this round."""
    branches: tuple[Branch, ...] = ()
    reason: str = ""
    """Why it is gone, once it is."""

    @property
    def active(self) -> bool:
        return self.status in ACTIVE


@dataclass(frozen=True, slots=True)
class Given:
    """A value with the instance that gave it; ``at`` is the number of that event."""

    value: Json
    by: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class ClockStop:
    """Since when the statutory clock stands still, why, and the step whose next act starts it."""

    at: str
    cause: str
    step: str


@dataclass(frozen=True, slots=True)
class State:
    """Everything the engine needs to know of a case. ``seq`` is that of the last event folded; 0 = nothing happened yet."""

    seq: int = 0
    case: str = ""
    process: str = ""
    sha: str = ""
    opened: str = ""
    """Instant."""
    zone: str = "Asia/Jakarta"
    unit: str = ""
    starter: dict[str, Json] = field(default_factory=dict)
    """person, position, unit, … of who opened the case."""
    applicant: dict[str, Json] = field(default_factory=dict)
    """person, position, unit and the attributes conditions ask for (jabatan, golongan, kepala_unit, …)."""
    parent: dict[str, Json] = field(default_factory=dict)
    """case, step, unit of the case that opened this one."""
    given: dict[str, dict[str, Given]] = field(default_factory=dict)
    """Values by name, then by the rows of ``Each`` they belong to ("" = the case)."""
    offered: dict[str, Json] = field(default_factory=dict)
    """Facts emptied by a return: what they were."""
    steps: dict[str, StepState] = field(default_factory=dict)
    """Current instances; a return drops them."""
    rounds: dict[str, int] = field(default_factory=dict)
    """How often each instance was entered."""
    conditions: dict[str, bool] = field(default_factory=dict)
    """Decided conditions by instance."""
    rows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Frozen rows by instance of ``Each``."""
    jumps: dict[str, str] = field(default_factory=dict)
    """Done instances that skipped ahead → the step they skipped to."""
    actors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Persons who acted, by step name, in any round."""
    aside: tuple[str, ...] = ()
    """Persons who declared a conflict of interest: they act on nothing of this case any more."""
    nudged: dict[str, str] = field(default_factory=dict)
    """Instant of the last reminder somebody sent, by instance or branch."""
    taken: dict[str, int] = field(default_factory=dict)
    """How often each outcome was taken, by ``step:outcome``, whatever came after (engine.expr.times)."""
    numbers: dict[str, str] = field(default_factory=dict)
    """Number of each document that has one, by its code; inside ``Each`` by ``code@row``."""
    stop: ClockStop | None = None
    """The current stop of the statutory clock."""
    stopped: int = 0
    """Seconds the clock stood still before the current stop."""
    version: int = 0
    """``seq`` of the last event that changed the form, the facts or a document."""
    ending: tuple[str, str, str] | None = None
    """(result, step, outcome) decided, not yet recorded as the end."""
    result: str = ""
    """Set when the case has ended."""

    @property
    def over(self) -> bool:
        return bool(self.result)

    @property
    def paused(self) -> str:
        """Cause while the statutory clock stands still."""
        return self.stop.cause if self.stop else ""

    def value(self, name: str, rows: tuple[str, ...] = ()) -> Json:
        """The value of a field or fact for these rows, else for the rows around them, else for the case; None when empty."""
        found = self.given.get(name)
        if found is None:
            return None
        for depth in range(len(rows), -1, -1):
            one = found.get("@".join(rows[:depth]))
            if one is not None:
                return one.value
        return None


def empty() -> State:
    return State()


_PARTS: dict[str, type[Timer | Branch]] = {"timers": Timer, "branches": Branch}
_DEFAULTS: dict[type[object], tuple[tuple[str, object], ...]] = {}


def _pack(value: object) -> dict[str, Json]:
    """Fields that differ from a fresh value; nested parts as dicts."""
    cls = type(value)
    known = _DEFAULTS.get(cls)
    if known is None:
        known = _DEFAULTS[cls] = tuple((f.name, f.default) for f in fields(cls))  # type: ignore[arg-type]
    out: dict[str, Json] = {}
    for name, default in known:
        part = getattr(value, name)
        if part is not default and part != default:
            out[name] = [_pack(p) for p in part] if name in _PARTS else list(part) if isinstance(part, tuple) else part
    return out


def _unpack(obj: dict[str, Json]) -> dict[str, Json]:
    out: dict[str, Json] = {}
    for name, part in obj.items():
        cls = _PARTS.get(name)
        if cls is not None:
            out[name] = tuple(cls(**_unpack(p)) for p in part)
        else:
            out[name] = tuple(part) if isinstance(part, list) and name in ("positions", "instructions") else part
    return out


def to_json(state: State) -> Json:
    """Plain JSON of the whole state; what continue-as-new carries."""
    out = {f.name: getattr(state, f.name) for f in fields(State)}
    out["given"] = {name: {rows: [g.value, g.by, g.at] for rows, g in by.items()} for name, by in state.given.items()}
    out["steps"] = {name: _pack(step) for name, step in state.steps.items()}
    out["rows"] = {name: list(rows) for name, rows in state.rows.items()}
    out["actors"] = {name: list(people) for name, people in state.actors.items()}
    out["aside"] = list(state.aside)
    out["stop"] = None if state.stop is None else [state.stop.at, state.stop.cause, state.stop.step]
    out["ending"] = None if state.ending is None else list(state.ending)
    return {name: dict(part) if isinstance(part, dict) else part for name, part in out.items()}


def from_json(obj: Json) -> State:
    """The state ``to_json`` gave. TypeError or KeyError on anything else."""
    parts = dict(obj)
    parts["given"] = {name: {rows: Given(*g) for rows, g in by.items()} for name, by in obj["given"].items()}
    parts["steps"] = {name: StepState(**_unpack(step)) for name, step in obj["steps"].items()}
    parts["rows"] = {name: tuple(rows) for name, rows in obj["rows"].items()}
    parts["actors"] = {name: tuple(people) for name, people in obj["actors"].items()}
    parts["aside"] = tuple(obj.get("aside") or ())
    parts["stop"] = None if obj["stop"] is None else ClockStop(*obj["stop"])
    parts["ending"] = None if obj["ending"] is None else tuple(obj["ending"])
    return State(**parts)


def with_step(state: State, instance: str, step: StepState) -> State:
    """The state with this one step changed."""
    return replace(state, steps={**state.steps, instance: step})
