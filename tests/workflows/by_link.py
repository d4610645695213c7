"""A party without an account, in any story: his task opens by a link and shows what he may answer; where he signs, he signs on that page."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from typing import Any

import httpx2
from ulid import ULID

from db.connect import transaction
from db.desk import answer_links
from tests.workflows.running import City
from web.app import create_app
from web.context import City as Whose
from web.context import Context
from web.directory import Tables
from web.previews import TemporalPreviews
from web.routes import ROUTERS


@dataclass(repr=False)
class Door:
    """The pages of the city as he reaches them, at the city's own time."""

    here: City
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        here = self.here
        self.app = create_app(
            Context(
                pages=here.database, desk=here.database, cases=here.cases, directory=Tables(here.database), files=here.files,
                city=Whose("Kota Contoh", "Pemerintah Kota Contoh", sample=True), clock=lambda: self.now, secure=False, processes=here.processes, previews=TemporalPreviews(here.temporal),
            ),
            ROUTERS,
        )  # fmt: skip

    @asynccontextmanager
    async def visit(self, task: Any, party: str) -> AsyncIterator[httpx2.AsyncClient]:
        """His browser, come by a new link to the task."""
        self.now = await self.here.clock()
        async with transaction(self.here.database) as connection:
            token = await answer_links.make(connection, party, task.case_id, task.instance, task.round, "sistem", self.now)
        inside, same = httpx2.ASGITransport(self.app), {"sec-fetch-site": "same-origin"}
        async with httpx2.AsyncClient(transport=inside, base_url="http://localhost", headers=same) as browser:
            assert (await browser.get(f"/jawab/{token}")).status_code == 303
            yield browser

    async def reads(self, task: Any, party: str, outcome: str) -> None:
        """He finds his question and this answer to it; the case itself stays closed to him."""
        async with self.visit(task, party) as browser:
            page = await browser.get("/jawab?bagian=semua")
            assert (page.status_code, task.title in unescape(page.text)) == (200, True), (task.instance, page.text[-2000:])
            assert f'name="outcome" value="{outcome}"' in page.text, (task.instance, outcome)
            assert (await browser.get(f"/tugas/{task.id}")).status_code == 303, "no other page without signing in"

    async def signs(self, task: Any, party: str, outcome: str) -> None:
        """He signs by declaring that he read the letter drawn there; without that he is refused and nothing is recorded."""
        async with self.visit(task, party) as browser:
            page = (await browser.get("/jawab?bagian=semua")).text
            hidden = dict(re.findall(r'type="hidden" name="(version|shown)" value="([^"]*)"', page))
            assert len(hidden["shown"]) == 64, (task.instance, "no letter was drawn for him")
            sent = {**hidden, "request_id": str(ULID()), "outcome": outcome, "aksi": "kirim"}
            refused = await browser.post("/jawab", data=sent)
            assert (refused.status_code, "Centang pernyataan" in refused.text) == (422, True), task.instance
            taken = await browser.post("/jawab", data=sent | {"setuju": "ya"})
            assert (taken.status_code, "Jawaban Anda sudah kami terima" in taken.text) == (200, True), (task.instance, taken.text[-2000:])
            assert (await browser.get("/jawab")).status_code == 404, "his link is used up"
