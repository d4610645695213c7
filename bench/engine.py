"""One event folded and the frontier asked for, in the largest of the 63 sources, behind a short and a long trail (bench/walks.py has the rest)."""

from __future__ import annotations

from bench.table import Line
from bench.walks import LENGTHS, cost, lengthened, processes

GOAL_MICROSECONDS = 1000.0


def measure() -> list[Line]:
    largest = max(processes().values(), key=lambda process: len(process.tree.nodes))
    short, long = (sum(cost(largest, lengthened(largest, length))) for length in (LENGTHS[0], LENGTHS[-1]))
    name = f"{largest.code}, {len(largest.tree.nodes)} nodes"
    return [
        Line("apply + frontier against 1 ms", long / GOAL_MICROSECONDS, 1.0, f"{long:.0f} µs behind {LENGTHS[-1]} events", f"median; {name}"),
        Line(
            "apply + frontier, long trail against short",
            long / short,
            1.2,
            f"{long:.0f} µs behind {LENGTHS[-1]}, {short:.0f} µs behind {LENGTHS[0]}",
            "median; flat = 1",
        ),
    ]
