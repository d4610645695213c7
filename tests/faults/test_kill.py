"""SIGKILL to worker, Temporal and PostgreSQL in turn, at each step of both letters: each case ends right, nothing acknowledged is lost or doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from embedded.stack import Stack
from tests.faults.ledger import Ledger, violations
from tests.faults.storm import PARTS, Storm, city_of
from tests.workflows.test_letters import KONSEP, SURAT, receivers

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("faults")]


@pytest.mark.parametrize("part", PARTS)
async def test_outgoing_letter_survives_kills_at_every_step(stack: Stack, part: str, tmp_path: Path) -> None:
    here = await city_of(stack)
    storm = Storm(stack, here, Ledger(tmp_path / "ledger.jsonl"), part)
    case = await here.open("surat-keluar-tte", "konseptor-diskominfo")
    await storm.act(case, "konsep", "kirim", KONSEP)
    for step in ("paraf-ketua-tim", "paraf-kepala-bidang", "paraf-sekretaris"):
        await storm.act(case, step, "paraf")
    await storm.act(case, "tanda-tangan-kepala-opd", "tandatangani", sign=True)
    await storm.act(case, "kirim-surat", "kirim", {"bukti_kirim": []})
    await storm.act(case, "berkaskan", "berkaskan", {"nomor_berkas": "500.12/2026/1"})
    assert await here.ended(case, 60) == "selesai"
    assert await here.agrees(case)
    async with here.database.connect() as connection:
        assert await violations(connection, storm.ledger) == []
    await here.database.dispose()
    assert stack.children["worker"].poll() is None, "worker berhenti sendiri"


@pytest.mark.parametrize("part", PARTS)
async def test_incoming_letter_survives_kills_at_every_step(stack: Stack, part: str, tmp_path: Path) -> None:
    here = await city_of(stack)
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
    assert await here.agrees(case)
    async with here.database.connect() as connection:
        assert await violations(connection, storm.ledger) == []
    await here.database.dispose()
    assert stack.children["worker"].poll() is None, "worker berhenti sendiri"
