"""Who is signed in on which device. The browser holds a random id, the table only its SHA-256."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.tables.desk import preference, sign_in
from db.tables.outbox import notice

IDLE = timedelta(hours=8)
LONGEST = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SignIn:
    """One live sign-in with the person's own settings, read in one statement."""

    ref: str
    person: str
    factor: int
    factor_at: datetime
    position: str
    """The position chosen to act for; empty = not chosen yet."""
    created_at: datetime
    seen_at: datetime
    theme: str = ""
    language: str = "id"
    shortcuts: bool = True
    unread: int = 0
    """Notices not read yet; 100 means at least so many."""


@dataclass(frozen=True, slots=True)
class Device:
    """One line of the device list."""

    ref: str
    ip: str
    agent: str
    created_at: datetime
    seen_at: datetime


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def start(connection: AsyncConnection, person: str, ip: str, agent: str, now: datetime) -> str:
    """A new sign-in; gives the token for the cookie, 256 random bits, never stored."""
    token = secrets.token_urlsafe(32)
    await connection.execute(
        insert(sign_in).values(
            token_sha=digest(token),
            ref=secrets.token_hex(8),
            person=person,
            factor_at=now,
            ip=ip[:64],
            agent=agent[:300],
            created_at=now,
            seen_at=now,
        )
    )
    return token


async def find(connection: AsyncConnection, token: str, now: datetime) -> SignIn | None:
    """The live sign-in of a cookie: not revoked, seen within 8 hours, younger than 14 days."""
    columns = (sign_in.c.ref, sign_in.c.person, sign_in.c.factor, sign_in.c.factor_at, sign_in.c.position, sign_in.c.created_at, sign_in.c.seen_at)
    waiting = select(notice.c.id).where(notice.c.person == sign_in.c.person, notice.c.read_at.is_(None)).limit(100).correlate(sign_in).subquery()
    statement = (
        select(
            *columns,
            preference.c.theme,
            preference.c.language,
            preference.c.shortcuts,
            select(func.count()).select_from(waiting).scalar_subquery().label("unread"),
        )
        .select_from(sign_in.outerjoin(preference, preference.c.person == sign_in.c.person))
        .where(
            sign_in.c.token_sha == digest(token), sign_in.c.revoked_at.is_(None), sign_in.c.seen_at > now - IDLE, sign_in.c.created_at > now - LONGEST
        )
    )
    row = (await connection.execute(statement)).one_or_none()
    if row is None:
        return None
    kept = {name: value for name, value in row._mapping.items() if value is not None}  # noqa: SLF001 - SQLAlchemy's public name
    return SignIn(**kept)


async def ended(connection: AsyncConnection, token: str) -> str | None:
    """Whose sign-in this was, when it ran out by itself. One that was signed out or revoked tells nobody anything."""
    found: str | None = await connection.scalar(select(sign_in.c.person).where(sign_in.c.token_sha == digest(token), sign_in.c.revoked_at.is_(None)))
    return found


async def seen(connection: AsyncConnection, ref: str, now: datetime) -> None:
    """Note that the device was used; at most once a minute, so that reading pages does not write."""
    await connection.execute(update(sign_in).where(sign_in.c.ref == ref, sign_in.c.seen_at < now - SEEN_EVERY).values(seen_at=now))


async def act_for(connection: AsyncConnection, ref: str, position: str) -> None:
    """Remember the position this device acts for. Whether it may is decided at each act."""
    await connection.execute(update(sign_in).where(sign_in.c.ref == ref).values(position=position))


async def prove(connection: AsyncConnection, ref: str, factor: int, now: datetime) -> None:
    """A factor was shown again (step-up)."""
    await connection.execute(update(sign_in).where(sign_in.c.ref == ref).values(factor=factor, factor_at=now))


async def revoke(connection: AsyncConnection, person: str, ref: str, now: datetime) -> bool:
    """Sign one device of this person out; False when it is none of his."""
    found = await connection.execute(
        update(sign_in).where(sign_in.c.ref == ref, sign_in.c.person == person, sign_in.c.revoked_at.is_(None)).values(revoked_at=now)
    )
    return found.rowcount == 1


async def revoke_all(connection: AsyncConnection, person: str, now: datetime, but: str = "") -> int:
    """Sign every device of a person out (password changed, role ended), except the one named."""
    found = await connection.execute(
        update(sign_in).where(sign_in.c.person == person, sign_in.c.ref != but, sign_in.c.revoked_at.is_(None)).values(revoked_at=now)
    )
    return found.rowcount


async def devices(connection: AsyncConnection, person: str, now: datetime) -> tuple[Device, ...]:
    """Live sign-ins of a person, last used first."""
    rows = await connection.execute(
        select(sign_in.c.ref, sign_in.c.ip, sign_in.c.agent, sign_in.c.created_at, sign_in.c.seen_at)
        .where(sign_in.c.person == person, sign_in.c.revoked_at.is_(None), sign_in.c.seen_at > now - IDLE, sign_in.c.created_at > now - LONGEST)
        .order_by(sign_in.c.seen_at.desc())
    )
    return tuple(Device(*row) for row in rows)


async def sweep(connection: AsyncConnection, now: datetime) -> int:
    """Forget sign-ins that ended more than 90 days ago."""
    long_ago = now - timedelta(days=90)
    found = await connection.execute(delete(sign_in).where(or_(sign_in.c.revoked_at < long_ago, sign_in.c.seen_at < long_ago)))
    return found.rowcount
