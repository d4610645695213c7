"""When an act takes place: by the case's clock, which the trail goes by too; only secrets and certificates go by the wall."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.trail import moment
from workflows.contracts import ActInput


def time_of(given: ActInput) -> datetime:
    """The instant at which the case ordered the act; the wall clock for an order that does not say."""
    return moment(given.at) if given.at else datetime.now(UTC)
