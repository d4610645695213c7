"""One case made ready for its page: status, picture, facts, documents, files, dispositions, people, related cases, what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk import letter_links, received
from db.desk.received import Copied
from db.read import access, cases, dossier, holders
from db.read.cases import Case, Child, Participant
from db.read.dispositions import Branch, dispositions
from db.read.documents import Document, attachments, documents
from db.read.handing import handers, receivers
from db.read.holders import Holder
from db.read.mine import Waits, waiting
from db.read.processes import pinned_process
from db.read.stored import Stored, stored
from engine.errors import NotFound
from engine.evaluate import local_date
from engine.events import Event
from engine.fields import Field
from engine.fold import fold
from engine.outsiders import is_outsider
from engine.process import Process
from engine.state import State
from engine.trail import moment
from engine.withdraw import withdrawable
from forms.identities import held
from web import swimlane
from web.acting import told
from web.case_clock import Clock, clock_of
from web.case_files import CaseFile, codes_in, files_of
from web.case_words import Status, status_of, step_title, task_title
from web.checking import Checked, rows
from web.language import _
from web.policy import Viewer


@dataclass(frozen=True, slots=True)
class Related:
    """Another case this one opened, came from, or passed rows with; ``readable``: the viewer may open it and learns how it stands."""

    child: Child
    readable: bool
    rows: int = 0

    @property
    def over(self) -> bool:
        return self.child.status == "ended"


@dataclass(frozen=True, slots=True)
class Thread:
    """One disposition in its newest round: its branches under their parents, and how many are done."""

    title: str
    round: int
    below: dict[int, tuple[Branch, ...]]
    counted: int
    done: int
    late: int


@dataclass(slots=True)
class Opened:
    """A task that is open now, with whoever may act on it by name; ``mine``: the viewer may."""

    waits: Waits
    title: str
    seats: tuple[tuple[str, str], ...]
    """(title, name of the holder or empty)."""
    mine: bool
    remindable: bool = False
    """Others hold it and nobody reminded them today."""
    reminded: datetime | None = None
    hand_from: str = ""
    """Seat of the viewer that stands above it; empty when he may not hand it to others."""
    hand_to: tuple[tuple[str, str], ...] = ()
    """(position, title and holder)."""


@dataclass(slots=True)
class Shown:
    case: Case
    process: Process
    state: State
    status: Status
    unit: str
    picture: Markup
    opened: list[Opened] = field(default_factory=list)
    following: list[tuple[str, str]] = field(default_factory=list)
    """(step, who) that may come after what is open now."""
    facts: list[Checked] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    files: list[tuple[CaseFile, Stored | None]] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    people: list[Participant] = field(default_factory=list)
    parent: Related | None = None
    children: list[Related] = field(default_factory=list)
    passed: dict[str, list[Related]] = field(default_factory=dict)
    """``ke``: where rows of this case went; ``dari``: where its rows came from."""
    withdrawable: bool = False
    given: dict[int, Branch] = field(default_factory=dict)
    """Task → branch that a post of the viewer gave: while nobody has read it, it may be taken back."""
    clock: Clock | None = None
    copies: dict[str, list[Copied]] = field(default_factory=dict)
    """Document → who has a copy of it."""
    outside: list[tuple[str, str]] = field(default_factory=list)
    """Parties without an account who were given letters; for whoever handles the case."""
    masked: bool = False
    """It holds identities that the viewer may read whole (web.identities)."""

    @property
    def related(self) -> bool:
        return bool(self.parent or self.children or any(self.passed.values()))

    @property
    def left_alone(self) -> bool:
        """What this case opened goes on though it is over itself."""
        return self.case.status == "ended" and any(one.readable and not one.over for one in self.children)

    @property
    def outlived(self) -> bool:
        """What opened this case is over, and it goes on."""
        return self.case.status == "open" and self.parent is not None and self.parent.readable and self.parent.over

    @property
    def subject(self) -> str:
        """Empty before the first form is filled: then the case has no subject yet."""
        return self.case.subject


async def readable(connection: AsyncConnection, no: int, viewer: Viewer, now: datetime) -> Case:
    """The case behind the number, for whoever may read it; else NotFound, as for a number that nobody was given."""
    case_id = await cases.case_id_of(connection, no)
    if not await access.may_read(connection, case_id, viewer.person.id, now):
        raise NotFound
    return await cases.case(connection, case_id)


async def shown(connection: AsyncConnection, no: int, viewer: Viewer, now: datetime) -> Shown:
    """Refuses by NotFound what the viewer may not read."""
    case = await readable(connection, no, viewer, now)
    process = await pinned_process(connection, case.sha)
    events = [line.event for line in await cases.trail(connection, case.id)]
    state = fold(process, events)
    waits = (await waiting(connection, [case.id])).get(case.id, []) if case.status == "open" else []
    branches = await dispositions(connection, case.id)
    fields = _fields(process, case)
    labels = await dossier.labels(connection, codes_in(fields, case.form) | {case.unit})
    plan = swimlane.plan(process, way(process, events, state), whole=False)
    made = Shown(
        case, process, state, status_of(case.status, case.result, case.ended_at, waits, now), labels.get(case.unit, case.unit),
        swimlane.draw(plan, _("Bagan alur %(proses)s") % {"proses": case.title}),
    )  # fmt: skip
    made.clock = await clock_of(connection, process, events, state.zone, now, case.ended_at)
    made.opened = await _opened(connection, process, state, waits, viewer, now)
    made.following = [(plan.steps[name].label, plan.lanes[plan.steps[name].lane]) for name in plan.after(_current(plan))]
    made.facts = rows(
        [one for one in fields if case.form.get(one.name) not in (None, "", [])], case.form, labels=labels, every=f"/perkara/{case.no}/tabel/"
    )
    made.documents = await documents(connection, case.id)
    files = files_of(process, case.form, branches, await attachments(connection, case.id))
    known = await stored(connection, [one.sha for one in files])
    made.files = [(one, known.get(one.sha)) for one in files]
    made.threads = threads(process, branches, now)
    made.given = _given(branches, viewer) if case.status == "open" else {}
    made.people = await cases.people_in_case(connection, case.id)
    concerned = await access.concerned(connection, case.id, viewer.person.id, now)
    made.masked = bool(held(process, case.form)) and concerned
    made.copies = await received.copies_of(connection, case.id)
    made.outside = await letter_links.outside(connection, case.id) if concerned else []
    await _related(connection, made, viewer, now)
    made.withdrawable = withdrawable(process, state, viewer.person.id)
    return made


def way(process: Process, events: Sequence[Event], state: State) -> dict[str, swimlane.Standing]:
    """Where each step stands. The fold forgets the steps of a case that is over: its way is what stood just before the end."""
    if not state.over:
        return swimlane.standings(process, state)
    end = next(number for number, event in enumerate(events) if event.kind == "ended")
    stood = swimlane.standings(process, fold(process, events[:end]))
    return {name: standing for name, standing in stood.items() if standing != "now"}


def _fields(process: Process, case: Case) -> list[Field]:
    """The questions of the form and what the steps found out; files stand in a section of their own."""
    return [one for one in (*process.form, *told(process, case.form)) if one.type not in ("file", "files")]


def _current(plan: swimlane.Plan) -> list[str]:
    return [name for name, one in plan.steps.items() if one.standing == "now"]


async def _opened(connection: AsyncConnection, process: Process, state: State, waits: Sequence[Waits], viewer: Viewer, now: datetime) -> list[Opened]:
    held = [seat.position for seat in viewer.capacities]
    codes = [code for one in waits for code in one.positions]
    sitting = await holders.holders(connection, codes, now) if codes else {}
    names = await dossier.labels(connection, set(codes))
    found = []
    for one in waits:
        seats = tuple(_seat(code, sitting.get(code), names) for code in one.positions)
        made = Opened(one, task_title(process, one), seats, one.status == "offered" and not set(held).isdisjoint(one.positions))
        told = moment(state.nudged[one.instance]) if one.instance in state.nudged else None
        made.reminded = told
        today = told is not None and local_date(told, state.zone) == local_date(now, state.zone)
        made.remindable = one.status == "offered" and not made.mine and not today
        if one.status == "offered" and held and "#" not in one.instance:
            await _handing(connection, made, held, now)
        found.append(made)
    return found


def _seat(code: str, seat: Holder | None, names: Mapping[str, str]) -> tuple[str, str]:
    """(title, name). A party outside holds no post that could be vacant."""
    if is_outsider(code):
        return names.get(code, code), _("pihak luar")
    return (seat.title, seat.name) if seat else (names.get(code, code), "")


async def _handing(connection: AsyncConnection, made: Opened, held: Sequence[str], now: datetime) -> None:
    """Whether the viewer may hand it over, and to whom. A branch is passed on or refused by its receiver instead."""
    above = await handers(connection, held, made.waits.positions)
    made.hand_from = next((seat for seat in held if seat in above), "")
    if made.hand_from:
        made.hand_to = tuple(await receivers(connection, made.hand_from, made.waits.positions, now))


def threads(process: Process, branches: Sequence[Branch], now: datetime) -> list[Thread]:
    """One for each disposition, in its newest round."""
    newest: dict[str, int] = {}
    for one in branches:
        newest[one.instance] = max(newest.get(one.instance, 0), one.round)
    found = []
    for instance, number in newest.items():
        own = [one for one in branches if one.instance == instance and one.round == number]
        below: dict[int, tuple[Branch, ...]] = {}
        for one in own:
            below[one.parent] = (*below.get(one.parent, ()), one)
        counted = [one for one in own if one.role != "tembusan" and one.status not in ("withdrawn", "gone")]
        done = sum(1 for one in counted if one.closed_at is not None)
        late = sum(1 for one in counted if one.late(now))
        found.append(Thread(step_title(process, instance), number, below, len(counted), done, late))
    return found


def _given(branches: Sequence[Branch], viewer: Viewer) -> dict[int, Branch]:
    held = {one.position for one in viewer.capacities}
    return {one.task: one for one in branches if one.given_by in held and one.task is not None}


async def _related(connection: AsyncConnection, made: Shown, viewer: Viewer, now: datetime) -> None:
    """Both ways; a case the viewer may not read is named by number and process only."""
    children = await cases.children(connection, made.case.id)
    passed = await cases.passed(connection, made.case.id)
    above = await cases.case(connection, made.case.parent_case) if made.case.parent_case else None
    ids = {one.id for one in children} | {one.other.id for one in passed} | ({above.id} if above else set())
    may = await access.readable(connection, sorted(ids), viewer.person.id, now) if ids else frozenset()
    made.children = [Related(one, one.id in may) for one in children]
    made.passed = {way: [Related(one.other, one.other.id in may, one.rows) for one in passed if one.way == way] for way in ("ke", "dari")}
    if above:
        made.parent = Related(Child(above.id, above.no, above.process, above.title, above.status, above.result), above.id in may)
