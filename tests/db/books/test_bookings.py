"""Bookings: two at one time are refused by the database, also when nobody looked first; provisional ones go with their case, granted ones stay."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.connect import transaction
from db.read.books.bookings import doings
from db.write.books import bookings
from db.write.books.bookings import Slot
from engine.errors import AlreadyBooked
from tests.db.books.cases import cause, ended, open_case, returned, write

DAY = timedelta(days=1)


def slot(day: int, days: int = 1, *, lasting: bool = False, kind: str = "orang") -> Slot:
    starts = datetime(2026, 12, day, 17, tzinfo=UTC)
    return Slot(kind, starts, starts + days * DAY, "cuti", lasting)


async def taken(connection: AsyncConnection, who: str) -> list[tuple[int, int]]:
    """(first day, days) of what stands for the person in December."""
    found = await doings(connection, "orang", [who], datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC))
    return [(one.starts.day, (one.ends - one.starts).days) for one in found if one.ends]


async def test_of_thirty_that_overlap_at_once_one_stands(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        for number in range(30):
            await open_case(connection, f"pesan-{number}")

    async def try_it(number: int) -> bool:
        try:
            async with transaction(app) as connection:
                await bookings.book(connection, cause(f"pesan-{number}", "pesan"), ["ramai"], slot(1, 20))
        except AlreadyBooked:
            return False
        return True

    assert sum(await asyncio.gather(*(try_it(number) for number in range(30)))) == 1


async def test_the_table_itself_refuses_overlap(app: AsyncEngine) -> None:
    row = "INSERT INTO booking (key, kind, resource, starts, ends, purpose, source, at) VALUES (:key, 'ruang', 'r1', :starts, :ends, 'rapat', 'uji', now())"
    first = datetime(2026, 12, 1, 8, tzinfo=UTC)
    async with transaction(app) as connection:
        await connection.execute(text(row), {"key": "r-1", "starts": first, "ends": first + timedelta(hours=2)})
        await connection.execute(text(row), {"key": "r-2", "starts": first + timedelta(hours=2), "ends": first + timedelta(hours=3)})
    with pytest.raises(IntegrityError, match="one_booking_at_a_time"):
        async with transaction(app) as connection:
            await connection.execute(text(row), {"key": "r-3", "starts": first + timedelta(hours=1), "ends": first + timedelta(hours=4)})


async def test_all_of_them_or_none(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        await open_case(connection, "semua-1")
        await open_case(connection, "semua-2")
        assert await bookings.book(connection, cause("semua-1", "pesan"), ["satu"], slot(5)) == 1
        with pytest.raises(AlreadyBooked):
            await bookings.book(connection, cause("semua-2", "pesan"), ["dua", "satu"], slot(5))
        assert await taken(connection, "dua") == []
        await bookings.book(connection, cause("semua-2", "pesan"), ["dua", "satu"], slot(6))
        assert await taken(connection, "satu") == [(5, 1), (6, 1)]


async def test_a_provisional_booking_becomes_lasting_and_is_shortened(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        await open_case(connection, "tahap-1")
        await bookings.book(connection, cause("tahap-1", "pesan"), ["bertahap"], slot(1, 5))
        granted = cause("tahap-1", "tetapkan")
        await bookings.book(connection, granted, ["bertahap"], slot(1, 6, lasting=True), of="pesan")
        await write(connection, "tahap-1", "act-done", "tetapkan", 1, {})
        assert await taken(connection, "bertahap") == [(1, 6)]
        since = slot(1).starts + 2 * DAY
        assert await bookings.unbook(connection, cause("tahap-1", "lepas"), "tetapkan", since) == 1
        assert await taken(connection, "bertahap") == [(1, 2)]
        assert await bookings.unbook(connection, cause("tahap-1", "lepas", 2), "tetapkan", since) == 0
        await ended(connection, "tahap-1")
        assert await taken(connection, "bertahap") == [(1, 2)], "a granted leave outlives its case"


async def test_a_return_frees_lasting_ones_too_and_the_end_what_the_trail_never_took(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        await open_case(connection, "balik-1")
        await bookings.book(connection, cause("balik-1", "tetapkan"), ["kembali"], slot(1, lasting=True))
        await returned(connection, "balik-1", "tetapkan/1")
        assert await taken(connection, "kembali") == []
        await bookings.book(connection, cause("balik-1", "tetapkan", 2), ["kembali"], slot(1, lasting=True))
        await ended(connection, "balik-1")
        assert await taken(connection, "kembali") == []
        assert await bookings.book(connection, cause("semua-1", "lagi"), ["kembali"], slot(1)) == 1
