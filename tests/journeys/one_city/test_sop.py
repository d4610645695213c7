"""On the running city: the SOP of a process is downloaded from its page, drawn by the render worker, the same file each time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from embedded.office_hours import Officials
from tests.activities.paper import text_of
from tests.journeys.conftest import SIZES, Open
from tests.journeys.desk import Desk

pytestmark = [pytest.mark.server, pytest.mark.slow]


def test_an_official_takes_the_sop_from_the_page_of_the_process(people: Officials, open_page: Open, axe: Any, tmp_path: Path) -> None:
    desk = Desk(people, open_page(width=SIZES["ponsel"]), axe, "kepala-diskominfo")
    page = desk.page
    page.goto(f"{desk.base}/proses/pengadaan-langsung")
    desk.judged()
    found = []
    for _ in range(2):
        with page.expect_download() as got:
            page.get_by_role("link", name="Unduh SOP (PDF)").click()
        found.append(Path(got.value.path()).read_bytes())
    assert found[0] == found[1]
    text = " ".join(" ".join(text_of(found[0], tmp_path)).split())
    assert "Dibuat dari proses yang berjalan" in text
    assert "PEMERINTAH KOTA CONTOH" in text
