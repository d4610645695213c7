"""More letters than one passphrase may sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from engine.errors import BatchTooLarge
from tests.journeys.conftest import SIZES, Open
from tests.journeys.refused.desk import Site, press, site_for
from tests.web.mandates.deciding import HEAD, TEAM
from tests.web.played import drafted, goes_on


@pytest.fixture(scope="module")
def site(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site_for(database, tmp_path_factory.mktemp("berkas"), (HEAD,)) as made:
        for n in range(26):
            goes_on(made.office, drafted(made.office, f"surat-{n}", subject=f"Undangan {n}"), (TEAM, "paraf", "paraf"))
        yield made


def test_25_and_one_letter(site: Site, open_page: Open) -> None:
    """All come back ticked; with one less they are reviewed."""
    page = open_page(width=SIZES["ponsel"], js=False, state=site.state(HEAD))
    page.goto(f"{site.address}/tanda-tangan")
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(26)
    for box in boxes.all():
        box.check()
    assert press(page, re.compile("^Tinjau")).status == BatchTooLarge.status
    expect(page.locator("main")).to_contain_text(BatchTooLarge.default)
    assert all(box.is_checked() for box in page.get_by_role("checkbox").all())
    page.get_by_role("checkbox").first.uncheck()
    assert press(page, re.compile("^Tinjau")).status == 200
    expect(page.locator('[name="frasa"]')).to_be_visible()
