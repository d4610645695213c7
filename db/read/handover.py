"""What a post hands over when its holder changes: open tasks, dispositions nobody read, letters in draft; and who hands over to whom.

Only a plain letter shows what it is about. Everything else is named by its number: the list goes on paper and to the personnel desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.holders import PREFIX, printed_name
from engine.errors import NotFound

MOST = 500
Kind = Literal["tugas", "disposisi", "konsep"]

_TASKS = text("""
    SELECT t.id, t.title, t.step, t.kind, t.opened_at, t.due, c.no, c.id AS case_id, c.title AS case_title, c.secrecy,
      CASE WHEN c.secrecy = 'biasa' THEN c.subject ELSE '' END AS subject,
      t.kind = 'branch' AND (b.read_at IS NULL OR b.read_at > :at) AND b.branch IS NOT NULL AS unread, g.title AS giver
    FROM (
      SELECT p.task_id FROM task_position p WHERE p.position = :position
      UNION SELECT t.id FROM case_reader r JOIN task t ON t.case_id = r.case_id
      WHERE :past AND r.position = :position AND r.position = ANY(t.positions) AND t.closed_at > :at
    ) held JOIN task t ON t.id = held.task_id JOIN "case" c ON c.id = t.case_id
      LEFT JOIN disposition_branch b ON b.case_id = t.case_id AND b.round = t.round AND t.instance = b.instance || '#' || b.branch
      LEFT JOIN position g ON g.code = b.given_by
    WHERE t.opened_at <= :at AND (t.closed_at IS NULL OR t.closed_at > :at) ORDER BY t.due NULLS LAST, t.id LIMIT :limit
""")
_LETTERS = text("""
    SELECT d.id, d.title, d.number, d.made_at, c.no, c.id AS case_id, c.title AS case_title, c.secrecy,
      CASE WHEN c.secrecy = 'biasa' AND d.secrecy = 'biasa' THEN c.subject ELSE '' END AS subject
    FROM (
      SELECT c.id FROM case_reader r JOIN "case" c ON c.id = r.case_id WHERE r.position = :position AND c.starter_position = :position AND c.status = 'open'
      UNION SELECT t.case_id FROM task_position p JOIN task t ON t.id = p.task_id WHERE p.position = :position
    ) held JOIN document d ON d.case_id = held.id JOIN "case" c ON c.id = held.id
    WHERE d.made_at <= :at AND (d.status IN ('konsep', 'dicadangkan') OR (d.status IN ('ditandatangani', 'disegel') AND d.signed_at > :at))
    ORDER BY d.made_at, d.id LIMIT :limit
""")
_HOLDS = text("""
    SELECT h.seat, h.capacity, h.mandate, p.title, o.id, o.name, o.front_degrees, o.back_degrees, o.nip, o.rank, o.grade
    FROM held_at(:at) h JOIN position p ON p.code = h.seat JOIN person o ON o.id = h.person WHERE h.seat = :position
""")
_LAST = text("""
    SELECT max(ended) FROM (
      SELECT ends AS ended FROM incumbency WHERE position = :position AND ends <= :at
      UNION ALL SELECT ends FROM acting WHERE position = :position AND cancelled_at IS NULL AND ends <= :at
    ) x
""")
_SINCE = text("""
    SELECT max(since) FROM (
      SELECT starts AS since FROM incumbency WHERE position = :position AND starts <= :at
      UNION ALL SELECT starts FROM acting WHERE position = :position AND cancelled_at IS NULL AND starts <= :at
      UNION ALL SELECT ends FROM incumbency WHERE position = :position AND ends <= :at
      UNION ALL SELECT ends FROM acting WHERE position = :position AND cancelled_at IS NULL AND ends <= :at
    ) x
""")
_NEXT = text("""
    SELECT min(turns) FROM (
      SELECT starts AS turns FROM incumbency WHERE position = :position AND starts > :at
      UNION ALL SELECT ends FROM incumbency WHERE position = :position AND ends > :at AND ends < 'infinity'
      UNION ALL SELECT starts FROM acting WHERE position = :position AND cancelled_at IS NULL AND starts > :at
      UNION ALL SELECT ends FROM acting WHERE position = :position AND cancelled_at IS NULL AND ends > :at AND starts <= :at
    ) x
""")
_PAPERS = text("""
    SELECT id, title, mandate, verify_code, signed_sha, made_at, content FROM office_document
    WHERE position = :position AND kind = 'serah-terima' AND signed_sha IS NOT NULL ORDER BY made_at DESC LIMIT 20
