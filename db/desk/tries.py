"""Failed sign-ins counted per NIP + IP, per NIP and per IP; a lock with its end. Kept in SQL so that every web process counts alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.tables.desk import sign_in_try


@dataclass(frozen=True, slots=True)
class Limit:
    """``failures`` within ``window`` lock the key for ``lock``."""

    kind: str
    failures: int
    window: timedelta
    lock: timedelta


LIMITS = (
    Limit("nip+ip", 5, timedelta(minutes=15), timedelta(minutes=15)),
    Limit("nip", 20, timedelta(hours=1), timedelta(minutes=30)),
    Limit("ip", 60, timedelta(minutes=15), timedelta(minutes=15)),
)
"""Per account and per address (ASVS 5.0 §6.3.1): the pair locks first, so that a stranger rarely locks an official out."""


def keys(nip: str, ip: str) -> dict[str, Limit]:
    """Digest → limit of everything one try counts against."""
    parts = {"nip+ip": f"{nip}|{ip}", "nip": nip, "ip": ip}
    return {hashlib.sha256(f"{limit.kind}:{parts[limit.kind]}".encode()).hexdigest(): limit for limit in LIMITS}


async def locked_until(connection: AsyncConnection, among: Iterable[str], now: datetime) -> datetime | None:
    """The latest end of a lock on any of these keys, None when free."""
    found: datetime | None = await connection.scalar(
        select(func.max(sign_in_try.c.until)).where(sign_in_try.c.key.in_(list(among)), sign_in_try.c.until > now)
    )
    return found


async def failed(connection: AsyncConnection, counted: dict[str, Limit], now: datetime) -> datetime | None:
    """Count one failure on each key; gives the end of the lock when this one caused or found it. Concurrent failures all count."""
    latest: datetime | None = None
    for key, limit in sorted(counted.items()):
        fresh = sign_in_try.c.since <= now - limit.window
        failures = case((fresh, 1), else_=sign_in_try.c.failures + 1)
        lock = case((failures >= limit.failures, now + limit.lock), else_=sign_in_try.c.until)
        statement = (
            insert(sign_in_try)
            .values(key=key, failures=1, since=now)
            .on_conflict_do_update(
                index_elements=["key"], set_={"failures": failures, "since": case((fresh, now), else_=sign_in_try.c.since), "until": lock}
            )
            .returning(sign_in_try.c.until)
        )
        until = await connection.scalar(statement)
        if until is not None and until > now and (latest is None or until > latest):
            latest = until
    return latest


async def succeeded(connection: AsyncConnection, counted: dict[str, Limit]) -> None:
    """Forget what was counted for this person; the address keeps its count, or one good account would free an attacker's guessing."""
    own = [key for key, limit in counted.items() if limit.kind != "ip"]
    await connection.execute(delete(sign_in_try).where(sign_in_try.c.key.in_(own)))


PASSPHRASE = Limit("frasa", 3, timedelta(minutes=15), timedelta(minutes=15))
"""The provider locks a certificate after few wrong passphrases; we stop before it does."""


def passphrase_keys(person: str) -> dict[str, Limit]:
    """What a wrong signing passphrase of this person counts against."""
    return {hashlib.sha256(f"frasa:{person}".encode()).hexdigest(): PASSPHRASE}


CHECKS = (
    Limit("periksa-salah", 20, timedelta(minutes=15), timedelta(minutes=15)),
    Limit("periksa", 300, timedelta(minutes=15), timedelta(minutes=15)),
    Limit("periksa-berkas", 60, timedelta(minutes=15), timedelta(minutes=15)),
)
"""The public check of letters, per address: unknown codes, pages asked for, files sent. A whole office shares an address, a guesser needs 2^49 tries."""


def check_keys(ip: str, *kinds: str) -> dict[str, Limit]:
    """Digest → limit of these kinds of public check (all when none is named)."""
    return {hashlib.sha256(f"{one.kind}:{ip}".encode()).hexdigest(): one for one in CHECKS if not kinds or one.kind in kinds}
