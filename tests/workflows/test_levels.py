"""Three levels of one process on a real server: rows go up with one number, the upper case answers the waits below, and each reads what became of its rows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from db.read.trail_check import verify
from embedded.temporal import Temporal
from engine.errors import WrongCapacity
from engine.events import Actor
from engine.scenario import Do, dated
from tests.workflows.running import City, city
from tests.workflows.telling import Telling
from workflows.contracts import Answer, Receipt
from workflows.perencanaan_keuangan.usulan_musrenbang.scenarios import (
    CAMAT,
    DRAINASE,
    KEPALA,
    LURAH,
    RAPAT,
    TAMAN,
    TELAAH,
    berkas,
    buka,
    di_berkas,
    rw,
    terus,
    tidak,
)

CODE, YEAR = "usulan-musrenbang", 2041
pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(database: str, temporal_server: Temporal, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    async with city(database, temporal_server.address, tmp_path_factory.mktemp("kota")) as made:
        yield made


async def form(here: City, case: str) -> Any:
    return (await here.case(case)).form


class Forum:
    """One level, opened as the calendar opens it."""

    def __init__(self, here: City, case: str) -> None:
        self.here, self.case, self.telling = here, case, Telling(here, CODE, None, case=case)  # type: ignore[arg-type]

    @staticmethod
    async def opened(here: City, head: str, level: str, unit: str, **more: Any) -> Forum:
        case = await here.open(CODE, head, values={"wilayah": unit, "tahun_rencana": YEAR})
        one = Forum(here, case)
        await one.do(buka(level, unit, YEAR, **more))
        return one

    async def do(self, part: Do, position: str = "") -> None:
        values = dated(await self.telling.filed(part.values), await self.here.clock(), "Asia/Jakarta") or None
        await self.here.do(self.case, part.task, part.outcome, position, values, reason=part.reason)

    async def by_link(self, step: str, outcome: str, values: dict[str, Any], row: str = "rw05") -> None:
        """The party of a row acts himself, as he does by the link he was mailed."""
        task = await self.here.wait_open(self.case, step)
        party = (await form(self.here, self.case))[f"@{row}"]["pihak_ketua_rw"]
        actor = Actor(party, party, "pihak-luar", name=f"Ketua {row}")
        await self.here.act(self.case, step, task.round, outcome, actor, await self.telling.filed(values))

    async def agreed(self, step: str, outcome: str, *rows: dict[str, Any], **more: Any) -> None:
        await self.here.wait_open(self.case, step)
        known = {row["_id"]: row for row in (await form(self.here, self.case))["usulan"]}
        await self.do(Do(step, outcome, {"usulan": [{**known[row["_id"]], **row} for row in rows], **more}))

    async def signs(self, level: str, position: str) -> None:
        await self.here.sign(self.case, f"tanda-tangan-ba-{level}", position)


async def low(here: City) -> Forum:
    ward = await Forum.opened(here, LURAH, "kelurahan", "kelurahan-sukarasa", daftar_rw=rw("05"))
    await ward.by_link("isi-usulan@rw05", "kirim", {"usulan": [DRAINASE, TAMAN]})
    await ward.do(Do("cek-usulan-rw@rw05", "terima"))
    first, second = di_berkas(DRAINASE), di_berkas(TAMAN)
    decided = (terus({"_id": first["_id"]}, 1), terus({"_id": second["_id"]}, 2))
    await ward.agreed("musrenbang-kelurahan", "tetapkan", *decided, daftar_hadir=berkas("hadir"))
    await ward.signs("kelurahan", LURAH)
    await here.wait_open(ward.case, "tunggu-status-akhir")
    return ward


async def test_rows_rise_with_their_number_and_their_end_comes_back(here: City) -> None:
    """One proposal enters the plan, the other is put off on the way; the ward reads both, each with its reason, and those who proposed are told."""
    top = await Forum.opened(here, KEPALA, "kota", "bappeda", pagu_kota=900_000_000)
    middle = await Forum.opened(here, CAMAT, "kecamatan", "kecamatan-tangerang", pagu_kecamatan=900_000_000)
    ward = await low(here)
    numbers = {row["_id"]: (await form(here, ward.case))[f"@{row['_id']}"]["nomor_usulan"] for row in (await form(here, ward.case))["usulan"]}
    await middle.do(Do("tunggu-usulan-kelurahan", "lengkap"), CAMAT)
    await here.wait_open(middle.case, "musrenbang-kecamatan")
    gathered = (await form(here, middle.case))["usulan"]
    assert sorted(row["nomor_usulan"] for row in gathered) == sorted(numbers.values())
    assert {row["_id"] for row in gathered} == {number.replace(".", "-").replace("/", "-") for number in numbers.values()}
    drain = next(row for row in gathered if row["judul"] == DRAINASE["judul"])
    park = next(row for row in gathered if row["judul"] == TAMAN["judul"])
    await middle.agreed("musrenbang-kecamatan", "tetapkan", terus({"_id": drain["_id"]}, 1),
                        tidak({"_id": park["_id"]}, "ditunda", "Pagu kecamatan tahun ini habis."), daftar_hadir=berkas("hadir"))  # fmt: skip
    await middle.signs("kecamatan", CAMAT)
    assert await here.ended(middle.case) == "selesai"
    await top.do(Do("tunggu-usulan-kecamatan", "lengkap"), "perencana-bappeda")
    await top.do(Do(f"telaah-opd@{drain['_id']}", "layak", TELAAH))
    await top.do(Do(f"survei-lapangan@{drain['_id']}", "diperiksa", {"titik_survei": DRAINASE["lokasi"], "foto_survei": berkas("survei")}))
    await top.agreed("selaraskan-rkpd", "susun", terus({"_id": drain["_id"]}, 1, nama_program="1.03.10.2.01"), daftar_hadir=berkas("hadir"))
    await top.do(Do("sesuaikan-pagu", "terima", {"sikap_tapd": RAPAT}), "sekda")
    await top.signs("kota", KEPALA)
    await top.do(Do("tunggu-penetapan-rkpd", "ditetapkan"), "perencana-bappeda")
    assert await here.ended(top.case) == "selesai"
    assert await here.ended(ward.case) == "selesai"
    ends = {row["judul"]: (row["status"], row.get("alasan")) for row in (await form(here, ward.case))["usulan"]}
    assert ends == {DRAINASE["judul"]: ("masuk-rkpd", None), TAMAN["judul"]: ("ditunda", "Pagu kecamatan tahun ini habis.")}
    async with here.database.connect() as connection:
        told = await connection.execute(text("SELECT recipient FROM outbox WHERE case_id = :c AND kind = 'kabar'"), {"c": ward.case})
        assert any(recipient.startswith("luar:") for recipient in told.scalars())
        answered = "SELECT body::jsonb->'data'->>'source' FROM trail WHERE case_id = :c AND kind = 'decided' AND step = 'tunggu-status-akhir'"
        assert (await connection.execute(text(answered), {"c": ward.case})).scalars().all() == [top.case]
        for case in (ward.case, middle.case, top.case):
            assert (await verify(connection, case)).sound


async def test_only_an_open_wait_is_answered_and_only_ones_own_row_is_filled(here: City) -> None:
    ward = await Forum.opened(here, "lurah-keroncong", "kelurahan", "kelurahan-keroncong", daftar_rw=rw("01", "02"))
    handle = here.temporal.get_workflow_handle(f"case/{ward.case}")
    answer = Answer("k/langkah/1/x", ["tunggu-status-akhir"], "status-akhir", "perkara-lain")
    taken: Receipt = await handle.execute_update("answered", answer, id="jawab-1", result_type=Receipt)
    assert taken.seq == 0
    await here.wait_open(ward.case, "isi-usulan@rw01")
    await here.wait_open(ward.case, "isi-usulan@rw02")
    with pytest.raises(WrongCapacity):
        await ward.by_link("isi-usulan@rw02", "kirim", {"usulan": [DRAINASE]}, row="rw01")
    await ward.by_link("isi-usulan@rw01", "tidak-mengusulkan", {}, row="rw01")
