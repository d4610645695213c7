"""Sealed papers of the office that belong to no case: what they say is fixed when they are asked for, the file when it is verified."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.errors import StaleVersion
from engine.events import Json

_START = text("""
    INSERT INTO office_document (id, key, kind, title, position, mandate, content, verify_code, verify_token_hash, made_by, made_at)
    VALUES (:id, :key, :kind, :title, :position, :mandate, CAST(:content AS jsonb), :code, :token, :by, :at) ON CONFLICT (key) DO NOTHING
""")
_ONE = text("SELECT * FROM office_document WHERE key = :key")
_SEALED = text("""
    UPDATE office_document SET base_sha = :base, signed_sha = :sha, verdict = CAST(:verdict AS jsonb), signed_at = :at
    WHERE id = :id AND (signed_sha IS NULL OR signed_sha = :sha)
""")


@dataclass(frozen=True, slots=True)
class Paper:
    id: str
    title: str
    position: str
    content: Json
    verify_code: str
    made_at: datetime
    signed_sha: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper as it is asked for. ``key``: the same twice is one paper."""

    id: str
    key: str
    kind: str
    title: str
    position: str
    mandate: str
    content: Json
    by: str


async def begin(connection: AsyncConnection, asked: Asked, verify_code: str, token_hash: str, at: datetime) -> Paper:
    """The paper of this key, made on first use with its content and code; later calls give the first."""
    values = {
        "id": asked.id, "key": asked.key, "kind": asked.kind, "title": asked.title, "position": asked.position, "mandate": asked.mandate,
        "content": json.dumps(asked.content), "code": verify_code, "token": token_hash, "by": asked.by, "at": at,
    }  # fmt: skip
    await connection.execute(_START, values)
    r = (await connection.execute(_ONE, {"key": asked.key})).one()
    return Paper(r.id, r.title, r.position, r.content, r.verify_code, r.made_at, r.signed_sha or "")


async def sealed(connection: AsyncConnection, paper_id: str, base_sha: str, sha: str, verdict: Json, at: datetime) -> None:
    """The sealed file with what its check said. Idempotent; refuses another file for the same paper (StaleVersion)."""
    values = {"id": paper_id, "base": base_sha, "sha": sha, "verdict": json.dumps(verdict), "at": at}
    if (await connection.execute(_SEALED, values)).rowcount != 1:
        raise StaleVersion("Naskah ini sudah disegel dengan berkas lain.")
