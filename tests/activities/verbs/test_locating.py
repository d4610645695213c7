"""``locate`` asked whether something is there at all, and what the registry has standing at a point."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.exceptions import ApplicationError

from activities.verbs import shapes
from engine.events import Json
from tests.activities.verbs.deeds import Deeds, opened

INSIDE: Json = {"lat": "-6.234", "lon": "106.642"}
OUTSIDE: Json = {"lat": "-6.200", "lon": "106.642"}
ZONE = ("dilarang", "kode", "nama")


async def deeds(app: AsyncEngine, case: str) -> Deeds:
    await opened(app, case)
    return Deeds(app, case)


async def test_a_map_that_holds_nothing_there_answers_no_and_one_that_cannot_be_read_does_not(app: AsyncEngine) -> None:
    one = await deeds(app, "zona")
    asked: dict[str, Json] = {"kind": "zona-larangan-reklame", "whether": True}
    held = await one.do("locate", "a", gives=ZONE, point=INSIDE, **asked)
    assert held.gives == {"dilarang": True, "kode": "zona-reklame-1", "nama": "Kawasan balai kota (contoh)"}
    free = await one.do("locate", "b", gives=ZONE, point=OUTSIDE, **asked)
    assert free.gives == {"dilarang": False, "kode": None, "nama": None}
    turned = await one.do("locate", "c", gives=("bebas",), point=OUTSIDE, yes=False, no=True, **asked)
    assert turned.gives == {"bebas": True}
    assert (await one.do("locate", "d", gives=ZONE, doubt="empty", point=INSIDE, kind="tanpa-peta", whether=True)).gives == {}
    assert (await one.do("locate", "e", gives=ZONE, doubt="empty", point="", **asked)).gives == {}
    with pytest.raises(ApplicationError, match="tidak berada dalam satu pun zona-larangan-reklame"):
        await one.do("locate", "f", gives=("kode",), point=OUTSIDE, kind="zona-larangan-reklame")


async def test_a_line_of_the_registry_stands_at_a_point_while_it_is_valid(app: AsyncEngine) -> None:
    one, two = await deeds(app, "titik-a"), await deeds(app, "titik-b")
    line: dict[str, Json] = {"registry": "izin-reklame", "titik": {"lat": "-6.150000", "lon": "106.650000"}, "from": "2027-01-01"}
    await one.do("post", "catat", **line, key="izin-1", until="2027-01-31")
    await one.do("post", "kendaraan", registry="izin-reklame", key="izin-2", titik="")
    gives = ("terisi", "izin", "jarak")
    asked: dict[str, Json] = {
        "registry": "izin-reklame", "attribute": "titik", "within": 10, "whether": True, "point": {"lat": "-6.150050", "lon": "106.650000"},
    }  # fmt: skip
    meanwhile: dict[str, Json] = {"period": {"from": "2027-01-31", "to": "2027-03-01"}}
    assert (await two.do("locate", "a", gives=gives, **asked, **meanwhile)).gives == {"terisi": True, "izin": "izin-1", "jarak": 6}
    assert (await two.do("locate", "b", gives=gives, **asked, period="2027-02-01")).gives == {"terisi": False, "izin": None, "jarak": None}
    assert (await two.do("locate", "c", gives=("terisi",), **asked)).gives == {"terisi": False}, "not valid today"
    assert (await two.do("locate", "d", gives=("terisi",), **asked, **meanwhile, but="izin-1")).gives == {"terisi": False}, "the one it extends"
    assert (await one.do("locate", "e", gives=("terisi",), **asked, **meanwhile)).gives == {"terisi": False}, "its own line is not another one"
    far: Json = {"lat": "-6.150200", "lon": "106.650000"}
    assert (await two.do("locate", "f", gives=("terisi",), **{**asked, "point": far}, **meanwhile)).gives == {"terisi": False}
    listed: Json = {"lat": "-6.198000", "lon": "106.646000"}
    found = await two.do("locate", "g", gives=gives, **{**asked, "point": listed})
    assert found.gives == {"terisi": True, "izin": "500.16.7.2/9/DPMPTSP/2025", "jarak": 0}, "a list of the city writes the point as a text"
    assert (await two.do("locate", "h", gives=gives, doubt="empty", **{**asked, "registry": "entah"})).gives == {}
    with pytest.raises(ApplicationError, match="argumen within"):
        await two.do("locate", "i", gives=("terisi",), **{**asked, "within": None})
    with pytest.raises(ApplicationError, match="Tidak ada baris izin-reklame dalam jarak 10 meter"):
        await two.do("locate", "j", gives=("izin",), **{**asked, "point": far, "whether": False})


def test_a_point_is_read_out_of_a_field_a_list_and_a_text() -> None:
    assert shapes.point({"lat": "-6.1", "lon": "106.2"}) == shapes.point([106.2, -6.1]) == shapes.point("-6.1, 106.2") == (106.2, -6.1)
    assert [shapes.point(value) for value in ("", "-", "di sana", "1,2,3", None, {"lat": "x"})] == [None] * 6
