"""No committed file knows the machine of whoever wrote it: no home folder, no work folder, no temporary folder of a person."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOME = re.compile(r"(?<![\w.:/<}])(?:/home/[a-z]\w*|/Users/[A-Z]\w*|/root/|/work/|/mnt/[a-z]/|[A-Z]:\\\\?Users)", re.MULTILINE)
ALLOWED = {
    "tests/guards/test_machine_paths.py": "the patterns themselves and what they must find",
    "tests/web/test_uploads.py": "a hostile file name as Windows sends it",
}


def tracked() -> list[Path]:
    """Files under version control, or everything but what is built when there is no repository (an archive)."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    built = {
        ".venv",
        ".alur",
        "node_modules",
        "__pycache__",
        ".git",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        ".hypothesis",
        ".import_linter_cache",
    }
    return [path for path in ROOT.rglob("*") if path.is_file() and not built & set(path.relative_to(ROOT).parts)]


def test_no_file_names_a_path_of_a_developers_machine() -> None:
    found = {}
    files = tracked()
    assert len(files) > 300
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        content = path.read_bytes()
        if name in ALLOWED or b"\0" in content[:4096]:
            continue
        if hits := HOME.findall(content.decode(errors="replace")):
            found[name] = hits
    assert found == {}


@pytest.mark.parametrize("bad", ["/home/budi/alur", "open('/Users/Sari/x')", "cd /work/kota", "/root/.cache", "C:\\Users\\Budi", "/mnt/c/alur"])
def test_the_guard_bites(bad: str) -> None:
    assert HOME.search(bad)


@pytest.mark.parametrize(
    "good", ["/run/secrets/x", "/perkara/1/work/2", "https://alur.kota.go.id/home/x", "docs/work/index", "${HOME}/work/x", "/state"]
)
def test_addresses_of_the_product_are_no_paths(good: str) -> None:
    assert not HOME.search(good)
