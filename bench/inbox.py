"""The first page of an inbox of ten thousand tasks: against one of a hundred, against the bare query of one position, and of two posts and a Plh."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

import psycopg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bench.database import Database, plain
from bench.table import Line, Rounds, milliseconds
from db.connect import connect
from db.read.inbox import PAGE, inbox
from tests.db.play import city
from tests.db.processes import LETTER

SMALL, LARGE = ("camat-benda", 100), ("camat-pinang", 10_000)
HATS = ("camat-cibodas", "camat-periuk", "camat-neglasari")
"""Posts of one person: two of his own, the third as Plh.; ten thousand tasks lie on all three together."""
OTHERS = 50_000
"""Open tasks of all other positions, so that the index is not the officials' own."""
ROUNDS, TIMES, WARM = 10, 30, 60
"""More than five repetitions on one connection first: the sixth is where a generic plan would come in."""
RAW = """
    SELECT t.id, c.no, c.title, c.subject, p.due FROM task_position p JOIN task t ON t.id = p.task_id
    JOIN "case" c ON c.id = t.case_id WHERE p.position = %s ORDER BY p.due, p.task_id LIMIT %s
"""
_FILL = """
    WITH made AS (INSERT INTO task (case_id, instance, step, round, kind, opened_at, opened_seq, due)
      SELECT 'b-' || n % 1000, %(seat)s || n, 'x', 1, 'task', now(), 1, now() + n * interval '1 minute' FROM generate_series(1, %(many)s) n
      RETURNING id, due)
    INSERT INTO task_position (position, task_id, due) SELECT
      CASE WHEN %(seat)s = '' THEN s.codes[1 + id %% array_length(s.codes, 1)] ELSE %(seat)s END, id, due
    FROM made, (SELECT array_agg(code ORDER BY code) codes FROM position WHERE code <> ALL(%(kept)s)) s
"""
Call = Callable[[], Awaitable[object]]


def _fill(given: Database) -> None:
    with given.admin() as owner:
        owner.execute(
            'INSERT INTO "case" (id, process, sha, title, opened_at, subject) '
            "SELECT 'b-' || n, 'surat-uji', 's', 'Surat uji', now(), 'Permohonan data ' || n FROM generate_series(0, 999) n"
        )
        kept = [SMALL[0], LARGE[0], *HATS]
        for seat, many in (SMALL, LARGE, *((hat, LARGE[1] // len(HATS)) for hat in HATS), ("", OTHERS)):
            owner.execute(_FILL.replace("n % 1000", "n %% 1000"), {"seat": seat, "many": many, "kept": kept})
        held = "(SELECT person FROM incumbency WHERE position = %(own)s AND ends IS NULL)"
        owner.execute(f"UPDATE incumbency SET person = {held} WHERE position = %(second)s AND ends IS NULL", {"own": HATS[0], "second": HATS[1]})
        owner.execute(
            "INSERT INTO acting (id, kind, position, person, starts, ends, order_number) "
            f"SELECT 'bench', 'plh', %(third)s, {held}, now() - interval '1 day', now() + interval '30 days', '1/2026'",
            {"own": HATS[0], "third": HATS[2]},
        )
        owner.execute("ANALYZE")


async def _person(engine: AsyncEngine, seat: str, now: datetime) -> str:
    async with engine.connect() as connection:
        query = text("SELECT h.person FROM held_at(:now) h WHERE h.seat = :seat ORDER BY h.capacity <> 'definitif' LIMIT 1")
        return str((await connection.execute(query, {"now": now, "seat": seat})).scalar_one())


async def _alternately(calls: Sequence[Call]) -> list[list[list[float]]]:
    """Seconds of each, taken in turn within every round."""
    taken: list[list[list[float]]] = [[] for _ in calls]
    for call in calls:
        for _ in range(WARM):
            await call()
    for _ in range(ROUNDS):
        for kept in taken:
            kept.append([])
        for _ in range(TIMES):
            for call, kept in zip(calls, taken, strict=True):
                begun = time.perf_counter()
                await call()
                kept[-1].append(time.perf_counter() - begun)
    return taken


def _pages(connection: AsyncConnection, raw: psycopg.AsyncConnection[tuple[object, ...]], people: Sequence[str], now: datetime) -> Sequence[Call]:
    async def small() -> object:
        return await inbox(connection, people[0], now)

    async def large() -> object:
        return await inbox(connection, people[1], now)

    async def bare() -> object:
        return await (await raw.execute(RAW, (LARGE[0], PAGE + 1))).fetchall()

    async def hats() -> object:
        return await inbox(connection, people[2], now)

    return small, large, bare, hats


async def measure(given: Database) -> list[Line]:
    now = datetime.now(UTC)
    owner, pages = connect(given.app), connect(given.app, pages=True)
    await city(owner, now, LETTER)
    _fill(given)
    people = [await _person(owner, seat, now) for seat in (SMALL[0], LARGE[0], HATS[0])]
    raw = await psycopg.AsyncConnection.connect(plain(given.app), autocommit=True, options="-c plan_cache_mode=force_custom_plan")
    async with pages.connect() as connection, raw:
        calls = _pages(connection, raw, people, now)
        assert len((await inbox(connection, people[1], now)).entries) == PAGE
        small, large, bare, hats = await _alternately(calls)
    await owner.dispose()
    await pages.dispose()
    flat, cost = Rounds(large, small, best=True), Rounds(large, bare, best=True)
    worn = Rounds(hats, large, best=True)
    counts = f"{milliseconds(flat.middle(large))}"
    return [
        Line(
            "inbox, 10,000 tasks against 100",
            flat.ratio,
            1.2,
            f"{counts}; 100 tasks {milliseconds(flat.middle(small))}",
            f"wall, best of {TIMES}, median of {ROUNDS} rounds",
            flat.spread,
        ),
        Line(
            "inbox, 10,000 tasks against its raw query",
            cost.ratio,
            6,
            f"{counts}; raw {milliseconds(cost.middle(bare))}",
            f"wall, best of {TIMES}, median of {ROUNDS} rounds",
            cost.spread,
        ),
        Line(
            "inbox of two posts and a Plh., 10,000 tasks, against one post's",
            worn.ratio,
            1.2,
            f"{milliseconds(worn.middle(hats))}; {counts}",
            f"wall, best of {TIMES}, median of {ROUNDS} rounds",
            worn.spread,
        ),
    ]
