"""Figures of the engine over the 63 sources: ``python -m bench.walks [WALKS]``; over processes of the catalogue: ``… WALKS CODE…`` (``semua``: all of them).

Every process is walked at random from its opening to its end; then the largest one is timed: one event folded and the frontier asked for,
behind trails of very different length. Nothing here is a test: what must hold is held in tests/engine.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass, replace
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from engine.fold import apply, fold
from engine.frontier import frontier
from engine.nodes import When
from engine.roles import ROLES
from engine.source import from_source
from engine.walk import Coverage, walk
from workflows.catalogue import catalogue

if TYPE_CHECKING:
    from engine.events import Event
    from engine.process import Process

SOURCES = Path(__file__).resolve().parent.parent / "tests" / "engine" / "sources"
LENGTHS = (50, 500, 2000)
ROUNDS = 2000
WALKED = 200
"""Walks among which the longest is timed."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one process."""

    code: str
    ended: int
    steps: int
    steps_met: int
    sides: int
    sides_met: int
    events: int
    longest: int
    unmet: tuple[str, ...]


def processes() -> dict[str, Process]:
    return {
        draft.process.code: draft.process
        for path in sorted(SOURCES.glob("*/*.yaml"))
        if (draft := from_source(yaml.safe_load(path.read_text()), ROLES))
    }


def figures(given: tuple[str, int]) -> Figures:
    """So many walks over one process; RuntimeError when one does not end."""
    name, walks = given
    process, coverage = (
        from_source(yaml.safe_load(Path(name).read_text()), ROLES).process if name.endswith(".yaml") else catalogue()[name].process,
        Coverage(),
    )
    ended = events = longest = 0
    for seed in range(walks):
        done = walk(process, seed, coverage)
        ended += done.state.over
        events += len(done.trail)
        longest = max(longest, len(done.trail))
    steps = {leaf.name for leaf in process.tree.leaves()}
    sides = {(name, side) for name, node in process.tree.nodes.items() if isinstance(node, When) for side in (True, False)}
    return Figures(
        process.code, ended, len(steps), len(steps & set(coverage.steps)), len(sides), len(sides & set(coverage.sides)), events, longest,
        coverage.unmet(process),
    )  # fmt: skip


def cost(process: Process, trail: list[Event]) -> tuple[float, float]:
    """Median microseconds to fold the last event behind this trail, and of the frontier after it."""
    state, last = fold(process, trail[:-1]), trail[-1]
    folding, asking = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        after = apply(process, state, last)
        middle = time.perf_counter()
        frontier(process, after)
        folding.append(middle - start)
        asking.append(time.perf_counter() - middle)
    return statistics.median(folding) * 1e6, statistics.median(asking) * 1e6


def lengthened(process: Process, length: int) -> list[Event]:
    """The beginning of the longest of many walks, behind so many events: what is missing is filled with nudges, which fold and change nothing.

    The state and the last event are the same for every length, so that the figures differ by the length of the trail alone."""
    trail = max((walk(process, seed).trail for seed in range(WALKED)), key=len)
    half = next(n for n in range(30, len(trail)) if trail[n].kind == "decided")
    base = list(trail[: min(half, length)])
    nudges = [replace(base[-1], kind="nudged", data={"to": []}, seq=len(base) + n) for n in range(1, length + 1 - len(base))]
    return [*base, *nudges, replace(trail[len(base)], seq=length + 1)]


def main() -> None:
    walks = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    started = time.perf_counter()
    codes = sys.argv[2:] if sys.argv[2:] != ["semua"] else sorted(catalogue().processes)
    given = [(name, walks) for name in codes or [str(path) for path in sorted(SOURCES.glob("*/*.yaml"))]]
    print(f"{'process':40} {'ended':>9} {'steps':>9} {'sides':>9} {'events':>10} {'longest':>8}")
    found: list[Figures] = []
    with Pool(2) as pool:
        for one in pool.imap(figures, given):
            found.append(one)
            print(
                f"{one.code:40} {one.ended:>4}/{walks:<4} {one.steps_met:>4}/{one.steps:<4} {one.sides_met:>4}/{one.sides:<4} "
                f"{one.events:>10} {one.longest:>8}", flush=True,
            )  # fmt: skip
            for line in one.unmet:
                print(f"    {line}")
    total = [sum(getattr(one, name) for one in found) for name in ("ended", "steps_met", "steps", "sides_met", "sides", "events")]
    print(
        f"\n{len(found)} processes, {total[0]} of {walks * len(found)} walks ended; steps met {total[1]}/{total[2]}; sides of conditions met {total[3]}/{total[4]}; "
        f"{total[5]} events; longest trail {max(one.longest for one in found)}; {time.perf_counter() - started:.0f} s"
    )
    if codes:
        return
    known = processes()
    largest = max(known.values(), key=lambda process: len(process.tree.nodes))
    print(f"\nlargest process: {largest.code}, {len(largest.tree.nodes)} nodes\n{'events':>8} {'apply µs':>10} {'frontier µs':>12}")
    for length in LENGTHS:
        folding, asking = cost(largest, lengthened(largest, length))
        print(f"{length:>8} {folding:>10.1f} {asking:>12.1f}")


if __name__ == "__main__":
    main()
