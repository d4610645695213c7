"""What goes wrong inside the city while a walk is under way, told apart from what it refuses by name."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from temporalio.exceptions import ApplicationError

from activities.printing import NotVerified
from engine.errors import by_code

FORESEEN = frozenset({"proses-tidak-ada", "ragu"})
"""Failures by name beside the refusals: a process this city does not have, a system that does not answer."""
AWAY = "remote_down"
"""What the signing service says when the walk lets it be away."""


class Faults(logging.Handler):
    """Failures of activities that are no refusal by name: what crashed, whether or not a later try went well."""

    def __init__(self, apart: Collection[str]) -> None:
        super().__init__()
        self.apart = apart
        self.met: list[str] = []
        self.refused: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if str(getattr(record, "temporal_activity", {}).get("workflow_id", "")).removeprefix("case/") in self.apart:
            return
        if isinstance(error, ApplicationError) and (error.type in by_code() or error.type in FORESEEN):
            self.refused.append(f"{error.type}: {error.message}")
        elif error is not None and not (isinstance(error, NotVerified) and AWAY in str(error)):
            self.met.append(f"{type(error).__name__}: {error}")


@contextmanager
def listening(apart: Collection[str]) -> Iterator[Faults]:
    """``apart``: cases of which nothing is asked any more."""
    heard, logger = Faults(apart), logging.getLogger("temporalio.activity")
    logger.addHandler(heard)
    try:
        yield heard
    finally:
        logger.removeHandler(heard)
