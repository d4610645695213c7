"""Proposals, the a.n. register, who hands over to whom, and papers of the office: once, with their entry, refused where the rules say so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from db import files
from db.connect import transaction
from db.office import holding, mandate_papers, mandates, papers
from db.office.papers import Asked
from db.read import behalf, documents, handover, mandate_acts, mandate_desk, office_trail
from engine.errors import ActingForbidden, AlreadyRecorded, NotFound, ReasonMissing, StaleVersion
from engine.events import Actor
from engine.mandates import Mandate
from tests.db.play import actor, city
from tests.db.processes import LETTER

Owner = psycopg.Connection[tuple[object, ...]]
WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 23, 9, tzinfo=WIB)
HEAD, DEPUTY = "kepala-diskominfo", "sekretaris-diskominfo"
WHY = "Surat perintah 800/20/2026"


@pytest_asyncio.fixture
async def who(app: AsyncEngine, owner: Owner) -> AsyncIterator[Actor]:
    await city(app, NOW, LETTER)
    yield await actor(app, "analis-sdm", NOW)
    owner.execute("DELETE FROM mandate_draft; DELETE FROM acting_letter; DELETE FROM acting WHERE position LIKE '%diskominfo%'")


async def plh(app: AsyncEngine, first: int = 0, length: int = 5) -> Mandate:
    starts = NOW + timedelta(days=first)
    return Mandate("", "plh", HEAD, (await actor(app, DEPUTY, NOW)).person, starts, starts + timedelta(days=length), "800/20/2026", "cuti")


async def opened(app: AsyncEngine, who: Actor, asked: Mandate) -> Mandate:
    async with transaction(app) as connection:
        return await mandates.open_mandate(connection, who, asked, WHY, NOW, WIB)


async def test_a_proposal_binds_nobody_and_is_answered_once(app: AsyncEngine, who: Actor) -> None:
    secretary = await actor(app, DEPUTY, NOW)
    async with transaction(app) as connection:
        found = await mandate_papers.propose(connection, secretary, await plh(app), "Cuti", ("", ""), NOW)
        assert [one.id for one in await mandate_desk.waiting(connection, ["diskominfo"], everywhere=False)] == [found]
        assert await mandate_desk.waiting(connection, ["dinkes"], everywhere=False) == []
        turn = await handover.turn(connection, HEAD, NOW + timedelta(days=1))
        assert turn.taker is not None
        assert turn.taker.mandate == ""
    with pytest.raises(ReasonMissing):
        async with transaction(app) as connection:
            await mandate_papers.settle(connection, who, found, "ditolak", " ", NOW)
    async with transaction(app) as connection:
        await mandate_papers.settle(connection, who, found, "ditolak", "Belum ada surat cuti", NOW)
        told = await office_trail.changes(connection, "mandate_draft", found)
    assert [(one.action, one.reason) for one in told] == [("ubah", "Belum ada surat cuti"), ("tambah", "Cuti")]
    with pytest.raises(AlreadyRecorded):
        async with transaction(app) as connection:
            await mandate_papers.settle(connection, who, found, "ditarik", "Sekali lagi", NOW)
    with pytest.raises(NotFound):
        async with transaction(app) as connection:
            await mandate_papers.settle(connection, who, "tidak-ada", "ditolak", "x", NOW)


async def test_nobody_signs_on_in_the_name_of_whom_he_stands_in_for(app: AsyncEngine, who: Actor) -> None:
    given = ("an", HEAD, "kabid-aplikasi", ["surat-tugas"], NOW, None, "Uji 1/2026", "Uji", NOW)
    for actor_ in (replace(who, capacity="plh"), replace(who, capacity="plt")):
        with pytest.raises(ActingForbidden, match="melimpahkan"):
            async with transaction(app) as connection:
                await holding.give_mandate(connection, actor_, *given)
    await opened(app, who, await plh(app))
    with pytest.raises(ActingForbidden, match="melimpahkan"):
        async with transaction(app) as connection:
            await holding.give_mandate(connection, who, *given)
    later = NOW + timedelta(days=10)
    async with transaction(app) as connection:
        made = await holding.give_mandate(connection, who, *given[:4], later, None, *given[6:])
        assert made in [one.id for one in await behalf.behalves(connection, NOW, "komunikasi")]
        assert made not in [one.id for one in await behalf.behalves(connection, NOW, "kesehatan")]


async def test_who_hands_over_to_whom_at_each_end_of_a_mandate(app: AsyncEngine, who: Actor) -> None:
    head, deputy = await actor(app, HEAD, NOW), await actor(app, DEPUTY, NOW)
    one = await opened(app, who, await plh(app, first=1))
    async with app.connect() as connection:
        begin, end = await handover.turn(connection, HEAD, one.starts), await handover.turn(connection, HEAD, one.ends)
        assert [side and side.person for side in (begin.giver, begin.taker, end.giver, end.taker)] == [
            head.person,
            deputy.person,
            deputy.person,
            head.person,
        ]
        coming = await handover.coming(connection, HEAD, NOW)
        assert (coming.at, coming.known) == (one.starts, True)
        during = await handover.coming(connection, HEAD, one.starts + timedelta(hours=1))
        assert during.at == one.ends
        still = await handover.coming(connection, "kabid-aplikasi", NOW)
        assert (still.known, still.taker) == (False, None)
        assert (await handover.latest(connection, HEAD, one.ends + timedelta(days=1))).at == one.ends
        with pytest.raises(NotFound):
            await handover.turn(connection, "tidak-ada", NOW)


async def test_the_chain_of_orders_is_told_from_any_of_them(app: AsyncEngine, who: Actor) -> None:
    one = await opened(app, who, await plh(app))
    async with transaction(app) as connection:
        two = await mandates.extend(connection, who, one.id, one.ends + timedelta(days=2), "800/21/2026", WHY, NOW, WIB)
        for link in (one, two):
            assert [found.id for found in await mandate_acts.chain(connection, link.id)] == [one.id, two.id]
        assert await mandate_acts.counted(connection, one.id) == (0, 0)
        assert await mandate_acts.letter(connection, one.id) is None


async def test_a_paper_is_one_for_its_key_and_sealed_once(app: AsyncEngine, owner: Owner, who: Actor) -> None:
    def asked(number: int) -> Asked:
        return Asked(
            f"p{number}", "uji/kunci", "serah-terima", "Serah terima tugas", HEAD, "", {"isi": number, "giver": None, "taker": None}, who.person
        )

    shas = ["a" * 64, "b" * 64, "c" * 64]
    async with transaction(app) as connection:
        for sha in shas:
            await files.register(connection, sha, 1, "application/pdf")
        first = await papers.begin(connection, asked(1), "K7MR2XQ9TC", "t" * 64, NOW)
        second = await papers.begin(connection, asked(2), "K7MR2XQ9TD", "u" * 64, NOW)
        assert (second.id, second.content["isi"], second.verify_code) == (first.id, 1, "K7MR2XQ9TC")
        with pytest.raises(NotFound):
            await documents.public_document(connection, "K7MR2XQ9TC")
        await papers.sealed(connection, first.id, shas[0], shas[1], {"valid": True}, NOW)
        await papers.sealed(connection, first.id, shas[0], shas[1], {"valid": True}, NOW)
        found = await documents.public_document(connection, "K7MR2XQ9TC")
        assert (found.status, found.number, found.unit) == ("disegel", "", "Dinas Komunikasi dan Informatika")
        assert (await documents.public_document_of_revision(connection, [shas[0]])) == found
    with pytest.raises(StaleVersion):
        async with transaction(app) as connection:
            await papers.sealed(connection, first.id, shas[0], shas[2], {"valid": True}, NOW)
    for statement in (
        "UPDATE office_document SET content = '{}'",
        "DELETE FROM office_document",
        "DELETE FROM mandate_draft",
        "UPDATE acting_letter SET name = ''",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with transaction(app) as connection:
                await connection.exec_driver_sql(statement)
    owner.execute("DELETE FROM office_document")
