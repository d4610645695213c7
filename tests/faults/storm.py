"""Stories of many cases told at once while the processes under them are killed: a person presses again until he is answered.

The stories go in rounds. Each waits with its next act until all are ready; then all act in the same moment, and meanwhile one process is killed and
started again. So every act of every story meets a kill, and there are as many kills as the longest story has acts.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text
from ulid import ULID

from db.connect import connect
from embedded.stack import SAMPLE_PASSPHRASE, Stack
from engine.errors import InProgress, TaskClosed, Unavailable
from engine.nodes import Sign
from engine.outsiders import outsiders
from engine.scenario import Do, Scenario, dated, mover
from engine.trail import actor_to_json
from tests.faults.ledger import Ledger
from tests.workflows.running import CITY, City
from tests.workflows.telling import Telling
from web.cases import TemporalCases
from workflows.catalogue import catalogue
from workflows.client import connect as reach
from workflows.contracts import Decision

PARTS = ("worker", "temporal", "postgres")
SOON = 1.5
"""Seconds after the acts were sent within which the kill falls."""
PATIENCE = 180.0
LOST = ("connection", "terminat", "starting up", "shutting down")


@dataclass
class Gate:
    """``standing``: stories under way. A round begins when all of them wait here and the process killed in the last one is back."""

    stack: Stack
    standing: int
    round: int = 0
    waiting: list[asyncio.Future[str]] = field(default_factory=list)
    killing: asyncio.Task[None] | None = None
    dice: random.Random = field(default_factory=lambda: random.Random(20261123))

    async def through(self) -> str:
        """Gives the name of the process that dies in this round."""
        mine: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.waiting.append(mine)
        self._turn()
        return await mine

    async def calm(self) -> None:
        """Until the process killed in this round is back."""
        if self.killing is not None:
            await asyncio.shield(self.killing)

    def leave(self) -> None:
        self.standing -= 1
        self._turn()

    def _turn(self) -> None:
        if not self.waiting or len(self.waiting) < self.standing or (self.killing is not None and not self.killing.done()):
            return
        part, self.round = PARTS[self.round % len(PARTS)], self.round + 1
        released, self.waiting = self.waiting, []
        self.killing = asyncio.create_task(self._kill(part))
        self.killing.add_done_callback(lambda _: self._turn())
        for one in released:
            one.set_result(part)

    async def _kill(self, part: str) -> None:
        await asyncio.sleep(self.dice.uniform(0.0, SOON))
        await asyncio.to_thread(self.stack.kill, part)
        await asyncio.sleep(0.2)
        await asyncio.to_thread(self.stack.restart, part)


@dataclass
class Storm:
    """``met``: (process, step, what died meanwhile) of every act that was acknowledged."""

    city: City
    ledger: Ledger
    gate: Gate
    met: set[tuple[str, str, str]] = field(default_factory=set)

    async def tell(self, code: str, story: Scenario, late: int = 0) -> str:
        """The acts of a story that are taken, each in its storm; gives the case, ended. ``late``: rounds it lets pass before it begins."""
        try:
            for _ in range(late):
                await self.gate.through()
                await self.gate.calm()
            telling = Telling(self.city, code, story)
            await self.city.open(code, story.starter, telling.case, story.values)
            for part in story.acts:
                if isinstance(part, Do) and not part.refused:
                    await self._act(telling, part)
            assert await self.city.ended(telling.case, PATIENCE) == story.ends, f"{code} {story.name}"
            return telling.case
        finally:
            self.gate.leave()

    async def _act(self, telling: Telling, part: Do) -> None:
        row = await self.city.wait_open(telling.case, part.task, PATIENCE)
        state = await telling.held()
        step = state.steps.get(part.task.partition("#")[0])
        position = await telling.seat(part.by, state) or mover(state, part.task, part.outcome) or (step.positions[0] if step else row.positions[0])
        node = self.city.processes[telling.code].process.tree.nodes[part.task.partition("@")[0].partition("#")[0]]
        signs = isinstance(node, Sign) and any(one.performs for one in node.outcomes if one.name == part.outcome) and not outsiders(row.positions)
        act = Act(telling.case, part, position, telling.own(dated(await telling.filed(part.values), await self.city.clock(), "Asia/Jakarta")), signs)
        dies, request_id = await self.gate.through(), str(ULID())
        await self._until_answered(act, row.round, request_id)
        await self.gate.calm()
        self.ledger.note(telling.case, request_id, part.task)
        self.met.add((telling.code, part.task, dies))
        if signs:
            await self._until_signed(act)

    async def _until_answered(self, act: Act, number: int, request_id: str) -> None:
        """The same request until it is acknowledged, as a person who presses again."""
        for _ in range(120):
            try:
                actor = await self.city.actor(act.position)
                envelope = await self.city.envelope(act.case, actor, SAMPLE_PASSPHRASE) if act.signs else ""
                filled, trimmed = await self.city.fill(act.case, actor, act.values or None)
                decision = Decision(
                    request_id, act.part.task, number, act.part.outcome, actor_to_json(actor), act.part.reason, trimmed, filled, envelope=envelope
                )
                await self.city.cases.decide(act.case, decision)
            except TaskClosed:
                # Acknowledged by an earlier try whose answer was lost: then it must be in the trail.
                async with self.city.database.connect() as connection:
                    said = text("SELECT 1 FROM trail WHERE case_id = :c AND request_id = :r")
                    assert (await connection.execute(said, {"c": act.case, "r": request_id})).first(), (
                        f"{act.part.task} tertutup oleh permintaan lain"
                    )
                return
            except (Unavailable, InProgress, OSError):
                await asyncio.sleep(0.5)
            except Exception as error:
                if not any(word in str(error).lower() for word in LOST):
                    raise
                await asyncio.sleep(0.5)
            else:
                return
        raise AssertionError(f"{act.part.task}: tidak pernah dijawab")

    async def _until_signed(self, act: Act) -> None:
        """A killed worker takes the envelope's key along: the signer is asked again, and signs again."""
        for _ in range(int(PATIENCE / 0.4)):
            row = await self.city.task(act.case, act.part.task)
            if row.status == "done":
                return
            if row.status == "offered":
                await self._until_answered(act, row.round, str(ULID()))
            await asyncio.sleep(0.4)
        raise AssertionError(f"{act.part.task}: tidak pernah ditandatangani; {await self.city.kinds(act.case)}")


@dataclass(frozen=True)
class Act:
    """One act of a story, ready to be sent."""

    case: str
    part: Do
    position: str
    values: dict[str, Any]
    signs: bool


async def city_of(stack: Stack) -> City:
    environment = stack.environment()
    temporal = await reach(environment["ALUR_TEMPORAL_ADDRESS"], "default", environment["ALUR_CODEC_KEY"])
    processes = catalogue(CITY)
    given = connect(environment["ALUR_DATABASE_URL"], pool=20)
    parts: Any = None  # the worker is a process of its own
    return City(given, TemporalCases(temporal, processes), processes, parts, temporal, files=stack.state / "files", pause=0.3)
