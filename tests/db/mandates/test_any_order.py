"""Random mandates opened, prolonged, ended, cancelled in the database: who acts there at any instant is whom the rules in plain Python name."""

from __future__ import annotations

import contextlib
import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.connect import transaction
from db.office import mandates
from db.read import mandates as read
from engine.errors import Refusal
from engine.events import Actor
from engine.mandate_rules import Held, capacity, held
from engine.mandates import Mandate
from tests.db.play import actor, city
from tests.db.processes import LETTER

Owner = psycopg.Connection[tuple[object, ...]]
WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 23, 9, tzinfo=WIB)
POSTS = ("kepala-diskominfo", "kabid-aplikasi", "kabid-infrastruktur")
BY = ("sekretaris-diskominfo", "kabid-aplikasi", "kabid-infrastruktur", "kasubbag-umpeg-diskominfo")


async def step(connection: AsyncConnection, chance: random.Random, who: Actor, people: list[str], made: list[str]) -> None:
    """One thing somebody does, sensible or not."""
    at = NOW + timedelta(days=chance.randint(0, 30))
    word = chance.choice(("buka", "buka", "perpanjang", "akhiri", "batalkan"))
    if word == "buka" or not made:
        starts = at + timedelta(days=chance.randint(0, 20))
        kind = chance.choice(("plh", "plh", "plt", "pj"))
        asked = Mandate("", kind, chance.choice(POSTS), chance.choice(people), starts, starts + timedelta(days=chance.randint(1, 40)), "1/2026")  # type: ignore[arg-type]
        made.append((await mandates.open_mandate(connection, who, asked, "Uji", at, WIB)).id)
    elif word == "perpanjang":
        ends = at + timedelta(days=chance.randint(1, 60))
        made.append((await mandates.extend(connection, who, chance.choice(made), ends, "2/2026", "Uji", at, WIB)).id)
    elif word == "akhiri":
        await mandates.end(connection, who, chance.choice(made), at, "Uji", at)
    else:
        await mandates.cancel(connection, who, chance.choice(made), "Uji", at)


@pytest.mark.parametrize("seed", range(4))
async def test_sql_and_rules_name_the_same_official(app: AsyncEngine, owner: Owner, seed: int) -> None:
    await city(app, NOW, LETTER)
    chance, made = random.Random(seed), list[str]()
    who = await actor(app, "kepegawaian-setda", NOW)
    people = [(await actor(app, seat, NOW)).person for seat in BY]
    sits = {seat: (await actor(app, seat, NOW)).person for seat in POSTS}
    for _ in range(25):
        with contextlib.suppress(Refusal):
            async with transaction(app) as connection:
                await step(connection, chance, who, people, made)
    async with app.connect() as connection:
        orders = [one for seat in POSTS for one in await read.mandates(connection, NOW, position=seat) if one.state != "dibatalkan"]
        book = [Held(seat, person, NOW - timedelta(days=300), None) for seat, person in sits.items()] + [held(one.mandate) for one in orders]
        for _ in range(120):
            at = NOW + timedelta(hours=chance.randint(0, 24 * 100))
            query = text("SELECT seat, person, mandate FROM held_at(:at) WHERE seat = ANY(:seats)")
            rows = (await connection.execute(query, {"at": at, "seats": list(POSTS)})).all()
            assert len(rows) == len(POSTS)
            for row in rows:
                assert capacity(book, row.person, row.seat, at).mandate == row.mandate
            acting = [row.person for row in rows if row.mandate]
            assert len(acting) == len(set(acting)) or any(one.mandate.kind == "pj" for one in orders)
    assert made
    owner.execute("DELETE FROM acting WHERE position = ANY(%s)", (list(POSTS),))
