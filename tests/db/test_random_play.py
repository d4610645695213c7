"""Whatever officials do in whatever order, what people see is the fold of the trail: checked after every act of seeded random plays."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db.read.trail_check import verify
from engine import acts, disposition
from engine.errors import Refusal
from engine.events import Json
from engine.index import split
from engine.nodes import Dispose
from tests.db.play import Played, actor, city
from tests.db.processes import LETTER

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BELOW = ("kabid-aplikasi", "kabid-infrastruktur", "kabid-informasi", "ketua-tim-diskominfo", "pejabat-pdp", "walidata")
SHOWN = {"open": {"sent", "read"}, "kept": {"reported"}, "replaced": {"gone"}}
"""Words of the branch table for those of the state, where they differ."""


class Player:
    def __init__(self, played: Played, seed: int) -> None:
        self.played, self.random = played, Random(seed)
        self.refused = 0

    async def move(self) -> None:
        """One act of somebody, of the machine, or of time."""
        state = self.played.state
        running = [name for name, step in state.steps.items() if step.status == "acting"]
        if running:
            return await self.machine(self.random.choice(sorted(running)))
        if self.random.random() < 0.12:
            await self.played.late(hours=self.random.randrange(1, 150))
            return None
        tasks = [name for name, step in state.steps.items() if step.status == "open"]
        branches = [f"{name}#{b.id}" for name, step in state.steps.items() for b in step.branches if step.status == "disposed" and b.turn != "over"]
        instance = self.random.choice(sorted(tasks + branches))
        try:
            await (self.branch(instance) if "#" in instance else self.task(instance))
        except Refusal:
            self.refused += 1

    async def machine(self, instance: str) -> None:
        step = self.played.state.steps[instance]
        key = f"{self.played.case}/{instance}/{step.round}"
        if self.random.random() < 0.2:
            now, state = self.played.now, self.played.state
            await self.played.commit(acts.failed(LETTER, state, instance, step.round, key, "layanan-mati", "layanan mati", 8, now))
        else:
            await self.played.finish(instance)

    async def task(self, instance: str) -> None:
        step = self.played.state.steps[instance]
        seat = self.random.choice(sorted(step.positions))
        if step.kind == "repair":
            await self.played.decide(seat, instance, "coba-lagi", "Coba")
            return
        node = LETTER.find(split(instance)[0])
        outcome = self.random.choice([o.name for o in getattr(node, "outcomes", ())])
        values: dict[str, Json] = {"branches": self.receivers()} if isinstance(node, Dispose) else {}
        if instance == "konsep":
            values = {"perihal": f"Hal {self.random.randrange(99)}", "sifat": self.random.choice(["biasa", "rahasia"])}
            outcome = "kirim" if self.random.random() < 0.95 else outcome
        await self.played.decide(seat, instance, outcome, "Alasan", **values)

    def receivers(self) -> list[Json]:
        seats = self.random.sample(BELOW, self.random.randrange(1, 4))
        day = self.played.now.date().isoformat()
        return [
            {"position": seat, "role": "utama" if n == 0 else self.random.choice(["pendukung", "tembusan"]), "instructions": ["tanggapi"], "due": day}
            for n, seat in enumerate(seats)
        ]

    async def branch(self, instance: str) -> None:
        step = self.played.state.steps[instance.partition("#")[0]]
        branch = next(b for b in step.branches if b.id == int(instance.partition("#")[2]))
        seat = self.random.choice([branch.position, disposition.giver(step, branch)])
        offered = disposition.outcomes(self.played.state, instance, seat)
        if not offered:
            return
        outcome = self.random.choices(offered, [0.1 if word == "tarik" else 1.0 for word in offered])[0]
        values: dict[str, Json] = {"branches": self.receivers()} if outcome in ("teruskan", "tunjuk-lain") else {}
        await self.played.decide(seat, instance, outcome, "Teks", **values)


async def _agrees(app: AsyncEngine, played: Played) -> None:
    """Trail, tasks, seats and branches against the state in memory."""
    query = """SELECT t.instance, t.round, array_agg(p.position ORDER BY p.position) AS seats FROM task t
               JOIN task_position p ON p.task_id = t.id WHERE t.case_id = :case AND t.kind <> 'branch' GROUP BY 1, 2"""
    async with app.connect() as connection:
        verdict = await verify(connection, played.case)
        seats = {(r.instance, r.round): list(r.seats) for r in await connection.execute(text(query), {"case": played.case})}
        rows = await connection.execute(text("SELECT * FROM disposition_branch WHERE case_id = :case"), {"case": played.case})
        shown = {(r.instance, r.round, r.branch): r.status for r in rows}
        turns = await connection.execute(
            text("SELECT t.instance, p.position FROM task t JOIN task_position p ON p.task_id = t.id WHERE t.case_id = :case AND t.kind = 'branch'"),
            {"case": played.case},
        )
        holders = {r.instance: r.position for r in turns}
    assert verdict.sound, verdict
    assert seats == {(name, step.round): sorted(step.positions) for name, step in played.state.steps.items() if step.status == "open"}
    for name, step in played.state.steps.items():
        for branch in step.branches:
            assert shown[name, step.round, branch.id] in SHOWN.get(branch.status, {branch.status}), (name, branch)
            if branch.turn != "over" and not (branch.role == "tembusan" and branch.read):
                assert holders[f"{name}#{branch.id}"] == disposition.holder(played.state, f"{name}#{branch.id}")


MET = {
    "decided", "clock-stopped", "clock-started", "act-failed", "act-done", "reminded", "escalated", "disposed", "branch-read", "branch-reported",
    "branch-asked", "branch-answered", "branch-refused", "branch-withdrawn", "voided", "ended",
}  # fmt: skip


async def test_what_people_see_is_the_fold_of_the_trail(app: AsyncEngine) -> None:
    await city(app, MONDAY, LETTER)
    met: set[str] = set()
    for seed in range(16):
        played = Played(app, LETTER, f"acak-{seed}", MONDAY)
        await played.open(await actor(app, "konseptor-diskominfo", MONDAY), "diskominfo")
        player = Player(played, seed)
        for _ in range(40):
            if played.state.over:
                break
            await player.move()
            await _agrees(app, played)
        met |= {event.kind for event in played.events}
    assert met >= MET
