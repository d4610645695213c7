"""Which outcomes take the form along: those that go on, and a return that needs what is filled in with it."""

from __future__ import annotations

import pytest

from engine.fields import Field
from engine.nodes import Outcome, back, end, go, pause
from tests.engine.build import process, task
from web.acting import _verdict


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
