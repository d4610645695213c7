"""What a task asks: which outcomes take the form along, and whose papers are asked for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from engine.fields import Field
from engine.nodes import Outcome, Task, back, end, go, pause
from tests.engine.build import process, task
from web.acting import FIRST, _verdict, fields_of
from workflows.catalogue import catalogue

FOUND = catalogue()


@pytest.mark.parametrize(
    ("outcome", "fills"),
    [
        (go("kirim"), True), (back("kembali", "isi"), False), (back("ralat", "isi", needs=("rekening",)), True),
        (pause("tunggu", "berkas"), False), (end("batal", "batal"), False),
    ],
)  # fmt: skip
def test_a_return_takes_values_only_where_it_needs_them(outcome: Outcome, fills: bool) -> None:
    node = task("periksa", go("ya"), outcome, fills=("rekening",))
    value = process(task("isi", ask="fill"), node, form=(Field("rekening", "Rekening", "text"),))
    assert _verdict(value, node, outcome).fills is fills


@pytest.mark.parametrize("code", sorted(code for code, listed in FOUND.processes.items() if listed.process.attachments))
def test_a_row_is_never_asked_for_the_papers_of_the_whole_case(code: str) -> None:
    """Whoever answers for a row may be outside: he neither sees nor takes away what belongs to all."""
    process = FOUND[code].process
    whole = {one.name for one in process.attachments}
    first = next(node for node in process.steps() if isinstance(node, Task) and node.ask in FIRST)
    for node in (node for node in process.steps() if isinstance(node, Task)):
        asked = {one.name for one in fields_of(process, node, cast(Any, SimpleNamespace(kind="task", instance=f"{node.name}@r1")))}
        assert asked & whole - set(node.fills) == set(), node.name
    assert whole <= {one.name for one in fields_of(process, first, cast(Any, SimpleNamespace(kind="task", instance=first.name)))}
