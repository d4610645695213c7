"""Acting mandates as pages and rules need them: lists, one whole with both names, months already served, and what the rules ask of a new one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.holders import PREFIX, printed_name
from engine.errors import NotFound
from engine.mandates import PARAMETERS, Circumstances, Limits, Mandate, Post, latest_end, limits, plus_months
from engine.ranks import Seat, jenjang

When = Literal["berjalan", "mendatang", "lampau", "dibatalkan"]

_LIST = """
    SELECT * FROM (
      SELECT a.*, p.title, p.unit, u.name AS unit_name, o.name, o.front_degrees, o.back_degrees, o.nip, h.name AS holder_name,
        h.front_degrees AS holder_front, h.back_degrees AS holder_back, i.person AS holder,
        CASE WHEN a.cancelled_at IS NOT NULL THEN 'dibatalkan' WHEN a.starts > :now THEN 'mendatang'
             WHEN a.ends IS NOT NULL AND a.ends <= :now THEN 'lampau' ELSE 'berjalan' END AS state
      FROM acting a JOIN position p ON p.code = a.position JOIN unit u ON u.code = p.unit JOIN person o ON o.id = a.person
        LEFT JOIN incumbency i ON i.position = a.position AND i.starts <= a.starts AND (i.ends IS NULL OR i.ends > a.starts)
        LEFT JOIN person h ON h.id = i.person
    ) found WHERE {where}
"""
_SOME = text(
    _LIST.format(
        where="""
      (CAST(:states AS text[]) = '{}' OR state = ANY(:states)) AND (:position = '' OR position = :position) AND (:person = '' OR person = :person)
      AND (:case_id = '' OR case_id = :case_id) AND (:kind = '' OR kind = :kind) AND (:seat = '' OR title ILIKE '%' || :seat || '%' OR position = :seat)
      AND (:who = '' OR name ILIKE '%' || :who || '%' OR nip = :who) AND (starts, id) < (CAST(:before AS timestamptz), :before_id)
      ORDER BY starts DESC, id DESC LIMIT :limit"""
    )
)
_ONE = text(_LIST.format(where="id = :id"))
_POSTS = text("""
    SELECT p.code, p.title, p.echelon, p.is_head, p.is_secretary, u.kind, u.organisation, (
      SELECT g.organisation FROM unit o JOIN unit g ON g.code = o.parent WHERE o.code = u.organisation AND g.kind <> 'kota') AS above
    FROM position p JOIN unit u ON u.code = p.unit
    WHERE p.active AND (p.code = :position OR p.code IN (
      SELECT i.position FROM incumbency i WHERE i.person = :person AND i.starts <= :at AND (i.ends IS NULL OR i.ends > :at)))
""")
_HOLDER = text("SELECT person FROM incumbency i WHERE i.position = :position AND i.starts <= :at AND (i.ends IS NULL OR i.ends > :at)")
_OTHERS = text("SELECT * FROM acting a WHERE a.cancelled_at IS NULL AND (a.position = :position OR a.person = :person) ORDER BY a.starts")
_SERVED = text("""
    SELECT a.starts, least(a.ends, :before) AS ends FROM acting a
    WHERE a.position = :position AND a.kind = 'plt' AND a.cancelled_at IS NULL AND a.starts < :before AND (:person = '' OR a.person = :person)
      AND a.starts >= coalesce((SELECT max(i.ends) FROM incumbency i WHERE i.position = a.position AND i.ends <= :before), '-infinity')
    ORDER BY a.starts
""")
_PARAMETERS = text("SELECT name, value FROM parameter WHERE name = ANY(:names) AND starts <= :day AND (ends IS NULL OR ends > :day)")
_FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Of an order without an end (Pj from above the city)."""


@dataclass(frozen=True, slots=True)
class Order:
    """One mandate with both names: who acts, and in whose place ("" = the post is vacant)."""

    mandate: Mandate
    state: When
    title: str
    """With Plt., Plh. … as printed."""
    unit: str
    unit_name: str
    name: str
    nip: str
    holder: str
    """Name of the definitive holder when it began."""
    case_id: str
    document: str
    cancelled_at: datetime | None


