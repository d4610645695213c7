"""A whole small city for tests of workflows: real PostgreSQL with the sample city, a real Temporal server, the real activities."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment
from ulid import ULID

from activities.parts import Parts
from db.connect import connect, transaction
from db.desk import envelopes, submissions
from db.desk import parties as outside
from db.office.load_city import load_city
from db.office.processes import keep_processes
from db.read import parties
from db.read.positions import resolve
from engine.errors import InProgress
from engine.events import SYSTEM, Actor
from engine.holders import address
from engine.opening import Party, case_opened
from engine.process import Process
from engine.relevance import trim
from engine.scenario import Scenario
from engine.state import State
from engine.trail import actor_to_json, event_to_json
from settings import Settings
from tests.databases import as_app
from web.cases import TemporalCases
from web.starting import for_outsiders
from worker import activity_worker, case_worker
from workflows.catalogue import Catalogue, Listed, catalogue
from workflows.client import connect as reach
from workflows.contracts import QUEUE_IO, QUEUE_RENDER, CaseResult, Decision, Receipt

CITY = Path(__file__).resolve().parent.parent.parent / "kota_contoh"
PASSPHRASE = "frasa sandi uji"


Clock = Callable[[], Awaitable[datetime]]


async def wall() -> datetime:
    return datetime.now(UTC)


class Vacant(LookupError):
    """Nobody holds the position at that time, nor acts for its holder."""


@dataclass(repr=False)  # asyncio asks for it at every run, and a catalogue is long
class City:
    """What a story needs: who sits where, and doing things as they would from a page."""

    database: AsyncEngine
    cases: TemporalCases
    processes: Catalogue
    parts: Parts
    temporal: Client
    opened: dict[str, str] = field(default_factory=dict)
    clock: Clock = wall
    """The clock of the cases: the Temporal server's, where that server skips time."""
    told: Sequence[tuple[str, Scenario]] = ()
    """The stories this city is for."""
    bank: Any = None
    files: Path = Path()
    """The store of files."""
    pause: float = 0.05
    """Seconds between two looks at what must come."""
    beside: set[str] = field(default_factory=set)
    """Cases of no workflow that stand beside a story (tests.workflows.telling.stand), and those a walk gave up."""
    skipping: WorkflowEnvironment | None = None
    """The server whose time is skipped, where it is."""
    door: Any = None
    """What people without an account come in by (tests.workflows.by_link), made when the first comes."""

    async def complete(self) -> bool:
        """Whether all of them were told to their end."""
        async with self.database.connect() as connection:
            ended = (await connection.execute(text("SELECT count(*) FROM \"case\" WHERE status = 'ended'"))).scalar_one()
        return int(ended) >= len(self.told)

    async def actor(self, position: str) -> Actor:
        """Who holds the position now, acting officials first. Refuses with Vacant."""
        async with self.database.connect() as connection:
            statement = text("SELECT h.person, h.capacity, h.mandate, o.name, p.title FROM held_at(:at) h JOIN person o ON o.id = h.person "
                             "JOIN position p ON p.code = h.seat WHERE h.seat = :seat ORDER BY h.capacity <> 'definitif' DESC LIMIT 1")  # fmt: skip
            row = (await connection.execute(statement, {"seat": position, "at": (now := await self.clock())})).one_or_none()
        if row is None:
            raise Vacant(f"{position or 'jabatan tanpa nama'} kosong pada {now}")
        return Actor(row.person, position, row.capacity, row.mandate or "", row.name, row.title)

    async def open(self, code: str, starter: str, case_id: str = "", values: dict[str, Any] | None = None) -> str:
        """A case opened by the holder of ``starter``, with ``values`` given; gives its id. One of the calendar is opened by the machine in his unit."""
        listed, case_id, actor = self.processes[code], case_id or str(ULID()), await self.actor(starter)
        now = await self.clock()
        if listed.process.starts.opens is not None:
            return await self._by_calendar(listed, starter, case_id, values or {}, now)
        async with transaction(self.database) as connection:
            who = await parties.party(connection, actor.person, starter, now.date())
            unit = who.unit
            if await self._at_the_desk(connection, listed.process, starter, unit, now):
                who = Party(await outside.write_down(connection, "Pemohon Contoh", "pemohon@contoh.example", "", actor.person, now))
        event = case_opened(listed.process, listed.sha, case_id, actor, who, now, unit=unit)
        await self.cases.open_case(case_id, code, listed.sha, event_to_json(event))
        self.opened[case_id] = code
        return case_id

    async def _by_calendar(self, listed: Listed, head: str, case_id: str, values: dict[str, Any], now: datetime) -> str:
        async with transaction(self.database) as connection:
            starter = await parties.party(connection, "sistem", head, now.date())
            event = event_to_json(case_opened(listed.process, listed.sha, case_id, SYSTEM, starter, now, values=trim(listed.process, values)))
            event["data"]["filled"] = await submissions.put(connection, "sistem", values, now)
        await self.cases.open_case(case_id, listed.code, listed.sha, event)
        self.opened[case_id] = listed.code
        return case_id

    @staticmethod
    async def _at_the_desk(connection: AsyncConnection, process: Process, starter: str, unit: str, now: datetime) -> bool:
        """Whether the case is opened for somebody without an account: always where only they ask for it, else where the desk opens it."""
        if for_outsiders(process) or not process.starts.desk:
            return for_outsiders(process)
        desk = (await resolve(connection, [address(process, State(unit=unit), (process.starts.desk,))], now))[0]
        return starter in desk.positions

    async def task(self, case_id: str, instance: str) -> Any:
        """The newest task of this instance, as the inbox has it."""
        async with self.database.connect() as connection:
            statement = text("SELECT * FROM task WHERE case_id = :c AND instance = :i ORDER BY round DESC LIMIT 1")
            return (await connection.execute(statement, {"c": case_id, "i": instance})).one_or_none()

    async def wait_open(self, case_id: str, instance: str, seconds: float = 20.0) -> Any:
        """Until the task stands in the inbox. AssertionError with what is open instead."""
        for _ in range(int(seconds / self.pause)):
            row = await self.task(case_id, instance)
            if row is not None and row.status == "offered":
                return row
            await asyncio.sleep(self.pause)
        raise AssertionError(f"{instance} tidak terbuka; yang terbuka: {await self.open_tasks(case_id)}; jejak: {await self.kinds(case_id)}")

    async def agrees(self, case_id: str) -> bool:
        """Whether Temporal's own answer for an ended case, its result and how many events it knows, is what the trail says."""
        told = await self.temporal.get_workflow_handle(f"case/{case_id}", result_type=CaseResult).result()
        async with self.database.connect() as connection:
            row = (await connection.execute(text('SELECT result, last_seq FROM "case" WHERE id = :c'), {"c": case_id})).one()
        return (told.result, told.seq) == (row.result, row.last_seq)

    async def open_tasks(self, case_id: str) -> list[str]:
        async with self.database.connect() as connection:
            rows = await connection.execute(text("SELECT instance FROM task WHERE case_id = :c AND status = 'offered' ORDER BY id"), {"c": case_id})
            return [row.instance for row in rows]

    async def kinds(self, case_id: str) -> list[str]:
        async with self.database.connect() as connection:
            rows = await connection.execute(text("SELECT kind, step, body FROM trail WHERE case_id = :c ORDER BY seq"), {"c": case_id})
            return [f"{row.kind} {row.step}" if row.kind != "act-failed" else f"{row.kind} {row.step} {row.body}" for row in rows]

    async def do(self, case_id: str, instance: str, outcome: str, position: str = "", values: dict[str, Any] | None = None, **more: Any) -> Receipt:
        """Acts on the open task as the holder of ``position`` (default: the first it is addressed to)."""
        task = await self.wait_open(case_id, instance)
        actor = more.pop("actor", None) or await self.actor(position or task.positions[0])
        return await self.act(case_id, instance, task.round, outcome, actor, values, **more)

    async def act(
        self, case_id: str, instance: str, number: int, outcome: str, actor: Actor, values: dict[str, Any] | None = None, reason: str = "",
        envelope: str = "", request_id: str = "", **more: Any,
    ) -> Receipt:  # fmt: skip
        """The decision itself, whatever is open: what is refused comes back as its refusal."""
        filled, trimmed = await self.fill(case_id, actor, values)
        decision = Decision(
            request_id or str(ULID()), instance, number, outcome, actor_to_json(actor), reason, trimmed, filled, envelope=envelope, **more
        )
        for _ in range(4):
            with contextlib.suppress(InProgress):  # a busy machine: the same request again, as the page does
                return await self.cases.decide(case_id, decision)
        return await self.cases.decide(case_id, decision)

    async def fill(self, case_id: str, actor: Actor, values: dict[str, Any] | None) -> tuple[Any, dict[str, Any]]:
        """The submission row, and what of it the engine needs."""
        if values is None:
            return None, {}
        async with transaction(self.database) as connection:
            filled = await submissions.put(connection, actor.person, values, datetime.now(UTC))
        return filled, trim(self.processes[self.opened[case_id]].process, values) if case_id in self.opened else values

    async def envelope(self, case_id: str, actor: Actor, passphrase: str = PASSPHRASE) -> str:
        async with transaction(self.database) as connection:
            sealed = await envelopes.seal(connection, actor.person, passphrase, [case_id], datetime.now(UTC))
        return f"{sealed.id}@{sealed.queue}"

    async def sign(self, case_id: str, instance: str, position: str = "", passphrase: str = PASSPHRASE, outcome: str = "tandatangani") -> Receipt:
        task = await self.wait_open(case_id, instance)
        actor = await self.actor(position or task.positions[0])
        return await self.do(case_id, instance, outcome, actor=actor, envelope=await self.envelope(case_id, actor, passphrase))

    async def case(self, case_id: str) -> Any:
        async with self.database.connect() as connection:
            return (await connection.execute(text('SELECT * FROM "case" WHERE id = :c'), {"c": case_id})).one()

    async def ended(self, case_id: str, seconds: float = 20.0) -> str:
        for _ in range(int(seconds / self.pause)):
            row = await self.case(case_id)
            if row.status == "ended":
                return str(row.result)
            await asyncio.sleep(self.pause)
        raise AssertionError(f"belum berakhir; terbuka {await self.open_tasks(case_id)}; jejak {await self.kinds(case_id)}")


