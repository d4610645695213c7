"""What ``record`` asks of PostgreSQL: statements, commits and bytes of log of a whole case. Exact counts."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from datetime import UTC, datetime

import psycopg
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.database import Database
from bench.table import Line
from db.connect import connect
from db.write.record import Recorded
from engine.events import Event, Json
from tests.db.play import Played, actor, city
from tests.db.processes import LETTER

CASES, WARM = 12, 3
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass
class Counter:
    """Counts what passes through an engine while ``on``."""

    on: bool = False
    statements: int = 0
    commits: int = 0

    def listen(self, engine: AsyncEngine) -> None:
        event.listen(engine.sync_engine, "before_cursor_execute", self._statement)
        event.listen(engine.sync_engine, "begin", self._begin)
        event.listen(engine.sync_engine, "commit", self._commit)

    def _statement(self, *_: object) -> None:
        self.statements += self.on

    def _begin(self, *_: object) -> None:
        self.statements += self.on

    def _commit(self, *_: object) -> None:
        self.statements += self.on
        self.commits += self.on


@dataclass
class Counted(Played):
    """A case whose batches are counted."""

    counter: Counter = field(default_factory=Counter)
    batches: int = 0

    async def commit(self, events: list[Event]) -> Recorded:
        self.counter.on = True
        try:
            return await super().commit(events)
        finally:
            self.counter.on = False
            self.batches += 1


def _receivers() -> Json:
    rows = (("kabid-aplikasi", "utama"), ("kabid-infrastruktur", "pendukung"), ("kabid-informasi", "tembusan"))
    return [
        {"_id": f"r{at}", "pejabat": seat, "peran": part, "instruksi": ["tanggapi"], "batas_waktu": "2026-11-25"}
        for at, (seat, part) in enumerate(rows, 1)
    ]


async def _play(played: Counted) -> None:
    """Drafted, returned once, initialled, signed, disposed to three, reported, answered, filed."""
    await played.open(await actor(played.engine, "konseptor-diskominfo", MONDAY), "diskominfo")
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal="Permohonan data", sifat="biasa")
    await played.decide("ketua-tim-diskominfo", "paraf", "kembalikan", "Perbaiki tanggal")
    await played.decide("konseptor-diskominfo", "konsep", "kirim")
    await played.decide("ketua-tim-diskominfo", "paraf", "paraf")
    await played.decide("kepala-diskominfo", "tanda-tangan", "tandatangani")
    await played.finish("tanda-tangan")
    await played.finish("lembar-terbit")
    await played.decide("kepala-diskominfo", "disposisi", "disposisikan", penerima=_receivers())
    await played.decide("kabid-infrastruktur", "disposisi#2", "lapor", "Data disiapkan")
    await played.decide("kabid-aplikasi", "disposisi#1", "lapor", "Selesai")
    await played.decide("persuratan-diskominfo", "jawaban", "dijawab")
    await played.decide("arsiparis-diskominfo", "berkaskan", "berkaskan")


def _written(owner: psycopg.Connection[tuple[object, ...]]) -> int:
    row = owner.execute("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')").fetchone()
    assert row is not None
    return int(str(row[0]))


async def measure(given: Database) -> list[Line]:
    engine, counter = connect(given.app), Counter()
    await city(engine, MONDAY, LETTER)
    counter.listen(engine)
    statements, commits, written, events, batches = [], [], [], 0, 0
    with given.admin() as owner:
        for number in range(WARM + CASES):
            if number == WARM:
                owner.execute("CHECKPOINT")
                await _play(Counted(engine, LETTER, "s-after-checkpoint", MONDAY, counter=counter))  # takes the full-page images
            before = (counter.statements, counter.commits, _written(owner))
            played = Counted(engine, LETTER, f"s-{number}", MONDAY, counter=counter)
            await _play(played)
            assert played.state.result == "selesai"
            if number >= WARM:
                statements.append(counter.statements - before[0])
                commits.append(counter.commits - before[1])
                written.append(_written(owner) - before[2])
                events, batches = len(played.events), played.batches
    await engine.dispose()
    many, log = statistics.median(statements), statistics.median(written)
    return [
        Line(
            "SQL statements per case (record)",
            None,
            None,
            f"{many:g}, {many / batches:.1f} a batch",
            f"{batches} batches, {events} events; BEGIN and COMMIT counted",
        ),
        Line("commits per case (record)", None, None, f"{statistics.median(commits):g}", "one a batch"),
        Line(
            "log of PostgreSQL per case",
            None,
            None,
            f"{log / 1000:.1f} kB, {log / events:.0f} B an event",
            f"submissions included; {min(written)}–{max(written)} B over {CASES} cases",
        ),
    ]
