"""The books as their keepers see them: who is booked when, every line of a registry, places."""

# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.books.keeping import NEAR, PAGE
from db.read.holders import printed_name
from engine.events import Json

_BOOKED = text(f"""
    SELECT b.key, b.kind, b.resource, b.starts, b.ends, b.purpose, b.source, b.note, b.state, b.reason, c.no, c.status, b.lasting,
      coalesce(o.nip, '') AS nip, coalesce(o.name, '') AS name, coalesce(o.front_degrees, '') AS front, coalesce(o.back_degrees, '') AS back
    FROM booking b LEFT JOIN "case" c ON c.id = b.case_id LEFT JOIN person o ON b.kind = 'orang' AND o.id = b.resource
    WHERE (:key = '' OR b.key = :key) AND b.ends > :since AND b.starts < :until AND (:all OR b.state = 'active') AND (:kind = '' OR b.kind = :kind)
      AND (cardinality(CAST(:units AS text[])) = 0 OR (b.kind = 'orang' AND {NEAR.format(who="b.resource")}))
      AND (:words = '' OR b.resource = :words OR o.nip = :words OR o.name ILIKE '%' || :words || '%')
    ORDER BY b.starts, b.key LIMIT :limit
""")
_BOOKING_KINDS = text("SELECT DISTINCT kind FROM booking ORDER BY kind")


@dataclass(frozen=True, slots=True)
class Booked:
    """``may_free``: not decided by a case that is still under way."""

    key: str
    kind: str
    resource: str
    starts: datetime
    ends: datetime
    purpose: str
    source: str
    note: str
    state: str
    reason: str
    case_no: int | None
    may_free: bool
    nip: str
    name: str


@dataclass(frozen=True, slots=True)
class Span:
    since: datetime
    until: datetime
    kind: str = ""
    words: str = ""
    units: Sequence[str] = ()
    freed: bool = False
    key: str = ""


async def booked(connection: AsyncConnection, span: Span, now: datetime, limit: int = 200) -> list[Booked]:
    """What overlaps the span, the earliest first; ``freed``: given-back ones too."""
    values = {
        "since": span.since, "until": span.until, "kind": span.kind, "words": span.words, "units": list(span.units), "all": span.freed, "now": now,
        "limit": limit, "key": span.key,
    }  # fmt: skip
    rows = await connection.execute(_BOOKED, values)
    return [
        Booked(
            r.key, r.kind, r.resource, r.starts, r.ends, r.purpose, r.source, r.note, r.state, r.reason, r.no,
            r.state == "active" and (r.status != "open" or r.lasting), r.nip, printed_name(r.front, r.name, r.back) if r.name else "",
        )
        for r in rows
    ]  # fmt: skip


async def one_booked(connection: AsyncConnection, key: str, units: Sequence[str], now: datetime) -> Booked | None:
    """By its key, given back or not; None where there is none, or not of these units' people."""
    ever = Span(datetime.min.replace(year=1900, tzinfo=UTC), datetime.max.replace(year=2900, tzinfo=UTC), units=units, freed=True, key=key)
    found = await booked(connection, ever, now, 1) if key else []
    return found[0] if found else None


async def booking_kinds(connection: AsyncConnection) -> list[str]:
    return list((await connection.execute(_BOOKING_KINDS)).scalars())


_LINES = text("""
    SELECT r.id, r.key, r.attributes, r.valid_from, r.valid_to, r.source, r.closed_by, c.no FROM registry r LEFT JOIN "case" c ON c.id = r.case_id
    WHERE r.kind = :kind AND (:number = 0 OR r.id = :number)
      AND (:words = '' OR r.key ILIKE '%' || :words || '%' OR r.attributes::text ILIKE '%' || :words || '%')
      AND CASE :when WHEN 'berlaku' THEN r.valid_from <= :day AND (r.valid_to IS NULL OR r.valid_to > :day)
                     WHEN 'lewat' THEN r.valid_to <= :day WHEN 'sah' THEN r.valid_to IS NULL OR r.valid_to > r.valid_from ELSE true END
      AND (:before = 0 OR r.id < :before)
    ORDER BY r.id DESC LIMIT :limit
""")


@dataclass(frozen=True, slots=True)
class Line:
    """``replaced``: it was never valid: a newer version, or the return of its case, took its place."""

    id: int
    key: str
    attributes: dict[str, Json]
    valid_from: date
    valid_to: date | None
    source: str
    closed_by: str
    case_no: int | None

    @property
    def replaced(self) -> bool:
        return self.valid_to == self.valid_from


async def lines(
    connection: AsyncConnection, kind: str, day: date, words: str = "", when: str = "berlaku", *, number: int = 0, before: int = 0, limit: int = PAGE
) -> list[Line]:
    """Newest first; ``when``: berlaku, lewat, sah (all that ever held), semua (replaced versions too)."""
    values = {"kind": kind, "day": day, "words": words, "when": when, "number": number, "before": before, "limit": limit}
    return [Line(*row) for row in await connection.execute(_LINES, values)]


_PLACES = text("""
    SELECT p.code, p.kind, p.name, coalesce(p.parent, '') AS parent, coalesce(u.name, '') AS above, p.geometry IS NOT NULL AS shaped
    FROM place p LEFT JOIN place u ON u.code = p.parent
    WHERE (:code = '' OR p.code = :code) AND (:words = '' OR p.name ILIKE '%' || :words || '%' OR p.code LIKE :words || '%' OR p.kind = :words)
      AND p.code > :after ORDER BY p.code LIMIT :limit
""")
_SHAPE = text("SELECT geometry FROM place WHERE code = :code")


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    kind: str
    name: str
    parent: str
    above: str
    """Name of the parent."""
    shaped: bool


async def places(connection: AsyncConnection, words: str = "", *, code: str = "", after: str = "", limit: int = PAGE) -> list[Place]:
    """By code; pass the last code as ``after`` to go on."""
    return [Place(*row) for row in await connection.execute(_PLACES, {"words": words, "code": code, "after": after, "limit": limit})]


async def geometry(connection: AsyncConnection, code: str) -> Json:
    """GeoJSON, None where the city has given none."""
    return (await connection.execute(_SHAPE, {"code": code})).scalar_one_or_none()
