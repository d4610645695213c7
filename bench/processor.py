"""Processor time of the product's parts, read from ``/proc``: each with everything it started."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from embedded.stack import Stack

TICKS = os.sysconf("SC_CLK_TCK")


def of_process(pid: int) -> float:
    """Seconds of one process, user and system, without its children."""
    return _read(Path(f"/proc/{pid}/stat"))[1]


def of_parts(stack: Stack) -> dict[str, float]:
    """Seconds of pages, worker, PostgreSQL and Temporal, with all their descendants that still live."""
    assert stack.database is not None
    assert stack.server is not None
    tops = {
        **{name: child.pid for name, child in stack.children.items()},
        "PostgreSQL": stack.database.process.pid,
        "Temporal": stack.server.process.pid,
    }
    spent, below = {}, defaultdict(list)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent, seconds = _read(folder / "stat")
        except OSError:
            continue
        spent[int(folder.name)] = seconds
        below[parent].append(int(folder.name))
    return {name: _sum(pid, spent, below) for name, pid in tops.items()}


def _sum(pid: int, spent: Mapping[int, float], below: Mapping[int, list[int]]) -> float:
    return spent.get(pid, 0.0) + sum(_sum(child, spent, below) for child in below.get(pid, []))


def _read(stat: Path) -> tuple[int, float]:
    fields = stat.read_text().rpartition(")")[2].split()
    return int(fields[1]), (int(fields[11]) + int(fields[12])) / TICKS
