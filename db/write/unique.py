"""One matter, one case: the fields of ``Process.unique`` are held by the first case that goes on with them, within its organisation."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.errors import AlreadyRecorded
from engine.evaluate import is_empty
from engine.events import Json
from engine.process import Process

_EARLIER = text("""
    SELECT c.no, c.form ->> 'nomor_agenda' AS agenda FROM case_key k JOIN "case" c ON c.id = k.case_id
    WHERE k.process = :process AND k.unit = (SELECT unit FROM "case" WHERE id = :case) AND k.key = :key AND NOT k.released AND k.case_id <> :case
""")
_HOLD = text("""
    INSERT INTO case_key (case_id, process, unit, key) SELECT c.id, :process, c.unit, :key FROM "case" c WHERE c.id = :case
    ON CONFLICT (case_id) DO UPDATE SET key = excluded.key, released = false
""")


def key_of(process: Process, form: Mapping[str, Json]) -> str:
    """SHA-256 over the values, whatever their case and spacing; "" while one of them is empty."""
    values = [form.get(name) for name in process.unique]
    if any(is_empty(value) for value in values):
        return ""
    return hashlib.sha256("\x1f".join(" ".join(str(value).split()).casefold() for value in values).encode()).hexdigest()


async def hold(connection: AsyncConnection, case_id: str, process: Process, form: Mapping[str, Json]) -> None:
    """The case holds its key from now. Refuses (AlreadyRecorded) one that another open or finished case holds, and names that case.

    Of two at once the second waits for the first to commit and then meets the index (``record`` knows its name)."""
    key = key_of(process, form)
    if not key:
        return
    asked = {"process": process.code, "case": case_id, "key": key}
    earlier = (await connection.execute(_EARLIER, asked)).one_or_none()
    if earlier is not None:
        labels = ", ".join(process.fields[name].label.lower() for name in process.unique)
        under = f"nomor agenda {earlier.agenda} (perkara {earlier.no})" if earlier.agenda else f"perkara {earlier.no}"
        raise AlreadyRecorded(f"Yang sama ({labels}) sudah tercatat dengan {under}. Tandai ganda dan tunjuk yang itu, atau perbaiki isiannya.")
    await connection.execute(_HOLD, asked)


async def release(connection: AsyncConnection, case_id: str) -> None:
    """The case came to nothing: the same matter may be recorded again."""
    await connection.execute(text("UPDATE case_key SET released = true WHERE case_id = :case AND NOT released"), {"case": case_id})
