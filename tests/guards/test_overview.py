"""The page of all processes is the one the processes make, and every folder explains itself to an official."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.nodes import Dispose, Sign, Task
from workflows.catalogue import HERE, Listed, catalogue
from workflows.overview import overview, picture

FOUND = catalogue()
LISTED = list(FOUND.processes.values())
SECTIONS = ("Apa ini", "Langkah", "Siapa", "Tenggat", "Naskah", "Aturan yang diputuskan karena sumber diam", "Yang belum")


def test_the_page_is_the_one_the_processes_make() -> None:
    assert (HERE / "README.md").read_text() == overview(FOUND), "jalankan: python manage.py process docs"


@pytest.mark.parametrize("listed", LISTED, ids=lambda one: one.code)
def test_every_step_stands_in_the_picture(listed: Listed) -> None:
    drawn = picture(listed.process)
    for name in listed.process.tree.nodes:
        assert f"  {name.replace('-', '_')}" in drawn, name
    marks = set(re.findall(r"^  (\w+)[\[({]", drawn, re.MULTILINE))
    for line in drawn.splitlines():
        for mark in re.findall(r"^  (\w+) -|-> (\w+)$", line):
            assert (mark[0] or mark[1]) in marks, line


@pytest.mark.parametrize("listed", LISTED, ids=lambda one: one.code)
def test_a_folder_explains_itself(listed: Listed) -> None:
    path: Path = listed.folder / "README.md"
    text = path.read_text()
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == list(SECTIONS)
    for name, node in listed.process.tree.nodes.items():
        if isinstance(node, (Task, Sign, Dispose)):
            assert f"`{name}`" in text, f"{path.name}: langkah {name} tidak dijelaskan"
    for document in listed.process.documents:
        assert document.title in text, document.code


def test_the_first_page_names_every_process_built() -> None:
    root = HERE.parent
    named = set(re.findall(r"\]\((workflows/\w+/\w+)/\)", (root / "README.md").read_text()))
    assert named == {listed.folder.relative_to(root).as_posix() for listed in LISTED}
