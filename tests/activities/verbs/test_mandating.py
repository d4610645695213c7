"""The act ``mandate``: opened, prolonged and ended on a signed order; tasks opened before follow by time alone; what is refused stays closed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.exceptions import ApplicationError

from db.read import holders, inbox
from engine.errors import MandateEnded, OwnRequest, WrongCapacity
from engine.events import Actor, Json
from tests.activities.verbs.deeds import NOW, WIB, Deeds, opened, rows, signed
from tests.db.play import Played, actor

HEAD = "kepala-diskominfo"
WEEK = {"from": "2026-11-24", "to": "2026-11-27"}
FIRST, LAST = datetime(2026, 11, 24, tzinfo=WIB), datetime(2026, 11, 28, tzinfo=WIB)


async def order(app: AsyncEngine, case: str, number: str = "800.1.3.3/7/SETDA/2026") -> Deeds:
    await opened(app, case)
    await signed(app, case, "surat-perintah", number)
    return Deeds(app, case)


async def open_plh(deeds: Deeds, post: str = HEAD, **more: Json) -> str:
    person = (await actor(deeds.app, more.pop("by", "sekretaris-diskominfo"), NOW)).person
    args: dict[str, Json] = {
        "action": "open",
        "kind": "plh",
        "post": post,
        "person": person,
        "period": WEEK,
        "letter": "surat-perintah",
        "cause": "cuti",
        **more,
    }
    result = await deeds.do("mandate", "buka-mandat", gives=("mandat",), **args)
    return str(result.gives["mandat"])


async def waits_for(app: AsyncEngine, person: str, case: str, at: datetime) -> bool:
    async with app.connect() as connection:
        page = await inbox.inbox(connection, person, at)
    return any(row.case_id == case for row in page.entries)


async def to_the_head(app: AsyncEngine, case: str) -> Played:
    played = await opened(app, case)
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal="Uji", sifat="biasa")
    await played.decide("ketua-tim-diskominfo", "paraf", "paraf")
    return played


async def test_a_task_opened_before_the_mandate_goes_to_the_stand_in_and_back(app: AsyncEngine) -> None:
    """What happened elsewhere: switching a substitute on left running tasks with the absent head, and off did not return them."""
    played = await to_the_head(app, "m-berjalan")
    holder, deputy = await actor(app, HEAD, NOW), await actor(app, "sekretaris-diskominfo", NOW)
    events = len(played.events)
    deeds = await order(app, "m-perintah")
    await open_plh(deeds)
    noon = FIRST + timedelta(hours=12)
    for at, by_holder, by_deputy in ((NOW, True, False), (noon, False, True), (LAST, True, False)):
        assert await waits_for(app, holder.person, played.case, at) is by_holder
        assert await waits_for(app, deputy.person, played.case, at) is by_deputy
    assert (await rows(app, "SELECT max(seq) FROM trail WHERE case_id = :c", c=played.case))[0] == (events,)
    played.now = noon
    acting = await actor(app, HEAD, noon)
    with pytest.raises(WrongCapacity):
        await played.commit(played.act(holder, "tanda-tangan", "kembalikan", "Perbaiki"))
    played.now = LAST
    with pytest.raises(MandateEnded):
        await played.commit(played.act(acting, "tanda-tangan", "kembalikan", "Perbaiki"))
    played.now = noon
    await played.commit(played.act(acting, "tanda-tangan", "kembalikan", "Perbaiki"))
    written = await rows(app, "SELECT person, position, capacity, mandate FROM trail WHERE case_id = :c AND step = 'tanda-tangan' "
                              "AND kind = 'decided'", c=played.case)  # fmt: skip
    assert written == [(deputy.person, HEAD, "plh", acting.mandate)]
    await deeds.do("mandate", "tutup-mandat", action="end")


async def test_nobody_signs_his_own_letter_through_the_other_capacity(app: AsyncEngine) -> None:
    """What happened elsewhere: who stood in for the head could clear, as head, what he had drafted as himself."""
    deeds = await order(app, "m-pj-perintah")
    await open_plh(deeds, kind="pj", cause=None, by="konseptor-diskominfo")
    played = await to_the_head(app, "m-pj")
    played.now = FIRST + timedelta(hours=12)
    acting = await actor(app, HEAD, played.now)
    assert (acting.capacity, acting.person) == ("pj", (await actor(app, "konseptor-diskominfo", NOW)).person)
    with pytest.raises(OwnRequest):
        played.act(acting, "tanda-tangan", "kembalikan", "Perbaiki")
    await deeds.do("mandate", "tutup-mandat", action="end")


async def test_the_unit_of_an_act_is_that_of_the_post_not_of_the_stand_in(app: AsyncEngine) -> None:
    """What happened elsewhere: routing under substitution recorded the substitute's own unit."""
    deeds = await order(app, "m-unit")
    await open_plh(deeds, "kasubbag-umpeg-diskominfo", by="kasubbag-keuangan-diskominfo")
    person = (await actor(app, "kasubbag-keuangan-diskominfo", NOW)).person
    async with app.connect() as connection:
        known = await holders.known(connection, person, FIRST)
    assert known is not None
    assert {c.title.startswith("Plh. ") for c in known.capacities if c.position == "kasubbag-umpeg-diskominfo"} == {True}
    assert len({c.position for c in known.capacities}) == 2
    await deeds.do("mandate", "tutup-mandat", action="end")


