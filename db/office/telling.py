"""The people of a mandate are told of it: whoever acts, and whoever holds the post. The message is queued in the transaction that wrote the mandate."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read import mandates

What = Literal["dicatat", "berakhir", "dibatalkan"]

_QUEUE = text("""
    INSERT INTO outbox (event, recipient, channel, kind, case_id, instance, text, queued_at)
    SELECT :event, r, c, 'mandat', nullif(:case, ''), :page, :text, :at
    FROM unnest(CAST(:recipients AS text[])) r, unnest(ARRAY['aplikasi', 'surel']) c
    ON CONFLICT (event, recipient, channel) DO NOTHING
""")
_BEHALF = text("""
    SELECT CASE m.form WHEN 'an' THEN 'a.n.' ELSE 'u.b.' END AS form, m.from_position, m.to_position, f.title AS giver, t.title AS taker
    FROM mandate m JOIN position f ON f.code = m.from_position JOIN position t ON t.code = m.to_position WHERE m.id = :id
""")


async def tell(connection: AsyncConnection, mandate_id: str, what: What, at: datetime) -> None:
    """Once for each mandate and what became of it. Its order is no secret: the message names the post and who acts."""
    one = await mandates.one(connection, mandate_id, at)
    given = {
        "event": f"mandat/{mandate_id}/{what}", "case": one.case_id, "page": mandate_id, "text": f"Mandat {what}: {one.title}, {one.name}", "at": at,
        "recipients": [f"orang:{one.mandate.person}", f"jabatan:{one.mandate.position}"],
    }  # fmt: skip
    await connection.execute(_QUEUE, given)


async def tell_of_behalf(connection: AsyncConnection, mandate_id: str, what: What, at: datetime) -> None:
    """The same of a mandate to sign a.n. or u.b.: to the post that gave it and the one that has it."""
    row = (await connection.execute(_BEHALF, {"id": mandate_id})).one()
    given = {
        "event": f"mandat/{mandate_id}/{what}", "case": "", "page": "atas-nama", "text": f"Mandat {row.form} {what}: {row.giver} kepada {row.taker}", "at": at,
        "recipients": [f"jabatan:{row.from_position}", f"jabatan:{row.to_position}"],
    }  # fmt: skip
    await connection.execute(_QUEUE, given)
