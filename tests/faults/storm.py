"""Acts of a case while the processes under it are killed: a person presses again until he is answered."""

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
from engine.scenario import Do, Scenario, dated
from engine.trail import actor_to_json
from tests.faults.ledger import Ledger
from tests.workflows.running import CITY, City
from web.cases import TemporalCases
from workflows.catalogue import catalogue
from workflows.client import connect as reach
from workflows.contracts import Decision

PARTS = ("worker", "temporal", "postgres")


@dataclass
class Storm:
    """Does acts of a story; at each one a part is killed a moment after the request left, and started again."""

    stack: Stack
    city: City
    ledger: Ledger
    part: str = ""
    """Which process is killed; "" = each of them in turn, one at every act."""
    turn: int = 0
    dice: random.Random = field(default_factory=lambda: random.Random(20261123))

    async def act(self, case_id: str, instance: str, outcome: str, values: dict[str, Any] | None = None, sign: bool = False, **more: Any) -> None:
        task = await self.city.wait_open(case_id, instance, 60)
        request_id = str(ULID())
        killer = asyncio.create_task(self._kill())
        await self._until_answered(case_id, task, instance, outcome, request_id, values, sign, more)
        await killer
        self.ledger.note(case_id, request_id, instance)
        if sign:
            await self._until_signed(case_id, instance, outcome, values, more)

    async def _kill(self) -> None:
        part, self.turn = self.part or PARTS[self.turn % len(PARTS)], self.turn + 1
        await asyncio.sleep(self.dice.uniform(0.0, 0.25))
        await asyncio.to_thread(self.stack.kill, part)
        await asyncio.sleep(0.2)
        await asyncio.to_thread(self.stack.restart, part)

    async def tell(self, code: str, story: Scenario) -> str:
        """The acts of a story that are taken, each in its storm; gives the case."""
        case = await self.city.open(code, story.starter)
        tree = self.city.processes[code].process.tree
        for part in story.acts:
            if isinstance(part, Do) and not part.refused:
                node = tree.nodes[part.task.partition("@")[0]]
                signs = isinstance(node, Sign) and any(one.performs for one in node.outcomes if one.name == part.outcome)
                values = dated(part.values, await self.city.clock(), "Asia/Jakarta") or None
                await self.act(case, part.task, part.outcome, values, signs, reason=part.reason)
        return case

    async def _until_answered(
        self, case_id: str, task: Any, instance: str, outcome: str, request_id: str, values: Any, sign: bool, more: dict[str, Any]
    ) -> None:
        """The same request until it is acknowledged, as a person who presses again."""
        for _ in range(60):
            try:
                actor = await self.city.actor(task.positions[0])
                envelope = await self.city.envelope(case_id, actor, SAMPLE_PASSPHRASE) if sign else ""
                filled, trimmed = await self.city.fill(case_id, actor, values)
                decision = Decision(
                    request_id, instance, task.round, outcome, actor_to_json(actor), values=trimmed, filled=filled, envelope=envelope, **more
                )
                await self.city.cases.decide(case_id, decision)
            except TaskClosed:
                # Acknowledged by an earlier try whose answer was lost: then it must be in the trail.
                async with self.city.database.connect() as connection:
                    found = await connection.execute(
                        text("SELECT 1 FROM trail WHERE case_id = :c AND request_id = :r"), {"c": case_id, "r": request_id}
                    )
                    assert found.first(), f"{instance} tertutup oleh permintaan lain"
                return
            except (Unavailable, InProgress, OSError):
                await asyncio.sleep(0.5)
            except Exception as error:
                if "connection" not in str(error).lower() and "terminat" not in str(error).lower() and "starting up" not in str(error).lower():
                    raise
                await asyncio.sleep(0.5)
            else:
                return
        raise AssertionError(f"{instance}: tidak pernah dijawab")

    async def _until_signed(self, case_id: str, instance: str, outcome: str, values: Any, more: dict[str, Any]) -> None:
        """A killed worker takes the envelope's key along: the signer is asked again, and signs again."""
        for _ in range(300):
            row = await self.city.task(case_id, instance)
            if row.status == "done":
                return
            if row.status == "offered":
                await self._until_answered(case_id, row, instance, outcome, str(ULID()), values, True, more)
            await asyncio.sleep(0.4)
        raise AssertionError(f"{instance}: tidak pernah ditandatangani; {await self.city.kinds(case_id)}")


async def city_of(stack: Stack) -> City:
    environment = stack.environment()
    temporal = await reach(environment["ALUR_TEMPORAL_ADDRESS"], "default", environment["ALUR_CODEC_KEY"])
    processes = catalogue(CITY)
    return City(connect(environment["ALUR_DATABASE_URL"]), TemporalCases(temporal, processes), processes, None, temporal)  # type: ignore[arg-type]
