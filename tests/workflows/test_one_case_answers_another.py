"""A permit extended by a newer one: the case that waits for the end of the older one is ended by the case that extends it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio
from sqlalchemy import text

from embedded.temporal import Temporal
from engine.scenario import Do, HandOver, Scenario
from tests.workflows.running import City, city
from tests.workflows.telling import Telling, sound
from workflows.perizinan_rekomendasi.izin_reklame import scenarios as reklame

CODE = "izin-reklame"
pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(database: str, temporal_server: Temporal, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    async with city(database, temporal_server.address, tmp_path_factory.mktemp("kota")) as made:
        yield made


def permit(name: str, filed: Do, *last: Do) -> Scenario:
    """A banner until it is signed, and what follows."""
    at = filed.values["lokasi"]
    until_paid: tuple[Do | HandOver, ...] = (*reklame.SKPD, reklame.SETOR, *reklame.lunas(jaminan=False))
    return reklame.cerita(name, "Spanduk.", "", filed, *reklame.KECIL, reklame.tinjau(at, "8"), *reklame.BA, reklame.pajak(1_000_000), reklame.TERBIT,
                          *until_paid, *last)  # fmt: skip


async def number_of(here: City, case: str) -> str:
    async with here.database.connect() as connection:
        found = await connection.execute(text("SELECT number FROM document WHERE case_id = :c AND code = 'izin'"), {"c": case})
        return str(found.scalar_one())


async def extended(here: City, older: Telling, at: dict[str, str], start: int) -> Telling:
    lama = await number_of(here, older.case)
    filed = reklame.ajukan(at, "kain", "8", mulai=start, lama=30, jenis_permohonan="perpanjangan", nomor_izin_lama=lama)
    newer = Telling(here, CODE, permit("penerus", filed, *reklame.TTD))
    await newer.tell()
    return newer


async def test_the_case_that_waits_is_ended_by_the_one_that_extends_it(here: City) -> None:
    at = reklame.titik(21)
    older = Telling(here, CODE, permit("lama", reklame.ajukan(at, "kain", "8", mulai=1, lama=90), *reklame.TTD))
    await older.tell()
    assert await here.open_tasks(older.case) == ["sebulan-sebelum-berakhir"]
    newer = await extended(here, older, at, 91)
    assert await here.ended(older.case) == "diterbitkan"
    last = next(event for event in reversed(await older.trail()) if event.kind == "decided")
    assert (last.step, last.data["outcome"], last.actor.person) == ("sebulan-sebelum-berakhir", "diperpanjang", "sistem")
    assert last.data["reason"] == f"Diteruskan izin Nomor {await number_of(here, newer.case)}"
    assert not (await here.case(newer.case)).result, "the newer permit is watched on"
    await sound(here, older.case)


async def test_one_that_did_not_wait_yet_sees_it_when_it_comes_to_wait(here: City) -> None:
    at = reklame.titik(22)
    story = permit("lama", reklame.ajukan(at, "kain", "8", mulai=1, lama=15), reklame.TTD[0])
    older = Telling(here, CODE, replace(story, gives={**story.gives, "cek-penerus": {"izin_diteruskan": True}}))
    await older.tell()
    assert await here.open_tasks(older.case) == ["serahkan-izin"]
    await extended(here, older, at, 16)
    await here.do(older.case, "serahkan-izin", "diserahkan")
    assert await here.ended(older.case) == "diterbitkan"
    steps = [event.step for event in await older.trail() if event.kind == "decided"]
    assert steps[-2:] == ["sebulan-sebelum-berakhir", "tutup-karena-diteruskan"]
