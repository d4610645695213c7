"""From the address of a task to the positions it goes to, in one statement for a whole batch; nobody waits in silence."""

# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.address_sql import Sql
from engine.events import Json
from engine.holders import OPERATOR


@dataclass(frozen=True, slots=True)
class Resolved:
    """``positions`` in order; ``vacant``: nobody sits on any of those addressed, so the nearest held superior, else the operator, was added.
    ``outside``: only outsiders are addressed; their answer is entered by the positions given."""

    positions: tuple[str, ...]
    vacant: bool = False
    outside: tuple[str, ...] = ()


async def resolve(connection: AsyncConnection, addresses: Sequence[Json], now: datetime, exact: Collection[int] = ()) -> list[Resolved]:
    """One result per address (a list of ``{"role", "expr"}``), in order. Where nobody sits, a stand-in is added: the nearest held superior, else
    the operator's desk. ``exact``: numbers of addresses that get none (who may *not* act is nobody's to replace)."""
    if not addresses:
        return []
    found = await _look_up(connection, addresses, now)
    results = [
        Resolved(tuple(dict.fromkeys(code for code, _ in rows)), n not in exact and not any(held for _, held in rows), _outside(address))
        for n, (address, rows) in enumerate(zip(addresses, found, strict=True))
    ]
    empty = [n for n, result in enumerate(results) if result.vacant]
    if empty:
        spare = await _stand_ins(connection, [results[n].positions for n in empty], now)
        for n, added in zip(empty, spare, strict=True):
            results[n] = Resolved(tuple(dict.fromkeys((*results[n].positions, *added))), True, results[n].outside)
    return results


async def _look_up(connection: AsyncConnection, addresses: Sequence[Json], now: datetime) -> list[list[tuple[str, bool]]]:
    sql = Sql()
    parts = [
        f"SELECT {n} AS n, {order} AS role, x.code FROM ({sql.positions(entry['expr'])}) x"
        for n, address in enumerate(addresses)
        for order, entry in enumerate(address)
    ]
    found: list[list[tuple[str, bool]]] = [[] for _ in addresses]
    if not parts:
        return found
    union = " UNION ALL ".join(parts)
    statement = f"""
        SELECT r.n, r.code, EXISTS (SELECT 1 FROM held_at(:now) h WHERE h.seat = r.code) AS held
        FROM ({union}) r ORDER BY r.n, r.role, r.code"""
    for row in await connection.execute(text(statement), {**sql.values, "now": now}):
        found[row.n].append((row.code, row.held))
    return found


async def _stand_ins(connection: AsyncConnection, positions: list[tuple[str, ...]], now: datetime) -> list[list[str]]:
    """The nearest held superior of what is empty, else the operator's desk."""
    sql = Sql()
    parts = [
        f"SELECT {n} AS n, 0 AS rank, s AS code FROM unnest(CAST({sql.bind(list(seats))} AS text[])) p, LATERAL held_superior(p, :now) s"
        for n, seats in enumerate(positions)
    ]
    operators = sql.positions(OPERATOR)
    parts += [f"SELECT {n} AS n, 1 AS rank, o.code FROM ({operators}) o" for n in range(len(positions))]
    statement = f"SELECT r.n, r.rank, r.code FROM ({' UNION ALL '.join(parts)}) r ORDER BY r.n, r.rank, r.code"
    rows = list(await connection.execute(text(statement), {**sql.values, "now": now}))
    found: list[list[str]] = []
    for n in range(len(positions)):
        best = min((row.rank for row in rows if row.n == n), default=0)
        found.append([row.code for row in rows if row.n == n and row.rank == best])
    return found


def _outside(address: Json) -> tuple[str, ...]:
    return tuple(entry["expr"]["party"] for entry in address if entry["expr"]["is"] == "outside")


async def superiors(connection: AsyncConnection, positions: Sequence[str]) -> tuple[str, ...]:
    """The seats directly above these."""
    rows = await connection.execute(
        text("SELECT DISTINCT superior FROM position WHERE code = ANY(:codes) AND superior IS NOT NULL"), {"codes": list(positions)}
    )
    return tuple(sorted(rows.scalars()))
