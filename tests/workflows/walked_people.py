"""Who acts in a random walk, and what he says: who may, which outcome, a form the page takes, receivers below the giver."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any, cast
from zoneinfo import ZoneInfo

from ulid import ULID

from db.read import organisation
from db.read.tasks import latest_task
from engine import disposition
from engine.decide import repair_outcomes
from engine.errors import FieldsInvalid, RecipientInvalid
from engine.events import Actor, Json
from engine.index import split
from engine.nodes import Dispose, Step
from engine.outsiders import is_outsider, outsiders
from engine.process import Process
from engine.trail import actor_to_json
from engine.walk import Move, Walker
from forms.reading import parse
from tests.workflows.running import City, Vacant
from tests.workflows.typing_in import Typist
from web.acting import Asked, answers_of, asked
from web.books import context_for, options_for
from web.directory import Tables
from web.policy import Viewer
from web.ports import Capacity, Person
from workflows.contracts import Reassignment

ZONE = ZoneInfo("Asia/Jakarta")
TRIES = 15
"""Forms typed anew, or acts thought of, before another way is taken."""


@dataclass(repr=False)
class People:
    """Of one walk. ``taken``: what was done in it, to be read when it went wrong."""

    here: City
    process: Process
    case: str
    walker: Walker
    random: Random
    typist: Typist
    taken: list[str] = field(default_factory=list)
    outcome: str = ""
    """Of the act that is thought of now."""

    async def handed_over(self, move: Move) -> bool:
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
                await self.here.cases.reassign(self.case, asked_for)
                return True
        return False

    async def actors(self, move: Move) -> list[Actor]:
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

    async def thought(self, move: Move, actor: Actor, without: list[str]) -> dict[str, Json] | None:
        """Sets the outcome and gives the values. RuntimeError when no outcome is left."""
        if "#" in move.task:
            return await self.on_branch(move, actor)
        if move.task.endswith("!"):
            self.outcome = self.random.choice(repair_outcomes(self.process.find(split(move.task)[0])))
            return None
        name, rows = split(move.task)
        node = cast(Step, self.process.find(name))
        outcome = move.outcome(node, rows, without)
        self.outcome = outcome.name
        one, viewer = await self.asked(move, actor)
        verdict = next(found for found in one.verdicts if found.name == outcome.name)
        values = await self.typed(one, viewer, frozenset(outcome.needs)) if verdict.fills and one.fields else {}
        if isinstance(node, Dispose) and outcome.performs:
            values = {**values, **await self.receivers(node, actor, 3, led=False)}
        return values or None

    async def asked(self, move: Move, actor: Actor) -> tuple[Asked, Viewer]:
        now = await self.here.clock()
        known = await Tables(self.here.database).known(actor.person, now)
        person = known.person if known is not None else Person(actor.person, actor.name)
        seats = known.capacities if known is not None else (Capacity(actor.position, actor.title, "pihak-luar"),)
        viewer = Viewer(person, "", now, seats, next(one for one in seats if one.position == actor.position))
        async with self.here.database.connect() as connection:
            task = await latest_task(connection, self.case, move.task)
            assert task is not None
            return await asked(connection, task.id, viewer, now), viewer

    async def typed(self, one: Asked, viewer: Viewer, needs: frozenset[str]) -> dict[str, Json]:
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

    async def on_branch(self, move: Move, actor: Actor) -> dict[str, Json] | None:
        offered = disposition.outcomes(self.walker.state, move.task, actor.position)
        node, number = cast(Dispose, self.process.find(split(move.task)[0])), int(move.task.rpartition("#")[2])
        branch = next(one for one in move.at.branches if one.id == number)
        deep = len(move.at.branches) > 6
        chosen = self.random.choice([one for one in offered if not (deep and one in (disposition.PASS_ON, disposition.NAME_ANOTHER))] or offered)
        self.outcome = chosen
        if chosen == disposition.PASS_ON:
            led = any(one.parent == number and one.role == "utama" and one.holds for one in move.at.branches)
            return await self.receivers(node, actor, 2, led=led)
        if chosen == disposition.NAME_ANOTHER:
            return await self.receivers(node, actor, 1, led=branch.role != "utama")
        return None

    async def receivers(self, node: Dispose, actor: Actor, most: int, *, led: bool) -> dict[str, Any]:
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
