"""Every story of every process, on the pure engine: it ends as it says, and what it says is refused is refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.calendar import Calendar
from engine.nodes import Dispose, Sign, Task
from engine.rehearsal import CALENDAR
from engine.scenario import START, Scenario, holds, play, told
from tests.city_days import calendar
from tests.workflows.chapters import papers
from workflows.catalogue import Listed, catalogue

FOUND = catalogue()
STORIES = [pytest.param(listed, story, id=f"{listed.code}-{story.name}") for listed in FOUND.processes.values() for story in listed.scenarios]
SOURCES = {
    "surat-masuk-disposisi": {
        "tiga-penerima-selesai", "bukan-kewenangan", "surat-ganda", "cabang-menolak", "pimpinan-sedang-dinas-luar", "hanya-untuk-disimpan",
    },
    "surat-keluar-tte": {
        "surat-biasa-kepala-dinas", "keberatan-paraf-koordinasi", "ditolak-wali-kota", "mandat-plh-berakhir", "tte-gagal", "dibatalkan-konseptor",
    },
    "keputusan-wali-kota": {
        "tim-tanpa-biaya", "tim-berhonor-tanpa-dpa", "kabag-minta-penjelasan", "didelegasikan-ke-sekda", "wali-kota-menolak", "materi-mengatur",
        "wali-kota-cuti-plh",
    },
    "surat-edaran": {"edaran-jam-kerja", "instruksi-wali-kota", "peraturan-terselubung", "unit-terlambat", "dibatalkan-pemrakarsa"},
}  # fmt: skip
"""The stories the sources of the domain name."""


@pytest.mark.parametrize(("listed", "story"), STORIES)
def test_the_story_is_true(listed: Listed, story: Scenario) -> None:
    assert holds(listed.process, story) == ""


@pytest.mark.parametrize(
    "now", [datetime(*day, 2, tzinfo=UTC) for day in ((2026, 12, 23), (2027, 1, 28), (2027, 3, 4), (2027, 3, 7), (2027, 5, 3))], ids=str
)
def test_a_story_of_waiting_is_true_before_every_holiday(now: datetime) -> None:
    """Before New Year, before Lebaran with its cuti bersama, on a Sunday in it: deadlines move, and the story with them."""
    timed = [(listed.process, story) for listed in FOUND.processes.values() for story in listed.scenarios if story.timed]
    assert [wrong for one in timed if (wrong := holds(*one, now, calendar()))] == []


def test_no_process_is_left_out_for_a_fault() -> None:
    assert FOUND.faults == ()


@pytest.mark.parametrize("code", SOURCES)
def test_every_story_of_the_source_is_told(code: str) -> None:
    names = [story.name for story in FOUND[code].scenarios]
    assert len(names) == len(set(names))
    assert set(names) >= SOURCES[code]


@pytest.mark.parametrize("code", FOUND.codes)
def test_the_stories_take_every_outcome_a_person_may_choose(code: str) -> None:
    """What no story takes nobody has thought through."""
    process, taken = FOUND[code].process, set()
    for story in FOUND[code].scenarios:
        for event in play(process, story).trail:
            if event.kind == "decided":
                taken.add((event.step.partition("@")[0], event.data["outcome"]))
    offered = {(name, o.name) for name, node in process.tree.nodes.items() if isinstance(node, (Task, Sign, Dispose)) for o in node.outcomes}
    assert len(taken & offered) >= 0.6 * len(offered), sorted(offered - taken)


@pytest.mark.parametrize("code", FOUND.codes)
def test_the_stories_make_every_document(code: str) -> None:
    """What no story signs or issues, no validator has read."""
    process = FOUND[code].process
    made = set().union(*(papers(process, play(process, story).trail) for story in FOUND[code].scenarios))
    assert {one.code for one in process.documents} - made == set()


def test_a_silent_registry_is_reminded_and_passed_over() -> None:
    listed = FOUND["surat-masuk-disposisi"]
    story = next(one for one in listed.scenarios if one.name == "telaah-terlambat")
    lines = [told(event) for event in play(listed.process, story).trail]
    assert "reminded telaah-awal/1 rung=0" in lines
    assert "escalated telaah-awal/1 rung=1 to=pimpinan-unit" in lines


def test_the_same_story_on_other_days_is_the_same_story() -> None:
    """A story told on a Friday before a long holiday ends the same; only when the reminders come differs."""
    listed = FOUND["surat-keluar-tte"]
    for story in listed.scenarios:
        if not story.timed:
            friday = play(listed.process, story, START.replace(day=27), Calendar(CALENDAR.days_off))
            assert [told(e) for e in friday.trail] == [told(e) for e in play(listed.process, story).trail]
