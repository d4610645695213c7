"""Small files, short functions, shallow folders: what a reader can hold in his head. The bounds are the architecture's (§3)."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("engine", "forms", "workflows", "activities", "db", "web", "embedded", "tests", "bench")
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")) + sorted(ROOT.glob("*.py"))
PRODUCT = [path for path in FILES if path.relative_to(ROOT).parts[0] not in ("tests", "bench")]
MOST_LINES, P95, MEDIAN, MOST_IN_FUNCTION, DEEPEST = 600, 350, 90, 50, 4


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def long_functions(source: str) -> list[str]:
    """Functions longer than the bound, signature and docstring included."""
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return [f"{node.name}: {length}" for node in found if (length := (node.end_lineno or 0) - node.lineno + 1) > MOST_IN_FUNCTION]


def test_no_file_is_too_long_and_most_are_short() -> None:
    sizes = {path: lines(path) for path in FILES}
    assert {str(path): size for path, size in sizes.items() if size > MOST_LINES} == {}
    ranked = sorted(sizes[path] for path in PRODUCT)
    assert ranked[int(0.95 * len(ranked))] <= P95
    assert statistics.median(ranked) <= MEDIAN


@pytest.mark.parametrize("room", [*ROOMS, ""])
def test_no_function_is_too_long(room: str) -> None:
    here = [path for path in FILES if (path.relative_to(ROOT).parts[0] if len(path.relative_to(ROOT).parts) > 1 else "") == room]
    assert {str(path.relative_to(ROOT)): long for path in here if (long := long_functions(path.read_text()))} == {}


def test_folders_are_shallow_and_every_one_is_a_package() -> None:
    deep = [str(path) for path in FILES if len(path.relative_to(ROOT).parts) - 1 > DEEPEST]
    assert deep == []
    assert sorted({str(path.parent) for path in FILES if path.parent != ROOT and not (path.parent / "__init__.py").exists()}) == []


def test_the_guard_measures() -> None:
    assert len(PRODUCT) > 150
    assert long_functions("def f():\n" + "    x = 1\n" * 50) == ["f: 51"]
    assert long_functions("async def f():\n" + "    x = 1\n" * 49) == []
