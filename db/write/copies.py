"""Copies of a letter on their way: one outbox row for each recipient and channel, and the right to read the case, or only the letter."""

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
_GIVE = text("""
    INSERT INTO document_copy (document, recipient, given_at)
    SELECT d.id, r, :at FROM document d, unnest(CAST(:recipients AS text[])) r
    WHERE d.case_id = :case AND d.code = ANY(:codes) AND d.status IN ('ditandatangani', 'disegel')
    ON CONFLICT (document, recipient) DO UPDATE SET given_at = excluded.given_at, read_at = NULL, read_by = NULL
      WHERE document_copy.given_at < excluded.given_at
""")
_TELL = text("""
    INSERT INTO outbox (event, recipient, channel, kind, case_id, instance, queued_at)
    SELECT :event, CASE WHEN r LIKE 'luar:%' THEN r ELSE 'jabatan:' || r END, c, 'tembusan', :case, :code, :at
    FROM unnest(CAST(:recipients AS text[])) r, unnest(CASE WHEN r LIKE 'luar:%' THEN ARRAY['surel'] ELSE ARRAY['aplikasi', 'surel'] END) c
    WHERE NOT EXISTS (SELECT FROM case_reader x WHERE x.case_id = :case AND x.position = r)
    ON CONFLICT (event, recipient, channel) DO NOTHING
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


async def give(connection: AsyncConnection, case_id: str, codes: Sequence[str], recipients: Sequence[str], at: datetime) -> None:
    """These letters of the case, as far as they are signed or sealed, may be read by these positions, parties or addresses (``alamat:…``), and nothing else
    of the case. A later file of the same letter is unread again; the same giving sent again changes nothing."""
    await connection.execute(_GIVE, {"case": case_id, "codes": list(codes), "recipients": list(recipients), "at": at})


async def tell(connection: AsyncConnection, case_id: str, event: str, code: str, recipients: Sequence[str], at: datetime) -> None:
    """Tells positions and parties of their copy. Whoever may read the case already is not told: it stands on its page."""
    await connection.execute(_TELL, {"event": event, "case": case_id, "code": code, "recipients": list(recipients), "at": at})