""")


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that waits at the post."""

    kind: Kind
    no: int
    case_id: str
    title: str
    """Of the step, or of the letter."""
    case_title: str
    subject: str
    """"" where the matter is not plain: then its number alone names it."""
    secrecy: str
    since: datetime
    due: datetime | None = None
    number: str = ""
    giver: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """Who gives or takes the post over."""

    person: str
    name: str
    nip: str
    rank: str
    title: str
    """With Plt., Plh. … as printed."""
    mandate: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One change of holder. None: nobody, the post is vacant then."""

    position: str
    title: str
    unit_name: str
    at: datetime
    giver: Party | None
    taker: Party | None
    known: bool = True
    """False: no change is ordered; it is the list as it would be handed over now, and who takes over is not named yet."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sealed list that was made."""

    id: str
    title: str
    verify_code: str
    sha: str
    made_at: datetime
    parties: tuple[str, ...]
    """Ids of those who give and take."""


async def matters(connection: AsyncConnection, position: str, at: datetime, now: datetime) -> list[Matter]:
    """What waited at the post at that instant (the present one for a change still to come), by kind and due date; at most MOST of a kind."""
    then = min(at, now)
    asked = {"position": position, "at": then, "past": then < now, "limit": MOST}
    found = [_task(r) for r in await connection.execute(_TASKS, asked)]
    letters = [
        Matter("konsep", r.no, r.case_id, r.title, r.case_title, r.subject, r.secrecy, r.made_at, number=r.number)
        for r in await connection.execute(_LETTERS, {name: asked[name] for name in ("position", "at", "limit")})
    ]
    return [*(one for one in found if one.kind == "tugas"), *(one for one in found if one.kind == "disposisi"), *letters]


def _task(r: Row[Any]) -> Matter:
    kind: Kind = "disposisi" if r.unread else "tugas"
    return Matter(kind, r.no, r.case_id, r.title or r.step, r.case_title, r.subject, r.secrecy, r.opened_at, r.due, giver=r.giver or "")


async def turn(connection: AsyncConnection, position: str, at: datetime) -> Turn:
    """The change of holder at that instant: whoever acted right before, after a vacancy the last before it; and whoever acts from then. NotFound."""
    row = (await connection.execute(_POST, {"position": position})).one_or_none()
    if row is None:
        raise NotFound("Jabatan ini tidak ada. Pilih dari daftar jabatan.")
    giver = await _holds(connection, position, at - timedelta(microseconds=1))
    if giver is None and (last := (await connection.execute(_LAST, {"position": position, "at": at})).scalar_one()) is not None:
        giver = await _holds(connection, position, last - timedelta(microseconds=1))
    return Turn(position, row.title, row.unit_name, at, giver, await _holds(connection, position, at))


async def latest(connection: AsyncConnection, position: str, now: datetime) -> Turn:
    """The last change of holder that has come; a turn at ``now`` where the post never changed."""
    at = (await connection.execute(_SINCE, {"position": position, "at": now})).scalar_one()
    return await turn(connection, position, at or now)


async def coming(connection: AsyncConnection, position: str, now: datetime) -> Turn:
    """The next change of holder that is ordered; without one, whoever acts now would hand over, and nobody is named to take over. NotFound."""
    at = (await connection.execute(_NEXT, {"position": position, "at": now})).scalar_one()
    if at is not None:
        return await turn(connection, position, at)
    here = await turn(connection, position, now)
    return Turn(position, here.title, here.unit_name, now, here.taker, None, known=here.taker is None)


async def papers(connection: AsyncConnection, position: str) -> list[Paper]:
    """Sealed lists of this post, newest first."""
    rows = await connection.execute(_PAPERS, {"position": position})
    return [
        Paper(r.id, r.title, r.verify_code, r.signed_sha, r.made_at, tuple(one["person"] for one in (r.content["giver"], r.content["taker"]) if one))
        for r in rows
    ]


_POST = text("SELECT p.title, u.name AS unit_name FROM position p JOIN unit u ON u.code = p.unit WHERE p.code = :position")


async def _holds(connection: AsyncConnection, position: str, at: datetime) -> Party | None:
    r = (await connection.execute(_HOLDS, {"position": position, "at": at})).one_or_none()
    if r is None:
        return None
    rank = f"{r.rank} ({r.grade})" if r.rank else (f"Golongan {r.grade}" if r.grade else "")
    return Party(r.id, printed_name(r.front_degrees, r.name, r.back_degrees), r.nip or "", rank, PREFIX.get(r.capacity, "") + r.title, r.mandate)
