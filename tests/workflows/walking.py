"""A random walk on real parts: the walker of the pure engine chooses what happens, the page's own form checks what is typed, and every letter is printed.

Same seed, same choices, as long as the city answers the same. What the walk chose to go wrong (a mistyped passphrase, a system that is away) may;
nothing else.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from ulid import ULID

from engine import acts, timers
from engine.decide import Act, decide
from engine.errors import AlreadyRead, AlreadyRecorded, BranchesOpen, FieldsInvalid, OwnRequest, RecipientInvalid, Refusal
from engine.events import Actor
from engine.fold import fold
from engine.nodes import Call, Step
from engine.relevance import trim
from engine.scenario import Do
from engine.state import State
from engine.walk import PATIENCE, Coverage, Move, Walker
from tests.workflows.retold import retold
from tests.workflows.running import City
from tests.workflows.telling import Telling, sound, stand
from tests.workflows.typing_in import ODD, Typist, told_values
from tests.workflows.uploaded import uploads
from tests.workflows.walk_faults import Faults, listening
from tests.workflows.walked_people import TRIES, People

FORWARD = 40
"""After so many acts a walk only goes forward."""
MOST = 90
"""After so many acts it is left where it stands."""
PERSISTENT = 3
"""Of them for one outcome."""
STUCK = 2
"""Times an operator tries a failed act again before the walk leaves it."""
OPEN = "terbuka: "
PAGES = 12
"""Of a letter into which somebody typed as much as the form allows, at most."""
SETTLES = 90.0
"""Seconds the machine has for what it does by itself."""


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
    tried: dict[str, int] = field(default_factory=dict)
    blocked: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        listed = self.here.processes[self.code]
        self.process, self.random = listed.process, Random(f"{self.code}/{self.seed}/nyata")
        story = self.random.choice([one for one in listed.scenarios if one.starter])
        self.telling = Telling(self.here, self.code, story, self.here.skipping)
        self.walker = Walker(self.process, self.seed, self._deep())
        self.random = self.walker.random
        typist = Typist(self.random, self.walker.values.literals, told_values(listed.scenarios), {})
        self.people = People(self.here, self.process, self.telling.case, self.walker, self.random, typist, self.taken)

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
        self.people.typist.uploads = await uploads(self.here, telling.case)
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
            if await self._act(move) or (self.alone and await self.people.handed_over(move)):
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
            for actor in await self.people.actors(move):
                self.people.outcome = ""
                try:
                    return await self._tried(move, actor, without)
                except OwnRequest:
                    continue  # a colleague
                except RuntimeError as no:
                    self.taken.append(f"  {move.task} tidak: {no}")
                    return False
                except (FieldsInvalid, RecipientInvalid, BranchesOpen, AlreadyRead, AlreadyRecorded) as no:
                    broken[self.people.outcome] = broken.get(self.people.outcome, 0) + 1
                    self.taken.append(f"  {move.task} {self.people.outcome} tidak: {no.message} {getattr(no, 'errors', '')}")
                    break
            else:
                self.taken.append(f"  {move.task}: tidak seorang pun dari {', '.join(move.at.positions)} boleh bertindak")
                self.alone = True
                return False
        return False

    async def _tried(self, move: Move, actor: Actor, without: list[str]) -> bool:
        """One act is thought of, asked of the pure engine, and done. Refuses what either refuses, with the outcome in its details."""
        values = await self.people.thought(move, actor, without)
        reason, outcome = self.random.choice(("Karena perlu diperbaiki.", *ODD)), self.people.outcome
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
