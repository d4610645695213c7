"""A citizen signs the berita acara of what he borrows: on his phone, by the link the counter gave him, with the pages before him."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from embedded.office_hours import Officials
from embedded.stack import SAMPLE_PASSPHRASE, Stack
from engine.scenario import Day, dated
from tests.faults.storm import city_of
from tests.journeys.conftest import SIZES, Open, overflow, small_targets
from tests.journeys.desk import Desk
from tests.workflows.running import City

pytestmark = [pytest.mark.server, pytest.mark.slow]
expect.set_options(timeout=30_000)
COUNTER = "perlengkapan-1"
ASKED: dict[str, Any] = {
    "jenis": "peralatan", "aset": "kamera-01", "waktu": {"from": Day(3), "to": Day(4)}, "jam_mulai": "09:00", "jam_selesai": "16:00",
    "keperluan": "Lomba foto warga.", "pemakai": "sosial",
}  # fmt: skip


@pytest.fixture(scope="module")
def lent(city: tuple[Officials, Stack]) -> tuple[Officials, Stack, int]:
    return *city, asyncio.run(_lend(city[1]))


async def _lend(stack: Stack) -> int:
    """The camera is handed over and the berita acara waits for both; gives the number of the applicant's task."""
    here = await city_of(stack)
    case = await here.open("peminjaman-fasilitas", COUNTER)
    await _act(here, case, "pesan", "kirim", dated(ASKED, await here.clock(), "Asia/Jakarta"))
    await _act(here, case, "periksa-permohonan", "sesuai", {"tarif": 0})
    await _act(here, case, "setujui-pemakai-luar", "setujui")
    await here.wait_open(case, "izin-luar")
    await here.sign(case, "izin-luar", passphrase=SAMPLE_PASSPHRASE)
    await _act(here, case, "serahkan", "serahkan", {"kondisi_awal": "Baik, dengan tas dan pengisi daya.", "foto_awal": []})
    found = await here.wait_open(case, "pinjam-pemohon", 60)
    await here.database.dispose()
    return int(found.id)


async def _act(here: City, case: str, step: str, outcome: str, values: dict[str, Any] | None = None) -> None:
    task = await here.wait_open(case, step, 60)
    seat = next(position for position in task.positions if not position.startswith("luar:"))
    await here.act(case, step, task.round, outcome, await here.actor(seat), values)


async def _signers(stack: Stack) -> list[str]:
    here = await city_of(stack)
    try:
        for _ in range(120):
            async with here.database.connect() as connection:
                row = (await connection.execute(text("SELECT signers FROM document WHERE code = 'ba-pinjam'"))).one_or_none()
            if row is not None and row.signers:
                return [f"{one['name']}/{one['capacity']}" for one in row.signers]
            await asyncio.sleep(0.5)
        return []
    finally:
        await here.database.dispose()


def test_a_borrower_signs_on_his_phone_without_javascript_and_only_what_he_saw(lent: tuple[Officials, Stack, int], open_page: Open, axe: Any) -> None:
    people, stack, task = lent
    desk = Desk(people, open_page(), axe, COUNTER)
    desk.page.goto(f"{desk.base}/tugas/{task}")
    expect(desk.page.get_by_role("heading", name="Menunggu Pemohon Contoh")).to_be_visible()
    desk.page.locator("input[name=outcome][value=tandatangani]").check()
    expect(desk.page.get_by_label("Frasa sandi tanda tangan")).to_have_count(0)
    expect(desk.page.get_by_text("Pihak ini sudah membaca naskah di hadapan saya")).to_be_visible()
    desk.judged()
    desk.page.goto(f"{desk.base}/tanda-tangan")
    desk.judged()
    desk.page.goto(f"{desk.base}/tugas/{task}")
    desk.press("Buat tautan jawaban")
    address = desk.page.get_by_role("textbox", name="Tautan jawaban").input_value()
    phone = open_page(width=SIZES["ponsel"], js=False)
    phone.goto(address)
    expect(phone.locator(".naskah-gambar img")).to_have_count(1)
    assert phone.locator(".naskah-gambar img").evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
    phone.locator("input[name=outcome][value=tandatangani]").check()
    phone.get_by_role("button", name="Lanjutkan").click()
    expect(phone.get_by_text("Centang pernyataan bahwa Anda sudah membaca naskah ini.").first).to_be_visible()
    assert overflow(phone) == 0
    phone.get_by_label("Saya sudah membaca naskah di atas").check()
    phone.get_by_role("button", name="Lanjutkan").click()
    phone.get_by_role("button", name="Kirim").click()
    expect(phone.get_by_role("heading")).to_contain_text(["Jawaban Anda sudah kami terima"])
    with ThreadPoolExecutor(1) as aside:  # the browser's own loop runs in this thread
        signers = aside.submit(asyncio.run, _signers(stack)).result()
    assert signers == ["Pemohon Contoh/pihak-luar"]
    assert small_targets(phone) == []
