"""``introduce``: a party outside that is not the applicant is written down once, acts where a task waits for him, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from temporalio.exceptions import ApplicationError

from db.desk.parties import outsider
from db.write import rights
from engine.errors import NotAllowed
from engine.events import Actor, Event
from engine.outsiders import is_outsider
from tests.activities.verbs.deeds import NOW, Deeds, opened
from tests.db.play import Played

ASKED: dict[str, Any] = {"name": "CV Contoh", "email": "cv@contoh.example"}


async def test_a_party_is_written_down_once_a_round(app: AsyncEngine) -> None:
    await opened(app, "kenal")
    one = Deeds(app, "kenal")
    first = (await one.do("introduce", gives=("pihak_penyedia",), **ASKED)).gives["pihak_penyedia"]
    assert is_outsider(first)
    assert (await one.do("introduce", gives=("pihak_penyedia",), **ASKED)).gives["pihak_penyedia"] == first
    assert (await one.do("introduce", number=2, gives=("pihak_penyedia",), **ASKED)).gives["pihak_penyedia"] != first
    async with app.connect() as connection:
        known = await outsider(connection, first)
    assert known is not None
    assert (known.name, known.email, known.phone) == ("CV Contoh", "cv@contoh.example", "")
    with pytest.raises(ApplicationError, match="Nama pihak"):
        await one.do("introduce", "kosong", gives=("pihak_penyedia",), name=" ")
    assert (await one.do("introduce", "kosong", 2, gives=("pihak_penyedia",), doubt="empty", name="")).gives == {}


async def test_he_may_act_where_a_task_waits_for_him_and_nowhere_else(app: AsyncEngine) -> None:
    played = await opened(app, "pihak-bertindak")
    party = (await Deeds(app, "pihak-bertindak").do("introduce", gives=("pihak_penyedia",), **ASKED)).gives["pihak_penyedia"]
    async with app.begin() as connection:
        with pytest.raises(NotAllowed):
            await rights.check(connection, "pihak-bertindak", _act(played, party))
        await _let_him(connection, party)
        await rights.check(connection, "pihak-bertindak", _act(played, party))
        await connection.rollback()


def _act(played: Played, party: str) -> Event:
    who = Actor(party, party, "pihak-luar", "", "CV Contoh", "Penyedia")
    return Event(played.state.seq + 1, NOW, "decided", "konsep", 1, who, "x", {"outcome": "kirim", "effect": "next", "target": ""})


async def _let_him(connection: AsyncConnection, party: str) -> None:
    """As the opening of a task does that is addressed to him."""
    await connection.execute(
        text(
            "INSERT INTO task_position (task_id, position, due) SELECT id, :party, 'infinity' FROM task WHERE case_id = 'pihak-bertindak' AND instance = 'konsep'"
        ),
        {"party": party},
    )
