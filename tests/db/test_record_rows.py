"""What is filled in inside ``Each`` belongs to its row: the read model keeps one answer beside the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from engine.events import Json
from engine.fields import Field
from engine.nodes import Each, Seq, Task, again, end, go
from engine.process import Fact
from tests.db.play import Played, actor, city
from tests.db.processes import LETTER

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

EACH = replace(
    LETTER,
    code="surat-uji-baris",
    form=(Field("perihal", "Hal", "text", required=True), Field("lokasi", "Lokasi", "table", columns=(Field("unit", "Unit", "text"),))),
    facts=(Fact("catatan", "text"),),
    documents=(),
    flow=Seq(
        (
            Task("konsep", ("konseptor",), "draft", (go("kirim"),), "Susun", ("perihal", "lokasi")),
            Each("tiap", "lokasi", Seq((Task("tanggapi", ("ketua-tim-kerja",), "review", (go("tanggapi"),), "Tanggapi", ("catatan",)),))),
            Task("simpan", ("arsiparis",), "archive", (end("simpan", "selesai"),)),
        )
    ),
)


async def test_what_is_filled_in_for_one_row_does_not_take_the_place_of_another(app: AsyncEngine) -> None:
    await city(app, MONDAY, EACH)
    played = Played(app, EACH, "c-baris", MONDAY)
    await played.open(await actor(app, "konseptor-diskominfo", MONDAY), "diskominfo")
    places: Json = [{"_id": "a", "unit": "Dinas A"}, {"_id": "b", "unit": "Dinas B"}]
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal="Data", lokasi=places)
    await played.decide("ketua-tim-diskominfo", "tanggapi@b", "tanggapi", catatan="Bersedia hari Selasa")
    await played.decide("ketua-tim-diskominfo", "tanggapi@a", "tanggapi", catatan="Tidak keberatan")
    async with app.connect() as connection:
        form = (await connection.execute(text("SELECT form FROM \"case\" WHERE id = 'c-baris'"))).scalar_one()
    assert isinstance(form, dict)
    assert {name: form[name]["catatan"] for name in ("@a", "@b")} == {"@a": "Tidak keberatan", "@b": "Bersedia hari Selasa"}
    assert form["catatan"] == "Tidak keberatan", "the case itself shows the newest"
    assert form["lokasi"] == places


async def test_a_table_walked_by_each_keeps_all_its_rows_when_one_is_filled_in(app: AsyncEngine) -> None:
    places: Json = [{"_id": "a", "unit": "Dinas A"}, {"_id": "b", "unit": "diskominfo"}]
    answering = replace(EACH, code="surat-uji-daftar", flow=Seq((
        EACH.flow.nodes[0],
        Each("tiap", "lokasi", Seq((Task("tanggapi", ("ketua-tim-kerja",), "review", (go("tanggapi"),), "Tanggapi", ("lokasi", "catatan")),))),
        EACH.flow.nodes[2],
    )))  # fmt: skip
    await city(app, MONDAY, answering)
    played = Played(app, answering, "c-daftar", MONDAY)
    await played.open(await actor(app, "konseptor-diskominfo", MONDAY), "diskominfo")
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal="Data", lokasi=places)
    async with app.connect() as connection:
        titles = (
            (await connection.execute(text("SELECT title FROM task WHERE case_id = 'c-daftar' AND step = 'tanggapi' ORDER BY instance")))
            .scalars()
            .all()
        )
        named = (await connection.execute(text("SELECT name FROM unit WHERE code = 'diskominfo'"))).scalar_one()
    assert titles == ["Tanggapi: Dinas A", f"Tanggapi: {named}"], "the inbox tells the rows apart, a code by its name"
    await played.decide("ketua-tim-diskominfo", "tanggapi@b", "tanggapi", lokasi=[{"_id": "b", "unit": "Dinas B baru"}], catatan="Diganti")
    async with app.connect() as connection:
        form = (await connection.execute(text("SELECT form FROM \"case\" WHERE id = 'c-daftar'"))).scalar_one()
    assert form["lokasi"] == [{"_id": "a", "unit": "Dinas A"}, {"_id": "b", "unit": "Dinas B baru"}]
    assert form["@b"] == {"catatan": "Diganti"}


async def test_a_table_that_each_row_gives_a_part_of_is_one_table_of_the_case(app: AsyncEngine) -> None:
    """As the state has it (tests/engine/test_tables_given_in_rows.py): ids told apart, a part given again in the place of its first."""
    finding = replace(EACH, code="surat-uji-temuan", facts=(Fact("temuan", "table", columns=(Field("kode", "Kode", "text"),)),), flow=Seq((
        EACH.flow.nodes[0],
        Each("tiap", "lokasi", Seq((Task("tanggapi", ("ketua-tim-kerja",), "review", (go("tanggapi"), again("ulangi")), "Tanggapi", ("temuan",)),))),
        EACH.flow.nodes[2],
    )))  # fmt: skip
    await city(app, MONDAY, finding)
    played = Played(app, finding, "c-temuan", MONDAY)
    await played.open(await actor(app, "konseptor-diskominfo", MONDAY), "diskominfo")
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal="Data", lokasi=[{"_id": "a", "unit": "A"}, {"_id": "b", "unit": "B"}])
    await played.decide("ketua-tim-diskominfo", "tanggapi@a", "ulangi", temuan=[{"_id": "r1", "kode": "lama"}])
    await played.decide("ketua-tim-diskominfo", "tanggapi@b", "tanggapi", temuan=[{"_id": "r1", "kode": "dua"}])
    await played.decide("ketua-tim-diskominfo", "tanggapi@a", "tanggapi", temuan=[{"_id": "a-r1", "kode": "satu"}, {"_id": "r2", "kode": "tiga"}])
    async with app.connect() as connection:
        form = (await connection.execute(text("SELECT form FROM \"case\" WHERE id = 'c-temuan'"))).scalar_one()
    assert [(row["_id"], row["kode"]) for row in form["temuan"]] == [("b-r1", "dua"), ("a-r1", "satu"), ("a-r2", "tiga")]
    assert [row["kode"] for row in form["@b"]["temuan"]] == ["dua"]
