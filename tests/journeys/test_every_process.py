"""Each process of the catalogue opened from its own page by whoever may, its first form filled and sent. Nothing here knows a process."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read import tasks
from embedded.demo_families import OUTSIDER, Stage
from embedded.demo_filling import Filling
from embedded.office_hours import PATIENCE, Officials
from embedded.visitor import Visitor
from engine.events import Json
from engine.fields import IDENTITY, Field
from engine.index import split
from engine.scenario import Do, Scenario, dated
from tests.journeys.any_form import Clerk, papers_in
from tests.journeys.conftest import SIZES, Open, overflow, small_targets
from tests.journeys.desk import started
from web.acting import fields_of
from workflows.catalogue import Listed, catalogue

pytestmark = [pytest.mark.server, pytest.mark.slow]
FOUND = catalogue()
T = TypeVar("T")
KEEPER = "operator-alur"
_NIPS = text("SELECT id, coalesce(nip, email) AS said FROM person")
_FIRST = text("""
    SELECT t.id FROM task t JOIN "case" c ON c.id = t.case_id
    WHERE c.process = :process AND t.status = 'offered' AND split_part(t.instance, '@', 1) = :step ORDER BY t.id DESC LIMIT 1
""")
_DONE = text("SELECT status FROM task WHERE id = :task")


@dataclass
class City:
    """``aside``: a thread of its own for what is read of the database, because the browser's loop runs in this one."""

    people: Officials
    stage: Stage
    filling: Filling
    aside: ThreadPoolExecutor

    def ask(self, what: Callable[..., T], *about: Any) -> T:
        return self.aside.submit(what, *about).result()

    def cookies(self, visitor: Visitor) -> Any:
        """What the browser of this official has kept."""
        kept = [
            {"name": one.name, "value": one.value, "domain": "127.0.0.1", "path": one.path, "expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
            for one in visitor.http.cookies.jar
        ]  # fmt: skip
        return {"cookies": kept, "origins": []}

    def row(self, query: Any, **about: Any) -> Any:
        async def read(connection: AsyncConnection) -> Any:
            return (await connection.execute(query, about)).one_or_none()

        return self.ask(self.stage.ask, read)


@pytest.fixture(scope="module")
def city() -> Iterator[City]:
    with started() as (people, stack), tempfile.TemporaryDirectory(prefix="alur-berkas-") as folder, ThreadPoolExecutor(1) as aside:
        stage = aside.submit(Stage, stack).result()
        nips = aside.submit(stage.ask, _every, _NIPS).result()
        yield City(people, stage, Filling(dict(nips), papers_in(Path(folder))), aside)
        aside.submit(stage.close).result()


async def _every(connection: AsyncConnection, query: Any) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in await connection.execute(query)]


def told(listed: Listed) -> tuple[Scenario, Do]:
    """The first story that begins with an act that is taken, and that act."""
    for story in listed.scenarios:
        first = next((act for act in story.acts if isinstance(act, Do)), None)
        if first is not None and not first.refused:
            return story, first
    raise AssertionError(f"{listed.code}: tidak ada cerita yang dimulai dengan isian")


def opened(city: City, listed: Listed, starter: str) -> Visitor:
    """A case, opened as the page of the process leads: at the counter, by its button, or before its day by who keeps the timetable."""
    page = (visitor := city.people.at(starter)).get(f"/proses/{listed.code}")
    counter = f"/proses/{listed.code}/pemohon"
    if listed.process.starts.openers == ("sistem",):
        keeper = city.people.at(KEEPER)
        form = keeper.get(f"/kelola/jadwal/{listed.code}/sekarang")
        done = keeper.press(form, "Buka sekarang", {"alasan": "Dibuka lebih awal untuk uji coba halaman."})
        assert done.status == 200, done.faults
    elif any(to == counter for to, _ in page.links):
        assert visitor.press(visitor.get(counter), "Mulai", OUTSIDER).path.startswith("/tugas/")
    else:
        went = visitor.press(page, "Mulai")
        assert went.path.startswith(("/tugas/", counter)), (went.path, went.text[:300])
        if went.path.startswith(counter):
            assert visitor.press(went, "Mulai", OUTSIDER).path.startswith("/tugas/")
    return visitor


def good(page: Page, axe: Any) -> None:
    assert (axe(page), overflow(page), small_targets(page)) == ([], 0, []), page.url


def first_task(city: City, code: str, step: str) -> int:
    """The newest open task of this step, waited for."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := city.row(_FIRST, process=code, step=step):
            return int(found.id)
        time.sleep(0.2)
    raise AssertionError(f"{code}: {step} tidak terbuka")


def told_to_all(holder: Visitor, number: int, fields: Sequence[Field], values: Mapping[str, Json]) -> None:
    """Afterwards: nobody outside is called a vacant post, and no identity that was typed stands whole on the case or in its history."""
    typed = [str(values[one.name]) for one in fields if one.type in IDENTITY and values.get(one.name)]
    case = holder.get(f"/perkara/{number}")
    assert "jabatan lowong" not in case.text
    for page in (case, holder.get(f"/perkara/{number}/riwayat")):
        assert page.status == 200
        assert [one for one in typed if one in page.html] == [], page.path


def sent(page: Page, axe: Any, address: str, outcome: str, reason: str) -> None:
    """The decision, the answers checked and sent, in the browser."""
    page.goto(address)
    chosen = page.locator(f'input[type=radio][name=outcome][value="{outcome}"]')
    if chosen.count():
        chosen.check()
    if reason:
        page.locator("#reason").fill(reason)
    go_on = page.get_by_role("button", name="Lanjutkan", exact=True)
    if go_on.count():
        go_on.click()
        expect(page.get_by_role("heading", name="Periksa sebelum dikirim"), page.locator("main").inner_text()[:1500]).to_be_visible()
        good(page, axe)
    page.get_by_role("button", name="Kirim", exact=True).click()
    page.wait_for_url("**selesai=**")


@pytest.mark.parametrize("code", sorted(FOUND.codes))
def test_it_opens_from_its_page_and_its_first_form_is_sent(city: City, open_page: Open, axe: Any, code: str) -> None:
    listed = FOUND[code]
    story, act = told(listed)
    starter = opened(city, listed, story.starter)
    step = split(act.task)[0]
    task = city.ask(city.stage.ask, tasks.task, first_task(city, code, step))
    state = city.ask(city.stage.state, listed.process, task.case_id)
    holder = city.people.at(city.ask(city.stage.seat, listed.process, state, Do(task.instance, act.outcome, by=act.by)))
    page = open_page(width=SIZES["ponsel"], state=city.cookies(starter))
    page.goto(f"{city.people.base_url}/proses/{code}")
    good(page, axe)
    page.context.clear_cookies()
    page.context.add_cookies(city.cookies(holder)["cookies"])
    page.goto(f"{city.people.base_url}/tugas/{task.id}")
    good(page, axe)
    fields = fields_of(listed.process, listed.process.find(step), task)
    clerk = Clerk(holder, task.id, fields, dated(act.values, datetime.now(UTC), "Asia/Jakarta"), city.filling)
    sent(page, axe, city.people.base_url + clerk.fill(), act.outcome, act.reason)
    assert city.row(_DONE, task=task.id).status == "done"
    told_to_all(holder, task.case_no, fields, clerk.values)
