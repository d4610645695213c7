"""The page of every refusal in a browser: what was refused, the mend, on a phone and a laptop, light and dark, in both languages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from engine.errors import NotSignedIn
from tests.journeys.conftest import SIZES, Open, overflow, serve, small_targets
from tests.web.cast import SARI, Clock, Staff, context_for, enrol
from tests.web.refusing import REFUSALS, made, router
from web.app import create_app

AWAY = NotSignedIn.code
"""Leads to the sign-in page instead of a page of its own."""


@pytest.fixture(scope="module")
def site(app_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    context = context_for(app_url, tmp_path_factory.mktemp("berkas"), Clock(), Staff(), secure=False)

    async def prepare() -> None:
        await enrol(context, SARI)
        await context.desk.dispose()

    asyncio.run(prepare())
    with serve(create_app(context, (router,))) as address:
        yield address


def test_there_are_as_many_as_the_engine_names() -> None:
    assert len(REFUSALS) > 40


@pytest.mark.parametrize(("size", "dark"), [("ponsel", False), ("ponsel", True), ("laptop", False)])
def test_every_refusal_is_a_page_that_can_be_read(site: str, open_page: Open, axe: Any, size: str, dark: bool) -> None:
    page = open_page(width=SIZES[size], dark=dark)
    faults: dict[str, Any] = {}
    for code, cls in REFUSALS.items():
        answer = page.goto(f"{site}/uji/tolak/{code}")
        assert answer is not None
        if code == AWAY:
            assert "/masuk" in page.url
            continue
        found = (axe(page), overflow(page), small_targets(page), answer.status == cls.status, made(cls).message in page.locator("main").inner_text())
        if found != ([], 0, [], True, True):
            faults[code] = found
    assert faults == {}


def test_every_refusal_speaks_both_languages(site: str, open_page: Open) -> None:
    page = open_page(width=SIZES["laptop"])
    page.goto(site + "/masuk")
    page.get_by_role("button", name="English").click()
    same = []
    for code, cls in REFUSALS.items():
        page.goto(f"{site}/uji/tolak/{code}")
        if code != AWAY and made(cls).message in page.locator("main").inner_text():
            same.append(code)
    assert same == []
