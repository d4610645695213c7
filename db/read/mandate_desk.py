"""Who keeps mandates, who may prepare one, who is fit for a post, and the proposals that wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.holders import PREFIX, printed_name
from engine.mandates import LADDER
from engine.ranks import Seat, jenjang

_STANDING = text("""
    SELECT p.code, p.is_secretary, u.organisation, EXISTS (SELECT 1 FROM function_post f WHERE f.position = p.code AND f.function = :desk) AS desk
    FROM position p JOIN unit u ON u.code = p.unit WHERE p.code = ANY(:seats)
""")
_POSTS = text("""
    SELECT p.code, p.title, u.name AS unit_name FROM position p JOIN unit u ON u.code = p.unit
    WHERE p.active AND p.echelon <> '' AND (CAST(:organisations AS text[]) = '{}' OR u.organisation = ANY(:organisations)) ORDER BY p.title, p.code
""")
_POST = text("""
    SELECT p.code, p.title, p.echelon, p.is_head, p.is_secretary, u.kind, u.organisation, u.name AS unit_name, (
      SELECT g.organisation FROM unit o JOIN unit g ON g.code = o.parent WHERE o.code = u.organisation AND g.kind <> 'kota') AS above
    FROM position p JOIN unit u ON u.code = p.unit WHERE p.code = :code AND p.active
""")
_FIT = text("""
    SELECT DISTINCT ON (o.id) o.id, o.nip, o.name, o.front_degrees, o.back_degrees, p.code, p.title, p.echelon, p.is_head, p.is_secretary, u.kind
    FROM incumbency i JOIN position p ON p.code = i.position JOIN unit u ON u.code = p.unit JOIN person o ON o.id = i.person
    WHERE o.active AND p.active AND p.code <> :post AND i.starts <= :now AND (i.ends IS NULL OR i.ends > :now)
      AND (u.organisation = ANY(:organisations) OR :anywhere) ORDER BY o.id, p.echelon
""")
_DRAFTS = """
    SELECT d.*, p.title, u.organisation, u.name AS unit_name, o.name, o.front_degrees, o.back_degrees, o.nip, m.name AS maker, s.title AS maker_title
    FROM mandate_draft d JOIN position p ON p.code = d.position JOIN unit u ON u.code = p.unit JOIN person o ON o.id = d.person
      JOIN person m ON m.id = d.made_by JOIN position s ON s.code = d.made_position
"""
_WAITING = text(_DRAFTS + " WHERE d.status = 'diajukan' AND (:all OR u.organisation = ANY(:organisations)) ORDER BY d.made_at LIMIT 100")
_DRAFT = text(_DRAFTS + " WHERE d.id = :id")


@dataclass(frozen=True, slots=True)
class Standing:
    """One post a person acts for, as far as mandates ask."""

    position: str
    organisation: str
    secretary: bool
    desk: bool


@dataclass(frozen=True, slots=True)
class Post:
    code: str
    title: str
    unit_name: str
    organisation: str
    above: str
    level: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal with its names."""

    id: str
    kind: str
    position: str
    title: str
    """With Plt., Plh. … as printed."""
    organisation: str
    unit_name: str
    person: str
    nip: str
    name: str
    starts: datetime
    ends: datetime
    cause: str
    order_number: str
    limits: tuple[str, ...]
    letter_sha: str
    letter_name: str
    note: str
    maker: str
    maker_title: str
    made_by: str
    made_at: datetime
    status: str
    settled_reason: str
    acting: str


async def standing(connection: AsyncConnection, seats: Sequence[str], desk: str) -> list[Standing]:
    """Of these posts: whose agency's secretary it is, and which is the desk of that function. One statement."""
    rows = await connection.execute(_STANDING, {"seats": list(seats), "desk": desk})
    return [Standing(r.code, r.organisation, r.is_secretary, r.desk) for r in rows]


async def posts(connection: AsyncConnection, organisations: Sequence[str] = ()) -> list[tuple[str, str]]:
    """(code, title) of the posts somebody can act for; of these organisations, () = all."""
    return [(r.code, r.title) for r in await connection.execute(_POSTS, {"organisations": list(organisations)})]


async def post(connection: AsyncConnection, code: str) -> Post | None:
    """None when there is no such active post."""
    r = (await connection.execute(_POST, {"code": code})).one_or_none()
    return Post(r.code, r.title, r.unit_name, r.organisation, r.above or "", _level(r)) if r is not None else None


async def fit(connection: AsyncConnection, asked: Post, steps_below: int, same_unit: bool, now: datetime) -> list[tuple[str, str]]:
    """(NIP or id, name and post) of whoever stands at the height the rules ask, high posts first. The rules themselves judge later."""
    wanted = LADDER.index(asked.level)
    organisations = [asked.organisation, *([asked.above] if asked.above else [])]
    anywhere = not same_unit or asked.level in ("pejabat-negara", "sekda")
    rows = (await connection.execute(_FIT, {"post": asked.code, "now": now, "organisations": organisations, "anywhere": anywhere})).all()
    found = [(LADDER.index(_level(r)) - wanted, r) for r in rows]
    good = sorted(((down, r) for down, r in found if 0 <= down <= steps_below), key=lambda one: (one[0], one[1].title, one[1].id))
    return [(r.nip or r.id, f"{printed_name(r.front_degrees, r.name, r.back_degrees)} – {r.title}") for _down, r in good]


async def waiting(connection: AsyncConnection, organisations: Sequence[str], everywhere: bool) -> list[Draft]:
    """Proposals nobody has answered, oldest first."""
    return [_draft(r) for r in await connection.execute(_WAITING, {"organisations": list(organisations), "all": everywhere})]


async def draft(connection: AsyncConnection, draft_id: str) -> Draft | None:
    row = (await connection.execute(_DRAFT, {"id": draft_id})).one_or_none()
    return _draft(row) if row is not None else None


def _level(r: Row[Any]) -> str:
    return jenjang(Seat(r.code, r.title, r.echelon, r.kind, r.is_head, r.is_secretary))


def _draft(r: Row[Any]) -> Draft:
    return Draft(
        r.id, r.kind, r.position, PREFIX.get(r.kind, "") + r.title, r.organisation, r.unit_name, r.person, r.nip or "",
        printed_name(r.front_degrees, r.name, r.back_degrees), r.starts, r.ends, r.cause, r.order_number, tuple(r.limits), r.letter_sha or "",
        r.letter_name, r.note, r.maker, r.maker_title, r.made_by, r.made_at, r.status, r.settled_reason, r.acting or "",
    )  # fmt: skip


async def own_posts(connection: AsyncConnection, person: str, now: datetime) -> list[str]:
    """Posts the person holds definitively now, also while another acts for one."""
    return list((await connection.execute(_OWN, {"person": person, "now": now})).scalars())


_OWN = text("SELECT position FROM incumbency WHERE person = :person AND starts <= :now AND (ends IS NULL OR ends > :now) ORDER BY position")
