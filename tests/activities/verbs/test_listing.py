"""``look_up`` with ``what: daftar`` and several attributes at once, on the sample city: who is due, what is known of each, what is lacking."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.exceptions import ApplicationError

from engine.events import Json
from tests.activities.verbs.deeds import Deeds, opened

ANDI, BIMA = "199005122015122935", "198907192016011936"
"""Two of diskominfo: the drafter (II/d) and an ordinary officer (III/a)."""
CARA, ELSEWHERE = "198902152016012930", "198911222012012922"
ASKED: dict[str, Json] = {
    "what": "daftar", "unit": "diskominfo", "kind": "gaji-berkala", "attribute": "berikutnya", "month": "2031-05", "mark": "kurang",
    "row_nip": "nip", "row_golongan": "golongan", "row_nilai": "predikat-kinerja:predikat", "row_masa": "gaji-berkala:masa_kerja",
    "row_dihukum": "hukuman-disiplin?",
}  # fmt: skip


async def kept(one: Deeds, step: str, kind: str, nip: str, since: str, until: str | None = None, **attributes: Json) -> None:
    """A line of the registry, put there by an act."""
    days: dict[str, Any] = {"from": since, "until": until}
    await one.do("post", step, registry=kind, key=nip, **days, **attributes)


DUE: dict[str, Any] = {"kind": "gaji-berkala", "berikutnya": "2031-05-01", "masa_kerja": "12", "surat": ""}


async def test_those_due_in_the_month_with_what_is_known_of_each(app: AsyncEngine) -> None:
    await opened(app, "daftar-1")
    one = Deeds(app, "daftar-1")
    for number, nip in enumerate((ANDI, BIMA, ELSEWHERE)):
        await kept(one, f"catat-{number}", nip=nip, since="2026-03-02", **DUE)
    await kept(one, "lama", "predikat-kinerja", BIMA, "2026-02-01", predikat="kurang")
    await kept(one, "baru", "predikat-kinerja", BIMA, "2026-03-01", predikat="baik")
    found = await one.do("look_up", gives=("daftar",), **ASKED)
    assert found.gives["daftar"] == [
        {"_id": BIMA, "nip": BIMA, "golongan": "III/a", "nilai": "baik", "masa": "12", "dihukum": True, "kurang": False},
        {"_id": ANDI, "nip": ANDI, "golongan": "II/d", "nilai": "baik", "masa": "12", "dihukum": False, "kurang": False},
    ], "of this agency alone, by NIP; the newest valid line of each"
    other = await one.do("look_up", "bulan-lain", gives=("daftar",), **ASKED | {"month": "2031-06"})
    assert other.gives["daftar"] == []
    lacking = await one.do("look_up", "kurang", gives=("daftar",), **ASKED | {"row_nilai": "gaji-berkala:surat"})
    assert [(row["kurang"], "nilai" in row) for row in lacking.gives["daftar"]] == [(True, False), (True, False)]
    past = await one.do("look_up", "sebelumnya", gives=("daftar",), **ASKED | {"day": "2026-03-01"})
    assert past.gives["daftar"] == [], "what was not on record yet on that day"


async def test_what_is_replaced_is_due_no_more(app: AsyncEngine) -> None:
    await opened(app, "daftar-2")
    one = Deeds(app, "daftar-2")
    await kept(one, "lama", nip=CARA, since="2026-03-02", **DUE | {"berikutnya": "2031-07-01"})
    july = ASKED | {"month": "2031-07"}
    assert len((await one.do("look_up", "sebelum", gives=("daftar",), **july)).gives["daftar"]) == 1
    await one.do("post", "baru", registry="gaji-berkala", key=CARA, replace=True, berikutnya="2033-07-01")
    assert (await one.do("look_up", "sesudah", gives=("daftar",), **july)).gives["daftar"] == []


@pytest.mark.parametrize(
    ("changed", "told"), [({"row_nip": "gaji"}, "row_nip"), ({"kind": "tiada"}, "Registri tiada"), ({"row_x": "tiada:y"}, "Registri tiada")]
)
async def test_a_word_nobody_knows_and_a_book_the_city_has_not(app: AsyncEngine, changed: dict[str, Json], told: str) -> None:
    await opened(app, "daftar-3")
    one = Deeds(app, "daftar-3")
    await kept(one, "catat", nip=ANDI, since="2026-03-02", **DUE)
    with pytest.raises(ApplicationError, match=told):
        await one.do("look_up", f"{changed}", gives=("daftar",), **ASKED | changed)


async def test_several_attributes_at_once_and_empty_what_the_line_has_not(app: AsyncEngine) -> None:
    await opened(app, "daftar-4")
    deeds = Deeds(app, "daftar-4")
    line: dict[str, Json] = {"what": "registri", "kind": "gaji-pokok", "key": "III/a"}
    assert (await deeds.do("look_up", "dua", gives=("a", "b"), **line, take="th10,th12")).gives == {"a": "3252900", "b": "3355400"}
    assert (await deeds.do("look_up", "satu", gives=("a", "b"), **line, take="th11,th12")).gives == {"a": None, "b": "3355400"}
    assert (await deeds.do("look_up", "kosong", gives=("a",), **line, take="")).gives == {}, "what to take is empty: nothing, not a verdict"


async def test_the_lines_under_a_key_are_rows(app: AsyncEngine) -> None:
    await opened(app, "daftar-baris")
    one = Deeds(app, "daftar-baris")
    for nip in ("rw-07", "rw-05"):
        await kept(one, f"catat-{nip}", "predikat-kinerja", "kelurahan-uji", "2026-03-02", kode=nip, predikat="baik")
    asked: dict[str, Json] = {
        "what": "baris",
        "kind": "predikat-kinerja",
        "key": "kelurahan-uji",
        "id": "kode",
        "row_nilai": "predikat",
        "row_lain": "tiada",
    }
    assert (await one.do("look_up", gives=("baris",), **asked)).gives["baris"] == [
        {"_id": "rw-05", "nilai": "baik"},
        {"_id": "rw-07", "nilai": "baik"},
    ]
    assert (await one.do("look_up", "lain", gives=("baris",), **asked | {"key": "tiada"})).gives["baris"] == []
    with pytest.raises(ApplicationError, match="Registri tidak-ada"):
        await one.do("look_up", "tiada", gives=("baris",), **asked | {"kind": "tidak-ada"})
