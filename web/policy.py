"""Who may open which page: pure functions over the viewer. What a person may do *to a case* is decided by the case, not here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from engine.errors import FactorStale, NotAllowed, NotSignedIn, Refusal
from web.ports import Capacity, Person

FRESH = timedelta(minutes=5)
"""A factor shown longer ago does not serve for mandates or exports. A signature asks for its own passphrase each time."""

Need = Literal["public", "signed_in", "fresh_factor"]


@dataclass(frozen=True, slots=True)
class Policy:
    """What a route asks. ``functions``: the viewer must hold one of these desks (``auditor``, ``operator-alur``)."""

    need: Need
    functions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at the page, on which device, acting for which position."""

    person: Person
    device: str
    factor_at: datetime
    capacities: tuple[Capacity, ...] = ()
    acting: Capacity | None = None
    """The capacity chosen on this device; None when the person holds no position now."""
    functions: frozenset[str] = frozenset()
    theme: str = ""
    language: str = "id"
    shortcuts: bool = True
    unread: int = 0
    """Notices not read yet; 100 means at least so many."""

    @property
    def stands_in(self) -> bool:
        """Acts for a position that is not his own: the page must say so."""
        return self.acting is not None and self.acting.kind != "definitif"


def judge(policy: Policy, viewer: Viewer | None, now: datetime) -> Refusal | None:
    """The refusal, None when the page may be shown."""
    if policy.need == "public":
        return None
    if viewer is None or not viewer.person.active:
        return NotSignedIn()
    if policy.functions and not policy.functions & viewer.functions:
        return NotAllowed()
    if policy.need == "fresh_factor" and now - viewer.factor_at > FRESH:
        return FactorStale()
    return None
