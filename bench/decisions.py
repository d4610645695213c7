"""A decision over HTTP on the whole stack, from the POST to its answer, in turn with a bare Temporal update on the same server."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from temporalio.client import Client, WorkflowHandle

from bench.floor import QUEUE, Bare
from bench.table import Line, Rounds, milliseconds
from embedded.cast import accounts
from embedded.demo import INCOMING, ZONE, scan
from embedded.office_hours import Officials, case_number
from embedded.stack import ROOT, Stack
from embedded.visitor import Page, Visitor

ROUNDS, TIMES, WARM = 8, 3, 3
REGISTRAR, CHIEF = "persuratan-diskominfo", "kasubbag-umpeg-diskominfo"
NAMESPACE = "default"


@dataclass
class Stopwatch:
    """Listens to a visitor's HTTP: ``answer`` = POST sent to its answer, ``page`` = POST sent to the page it leads to."""

    posted: float = 0.0
    answer: float = 0.0
    page: float = 0.0
    landed: str = ""

    def listen(self, visitor: Visitor) -> None:
        visitor.http.event_hooks = {"request": [self._sent], "response": [self._answered]}

    def _sent(self, request: Any) -> None:
        if request.method == "POST":
            self.posted, self.answer, self.page = time.perf_counter(), 0.0, 0.0

    def _answered(self, response: Any) -> None:
        now = time.perf_counter()
        if response.request.method == "POST":
            self.answer = now - self.posted
            self.landed = response.headers.get("location", "")
        elif self.posted and not self.page:
            response.read()
            self.page = time.perf_counter() - self.posted


@dataclass
class Office:
    """The registrar and her chief at work: letters wait to be passed on, one after another."""

    people: Officials
    state: Path
    waiting: list[tuple[int, str]] = field(default_factory=list)
    """Case and address of the chief's task."""
    watch: Stopwatch = field(default_factory=Stopwatch)

    def prepare(self, many: int) -> None:
        """So many letters registered and lying with the chief, the machine acts behind them done."""
        paper, today, cases = scan(self.state), datetime.now(ZONE).date(), []
        for number in range(many):
            page = self.people.start(REGISTRAR, INCOMING)
            given = {
                "nomor_surat": f"B/{number}/XI/2026", "tanggal_surat": f"{today - timedelta(days=3):%d-%m-%Y}", "tanggal_terima": f"{today:%d-%m-%Y}",
                "pengirim": "Universitas Contoh", "perihal": f"Permohonan data {number}", "sifat": "biasa", "urgensi": "penting",
                "kode_klasifikasi": "500.12", "jumlah_lampiran": "0",
            }  # fmt: skip
            self.people.decide(REGISTRAR, case_number(page), "catat", given, files={"pindaian_surat": [paper]}, address=page.path)
            cases.append(case_number(page))
        self.waiting = [(case, self.people.task(CHIEF, case)) for case in cases]
        self.watch.listen(self.people.at(CHIEF))

    def decide(self) -> tuple[float, float]:
        """The chief passes one letter on: seconds from POST to answer, and to the next page."""
        _case, address = self.waiting.pop()
        visitor = self.people.at(CHIEF)
        page = self._pressed(visitor, visitor.get(address))
        assert "selesai=" in self.watch.landed or "selesai=" in page.path, f"{page.path}: {page.text[:300]}"
        return self.watch.answer, self.watch.page

    def _pressed(self, visitor: Visitor, page: Page) -> Page:
        """Over the check page where there is one: the last POST is the decision."""
        given = {"outcome": "teruskan", "reason": ""}
        if any("Lanjutkan" in text for form in page.forms for _, _, text in form.buttons):
            page = visitor.press(page, "Lanjutkan", given)
            return visitor.press(page, "Kirim")
        return visitor.press(page, "Kirim", given)


@contextmanager
def floor_worker(address: str) -> Iterator[None]:
    command = [sys.executable, "-m", "bench.floor", address, NAMESPACE]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "ready"
        try:
            yield
        finally:
            child.stdin.close()
            child.wait(30)


async def _bare(handle: WorkflowHandle[Bare, None], number: int) -> float:
    begun = time.perf_counter()
    assert await handle.execute_update(Bare.decide, number) == number
    return time.perf_counter() - begun


async def _alternately(office: Office, client: Client) -> tuple[list[list[float]], list[list[float]], list[list[float]]]:
    """Seconds of POST to answer, POST to next page, and bare update."""
    handle = await client.start_workflow(Bare.run, id="bench-floor", task_queue=QUEUE)
    for number in range(WARM):
        await asyncio.to_thread(office.decide)
        await _bare(handle, number)
    answers, pages, floor = [], [], []
    for _ in range(ROUNDS):
        both, bare = [], []
        for number in range(TIMES):
            both.append(await asyncio.to_thread(office.decide))
            bare.append(await _bare(handle, number))
        answers.append([one for one, _ in both])
        pages.append([one for _, one in both])
        floor.append(bare)
    await handle.signal(Bare.end)
    return answers, pages, floor


async def measure(stack: Stack) -> list[Line]:
    """``stack``: up, with the sample city."""
    assert stack.server is not None
    people = Officials(stack.base_url, accounts(stack), lambda _: None)
    office = Office(people, stack.state)
    await asyncio.to_thread(office.prepare, WARM + ROUNDS * TIMES)
    await asyncio.sleep(3)
    with floor_worker(stack.server.address):
        answers, pages, floor = await _alternately(office, await Client.connect(stack.server.address, namespace=NAMESPACE))
    people.close()
    act, screen = Rounds(answers, floor), Rounds(pages, floor)
    bare = f"bare update {milliseconds(act.middle(floor))}"
    note = f"wall, p50 of {ROUNDS} rounds of {TIMES}; dev server of Temporal"
    return [
        Line("decision, POST to its answer", act.ratio, 2, f"{milliseconds(act.middle(answers))}; {bare}", note, act.spread),
        Line("decision, POST to the next page", screen.ratio, None, f"{milliseconds(screen.middle(pages))}; {bare}", note, screen.spread),
    ]
