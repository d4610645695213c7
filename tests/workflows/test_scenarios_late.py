"""Every story in which time passes or somebody's time ends, on a Temporal server that skips time: reminders, escalations and mandates truly fall due.

The case's clock is the server's. What a case writes down (trail, registers, dates on letters) goes by it; only secrets, certificates and
sign-ins go by the wall, and no story depends on those.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from sqlalchemy import text
from temporalio.testing import WorkflowEnvironment

from activities.pdf.html import long_date
from db import files
from embedded.postgres import Postgres
from engine.scenario import Do, Later, Scenario, told
from tests.activities.paper import beyond, text_of
from tests.workflows.chapters import Cities, chapters, days, params, walked, whole
from tests.workflows.judged_documents import misread, pages, refused, signed
from tests.workflows.running import CITY, City
from tests.workflows.skipping import skipping_city
from tests.workflows.telling import Telling, sound
from tests.workflows.walking import PAGES, Stroll
from workflows.catalogue import catalogue

JAKARTA = ZoneInfo("Asia/Jakarta")
SILENCE = """
from engine.nodes import Seq, Task, Wait, Within, back, deemed, end, escalate, go, lapse, remind
from engine.pin import pinned
from engine.process import Archive, Process, Sla, Starts, Title

PROCESS = pinned(Process(
    code="uji-diam", title=Title("Uji diam", "Silence"), family="ketatausahaan", owner="kepala-bagian-umum", summary="Diam berarti setuju.",
    starts=Starts("konseptor"), sla=Sla(5, "working"), archive=Archive("000", 1, 1, "musnah"), legal_basis=("UU 30/2014",), form=(),
    flow=Seq((
        Task("ajukan", ("konseptor",), "fill", (go("kirim"),)),
        Task("putuskan", ("kepala-opd",), "decide", (go("setujui"), back("kembalikan", "ajukan")), within=Within(2),
             on_late=(remind(1), escalate("sekda", 2), deemed("setujui", 3))),
        Wait("tunggu-pihak-luar", "Jawaban pemohon", (go("dijawab"), go("tidak-dijawab")), at_most=Within(36, "hours"), silent="tidak-dijawab"),
        Task("ambil", ("konseptor",), "receive", (end("ambil", "selesai"),), within=Within(3, "calendar"), on_late=(lapse("gugur"),)),
    )),
))
"""
"""A process of the city's own in which silence decides, an answer does not come, and what is not fetched lapses."""
SILENT = Scenario(
    "diam-berarti-setuju", "Nobody answers anything after the request is sent.", "gugur", (Do("ajukan", "kirim"), Later(days=9), Later(days=2), Later(days=5)),
    starter="konseptor-diskominfo",
)  # fmt: skip


CHAPTERS = [sorted(of, key=lambda one: days(one[1])) for of in chapters(3, lambda story: story.timed)]
"""The shortest first: those of a chapter share one clock, and an account of this year's budget is none once a longer story has passed into the next."""
SEED = 1
"""Of the walk each process takes in every run."""
OWN = pytest.mark.parametrize("chapter", whole(CHAPTERS)[:1])
pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def cities(postgres_server: Postgres, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cities]:
    folder = tmp_path_factory.mktemp("kota-uji")
    shutil.copytree(CITY, folder, dirs_exist_ok=True)
    own = folder / "workflows" / "ketatausahaan" / "uji_diam"
    own.mkdir(parents=True)
    (own / "process.py").write_text(SILENCE)

    @asynccontextmanager
    async def opening(chapter: int) -> AsyncIterator[City]:
        async with skipping_city(postgres_server, tmp_path_factory, folder) as made:
            made.told = CHAPTERS[chapter]
            yield made

    made = Cities(opening)
    yield made
    await made.close()


@pytest_asyncio.fixture(loop_scope="module")
async def here(cities: Cities, chapter: int) -> City:
    """The city of the chapter, by a clock of its own, with one process more."""
    return await cities.of(chapter)


@pytest.fixture
def skipping(here: City) -> WorkflowEnvironment:
    assert here.skipping is not None
    return here.skipping


