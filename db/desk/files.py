"""Bytes by content on disk: ``<root>/ab/cd/<sha>``, written beside, flushed, renamed. The same bytes are stored once and never change."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

SHA = re.compile(r"[0-9a-f]{64}")


def path_of(root: Path, sha: str) -> Path:
    """Where the bytes of this hash lie. Anything but 64 hex digits is refused with ValueError: a path is never built from foreign text."""
    if not SHA.fullmatch(sha):
        raise ValueError("not a SHA-256")
    return root / sha[:2] / sha[2:4] / sha


def put(root: Path, content: bytes) -> str:
    """Store the bytes, byte for byte; gives their SHA-256. Survives a crash at any point: the name appears only when the bytes are on disk."""
    sha = hashlib.sha256(content).hexdigest()
    path = path_of(root, sha)
    if path.exists():
        return sha
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).rename(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return sha


def read(root: Path, sha: str) -> bytes:
    """The bytes of this hash; FileNotFoundError when they were never stored."""
    return path_of(root, sha).read_bytes()
