"""Whoever acts, and whoever holds the post, hears of a mandate: when it is written down, when it ends, when it is taken back; once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db.connect import transaction
from db.office import holding, mandates
from engine.errors import FieldsInvalid
from engine.events import Actor
from tests.db.mandates.test_opening import DEPUTY, HEAD, NOW, Owner, opened, person_at, plh, who

__all__ = ["who"]
POST = "Plh. Kepala Dinas Komunikasi dan Informatika"


async def told(app: AsyncEngine, mandate: str) -> list[tuple[str, str, str]]:
    statement = text("SELECT recipient, channel, text FROM outbox WHERE kind = 'mandat' AND event LIKE :event ORDER BY id")
    async with app.connect() as connection:
        return [tuple(row) for row in await connection.execute(statement, {"event": f"mandat/{mandate}/%"})]


async def test_both_hear_of_an_order_and_of_its_early_end(app: AsyncEngine, who: Actor) -> None:
    one = await opened(app, who, await plh(app))
    deputy = await person_at(app, DEPUTY)
    first = await told(app, one.id)
    assert {row[:2] for row in first} == {
        (recipient, channel) for recipient in (f"orang:{deputy}", f"jabatan:{HEAD}") for channel in ("aplikasi", "surel")
    }
    assert {row[2].partition(", ")[0] for row in first} == {f"Mandat dicatat: {POST}"}
    back = NOW + timedelta(days=2)
    for _ in range(2):
        async with transaction(app) as connection:
            await mandates.end(connection, who, one.id, back, "Pejabat kembali lebih cepat", back)
    assert [row[2].partition(", ")[0] for row in (await told(app, one.id))[4:]] == [f"Mandat berakhir: {POST}"] * 4


async def test_an_order_taken_back_before_it_begins_says_so(app: AsyncEngine, who: Actor) -> None:
    coming = await opened(app, who, await plh(app, first=3))
    async with transaction(app) as connection:
        await mandates.cancel(connection, who, coming.id, "Cuti ditunda", NOW)
    assert {row[2].partition(": ")[0] for row in await told(app, coming.id)} == {"Mandat dicatat", "Mandat dibatalkan"}


async def test_what_the_rules_refuse_tells_nobody(app: AsyncEngine, who: Actor, owner: Owner) -> None:
    before = owner.execute("SELECT count(*) FROM outbox").fetchone()
    with pytest.raises(FieldsInvalid):
        await opened(app, who, replace(await plh(app), order_number=" "))
    assert owner.execute("SELECT count(*) FROM outbox").fetchone() == before


async def test_a_mandate_to_sign_on_behalf_is_told_to_both_posts(app: AsyncEngine, who: Actor) -> None:
    async with transaction(app) as connection:
        made = await holding.give_mandate(connection, who, "an", HEAD, "kabid-aplikasi", ["surat-tugas"], NOW, None, "Uji 9/2026", "Uji", NOW)
        await holding.end_mandate(connection, who, made, NOW + timedelta(days=1), "Dicabut", NOW)
    rows = await told(app, made)
    assert {row[0] for row in rows} == {f"jabatan:{HEAD}", "jabatan:kabid-aplikasi"}
    assert rows[0][2].startswith("Mandat a.n. dicatat: Kepala Dinas Komunikasi dan Informatika kepada Kepala Bidang")
    assert rows[-1][2].startswith("Mandat a.n. berakhir")
