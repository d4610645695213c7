"""Files by content: ``<root>/ab/cd/<sha256>``, written beside and renamed into place, so a reader never meets half a file."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.errors import NotFound

_SHA = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class StoredFile:
    sha: str
    size: int
    mime: str


def path_of(root: Path, sha: str) -> Path:
    """Where the file of this hash lies. ValueError for what is no hash: nothing else can become a path."""
    if not _SHA.fullmatch(sha):
        raise ValueError("not a SHA-256")
    return root / sha[:2] / sha[2:4] / sha


def keep(root: Path, content: bytes) -> str:
    """Writes the bytes under their hash (temp → fsync → rename → fsync of the folder); again costs a look. Gives the hash."""
    sha = hashlib.sha256(content).hexdigest()
    target = path_of(root, sha)
    if target.is_file() and target.stat().st_size == len(content):
        return sha
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f"{sha}.{secrets.token_hex(6)}.tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return sha


def read(root: Path, sha: str) -> bytes:
    """The bytes, checked against their hash. Refuses a missing or damaged file (NotFound): no page shows what is not what was stored."""
    path = path_of(root, sha)
    if not path.is_file():
        raise NotFound("Berkas tidak ada pada penyimpanan. Hubungi pengelola sistem.")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha:
        raise NotFound("Berkas rusak: isinya tidak cocok dengan sidiknya. Hubungi pengelola sistem.")
    return content


async def register(connection: AsyncConnection, sha: str, size: int, mime: str) -> StoredFile:
    """Makes the file known to the tables, after its bytes are safe on disk. Idempotent."""
    statement = text("INSERT INTO stored_file (sha, size, mime) VALUES (:sha, :size, :mime) ON CONFLICT (sha) DO NOTHING")
    await connection.execute(statement, {"sha": sha, "size": size, "mime": mime})
    return StoredFile(sha, size, mime)
