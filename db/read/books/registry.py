"""Lines of the registry: by kind and keys, valid on a day or not, with a condition on one attribute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.errors import BookUnreadable
from engine.events import Json

When = Literal["berlaku", "lewat", "semua"]

_KNOWN = text("SELECT 1 FROM registry_kind WHERE kind = :kind")
_LINES = text("""
    SELECT r.id, r.kind, r.key, r.attributes, r.valid_from, r.valid_to, coalesce(r.case_id, '') AS case_id, c.no, r.source
    FROM registry r LEFT JOIN "case" c ON c.id = r.case_id
    WHERE r.kind = :kind AND (cardinality(CAST(:keys AS text[])) = 0 OR r.key = ANY(:keys)) AND r.case_id IS DISTINCT FROM :but
      AND (r.valid_to IS NULL OR r.valid_to > r.valid_from)
      AND CASE :when WHEN 'berlaku' THEN r.valid_from <= :day AND (r.valid_to IS NULL OR r.valid_to > :day)
                     WHEN 'lewat' THEN r.valid_to <= :day ELSE true END
    ORDER BY r.valid_from DESC, r.id DESC LIMIT :limit
""")

_MARKED = text("""
    SELECT key, attributes -> CAST(:attribute AS text) AS value FROM registry
    WHERE kind = :kind AND case_id IS DISTINCT FROM :but AND attributes -> CAST(:attribute AS text) IS NOT NULL
      AND (valid_to IS NULL OR valid_to > valid_from) AND valid_from <= :last AND (valid_to IS NULL OR valid_to > :first)
    ORDER BY key, id
""")


@dataclass(frozen=True, slots=True)
class Line:
    """Valid from ``valid_from`` until the day before ``valid_to``."""

    id: int
    kind: str
    key: str
    attributes: dict[str, Json]
    valid_from: date
    valid_to: date | None
    case_id: str
    case_no: int | None
    source: str


async def lines(
    connection: AsyncConnection, kind: str, keys: Sequence[str], day: date, when: When = "berlaku", *, but: str = "", limit: int = 200
) -> list[Line]:
    """Newest first. No keys: all of the kind. ``but``: a case whose own lines do not count. A line taken back on its own day was never valid.

    Refuses (BookUnreadable) a kind the city has not declared: a missing book is not an empty one."""
    await _declared(connection, kind)
    values = {"kind": kind, "keys": list(keys), "day": day, "when": when, "but": but, "limit": limit}
    return [Line(*row) for row in await connection.execute(_LINES, values)]


async def marked(connection: AsyncConnection, kind: str, attribute: str, first: date, last: date, *, but: str = "") -> list[tuple[str, Json]]:
    """Key and value of an attribute, of every line of the kind that has it and is valid on some day from ``first`` to ``last``. As ``lines`` otherwise."""
    await _declared(connection, kind)
    values = {"kind": kind, "attribute": attribute, "first": first, "last": last, "but": but}
    return [(row.key, row.value) for row in await connection.execute(_MARKED, values)]


async def _declared(connection: AsyncConnection, kind: str) -> None:
    if (await connection.execute(_KNOWN, {"kind": kind})).scalar_one_or_none() is None:
        raise BookUnreadable(f"Registri {kind} belum ada di kota ini. Nyatakan pada city.toml bagian [registri.{kind}].")
