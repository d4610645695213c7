"""SIGKILL to worker, Temporal and PostgreSQL in turn, at each step of both letters: each case ends right, nothing acknowledged is lost or doubled."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from ulid import ULID

from db.connect import connect
from embedded.stack import SAMPLE_PASSPHRASE, Stack
from engine.errors import InProgress, TaskClosed, Unavailable
from engine.trail import actor_to_json
from tests.faults.ledger import Ledger, violations
from tests.workflows.running import CITY, City
from tests.workflows.test_letters import KONSEP, SURAT, receivers
from web.cases import TemporalCases
from workflows.catalogue import catalogue
from workflows.client import connect as reach
from workflows.contracts import Decision

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("faults")]
PARTS = ("worker", "temporal", "postgres")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Everything but the pages, as separate processes, with fsync on."""
    made = Stack(tmp_path_factory.mktemp("kota"), CITY, port=0, show=False)
    try:
        made.servers_up()
        made.prepare()
        made.start_worker()
        made.wait_worker()
        yield made
    finally:
        made.down()


@dataclass
class Storm:
    """Does acts of a story; at each one a part is killed a moment after the request left, and started again."""

    stack: Stack
    city: City
    ledger: Ledger
    part: str
    dice: random.Random = field(default_factory=lambda: random.Random(20261123))

    async def act(self, case_id: str, instance: str, outcome: str, values: dict[str, Any] | None = None, sign: bool = False, **more: Any) -> None:
        task = await self.city.wait_open(case_id, instance, 60)
        request_id = str(ULID())
        killer = asyncio.create_task(self._kill())
        await self._until_answered(case_id, task, instance, outcome, request_id, values, sign, more)
        await killer
        self.ledger.note(case_id, request_id, instance)
        if sign:
            await self._until_signed(case_id, instance, outcome, values, more)

    async def _kill(self) -> None:
        await asyncio.sleep(self.dice.uniform(0.0, 0.25))
        await asyncio.to_thread(self.stack.kill, self.part)
        await asyncio.sleep(0.2)
        await asyncio.to_thread(self.stack.restart, self.part)

    async def _until_answered(
        self, case_id: str, task: Any, instance: str, outcome: str, request_id: str, values: Any, sign: bool, more: dict[str, Any]
    ) -> None:
        """The same request until it is acknowledged, as a person who presses again."""
        for _ in range(60):
            try:
                actor = await self.city.actor(task.positions[0])
                envelope = await self.city.envelope(case_id, actor, SAMPLE_PASSPHRASE) if sign else ""
                filled, trimmed = await self.city.fill(case_id, actor, values)
                decision = Decision(
                    request_id, instance, task.round, outcome, actor_to_json(actor), values=trimmed, filled=filled, envelope=envelope, **more
                )
                await self.city.cases.decide(case_id, decision)
            except TaskClosed:
                # Acknowledged by an earlier try whose answer was lost: then it must be in the trail.
                async with self.city.database.connect() as connection:
                    found = await connection.execute(
                        text("SELECT 1 FROM trail WHERE case_id = :c AND request_id = :r"), {"c": case_id, "r": request_id}
                    )
                    assert found.first(), f"{instance} tertutup oleh permintaan lain"
                return
            except (Unavailable, InProgress, OSError):
                await asyncio.sleep(0.5)
            except Exception as error:
                if "connection" not in str(error).lower() and "terminat" not in str(error).lower() and "starting up" not in str(error).lower():
                    raise
                await asyncio.sleep(0.5)
            else:
                return
        raise AssertionError(f"{instance}: tidak pernah dijawab")

    async def _until_signed(self, case_id: str, instance: str, outcome: str, values: Any, more: dict[str, Any]) -> None:
        """A killed worker takes the envelope's key along: the signer is asked again, and signs again."""
        for _ in range(300):
            row = await self.city.task(case_id, instance)
            if row.status == "done":
                return
            if row.status == "offered":
                await self._until_answered(case_id, row, instance, outcome, str(ULID()), values, True, more)
            await asyncio.sleep(0.4)
        raise AssertionError(f"{instance}: tidak pernah ditandatangani; {await self.city.kinds(case_id)}")


async def _city(stack: Stack) -> City:
    environment = stack.environment()
    temporal = await reach(environment["ALUR_TEMPORAL_ADDRESS"], "default", environment["ALUR_CODEC_KEY"])
    processes = catalogue(CITY)
    return City(connect(environment["ALUR_DATABASE_URL"]), TemporalCases(temporal, processes), processes, None, temporal)  # type: ignore[arg-type]


@pytest.mark.parametrize("part", PARTS)
async def test_outgoing_letter_survives_kills_at_every_step(stack: Stack, part: str, tmp_path: Path) -> None:
    here = await _city(stack)
    storm = Storm(stack, here, Ledger(tmp_path / "ledger.jsonl"), part)
    case = await here.open("surat-keluar-tte", "konseptor-diskominfo")
    await storm.act(case, "konsep", "kirim", KONSEP)
    for step in ("paraf-ketua-tim", "paraf-kepala-bidang", "paraf-sekretaris"):
        await storm.act(case, step, "paraf")
    await storm.act(case, "tanda-tangan-kepala-opd", "tandatangani", sign=True)
    await storm.act(case, "kirim-surat", "kirim", {"bukti_kirim": []})
    await storm.act(case, "berkaskan", "berkaskan", {"nomor_berkas": "500.12/2026/1"})
    assert await here.ended(case, 60) == "selesai"
    async with here.database.connect() as connection:
        assert await violations(connection, storm.ledger) == []
    await here.database.dispose()
    assert stack.children["worker"].poll() is None, "worker berhenti sendiri"


@pytest.mark.parametrize("part", PARTS)
async def test_incoming_letter_survives_kills_at_every_step(stack: Stack, part: str, tmp_path: Path) -> None:
    here = await _city(stack)
    storm = Storm(stack, here, Ledger(tmp_path / "ledger.jsonl"), part)
    case = await here.open("surat-masuk-disposisi", "persuratan-diskominfo")
    await storm.act(case, "registrasi", "catat", {**SURAT, "nomor_surat": f"123/UC/{part}/2026"})
    await storm.act(case, "telaah-awal", "teruskan")
    two = receivers(("kabid-aplikasi", "utama"), ("kabid-infrastruktur", "pendukung"))
    await storm.act(case, "disposisi-pimpinan", "disposisikan", {"penerima_disposisi": two})
    await storm.act(case, "disposisi-pimpinan#2", "lapor", reason="Siap.")
    await storm.act(case, "disposisi-pimpinan#1", "lapor", reason="Selesai.")
    await storm.act(case, "konsolidasi", "lapor", {"laporan_gabungan": "Selesai.", "perlu_balasan": False})
    await storm.act(case, "tutup-disposisi", "tutup")
    await storm.act(case, "berkaskan", "berkaskan", {"nomor_berkas": "000.5/2026/7"})
    assert await here.ended(case, 60) == "selesai"
    async with here.database.connect() as connection:
        assert await violations(connection, storm.ledger) == []
    await here.database.dispose()
    assert stack.children["worker"].poll() is None, "worker berhenti sendiri"
