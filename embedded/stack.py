"""Everything of one machine, started in order and stopped in reverse: PostgreSQL, Temporal, tables, city, workers, pages."""

from __future__ import annotations

import asyncio
import base64
import importlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from embedded import postgres, temporal
from embedded.postgres import CannotStart

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "alur"
SAMPLE_PASSWORD = "kota-contoh-2026"  # noqa: S105  # printed at start; accepted on loopback only
SAMPLE_PASSPHRASE = "frasa-contoh-2026"  # noqa: S105  # of the sample certificates, which say CONTOH


@contextmanager
def progress(text: str, show: bool = True) -> Iterator[None]:
    """One line when begun, the seconds it took when done; nothing for what is quicker than a blink."""
    begun = time.monotonic()
    if show:
        print(f"  … {text}", end="\r", flush=True)
    yield
    if show:
        print(f"  ✓ {text} ({time.monotonic() - begun:.1f} d)", flush=True)


@dataclass
class Stack:
    """``state``: the folder that holds everything; ``port`` of the pages. Not ``durable``, what a power cut or a kill loses, is for tests that do neither."""

    state: Path
    city: Path
    port: int = 8000
    durable: bool = True
    show: bool = True
    sample: bool = True
    database: postgres.Postgres | None = None
    server: temporal.Temporal | None = None
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _marks: dict[str, int] = field(default_factory=dict)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """What the children read as settings; secrets stay in files below the state folder."""
        assert self.database is not None
        assert self.server is not None
        kept = self._secrets()
        return {
            **_inherited(),
            "ALUR_DATABASE_URL": self.database.url(DATABASE, "alur_app", kept["app_password"]),
            "ALUR_OWNER_URL": self.database.url(DATABASE),
            "ALUR_TEMPORAL_ADDRESS": self.server.address,
            "ALUR_CODEC_KEY": kept["codec_key"],
            "ALUR_CITY_DIR": str(self.city),
            "ALUR_STATE_DIR": str(self.state),
            "ALUR_BASE_URL": self.base_url,
            "ALUR_LISTEN": f"127.0.0.1:{self.port}",
            "ALUR_SAMPLE_ACCOUNTS": "true" if self.sample else "false",
            "ALUR_SAMPLE_PASSPHRASE": SAMPLE_PASSPHRASE if self.sample else "",
        }

    def _secrets(self) -> dict[str, str]:
        path = self.state / "secrets.json"
        if not path.exists():
            made = {"app_password": secrets.token_urlsafe(24), "codec_key": base64.b64encode(secrets.token_bytes(32)).decode()}
            path.touch(mode=0o600)
            path.write_text(json.dumps(made))
        found: dict[str, str] = json.loads(path.read_text())
        return found

    # -- up -----------------------------------------------------------------------------------------------------------

    def up(self) -> None:
        """Starts all; returns when the pages answer. Raises CannotStart with one plain line."""
        self._port_is_free()
        for name in ("worker", "web"):
            self._warm(name)
        self.servers_up()
        self.prepare()
        with progress("menyalakan pekerja dan halaman", self.show):
            self.start_worker()
            self.start_web()
            self.wait_worker()
            self.wait_ready()

    def servers_up(self) -> None:
        """PostgreSQL and Temporal, side by side."""
        self.state.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(2) as both, progress("menyalakan PostgreSQL dan Temporal", self.show):
            database = both.submit(postgres.start, self.state / "postgres", None, self.durable)
            server = both.submit(temporal.start, self.state / "temporal", answers=False, kept=self.durable)
            _import_meanwhile()
            try:
                self.database = database.result()
            finally:
                self.server = server.result() if server.exception() is None else None
        if self.server is None:
            raise CannotStart(str(server.exception()))

    def prepare(self) -> None:
        """Tables, city, pinned processes, sample accounts: each only when something is missing."""
        assert self.database is not None
        from db.migrate import current, head, upgrade

        url = self._create_database()
        if current(url) != head():
            with progress("menyiapkan tabel", self.show):
                upgrade(url, self._secrets()["app_password"])
        with progress("memuat kota dan akun contoh", self.show):
            asyncio.run(self._load(self.database.url(DATABASE)))

    def _create_database(self) -> str:
        import psycopg

        assert self.database is not None
        with psycopg.connect(host="127.0.0.1", port=self.database.port, user="postgres", password=self.database.password, autocommit=True) as admin:
            if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone() is None:
                admin.execute(f"CREATE DATABASE {DATABASE} ENCODING 'UTF8'")
        return self.database.url(DATABASE)

    async def _load(self, url: str) -> None:
        from db.connect import connect, transaction
        from db.office.load_city import load_city
        from db.office.processes import keep_processes
        from workflows.catalogue import catalogue

        engine = connect(url, pool=2)
        now = datetime.now(UTC)
        found = catalogue(self.city)
        for fault in found.faults:
            print(f"  ! proses ditolak: {fault}")
        async with transaction(engine) as connection:
            await load_city(connection, self.city, now)
            await keep_processes(connection, [listed.process for listed in found.processes.values()])
        if self.sample:
            from embedded.accounts import ensure_accounts

            await ensure_accounts(engine, SAMPLE_PASSWORD, now)
        await engine.dispose()

    def _port_is_free(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError:
                raise CannotStart(
                    f"Port {self.port} sudah dipakai program lain. Hentikan program itu, atau pilih port lain: make run PORT={self.port + 1}"
                ) from None

    # -- children -----------------------------------------------------------------------------------------------------

    def start_worker(self) -> None:
        self._start("worker")

    def start_web(self) -> None:
        self._start("web")

    def _warm(self, name: str) -> None:
        """A child that imports now and runs once it is told its environment."""
        self.state.mkdir(parents=True, exist_ok=True)
        path = self.state / f"{name}.log"
        self._marks[name] = path.stat().st_size if path.exists() else 0
        command = [sys.executable, "-m", "embedded.warm", name]
        with path.open("ab") as log:
            self.children[name] = subprocess.Popen(
                command, cwd=ROOT, env=_inherited(), stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
            )

    def _start(self, name: str) -> None:
        if name not in self.children:
            self._warm(name)
        told = self.children[name].stdin
        assert told is not None
        with suppress(BrokenPipeError), told:
            # A child that died while importing is found by the wait, which reads its log.
            told.write(json.dumps(self.environment()).encode() + b"\n")

    def wait_worker(self, limit: float = 60.0) -> None:
        """Until the worker started last says that it is ready. Raises CannotStart naming the log to read."""
        path = self.state / "worker.log"
        until = time.monotonic() + limit
        while time.monotonic() < until:
            if self.children["worker"].poll() is not None:
                break
            with path.open("rb") as log:
                log.seek(self._marks["worker"])
                if b"siap" in log.read():
                    return
            time.sleep(0.05)
        raise CannotStart(f"Pekerja tidak siap; baca {path}.")

    def wait_ready(self, limit: float = 60.0) -> None:
        """Until the pages and a worker answer. Raises CannotStart naming the log to read."""
        until = time.monotonic() + limit
        while time.monotonic() < until:
            for name, child in self.children.items():
                if child.poll() is not None:
                    raise CannotStart(f"{name} berhenti saat dinyalakan ({self._last_words(name)}); baca {self.state / f'{name}.log'}.")
            try:
                with urllib.request.urlopen(f"{self.base_url}/siap", timeout=2) as answer:  # noqa: S310  # our own loopback address
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        raise CannotStart(f"Halaman tidak siap dalam {limit:.0f} detik; baca {self.state / 'web.log'} dan {self.state / 'worker.log'}.")

    def _last_words(self, name: str) -> str:
        """The last line a child wrote: what went wrong, more often than not."""
        with (self.state / f"{name}.log").open("rb") as log:
            log.seek(self._marks[name])
            lines = log.read().decode(errors="replace").strip().splitlines()
        return lines[-1][:200] if lines else f"kode {self.children[name].poll()}"

    def kill(self, name: str) -> None:
        """SIGKILL to a part and what it spawned (``worker``, ``web``, ``postgres``, ``temporal``): for the fault tests."""
        assert self.database is not None
        assert self.server is not None
        process = {"postgres": self.database.process, "temporal": self.server.process}.get(name) or self.children.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def restart(self, name: str) -> None:
        """Starts a killed part again, where it was."""
        assert self.database is not None
        assert self.server is not None
        if name == "postgres":
            self.database = postgres.start(self.state / "postgres", self.database.port, self.durable)
        elif name == "temporal":
            self.server = temporal.start(self.state / "temporal", int(self.server.address.rpartition(":")[2]), kept=self.durable)
        elif name == "worker":
            self.start_worker()
        else:
            self.start_web()

    # -- down ---------------------------------------------------------------------------------------------------------

    def down(self) -> None:
        """Stops what this stack started, pages first, and nothing else."""
        for name in ("web", "worker"):
            child = self.children.pop(name, None)
            if child is not None and child.poll() is None:
                child.terminate()
                try:
                    child.wait(25)
                except subprocess.TimeoutExpired:
                    os.killpg(child.pid, signal.SIGKILL)
        if self.server is not None:
            self.server.stop()
        if self.database is not None:
            self.database.stop()

    def watch(self) -> None:
        """Until Ctrl-C or SIGTERM, or until a child dies (then says which and raises CannotStart)."""
        signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        while True:
            time.sleep(0.5)
            for name, child in self.children.items():
                if child.poll() is not None:
                    raise CannotStart(f"{name} berhenti sendiri; baca {self.state / f'{name}.log'}.")


def _inherited() -> dict[str, str]:
    """Children write bytecode whatever the starter's own shell says: the next start is quicker by a second."""
    return {**{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}, "PYTHONPATH": str(ROOT)}


def _import_meanwhile() -> None:
    """What ``prepare`` needs, while the servers start."""
    for name in ("db.connect", "db.migrate", "db.office.load_city", "db.office.processes", "embedded.accounts", "workflows.catalogue"):
        importlib.import_module(name)
