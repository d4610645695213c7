"""Each import contract of pyproject.toml refuses what it says: a tiny project with one wrong import breaks it, and no other import does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = [str(one["name"]) for one in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]]
SKELETON = (
    "engine", "forms", "workflows", "workflows/case.py", "workflows/contracts.py", "workflows/catalogue.py", "workflows/types.py", "workflows/keluarga",
    "workflows/keluarga/satu", "workflows/keluarga/dua", "activities", "db", "db/write", "db/read", "web",
)  # fmt: skip
LAYERS, PLAIN, WORLD, FOLDER, SHELL, OTHER, WRITE, SETTINGS, CYCLES = NAMES
WRONG = [
    (LAYERS, "engine/a.py", "import forms"), (LAYERS, "forms/a.py", "import workflows"), (LAYERS, "workflows/a.py", "import web"), (LAYERS, "db/a.py", "import activities"),
    (LAYERS, "db/a.py", "import workflows"), (LAYERS, "activities/a.py", "import web"), (LAYERS, "web/a.py", "import activities"),
    *((PLAIN, "engine/a.py", f"import {name}") for name in ("pydantic", "yaml", "temporalio", "sqlalchemy", "fastapi")),
    *((WORLD, "workflows/a.py", f"import {name}") for name in ("sqlalchemy", "httpx", "jinja2", "weasyprint")), (WORLD, "forms/a.py", "import fastapi"),
    (FOLDER, "workflows/keluarga/satu/a.py", "import temporalio"), (FOLDER, "workflows/keluarga/satu/a.py", "import workflows.case"),
    (SHELL, "workflows/case.py", "import workflows.keluarga.satu"),
    (OTHER, "workflows/keluarga/satu/a.py", "import workflows.keluarga.dua"),
    (WRITE, "web/a.py", "import db.write"), (WRITE, "db/read/a.py", "import db.write"),
    (SETTINGS, "forms/a.py", "import settings"), (SETTINGS, "engine/a.py", "import manage"),
    (CYCLES, "engine/a.py", "import engine.b"),
]  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The rooms, empty, under the real contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in SKELETON:
        path = tmp_path / name
        (path if path.suffix else path / "__init__.py").parent.mkdir(parents=True, exist_ok=True)
        (path if path.suffix else path / "__init__.py").touch()
    return tmp_path


def lint(folder: Path) -> tuple[int, list[str]]:
    """(exit code, names of broken contracts)."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "400", "PYTHONPATH": ""})
    text = " ".join(done.stdout.split())
    return done.returncode, [name for name in NAMES if f"{name} BROKEN" in text]


def test_empty_rooms_break_nothing(project: Path) -> None:
    assert lint(project) == (0, [])


@pytest.mark.parametrize(("contract", "file", "line"), WRONG, ids=[f"{file} {line}" for _, file, line in WRONG])
def test_a_wrong_import_breaks_its_contract(project: Path, contract: str, file: str, line: str) -> None:
    (project / file).write_text(line + "\n")
    if "engine.b" in line:
        (project / "engine/b.py").write_text("import engine.a\n")
    code, broken = lint(project)
    assert code != 0
    assert contract in broken


def test_every_contract_is_proved() -> None:
    assert {contract for contract, _, _ in WRONG} == set(NAMES)
