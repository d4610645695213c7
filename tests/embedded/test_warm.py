"""A child that imports ahead runs only when its starter tells it to, and does not outlive a starter that was killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["worker", "web"])
def test_a_child_whose_starter_is_gone_ends(name: str) -> None:
    child = subprocess.Popen([sys.executable, "-m", "embedded.warm", name], cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    _out, said = child.communicate(b"", timeout=60)
    assert (child.returncode, said) == (0, b"")


def test_a_child_takes_its_settings_from_the_line_it_is_told() -> None:
    """A worker told where nobody listens says so by the name of what is missing, and starts nothing."""
    child = subprocess.Popen(
        [sys.executable, "-m", "embedded.warm", "worker"], cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env={"PATH": ""}
    )
    _out, said = child.communicate(b'{"ALUR_DATABASE_URL": "postgresql+psycopg://alur@127.0.0.1:1/alur"}\n', timeout=60)
    assert child.returncode != 0
    assert b"codec_key" in said
