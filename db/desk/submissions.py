"""A filled form as it is sent with a decision: stored before the decision leaves, pinned by the SHA-256 of its canonical text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from ulid import ULID

from db.tables.submission import submission
from forms import canonical


async def put(connection: AsyncConnection, person: str, values: Mapping[str, Any], now: datetime) -> dict[str, str]:
    """Gives ``{"id", "sha"}``, the ``filled`` of a decision. Refuses values without a canonical form (TypeError)."""
    row = {"id": str(ULID()), "sha": canonical.sha256(values)}
    await connection.execute(insert(submission).values(**row, person=person, values=dict(values), created=now))
    return row
