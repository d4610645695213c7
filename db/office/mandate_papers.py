"""What stands around a mandate: proposals of a secretary, and the order letter that was handed in. Each change with its entry in the office trail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from ulid import ULID

from db.office.rows import add_row, change_row
from db.tables.mandates import acting_letter, mandate_draft
from engine.errors import AlreadyRecorded, NotFound
from engine.events import Actor
from engine.mandates import Mandate

_STATE = text("SELECT status FROM mandate_draft WHERE id = :id FOR UPDATE")


async def propose(connection: AsyncConnection, actor: Actor, asked: Mandate, note: str, letter: tuple[str, str], at: datetime) -> str:
    """A mandate as somebody would have it; it binds nobody until the personnel desk records it. Gives the id.

    ``letter``: (SHA-256, name) of the order, ("", "") while it is not signed. Refuses ReasonMissing, FieldsInvalid for what the table refuses."""
    found = str(ULID())
    values = {
        "id": found, "kind": asked.kind, "position": asked.position, "person": asked.person, "starts": asked.starts, "ends": asked.ends, "cause": asked.cause,
        "order_number": asked.order_number, "limits": sorted(asked.forbids), "letter_sha": letter[0] or None, "letter_name": letter[1], "note": note,
        "made_by": actor.person, "made_position": actor.position, "made_at": at,
    }  # fmt: skip
    await add_row(connection, actor, mandate_draft, values, note, at)
    return found


async def settle(connection: AsyncConnection, actor: Actor, draft_id: str, status: str, reason: str, at: datetime, acting: str = "") -> None:
    """The proposal was recorded (``dicatat`` as ``acting``), refused (``ditolak``) or taken back (``ditarik``). Once: a second answer is refused
    (AlreadyRecorded); NotFound for an unknown one, ReasonMissing."""
    standing = (await connection.execute(_STATE, {"id": draft_id})).scalar_one_or_none()
    if standing is None:
        raise NotFound("Usul ini tidak ada. Pilih dari daftar usul.")
    if standing != "diajukan":
        raise AlreadyRecorded("Usul ini sudah diputuskan atau ditarik. Muat ulang halaman.")
    values = {"status": status, "settled_by": actor.person, "settled_at": at, "settled_reason": reason, "acting": acting or None}
    await change_row(connection, actor, mandate_draft, {"id": draft_id}, values, reason, at)


async def keep_letter(connection: AsyncConnection, actor: Actor, acting: str, sha: str, name: str, reason: str, at: datetime) -> None:
    """The order letter of this mandate; its hash stands in the office trail. FieldsInvalid when it has one."""
    await add_row(connection, actor, acting_letter, {"acting": acting, "sha": sha, "name": name, "added_at": at}, reason, at)
