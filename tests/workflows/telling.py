"""A scenario told on the real server and the real database, beside the same scenario on the pure engine, part by part."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from difflib import unified_diff
from typing import Any

from sqlalchemy import text
from temporalio.testing import WorkflowEnvironment
from ulid import ULID

from activities.signers.port import Job
from activities.signers.port import Outcome as SignerOutcome
from activities.systems.twin import InProcess, Twin
from activities.verbs.asking import Asking
from activities.verbs.verb import Apart
from db import files
from db.connect import transaction
from db.office.holding import appoint_acting, end_acting
from db.read.calendar import calendar
from db.read.positions import resolve
from db.read.trail_check import verify
from db.write.trail import event_of
from engine import scenario
from engine import state as states
from engine.calendar import Calendar
from engine.errors import Refusal
from engine.events import Actor, Event
from engine.expr import Value
from engine.fold import apply
from engine.holders import address
from engine.nodes import SUPERIOR, Call, Sign
from engine.outsiders import outsiders
from engine.scenario import BETWEEN, Acting, Beside, Do, HandOver, Hitch, Later, Part, Player, Scenario, Withdraw, dated, mover, told
from engine.state import State
from engine.trail import actor_to_json
from tests.workflows.by_link import Door
from tests.workflows.running import PASSPHRASE, City
from workflows.contracts import Reassignment, Withdrawal

NO_HASH = "0" * 64
OFFICE = Actor("sistem", capacity="sistem", name="Uji")


@dataclass(repr=False)
class Telling:
    """One story under way. ``skipping``: the server whose time is skipped; None = time goes as it goes and no part may wait."""

    here: City
    code: str
    story: Scenario
    skipping: WorkflowEnvironment | None = None
    case: str = field(default_factory=lambda: str(ULID()))
    hitches: dict[str, str] = field(default_factory=dict)
    seats: dict[str, tuple[str, Actor]] = field(default_factory=dict)
    """Position → the acting appointment and who acts by it."""

    async def tell(self) -> Player:
        """Tells all of it; AssertionError at the first part after which the two trails differ. Gives the pure one."""
        process = self.here.processes[self.code].process
        for one in self.story.beside:
            await stand(self.here, one)
        await self.here.open(self.code, self.story.starter, self.case, self.story.values)
        pure = Player(process, self.story, (await self.trail())[0].at, await self.calendar())
        pure.begin()
        await self.agrees(pure, "pembukaan")
        for part in self.story.acts:
            await self.part(part)
            pure.part(part)
            await self.agrees(pure, repr(part)[:200])
        for appointment, _ in self.seats.values():
            async with transaction(self.here.database) as connection:
                now = await self.here.clock()
                await end_acting(connection, OFFICE, appointment, now, "Cerita selesai.", now)
        return pure

    async def agrees(self, pure: Player, after: str) -> None:
        """Waits until the real trail is as long as the pure one, as long as it still grows, and compares line by line: those outside an ``Each``, and those of each row of it.

        Which row's machine act is done first is no part of a story."""
        wanted = [told(event) for event in pure.trail]
        known, idle = -1, 0
        while known < len(wanted) and idle < 120:  # a long list of rows takes its time: patience begins anew whenever the trail grows
            before, known = known, await self.length()
            idle = 0 if known > before else idle + 1
            await asyncio.sleep(0 if known >= len(wanted) else min(0.05 * (1 + idle), 0.3))
        found = [told(event) for event in await self.trail()]
        assert by_row(found) == by_row(wanted), "\n".join((f"setelah {after}", *unified_diff(wanted, found, "murni", "sungguhan", lineterm="", n=1)))

    async def trail(self) -> list[Event]:
        async with self.here.database.connect() as connection:
            rows = await connection.execute(text("SELECT body FROM trail WHERE case_id = :c ORDER BY seq"), {"c": self.case})
            return [event_of(row.body) for row in rows]

    async def calendar(self) -> Calendar:
        async with self.here.database.connect() as connection:
            return await calendar(connection, "Asia/Jakarta")

    async def length(self) -> int:
        async with self.here.database.connect() as connection:
            return int((await connection.execute(text('SELECT last_seq FROM "case" WHERE id = :c'), {"c": self.case})).scalar_one_or_none() or 0)

    async def state(self) -> State:
        """Folded anew from the trail; that the shell holds the same is what the walks ask. Empty for a case that has ended."""
        process, state = self.here.processes[self.code].process, states.empty()
        for event in await self.trail():
            state = apply(process, state, event)
        return states.empty() if state.over else state

    async def held(self) -> State:
        """As the shell holds it, once it has heard of the last commit: the inbox is a moment ahead."""
        written = await self.length()
        while True:
            found = states.from_json(await self.here.temporal.get_workflow_handle(f"case/{self.case}").query("snapshot"))
            if found.seq >= written and all(step.status != "opening" for step in found.steps.values()):
                return found
            await asyncio.sleep(0.02)

    # -- the parts --------------------------------------------------------------------------------------------------

    async def part(self, part: Part) -> None:
        if not isinstance(part, (Later, Acting, Hitch)):
            await self.sleep(BETWEEN)
        match part:
            case Later():
                now = await self.here.clock()
                await self.sleep(part.until(now, await self.calendar()) - now)
            case Acting():
                await self.appoint(part)
            case Hitch(cause=scenario.AWAY):
                self.send_away(part.step)
            case Hitch():
                self.hitches[part.step] = part.cause
            case Do():
                await self.tried(part.refused, lambda: self.do(part))
            case Withdraw():
                await self.tried(part.refused, lambda: self.withdraw(part))
            case HandOver():
                await self.hand_over(part)

    def send_away(self, step: str) -> None:
        """The twin of the system this act asks does not answer the next request, however often it is tried."""
        twin, patience = self.twin(step)
        assert twin is not None
        twin.will(*(["down"] * patience))  # type: ignore[arg-type]

    def twin(self, step: str) -> tuple[Twin | None, int]:
        """The twin of the system an ``ask_system`` asks, None where it is none; and how often it is asked before the act gives up."""
        node, asking = self.here.processes[self.code].process.find(step), self.here.parts.acts.verbs["ask_system"]
        assert isinstance(node, Call)
        assert isinstance(asking, Apart)
        assert isinstance(asking.act, Asking)
        name = next(one.value.value for one in node.args if one.name == "system" and isinstance(one.value, Value))
        system, _ = asking.act.systems.of(str(name))
        return system.twin if isinstance(system, InProcess) else None, asking.act.systems.patience.attempts

    async def sleep(self, span: timedelta) -> None:
        if self.skipping is not None:
            await self.skipping.sleep(span)

    async def tried(self, refused: str, act: Callable[[], Awaitable[object]]) -> None:
        met, said = "", ""
        try:
            await act()
        except Refusal as no:
            met, said = no.code, f"{no.message} {getattr(no, 'errors', '')}"
        assert met == refused, f"seharusnya {refused or 'diterima'}, nyatanya {met}: {said}"

    async def seat(self, role: str, state: State) -> str:
        process = self.here.processes[self.code].process
        if role == SUPERIOR:
            raise AssertionError("atasan: the task's own ladder says who")
        if role not in process.role:
            return role
        async with self.here.database.connect() as connection:
            found = await resolve(connection, [address(process, state, (role,))], await self.here.clock())
        return found[0].positions[0]

    async def appoint(self, part: Acting) -> None:
        now, seat = await self.here.clock(), await self.seat(part.role, await self.state())
        person = (await self.here.actor(part.person)).person
        async with transaction(self.here.database) as connection:
            given = (part.capacity, seat, person, now, now + timedelta(minutes=part.minutes), "800.1.11.1/1/SETDA/2026", "Dinas luar.", now)
            appointment = await appoint_acting(connection, OFFICE, *given)
        self.seats[seat] = (appointment, await self.here.actor(seat))

    async def do(self, part: Do) -> None:
        state = await self.state()
        step = state.steps.get(part.task.partition("#")[0])
        if part.by == SUPERIOR and step is not None:
            position = step.positions[-1]
        else:
            position = await self.seat(part.by, state) or mover(state, part.task, part.outcome) or (step.positions[0] if step else "")
        actor = await self.who(position, part.who)
        values = self.own(dated(await self.filed(part.values), await self.here.clock(), "Asia/Jakarta")) or None
        if not part.refused and await self.by_link(part):
            return
        await self.here.act(
            self.case, part.task, step.round if step else 1, part.outcome, actor, values, part.reason, await self.envelope(part, actor)
        )

    async def by_link(self, part: Do) -> bool:
        """A party the task waits for comes by his link. Whether he decided there: he signs on that page; an answer the desk takes down as the story tells it."""
        task = await self.here.task(self.case, part.task)
        party = outsiders(task.positions) if task is not None and task.status == "offered" else ()
        if not party:
            return False
        node = self.here.processes[self.code].process.tree.nodes.get(part.task.partition("@")[0])
        if self.here.door is None:
            self.here.door = Door(self.here)
        performs = isinstance(node, Sign) and any(one.performs for one in node.outcomes if one.name == part.outcome)
        signs = performs and self.skipping is None  # on a server that skips time, the page would wait past all patience for its picture
        await (self.here.door.signs if signs else self.here.door.reads)(task, party[0], part.outcome)
        return signs

    async def filed(self, values: dict[str, Any]) -> dict[str, Any]:
        """A story names its files by an empty hash; here they are bytes that were really stored."""
        if NO_HASH not in json.dumps(values, default=str):
            return values
        content = b"%PDF-1.7 berkas cerita"
        sha = files.keep(self.here.files, content)
        async with transaction(self.here.database) as connection:
            await files.register(connection, sha, len(content), "application/pdf")
        found: dict[str, Any] = _hashed(values, sha)
        return found

    def own(self, values: dict[str, Any]) -> dict[str, Any]:
        """Every story writes of the same letter: a text that must be unique carries the case. Where a post or a year is unique, stories tell of different ones."""
        process = self.here.processes[self.code].process
        first = next((name for name in process.unique if name in values and process.fields[name].type == "text"), "")
        return {**values, first: f"{values[first]}/{self.case[-6:]}"} if first else values

    async def who(self, position: str, who: str) -> Actor:
        if who == "acting":
            return self.seats[position][1]
        if who != "holder":
            return await self.here.actor(position)
        async with self.here.database.connect() as connection:
            statement = text("SELECT i.person, o.name, p.title FROM incumbency i JOIN person o ON o.id = i.person "
                             "JOIN position p ON p.code = i.position WHERE i.position = :p AND i.ends IS NULL")  # fmt: skip
            row = (await connection.execute(statement, {"p": position})).one()
        return Actor(row.person, position, name=row.name, title=row.title)

    async def envelope(self, part: Do, actor: Actor) -> str:
        """The sealed passphrase of a signature; a hitch spoils it or the service behind it."""
        node = self.here.processes[self.code].process.tree.nodes.get(part.task.partition("@")[0])
        if not isinstance(node, Sign) or not any(o.performs for o in node.outcomes if o.name == part.outcome):
            return ""
        cause = self.hitches.pop(part.task, "")
        if cause == "envelope_gone":
            _away_once(self.here.parts.press.signer)
        task = await self.here.task(self.case, part.task)
        if task is not None and outsiders(task.positions):
            return ""  # a party without a certificate only declares
        return await self.here.envelope(self.case, actor, "salah ketik" if cause == "bad_secret" else PASSPHRASE)

    async def withdraw(self, part: Withdraw) -> None:
        actor = await self.here.actor(self.story.starter)
        await self.here.cases.withdraw(self.case, Withdrawal(str(ULID()), actor_to_json(actor), part.reason))

    async def hand_over(self, part: HandOver) -> None:
        state = await self.state()
        actor = await self.here.actor(await self.seat(part.by, state))
        number = state.steps[part.task].round
        await self.here.cases.reassign(self.case, Reassignment(str(ULID()), actor_to_json(actor), part.task, number, [part.to], part.reason))