async def mandates(
    connection: AsyncConnection, now: datetime, states: Sequence[When] = (), position: str = "", person: str = "", case_id: str = "",
    limit: int = 100, before: Order | None = None, kind: str = "", seat: str = "", who: str = "",
) -> list[Order]:  # fmt: skip
    """Newest first, from after ``before`` (the last of the page before); of one post, person or case where named. ``states``: only those; () = all.

    ``seat``, ``who``: words of the post's title and of the person's name, as a reader types them. One statement."""
    asked = {
        "now": now, "states": list(states), "position": position, "person": person, "case_id": case_id, "limit": limit, "kind": kind,
        "seat": _words(seat), "who": _words(who),
        "before": before.mandate.starts if before else "infinity", "before_id": before.mandate.id if before else "",
    }  # fmt: skip
    return [_order(row) for row in await connection.execute(_SOME, asked)]


def _words(typed: str) -> str:
    """What is typed is looked for as it stands: no sign of it is a pattern."""
    return re.sub(r"([%_\\\\])", r"\\\1", typed.strip())


async def one(connection: AsyncConnection, mandate_id: str, now: datetime) -> Order:
    """Raises NotFound."""
    row = (await connection.execute(_ONE, {"id": mandate_id, "now": now})).one_or_none()
    if row is None:
        raise NotFound("Mandat ini tidak ada. Pilih dari daftar mandat.")
    return _order(row)


async def served(connection: AsyncConnection, position: str, before: datetime, person: str = "") -> tuple[tuple[datetime, datetime], ...]:
    """Plt periods on the post before that instant since it last fell vacant; of one person, or of all. A new definitive holder starts the count anew."""
    rows = await connection.execute(_SERVED, {"position": position, "before": before, "person": person})
    return tuple((row.starts, row.ends) for row in rows)


async def months_served(connection: AsyncConnection, position: str, before: datetime, person: str = "") -> int:
    """The same in months, a begun one counted as whole: what the form shows as ``bulan_terpakai``. ``before`` in the city's zone."""
    spans = await served(connection, position, before, person)
    first = latest_end(before, spans, 0)
    return next(months for months in range(1200) if plus_months(first, months) >= before)


async def bounds(connection: AsyncConnection, at: datetime) -> Limits:
    """The city's bounds in force on the day of ``at`` (in the city's zone); what the city has not set keeps the circular's value."""
    rows = await connection.execute(_PARAMETERS, {"names": list(PARAMETERS), "day": at.date()})
    return limits({row.name: row.value for row in rows})


async def circumstances(
    connection: AsyncConnection, asked: Mandate, zone: ZoneInfo, absence: tuple[datetime, datetime] | None = None
) -> Circumstances:
    """What the rules ask of a proposed mandate, as it is at its start."""
    names = {"position": asked.position, "person": asked.person, "at": asked.starts}
    posts = {row.code: _post(row) for row in await connection.execute(_POSTS, names)}
    wanted = posts.pop(asked.position, None)
    holder = (await connection.execute(_HOLDER, names)).scalar_one_or_none() or ""
    if wanted is not None and holder == asked.person:
        posts[asked.position] = wanted
    others = [_mandate(row, zone) for row in await connection.execute(_OTHERS, names)]
    spans = await served(connection, asked.position, asked.starts, asked.person)
    return Circumstances(wanted, tuple(posts.values()), holder, absence, tuple(others), spans)


def _post(row: Row[Any]) -> Post:
    seat = Seat(row.code, row.title, row.echelon, row.kind, row.is_head, row.is_secretary)
    return Post(row.code, row.title, jenjang(seat), (row.organisation, row.above) if row.above else (row.organisation,))


def _mandate(row: Row[Any], zone: ZoneInfo | None = None) -> Mandate:
    starts, ends = (at.astimezone(zone) if zone else at for at in (row.starts, row.ends or _FOREVER))
    return Mandate(
        row.id, row.kind, row.position, row.person, starts, ends, row.order_number, row.cause, frozenset(row.forbids), row.extends or ""
    )  # fmt: skip


def _order(row: Row[Any]) -> Order:
    holder = printed_name(row.holder_front, row.holder_name, row.holder_back) if row.holder else ""
    return Order(
        _mandate(row), row.state, PREFIX.get(row.kind, "") + row.title, row.unit, row.unit_name,
        printed_name(row.front_degrees, row.name, row.back_degrees), row.nip or "", holder, row.case_id, row.document, row.cancelled_at,
    )  # fmt: skip
