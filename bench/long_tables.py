"""The pages of a form with a table of 5,000 rows, each against the same page with five rows, in the same process and on the same database.

Processor time, PostgreSQL not counted: the preview reads, judges and keeps 40,000 cells, all else should hardly see the rows."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.database import Database
from bench.table import Line, Rounds, milliseconds
from tests.web.long_form import CHECKER, DRAFTER, begun, pasted, row, sent
from tests.web.office import Office, office

FEW, MANY = 5, 5_000
ROUNDS, TIMES = 4, 2
Call = Callable[[], Any]


def _input(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found is not None, name
    return found[1]


class _Case:
    """One case at its first step, its table filled, and one at its second, before its checker."""

    def __init__(self, city: Office, count: int) -> None:
        self.city, self.count = city, count
        begun(city, f"isi-{count}")
        self.task = city.task(f"isi-{count}")
        self.draft = _draft(city.get(f"/tugas/{self.task}", DRAFTER).text)
        self.table = f"/isian/{self.draft}/tabel/rincian"
        self.paste = pasted([row(number) for number in range(count)])
        digest = _input(self.preview().text, "sidik")
        assert city.post(f"{self.table}/muat/simpan", DRAFTER, data={"sidik": digest}).status_code == 303
        sent(city, f"nilai-{count}", count)
        self.judged, self.number = city.task(f"nilai-{count}"), city.number(f"nilai-{count}")

    def get(self, path: str, seat: str = DRAFTER) -> Any:
        page = self.city.get(path, seat)
        assert page.status_code == 200, (path, page.status_code)
        return page

    def preview(self) -> Any:
        page = self.city.post(f"{self.table}/muat", DRAFTER, data={"tempel": self.paste, "cara": "ganti"}, files={"berkas": ("", b"")})
        assert page.status_code == 200, page.text[:500]
        return page


def _draft(page: str) -> str:
    found = re.search(r"/isian/([0-9A-Z]{26})/draf", page)
    assert found is not None
    return found[1]


def _calls(one: _Case) -> dict[str, Call]:
    form = one.get(f"/tugas/{one.task}?bagian=semua").text
    inline = dict(re.findall(r'name="(rincian\.[^"]+)"[^>]*value="([^"]*)"', form))
    kinds = dict(re.findall(r'type="radio" name="(rincian\.[^"]+)" value="([^"]*)" checked', form))
    told = {"_lembar": _input(form, "_lembar")} if "_lembar" in form else {}
    data = {**inline, **kinds, **told, "perihal": "Uji", "outcome": "kirim", "aksi": "periksa"}

    def check() -> Any:
        page = one.city.post(f"/tugas/{one.task}", DRAFTER, data=data)
        assert "Periksa sebelum dikirim" in page.text
        return page

    return {
        "page of the table": lambda: one.get(one.table), "page of the form": lambda: one.get(f"/tugas/{one.task}?bagian=2"), "check answers": check,
        "preview of pasted rows": one.preview, "task of the next official": lambda: one.get(f"/tugas/{one.judged}?bagian=1", CHECKER),
        "page of the case": lambda: one.get(f"/perkara/{one.number}", CHECKER), "all rows of the case": lambda: one.get(f"/perkara/{one.number}/tabel/rincian", CHECKER),
    }  # fmt: skip


def measure(given: Database) -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="alur-bench-") as folder, office(given.owner, Path(folder)) as city:
        many, few = (_Case(city, count) for count in (MANY, FEW))
        return [_line(name, call, _calls(few)[name]) for name, call in _calls(many).items()]


def _line(name: str, many: Call, few: Call) -> Line:
    taken: list[list[list[float]]] = [[], []]
    for call in (many, few):
        call()
    for _ in range(ROUNDS):
        for calls, kept in zip((many, few), taken, strict=True):
            kept.append([])
            for _ in range(TIMES):
                begun_at = time.process_time()
                calls()
                kept[-1].append(time.process_time() - begun_at)
    rounds = Rounds(taken[0], taken[1], best=True)
    counts = f"{milliseconds(rounds.middle(taken[0]))}; {FEW} rows {milliseconds(rounds.middle(taken[1]))}"
    return Line(
        f"{name}, {MANY:,} rows against {FEW}",
        rounds.ratio,
        None,
        counts,
        f"CPU of pages and reader, best of {TIMES}, median of {ROUNDS} rounds",
        rounds.spread,
    )
