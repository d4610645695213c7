"""``make demo`` tells every story to its end, names each process, and calls every letter valid."""

from __future__ import annotations

from pathlib import Path

import pytest

from embedded.demo import LETTERS, play
from workflows.catalogue import catalogue

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.server, pytest.mark.slow]


def test_each_story_is_of_a_process_there_is() -> None:
    assert set(LETTERS) <= set(catalogue().processes)


def test_the_demo_ends_well_and_its_letters_are_valid(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert play(tmp_path / "demo", ROOT / "kota_contoh") == 0
    told = capsys.readouterr().out
    assert told.count("pyHanko: sah") == sum(len(letters) for letters in LETTERS.values())
    assert "GAGAL" not in told
