"""A leave from asking to coming back: what is held, spent, given back and booked at each turn, and that the trail says the same as the books."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db.connect import connect
from db.read.books import recount
from engine.errors import CaseClosed
from tests.activities.verbs.leave import DRAFTER, HEAD, LEAVE, MONDAY, Leave, opened
from tests.db.play import actor, city


@pytest_asyncio.fixture
async def app(app_url: str) -> AsyncIterator[AsyncEngine]:
    engine = connect(app_url)
    yield engine
    async with engine.connect() as connection:
        assert await recount.from_rows(connection) == []
        assert await recount.from_trails(connection) == []
    await engine.dispose()


async def leave(app: AsyncEngine, case: str, seat: str = DRAFTER) -> Leave:
    await city(app, MONDAY, LEAVE)
    return await opened(Leave(app, LEAVE, case, MONDAY), await actor(app, seat, MONDAY))


async def account(app: AsyncEngine, seat: str = DRAFTER) -> tuple[int, int]:
    """Balance and held of 2026."""
    person = (await actor(app, seat, MONDAY)).person
    query = text("SELECT balance, held FROM ledger_account WHERE id = 'cuti-tahunan/' || :person || '/2026'")
    async with app.connect() as connection:
        row = (await connection.execute(query, {"person": person})).one()
    return int(row.balance), int(row.held)


async def bookings(app: AsyncEngine, case: str) -> list[tuple[str, bool, str]]:
    query = text("SELECT state, lasting, reason FROM booking WHERE case_id = :case ORDER BY at, key")
    async with app.connect() as connection:
        return [tuple(row) for row in await connection.execute(query, {"case": case})]


async def test_a_granted_leave_is_held_then_spent_and_its_booking_outlives_the_case(app: AsyncEngine) -> None:
    played = await leave(app, "cuti-1")
    before, _ = await account(app)
    await played.ask("2026-12-01", "2026-12-03")
    assert (played.value("hari"), played.value("saldo"), played.value("tertahan"), played.value("bebas")) == (3, before, True, True)
    assert await account(app) == (before, 3)
    await played.decide(HEAD, "putuskan", "setujui")
    await played.settle()
    assert await account(app) == (before - 3, 0)
    await played.decide(DRAFTER, "masa", "dipersingkat", sisa=1)
    await played.settle()
    assert await account(app) == (before - 2, 0)
    await played.decide(DRAFTER, "tutup", "lapor")
    assert played.state.result == "dikabulkan"
    assert await account(app) == (before - 2, 0)
    assert await bookings(app, "cuti-1") == [("freed", False, "diganti"), ("active", True, "")]


async def test_a_refusal_and_a_return_free_what_was_held_and_booked(app: AsyncEngine) -> None:
    played = await leave(app, "cuti-2")
    before, _ = await account(app)
    await played.ask("2026-12-07", "2026-12-08")
    assert await account(app) == (before, 2)
    await played.decide(HEAD, "putuskan", "kembalikan", "Ubah tanggalnya")
    assert await account(app) == (before, 0)
    await played.ask("2026-12-07", "2026-12-10")
    assert await account(app) == (before, 4)
    await played.decide(HEAD, "putuskan", "tolak", "Tenaga dibutuhkan")
    assert await account(app) == (before, 0)
    assert await bookings(app, "cuti-2") == [("freed", False, "langkah diambil kembali"), ("freed", False, "perkara berakhir: ditolak")]


async def test_too_many_days_and_an_overlap_are_answers_the_process_goes_on_with(app: AsyncEngine) -> None:
    played = await leave(app, "cuti-3", HEAD.replace("kepala", "konseptor"))
    await played.ask("2026-12-01", "2026-12-31")
    assert played.value("tertahan") is False
    assert played.value("bebas") is False, "the leave of the first test stands"
    assert "cuti 1 Desember 2026 s.d. 3 Desember 2026 (perkara" in played.value("bentrok")
    assert "perbaiki" in played.state.steps
    await played.decide(DRAFTER, "perbaiki", "batal", "Tidak jadi")


async def test_an_act_that_comes_after_the_end_writes_nothing(app: AsyncEngine) -> None:
    played = await leave(app, "cuti-4")
    before = await account(app)
    await played.decide(DRAFTER, "ajukan", "kirim", periode={"from": "2026-12-14", "to": "2026-12-15"})
    for name in ("hitung-hari", "baca-saldo"):
        await played.perform(name)
    late = played.given("tahan")
    await _withdrawn(played)
    with pytest.raises(Exception, match=CaseClosed.default):
        await played.run(late)
    assert await account(app) == before


async def test_an_act_overtaken_by_the_end_is_undone_with_it(app: AsyncEngine) -> None:
    played = await leave(app, "cuti-5")
    before = await account(app)
    await played.ask("2026-12-14", "2026-12-15")
    await played.decide(HEAD, "putuskan", "setujui")
    given = played.given("bukukan")
    result = await played.run(given)
    assert await account(app) == (before[0] - 2, before[1]), "posted, and the trail does not know yet"
    await _withdrawn(played)
    await played.told(given, result)
    assert await account(app) == before


async def _withdrawn(played: Leave) -> None:
    from engine.events import Event

    who = await actor(played.engine, DRAFTER, MONDAY)
    await played.commit([Event(played.state.seq + 1, played.now, "withdrawn", actor=who, data={"reason": "Tidak jadi"})])
    assert played.state.result == "dicabut"
