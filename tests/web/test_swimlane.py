"""The picture of a process: every step of people once, no box on another, the live position in words and classes, for all processes there are."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest

from engine.events import Actor
from engine.nodes import Dispose, Sign, Task, Wait
from engine.withdraw import withdraw
from tests.engine.build import codes, drafts
from tests.web.test_trail_page import outgoing
from web import swimlane
from web.showing_case import way
from web.swimlane import HEIGHT, WIDTH
from workflows.ketatausahaan.surat_keluar_tte.process import PROCESS as OUTGOING
from workflows.ketatausahaan.surat_masuk_disposisi.process import PROCESS as INCOMING


@pytest.mark.parametrize("code", codes())
def test_every_process_draws_whole(code: str) -> None:
    process = drafts()[code].process
    made = swimlane.plan(process)
    people = [name for name, node in process.tree.nodes.items() if isinstance(node, Task | Sign | Dispose | Wait)]
    assert list(made.steps) == people
    picture = str(swimlane.draw(made, process.title.id))
    tree = ET.fromstring(picture)
    assert tree.get("role") == "img"
    assert "style" not in {name for part in tree.iter() for name in part.attrib}
    boxes = list(made.steps.values())
    wide, tall = int(tree.get("width", "0")), int(tree.get("height", "0"))
    assert all(0 < one.x < wide - WIDTH and 0 <= one.y <= tall - HEIGHT for one in boxes)
    for a, b in combinations(boxes, 2):
        assert abs(a.x - b.x) >= WIDTH or abs(a.y - b.y) >= HEIGHT, (a.name, b.name)
    first = next(one for one in boxes if one.column == 0)
    reached = {flow.end for flow in made.flows if flow.kind != "kembali"}
    assert set(made.steps) - reached - {one.name for one in boxes if one.column == first.column} == set()


def test_no_line_runs_through_a_box() -> None:
    for process in (OUTGOING, INCOMING):
        made = swimlane.plan(process)
        tree = ET.fromstring(str(swimlane.draw(made, "Bagan")))
        for path in (part.get("d", "") for part in tree.iter() if "garis" in part.get("class", "")):
            for (x1, y1), (x2, y2) in _segments(path):
                for one in made.steps.values():
                    inside = max(x1, x2) > one.x and min(x1, x2) < one.x + WIDTH and max(y1, y2) > one.y and min(y1, y2) < one.y + HEIGHT
                    assert not inside, (path, one.name)


def _segments(path: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    x = y = 0
    found = []
    for letter, numbers in re.findall(r"([MHV])([-\d ]+)", path):
        before = (x, y)
        parts = [int(one) for one in numbers.split()]
        x, y = (parts[0], parts[1]) if letter == "M" else (parts[0], y) if letter == "H" else (x, parts[0])
        if letter != "M":
            found.append((before, (x, y)))
    return found


def test_the_live_position_is_said_and_drawn() -> None:
    case = outgoing()
    made = swimlane.plan(OUTGOING, swimlane.standings(OUTGOING, case.state))
    assert {name: one.standing for name, one in made.steps.items() if one.standing} == {
        "konsep": "done", "paraf-ketua-tim": "done", "paraf-kepala-bidang": "done", "paraf-sekretaris": "done", "paraf-koordinasi": "skipped",
        "tanda-tangan-kepala-opd": "now", "paraf-kepala-opd": "skipped", "tanda-tangan-asisten": "skipped", "paraf-asisten": "skipped",
        "tanda-tangan-sekda": "skipped", "paraf-sekda": "skipped", "tanda-tangan-wali-kota": "skipped",
    }  # fmt: skip
    picture = str(swimlane.draw(made, "Bagan"))
    assert picture.count('class="langkah kini"') == 1
    assert "Tanda tangan kepala OPD (Kepala perangkat daerah): sedang berjalan." in picture
    assert made.after(["tanda-tangan-kepala-opd"]) == ["kirim-surat"]


def test_a_case_needs_no_lane_for_a_way_that_is_not_taken() -> None:
    case = outgoing()
    made = swimlane.plan(OUTGOING, swimlane.standings(OUTGOING, case.state), whole=False)
    assert list(made.steps) == [
        "konsep", "paraf-ketua-tim", "paraf-kepala-bidang", "paraf-sekretaris", "tanda-tangan-kepala-opd", "kirim-surat", "berkaskan",
    ]  # fmt: skip
    assert "Wali Kota" not in made.lanes
    assert [one.column for one in made.steps.values()] == list(range(7))
    names = list(made.steps)
    assert [(flow.start, flow.end) for flow in made.flows if flow.kind == "maju"] == list(pairwise(names))
    assert swimlane.plan(OUTGOING, whole=False).steps.keys() == swimlane.plan(OUTGOING).steps.keys()


def test_the_way_of_a_case_that_is_over_stays_in_the_picture() -> None:
    case = outgoing()
    case.do("tanda-tangan-kepala-opd", "tolak")
    assert case.state.over
    assert swimlane.standings(OUTGOING, case.state).get("konsep", "") == ""
    stood = way(OUTGOING, case.trail, case.state)
    done = {name for name, standing in stood.items() if standing == "done"}
    assert done == {"konsep", "paraf-ketua-tim", "paraf-kepala-bidang", "paraf-sekretaris", "tanda-tangan-kepala-opd"}
    assert "now" not in stood.values()
    withdrawn = outgoing()
    withdrawn.take(withdraw(OUTGOING, withdrawn.state, Actor("p-konseptor", "j-konseptor"), "Tidak jadi.", "q", withdrawn.now))
    assert withdrawn.state.over
    assert "now" not in way(OUTGOING, withdrawn.trail, withdrawn.state).values()


def test_a_return_takes_the_marks_of_what_it_clears_away() -> None:
    case = outgoing()
    case.do("tanda-tangan-kepala-opd", "kembalikan")
    assert swimlane.standings(OUTGOING, case.state) == {"konsep": "now"}


def test_what_only_a_skip_reaches_hangs_on_the_skip() -> None:
    made = swimlane.plan(INCOMING)
    flows = {(flow.kind, flow.start, flow.end) for flow in made.flows}
    assert ("loncat", "telaah-awal", "tanda-tangan-pengantar") in flows
    assert ("loncat", "disposisi-pimpinan", "berkaskan") in flows
    assert ("kembali", "tutup-disposisi", "disposisi-pimpinan") in flows
    assert not any(end == "tanda-tangan-pengantar" and kind == "maju" for kind, _, end in flows)
    assert ("maju", "telaah-awal", "disposisi-pimpinan") in flows


def test_names_are_written_as_text() -> None:
    made = swimlane.plan(OUTGOING)
    made.lanes[0] = "<script>alert(1)</script>"
    picture = str(swimlane.draw(made, 'Bagan "<b>"', "kunci"))
    assert "<script" not in picture
    assert "<b>" not in picture
    assert 'aria-labelledby="kunci-judul kunci-isi"' in picture
    assert picture == str(swimlane.draw(made, 'Bagan "<b>"', "kunci"))
    assert swimlane.wrapped("satu dua tiga empat lima enam tujuh", 9, 3) == ["satu dua", "tiga", "empat…"]
    assert swimlane.wrapped("Paraf", 9) == ["Paraf"]