async def stand(here: City, one: Beside) -> str:
    """The other case, as rows of the read model: no workflow runs behind it. Gives its id."""
    listed, case_id, now = here.processes[one.process], str(ULID()), await here.clock()
    here.beside.add(case_id)
    values = {
        "id": case_id, "process": one.process, "sha": listed.sha, "title": listed.process.title.id, "unit": one.unit, "at": now,
        "form": json.dumps(one.form), "status": "ended" if one.result else "open", "result": one.result or None, "ended": now if one.result else None,
    }  # fmt: skip
    async with transaction(here.database) as connection:
        await connection.execute(text("""
            INSERT INTO "case" (id, process, sha, title, unit, starter, starter_position, opened_at, form, status, result, ended_at)
            VALUES (:id, :process, :sha, :title, :unit, 'sistem', '', :at, CAST(:form AS jsonb), :status, :result, :ended)"""), values)  # fmt: skip
        sha = files.keep(here.files, b"%PDF-1.7 naskah perkara lain") if one.signed else ""
        if sha:
            await files.register(connection, sha, 1, "application/pdf")
        for code in one.signed:
            document = {
                "id": f"{case_id}-{code}"[:60],
                "case": case_id,
                "code": code,
                "kind": listed.process.document[code].kind,
                "at": now,
                "sha": sha,
            }
            await connection.execute(text("""
                INSERT INTO document (id, case_id, code, kind, title, status, verify_code, signed_sha, verdict, made_at)
                VALUES (:id, :case, :code, :kind, :code, 'ditandatangani', :id, :sha, '{}', :at)"""), document)  # fmt: skip
    return case_id


