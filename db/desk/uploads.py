"""Uploads of a person: what was accepted, by whom, which bytes. A row is written after the bytes are safe on disk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.ext.asyncio import AsyncConnection
from ulid import ULID

from db.tables.desk import upload
from db.tables.document import stored_file
from engine.events import Json
from forms.known import Upload

MIME = {
    "pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


async def put(
    connection: AsyncConnection, person: str, sha: str, name: str, kind: str, size: int, pages: int, now: datetime, taken: Json = None
) -> Upload:
    """Note an accepted upload; the file itself lies in the store under ``sha``. ``taken``: of a photograph that is evidence (forms.known.Upload)."""
    await connection.execute(insert_or(stored_file).values(sha=sha, size=size, mime=MIME[kind]).on_conflict_do_nothing())
    row = {
        "id": str(ULID()),
        "person": person,
        "sha": sha,
        "name": name,
        "kind": kind,
        "size": size,
        "pages": pages,
        "created_at": now,
        "taken": taken,
    }
    await connection.execute(insert(upload).values(row))
    return Upload(id=str(row["id"]), name=name, sha256=sha, kind=kind, size=size, taken=taken)


async def find(connection: AsyncConnection, person: str, ids: Iterable[str]) -> dict[str, Upload]:
    """The uploads of this person among ``ids``: another's id finds nothing."""
    wanted = [one for one in dict.fromkeys(ids) if one]
    if not wanted:
        return {}
    rows = await connection.execute(
        select(upload.c.id, upload.c.name, upload.c.sha, upload.c.kind, upload.c.size, upload.c.taken).where(
            upload.c.person == person, upload.c.id.in_(wanted)
        )
    )
    return {row.id: Upload(row.id, row.name, row.sha, row.kind, row.size, row.taken) for row in rows}
