"""The turn of the year: 12 new days, at most 6 of the old year, an untouched year once more, 24 in all; and what the city's folder says of its books."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.connect import transaction
from db.office.ledger_year import open_year
from db.office.load_city import load_city
from db.read.books import ledger as read
from db.read.books import places, recount, registry
from db.write.books import ledger
from db.write.books.accounts import Whose
from db.write.books.ledger import Carry
from engine.errors import CityInvalid, NotFound, ReasonMissing
from engine.events import SYSTEM
from tests.db.books.cases import cause, open_case, told

KOTA = Path(__file__).parents[3] / "kota_contoh"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BOOK = "cuti-tahunan"


async def persons(connection: AsyncConnection, number: int) -> list[str]:
    query = "SELECT id FROM person WHERE kind = 'PNS' AND id NOT IN (SELECT subject FROM ledger_account WHERE book = 'cuti-tahunan' AND period = '2025') ORDER BY id LIMIT :n"
    return list((await connection.execute(text(query), {"n": number})).scalars())


async def spend(connection: AsyncConnection, person: str, days: int, day: date, number: int, carry: Carry | None = None) -> None:
    case = f"tahun-{person}-{number}"
    await open_case(connection, case)
    act = cause(case, "bukukan")
    await told(connection, act, await ledger.post_direct(connection, act, Whose(BOOK, person, day), Decimal(days), carry))


async def free(connection: AsyncConnection, person: str, day: date) -> int:
    return int(await read.available(connection, BOOK, person, day))


async def turn(connection: AsyncConnection, year: int) -> dict[str, int]:
    return await open_year(connection, SYSTEM, BOOK, year, "Tahun baru", NOW)


async def test_everybody_entitled_has_twelve_days_and_loading_again_adds_none(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        first = await load_city(connection, KOTA, NOW)
        query = "SELECT count(*), min(balance), max(balance) FROM ledger_account WHERE period = '2026'"
        entitled = (await connection.execute(text("SELECT count(*) FROM person WHERE kind IN ('PNS', 'PPPK')"))).scalar_one()
        assert tuple((await connection.execute(text(query))).one()) == (entitled, 12, 12)
        others = sum(1 for line in (KOTA / "ledger.csv").read_text().splitlines()[1:])
        assert first.added["ledger_entry"] == 2 * entitled + others, "2026 and 2027 are opened by loading"
        assert first.added["place"] == 118
        assert [one.name for one in await places.line(connection, "36.71.01.1001")] == ["Sukarasa", "Tangerang", "Kota Contoh"]
        assert len([one for one in await places.tree(connection) if one.kind == "kelurahan"]) == 104
        assert [one.kind for one in await places.below(connection, "36.71")] == ["kecamatan"] * 13
        owed = await registry.lines(connection, "laporan-penelitian", ["3671015203980002"], date(2026, 11, 23))
        assert [line.attributes["batas"] for line in owed] == ["2026-01-30"]
        assert BOOK in [book.code for book in await read.books(connection)]


async def test_six_go_over_an_untouched_year_goes_on_and_twenty_four_is_the_most(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        some, none, deferred = await persons(connection, 3)
        await spend(connection, some, 9, date(2026, 6, 1), 1)
        await spend(connection, deferred, 12, date(2026, 6, 1), 1, Carry("ditangguhkan", date(2026, 6, 1), date(2028, 1, 1)))
        await turn(connection, 2027)
        new = date(2027, 1, 2)
        assert [await free(connection, one, new) for one in (some, none, deferred)] == [15, 18, 24]
        again = await turn(connection, 2027)
        assert again == {"opening": 0, "lapsed": 0}
        assert [await free(connection, one, new) for one in (some, none, deferred)] == [15, 18, 24]
        await turn(connection, 2028)
        late = date(2028, 1, 2)
        assert [await free(connection, one, late) for one in (some, none, deferred)] == [18, 24, 18]
        await turn(connection, 2029)
        assert await free(connection, none, date(2029, 1, 2)) == 24
        assert await recount.from_rows(connection) == []
        assert await recount.from_trails(connection) == []
        with pytest.raises(NotFound):
            await open_year(connection, SYSTEM, "entah", 2027, "Tahun baru", NOW)
        with pytest.raises(ReasonMissing):
            await open_year(connection, SYSTEM, BOOK, 2030, " ", NOW)


@pytest.mark.parametrize(
    ("file", "line", "words"),
    [
        ("ledger.csv", "entah,197712142004121950,2026,3,,SK", ["kolom book", "[buku.entah]"]),
        ("ledger.csv", "cuti-tahunan,1,2026,3,,SK", ["kolom subject", "bukan NIP"]),
        ("ledger.csv", "cuti-tahunan,197712142004121950,2026,nol,,SK", ["kolom amount", "tanpa pemisah"]),
        ("bookings.csv", "ruang,A,2026-01-02T00:00:00+07:00,2026-01-01T00:00:00+07:00,rapat,SK", ["kolom ends", "sesudah mulai"]),
        ("registry.csv", "entah,A,,2026-01-01,,SK", ["kolom kind", "[registri.entah]"]),
        ("registry.csv", "surat-penelitian,A,tanpa tanda,2026-01-01,,SK", ["kolom attributes", "nama=nilai"]),
        ("places.csv", "36.71.99,kecamatan,Baru,36.72", ["kolom parent", "36.72"]),
        ("city.toml", '[buku.x]\njudul = "X"', ["bagian buku.x", "satuan"]),
        ("city.toml", "[buku", ["city.toml", "tidak terbaca"]),
        ("city.toml", '[buku.x]\njudul = "X"\nsatuan = "hari"\nhak = -1', ["buku.x, hak"]),
        ("city.toml", '[buku.x]\njudul = "X"\nsatuan = "hari"\nbagi = ["honorer"]', ["honorer", "pilih dari"]),
        ("city.toml", '[buku.x]\njudul = "X"\nsatuan = "hari"\nperiode = [26]', ["periode", "empat angka"]),
        ("places/zona.geojson", '{"features": [{"properties": {}, "geometry": null}]}', ["zona.geojson", "bukan kumpulan"]),
        ("places/zona.geojson", '{"features": [{"properties": {"code": "z1"}, "geometry": null}]}', ["z1 tidak ada di places.csv"]),
    ],
)
async def test_a_bad_line_is_named_with_its_mend(app: AsyncEngine, tmp_path: Path, file: str, line: str, words: list[str]) -> None:
    folder = tmp_path / "kota"
    shutil.copytree(KOTA, folder)
    (folder / file).parent.mkdir(exist_ok=True)
    with (folder / file).open("a") as target:
        target.write(line + "\n")
    async with app.connect() as connection:
        with pytest.raises(CityInvalid) as refused:
            await load_city(connection, folder, NOW)
    assert len(refused.value.faults) == 1, refused.value.faults
    for word in words:
        assert word in refused.value.faults[0]


async def test_shapes_are_taken_in_and_a_city_without_books_is_a_city(app: AsyncEngine, tmp_path: Path) -> None:
    folder = tmp_path / "kota"
    shutil.copytree(KOTA, folder)
    for file in ("ledger.csv", "registry.csv", "bookings.csv"):
        (folder / file).unlink()
    shutil.rmtree(folder / "places")
    (folder / "places").mkdir()
    square = '{"type": "Polygon", "coordinates": [[[106.6, -6.2], [106.7, -6.2], [106.7, -6.1], [106.6, -6.1], [106.6, -6.2]]]}'
    one = f'{{"type": "Feature", "properties": {{"code": "36.71.01.1001"}}, "geometry": {square}}}'
    two = f'{{"type": "Feature", "properties": {{"code": "zona-r1", "kind": "zona", "name": "Zona R1"}}, "geometry": {square}}}'
    (folder / "places" / "peta.geojson").write_text(f'{{"type": "FeatureCollection", "features": [{one}, {two}]}}')
    async with transaction(app) as connection:
        added = (await load_city(connection, folder, NOW)).added
        assert added["place_shape"] == 1, "the shape that stands already is kept"
        assert [shape.place.code for shape in await places.shapes(connection, "zona")] == ["zona-r1"]
        assert "Sukarasa" in [shape.place.name for shape in await places.shapes(connection, "kelurahan")]
