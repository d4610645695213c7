"""The registry: lines by key and validity, at most one valid where the city says so, closed with their case where the act says so."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.connect import transaction
from db.read.books.registry import When, lines
from db.write.books import registry
from db.write.books.registry import Line
from engine.errors import BookUnreadable, PeriodOverlaps
from tests.db.books.cases import cause, ended, open_case, returned, write

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


async def keys(connection: AsyncConnection, kind: str, day: date, when: When = "berlaku") -> list[str]:
    return [line.key for line in await lines(connection, kind, [], day, when)]


async def declare(connection: AsyncConnection) -> None:
    row = "INSERT INTO registry_kind (kind, title, single) VALUES ('izin', 'Izin', true), ('catatan', 'Catatan', false) ON CONFLICT DO NOTHING"
    await connection.execute(text(row))
    for case in ("reg-1", "reg-2"):
        await open_case(connection, case)


async def test_one_valid_line_of_a_single_kind_and_many_of_another(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        await declare(connection)
        await registry.put(connection, cause("reg-1", "catat"), ["A"], Line("izin", MAY, JULY, {"nomor": "1"}))
        with pytest.raises(PeriodOverlaps, match="Izin: masih ada yang berlaku untuk A"):
            await registry.put(connection, cause("reg-2", "catat"), ["A"], Line("izin", JUNE))
        await registry.put(connection, cause("reg-2", "catat"), ["A"], Line("izin", JUNE, None, {"nomor": "2"}), replace=True)
        assert [line.attributes["nomor"] for line in await lines(connection, "izin", ["A"], JUNE)] == ["2"]
        assert [line.attributes["nomor"] for line in await lines(connection, "izin", ["A"], MAY)] == ["1"]
        assert [line.attributes["nomor"] for line in await lines(connection, "izin", ["A"], JULY, "semua")] == ["2", "1"]
        for number in (1, 2):
            await registry.put(connection, cause("reg-1", "catat-lagi", number), ["B"], Line("catatan", MAY))
        assert await keys(connection, "catatan", MAY) == ["B", "B"]


async def test_an_undeclared_kind_is_not_an_empty_one(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        await declare(connection)
        with pytest.raises(BookUnreadable, match=r"\[registri\.entah\]"):
            await lines(connection, "entah", ["A"], MAY)
        with pytest.raises(BookUnreadable):
            await registry.put(connection, cause("reg-1", "salah"), ["A"], Line("entah", MAY))
        with pytest.raises(BookUnreadable):
            await registry.close(connection, cause("reg-1", "salah"), "entah", ["A"], MAY)


async def test_closed_by_hand_by_the_end_or_by_a_return(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        await declare(connection)
        await open_case(connection, "reg-3")
        for step, key, with_case in (("utang", "U", True), ("surat", "S", False), ("salah", "X", False)):
            await registry.put(connection, cause("reg-3", step), [key], Line("catatan", MAY, None, {}, with_case))
            await write(connection, "reg-3", "act-done", step, 1, {})
        assert await registry.close(connection, cause("reg-3", "tutup"), "catatan", ["B", "tiada"], JUNE) in (0, 2)
        await returned(connection, "reg-3", "salah/1")
        assert await keys(connection, "catatan", JULY) == ["S", "U"]
        await ended(connection, "reg-3")
        assert await keys(connection, "catatan", date(2026, 11, 24)) == ["S"]
        assert "X" not in await keys(connection, "catatan", MAY, "semua"), "a line taken back was never valid"
