"""Arrivals that do not wait for us: decisions at a fixed rate over HTTP, each timed from the moment it was due; then how soon the next official sees it.

A slow answer delays no later arrival (open loop: no coordinated omission). ``python -m bench.load [RATE [SECONDS]]``; default 11 a second for 300.
"""

from __future__ import annotations

import asyncio
import logging
import random
import re
import shutil
import sys
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx2 as httpx

from bench import processor
from bench.chain.process import HEADS, LONG
from bench.table import Line, show
from embedded.cast import accounts
from embedded.office_hours import Officials, case_number
from embedded.postgres import free_port
from embedded.stack import ROOT, Stack
from embedded.visitor import read

DRAFTER = "konseptor-diskominfo"
SPARE = 1.25
"""Cases beyond what the arrivals use up, so that one always lies ready."""
SEEN_WITHIN = 10.0
SEED = 11


@dataclass
class Waiting:
    """A case whose next step lies with an official, its page already open before him."""

    case: int
    step: int
    form: dict[str, list[str]]
    address: str


@dataclass
class Seen:
    """Seconds; ``answer`` and ``page`` from when the decision was due, ``fresh`` from the answer to the row in the next official's inbox."""

    answer: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)
    fresh: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    starved: int = 0
    """Arrivals that found no case ready: the rate was not reached."""
    spent: dict[str, float] = field(default_factory=dict)
    """Processor seconds of each part while the load ran."""


@dataclass
class Street:
    """The ten heads at their pages, one browser each."""

    base_url: str
    desks: dict[str, httpx.AsyncClient]
    ready: deque[Waiting] = field(default_factory=deque)
    seen: Seen = field(default_factory=Seen)

    async def open_page(self, case: int, step: int, since: float) -> float:
        """Waits until the next official's inbox has the case, opens its page and lays it ready; seconds since ``since`` until the row was there."""
        desk = self.desks[HEADS[step % len(HEADS)]]
        while True:
            inbox = (await desk.get("/tugas")).text
            if row := re.search(rf'href="(/tugas/\d+)"(?:(?!</li>).)*?Perkara {case}\b', inbox, re.DOTALL):
                fresh = time.perf_counter() - since
                break
            if time.perf_counter() - since > SEEN_WITHIN:
                raise TimeoutError(f"perkara {case} tidak muncul pada kotak {HEADS[step % len(HEADS)]}")
            await asyncio.sleep(0.02)
        page = read(await desk.get(row[1]))
        form = page.form(button="Kirim")
        self.ready.append(Waiting(case, step, {**form.texts, "outcome": ["setuju"], "reason": [""]}, form.action or page.path))
        return fresh

    async def decide(self, one: Waiting, due: float) -> None:
        """POST at its due moment, the page it leads to, then the next official's inbox."""
        desk = self.desks[HEADS[one.step % len(HEADS)]]
        answer = await desk.post(one.address, data=one.form)
        answered = time.perf_counter()
        target = answer.headers.get("location", "")
        if answer.status_code != 303 or "selesai=" not in target:
            self.seen.errors.append(f"{answer.status_code} {' '.join(read(answer).text.split())[:160]}")
            return
        await desk.get(target)
        self.seen.answer.append(answered - due)
        self.seen.page.append(time.perf_counter() - due)
        if one.step + 1 < LONG:
            self.seen.fresh.append(await self.open_page(one.case, one.step + 1, answered))

    async def guarded(self, one: Waiting, due: float) -> None:
        try:
            await self.decide(one, due)
        except Exception as broken:  # noqa: BLE001  # a lost answer is counted, the load goes on
            self.seen.errors.append(f"{type(broken).__name__}: {broken}")

    async def run(self, rate: float, seconds: float) -> None:
        chance, begun, running = random.Random(SEED), time.perf_counter(), set[asyncio.Task[None]]()  # arrivals, not secrets
        due = begun
        while (due := due + chance.expovariate(rate)) < begun + seconds:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            if not self.ready:
                self.seen.starved += 1
                continue
            task = asyncio.create_task(self.guarded(self.ready.popleft(), due))
            running.add(task)
            task.add_done_callback(running.discard)
        await asyncio.gather(*running)


