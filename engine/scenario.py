"""A short story that must stay true of a process: played on the pure engine here, and on the real server by the tests of workflows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from engine import acts, disposition, timers
from engine import withdraw as withdrawals
from engine.calendar import Calendar, zone_of
from engine.disposed import branch_id, find
from engine.errors import Refusal
from engine.evaluate import local_date
from engine.events import Actor, CapacityKind, Event, Json
from engine.nodes import SUPERIOR
from engine.process import Process
from engine.rehearsal import CALENDAR, Rehearsal
from engine.state import State
from engine.trail import moment

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday 23 November 2026, 09.00 in Jakarta."""
BETWEEN = timedelta(minutes=10)
"""From one act to the next."""
A_MONTH = 31
"""Days."""
AWAY = "system_away"
GIVERS = frozenset({disposition.ANSWER, disposition.WITHDRAW, disposition.NAME_ANOTHER, disposition.KEEP})


@dataclass(frozen=True, slots=True)
class Day:
    """A date so many days after the day it is used; stands wherever a value of a story is a date, with a clock (``09:00``) where it is a time."""

    n: int = 0
    clock: str = ""


@dataclass(frozen=True, slots=True)
class Do:
    """Somebody acts on a task (a step, ``step@row``, or a branch ``step#2``)."""

    task: str
    outcome: str
    values: dict[str, Json] = field(default_factory=dict)
    reason: str = ""
    by: str = ""
    """Role or position it is done from; "" = whoever holds it, on a branch whose move it is."""
    refused: str = ""
    """Code of the refusal this act meets; "" = it is taken."""
    who: str = ""
    """``holder``: the one whose place an acting official took; ``acting``: that official, though his time is over."""