@OWN
async def test_silence_decides_where_the_process_says_so(here: City, skipping: WorkflowEnvironment) -> None:
    """Reminded, passed up, deemed; an answer that never comes; what nobody fetches lapses: each by its own timer on the real server."""
    telling = Telling(here, "uji-diam", SILENT, skipping)
    pure = await telling.tell()
    assert await here.ended(telling.case) == "gugur"
    lines = [told(event) for event in pure.trail]
    decided = [event for event in await telling.trail() if event.kind == "decided"]
    assert [(event.step, event.data["outcome"], event.data.get("deemed", False), event.actor.person) for event in decided[1:]] == [
        ("putuskan", "setujui", True, "sistem"), ("tunggu-pihak-luar", "tidak-dijawab", True, "sistem"), ("ambil", "lewat-waktu", True, "sistem"),
    ]  # fmt: skip
    assert lines.index("reminded putuskan/1 rung=0") < lines.index("escalated putuskan/1 rung=1 to=sekda")


@OWN
async def test_the_letter_of_a_stand_in_says_in_which_capacity_and_when(here: City, skipping: WorkflowEnvironment) -> None:
    """Signature block, document row and trail agree: Plh., and who; weeks were skipped, and the letter is dated by the clock of its case."""
    story = next(one for one in catalogue()["surat-keluar-tte"].scenarios if one.name == "plh-menandatangani")
    await Telling(here, "surat-keluar-tte", story, skipping).tell()
    async with here.database.connect() as connection:
        statement = text("SELECT d.signers, d.signed_at, t.at AS decided, t.capacity, t.name FROM document d "
                         "JOIN trail t ON t.case_id = d.case_id AND t.kind = 'decided' AND t.step LIKE 'tanda-tangan%' "
                         "WHERE d.code = 'naskah-keluar' AND d.status = 'ditandatangani' "
                         "AND t.seq = (SELECT max(seq) FROM trail WHERE case_id = t.case_id AND kind = 'decided' AND step LIKE 'tanda-tangan%')")  # fmt: skip
        rows = (await connection.execute(statement)).all()
    assert [row for row in rows if row.capacity == "plh"]
    for row in rows:
        assert row.signers[0]["name"] == row.name
        assert row.signers[0]["prefix"] == ("Plh." if row.capacity == "plh" else "")
        assert abs((row.signed_at - row.decided).total_seconds()) < 600


@OWN
async def test_a_letter_that_rests_on_silence_says_so(here: City, skipping: WorkflowEnvironment, tmp_path: Path) -> None:
    """Of two places one answered; the letter tells that the other kept silent, and until when it could speak."""
    code = "surat-keterangan-penelitian"
    story = next(one for one in catalogue()[code].scenarios if one.name == "skripsi-dua-lokasi")
    telling = Telling(here, code, story, skipping)
    await telling.tell()
    silent = next(event for event in await telling.trail() if event.kind == "decided" and event.data["outcome"] == "bersedia-karena-diam")
    async with here.database.connect() as connection:
        statement = text("SELECT signed_sha FROM document WHERE case_id = :case AND code = 'surat-keterangan'")
        sha = (await connection.execute(statement, {"case": telling.case})).scalar_one()
    words = " ".join(" ".join(text_of(files.read(here.parts.press.files, sha), tmp_path)).split())
    assert words.count("dianggap bersedia karena tidak menjawab sampai") == 1
    assert long_date(silent.at.astimezone(JAKARTA).date()) in words


@pytest.mark.parametrize(("chapter", "code", "story"), params(CHAPTERS))
async def test_the_story_is_true_as_time_passes(here: City, skipping: WorkflowEnvironment, code: str, story: Scenario) -> None:
    telling = Telling(here, code, story, skipping)
    await telling.tell()
    assert await here.ended(telling.case) == story.ends
    await sound(here, telling.case)


@pytest.mark.parametrize(("chapter", "code"), walked(CHAPTERS))
async def test_a_random_walk_is_as_the_engine_says(here: City, code: str, tmp_path: Path) -> None:
    """One of each process (tests/workflows/walks_real.py walks as many as are wanted): trail, engine and Temporal agree, and each letter passes the validators."""
    stroll = Stroll(here, code, SEED)
    await stroll.walk()
    made = [(row, pdf) for row, pdf in await signed(here) if row.case_id == stroll.telling.case]
    for row, pdf in made:
        told_there = misread(row, pages(row.signed_sha, pdf, tmp_path), PAGES)
        assert (await refused(here, row, pdf, tmp_path), told_there, beyond(pdf, tmp_path)) == ([], [], []), row.code
