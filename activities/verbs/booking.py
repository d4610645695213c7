"""``book`` and ``unbook``: a person, room or vehicle for a period; two at one time are refused by the database."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.verbs.asked import Asked
from activities.verbs.telling import told
from db.read.books.bookings import PERSON, doings
from db.read.books.people import people
from db.write.books import bookings
from engine.errors import AlreadyBooked, BookUnreadable
from workflows.contracts import ActInput, ActResult


async def book(connection: AsyncConnection, given: ActInput, now: datetime, zone: str) -> ActResult:
    """Books each of ``who`` for the ``period``: all or none.

    Arguments: ``kind`` (orang, ruang, kendaraan …; default orang); ``who`` (one or a list; persons by id, NIP or position); ``period`` (date range or
    date, last day whole) or ``starts``/``ends`` (instants); ``purpose`` (cuti, tugas, dinas-luar …); ``lasting`` (a granted booking: survives the end of
    the case; without it every end frees it); ``of`` (the earlier ``book`` of this case which this one replaces); ``yes``/``no``.
    Facts, in order: booked or not; in words, what it overlaps. Overlap is an answer when the node gives a fact, else the refusal AlreadyBooked."""
    asked = Asked(given, now, ZoneInfo(zone))
    kind = asked.word("kind", PERSON)
    starts, ends = asked.period()
    slot = bookings.Slot(kind, starts, ends, asked.word("purpose"), asked.yes("lasting"))
    try:
        who = await resources(connection, asked, kind)
        await bookings.book(connection, asked.cause, who, slot, asked.word("of", ""))
    except BookUnreadable as missing:
        return asked.doubt(missing)
    except AlreadyBooked as taken:
        busy = await doings(connection, kind, who, starts, ends)
        words = await told(connection, busy, kind, asked.zone)
        if not asked.facts:
            raise AlreadyBooked(f"{taken.message} {words}".strip()) from taken
        return asked.give([asked.verdict(good=False), words], {"ditolak": words})
    return asked.give([asked.verdict(good=True), ""], {"dipakai": who, "untuk": slot.purpose})


async def unbook(connection: AsyncConnection, given: ActInput, now: datetime, zone: str) -> ActResult:
    """Gives back what the step ``of`` of this case booked: whole, or from the date ``since`` on (the days before stay booked).

    Facts, in order: something was given back or not."""
    asked = Asked(given, now, ZoneInfo(zone))
    since = asked.day("since")
    changed = await bookings.unbook(connection, asked.cause, asked.word("of"), asked.midnight(since) if since else None)
    return asked.give([asked.verdict(good=changed > 0)], {"dilepas": changed})


async def resources(connection: AsyncConnection, asked: Asked, kind: str) -> list[str]:
    """``who`` as keys of the kind: ids of persons, else the words as they are. Nobody named is doubt (BookUnreadable)."""
    words = asked.words("who")
    if not words:
        raise BookUnreadable(f"Langkah {asked.given.step} tidak menyebut siapa atau apa. Lengkapi isian asalnya.")
    return [one.id for one in await people(connection, words, asked.now)] if kind == PERSON or kind.startswith(f"{PERSON}-") else words
