"""Random walks: over all 63 processes and over random trees. What must be true of every case at every moment."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from engine.check import check
from engine.fold import apply, fold
from engine.frontier import frontier
from engine.process import Process
from engine.roles import ROLES
from engine.state import State, empty, from_json, to_json
from engine.trail import event_from_json, event_to_json
from engine.walk import Coverage, Walker, walk
from tests.engine.build import codes, drafts
from tests.engine.trees import grow

TREES = range(150)
WALKS = 60


@pytest.mark.parametrize("code", codes())
def test_every_walk_ends(code: str) -> None:
    process, coverage = drafts()[code].process, Coverage()
    for seed in range(WALKS):
        assert walk(process, seed, coverage).state.over
    known = {n.name for n in process.tree.leaves()}
    reached = known & set(coverage.steps)
    # A thousand walks reach everything (docs/performance.md states it); so few reach nearly all.
    assert len(reached) >= 0.6 * len(known), coverage.unmet(process)


@pytest.mark.parametrize("code", codes())
def test_the_trail_alone_gives_the_state(code: str) -> None:
    held(drafts()[code].process, 5)


@pytest.mark.parametrize("seed", TREES)
def test_the_same_of_random_trees(seed: int) -> None:
    process = grow(seed)
    assert [f for f in check(process, ROLES) if "tidak dapat dicapai" not in f] == []
    held(process, 3)


def held(process: Process, walks: int) -> None:
    for seed in range(walks):
        walker = Walker(process, seed, Coverage())
        walker.begin()
        state, seen = empty(), 0
        while True:
            for event in walker.trail[seen:]:
                assert not state.over, "an event changed a closed case"
                state = apply(process, state, event_from_json(json.loads(json.dumps(event_to_json(event)))))
                seen += 1
            assert state == walker.state
            if state.over:
                break
            sound(process, state)
            state = from_json(json.loads(json.dumps(to_json(state))))
            assert state == walker.state
            walker.step()
        assert fold(process, walker.trail) == walker.state
        counted(walker)


def sound(process: Process, state: State) -> None:
    """An open case always waits for somebody or something, and everything open is known to be open."""
    found = frontier(process, state)
    assert not found.done
    assert found.open
    assert not found.new
    assert not found.undecided
    assert not found.unfrozen
    active = {name.removesuffix("!") for name, step in state.steps.items() if step.active}
    assert active == found.instances()


def counted(walker: Walker) -> None:
    """Nothing opens twice in one round; rounds of an instance have no gap; what opened was decided, voided or still open at the end."""
    tasks = Counter((e.step, e.round) for e in walker.trail if e.kind in ("task-opened", "rows", "condition"))
    assert max(tasks.values(), default=1) == 1
    acts = Counter((e.step, e.round) for e in walker.trail if e.kind == "act-done")
    assert max(acts.values(), default=1) == 1
    for step in {e.step for e in walker.trail if e.kind == "task-opened"}:
        rounds = [e.round for e in walker.trail if e.kind == "task-opened" and e.step == step]
        assert rounds == list(range(1, len(rounds) + 1))
    closed = Counter((e.step, e.round) for e in walker.trail if e.kind == "voided" or (e.kind == "decided" and e.data["effect"] != "pause"))
    for task, number in tasks.items():
        if task[0] in {e.step for e in walker.trail if e.kind == "task-opened"}:
            assert closed[task] >= number, task


@pytest.mark.parametrize("code", ["tender-penyedia", "surat-masuk-disposisi", "kenaikan-pangkat"])
def test_the_same_seed_gives_the_same_trail(code: str) -> None:
    process = drafts()[code].process
    for seed in range(5):
        assert walk(process, seed).trail == walk(process, seed).trail
    assert walk(process, 1).trail != walk(process, 2).trail


def test_a_returned_step_reopens_in_a_new_round() -> None:
    returned = 0
    for seed in range(40):
        trail = walk(drafts()["cuti-asn"].process, seed).trail
        for at, event in enumerate(trail):
            if event.kind == "decided" and event.data["effect"] == "return":
                later = [e for e in trail[at:] if e.kind == "task-opened" and e.step == event.data["target"]]
                earlier = [e for e in trail[:at] if e.kind == "task-opened" and e.step == event.data["target"]]
                assert later[0].round == len(earlier) + 1
                returned += 1
    assert returned > 5


def test_no_event_may_follow_the_end() -> None:
    process = drafts()["surat-edaran"].process
    done = walk(process, 1)
    event = done.trail[1]
    with pytest.raises(ValueError, match="after the end"):
        apply(process, done.state, type(event)(done.state.seq + 1, event.at, "decided", event.step, 1, data={"outcome": "x"}))


def test_a_gap_in_the_trail_is_refused() -> None:
    process = drafts()["surat-edaran"].process
    trail = walk(process, 1).trail
    with pytest.raises(ValueError, match="does not follow"):
        fold(process, [trail[0], trail[2]])
