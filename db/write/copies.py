"""Copies of a letter on their way: one outbox row for each recipient and channel, and the right to read the case for those addressed here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_QUEUE = text("""
    INSERT INTO outbox (event, recipient, channel, kind, case_id, instance, text, queued_at)
    VALUES (:event, :recipient, :channel, 'kabar', :case, :code, :text, :at) ON CONFLICT (event, recipient, channel) DO NOTHING
""")
_READ = text("""
    INSERT INTO case_reader (case_id, position)
    SELECT :case, p.code FROM position p WHERE p.code = ANY(:codes)
    UNION SELECT :case, i.position FROM incumbency i WHERE i.person = ANY(:codes) AND i.starts <= :at AND (i.ends IS NULL OR i.ends > :at)
    ON CONFLICT DO NOTHING
""")


async def queue(
    connection: AsyncConnection, case_id: str, event: str, recipient: str, channel: str, words: str, at: datetime, code: str = ""
) -> bool:
    """One copy to ``jabatan:…``, ``orang:…`` or ``alamat:…`` (an address outside); False when it was queued before. ``event`` is the key of the
    act: however often it is sent again, each recipient gets one. ``code``: verify code of the letter, where an outsider can look it up."""
    given = {"event": event, "recipient": recipient, "channel": channel, "case": case_id, "text": words, "at": at, "code": code}
    return bool((await connection.execute(_QUEUE, given)).rowcount)


async def let_read(connection: AsyncConnection, case_id: str, codes: Sequence[str], at: datetime) -> None:
    """Whoever got a copy here may read the case it came from: by the position, or by the positions of the person."""
    await connection.execute(_READ, {"case": case_id, "codes": list(codes), "at": at})
