"""What a page asks the render worker for when a post changes holder: the list of what is handed over, sealed."""

from __future__ import annotations

from dataclasses import dataclass

HANDOVER = "serah-terima"
"""A standalone activity on the render queue; the page starts it and waits a bounded time."""


@dataclass(frozen=True, slots=True)
class HandoverInput:
    key: str
    """The same twice is one paper."""
    position: str
    at: str
    """Instant of the change of holder; "" = the next one that is ordered, or none."""
    stand: str
    """Instant whose list it is."""
    now: str
    """Instant it is asked for: the date of the paper."""
    person: str
    """Who asked."""
    mandate: str = ""


@dataclass(frozen=True, slots=True)
class HandoverPaper:
    id: str
    sha: str
    verify_code: str
