"""The register of a.n. and u.b.: which post signs for which other, for what kinds of letter, by what decree, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_ALL = text("""
    SELECT m.*, f.title AS from_title, t.title AS to_title FROM mandate m JOIN position f ON f.code = m.from_position JOIN position t ON t.code = m.to_position
    WHERE (:over OR m.ends IS NULL OR m.ends > :now) AND (:words = '' OR strpos(lower(f.title), :words) > 0 OR strpos(lower(t.title), :words) > 0)
    ORDER BY f.echelon = '', f.echelon, f.title, m.form, t.title, m.starts LIMIT :limit
""")


@dataclass(frozen=True, slots=True)
class Behalf:
    id: str
    form: str
    """an, ub."""
    from_position: str
    from_title: str
    to_position: str
    to_title: str
    kinds: tuple[str, ...]
    """Kinds of letter; () = every kind the post may sign."""
    decree: str
    starts: datetime
    ends: datetime | None


async def behalves(connection: AsyncConnection, now: datetime, words: str = "", over: bool = False, limit: int = 500) -> list[Behalf]:
    """Those in force or to come, by the post that gives; ``over``: also those that ended. One statement."""
    rows = await connection.execute(_ALL, {"now": now, "words": words.strip().lower(), "over": over, "limit": limit})
    return [
        Behalf(r.id, r.form, r.from_position, r.from_title, r.to_position, r.to_title, tuple(r.document_kinds), r.decree, r.starts, r.ends)
        for r in rows
    ]
