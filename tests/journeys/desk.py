"""Officials at a started city in a browser: the stack, the signed-in desk whose every page is judged, and a keyboard without a mouse."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from embedded.cast import accounts
from embedded.office_hours import Officials
from embedded.postgres import free_port
from embedded.stack import SAMPLE_PASSWORD, Stack
from tests.journeys.conftest import overflow

ROOT = Path(__file__).resolve().parents[2]
_FOCUSED = """() => {
  const one = document.activeElement
  return one.getAttribute('aria-label') || (one.labels && one.labels[0] && one.labels[0].innerText) || one.innerText || ''
}"""


@contextmanager
def started(city: Path = ROOT / "kota_contoh", durable: bool = False) -> Iterator[tuple[Officials, Stack]]:
    """The sample city (or another folder of one) with its officials, on free ports; what it wrote goes with it. ``durable``: its servers may be killed."""
    with tempfile.TemporaryDirectory(prefix="alur-perjalanan-") as folder:
        stack = Stack(Path(folder), city, port=free_port(), durable=durable, show=False)
        try:
            stack.up()
            made = Officials(stack.base_url, accounts(stack), lambda _: None)
            yield made, stack
            made.close()
        finally:
            stack.down()


def city_day() -> date:
    """Today in the sample city, whatever the machine's own clock says."""
    return datetime.now(ZoneInfo("Asia/Jakarta")).date()


class Desk:
    """One official in a browser; every page he sees is judged."""

    def __init__(self, people: Officials, page: Page, axe: Any, position: str) -> None:
        self.page, self.axe, self.base = page, axe, people.base_url
        page.set_default_timeout(60_000)  # letters are drawn on the way, and other tests use the machine too
        page.goto(self.base + "/masuk")
        page.get_by_label("NIP", exact=True).fill(people.accounts[position][0])
        page.get_by_label("Kata sandi", exact=True).fill(SAMPLE_PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        page.wait_for_url("**/tugas")
        self.judged()

    def judged(self) -> None:
        """No accessibility fault and nothing wider than the window."""
        if self.axe is not None:
            assert (self.axe(self.page), overflow(self.page)) == ([], 0), self.page.url

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    # -- by keyboard alone ------------------------------------------------------------------------------------------

    def reach(self, words: str) -> None:
        """Tabs on to the next control whose name begins with these words; it must be seen and not lie under a fixed bar."""
        heard = []
        for _ in range(150):
            self.page.keyboard.press("Tab")
            heard.append(" ".join(str(self.page.evaluate(_FOCUSED)).split()))
            if heard[-1].startswith(words):
                return
        raise AssertionError(f"{self.page.url}: tidak sampai pada {words!r}; yang dilalui: {heard}")

    def type(self, words: str, text: str) -> None:
        self.reach(words)
        self.page.keyboard.type(text)

    def choose(self, first: str, down: int = 0) -> None:
        """Reaches the first choice of a group and goes down from there."""
        self.reach(first)
        if not down:
            self.page.keyboard.press("Space")
        for _ in range(down):
            self.page.keyboard.press("ArrowDown")

    def enter(self, words: str) -> None:
        self.reach(words)
        self.page.keyboard.press("Enter")