async def test_the_same_act_again_opens_nothing_twice(app: AsyncEngine) -> None:
    deeds = await order(app, "m-ulang")
    first, again = await open_plh(deeds), await open_plh(deeds)
    assert first == again
    assert await rows(app, "SELECT count(*) FROM acting WHERE case_id = 'm-ulang'") == [(1,)]
    found = await rows(app, "SELECT reason, person FROM office_trail WHERE key = :id", id=first)
    assert [(person, "800.1.3.3/7/SETDA/2026" in reason) for reason, person in found] == [("sistem", True)]
    await deeds.do("mandate", "tutup-mandat", action="end")
    assert await rows(app, "SELECT cancelled_at IS NOT NULL FROM acting WHERE case_id = 'm-ulang'") == [(True,)]


async def test_prolonged_and_closed_by_the_acts_of_the_process(app: AsyncEngine) -> None:
    deeds = await order(app, "m-panjang")
    first = await open_plh(deeds, "kabid-aplikasi", by="kabid-infrastruktur")
    await signed(app, "m-panjang", "surat-perintah-perpanjangan", "800.1.3.3/9/SETDA/2026")
    args: dict[str, Json] = {"action": "extend", "letter": "surat-perintah-perpanjangan", "period": {"from": "2026-11-28", "to": "2026-11-30"}}
    longer = await deeds.do("mandate", "perpanjang-mandat", gives=("mandat",), at=FIRST, **args)
    found = await rows(app, "SELECT id, starts, ends, order_number FROM acting WHERE extends = :id", id=first)
    assert found == [(longer.gives["mandat"], LAST, datetime(2026, 12, 1, tzinfo=WIB), "800.1.3.3/9/SETDA/2026")]
    closed = await deeds.do("mandate", "tutup-mandat", action="end", at=LAST + timedelta(days=1))
    assert closed.detail["diakhiri"] == [longer.gives["mandat"]]
    assert (await actor(app, "kabid-aplikasi", LAST + timedelta(days=1))).capacity == "definitif"
    again = await deeds.do("mandate", "tutup-mandat", number=2, action="end", at=LAST + timedelta(days=2))
    assert again.detail["diakhiri"] == []


async def refused(deeds: Deeds, **args: Json) -> ApplicationError:
    with pytest.raises(ApplicationError) as met:
        await open_plh(deeds, **args)
    assert met.value.non_retryable
    assert await rows(deeds.app, "SELECT count(*) FROM acting WHERE case_id = :c", c=deeds.case) == [(0,)]
    assert await rows(deeds.app, "SELECT count(*) FROM effect WHERE case_id = :c", c=deeds.case) == [(0,)]
    return met.value


async def test_what_is_refused_stays_closed_and_says_why(app: AsyncEngine) -> None:
    deeds = await order(app, "m-tolak")
    assert (await refused(deeds, by="sekretaris-dinkes")).type == "isian-tidak-sah"
    assert "belum ditandatangani" in (await refused(deeds, letter="surat-lain")).message
    assert (await refused(deeds, cause="kosong-mutasi")).type == "isian-tidak-sah"
    assert (await refused(deeds, kind="pjss")).type == "argumen-kurang"
    assert (await refused(deeds, period=None)).type == "argumen-kurang"
    assert (await refused(deeds, absence={"from": "2026-11-24", "to": "2026-11-25"})).type == "isian-tidak-sah"


async def test_an_order_not_signed_opens_nothing(app: AsyncEngine) -> None:
    await opened(app, "m-konsep")
    await signed(app, "m-konsep", "surat-perintah", "800.1.3.3/8/SETDA/2026", status="konsep")
    assert "mandat tetap tertutup" in (await refused(Deeds(app, "m-konsep"))).message


async def test_nothing_is_prolonged_that_was_never_opened(app: AsyncEngine) -> None:
    deeds = await order(app, "m-kosong")
    with pytest.raises(ApplicationError, match="belum pernah membuka"):
        await deeds.do("mandate", action="extend", letter="surat-perintah", period=WEEK)
    assert (await deeds.do("mandate", "tutup", action="end")).detail == {"diakhiri": []}


async def test_the_rules_are_asked_before_anybody_signs(app: AsyncEngine) -> None:
    await opened(app, "m-periksa")
    deeds = Deeds(app, "m-periksa")
    args: dict[str, Json] = {"action": "check", "kind": "plh", "post": HEAD, "period": WEEK, "cause": "cuti"}
    gives = ("syarat_terpenuhi", "alasan", "bulan_terpakai")
    deputy, stranger = [(await actor(app, seat, NOW)).person for seat in ("sekretaris-diskominfo", "sekretaris-dinkes")]
    assert (await deeds.do("mandate", "satu", gives=gives, person=deputy, **args)).gives == dict(zip(gives, (True, "", 0), strict=True))
    no = await deeds.do("mandate", "dua", gives=gives, person=stranger, **args)
    assert (no.gives["syarat_terpenuhi"], "unit kerja yang sama" in no.gives["alasan"]) == (False, True)
    unread = await deeds.do("mandate", "tiga", gives=gives[:1], person="tidak-ada", **args)
    assert unread.gives == {"syarat_terpenuhi": False}
    assert await rows(app, "SELECT count(*) FROM acting WHERE case_id = 'm-periksa'") == [(0,)]


def test_the_actor_of_a_trail_names_one_capacity() -> None:
    """What happened elsewhere: one person with two roles on a letter had one of them dropped. An act carries exactly one."""
    assert Actor("ani", HEAD, "plh", "m1") != Actor("ani", "sekretaris-diskominfo")
