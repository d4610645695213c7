"""On the running city: the handover of a post is sealed by the render worker, opened by its holder, and checked by anybody."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from pyhanko.pdf_utils.reader import PdfFileReader

from embedded.office_hours import Officials
from tests.journeys.conftest import SIZES, Open
from tests.journeys.desk import Desk

pytestmark = [pytest.mark.server, pytest.mark.slow]
expect.set_options(timeout=30_000)
HEAD = "kepala-diskominfo"


def test_a_post_hands_over_with_a_sealed_paper(people: Officials, open_page: Open, axe: Any) -> None:
    desk = Desk(people, open_page(width=SIZES["ponsel"]), axe, HEAD)
    page = desk.page
    page.goto(f"{desk.base}/mandat/saya")
    desk.judged()
    page.get_by_role("link", name="Kepala Dinas Komunikasi dan Informatika").click()
    expect(page.get_by_role("heading", name="Tugas yang terbuka")).to_be_visible()
    desk.judged()
    with page.expect_download() as got:
        desk.press("Buat berita acara bersegel")
    pdf = Path(got.value.path()).read_bytes()
    assert [one.field_name for one in PdfFileReader(io.BytesIO(pdf)).embedded_signatures] == ["Segel"]
    page.goto(f"{desk.base}/jabatan/{HEAD}/serah-terima")
    page.get_by_role("link", name="Kode periksa").click()
    expect(page.get_by_role("heading", name="Naskah ini sah dan berlaku")).to_be_visible()
    page.get_by_label("Berkas PDF").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf})
    desk.press("Bandingkan")
    expect(page.get_by_role("heading", name="Berkas Anda sama persis dengan yang kami simpan")).to_be_visible()
