"""A random walk on real parts: the walker of the pure engine chooses what happens, the page's own form checks what is typed, and every letter is printed.

Same seed, same choices, as long as the city answers the same. What the walk chose to go wrong (a mistyped passphrase, a system that is away) may;
nothing else.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any, cast
from zoneinfo import ZoneInfo

from temporalio.exceptions import ApplicationError
from ulid import ULID

from activities.printing import NotVerified
from db.read import organisation
from db.read.tasks import latest_task
from engine import acts, disposition, timers
from engine.decide import Act, decide, repair_outcomes
from engine.errors import AlreadyRead, AlreadyRecorded, BranchesOpen, FieldsInvalid, OwnRequest, RecipientInvalid, Refusal, by_code
from engine.events import Actor, Json
from engine.fold import fold
from engine.index import split
from engine.nodes import Call, Dispose, Step
from engine.outsiders import is_outsider, outsiders
from engine.relevance import trim
from engine.scenario import Do
from engine.state import State
from engine.trail import actor_to_json
from engine.walk import PATIENCE, Coverage, Move, Walker
from forms.reading import parse
from tests.workflows.retold import retold
from tests.workflows.running import City, Vacant
from tests.workflows.telling import Telling, sound, stand
from tests.workflows.typing_in import ODD, Typist, told_values
from tests.workflows.uploaded import uploads
from web.acting import Asked, answers_of, asked
from web.books import context_for, options_for
from web.directory import Tables
from web.policy import Viewer
from web.ports import Capacity, Person
from workflows.contracts import Reassignment

ZONE = ZoneInfo("Asia/Jakarta")
FORWARD = 40
"""After so many acts a walk only goes forward."""
MOST = 90
"""After so many acts it is left where it stands."""
TRIES = 15
"""Forms typed anew, or acts thought of, before another way is taken."""
PERSISTENT = 3
"""Of them for one outcome."""
STUCK = 2
"""Times an operator tries a failed act again before the walk leaves it."""
FORESEEN = frozenset({"proses-tidak-ada", "ragu"})
"""Failures by name beside the refusals: a process this city does not have, a system that does not answer."""
AWAY = "remote_down"
"""What the signing service says when the walk lets it be away."""
OPEN = "terbuka: "
PAGES = 12
"""Of a letter into which somebody typed as much as the form allows, at most."""
SETTLES = 90.0
"""Seconds the machine has for what it does by itself."""


class Faults(logging.Handler):
    """Failures of activities that are no refusal by name: what crashed, whether or not a later try went well."""

    def __init__(self, apart: Collection[str]) -> None:
        super().__init__()
        self.apart = apart
        self.met: list[str] = []
        self.refused: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if str(getattr(record, "temporal_activity", {}).get("workflow_id", "")).removeprefix("case/") in self.apart:
            return
        if isinstance(error, ApplicationError) and (error.type in by_code() or error.type in FORESEEN):
            self.refused.append(f"{error.type}: {error.message}")
        elif error is not None and not (isinstance(error, NotVerified) and AWAY in str(error)):
            self.met.append(f"{type(error).__name__}: {error}")


@contextmanager
def listening(apart: Collection[str]) -> Iterator[Faults]:
    """``apart``: cases of which nothing is asked any more."""
    heard, logger = Faults(apart), logging.getLogger("temporalio.activity")
    logger.addHandler(heard)
    try:
        yield heard
    finally:
        logger.removeHandler(heard)


@dataclass
class Stroll:
    """One walk under way. ``taken``: what was done, to be read when it went wrong."""

    here: City
    code: str
    seed: int
    taken: list[str] = field(default_factory=list)
    alone: bool = False
    """Nobody who holds the last task may act on it."""
    away: set[str] = field(default_factory=set)
    outcome: str = ""
    """Of the act that is thought of now."""
    tried: dict[str, int] = field(default_factory=dict)
    blocked: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        listed = self.here.processes[self.code]
        self.process, self.random = listed.process, Random(f"{self.code}/{self.seed}/nyata")
        story = self.random.choice([one for one in listed.scenarios if one.starter])
        self.telling = Telling(self.here, self.code, story, self.here.skipping)
        self.walker = Walker(self.process, self.seed, self._deep())
        self.random = self.walker.random
        self.typist = Typist(self.random, self.walker.values.literals, told_values(listed.scenarios), {})

    def _deep(self) -> Coverage:
        """Two walks of three begin as if every way out had been taken already: they go far before they end."""
        ends = [
            (node.name, outcome.name)
            for node in self.process.tree.leaves()
            if isinstance(node, Step) and len(node.outcomes) > 1
            for outcome in node.outcomes
            if outcome.effect.word == "end"
        ]
        return Coverage(outcomes=dict.fromkeys(ends, 1) if self.seed % 3 else {})

    async def walk(self) -> str:
        """Walks it; gives what became of it: its result, or ``OPEN`` and where it stands. AssertionError, with what was done, where something is not as the engine says."""
        with listening(self.here.beside) as faults:
            try:
                state = await self._walked(faults)
                assert faults.met == [], faults.met
            except (AssertionError, RuntimeError, Refusal) as wrong:
                self.here.beside.add(self.telling.case)
                raise AssertionError(f"{self.code} benih {self.seed}: {wrong}\n" + "\n".join(self.taken)) from wrong
            finally:
                self._back()
        return state.result or f"{OPEN}{', '.join(self._open(state))}" + (f" ({faults.refused[-1]})" if faults.refused else "")

    async def _walked(self, faults: Faults) -> State:
        telling = self.telling
        self.typist.uploads = await uploads(self.here, telling.case)
        for one in telling.story.beside:
            await stand(self.here, one)
        await self.here.open(self.code, telling.story.starter, telling.case, telling.story.values)
        state = await self._settled(faults)
        for n in range(MOST):
            if state.over or not await self._step(state, n):
                break
            state = await self._settled(faults)
        await self._true(state)
        return state

    async def _true(self, state: State) -> None:
        """Trail, pure engine, read model and Temporal say the same of the case."""
        case = self.telling.case
        assert retold(self.process, await self.telling.trail()) == state
        if state.over:
            assert await self.here.ended(case) == state.result
            assert await self.here.agrees(case)
            await sound(self.here, case)
        else:
            assert await self.telling.held() == state

    def _open(self, state: State) -> list[str]:
        return [name for name, step in state.steps.items() if step.status in ("open", "disposed")]

    # -- what happens -----------------------------------------------------------------------------------------------

    async def _step(self, state: State, n: int) -> bool:
        """One thing happens. False when nobody can do anything and nothing is due."""
        walker, random = self.walker, self.random
        walker.state, walker.now, walker.taken = state, await self.here.clock(), 0 if n < FORWARD else PATIENCE
        self._hitch()
        moves = [one for one in walker.moves() if (one.task, one.at.round) not in self.blocked and self.tried.get(one.task, 0) < STUCK]
        due = timers.next_due(state)
        if due is not None and (not moves or random.random() < 0.08):
            self.taken.append(f"waktu berlalu sampai {due:%d-%m-%Y %H.%M}")
            await self.telling.sleep(max(due - walker.now, timedelta(0)) + timedelta(seconds=1))
            return await self._moved(state)
        while moves:
            move = random.choices(moves, [one.weight() for one in moves])[0]
            await self.telling.sleep(timedelta(minutes=random.randint(1, 90)))
            if await self._act(move) or (self.alone and await self._handed_over(move)):
                return True
            self.blocked.add((move.task, move.at.round))
            moves.remove(move)
        return False

    async def _moved(self, before: State) -> bool:
        for _ in range(400):
            if await self.telling.length() > before.seq:
                return True
            await asyncio.sleep(0.05)
        raise AssertionError("waktunya sudah lewat dan tidak ada yang terjadi")

    async def _settled(self, faults: Faults) -> State:
        """Once the machine has done what it does by itself."""
        for _ in range(int(SETTLES / 0.05)):
            state = fold(self.process, await self.telling.trail())
            due = timers.next_due(state)
            if state.over or (state.seq and not acts.pending(self.process, state) and (due is None or due > await self.here.clock())):
                return state
            assert faults.met == [], faults.met
            await asyncio.sleep(0.05)
        raise AssertionError(f"tindakan mesin tidak selesai: {acts.pending(self.process, state)}; {faults.refused}")

    def _hitch(self) -> None:
        """Now and then a system will be away the next time it is asked."""
        asked_of = [node.name for node in self.process.steps() if isinstance(node, Call) and node.act == "ask_system"]
        asking = [name for name in asked_of if self.telling.twin(name)[0] is not None]
        if asking and self.random.random() < 0.03:
            step = self.random.choice(asking)
            self.taken.append(f"{step}: sistemnya tidak akan menjawab")
            self.telling.send_away(step)
            self.away.add(step)

    def _back(self) -> None:
        """Systems that were not asked any more are there again for the next walk."""
        for name in self.away:
            twin, _ = self.telling.twin(name)
            assert twin is not None
            twin.script.clear()
        self.telling.hitches.clear()

    # -- what people do ---------------------------------------------------------------------------------------------

    async def _act(self, move: Move) -> bool:
        """Somebody acts on the task. False when nobody may, or no way of acting on it stands."""
        if move.task.endswith("!"):
            self.tried[move.task] = self.tried.get(move.task, 0) + 1
        broken: dict[str, int] = {}
        self.alone = False
        for _ in range(TRIES):
            without = [name for name, times in broken.items() if times >= PERSISTENT]
            for actor in await self._actors(move):
                self.outcome = ""
                try:
                    return await self._tried(move, actor, without)
                except OwnRequest:
                    continue  # a colleague
                except RuntimeError as no:
                    self.taken.append(f"  {move.task} tidak: {no}")
                    return False
                except (FieldsInvalid, RecipientInvalid, BranchesOpen, AlreadyRead, AlreadyRecorded) as no:
                    broken[self.outcome] = broken.get(self.outcome, 0) + 1
                    self.taken.append(f"  {move.task} {self.outcome} tidak: {no.message} {getattr(no, 'errors', '')}")
                    break
            else:
                self.taken.append(f"  {move.task}: tidak seorang pun dari {', '.join(move.at.positions)} boleh bertindak")
                self.alone = True
                return False
        return False

    async def _handed_over(self, move: Move) -> bool:
        """Nobody who holds the task may act on it: a superior gives it to somebody else of his. False where there is none."""
        if move.at.status != "open" or move.task.endswith("!"):
            return False
        now = await self.here.clock()
        async with self.here.database.connect() as connection:
            held = await organisation.seats(connection, list(move.at.positions), now)
            above = await organisation.seats(connection, [seat.superior for seat in held], now)
            found = [(seat.code, await organisation.subordinates(connection, seat.code, now)) for seat in above if seat.person]
        for superior, below in found:
            others = [seat.code for seat in below if seat.person and seat.code not in move.at.positions]
            if others:
                to, actor = self.random.choice(others), actor_to_json(await self.here.actor(superior))
                self.taken.append(f"{move.task}/{move.at.round} dialihkan kepada {to} oleh {superior}")
                asked_for = Reassignment(str(ULID()), actor, move.task, move.at.round, [to], "Tidak ada pemegang yang boleh bertindak.")
                await self.here.cases.reassign(self.telling.case, asked_for)
                return True
        return False

    async def _actors(self, move: Move) -> list[Actor]:
        """Who may act: the holders of its positions; the party itself where no desk acts for it."""
        if "#" in move.task:
            return [await self.here.actor(disposition.holder(self.walker.state, move.task))]
        found: list[Actor] = []
        for position in self.random.sample(move.at.positions, len(move.at.positions)):
            if is_outsider(position):
                continue
            try:
                found.append(await self.here.actor(position))
            except Vacant:
                continue  # vacant: nobody
        return found or [Actor(one, one, "pihak-luar", title="Pemohon") for one in outsiders(move.at.positions)]

    async def _tried(self, move: Move, actor: Actor, without: list[str]) -> bool:
        """One act is thought of, asked of the pure engine, and done. Refuses what either refuses, with the outcome in its details."""
        values = await self._thought(move, actor, without)
        reason, outcome = self.random.choice(("Karena perlu diperbaiki.", *ODD)), self.outcome
        act = Act(str(ULID()), move.task, move.at.round, outcome, actor, reason, trim(self.process, values or {}))
        decide(self.process, self.walker.state, act, await self.here.clock())
        hitch = self._hitched(move)
        envelope = await self.telling.envelope(Do(move.task, outcome), actor)
        self.taken.append(f"{move.task}/{move.at.round} {outcome} {hitch} oleh {actor.position}: {values or ''}")
        await self.here.act(self.telling.case, move.task, move.at.round, outcome, actor, values, reason, envelope, act.request_id)
        return True

    def _hitched(self, move: Move) -> str:
        if move.at.kind != "sign" or self.random.random() > 0.05:
            return ""
        cause = self.random.choice(("bad_secret", "envelope_gone"))
        self.telling.hitches[move.task] = cause
        return cause

    async def _thought(self, move: Move, actor: Actor, without: list[str]) -> dict[str, Json] | None:
        """Sets the outcome and gives the values. RuntimeError when no outcome is left."""
        if "#" in move.task:
            return await self._on_branch(move, actor)
        if move.task.endswith("!"):
            self.outcome = self.random.choice(repair_outcomes(self.process.find(split(move.task)[0])))
            return None
        name, rows = split(move.task)
        node = cast(Step, self.process.find(name))
        outcome = move.outcome(node, rows, without)
        self.outcome = outcome.name
        one, viewer = await self._asked(move, actor)
        verdict = next(found for found in one.verdicts if found.name == outcome.name)
        values = await self._typed(one, viewer, frozenset(outcome.needs)) if verdict.fills and one.fields else {}
        if isinstance(node, Dispose) and outcome.performs:
            values = {**values, **await self._receivers(node, actor, 3, led=False)}
        return values or None

    async def _asked(self, move: Move, actor: Actor) -> tuple[Asked, Viewer]:
        now = await self.here.clock()
        known = await Tables(self.here.database).known(actor.person, now)
        person = known.person if known is not None else Person(actor.person, actor.name)
        seats = known.capacities if known is not None else (Capacity(actor.position, actor.title, "pihak-luar"),)
        viewer = Viewer(person, "", now, seats, next(one for one in seats if one.position == actor.position))
        async with self.here.database.connect() as connection:
            task = await latest_task(connection, self.telling.case, move.task)
            assert task is not None
            return await asked(connection, task.id, viewer, now), viewer

    async def _typed(self, one: Asked, viewer: Viewer, needs: frozenset[str]) -> dict[str, Json]:
        """A form the page would take. FieldsInvalid when none was found."""
        now = await self.here.clock()
        assert one.actor is not None
        async with self.here.database.connect() as connection:
            self.typist.options = await options_for(connection, one.fields, one.actor, one.case.unit, viewer, now.astimezone(ZONE))
            self.typist.now, self.typist.values, self.typist.needs = now, one.case.form, needs
            raw = self.typist.form(one.fields, answers_of(one))
            for _ in range(TRIES):
                known = await context_for(connection, one.fields, raw, viewer, now, one.case.form, ZONE, one.state.applicant)
                parsed = parse(one.fields, raw, replace(known, uploads={**known.uploads, **self.typist.uploads}))
                if not parsed.errors:
                    return parsed.values
                self.typist.again(one.fields, raw, parsed.errors)
        raise FieldsInvalid(dict(parsed.errors))

    async def _on_branch(self, move: Move, actor: Actor) -> dict[str, Json] | None:
        offered = disposition.outcomes(self.walker.state, move.task, actor.position)
        node, number = cast(Dispose, self.process.find(split(move.task)[0])), int(move.task.rpartition("#")[2])
        branch = next(one for one in move.at.branches if one.id == number)
        deep = len(move.at.branches) > 6
        chosen = self.random.choice([one for one in offered if not (deep and one in (disposition.PASS_ON, disposition.NAME_ANOTHER))] or offered)
        self.outcome = chosen
        if chosen == disposition.PASS_ON:
            led = any(one.parent == number and one.role == "utama" and one.holds for one in move.at.branches)
            return await self._receivers(node, actor, 2, led=led)
        if chosen == disposition.NAME_ANOTHER:
            return await self._receivers(node, actor, 1, led=branch.role != "utama")
        return None

    async def _receivers(self, node: Dispose, actor: Actor, most: int, *, led: bool) -> dict[str, Any]:
        """People below the giver; one of them leads, where nobody does."""
        now = await self.here.clock()
        async with self.here.database.connect() as connection:
            below = [seat.code for seat in await organisation.subordinates(connection, actor.position, now) if seat.holder]
        if not below:
            raise RecipientInvalid
        seats = self.random.sample(below, min(len(below), self.random.randint(1, most)))
        due = (now.astimezone(ZONE) + timedelta(days=self.random.choice((0, 2, 5)))).date().isoformat()
        rows = [
            {"pejabat": seat, "peran": self.random.choice(("pendukung", "tembusan")) if n or led else "utama", "instruksi": ["tindak-lanjuti"], "batas_waktu": due}
            for n, seat in enumerate(seats)
        ]  # fmt: skip
        if node.recipients:
            return {node.recipients: [{"_id": f"r{n}", **row} for n, row in enumerate(rows, 1)]}
        return {
            "branches": [
                {"position": row["pejabat"], "role": row["peran"], "instructions": row["instruksi"], "due": row["batas_waktu"]} for row in rows
            ]
        }
