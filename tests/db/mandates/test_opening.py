"""An acting mandate from its order to its end: who is reached meanwhile, what the office trail says, what the rules and the tables refuse."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from db.connect import transaction
from db.office import days, holding, mandates
from db.read import holders, office_trail
from db.read import mandates as read
from engine.errors import ActingForbidden, FieldsInvalid, MandateEnded, NotFound, PeriodOverlaps, ReasonMissing
from engine.events import Actor
from engine.mandates import Mandate
from tests.db.play import actor, city
from tests.db.processes import LETTER

Owner = psycopg.Connection[tuple[object, ...]]
WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 23, 9, tzinfo=WIB)
HEAD, DEPUTY = "kepala-diskominfo", "sekretaris-diskominfo"
WHY = "Surat perintah 800.1.11.1/20/SETDA/2026"
ORDER = "800.1.11.1/20/SETDA/2026"


@pytest_asyncio.fixture
async def who(app: AsyncEngine, owner: Owner) -> AsyncIterator[Actor]:
    await city(app, NOW, LETTER)
    yield await actor(app, "kepegawaian-setda", NOW)
    owner.execute("DELETE FROM acting WHERE position LIKE '%diskominfo%' OR position LIKE '%dinkes%'")


async def person_at(app: AsyncEngine, seat: str) -> str:
    return (await actor(app, seat, NOW)).person


async def plh(app: AsyncEngine, seat: str = HEAD, by: str = DEPUTY, first: int = 0, length: int = 5) -> Mandate:
    starts = NOW + timedelta(days=first)
    return Mandate("", "plh", seat, await person_at(app, by), starts, starts + timedelta(days=length), ORDER, "cuti")


async def opened(app: AsyncEngine, who: Actor, asked: Mandate, at: datetime = NOW) -> Mandate:
    async with transaction(app) as connection:
        return await mandates.open_mandate(connection, who, asked, WHY, at, WIB)


async def kind_at(app: AsyncEngine, at: datetime, seat: str = HEAD) -> str:
    async with app.connect() as connection:
        found = (await holders.holders(connection, [seat], at)).get(seat)
    return found.kind if found else ""


async def test_a_plh_opens_is_seen_with_both_names_and_ends_early(app: AsyncEngine, who: Actor) -> None:
    """What happened elsewhere: papers of the substitute did not name whom he stood in for; here both names stand with the mandate."""
    one = await opened(app, who, await plh(app))
    assert (await kind_at(app, NOW), await kind_at(app, one.ends)) == ("plh", "definitif")
    back = NOW + timedelta(days=2)
    async with transaction(app) as connection:
        whole = await read.one(connection, one.id, NOW)
        assert await mandates.end(connection, who, one.id, back, "Pejabat kembali lebih cepat", back) == [one.id]
        assert await mandates.end(connection, who, one.id, back, "Sekali lagi", back) == []
        told = await office_trail.changes(connection, "acting", one.id)
        lists = [await read.mandates(connection, back + timedelta(1), [state], position=HEAD) for state in ("berjalan", "lampau")]
    assert whole.title == "Plh. Kepala Dinas Komunikasi dan Informatika"
    assert whole.holder
    assert whole.name != whole.holder
    assert "surat-keputusan" in whole.mandate.forbids
    assert [(one.action, one.reason) for one in told] == [("ubah", "Pejabat kembali lebih cepat"), ("tambah", WHY)]
    assert told[0].person == who.person
    assert await kind_at(app, back) == "definitif"
    assert ([row.mandate.id for row in lists[0]], [row.mandate.id for row in lists[1]]) == ([], [one.id])


async def test_the_first_mandate_stands_when_a_second_is_tried(app: AsyncEngine, who: Actor) -> None:
    """What happened elsewhere: the second delegation overwrote the first."""
    one = await opened(app, who, await plh(app))
    with pytest.raises(PeriodOverlaps, match="Akhiri yang lama"):
        await opened(app, who, await plh(app, by="kabid-infrastruktur", first=3))
    async with app.connect() as connection:
        assert (await holders.holders(connection, [HEAD], NOW + timedelta(days=4)))[HEAD].person == one.person


async def test_an_official_keeps_his_own_post_and_acts_for_one_more(app: AsyncEngine, who: Actor) -> None:
    """What happened elsewhere: only the head could hold a main post and an acting one."""
    one = await opened(app, who, await plh(app))
    async with app.connect() as connection:
        known = await holders.known(connection, one.person, NOW)
    assert known is not None
    assert {(c.position, c.kind, c.organisation) for c in known.capacities} == {(DEPUTY, "definitif", "diskominfo"), (HEAD, "plh", "diskominfo")}
    with pytest.raises(PeriodOverlaps, match="jabatan lain"):
        await opened(app, who, replace(await plh(app, "kabid-infrastruktur"), cause="sakit"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"person": "sekretaris-dinkes"}, "person"), ({"person": "konseptor-diskominfo"}, "person"), ({"person": HEAD}, "person"),
        ({"kind": "plt", "cause": ""}, "kind"), ({"order_number": ""}, "order_number"), ({"cause": "kosong-mutasi"}, "cause"),
        ({"position": "tidak-ada"}, "position"),
    ],
)  # fmt: skip
async def test_what_breaks_a_rule_leaves_nothing(app: AsyncEngine, who: Actor, change: dict[str, str], field: str) -> None:
    asked = replace(await plh(app), **change)  # type: ignore[arg-type]
    if "person" in change:
        asked = replace(asked, person=await person_at(app, change["person"]))
    with pytest.raises(FieldsInvalid) as refused:
        await opened(app, who, asked)
    assert field in refused.value.errors
    assert await kind_at(app, NOW) == "definitif"


async def test_an_unknown_person_and_an_empty_reason_are_refused(app: AsyncEngine, who: Actor) -> None:
    with pytest.raises(FieldsInvalid, match="Pilih dari daftar pegawai"):
        await opened(app, who, replace(await plh(app), person="199999999999999999"))
    with pytest.raises(ReasonMissing):
        async with transaction(app) as connection:
            await mandates.open_mandate(connection, who, await plh(app), " ", NOW, WIB)


async def test_no_mandate_begins_before_its_order(app: AsyncEngine, who: Actor) -> None:
    late = await opened(app, who, await plh(app, first=-3, length=6))
    assert late.starts == NOW
    assert await kind_at(app, NOW - timedelta(days=1)) == "definitif"
    with pytest.raises(FieldsInvalid):
        await opened(app, who, await plh(app, by="kabid-infrastruktur", first=-6, length=3))


async def test_an_acting_official_hands_nothing_on(app: AsyncEngine, who: Actor) -> None:
    with pytest.raises(ActingForbidden, match="melimpahkan"):
        await opened(app, replace(who, capacity="plh"), await plh(app))


async def test_a_coming_mandate_is_cancelled_and_makes_room(app: AsyncEngine, who: Actor) -> None:
    coming = await opened(app, who, await plh(app, first=10))
    async with transaction(app) as connection:
        await mandates.cancel(connection, who, coming.id, "Cuti ditunda", NOW)
        whole = await read.one(connection, coming.id, NOW)
    assert whole.state == "dibatalkan"
    assert await kind_at(app, NOW + timedelta(days=12)) == "definitif"
    running = await opened(app, who, await plh(app, by="kabid-infrastruktur", length=20))
    with pytest.raises(FieldsInvalid, match="Akhiri mandatnya"):
        async with transaction(app) as connection:
            await mandates.cancel(connection, who, running.id, "Salah", NOW)
    with pytest.raises(NotFound):
        async with transaction(app) as connection:
            await mandates.end(connection, who, "tidak-ada", NOW, "Salah", NOW)


async def vacant(app: AsyncEngine, who: Actor, owner: Owner, seat: str, at: datetime) -> None:
    row = owner.execute("SELECT id FROM incumbency WHERE position = %s AND ends IS NULL", (seat,)).fetchone()
    if row is not None:
        async with transaction(app) as connection:
            await holding.end_incumbency(connection, who, str(row[0]), at, "Pensiun", at)


async def test_a_plt_serves_three_months_and_three_and_no_more(app: AsyncEngine, who: Actor, owner: Owner) -> None:
    seat = "kepala-dinkes"
    await vacant(app, who, owner, seat, NOW)
    asked = Mandate("", "plt", seat, await person_at(app, "sekretaris-dinkes"), NOW, datetime(2027, 2, 23, 9, tzinfo=WIB), ORDER, "kosong-pensiun")
    with pytest.raises(FieldsInvalid, match="3 bulan"):
        await opened(app, who, replace(asked, ends=asked.ends + timedelta(days=1)))
    first = await opened(app, who, asked)
    last = datetime(2027, 5, 23, 9, tzinfo=WIB)
    at = datetime(2027, 2, 10, 9, tzinfo=WIB)
    async with transaction(app) as connection:
        second = await mandates.extend(connection, who, first.id, last, "800/2/2027", "Perpanjangan", at, WIB)
        assert (second.starts, second.extends, second.forbids) == (first.ends, first.id, first.forbids)
        assert await read.months_served(connection, seat, last, first.person) == 6
        assert await read.months_served(connection, seat, at) == 3
    assert await kind_at(app, first.ends, seat) == "plt"
    with pytest.raises(PeriodOverlaps, match="sudah diperpanjang"):
        async with transaction(app) as connection:
            await mandates.extend(connection, who, first.id, last, "800/3/2027", "Sekali lagi", at, WIB)
    with pytest.raises(FieldsInvalid) as refused:
        async with transaction(app) as connection:
            await mandates.extend(connection, who, second.id, last + timedelta(days=5), "800/3/2027", "Sekali lagi", at, WIB)
    assert set(refused.value.errors) == {"ends", "extends"}
    async with transaction(app) as connection:
        assert await mandates.end(connection, who, first.id, at, "Jabatan terisi", at) == [first.id, second.id]
        newest, *others = await read.mandates(connection, at + timedelta(days=1), position=seat)
        assert [newest.state, *(row.state for row in others)] == ["dibatalkan", "lampau"]
        assert await read.mandates(connection, at + timedelta(days=1), position=seat, before=newest) == others
    assert await kind_at(app, at + timedelta(days=1), seat) == ""


async def test_an_extension_signed_too_late_goes_on_from_then(app: AsyncEngine, who: Actor) -> None:
    first = await opened(app, who, await plh(app))
    at = first.ends + timedelta(days=2)
    async with transaction(app) as connection:
        second = await mandates.extend(connection, who, first.id, at + timedelta(days=3), "800/4/2026", "Perpanjangan", at, WIB)
    assert second.starts == at
    assert [await kind_at(app, first.ends), await kind_at(app, at)] == ["definitif", "plh"]


async def test_what_was_ended_before_its_time_is_not_prolonged(app: AsyncEngine, who: Actor) -> None:
    first = await opened(app, who, await plh(app))
    async with transaction(app) as connection:
        await mandates.end(connection, who, first.id, NOW, "Surat perintah dicabut", NOW + timedelta(days=1))
    later = NOW + timedelta(days=9)
    with pytest.raises(MandateEnded, match="surat perintah baru"):
        async with transaction(app) as connection:
            await mandates.extend(connection, who, first.id, later, "800/4/2026", "Perpanjangan", NOW + timedelta(days=2), WIB)


async def test_the_months_are_the_city_s_own(app: AsyncEngine, who: Actor, owner: Owner) -> None:
    await vacant(app, who, owner, "kabid-aplikasi", NOW)
    asked = Mandate("", "plt", "kabid-aplikasi", await person_at(app, "kabid-infrastruktur"), NOW, NOW + timedelta(days=50), ORDER)
    async with transaction(app) as connection:
        await days.set_parameter(connection, who, "plt_bulan_per_surat", "1", "bulan", NOW.date(), "Perwal 9/2026", WHY, NOW)
    with pytest.raises(FieldsInvalid, match="paling lama 1 bulan"):
        await opened(app, who, asked)
    owner.execute("DELETE FROM parameter WHERE name = 'plt_bulan_per_surat'")
    await opened(app, who, asked)
    owner.execute("DELETE FROM acting WHERE position = 'kabid-aplikasi'")


async def test_of_two_who_open_at_once_one_is_refused(app: AsyncEngine, who: Actor) -> None:
    asked = [await plh(app), await plh(app, by="kabid-infrastruktur")]
    met = await asyncio.gather(*(opened(app, who, one) for one in asked), return_exceptions=True)
    assert sorted(type(one).__name__ for one in met) == ["Mandate", "PeriodOverlaps"]


async def test_the_tables_refuse_what_is_written_past_the_rules(app: AsyncEngine, who: Actor, owner: Owner) -> None:
    one = await opened(app, who, await plh(app))
    line = "INSERT INTO acting (id, kind, position, person, starts, ends, order_number) VALUES ('x', 'plh', %s, %s, %s, %s, '1')"
    for seat, person in ((HEAD, await person_at(app, "kabid-infrastruktur")), ("kabid-infrastruktur", one.person)):
        with pytest.raises(psycopg.errors.ExclusionViolation):
            owner.execute(line, (seat, person, one.starts, one.ends))
    owner.execute(line, ("kabid-infrastruktur", one.person, one.ends, one.ends + timedelta(days=1)))
