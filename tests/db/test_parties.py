"""The rank of a drafter comes out of the organisation chart of the sample city."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.read import parties
from engine.errors import NotFound
from engine.events import Json
from tests.db.play import actor, city
from tests.db.processes import LETTER

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("position", "known"),
    [
        ("konseptor-diskominfo", {"jenjang": "pelaksana", "jenjang_atasan": "pelaksana"}),
        ("ketua-tim-diskominfo", {"jenjang": "pelaksana", "jenjang_atasan": "administrator"}),
        ("ketua-tim-hukum", {"jenjang_atasan": "pengawas", "atasan_membidangi": True, "membidangi": False}),
        ("kasubbag-teknis-hukum", {"jenjang": "pengawas", "membidangi": True, "atasan_membidangi": False}),
        ("kabid-aplikasi", {"jenjang": "administrator", "jenjang_atasan": "jpt-pratama", "jabatan": "kepala-bidang", "kepala_unit": False}),
        ("sekretaris-diskominfo", {"sekretaris": True, "jabatan": "sekretaris-opd"}),
        ("kepala-diskominfo", {"jabatan": "kepala-opd", "jenjang": "jpt-pratama", "jenjang_atasan": "sekda", "kepala_unit": True}),
        ("sekda", {"jabatan": "sekda", "jenjang": "sekda", "jenjang_atasan": "pejabat-negara"}),
    ],
)
async def test_rank_of_the_sample_city(app: AsyncEngine, position: str, known: dict[str, Json]) -> None:
    await city(app, MONDAY, LETTER)
    person = (await actor(app, position, MONDAY)).person
    async with app.connect() as connection:
        party = await parties.party(connection, person, position, MONDAY.date())
    assert known.items() <= party.attributes.items()
    assert party.attributes["golongan"]
    assert party.attributes["jenis_kelamin"] in ("laki-laki", "perempuan")


async def test_the_machine_has_the_rank_of_the_seat_and_an_unknown_seat_is_refused(app: AsyncEngine) -> None:
    await city(app, MONDAY, LETTER)
    async with app.connect() as connection:
        party = await parties.party(connection, "sistem", "kabid-aplikasi", MONDAY.date())
        assert party.unit == "diskominfo"
        assert "jenis_kelamin" not in party.attributes
        with pytest.raises(NotFound, match="tidak-ada"):
            await parties.party(connection, "sistem", "tidak-ada", MONDAY.date())


async def test_what_a_form_may_ask_of_a_chosen_post_and_person(app: AsyncEngine) -> None:
    await city(app, MONDAY, LETTER)
    head = await actor(app, "kepala-diskominfo", MONDAY)
    async with app.connect() as connection:
        seats = {one.code: one for one in await parties.seats(connection, ["asisten-3", "kepala diskominfo", "Sekretaris Daerah", "tidak-ada"])}
        people = await parties.people(connection, [head.person, "000000000000000000"], MONDAY)
    assert seats["asisten-3"].attributes["jabatan"] == "asisten"
    assert seats["sekda"].label == "Sekretaris Daerah"
    assert "tidak-ada" not in seats
    assert [one.code for one in people] == [head.person]
    assert {"unit": "diskominfo", "jabatan": "kepala-opd", "kepala_unit": True}.items() <= people[0].attributes.items()
