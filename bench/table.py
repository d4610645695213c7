"""One line per measure, one table at the end."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

VOID_ABOVE = 0.15
"""A wall ratio proves nothing when the floor itself spread more than this over the rounds of the run."""


@dataclass(frozen=True, slots=True)
class Line:
    """``ratio`` against the floor of the same run (None: an exact count); ``goal`` its upper bound; ``counts`` the bare figures behind it."""

    name: str
    ratio: float | None
    goal: float | None
    counts: str
    note: str = ""
    spread: float = 0.0
    """Coefficient of variation of the floor over the rounds; 0 where it does not matter (CPU, counts)."""

    @property
    def verdict(self) -> str:
        if self.ratio is None or self.goal is None:
            return "counted"
        met = "met" if self.ratio <= self.goal else "missed"
        return f"void ({met})" if self.spread > VOID_ABOVE else met


@dataclass(frozen=True, slots=True)
class Rounds:
    """The same work done in turn by ours and by the floor, some rounds of some repetitions each; seconds.

    ``best``: of each round the quickest repetition (work of a millisecond, where a neighbour's turn on the core costs ten), else its median."""

    ours: Sequence[Sequence[float]]
    floor: Sequence[Sequence[float]]
    best: bool = False

    def middle(self, rounds: Sequence[Sequence[float]]) -> float:
        return statistics.median(self._each(rounds))

    def _each(self, rounds: Sequence[Sequence[float]]) -> list[float]:
        return [min(one) if self.best else statistics.median(one) for one in rounds]

    @property
    def ratio(self) -> float:
        return self.middle(self.ours) / self.middle(self.floor)

    @property
    def spread(self) -> float:
        each = self._each(self.floor)
        return statistics.stdev(each) / statistics.mean(each)


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def show(lines: Sequence[Line]) -> str:
    """The table as Markdown, ready for docs/performance.md."""
    head = ("measure", "ratio", "goal", "verdict", "counts", "note")
    rows = [
        (
            one.name,
            "–" if one.ratio is None else f"{one.ratio:.2f}",
            "–" if one.goal is None else f"≤ {one.goal:g}",
            one.verdict,
            one.counts,
            one.note,
        )
        for one in lines
    ]
    wide = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    shown = [head, tuple("-" * width for width in wide), *rows]
    return "\n".join("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)) + " |" for row in shown)
