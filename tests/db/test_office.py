"""Administration: each change is one row in the office trail with before and after, or it did not happen."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.connect import transaction
from db.office import days, holding, holidays, organisation
from db.office.holidays import Change, Day
from db.read import holders, office_trail
from db.read import organisation as look
from db.read.calendar import calendar
from engine.errors import FieldsInvalid, NotFound, PeriodOverlaps, ReasonMissing
from engine.events import Actor
from tests.db.play import actor, city
from tests.db.processes import LETTER

Owner = psycopg.Connection[tuple[object, ...]]
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WHY = "Surat perintah 1/2026"


async def administrator(app: AsyncEngine) -> Actor:
    await city(app, NOW, LETTER)
    return await actor(app, "kepegawaian-setda", NOW)


async def person_at(app: AsyncEngine, seat: str) -> str:
    return (await actor(app, seat, NOW)).person


async def test_a_plh_is_appointed_once_and_the_trail_tells_before_and_after(app: AsyncEngine) -> None:
    who = await administrator(app)
    deputy = await person_at(app, "kabid-infrastruktur")
    async with transaction(app) as connection:
        mandate = await holding.appoint_acting(
            connection, who, "plh", "kepala-diskominfo", deputy, NOW, NOW + timedelta(days=3), "800/1/2026", WHY, NOW
        )
    with pytest.raises(PeriodOverlaps):
        async with transaction(app) as connection:
            await holding.appoint_acting(connection, who, "plh", "kepala-diskominfo", deputy, NOW, NOW + timedelta(days=1), "800/2/2026", WHY, NOW)
    async with transaction(app) as connection:
        await holding.end_acting(connection, who, mandate, NOW + timedelta(days=1), "Pejabat kembali lebih cepat", NOW)
        told = await office_trail.changes(connection, "acting", mandate)
        now = await holders.holders(connection, ["kepala-diskominfo"], NOW)
        later = await holders.holders(connection, ["kepala-diskominfo"], NOW + timedelta(days=1))
    assert [(one.action, one.reason) for one in told] == [("ubah", "Pejabat kembali lebih cepat"), ("tambah", WHY)]
    assert told[0].before["ends"] != told[0].after["ends"]
    assert told[0].person == who.person
    assert (now["kepala-diskominfo"].kind, later["kepala-diskominfo"].kind) == ("plh", "definitif")


async def test_plt_is_for_an_empty_seat_and_plh_for_one_whose_holder_is_away(app: AsyncEngine) -> None:
    who = await administrator(app)
    someone = await person_at(app, "sekretaris-dinkes")
    ends = NOW + timedelta(days=30)
    for kind, seat, until, order, field in (
        ("plt", "kepala-dinkes", ends, "1/2026", "kind"), ("plh", "kabid-disnaker-hubungan", ends, "1/2026", "kind"),
        ("plt", "kabid-disnaker-hubungan", NOW + timedelta(days=200), "1/2026", "ends"), ("plh", "kepala-dinkes", ends, " ", "order_number"),
    ):  # fmt: skip
        with pytest.raises(FieldsInvalid) as refused:
            async with transaction(app) as connection:
                await holding.appoint_acting(connection, who, kind, seat, someone, NOW, until, order, WHY, NOW)
        assert list(refused.value.errors) == [field]


async def test_two_definitive_holders_never_overlap_whoever_writes(app: AsyncEngine, owner: Owner) -> None:
    who = await administrator(app)
    someone = await person_at(app, "sekretaris-dinsos")
    with pytest.raises(PeriodOverlaps):
        async with transaction(app) as connection:
            await holding.appoint(connection, who, "kepala-dinsos", someone, NOW, "SK 1", WHY, NOW)
    with pytest.raises(psycopg.errors.ExclusionViolation):
        owner.execute("INSERT INTO incumbency (id, position, person, starts) VALUES ('x', 'kepala-dinsos', %s, now())", (someone,))
    row = owner.execute("SELECT id FROM incumbency WHERE position = 'kepala-dinsos'").fetchone()
    assert row is not None
    async with transaction(app) as connection:
        await holding.end_incumbency(connection, who, str(row[0]), NOW, "Mutasi", NOW)
        await holding.appoint(connection, who, "kepala-dinsos", someone, NOW, "SK 2", WHY, NOW)
        assert (await holders.holders(connection, ["kepala-dinsos"], NOW))["kepala-dinsos"].person == someone


async def test_a_change_without_reason_leaves_nothing(app: AsyncEngine) -> None:
    who = await administrator(app)
    with pytest.raises(ReasonMissing):
        async with transaction(app) as connection:
            await holidays.change(connection, who, [Change(None, Day(date(2026, 12, 28), "Hari jadi", "lokal", "Perwal 1"))], " ", NOW)
    async with app.connect() as connection:
        assert date(2026, 12, 28) not in (await calendar(connection)).days_off


async def test_days_hours_and_parameters_are_the_city_s_own(app: AsyncEngine) -> None:
    who = await administrator(app)
    async with transaction(app) as connection:
        await holidays.change(connection, who, [Change(None, Day(date(2026, 12, 29), "Hari jadi", "lokal", "Perwal 1"))], WHY, NOW)
        await days.set_season(connection, who, date(2028, 1, 28), date(2028, 2, 26), time(8), time(15), time(15, 30), "Ramadan", "Perpres", WHY, NOW)
        await days.set_parameter(connection, who, "batas_kuasa_bud", "300000000", "rupiah", date(2026, 12, 1), "Perwal 2", WHY, NOW)
        found = await calendar(connection)
        before = await look.parameter(connection, "batas_kuasa_bud", NOW)
        after = await look.parameter(connection, "batas_kuasa_bud", datetime(2026, 12, 1, 3, tzinfo=UTC))
        await holidays.change(connection, who, [Change(date(2026, 12, 29), None)], "Dibatalkan", NOW)
        assert date(2026, 12, 29) not in (await calendar(connection)).days_off
    assert date(2026, 12, 29) in found.days_off
    assert found.closes(date(2028, 2, 1)) == datetime(2028, 2, 1, 8, 0, tzinfo=UTC)
    assert found.closes(date(2026, 11, 27)) == datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
    assert before is not None
    assert after is not None
    assert (before.value, after.value) == ("200000000", "300000000")


async def test_units_seats_and_people_are_added_checked_and_moved(app: AsyncEngine) -> None:
    who = await administrator(app)
    async with transaction(app) as connection:
        await organisation.add_unit(connection, who, "diskominfo-data", "Bidang Data", "bidang", "diskominfo", WHY, NOW)
        await organisation.add_position(
            connection, who, "kabid-data", "diskominfo-data", "Kepala Bidang Data", WHY, NOW, superior="kepala-diskominfo", is_head=True
        )
        someone = await organisation.add_person(connection, who, "Uji Contoh", "PNS", WHY, NOW, nip="19900228 201503 1 999")
        await holding.appoint(connection, who, "kabid-data", someone, NOW, "SK 3", WHY, NOW)
        await organisation.give_function(connection, who, "statistik", "diskominfo", "kabid-data", WHY, NOW)
        seat = (await look.seats(connection, ["kabid-data"], NOW))[0]
        assert (seat.organisation, seat.person) == ("diskominfo", someone)
        await organisation.take_function(connection, who, "statistik", "diskominfo", "kabid-data", "Selesai", NOW)
    for refused, add in (
        (FieldsInvalid, lambda c: organisation.add_person(c, who, "X Contoh", "PNS", WHY, NOW, nip="199002302015031999")),
        (FieldsInvalid, lambda c: organisation.add_person(c, who, "X Contoh", "PNS", WHY, NOW, nip="200012312024211001")),
        (FieldsInvalid, lambda c: organisation.add_person(c, who, "X Contoh", "PNS", WHY, NOW, nip="199002282015031999")),
        (FieldsInvalid, lambda c: organisation.add_position(c, who, "kabid-dua", "diskominfo-data", "Dua", WHY, NOW, is_head=True)),
        (FieldsInvalid, lambda c: organisation.change_position(c, who, "kepala-diskominfo", WHY, NOW, superior="kabid-data")),
        (NotFound, lambda c: organisation.add_unit(c, who, "x", "X", "bidang", "tidak-ada", WHY, NOW)),
        (NotFound, lambda c: organisation.change_person(c, who, "tidak-ada", WHY, NOW, name="Y")),
    ):
        with pytest.raises(refused):
            async with transaction(app) as connection:
                await add(connection)


async def test_a_changed_byte_in_the_office_trail_is_found(app: AsyncEngine, owner: Owner) -> None:
    who = await administrator(app)
    async with transaction(app) as connection:
        await organisation.change_unit(connection, who, "dinsos", "Pindah kantor", NOW, address="Jalan Baru 1")
        assert await office_trail.first_bad(connection) is None
        seq = (await office_trail.changes(connection, "unit", "dinsos"))[0].seq
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner.execute("UPDATE office_trail SET reason = 'lain'")
    owner.execute("SET session_replication_role = replica")
    owner.execute("UPDATE office_trail SET reason = 'lain' WHERE seq = %s", (seq,))
    owner.execute("SET session_replication_role = origin")
    async with app.connect() as connection:
        assert await office_trail.first_bad(connection) == (seq, "reason")
