"""What a page asks the render worker for when somebody wants a process as a standard operating procedure on paper."""

from __future__ import annotations

from dataclasses import dataclass, field

SOP = "sop"
"""A standalone activity on the render queue; the page starts it and waits a bounded time."""


@dataclass(frozen=True, slots=True)
class SopInput:
    """All that the paper says: the same input is the same paper."""

    sha: str
    text: str
    """Canonical JSON of the process, of this digest."""
    day: str
    """ISO day the definition was first kept in this city."""
    unit: str = ""
    """Whose procedure it is; "" where that follows from each case."""
    titles: dict[str, str] = field(default_factory=dict)
    """Titles of the processes it opens, by code."""
    archive: str = ""
    """Name of its archive class."""
    measured: dict[str, int] = field(default_factory=dict)
    """Step → hours it really takes."""


@dataclass(frozen=True, slots=True)
class SopPaper:
    sha: str
    """Of the stored PDF."""
    pages: int
