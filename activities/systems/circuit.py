"""A circuit breaker: a system that keeps failing is left alone for a while, so that cases do not queue up behind its time-outs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from activities.systems.port import Doubt


@dataclass(slots=True)
class Circuit:
    """Closed: everything passes. After ``threshold`` failures in a row open for ``rest`` seconds; then one try decides."""

    system: str
    threshold: int = 5
    rest: float = 30.0
    clock: Callable[[], float] = time.monotonic
    failures: int = 0
    opened: float | None = None
    trying: bool = False

    def enter(self) -> None:
        """Raises Doubt while it is open, and for all but one while it tries again."""
        if self.opened is None:
            return
        if self.trying or self.clock() - self.opened < self.rest:
            raise Doubt(self.system, "diistirahatkan", "berulang kali tidak menjawab; permintaan ditahan sebentar.")
        self.trying = True

    def worked(self) -> None:
        self.failures, self.opened, self.trying = 0, None, False

    def failed(self) -> None:
        self.failures += 1
        if self.trying or self.failures >= self.threshold:
            self.opened, self.trying = self.clock(), False
