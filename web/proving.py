"""A person proves who he is by his password: at sign-in and again before what needs it fresh. Tries are counted alike in both places."""

from __future__ import annotations

from datetime import datetime

from db.desk import credentials, tries
from engine.errors import SignInFailed, TooManyTries
from web.context import Context
from web.language import _
from web.ports import Person


async def prove(context: Context, person: Person | None, name: str, secret: str, address: str) -> Person:
    """The person, when the secret is his. Refuses SignInFailed or TooManyTries; the work is the same when there is nobody.

    ``name`` (NIP or mail address) and ``address`` are what a wrong try is counted against."""
    counted = tries.keys(name, address)
    now = context.clock()
    async with context.desk.connect() as connection:
        locked = await tries.locked_until(connection, counted, now)
        if locked is not None:
            raise TooManyTries(_locked(context, locked))
        stored = await credentials.hash_of(connection, person.id if person else "")
    good = await context.passwords.matches(stored, secret)
    if good and person is not None and person.active:
        await _settle(context, person, stored or "", secret, counted)
        return person
    async with context.desk.begin() as connection:
        locked = await tries.failed(connection, counted, now)
    if locked is not None:
        raise TooManyTries(_locked(context, locked))
    raise SignInFailed


async def _settle(context: Context, person: Person, stored: str, secret: str, counted: dict[str, tries.Limit]) -> None:
    better = await context.passwords.hash(secret) if context.passwords.outdated(stored) else ""
    async with context.desk.begin() as connection:
        await tries.succeeded(connection, counted)
        if better:
            await credentials.put(connection, person.id, better, context.clock())


def _locked(context: Context, until: datetime) -> str:
    clock = f"{until.astimezone(context.city.zone):%H.%M} {context.city.zone_name}"
    return _("Terlalu banyak percobaan. Masuk ditutup sampai pukul {clock}. Lupa kata sandi? Hubungi bantuan.").format(clock=clock)