def _hashed(value: Any, sha: str) -> Any:
    if isinstance(value, dict):
        return {name: sha if part == NO_HASH else _hashed(part, sha) for name, part in value.items()}
    return [_hashed(one, sha) for one in value] if isinstance(value, list) else value


def by_row(lines: list[str]) -> dict[str, list[str]]:
    """Lines of ``told`` by the row of their step, "" for those in none, each in its order."""
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line.split(" ")[1].partition("@")[2].rpartition("/")[0], []).append(line)
    return found


def _away_once(signer: Any) -> None:
    """The signing service answers nothing the next time it is asked, and is itself again after that."""

    async def away(_who: str, _secret: str, jobs: list[Job]) -> list[SignerOutcome]:
        del signer.sign
        return [SignerOutcome(job.document_id, reason="remote_down", detail="tidak menjawab") for job in jobs]

    signer.sign = away


async def sound(here: City, case: str) -> None:
    """The chain of the trail holds, and every number of the case was issued or voided with a reason."""
    async with here.database.connect() as connection:
        verdict = await verify(connection, case)
        left = (await connection.execute(text("SELECT text FROM number WHERE case_id = :c AND state = 'DICADANGKAN'"), {"c": case})).scalars().all()
    assert verdict.sound, verdict
    assert not left, f"nomor masih dicadangkan: {left}"