@asynccontextmanager
async def city(admin_url: str, temporal_address: str, state: Path, clock: Clock = wall, folder: Path = CITY) -> AsyncIterator[City]:
    """In a migrated database (tests/databases.py): loaded, with one worker of every kind in this process. ``folder``: the city's, with processes of its own if it has any."""
    given = Settings(
        database_url=SecretStr(as_app(admin_url)), temporal_address=temporal_address, codec_key=SecretStr(base64.b64encode(os.urandom(32)).decode()), city_dir=folder,
        state_dir=state, sample_accounts=True, sample_passphrase=PASSPHRASE,
    )  # fmt: skip
    owner = connect(admin_url, pool=2)
    processes = catalogue(folder)
    async with transaction(owner) as connection:
        await load_city(connection, folder, datetime.now(UTC))
        await keep_processes(connection, [listed.process for listed in processes.processes.values()])
    await owner.dispose()
    temporal = await reach(temporal_address, "default", given.codec_keys)
    database = connect(as_app(admin_url))
    async with AsyncExitStack() as stack:
        parts = await stack.enter_async_context(Parts.open(given, temporal, processes))
        await parts.keys.announce(parts.database)
        announcing = asyncio.create_task(parts.keys.keep_announcing(parts.database))
        stack.callback(announcing.cancel)
        for queue, activities in ((QUEUE_IO, parts.io()), (QUEUE_RENDER, parts.render()), (parts.keys.queue, parts.signing())):
            await stack.enter_async_context(activity_worker(temporal, queue, activities))
        await stack.enter_async_context(case_worker(temporal, processes, parts.recording()))
        yield City(database, TemporalCases(temporal, processes), processes, parts, temporal, clock=clock, files=given.files_dir)
    await database.dispose()
