"""The log of reading: whoever opens the trail or a file of a secret case, or reads an identity whole, leaves a line that nobody can change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.tables.desk import reading

What = Literal["riwayat", "ekspor", "berkas", "naskah", "identitas"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One line: who read what, in which office, when."""

    what: What
    name: str
    title: str
    at: datetime


async def note(
    connection: AsyncConnection, case_id: str, what: What, person: str, name: str, position: str, title: str, ip: str, now: datetime
) -> None:
    """Write the line before anything is shown."""
    row = {"case_id": case_id, "what": what, "person": person, "name": name, "position": position, "title": title, "ip": ip, "at": now}
    await connection.execute(insert(reading).values(row))


async def of_case(connection: AsyncConnection, case_id: str, limit: int = 50) -> list[Reading]:
    """Newest first."""
    chosen = select(reading.c.what, reading.c.name, reading.c.title, reading.c.at).where(reading.c.case_id == case_id)
    rows = await connection.execute(chosen.order_by(reading.c.at.desc(), reading.c.id.desc()).limit(limit))
    return [Reading(row.what, row.name, row.title, row.at) for row in rows]
