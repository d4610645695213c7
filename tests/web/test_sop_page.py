"""``/proses/{kode}/sop.pdf``: who gets it, what the worker is asked, what its steps really took."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from db import files
from engine.errors import InProgress, Unavailable
from tests.web.office import DRAWN, Office, office
from tests.web.played import shown
from web.sop_pages import hours, unit_of
from web.sops import TemporalSops, key_of
from workflows.catalogue import catalogue
from workflows.sop import SopInput, SopPaper

CITY = Path(__file__).parents[2] / "kota_contoh"
CODE, SEAT = "surat-masuk-disposisi", "konseptor-diskominfo"
PATH = f"/proses/{CODE}/sop.pdf"


@dataclass
class Worker:
    folder: Path
    asked: list[SopInput] = field(default_factory=list)
    late: bool = False

    async def paper(self, asked: SopInput) -> SopPaper:
        self.asked.append(asked)
        if self.late:
            raise InProgress
        return SopPaper(files.keep(self.folder, DRAWN), 1)


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        made.app.state.context = replace(made.context, processes=catalogue(CITY), sops=Worker(made.context.files))
        yield made


@pytest.fixture
def worker(kantor: Office) -> Worker:
    found = kantor.app.state.context.sops
    assert isinstance(found, Worker)
    found.asked.clear()
    return found


def test_the_page_of_the_process_leads_to_it(kantor: Office) -> None:
    page = kantor.get(f"/proses/{CODE}", SEAT)
    assert f'href="{PATH}"' in page.text
    assert "Unduh SOP (PDF)" in shown(page)


def test_whoever_is_signed_in_gets_the_file(kantor: Office, worker: Worker) -> None:
    got = kantor.get(PATH, SEAT)
    assert (got.status_code, got.content, got.headers["content-type"]) == (200, DRAWN, "application/pdf")
    sha = kantor.app.state.context.processes[CODE].sha
    assert f"sop-{CODE}-{sha[:12]}.pdf" in got.headers["content-disposition"]
    (asked,) = worker.asked
    assert (asked.sha, asked.unit, asked.day) == (sha, "bagian-umum", "2026-11-23")
    assert asked.titles["surat-keluar-tte"] == "Surat keluar dengan paraf berjenjang dan tanda tangan elektronik"
    assert asked.measured == {}
    assert asked.archive
    assert kantor.get(PATH).status_code == 303
    assert kantor.get("/proses/tidak-ada/sop.pdf", SEAT).status_code == 404


def test_a_late_worker_is_said_to_be_late(kantor: Office, worker: Worker) -> None:
    worker.late = True
    assert kantor.get(PATH, SEAT).status_code == InProgress.status
    worker.late = False


def passed(kantor: Office, case: str, step: str, days: float) -> None:
    """An ended case that spent this long in a step."""
    kantor.incoming(case)
    ended = kantor.clock.now - timedelta(days=3)
    kantor.owner.execute(
        "UPDATE \"case\" SET status = 'ended', result = 'selesai', opened_at = %s, ended_at = %s WHERE id = %s",
        (ended - timedelta(days=90), ended, case),
    )
    for instance, began, status in ((step, days, "done"), (f"{step}@x", days, "done"), ("telaah", 30.0, "gone")):
        kantor.owner.execute(
            "INSERT INTO task (case_id, instance, step, round, kind, status, opened_at, opened_seq, closed_at, outcome, person)"
            " VALUES (%s, %s, %s, 1, 'task', %s, %s, 1, %s, 'kirim', 'p')",
            (case, instance, instance.partition("@")[0], status, ended - timedelta(days=began), ended),
        )


def test_what_a_step_really_takes_is_told_once_enough_cases_passed_it(kantor: Office, worker: Worker) -> None:
    for number, days in enumerate((1, 2, 3, 40)):
        passed(kantor, f"sop-{number}", "registrasi", days)
    kantor.get(PATH, SEAT)
    passed(kantor, "sop-4", "registrasi", 5)
    passed(kantor, "sop-5", "arsip", 5)
    kantor.get(PATH, SEAT)
    before, after = worker.asked
    assert before.measured == {}
    assert after.measured == {"registrasi": 72}
    assert key_of(before) != key_of(after)
    assert key_of(after) == key_of(replace(after))


def test_the_day_is_that_on_which_the_definition_was_first_kept(kantor: Office, worker: Worker) -> None:
    listed = kantor.app.state.context.processes[CODE]
    kantor.owner.execute(
        "INSERT INTO process_version (sha, code, title, text, kept_at) VALUES (%s, %s, 'x', %s, '2026-10-01T20:00:00Z')",
        (listed.sha, CODE, listed.text),
    )
    kantor.get(PATH, SEAT)
    assert worker.asked[0].day == "2026-10-02"


def test_an_owner_that_follows_from_the_case_has_no_letterhead(kantor: Office) -> None:
    found = kantor.app.state.context.processes
    assert (unit_of(found["keputusan-wali-kota"].process), unit_of(found["pembayaran-ls"].process)) == ("bagian-hukum", "")


def test_minutes_make_no_other_paper() -> None:
    assert [hours(days) for days in (0.01, 0.5, 0.99, 1.0, 1.4, 1.6)] == [0, 12, 23, 24, 24, 48]


@dataclass
class Temporal:
    """A client whose one activity ends as it is told."""

    ends: list[object]
    ids: list[str] = field(default_factory=list)

    async def execute_activity(self, _name: str, _asked: SopInput, **how: object) -> SopPaper:
        self.ids.append(str(how["id"]))
        end = self.ends.pop(0)
        if isinstance(end, BaseException):
            raise end
        assert isinstance(end, SopPaper)
        return end


async def test_a_paper_is_drawn_once_and_a_failure_is_said_by_its_name() -> None:
    asked, paper = SopInput("s", "t", "2026-11-23"), SopPaper("a" * 64, 3)
    temporal = Temporal([RPCError("x", RPCStatusCode.UNAVAILABLE, b""), TimeoutError(), ApplicationError("x", type="tidak-ada"), paper, paper])
    sops = TemporalSops(temporal)  # type: ignore[arg-type]
    for refused in (Unavailable, InProgress, ApplicationError):
        with pytest.raises(refused):
            await sops.paper(asked)
    assert (await sops.paper(asked), await sops.paper(asked)) == (paper, paper)
    assert len(temporal.ends) == 1
    assert temporal.ids == [f"sop/{key_of(asked)}"] * 4
    await sops.paper(replace(asked, measured={"x": 24}))
    assert temporal.ids[-1] != temporal.ids[0]
