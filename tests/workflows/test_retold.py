"""What judges the walks on real parts judges walks of the pure engine first: it agrees with each, and with none in which something is missing or made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.walk import walk
from tests.workflows.retold import retold
from workflows.catalogue import catalogue


@pytest.mark.parametrize("code", sorted(catalogue().processes))
def test_a_true_trail_is_told_again_and_a_false_one_is_not(code: str) -> None:
    process = catalogue()[code].process
    done = walk(process, 7)
    assert retold(process, done.trail) == done.state
    end = done.trail[-1]
    assert end.kind == "ended"
    with pytest.raises(AssertionError, match="ended"):
        retold(process, [*done.trail[:-1], replace(end, data={**end.data, "result": "lain"})])
    opened = next(event for event in done.trail if event.kind in ("task-opened", "act-started"))
    closed = replace(opened, kind="noted", data={})
    with pytest.raises(AssertionError, match=opened.kind):
        retold(process, [closed if event is opened else event for event in done.trail])