@dataclass(frozen=True, slots=True)
class Later:
    """Nobody acts for so long; reminders, escalations and deemed outcomes happen.

    ``days``: up to ``A_MONTH`` as of weeks without holidays: it lasts until as many office days have passed, so that a story is as true before Lebaran as
    after it."""

    days: int = 0
    minutes: int = 0

    def until(self, now: datetime, calendar: Calendar) -> datetime:
        """When it is over."""
        day = now.astimezone(zone_of(calendar.zone)).date()
        ordinary = day + timedelta(days=self.days)
        over = max(ordinary, calendar.add(day, Calendar().between(day, ordinary) - (day.weekday() < 5))) if self.days <= A_MONTH else ordinary
        return now + timedelta(days=(over - day).days, minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Acting:
    """From now another person acts for the position, for so many minutes. ``role``: whose place; ``person``: position he holds otherwise."""

    role: str
    person: str
    minutes: int
    capacity: CapacityKind = "plh"


@dataclass(frozen=True, slots=True)
class Hitch:
    """The next signature on this step does not come about: ``bad_secret`` (a mistyped passphrase), ``envelope_gone`` (the service was away). Of an
    ``ask_system``: ``system_away``, nobody answers until the act gives up."""

    step: str
    cause: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Who opened the case takes it back."""

    reason: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """A superior gives an open task to another position. ``by``: role or position."""

    task: str
    to: str
    by: str
    reason: str


Part = Do | Later | Acting | Hitch | Withdraw | HandOver


@dataclass(frozen=True, slots=True)
class Beside:
    """Another case, as it stands on the real server before the story begins: what acts of this one look for, gather from, hand over to. The pure engine
    knows nothing of it; what is found there is in ``gives``."""

    process: str
    unit: str
    form: dict[str, Json]
    signed: tuple[str, ...] = ()
    """Documents that are signed in it."""
    result: str = ""
    """"" = still open."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """``gives``: what each act answers, by its name; an act not named gives nothing, of a tuple each round has its own answer and the last is that of
    all after. ``ends``: the result, "" = still open."""

    name: str
    story: str
    ends: str
    acts: tuple[Part, ...]
    applicant: dict[str, Json] = field(default_factory=dict)
    values: dict[str, Json] = field(default_factory=dict)
    gives: Mapping[str, dict[str, Json] | tuple[dict[str, Json], ...]] = field(default_factory=dict)
    starter: str = ""
    """Position that opens it on the real server; the rehearsal makes one up."""
    beside: tuple[Beside, ...] = ()

    def answer(self, act: str, number: int) -> dict[str, Json]:
        """What the act gives in this round."""
        given = self.gives.get(act, {})
        return given[min(number, len(given)) - 1] if isinstance(given, tuple) else given

    @property
    def timed(self) -> bool:
        """Whether time passes in it, or somebody's time ends."""
        return any(isinstance(act, (Later, Acting)) for act in self.acts)


def dated(value: Json, now: datetime, zone: str) -> Json:
    """The value with every ``Day`` as an ISO date."""
    if isinstance(value, Day):
        day = (datetime.fromisoformat(local_date(now, zone)) + timedelta(days=value.n)).date().isoformat()
        return f"{day}T{value.clock}" if value.clock else day
    if isinstance(value, dict):
        return {name: dated(part, now, zone) for name, part in value.items()}
    return [dated(part, now, zone) for part in value] if isinstance(value, list) else value


def mover(state: State, task: str, outcome: str) -> str:
    """Position whose act this is on a disposition branch: its receiver's, or its giver's; "" when there is no such branch."""
    step = state.steps.get(task.partition("#")[0])
    branch = find(step, branch_id(task)) if step is not None else None
    if step is None or branch is None:
        return ""
    return disposition.giver(step, branch) if outcome in GIVERS else branch.position


class Player(Rehearsal):
    """A rehearsal with acting officials, whose time the database would check. ``begin``, then each ``part`` in order."""

    def __init__(self, process: Process, story: Scenario, now: datetime, calendar: Calendar) -> None:
        super().__init__(process, now, calendar)
        self.story = story
        self.seats: dict[str, tuple[Acting, datetime]] = {}
        self.hitches: dict[str, str] = {}

    def begin(self) -> None:
        """The case is opened by its starter, whoever that is here."""
        starter: dict[str, Json] = {"person": "p-pembuka", "position": "j-pembuka", "unit": "dinkes"}
        if self.process.starts.by == "sistem":
            starter = {"person": "sistem"}
        self.open(starter, {**starter, **self.story.applicant}, self.story.values)
        self.machines()

    def part(self, act: Part) -> None:
        """One part of the story happens. Raises the refusal it did not foresee."""
        match act:
            case Later():
                self.wait(act.until(self.now, self.calendar))
            case Acting():
                self.seats[self.seat(act.role)] = (act, self.now + timedelta(minutes=act.minutes))
            case Hitch():
                self.hitches[act.step] = act.cause
            case Do():
                self.now += BETWEEN
                self.tried(act.refused, lambda: self.done(act))
            case Withdraw():
                self.now += BETWEEN
                starter = Actor(str(self.state.starter["person"]), str(self.state.starter.get("position", "")))
                self.tried(act.refused, lambda: self.take(self.withdrawn(starter, act.reason)))
            case HandOver():
                self.now += BETWEEN
                step, by = self.state.steps[act.task], self.seat(act.by)
                given = (act.task, step.round, (act.to,), act.reason, f"q{self.state.seq}", self.now)
                self.take(withdrawals.reassign(self.state, Actor(f"p-{by.removeprefix('j-')}", by), *given))
        self.machines()

    def withdrawn(self, starter: Actor, reason: str) -> list[Event]:
        return withdrawals.withdraw(self.process, self.state, starter, reason, f"q{self.state.seq}", self.now)

    def tried(self, refused: str, act: Callable[[], object]) -> None:
        try:
            act()
        except Refusal as no:
            if no.code != refused:
                raise
            return
        if refused and not (self.trail[-1].kind == "refused" and self.trail[-1].data["code"] == refused):
            raise AssertionError(f"{self.story.name}: seharusnya ditolak dengan {refused}")

    def seat(self, role: str) -> str:
        return f"j-{role}" if role in self.process.role or role == SUPERIOR else role

    def done(self, act: Do) -> None:
        position = self.seat(act.by) or mover(self.state, act.task, act.outcome)
        step = self.state.steps.get(act.task.partition("#")[0])
        position = position or (step.positions[0] if step is not None and step.positions else "")
        actor, code = self.actor(position, act.who)
        if not code and actor.capacity in ("plt", "plh") and self.reserved(act.task):
            code = "plt-plh-tidak-berwenang"
        if code:
            number = step.round if step is not None else 1
            data: dict[str, Json] = {"code": code, "outcome": act.outcome}
            self.take([Event(self.state.seq + 1, self.now, "refused", act.task, number, actor, data=data)])
            return
        values = dated(act.values, self.now, self.state.zone)
        self.do(act.task, act.outcome, by=position, person=actor.person, capacity=actor.capacity, values=values, reason=act.reason)

    def reserved(self, task: str) -> bool:
        """Whether the step, as it stands open, is kept for the holder himself (``Sign.definitive``)."""
        opened = [event for event in self.trail if event.kind == "task-opened" and event.step == task]
        return bool(opened and opened[-1].data.get("definitive"))

    def actor(self, position: str, who: str) -> tuple[Actor, str]:
        """Who acts for the position now, and the code with which the database would refuse him."""
        known = self.seats.get(position)
        holder = Actor(f"p-{position.removeprefix('j-')}", position)
        if known is None:
            return holder, ""
        acting, until = known
        stand_in = Actor(f"p-{acting.person}", position, acting.capacity)
        if self.now < until:
            return (holder, "bukan-kewenangan") if who == "holder" else (stand_in, "")
        return (stand_in, "mandat-berakhir") if who == "acting" else (holder, "")

    def machines(self) -> None:
        """Running acts are done, but for a signature that meets a hitch; what was due when its step opened comes at once, as on the server."""
        self.acted()
        while self.due_at_opening():
            self.take(timers.fire(self.process, self.state, self.now))
            self.acted()

    def acted(self) -> None:
        while running := acts.pending(self.process, self.state):
            instance, number = running[0]
            cause = self.hitches.pop(instance, "")
            if cause == AWAY:
                self.take(acts.failed(self.process, self.state, instance, number, "", "gagal", "Tidak dapat dihubungi.", 1, self.now))
            elif cause:
                self.take(acts.sign_refused(self.process, self.state, instance, number, cause, "", self.now))
            else:
                self.finish(instance, **dated(self.story.answer(instance.partition("@")[0], number), self.now, self.state.zone))

    def due_at_opening(self) -> bool:
        """A wait until a date that was past already."""
        waiting = [step for step in self.state.steps.values() if step.status == "open" and not step.paused and step.opened]
        return any(t.at and not t.fired and moment(t.at) <= moment(step.opened) for step in waiting for t in step.timers)


def play(process: Process, scenario: Scenario, now: datetime = START, calendar: Calendar = CALENDAR) -> Rehearsal:
    """Play the story on the pure engine; a refusal of engine.errors where it does not hold. The case is returned to look at."""
    case = Player(process, scenario, now, calendar)
    case.begin()
    for act in scenario.acts:
        case.part(act)
    return case


def holds(process: Process, scenario: Scenario, now: datetime = START, calendar: Calendar = CALENDAR) -> str:
    """ "" when the story, begun at ``now``, is true; else one line that says where it went instead."""
    case = play(process, scenario, now, calendar)
    if case.state.result == scenario.ends:
        return ""
    where = case.state.result or f"terbuka pada {', '.join(case.open_tasks())}"
    return f"{process.code}, skenario {scenario.name}: seharusnya {scenario.ends or 'masih terbuka'}, nyatanya {where}"


_TOLD = ("outcome", "value", "rows", "rung", "to", "code", "cause", "result", "parent", "act")


def told(event: Event) -> str:
    """One line of what happened, without who and when: the same on paper and on the real server."""
    data = event.data
    parts = [f"{name}={data[name]}" for name in _TOLD if name in data]
    parts += [f"gives={','.join(sorted(data['gives']))}"] if data.get("gives") else []
    parts += [f"documents={','.join(one['code'] for one in data['documents'])}"] if data.get("documents") else []
    parts += [f"branches={','.join(str(one['id']) + ':' + one['role'] for one in data['branches'])}"] if data.get("branches") else []
    return " ".join([event.kind, f"{event.step}/{event.round}", *parts])
