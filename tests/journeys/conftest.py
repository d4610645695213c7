"""A real browser: Debian's Chromium through Playwright, axe-core for accessibility, and silence of the pages' policy as a condition.

Fixtures are per module: Playwright's own loop must not be running while tests of other modules use asyncio.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, sync_playwright

from embedded.postgres import free_port
from tests.journeys.accessible import AXE, TABLET, Axe
from web.access import cookie_name

ROOT = Path(__file__).parents[2]
BROWSER = "chromium-headless-shell"
"""Debian's Chromium without its windows: the same pages at half of the work."""
SIZES = {"ponsel": 360, "tablet": TABLET, "laptop": 1280}
LOOKS = [("ponsel", False), ("tablet", False), ("laptop", True)]
"""Every width and both colour schemes for every page; that each scheme fits the other widths too is seen where letters and leave are told."""

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = f"{BROWSER} is not installed" if shutil.which(BROWSER) is None else ""
    for one in items:
        if Path(__file__).parent in one.path.parents:
            one.add_marker(pytest.mark.browser)
            if missing:
                one.add_marker(pytest.mark.skip(reason=missing))


@contextmanager
def serve(app: Any) -> Iterator[str]:
    """The app on a free port of this machine, over plain HTTP as on a developer's desk."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < end, "the pages did not start"
        time.sleep(0.02)
    yield f"http://localhost:{port}"
    server.should_exit = True
    thread.join(10)


def kept(token: str) -> dict[str, Any]:
    """What the browser of somebody signed in with this token has kept; the ``state`` of ``open_page``."""
    cookie = {
        "name": cookie_name(secure=False), "value": token, "domain": "localhost", "path": "/", "expires": -1, "httpOnly": True, "secure": False,
        "sameSite": "Lax",
    }  # fmt: skip
    return {"cookies": [cookie], "origins": []}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which(BROWSER), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """``open_page(width=…, dark=…, js=…, state=…)``. When the test ends, no page may have met its policy or thrown."""
    contexts = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Refused to" in message.text:
            complaints.append(message.text)

    def open_one(width: int = 1280, dark: bool = False, js: bool = True, state: Any = None) -> Page:
        context = browser.new_context(
            locale="id-ID", timezone_id="Asia/Jakarta", reduced_motion="reduce", viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light", java_script_enabled=js, storage_state=state,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def axe() -> Axe:
    if not shutil.which("npm") and not AXE.exists():
        pytest.skip("axe-core comes by npm, which this machine has not; set-up installs it wherever npm is, as in CI")
    return Axe()


def scrolled(region: Locator, patience: float = 5.0) -> None:
    """Fails unless the region moves sideways in time. Asked from here: the pages' policy forbids the page to watch itself."""
    until = time.monotonic() + patience
    while not region.evaluate("one => one.scrollLeft"):
        assert time.monotonic() < until, "the region did not scroll"
        time.sleep(0.05)


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window; on a phone also a table of rows that should read as cards."""
    page.wait_for_load_state()  # a page pressed away is empty for a moment
    return int(
        page.evaluate(
            """() => Math.max(...[document.documentElement, ...(innerWidth < 500 ? document.querySelectorAll('.kartu') : [])]
            .map(one => one.scrollWidth - one.clientWidth))"""
        )
    )


def small_targets(page: Page) -> list[str]:
    """Controls and links outside prose smaller than 24 × 24 px (WCAG 2.5.8)."""
    page.wait_for_load_state()
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
        .filter(one => one.checkVisibility() && !one.closest('p, dd, li > p, .lompat') && !(one.labels && one.labels[0] && one.labels[0].contains(one)))
        .map(one => [one, one.getBoundingClientRect()])
        .filter(([one, box]) => !one.classList.contains('lompat') && (box.width < 24 || box.height < 24))
        .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
    )
    return found
