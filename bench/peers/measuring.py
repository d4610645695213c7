"""Our leave beside the same five decisions in bare Temporal, SpiffWorkflow and Viewflow, on one PostgreSQL in one run.

The peers do less: one row, one JSON or their own tables at each decision, no trail, no books, no letter. What stands beside them is what a whole
city gets for its decision. ``python -m bench peers`` installs them into a folder that is thrown away.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import text
from temporalio.client import Client

from bench.peers import bare
from bench.peers.shape import CASES, STEPS, WARM
from bench.processor import of_process
from bench.table import Line
from embedded.postgres import free_port
from embedded.stack import ROOT, SAMPLE_PASSPHRASE, Stack
from engine.scenario import Day, dated
from tests.faults.storm import city_of
from tests.workflows.running import City

HERE = Path(__file__).parent
DATABASE = "peers"
SETTLE = 11.0
"""Seconds until the backends have told the server what they did: an idle one may wait ten (PGSTAT_IDLE_INTERVAL)."""

ASKED = re.compile(rb"LOG:  (?:statement|execute [^:]*): +(?!BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|ALTER SYSTEM|SELECT pg_reload_conf)")


@dataclass(frozen=True, slots=True)
class Cost:
    """Of all measured decisions of one driver."""

    seconds: list[float]
    cpu: float
    """Of the process that decides (ours: the worker), not of PostgreSQL or Temporal."""
    commits: float
    wal: float
    statements: int

    def line(self, name: str, note: str) -> Line:
        many, cases = len(self.seconds), len(self.seconds) / len(STEPS)
        ordered = sorted(self.seconds)
        told = f"p50 {statistics.median(ordered) * 1000:.1f} ms, p95 {ordered[int(many * 0.95)] * 1000:.1f} ms, CPU {self.cpu / many * 1000:.1f} ms"
        return Line(
            f"leave, five decisions: {name}",
            None,
            None,
            f"{told}; a case: {self.statements / cases:.0f} statements, {self.commits / cases:.1f} commits, {self.wal / cases / 1000:.1f} kB WAL",
            note,
        )


@dataclass
class Server:
    """What PostgreSQL counted for one database between two looks, less what it does when nobody asks anything."""

    connection: psycopg.Connection[tuple[Any, ...]]
    database: str

    def look(self) -> tuple[int, int, float]:
        time.sleep(SETTLE)
        row = self.connection.execute(
            "SELECT xact_commit, (pg_current_wal_lsn() - '0/0')::bigint FROM pg_stat_database WHERE datname = %s", (self.database,)
        ).fetchone()
        assert row is not None
        return int(row[0]), int(row[1]), time.monotonic()

    def settings(self, wanted: str) -> None:
        self.connection.execute(wanted)
        self.connection.execute("SELECT pg_reload_conf()")
        time.sleep(1.0)

    @contextmanager
    def counting(self, log: Path) -> Iterator[list[int]]:
        """Fills in how many statements this server was asked, transaction words not counted: read from its own log, so it is for unmeasured cases only."""
        found: list[int] = []
        self.settings("ALTER SYSTEM SET log_statement = 'all'")
        start = log.stat().st_size
        try:
            yield found
        finally:
            self.settings("ALTER SYSTEM RESET log_statement")
            with log.open("rb") as lines:
                lines.seek(start)
                found.append(len(ASKED.findall(lines.read())))

    def idle(self, seconds: float = 6.0) -> tuple[float, float]:
        """Commits and bytes a second."""
        before = self.look()
        time.sleep(seconds)
        after = self.look()
        span = after[2] - before[2]
        return (after[0] - before[0]) / span, (after[1] - before[1]) / span

    def between(self, before: tuple[int, int, float], after: tuple[int, int, float], idle: tuple[float, float]) -> tuple[float, float]:
        span = after[2] - before[2]
        return max(after[0] - before[0] - idle[0] * span, 0.0), max(after[1] - before[1] - idle[1] * span, 0.0)


@contextmanager
def installed() -> Iterator[Path]:
    """A Python with the peers in it."""
    folder = Path(tempfile.mkdtemp(prefix="alur-peers-"))
    try:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin/pip", "install", "-q", "-r", HERE / "requirements.txt"], check=True)
        yield folder / "bin/python"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def of_script(python: Path, script: str, arguments: list[str], server: Server, idle: tuple[float, float]) -> Cost:
    with subprocess.Popen([python, HERE / script, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "warm"
        before = server.look()
        child.stdin.write("\n")
        child.stdin.flush()
        told = json.loads(child.stdout.readline())
        after = server.look()
        child.stdin.write("\n")
        child.stdin.flush()
    return Cost(told["seconds"], told["cpu"], *server.between(before, after, idle), statements=told["statements"])


async def of_bare(stack: Stack, dsn: str, server: Server, idle: tuple[float, float]) -> Cost:
    assert stack.server is not None
    command = [sys.executable, "-m", "bench.peers.bare", stack.server.address, dsn]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:  # noqa: ASYNC220 - nothing else runs here
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "ready"
        client = await Client.connect(stack.server.address)

        async def case(number: int) -> list[float]:
            handle, took = await client.start_workflow(bare.Leave.run, id=f"bench-peers-{number}", task_queue=bare.QUEUE), []
            for step in STEPS:
                begun = time.perf_counter()
                await handle.execute_update(bare.Leave.decide, step)
                took.append(time.perf_counter() - begun)
            return took

        for number in range(WARM):
            await case(number)
        before, cpu = server.look(), of_process(child.pid)
        took = [one for number in range(WARM, WARM + CASES) for one in await case(number)]
        spent, after = of_process(child.pid) - cpu, server.look()
        child.terminate()
    return Cost(took, spent, *server.between(before, after, idle), statements=2 * len(took))


async def of_ours(stack: Stack, server: Server, idle: tuple[float, float]) -> Cost:
    """The update of each decision on the whole product; the form and the permit are signed, so there is a sixth decision that is not counted."""
    here, worker = await city_of(stack), stack.children["worker"].pid
    async with here.database.connect() as connection:
        rows = await connection.execute(text("SELECT code FROM position WHERE code LIKE 'konseptor-%' ORDER BY code"))
        seats = [row.code for row in rows][: WARM + CASES]
    assert stack.database is not None
    await _leave(here, seats[0])
    with server.counting(stack.database.folder / "postgres.log") as asked:
        for seat in seats[1:WARM]:
            await _leave(here, seat)
    before, cpu = server.look(), of_process(worker)
    took = [one for seat in seats[WARM:] for one in await _leave(here, seat)]
    spent, after = of_process(worker) - cpu, server.look()
    await here.database.dispose()
    return Cost(took, spent, *server.between(before, after, idle), statements=asked[0] * len(took) // len(STEPS) // (WARM - 1))


async def _leave(here: City, seat: str) -> list[float]:
    values = dated(
        {"jenis_cuti": "tahunan", "alasan": "Keperluan keluarga.", "jumlah_hari_kerja": 3, "luar_negeri": False, "alamat_cuti": "Jalan Contoh 1",
         "telepon": "+6281234567890", "periode": {"from": Day(40), "to": Day(42)}},
        await here.clock(), "Asia/Jakarta",
    )  # fmt: skip
    case, took = await here.open("cuti-asn", seat), []
    steps = (
        ("ajukan", "kirim"),
        ("pertimbangkan", "setujui"),
        ("verifikasi", "lengkap"),
        ("putuskan-kepala-opd", "setujui"),
        ("catat-cuti", "tercatat"),
    )
    for step, outcome in steps:
        if step == "catat-cuti":
            await _signed(here, case, "izinkan-kepala-opd")
        task = await here.wait_open(case, step)
        actor = await here.actor(task.positions[0])
        envelope = await here.envelope(case, actor, SAMPLE_PASSPHRASE) if step.startswith("putuskan") else ""
        begun = time.perf_counter()
        await here.act(case, step, task.round, outcome, actor, values if step == "ajukan" else None, envelope=envelope)
        took.append(time.perf_counter() - begun)
    return took


async def _signed(here: City, case: str, step: str) -> None:
    task = await here.wait_open(case, step, 60)
    actor = await here.actor(task.positions[0])
    await here.act(case, step, task.round, "tanda-tangani", actor, envelope=await here.envelope(case, actor, SAMPLE_PASSPHRASE))


def measure() -> list[Line]:
    state = Path(tempfile.mkdtemp(prefix="alur-bench-"))
    stack = Stack(state, ROOT / "kota_contoh", free_port(), show=False)
    try:
        with installed() as python:
            stack.servers_up()
            stack.prepare()
            stack.start_worker()
            stack.wait_worker()
            return _all(stack, python)
    finally:
        stack.down()
        shutil.rmtree(state, ignore_errors=True)


def _all(stack: Stack, python: Path) -> list[Line]:
    assert stack.database is not None
    base = stack.database
    admin = psycopg.connect(host="127.0.0.1", port=base.port, user="postgres", password=base.password, dbname="postgres", autocommit=True)
    admin.execute(f"CREATE DATABASE {DATABASE}")
    dsn = f"host=127.0.0.1 port={base.port} dbname={DATABASE} user=postgres password={base.password}"
    beside, own = Server(admin, DATABASE), Server(admin, "alur")
    quiet = own.idle()
    nothing = (0.0, quiet[1])
    lines = [
        asyncio.run(of_bare(stack, dsn, beside, nothing)).line("bare Temporal", "an update, one activity, one row"),
        of_script(python, "spiff.py", [dsn], beside, nothing).line("SpiffWorkflow 3.2", "state as JSON in one row, no trail"),
        of_script(python, "django_viewflow.py", ["127.0.0.1", str(base.port), DATABASE, "postgres", base.password], beside, nothing).line(
            "Viewflow 2.4", "without HTTP, no trail"
        ),
        asyncio.run(of_ours(stack, own, quiet)).line("Alur", "trail, inbox, books, notices; two letters rendered, sealed, signed and verified"),
    ]
    admin.close()
    return lines
