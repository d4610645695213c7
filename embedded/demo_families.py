"""One story of each family that nobody wrote for the demo: told through the pages as its process's own ``Scenario`` says. Nothing here knows a process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.connect import connect
from db.read import tasks
from db.read.cases import case, case_id_of, trail
from db.read.documents import Document, documents
from db.read.positions import resolve
from embedded.demo_filling import Filling, papers
from embedded.demo_services import SIGNING
from embedded.office_hours import PATIENCE, NotAsExpected, Officials, case_number
from embedded.stack import DATABASE, Stack
from embedded.visitor import Page
from engine import scenario
from engine.fold import fold
from engine.holders import address
from engine.index import split
from engine.nodes import SUPERIOR, Sign
from engine.outsiders import is_outsider, outsiders
from engine.process import Process
from engine.scenario import Do, Scenario, dated, mover
from engine.state import State
from web.acting import fields_of
from web.sections import PAGE, WHOLE
from web.starting import for_outsiders
from workflows.catalogue import Catalogue, Listed

T = TypeVar("T")
SEAL = ("segel",)
OUTSIDER = {"nama": "Pemohon Contoh", "surel": "pemohon@contoh.example"}
_OFFERED = text("SELECT id FROM task WHERE case_id = :case AND instance = :instance AND status = 'offered' ORDER BY round DESC LIMIT 1")
_OPEN = text("SELECT instance FROM task WHERE case_id = :case AND status = 'offered' ORDER BY id")
_NIPS = text("SELECT id, coalesce(nip, email) AS said FROM person")


@dataclass(frozen=True, slots=True)
class Told:
    """A case that was played to its end. ``reader``: position that may download its letters; ``letters``: code → signature fields it must carry."""

    process: str
    family: str
    story: str
    number: int
    reader: str
    letters: dict[str, frozenset[str]]


def pick(found: Catalogue, told: Collection[str]) -> list[tuple[Listed, Scenario]]:
    """Of each family that no process of ``told`` belongs to: the story that ends well, is signed and takes least, in this order."""
    covered = {found[code].process.family for code in told}
    families: dict[str, list[tuple[Listed, Scenario]]] = {}
    for listed in found.processes.values():
        if listed.process.family not in covered and listed.process.starts.by != "sistem":
            families.setdefault(listed.process.family, []).extend((listed, story) for story in listed.scenarios if plain(story))
    return [min(stories, key=lambda one: _rank(*one)) for _, stories in sorted(families.items()) if stories]


def plain(story: Scenario) -> bool:
    """Only acts that are taken, by whoever holds the task, to an end."""
    return bool(story.ends) and all(isinstance(act, Do) and not act.refused and not act.who for act in story.acts)


def _rank(listed: Listed, story: Scenario) -> tuple[bool, bool, int]:
    """The first story of a process is its source's own and ends as the applicant hopes. A person's act takes ten times as long as the machine's, a
    document twice as long again."""
    trail_ = scenario.play(listed.process, story).trail
    made = [one["code"].partition("@")[0] for event in trail_ for one in event.data.get("documents") or ()]
    signed = any(one.code in made and one.signer != SEAL for one in listed.process.documents)
    return story.ends != listed.scenarios[0].ends, not signed, len(trail_) + 10 * len(story.acts) + 20 * len(made)


class Stage:
    """What the demo reads of running cases in its own database. Not for several threads."""

    def __init__(self, stack: Stack) -> None:
        assert stack.database is not None
        self.runner = asyncio.Runner()
        self.engine = connect(stack.database.url(DATABASE), pool=1)

    def close(self) -> None:
        self.runner.run(self.engine.dispose())
        self.runner.close()

    def ask(self, read: Callable[..., Awaitable[T]], *about: Any) -> T:
        async def asked() -> T:
            async with self.engine.connect() as connection:
                return await read(connection, *about)

        return self.runner.run(asked())

    def state(self, process: Process, case_id: str) -> State:
        return fold(process, [line.event for line in self.ask(trail, case_id)])

    def task(self, case_id: str, instance: str) -> int:
        """The open task, waited for."""
        return int(self.waited(case_id, instance, lambda: self.ask(_one, _OFFERED, {"case": case_id, "instance": instance})))

    def ended(self, case_id: str) -> str:
        """The result of the case, waited for."""
        return str(self.waited(case_id, "akhir perkara", lambda: self.ask(case, case_id).result))

    def waited(self, case_id: str, what: str, look: Callable[[], Any]) -> Any:
        """What ``look`` finds. NotAsExpected once the trail has not grown for a while, with what is open instead."""
        until, length = time.monotonic() + PATIENCE, 0
        while time.monotonic() < until:
            if found := look():
                return found
            if (now := self.ask(case, case_id).last_seq) > length:  # many rows take their time
                until, length = time.monotonic() + PATIENCE, now
            time.sleep(0.1)
        raise NotAsExpected(f"{what} tidak terbuka; yang terbuka: {self.ask(_column, _OPEN, {'case': case_id})}")

    def seat(self, process: Process, state: State, part: Do) -> str:
        """Position this act is done from, never a party outside: the desk acts for him."""
        step = state.steps.get(part.task.partition("#")[0])
        held = [one for one in (step.positions if step else ()) if not is_outsider(one)]
        if part.by == SUPERIOR:
            return held[-1]
        if part.by in process.role:
            found = self.ask(resolve, [address(process, state, (part.by,))], datetime.now(UTC))[0]
            held = [one for one in found.positions if not is_outsider(one)]
        elif part.by:
            return part.by
        elif branch := mover(state, part.task, part.outcome):
            return branch
        if not held:
            raise NotAsExpected(f"{part.task}: tidak ada pejabat yang memegang tugas ini")
        return held[0]


async def _one(connection: AsyncConnection, query: Any, given: dict[str, Any]) -> Any:
    return (await connection.execute(query, given)).scalar_one_or_none()


async def _column(connection: AsyncConnection, query: Any, given: dict[str, Any]) -> list[Any]:
    return list((await connection.execute(query, given)).scalars())


async def _pairs(connection: AsyncConnection, query: Any) -> dict[str, str]:
    return {row[0]: row[1] for row in await connection.execute(query)}


class Player:
    """Acts the parts of a story as the sample officials do."""

    def __init__(self, people: Officials, stage: Stage, scanned: Path) -> None:
        self.people, self.stage = people, stage
        self.filling = Filling(stage.ask(_pairs, _NIPS), papers(scanned))

    def tell(self, listed: Listed, story: Scenario) -> Told:
        """Opens the case, acts every part, and waits for the end. NotAsExpected where the pages do otherwise."""
        page, process = self._opened(listed, story.starter), listed.process
        number = case_number(page)
        case_id = self.stage.ask(case_id_of, number)
        for part in story.acts:
            assert isinstance(part, Do)
            self._act(process, number, case_id, part)
        if (result := self.stage.ended(case_id)) != story.ends:
            raise NotAsExpected(f"perkara {number} berakhir {result}, seharusnya {story.ends}")
        self.people.say(f"Perkara {number} selesai: {story.ends}")
        made = {one.code: _expected(process, one) for one in self.stage.ask(documents, case_id) if one.signed_sha}
        return Told(process.code, process.family, story.name, number, story.starter, made)

    def _opened(self, listed: Listed, starter: str) -> Page:
        """At the counter where the page of the process leads there, else from "Mulai proses baru"."""
        visitor = self.people.at(starter)
        counter = f"/proses/{listed.code}/pemohon"
        if not for_outsiders(listed.process) and not any(to == counter for to, _ in visitor.get(f"/proses/{listed.code}").links):
            return self.people.start(starter, listed.code)
        page = visitor.press(visitor.get(counter), "Mulai", OUTSIDER)
        self.people.say(f"{visitor.name} ({self.people.accounts[starter][2]}): membuka perkara {case_number(page)} untuk pemohon tanpa akun")
        return page

    def _act(self, process: Process, number: int, case_id: str, part: Do) -> None:
        task_id = self.stage.task(case_id, part.task)
        position = self.stage.seat(process, self.stage.state(process, case_id), part)
        task = self.stage.ask(tasks.task, task_id)
        node = process.find(split(part.task)[0])
        signs = [one.name for one in node.outcomes if one.performs] if isinstance(node, Sign) else []
        outside = bool(outsiders(task.positions))
        fields = fields_of(process, node, task)
        if signs == [part.outcome] and not outside and not fields:
            self.people.sign(position, number, task=task_id)
            return
        address_ = f"/tugas/{task_id}?{PAGE}={WHOLE}"
        form = self._page(position, address_, shown=part.outcome in signs and not fields).form(action=f"/tugas/{task_id}")
        values = dated(part.values, datetime.now(UTC), "Asia/Jakarta")
        texts, files = self.filling.of(fields, values, form)
        agreed = {} if part.outcome not in signs else {"setuju": ["ya"]} if outside else SIGNING
        self.people.decide(position, number, part.outcome, {**texts, **agreed}, part.reason, files, address=address_)

    def _page(self, position: str, address_: str, shown: bool) -> Page:
        """The task; ``shown``: once the letter that is to be signed is drawn, which a form on the page must be sent for."""
        until = time.monotonic() + PATIENCE
        while True:
            page = self.people.at(position).get(address_)
            if not shown or any(one.texts.get("shown", [""])[0] for one in page.forms) or time.monotonic() > until:
                return page
            time.sleep(0.3)


def _expected(process: Process, one: Document) -> frozenset[str]:
    """The seal, and the signatures of whoever signed; one at least where the process names a signer."""
    declared = next(document for document in process.documents if document.code == one.code.partition("@")[0])
    fields = {signer["field"] for signer in one.signers}
    return frozenset({"Segel", *(fields or ({"TandaTangan1"} if declared.signer != SEAL else ()))})
