"""The office in a browser with a clock of its own: people signed in by their seat, cases played through the engine, the product's own pages."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, Response

from db.connect import connect
from db.desk import credentials
from embedded.office_hours import Officials
from tests.journeys.conftest import kept, overflow, serve, small_targets
from tests.journeys.desk import Desk
from tests.web.cast import SECRET
from tests.web.office import Office, office
from web.app import create_app
from web.directory import Tables
from web.passwords import Passwords
from web.routes import ROUTERS


@dataclass
class Site:
    """``address`` of the pages over ``office``."""

    address: str
    office: Office

    def state(self, seat: str) -> Any:
        """What the browser of the holder of this seat has kept; who was named to ``site_for``."""
        return kept(self.office.tokens[seat])

    def nip(self, seat: str) -> str:
        row = self.office.owner.execute("SELECT nip FROM person WHERE id = %s", (self.office.person(seat),)).fetchone()
        assert row is not None
        return str(row[0])


@contextmanager
def site_for(database: str, folder: Path, seats: Sequence[str], **changes: Any) -> Iterator[Site]:
    """The pages over an empty database, the sample city in it, the holders of ``seats`` signed in; ``changes`` to what the pages stand on."""
    with office(database, folder) as made:
        for seat in seats:
            made.cookie(seat)
        pages, desk = connect(made.url, pages=True), connect(made.url)
        context = replace(made.context, pages=pages, desk=desk, directory=Tables(pages), secure=False, **changes)
        with serve(create_app(context, ROUTERS)) as address:
            yield Site(address, made)


def enrol(site: Site, *seats: str) -> None:
    """Gives the holders of these seats the password of these stories."""
    hashed = asyncio.run(Passwords().hash(SECRET))

    async def put(engine: Any) -> None:
        async with engine.begin() as connection:
            for seat in seats:
                await credentials.put(connection, site.office.person(seat), hashed, site.office.clock.now)

    site.office.run(put)


def look(page: Page, axe: Any) -> Any:
    """Accessibility faults, pixels wider than the window, controls too small to hit."""
    return axe(page), overflow(page), small_targets(page)


def press(page: Page, name: str | re.Pattern[str]) -> Response:
    """Presses a button whose answer is a page; gives that answer (the first, before any redirect is followed). A pattern finds part of a name."""
    with page.expect_response(lambda answer: answer.request.is_navigation_request()) as got:
        page.get_by_role("button", name=name, exact=isinstance(name, str)).click()
    page.wait_for_load_state()
    return got.value


def main(page: Page) -> str:
    return page.locator("main").inner_text()


def signed_in(people: Officials, page: Page, position: str) -> Page:
    """The holder of the position at his inbox; nothing here takes as long as a letter."""
    Desk(people, page, None, position)
    page.set_default_timeout(25_000)
    return page


def on_task(people: Officials, page: Page, position: str, number: int, words: str = "") -> Page:
    """The same before his open task of the case."""
    signed_in(people, page, position).goto(people.base_url + people.task(position, number, words))
    return page


def told(page: Page) -> Locator:
    """The box that says why nothing was recorded."""
    return page.get_by_role("alert").first