def _signed_in(stack: Stack, people: Officials) -> dict[str, httpx.AsyncClient]:
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": stack.base_url}
    return {head: httpx.AsyncClient(base_url=stack.base_url, cookies=people.at(head).http.cookies, headers=headers, timeout=60) for head in HEADS}


def _opened(people: Officials, many: int) -> list[int]:
    """So many chains, each lying with its first official."""
    cases = []
    for number in range(many):
        page = people.start(DRAFTER, "rantai-setuju")
        cases.append(case_number(page))
        people.decide(DRAFTER, cases[-1], "ajukan", {"hal": f"Muatan {number}"}, address=page.path)
    return cases


async def _load(street: Street, stack: Stack, cases: Sequence[int], rate: float, seconds: float) -> None:
    for number, case in enumerate(cases):
        await street.open_page(case, 0, time.perf_counter())
        for _ in range(number % len(HEADS)):  # as many lie with each of the heads: no inbox longer than its page
            await street.decide(street.ready.pop(), time.perf_counter())
    random.Random(SEED).shuffle(street.ready)  # order of work, not a secret
    street.seen = Seen()
    before = processor.of_parts(stack)
    await street.run(rate, seconds)
    street.seen.spent = {name: after - before[name] for name, after in processor.of_parts(stack).items()}
    for desk in street.desks.values():
        await desk.aclose()


def _at(values: Sequence[float], share: float) -> str:
    ordered = sorted(values)
    return f"{ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000:.0f}" if ordered else "–"


def _three(values: Sequence[float]) -> str:
    return f"p50 {_at(values, 0.5)}, p95 {_at(values, 0.95)}, p99 {_at(values, 0.99)} ms"


def _lines(seen: Seen, rate: float, seconds: float) -> list[Line]:
    done, note = len(seen.answer), f"{rate:g} decisions a second for {seconds:g} s, Poisson, from the due moment; dev server of Temporal"
    late = float(_at(seen.page, 0.95)) / 400 if seen.page else None
    parts = ", ".join(f"{name} {seconds / max(done, 1) * 1000:.0f}" for name, seconds in seen.spent.items())
    return [
        Line("load: decision to the next page, p95 against 400 ms", late, 1, _three(seen.page), note),
        Line("load: decision to its answer", None, None, _three(seen.answer), note),
        Line("load: answer to the next official's inbox", None, None, _three(seen.fresh), "with the page's own answer time"),
        Line("load: done, refused or lost, no case ready", None, None, f"{done} ({done / seconds:.1f}/s), {len(seen.errors)}, {seen.starved}", note),
        Line("load: processor time a decision, ms", None, None, parts, "with both pages read after it; the load's own not counted"),
    ]


def with_chain(city: Path) -> Path:
    """The sample city's folder, copied to ``city``, with the chain as a process of its own."""
    folder = city / "workflows/ketatausahaan/rantai_setuju"
    shutil.copytree(ROOT / "kota_contoh", city)
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "bench/chain/process.py", folder / "process.py")
    return city


def measure(rate: float = 11, seconds: float = 300) -> list[Line]:
    state, port = Path(tempfile.mkdtemp(prefix="alur-load-")), free_port()
    stack = Stack(state / "alur", with_chain(state / "kota"), port, show=False)
    try:
        stack.up()
        people = Officials(stack.base_url, accounts(stack), lambda _: None)
        cases = _opened(people, int(rate * seconds / (LONG - len(HEADS) / 2) * SPARE) + 20)
        street = Street(stack.base_url, _signed_in(stack, people))
        asyncio.run(_load(street, stack, cases, rate, seconds))
        people.close()
    finally:
        stack.down()
        shutil.rmtree(state, ignore_errors=True)
    for error in sorted(set(street.seen.errors))[:5]:
        print(f"  {error}")
    return _lines(street.seen, rate, seconds)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    print(show(measure(*(float(word) for word in sys.argv[1:3]))))
