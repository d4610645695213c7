"""Signing passphrases in sealed, single-use, short-lived envelopes: X25519 sealed boxes only one worker's memory can open.

The clear text is never in SQL, Temporal, a log or a URL. Opening takes the ciphertext out in the same statement that marks it used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from nacl.public import PrivateKey, PublicKey, SealedBox
from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.ext.asyncio import AsyncConnection
from ulid import ULID

from db.tables.desk import signing_worker, tte_envelope
from engine.errors import EnvelopeGone, Unavailable

LIFE = timedelta(minutes=10)
WORKER_ALIVE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What may travel: an id and the queue of the one worker that can open it."""

    id: str
    queue: str


async def announce(connection: AsyncConnection, worker: str, queue: str, public_key: bytes, now: datetime) -> None:
    """A worker says that it lives and with which key; its private key exists in its memory only."""
    row = {"queue": queue, "public_key": public_key, "seen_at": now}
    await connection.execute(insert_or(signing_worker).values(id=worker, **row).on_conflict_do_update(index_elements=["id"], set_=row))


async def seal(connection: AsyncConnection, person: str, passphrase: str, documents: Sequence[str], now: datetime) -> Sealed:
    """Seal for the worker seen last. Refuses with :class:`engine.errors.Unavailable` when no worker showed itself within a minute."""
    statement = (
        select(signing_worker.c.id, signing_worker.c.queue, signing_worker.c.public_key)
        .where(signing_worker.c.seen_at > now - WORKER_ALIVE)
        .order_by(signing_worker.c.seen_at.desc())
        .limit(1)
    )
    worker = (await connection.execute(statement)).one_or_none()
    if worker is None:
        raise Unavailable("Layanan tanda tangan sedang tidak menjawab. Tidak ada surat yang ditandatangani; ulangi sebentar lagi.")
    ciphertext = SealedBox(PublicKey(worker.public_key)).encrypt(passphrase.encode())
    row = {"id": str(ULID()), "person": person, "worker": worker.id, "ciphertext": ciphertext, "documents": list(documents)}
    await connection.execute(insert(tte_envelope).values(**row, created_at=now, expires_at=now + LIFE))
    return Sealed(id=str(row["id"]), queue=worker.queue)


async def take(connection: AsyncConnection, envelope: str, person: str, document: str, key: PrivateKey, now: datetime) -> str:
    """Open the envelope once. Refuses with :class:`engine.errors.EnvelopeGone`: unknown, used, expired, another person's, another document's."""
    before = select(tte_envelope.c.id, tte_envelope.c.ciphertext).where(
        tte_envelope.c.id == envelope,
        tte_envelope.c.person == person,
        tte_envelope.c.used_at.is_(None),
        tte_envelope.c.expires_at > now,
        tte_envelope.c.documents.contains([document]),
    )
    row = (await connection.execute(before.with_for_update())).one_or_none()
    if row is None:
        raise EnvelopeGone
    await connection.execute(update(tte_envelope).where(tte_envelope.c.id == envelope).values(ciphertext=None, used_at=now))
    try:
        return SealedBox(key).decrypt(row.ciphertext).decode()
    except Exception as error:
        raise EnvelopeGone from error


async def void_all(connection: AsyncConnection, person: str, now: datetime) -> int:
    """After a wrong passphrase: the person's other envelopes hold the same one and must not be tried. How many were emptied."""
    found = await connection.execute(
        update(tte_envelope).where(tte_envelope.c.person == person, tte_envelope.c.used_at.is_(None)).values(ciphertext=None, used_at=now)
    )
    return found.rowcount


async def sweep(connection: AsyncConnection, now: datetime) -> int:
    """Empty what expired unopened; forget workers not seen for a day."""
    await connection.execute(delete(signing_worker).where(signing_worker.c.seen_at < now - timedelta(days=1)))
    found = await connection.execute(
        update(tte_envelope).where(tte_envelope.c.used_at.is_(None), tte_envelope.c.expires_at <= now).values(ciphertext=None, used_at=now)
    )
    return found.rowcount
