"""A city's folder goes in whole, once, or not at all; a bad line is named with its mend."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db.connect import transaction
from db.office.load_city import load_city
from engine.errors import CityInvalid

KOTA = Path(__file__).parents[2] / "kota_contoh"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


async def test_loading_adds_everything_once(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        first = await load_city(connection, KOTA, NOW)
    assert first.added["unit"] == len((KOTA / "units.csv").read_text().splitlines()) - 1
    assert first.added["incumbency"] > 700
    async with transaction(app) as connection:
        second = await load_city(connection, KOTA, NOW)
        entries = (await connection.execute(text("SELECT count(*) FROM office_trail"))).scalar_one()
    assert second.unchanged
    assert entries == 1


async def test_a_changed_folder_adds_what_is_missing_and_leaves_what_stands(app: AsyncEngine, tmp_path: Path) -> None:
    folder = tmp_path / "kota"
    shutil.copytree(KOTA, folder)
    with (folder / "holidays.csv").open("a") as file:
        file.write("2026-12-28,Hari Jadi Kota Contoh,lokal,Perwal 9/2026\n")
    async with transaction(app) as connection:
        await load_city(connection, KOTA, NOW)
        await connection.execute(text("UPDATE unit SET phone = '(021) 1' WHERE code = 'diskominfo'"))
        again = await load_city(connection, folder, NOW)
        phone = (await connection.execute(text("SELECT phone FROM unit WHERE code = 'diskominfo'"))).scalar_one()
    assert {table: count for table, count in again.added.items() if count} == {"holiday": 1}
    assert phone == "(021) 1"


@pytest.mark.parametrize(
    ("file", "line", "words"),
    [
        ("units.csv", "dinas-aneh,Dinas Aneh,dinas,tidak-ada,,,,,,,,", ["units.csv baris 154", "kolom parent", "“tidak-ada” tidak ada di units.csv"]),
        ("people.csv", "01KDVDNA00ZZZZZZZZZZZZZZZZ,Uji,,,199002302015031999,PNS,,,", ["kolom nip", "18 angka"]),
        (
            "holders.csv",
            "sekda,01KDVDNA00K6654P0VJ3J2VN7N,2026-06-01T00:00:00+07:00,,SK 1",
            [f"holders.csv baris {len((KOTA / 'holders.csv').read_text().splitlines()) + 1}", "bertumpuk"],
        ),
        ("holders.csv", "sekda,01KDVDNA00K6654P0VJ3J2VN7N,2026-06-01,,SK 1", ["kolom starts", "zona"]),
        ("holidays.csv", "2026-13-01,Libur,libur,SKB", ["kolom day", "tttt-bb-hh"]),
        ("matters.csv", "asisten,unit,entah,asisten-1,2026-01-01T00:00:00+07:00,,SK", ["kolom selector", "entah"]),
        ("classification.csv", "00.1,Salah", ["kolom code", "800.1.11.13"]),
        ("functions.csv", "arsip,diskominfo", ["jumlah kolom"]),
        ("mandates.csv", "an,wali-kota,sekda,surat-ijin,2026-01-01T00:00:00+07:00,,SK 1", ["kolom document_kinds", "surat-ijin bukan jenis naskah"]),
        ("mandates.csv", "an,wali-kota,sekda,cuti-asn/Surat,2026-01-01T00:00:00+07:00,,SK 1", ["kolom document_kinds", "proses/naskah"]),
    ],
)
async def test_a_bad_line_is_named_with_its_mend_and_nothing_is_written(
    app: AsyncEngine, tmp_path: Path, file: str, line: str, words: list[str]
) -> None:
    folder = tmp_path / "kota"
    shutil.copytree(KOTA, folder)
    with (folder / file).open("a") as target:
        target.write(line + "\n")
    async with app.connect() as connection:
        with pytest.raises(CityInvalid) as refused:
            await load_city(connection, folder, NOW)
    assert len(refused.value.faults) == 1, refused.value.faults
    for word in words:
        assert word in refused.value.faults[0]
