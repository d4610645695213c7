"""Start of ``make run`` with data present: set-up found done, then everything up, from the start of the process to pages that answer."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

import psutil

from bench.table import Line

ROOT = Path(__file__).resolve().parent.parent
TIMES = 3
GOAL = 5.0
UP = """
import sys
from pathlib import Path
from embedded.stack import Stack
stack = Stack(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), show=False)
try:
    stack.up()
    print("ready", flush=True)
    sys.stdin.readline()
finally:
    stack.down()
"""


def _prepared() -> float:
    begun = time.monotonic()
    subprocess.run([sys.executable, str(ROOT / "embedded/prepare.py"), "run"], cwd=ROOT, check=True, capture_output=True)
    return time.monotonic() - begun


def _processor(pid: int) -> float:
    """CPU seconds of a process and of everything below it, what has ended included."""
    parent = psutil.Process(pid)
    times = [one.cpu_times() for one in (parent, *parent.children(recursive=True))]
    return float(sum(one.user + one.system + one.children_user + one.children_system for one in times))


def _up(state: Path, city: Path, port: int) -> tuple[float, float]:
    """Wall and CPU seconds until the stack answers, in a new process; it is stopped again afterwards."""
    begun = time.monotonic()
    command = [sys.executable, "-c", UP, str(state), str(city), str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        said = child.stdout.readline()
        taken, processor = time.monotonic() - begun, _processor(child.pid)
        child.stdin.write("\n")
        child.stdin.close()
        child.wait(60)
    assert said.strip() == "ready", said
    return taken, processor


def measure(state: Path, city: Path, port: int) -> list[Line]:
    """``state``: a folder on which a stack ran before."""
    prepared = min(_prepared() for _ in range(TIMES))
    taken = [_up(state, city, port) for _ in range(TIMES)]
    best, median = min(wall for wall, _ in taken) + prepared, statistics.median(wall for wall, _ in taken) + prepared
    counts = f"best {best:.1f} s, median {median:.1f} s of {TIMES}; {min(cpu for _, cpu in taken):.1f} s CPU on all cores; set-up check {prepared:.2f} s of it"
    return [Line("start with data present", best / GOAL, 1.0, counts, f"wall, seconds against {GOAL:g} s; no floor: a story on a shared machine")]
