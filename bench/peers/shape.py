"""What every peer does: a leave of five decisions, one after the other, some cases of them. Plain Python: it runs where nothing of ours is installed."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

STEPS = ("ajukan", "pertimbangkan", "verifikasi", "putuskan", "catat")
WARM, CASES = 3, 25


def play(open_case: Callable[[], object], decide: Callable[[object, str], None], statements: Callable[[], int]) -> None:
    """Plays the cases and prints one line of JSON: seconds of each decision, CPU of this process and statements over the measured cases.

    Waits for a line on its input before the measured part, so that who measures can look at the server first."""
    for _ in range(WARM):
        _one(open_case, decide)
    print("warm", flush=True)
    sys.stdin.readline()
    took: list[float] = []
    counted, cpu = statements(), time.process_time()
    for _ in range(CASES):
        took += _one(open_case, decide)
    print(json.dumps({"seconds": took, "cpu": time.process_time() - cpu, "statements": statements() - counted}), flush=True)
    sys.stdin.readline()


def _one(open_case: Callable[[], object], decide: Callable[[object, str], None]) -> list[float]:
    case, took = open_case(), []
    for step in STEPS:
        begun = time.perf_counter()
        decide(case, step)
        took.append(time.perf_counter() - begun)
    return took
