"""``make demo`` tells a story of each family to its end, names it, and calls every letter valid."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from embedded.demo import LETTERS, play
from embedded.demo_families import pick, plain
from workflows.catalogue import Catalogue, catalogue

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.server, pytest.mark.slow]
FOUND = catalogue()
LINE = re.compile(r"^    ([a-z-]+): ([a-z-]+), .+ – (\d+) dari (\d+) naskah sah", re.MULTILINE)


def test_each_story_is_of_a_process_there_is() -> None:
    assert set(LETTERS) <= set(FOUND.processes)


def test_each_family_has_a_story_that_is_told() -> None:
    picked = pick(FOUND, LETTERS)
    covered = {FOUND[code].process.family for code in LETTERS} | {listed.process.family for listed, _ in picked}
    assert covered == {listed.process.family for listed in FOUND.processes.values()}
    assert all(plain(story) and story in listed.scenarios for listed, story in picked)


def test_a_family_that_is_new_is_told_without_a_line_for_it() -> None:
    """A process under another family's name is picked with it."""
    listed = FOUND["permintaan-persediaan"]
    new = replace(listed, process=replace(listed.process, family="rumpun-baru"))
    picked = pick(Catalogue({**FOUND.processes, listed.code: new}, ()), LETTERS)
    assert [one.code for one, _ in picked if one.process.family == "rumpun-baru"] == [listed.code]


def test_the_demo_ends_well_and_its_letters_are_valid(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = play(tmp_path / "demo", ROOT / "kota_contoh")
    out = capsys.readouterr().out
    assert code == 0, out[-3000:]
    told = [(family, process, int(good), int(of)) for family, process, good, of in LINE.findall(out)]
    assert {family for family, *_ in told} == {listed.process.family for listed in FOUND.processes.values()}
    assert {process for _, process, *_ in told} >= set(LETTERS)
    assert all(good == of > 0 for *_, good, of in told), told
    assert out.count("pyHanko: sah") == sum(of for *_, of in told) > sum(len(letters) for letters in LETTERS.values())
    assert "GAGAL" not in out
